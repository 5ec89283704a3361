# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""OpenSeeFace's packets: 1785 bytes a face, little-endian, several faces one after another.

It measures points and fourteen features, no ARKit shapes: what can be told from those is given the nearest shape. Its
signs were read from its Unity example and are not verified on a live camera.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from math import atan2, cos, degrees, isfinite, radians, sin

import numpy as np

from ...face.channels import CHANNEL_COUNT, HEAD, INDEX, LEFT_EYE, RIGHT_EYE
from ...face.frame import BadPacket, Frame
from ..common.face_values import NO_NUMBERS, face_values

APP = "OpenSeeFace"
DIALECT = "openseeface"
SIZE = 1785
MOST_FACES = 8
NOT_OPENSEEFACE = BadPacket("no OpenSeeFace packet", "Packets of OpenSeeFace's size arrive that are something else.")
_HEAD = struct.Struct("<di4fBf4f3f3f")
_POINTS_AT = 889  # 70 x (x, -y, -z): 66 and 67 are the right and the left pupil, 68 and 69 their eyeballs' middles
_PUPILS = ((66, 68, RIGHT_EYE, "Right"), (67, 69, LEFT_EYE, "Left"))
_FEATURES_AT = SIZE - 14 * 4
_FEATURES = struct.Struct("<14f")
_EYE_TURN = radians(35.0)  # of a full eyeLook shape
_LONGEST_SIDE = 20_000.0


def decode(packet: bytes, arrival: float, sender: str) -> Frame | BadPacket:
    """The first face of a packet."""
    return decode_all(packet, arrival, sender)[0]


def decode_all(packet: bytes, arrival: float, sender: str) -> list[Frame | BadPacket]:
    """All faces of a packet, eight at most."""
    if not packet or len(packet) % SIZE:
        return [NOT_OPENSEEFACE]
    starts = range(0, min(len(packet), MOST_FACES * SIZE), SIZE)
    return [_decode_at(packet, start, arrival, sender) for start in starts]


def _decode_at(packet: bytes, start: int, arrival: float, sender: str) -> Frame | BadPacket:
    time, face, width, height, right_open, left_open, success, *rest = _HEAD.unpack_from(packet, start)
    if not (0.0 < time < 1e12 and 0 <= face < 1000 and 0.0 < width < _LONGEST_SIDE and 0.0 < height < _LONGEST_SIDE):
        return NOT_OPENSEEFACE
    device = f"{APP} {face + 1}" if face else APP
    if not success:
        return Frame(arrival, sender, device, device, time, None, 0.0, None, DIALECT)
    numbers = [0.0] * CHANNEL_COUNT
    try:
        numbers[HEAD] = _head(*rest[5:8])
        _read_features(_FEATURES.unpack_from(packet, start + _FEATURES_AT), (left_open, right_open), numbers)
        _read_gaze(np.frombuffer(packet, "<f4", 210, start + _POINTS_AT).tolist(), numbers)
    except (OverflowError, ValueError):
        return NO_NUMBERS
    values = face_values(numbers)
    if values is None:
        return NO_NUMBERS
    return Frame(arrival, sender, device, device, time, None, 0.0, values, DIALECT)


def _head(x: float, y: float, z: float) -> tuple[float, float, float]:
    """(yaw, pitch, roll): looking into the camera it says (180, 0, 90) degrees."""
    return radians(_around_0(y)), radians(_around_0(x + 180.0)), -radians(_around_0(z - 90.0))


def _around_0(angle: float) -> float:
    return (angle + 180.0) % 360.0 - 180.0


def _read_features(features: Sequence[float], opened: tuple[float, float], numbers: list[float]) -> None:
    eyes, brows = features[:2], (features[3], features[6])
    corners = (features[8], features[10])
    for side, lid, eye, brow, corner in zip(("Left", "Right"), opened, eyes, brows, corners, strict=True):
        for name, value in (
            ("eyeBlink", 1.0 - lid), ("eyeWide", eye if lid > 0.5 else 0.0), ("browOuterUp", brow), ("browDown", -brow),
            ("mouthSmile", corner), ("mouthFrown", -corner), ("mouthStretch", 0.5 * features[13]),
        ):
            numbers[INDEX[name + side]] = _share(value)
    numbers[INDEX["browInnerUp"]] = _share(0.5 * sum(brows))
    numbers[INDEX["jawOpen"]] = _share(features[12])
    numbers[INDEX["mouthPucker"]] = _share(-features[13])


def _share(value: float) -> float:
    if not isfinite(value):
        raise ValueError("not a number")
    return min(max(value, 0.0), 1.0)


def _read_gaze(points: list[float], numbers: list[float]) -> None:
    """Each eye's direction: from the eyeball's middle to the pupil, in the head's own space."""
    for pupil, middle, place, side in _PUPILS:
        x, y, z = (points[3 * pupil + i] - points[3 * middle + i] for i in range(3))
        away = max(abs(z), 1e-6)
        left, up = atan2(x, away), atan2(y, away)
        numbers[place] = (-left, -up, 0.0)
        outward = left if side == "Left" else -left
        for name, angle in (("Out", outward), ("In", -outward), ("Up", up), ("Down", -up)):
            numbers[INDEX[f"eyeLook{name}{side}"]] = _share(angle / _EYE_TURN)


def encode(frame: Frame) -> list[bytes]:
    """What OpenSeeFace would measure on this face, as far as it measures anything of it."""
    time = frame.time if frame.time else frame.arrival or 1.0
    values = np.zeros(CHANNEL_COUNT) if frame.values is None else frame.values
    of = {name: float(values[index]) for name, index in INDEX.items()}
    euler = (degrees(of["headPitch"]) - 180.0, degrees(of["headYaw"]), 90.0 - degrees(of["headRoll"]))
    opened = (1.0 - of["eyeBlinkRight"], 1.0 - of["eyeBlinkLeft"])
    head = _HEAD.pack(
        max(time, 1e-3), 0, 640.0, 480.0, *opened, frame.values is not None, 0.1,
        0.0, 0.0, 0.0, 1.0, *euler, 0.0, 0.0, 0.0,
    )
    packet = bytearray(SIZE)
    packet[: len(head)] = head
    packet[_POINTS_AT:_FEATURES_AT] = _points(values).astype("<f4").tobytes()
    packet[_FEATURES_AT:] = _FEATURES.pack(*_features(of))
    return [bytes(packet)]


def _points(values: np.ndarray) -> np.ndarray:
    points = np.zeros((70, 3))
    for pupil, middle, place, _ in _PUPILS:
        yaw, pitch, _ = values[place]
        points[pupil] = points[middle] + (-sin(yaw) * cos(pitch), -sin(pitch) * cos(yaw), -cos(yaw) * cos(pitch))
    return points


def _features(of: dict[str, float]) -> list[float]:
    found = [0.0] * 14
    for at, side in enumerate(("Left", "Right")):
        found[at] = of[f"eyeWide{side}"] if of[f"eyeBlink{side}"] < 0.5 else -of[f"eyeBlink{side}"]
        found[3 + 3 * at] = of[f"browOuterUp{side}"] - of[f"browDown{side}"]
        found[8 + 2 * at] = of[f"mouthSmile{side}"] - of[f"mouthFrown{side}"]
    found[12] = of["jawOpen"]
    found[13] = of["mouthStretchLeft"] + of["mouthStretchRight"] - of["mouthPucker"]
    return found
