# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The 52 ARKit shapes and the nine angles: names, order, mirror images and regions. Everything is indexed by them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

SHAPES: tuple[str, ...] = tuple(
    """
    eyeBlinkLeft eyeLookDownLeft eyeLookInLeft eyeLookOutLeft eyeLookUpLeft eyeSquintLeft eyeWideLeft
    eyeBlinkRight eyeLookDownRight eyeLookInRight eyeLookOutRight eyeLookUpRight eyeSquintRight eyeWideRight
    jawForward jawLeft jawRight jawOpen
    mouthClose mouthFunnel mouthPucker mouthLeft mouthRight
    mouthSmileLeft mouthSmileRight mouthFrownLeft mouthFrownRight
    mouthDimpleLeft mouthDimpleRight mouthStretchLeft mouthStretchRight mouthRollLower mouthRollUpper
    mouthShrugLower mouthShrugUpper mouthPressLeft mouthPressRight mouthLowerDownLeft mouthLowerDownRight
    mouthUpperUpLeft mouthUpperUpRight
    browDownLeft browDownRight browInnerUp browOuterUpLeft browOuterUpRight
    cheekPuff cheekSquintLeft cheekSquintRight noseSneerLeft noseSneerRight tongueOut
    """.split()
)
"""In the order of a Live Link Face packet."""

ANGLES: tuple[str, ...] = (
    "headYaw",  # radians; positive: turned to the character's left
    "headPitch",  # positive: up
    "headRoll",  # positive: tilted towards the character's right shoulder (Live Link Face's sign; see wire-formats)
    "leftEyeYaw",  # positive: looking to the character's right
    "leftEyePitch",  # positive: looking down
    "leftEyeRoll",
    "rightEyeYaw",
    "rightEyePitch",
    "rightEyeRoll",
)
CHANNELS: tuple[str, ...] = SHAPES + ANGLES
INDEX: dict[str, int] = {name: i for i, name in enumerate(CHANNELS)}
SHAPE_COUNT = len(SHAPES)
CHANNEL_COUNT = len(CHANNELS)
HEAD = slice(INDEX["headYaw"], INDEX["headRoll"] + 1)
LEFT_EYE = slice(INDEX["leftEyeYaw"], INDEX["leftEyeRoll"] + 1)
RIGHT_EYE = slice(INDEX["rightEyeYaw"], INDEX["rightEyeRoll"] + 1)


def by_name(values: np.ndarray) -> dict[str, float]:
    """What is not 0 of values (61,), exactly."""
    return {CHANNELS[i]: float(values[i]) for i in np.flatnonzero(values)}


def from_names(named: Mapping[str, float]) -> np.ndarray:
    """The reverse, (61,) float32; KeyError where one is no channel."""
    values = np.zeros(CHANNEL_COUNT, np.float32)
    for channel, value in named.items():
        values[INDEX[channel]] = value
    return values


REGIONS: tuple[str, ...] = ("lids", "gaze", "mouth", "brows", "head")


def region_of(channel: str) -> str:
    """The region of the face that a channel belongs to; nose and cheeks move with the mouth."""
    if channel.startswith("head"):
        return "head"
    if channel.startswith(("eyeLook", "leftEye", "rightEye")):
        return "gaze"
    if channel.startswith("eye"):
        return "lids"
    return "brows" if channel.startswith("brow") else "mouth"


REGION_INDEX = np.array([REGIONS.index(region_of(name)) for name in CHANNELS])


def mirror_name(channel: str) -> str:
    """The same channel on the other side; midline channels are their own mirror image."""
    for a, b in (("Left", "Right"), ("left", "right")):
        if a in channel:
            return channel.replace(a, b)
        if b in channel:
            return channel.replace(b, a)
    return channel


MIRROR = np.array([INDEX[mirror_name(name)] for name in CHANNELS])
MIRROR_SIGN = np.array([-1.0 if name.endswith(("Yaw", "Roll")) else 1.0 for name in CHANNELS], dtype=np.float32)
"""values[MIRROR] * MIRROR_SIGN is the mirrored face: a turn or tilt changes its sign, a nod does not."""
