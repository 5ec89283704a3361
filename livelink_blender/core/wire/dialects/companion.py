# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The JSON of iFacialMocap's desktop companion in its Blender mode: shapes by name, bones by angle in radians."""

from __future__ import annotations

import json
from math import degrees, radians

from ...face.channels import CHANNEL_COUNT, HEAD, LEFT_EYE, RIGHT_EYE, SHAPES
from ...face.frame import BadPacket, Frame
from ..common.bounded_json import read_object, three
from ..common.directions import eye_from_arkit, eye_to_arkit, head_from_arkit, head_to_arkit
from ..common.face_values import MOST_EXTRAS, NO_NUMBERS, face_values, within
from ..common.names import clean_text
from ..common.shape_names import SHAPE_OF, short_sided

APP = "iFacialMocap companion"
DIALECT = "companion"
NOT_COMPANION = BadPacket("no companion frame", "iFacialMocap's desktop program sends no shapes: choose Blender there.")
_BONES = (
    ("headBone", HEAD, head_from_arkit, head_to_arkit),
    ("rightEyeBone", RIGHT_EYE, eye_from_arkit, eye_to_arkit),
    ("leftEyeBone", LEFT_EYE, eye_from_arkit, eye_to_arkit),
)
_ANGLES = ("e_rx", "e_ry", "e_rz")


def decode(packet: bytes, arrival: float, sender: str) -> Frame | BadPacket:
    """One object to one frame; a name that is missing is 0."""
    found = read_object(packet)
    return NOT_COMPANION if found is None else of_object(found, arrival, sender)


def is_one(found: dict) -> bool:
    """Whether an object is such a frame."""
    return "shapeKeyValues" in found


def of_object(found: dict, arrival: float, sender: str) -> Frame | BadPacket:
    """The frame of an object that was read already."""
    shapes = found.get("shapeKeyValues")
    if not isinstance(shapes, dict):
        return NOT_COMPANION
    numbers = [0.0] * CHANNEL_COUNT
    extras: dict[str, float] = {}
    for name, value in shapes.items():
        index = SHAPE_OF.get(name)
        if index is not None:
            numbers[index] = value
        elif (kept := within(value)) is not None and len(extras) < MOST_EXTRAS:
            extras[clean_text(name)] = kept
    bones = _inside(found, "boneValues", "armatures", "bones")
    for name, place, convert, _ in _BONES:
        angles = three(bones.get(name), _ANGLES)
        if angles is not None:
            numbers[place] = convert(*map(degrees, angles))
    try:
        values = face_values(numbers)
    except (TypeError, OverflowError):
        values = None
    if values is None:
        return NO_NUMBERS
    return Frame(arrival, sender, APP, APP, None, None, 0.0, values, DIALECT, extras or None)


def _inside(found: dict, *path: str) -> dict:
    for name in path:
        found = found.get(name)
        if not isinstance(found, dict):
            return {}
    return found


def encode(frame: Frame) -> list[bytes]:
    """The object that the program sends for this frame; nothing where no face was seen."""
    if frame.values is None:
        return []
    numbers = frame.values.tolist()
    shapes = dict(zip(map(short_sided, SHAPES), (round(value, 6) for value in numbers), strict=False))
    bones = {}
    for name, place, _, convert in _BONES:
        bones[name] = dict(zip(_ANGLES, (round(radians(a), 7) for a in convert(*numbers[place])), strict=True))
    found = {"shapeKeyValues": shapes | (frame.extras or {}), "boneValues": {"armatures": {"bones": bones}}}
    return [json.dumps(found, separators=(",", ":")).encode()]
