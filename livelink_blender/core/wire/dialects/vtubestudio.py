# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The JSON that VTube Studio's phone app and MeowFace send when asked: one object a frame, in degrees."""

from __future__ import annotations

import json
from collections.abc import Sequence

from ...face.channels import CHANNEL_COUNT, HEAD, LEFT_EYE, RIGHT_EYE, SHAPES
from ...face.frame import BadPacket, Frame
from ..common.bounded_json import read_object, three
from ..common.directions import eye_from_arkit, eye_to_arkit, head_from_arkit, head_to_arkit
from ..common.face_values import MOST_EXTRAS, NO_NUMBERS, face_values, within
from ..common.names import clean_text
from ..common.request import Request
from ..common.shape_names import SHAPE_OF, pascal

APP = "VTube Studio"
DIALECT = "vts"
NOT_VTS = BadPacket("no VTube Studio frame", "VTube Studio or MeowFace is sending, but no face: open its tracking.")
REQUESTED = BadPacket(
    "VTube Studio's request", "Another program asks this computer for VTube Studio's data: it takes us for a phone."
)
_REQUEST = "iOSTrackingDataRequest"
_POSES = (
    ("Rotation", HEAD, head_from_arkit),
    ("EyeLeft", LEFT_EYE, eye_from_arkit),
    ("EyeRight", RIGHT_EYE, eye_from_arkit),
)


def request(ports: Sequence[int], seconds: float = 5.0, name: str = "Face Live Link") -> bytes:
    """What makes the phone send to these ports of ours for so long; newer and older apps read one of the two times."""
    asked = {"messageType": _REQUEST, "time": seconds, "sendForSeconds": seconds, "sentBy": name}
    return json.dumps(asked | {"ports": list(ports)}, separators=(",", ":")).encode()


def read_request(packet: bytes) -> Request | None:
    """What such a request asks for; None where this is none."""
    found = read_object(packet) if packet.startswith(b"{") else None
    if found is None or found.get("messageType") != _REQUEST:
        return None
    ports = found.get("ports")
    seconds = within(found.get("time", found.get("sendForSeconds")))
    if not isinstance(ports, list) or seconds is None:
        return None
    usable = tuple(port for port in ports[:32] if type(port) is int and 0 < port < 65536)
    return Request(DIALECT, usable, max(0.5, seconds))


def is_one(found: dict) -> bool:
    """Whether an object is such a frame, or a request for it."""
    return "BlendShapes" in found or "FaceFound" in found or found.get("messageType") == _REQUEST


def decode(packet: bytes, arrival: float, sender: str) -> Frame | BadPacket:
    """One object to one frame; shapes beyond the 52 are extras, missing ones 0."""
    found = read_object(packet)
    return NOT_VTS if found is None else of_object(found, arrival, sender)


def of_object(found: dict, arrival: float, sender: str) -> Frame | BadPacket:
    """The frame of an object that was read already."""
    stamp = found.get("Timestamp")
    time = stamp / 1000.0 if type(stamp) in (int, float) and 0 < stamp < 1e15 else None
    if found.get("FaceFound") is False:
        return Frame(arrival, sender, APP, APP, time, None, 0.0, None, DIALECT)
    shapes = found.get("BlendShapes")
    if not isinstance(shapes, list):
        return REQUESTED if "messageType" in found else NOT_VTS
    numbers = [0.0] * CHANNEL_COUNT
    try:
        extras = _read_shapes(shapes, numbers)
        values = face_values(_with_poses(found, numbers))
    except (TypeError, OverflowError):  # a value that is text, or an integer larger than any float
        return NO_NUMBERS
    if values is None:
        return NO_NUMBERS
    return Frame(arrival, sender, APP, APP, time, None, 0.0, values, DIALECT, extras)


def _read_shapes(shapes: list, numbers: list[float]) -> dict[str, float] | None:
    extras: dict[str, float] | None = None
    for shape in shapes:
        try:
            numbers[SHAPE_OF[shape["k"]]] = shape["v"]
        except (KeyError, TypeError):  # none of the 52, or nothing like a shape
            extras = _kept(extras, shape)
    return extras


def _kept(extras: dict[str, float] | None, shape: object) -> dict[str, float] | None:
    """One more shape beyond the 52, where it is one."""
    if not isinstance(shape, dict):
        return extras
    name, value = shape.get("k"), within(shape.get("v"))
    if not isinstance(name, str) or name in SHAPE_OF or value is None or (extras and len(extras) >= MOST_EXTRAS):
        return extras
    extras = {} if extras is None else extras
    extras[clean_text(name)] = value
    return extras


def _with_poses(found: dict, numbers: list[float]) -> list[float]:
    for name, place, convert in _POSES:
        angles = three(found.get(name))
        if angles is not None:
            numbers[place] = convert(*angles)
    return numbers


def encode(frame: Frame) -> list[bytes]:
    """The object that the app sends for this frame."""
    time = frame.time if frame.time is not None else frame.arrival
    found: dict = {"Timestamp": round(1000 * time), "Hotkey": -1, "FaceFound": frame.values is not None}
    if frame.values is not None:
        numbers = frame.values.tolist()
        found["Rotation"] = _xyz(head_to_arkit(*numbers[HEAD]))
        found["Position"] = _xyz((0.0, 0.0, 0.0))
        found["EyeLeft"] = _xyz(eye_to_arkit(*numbers[LEFT_EYE]))
        found["EyeRight"] = _xyz(eye_to_arkit(*numbers[RIGHT_EYE]))
        named = [*zip(map(pascal, SHAPES), numbers, strict=False), *(frame.extras or {}).items()]
        found["BlendShapes"] = [{"k": name, "v": round(value, 6)} for name, value in named]
    return [json.dumps(found, separators=(",", ":")).encode()]


def _xyz(angles: Sequence[float]) -> dict[str, float]:
    return dict(zip("xyz", (round(angle, 5) for angle in angles), strict=True))
