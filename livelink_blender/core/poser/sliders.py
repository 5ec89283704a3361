# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A face made by hand: 61 values, left and right together where wanted, laid over the live face region by region."""

from __future__ import annotations

import re

import numpy as np

from ..face.channels import ANGLES, CHANNEL_COUNT, CHANNELS, INDEX, LEFT_EYE, RIGHT_EYE, SHAPE_COUNT

EYE_TURN = 0.61  # radians at a full eyeLook shape, as ARKit has it
_ONE_SIDED = {"jawLeft", "jawRight", "mouthLeft", "mouthRight"}  # two ways of one movement, no pair
_ANGLE_LABELS = {"Yaw": "Turn", "Pitch": "Nod", "Roll": "Tilt"}
_SAME_WAY = {"In": "Out", "Out": "In"}  # one eye looks in where the other looks out
_GAZE_TOGETHER = {"eyeLookInLeft": "Look to the Right", "eyeLookOutLeft": "Look to the Left"}


def _led_by(channel: str) -> str:
    """The channel that this one follows when both sides move together: eyes look the same way."""
    if channel in _ONE_SIDED or channel.startswith("head"):
        return channel
    if channel.startswith("rightEye"):
        return channel.replace("right", "left")
    if channel.startswith("eyeLook") and channel.endswith("Right"):
        way = channel.removeprefix("eyeLook").removesuffix("Right")
        return f"eyeLook{_SAME_WAY.get(way, way)}Left"
    return channel.removesuffix("Right") + "Left" if channel.endswith("Right") else channel


LEADER = np.array([INDEX[_led_by(name)] for name in CHANNELS])
"""values[LEADER] is the face with its right side following its left."""
LEADS = frozenset(CHANNELS[i] for i in set(LEADER.tolist()))


def _section(channel: str) -> str:
    """Where a channel stands in the panel: smaller groups than the regions."""
    if channel.startswith("head"):
        return "head"
    if channel.startswith(("eyeLook", "leftEye", "rightEye")):
        return "gaze"
    if channel.startswith(("jaw", "tongue")):
        return "jaw"
    if channel.startswith(("cheek", "nose")):
        return "cheeks"
    return {"e": "lids", "b": "brows"}.get(channel[0], "lips")


SECTIONS: dict[str, tuple[str, ...]] = {
    name: tuple(channel for channel in CHANNELS if _section(channel) == name)
    for name in ("brows", "lids", "gaze", "cheeks", "jaw", "lips", "head")
}
REGION_OF_SECTION = {"cheeks": "mouth", "jaw": "mouth", "lips": "mouth"}


def label(channel: str, together: bool = False) -> str:
    """A channel in plain words; `together`: it stands for both sides."""
    if together and channel in _GAZE_TOGETHER:
        return _GAZE_TOGETHER[channel]
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", channel).split()
    if channel in ANGLES:
        words = [_ANGLE_LABELS.get(word, word) for word in words]
    words = [word.capitalize() for word in words]
    if together and channel in LEADS and channel not in _ONE_SIDED and "Left" in words:
        words.remove("Left")
    return " ".join(words)


def rows(section: str, typed: str, together: bool) -> list[str]:
    """The channels to show: those of a section, or of all where something is typed; the left one stands for both."""
    typed = typed.strip().lower()
    within = CHANNELS if typed else SECTIONS[section]
    shown = [channel for channel in within if not together or channel in LEADS]
    return [one for one in shown if typed in one.lower() or typed in label(one, together).lower()]


def look(turn: float, up: float) -> np.ndarray:
    """Both eyes to the character's left and up, in radians: shapes and angles say the same."""
    values = np.zeros(CHANNEL_COUNT, np.float32)
    for eye in (LEFT_EYE, RIGHT_EYE):
        values[eye.start], values[eye.start + 1] = -turn, -up
    for name, way in (("OutLeft", turn), ("InRight", turn), ("InLeft", -turn), ("OutRight", -turn),
                      ("UpLeft", up), ("UpRight", up), ("DownLeft", -up), ("DownRight", -up)):  # fmt: skip
        values[INDEX["eyeLook" + name]] = min(max(way, 0.0) / EYE_TURN, 1.0)
    return values


def hand_face(values: np.ndarray, together: bool, turn: float = 0.0, up: float = 0.0) -> np.ndarray:
    """The face that the sliders make, as a new array."""
    face = values[LEADER] if together else values.copy()
    if turn or up:
        face += look(turn, up)
        np.minimum(face[:SHAPE_COUNT], 1.0, out=face[:SHAPE_COUNT])
    return face
