# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The text of iFacialMocap, v1 and v2, and Facemotion3d: `name-12|...|=head#x,y,z,px,py,pz|rightEye#x,y,z|leftEye#...|`

v1 writes `name-percent`, v2 and Facemotion3d `name&percent`, where a percentage may be negative. Fields may be empty,
unknown, or more than these.
"""

from __future__ import annotations

from ...face.channels import CHANNEL_COUNT, HEAD, LEFT_EYE, RIGHT_EYE, SHAPES
from ...face.frame import BadPacket, Frame
from ..common.directions import eye_from_arkit, eye_to_arkit, head_from_arkit, head_to_arkit
from ..common.face_values import LIMIT, MOST_EXTRAS, NO_NUMBERS, face_values
from ..common.names import clean_text
from ..common.request import Request
from ..common.shape_names import SHAPE_OF, short_sided

APP, FACEMOTION_APP = "iFacialMocap", "Facemotion3d"
V1, V2, TCP, FACEMOTION = "ifacialmocap", "ifacialmocap-v2", "ifacialmocap-tcp", "facemotion3d"
REQUEST = b"iFacialMocap_sahuasouryya9218sauhuiayeta91555dy3719"
REQUEST_V2 = REQUEST + b"|sendDataVersion=v2"
REQUEST_TCP = REQUEST.replace(b"Mocap_", b"Mocap_UDPTCP_")
STOP_TCP = REQUEST.replace(b"Mocap_", b"Mocap_UDPTCPSTOP_")
FACEMOTION_REQUEST = b"FACEMOTION3D_OtherStreaming"
FACEMOTION_STOP = b"StopStreaming_FACEMOTION3D"
END = b"___iFacialMocap"
"""Ends each frame when the text comes by TCP."""

LARGEST = 12_000
_MOST_FIELDS = 600
_POSES = {
    "head": (HEAD, head_from_arkit),
    "rightEye": (RIGHT_EYE, eye_from_arkit),
    "leftEye": (LEFT_EYE, eye_from_arkit),
}
NOT_TEXT = BadPacket("no iFacialMocap text", "A packet that looks like iFacialMocap's names no shape of a face.")
REQUESTED = BadPacket(
    "iFacialMocap's request", "Another program asks this computer for iFacialMocap's data: it takes us for a phone."
)


def looks_like(beginning: bytes) -> bool:
    """Whether these first bytes are such a text, or a request for it."""
    return (
        b"=head#" in beginning
        or beginning.startswith((b"iFacialMocap_", b"FACEMOTION3D", b"StopStreaming_FACE"))
        or (b"|" in beginning and (b"jawOpen" in beginning or b"mouthClose" in beginning))
    )


def decode(packet: bytes, arrival: float, sender: str) -> Frame | BadPacket:
    """One text to one frame; unknown shapes are kept as extras."""
    if len(packet) > LARGEST:
        return NOT_TEXT
    if packet.startswith((b"iFacialMocap_", b"FACEMOTION3D", b"StopStreaming_FACE")):
        return REQUESTED
    shapes, has_head, pose = packet.decode("utf-8", "replace").partition("=head#")
    numbers = [0.0] * CHANNEL_COUNT
    mark = "&" if "&" in shapes else "-"
    found, extras = _read_shapes(shapes, mark, numbers)
    turned = _read_poses(pose, numbers) if has_head else False
    if not (found or turned):  # a bare "=head#" is no face
        return NOT_TEXT
    values = face_values(numbers)
    if values is None:
        return NO_NUMBERS
    dialect = V1 if mark == "-" else FACEMOTION if b"eyeBlinkLeft&" in packet or b"|FM_" in packet else V2
    app = FACEMOTION_APP if dialect == FACEMOTION else APP
    return Frame(arrival, sender, app, app, None, None, 0.0, values, dialect, extras)


def _read_shapes(text: str, mark: str, numbers: list[float]) -> tuple[bool, dict[str, float] | None]:
    """Percentages into `numbers`; whether there were any of the 52, and what else there was."""
    found, extras = False, None
    for field in text.split("|", _MOST_FIELDS):
        name, _, percent = field.rpartition(mark)
        index = SHAPE_OF.get(name)
        if index is None and name.endswith("-"):  # a negative number in v1: its minus was taken for the name's
            index, percent = SHAPE_OF.get(name[:-1]), f"-{percent}"
        try:
            if index is not None:
                numbers[index] = float(percent) * 0.01
                found = True
            elif name:
                extras = _kept(extras, name.rstrip("-"), float(percent) * 0.01)
        except ValueError:
            continue
    return found, extras


def _kept(extras: dict[str, float] | None, name: str, value: float) -> dict[str, float] | None:
    """One more shape beyond the 52."""
    if not -LIMIT <= value <= LIMIT or (extras and len(extras) >= MOST_EXTRAS):
        return extras
    extras = {} if extras is None else extras
    extras[clean_text(name)] = value
    return extras


def _read_poses(text: str, numbers: list[float]) -> bool:
    """`rx,ry,rz,px,py,pz|rightEye#rx,ry,rz|leftEye#rx,ry,rz|` in degrees; whether any was read; damage stays 0."""
    found = False
    for field in ("head#" + text).split("|", 8)[:8]:
        name, _, angles = field.partition("#")
        pose = _POSES.get(name)
        if pose is None:
            continue
        place, convert = pose
        try:
            x, y, z = map(float, angles.split(",", 3)[:3])
        except ValueError:
            continue
        numbers[place] = convert(x, y, z)
        found = True
    return found


def encode(frame: Frame, dialect: str = V1) -> list[bytes]:
    """The text that the app sends for this frame; nothing where no face was seen."""
    if frame.values is None:
        return []
    mark = "-" if dialect == V1 else "&"
    name_of = short_sided if dialect != FACEMOTION else str
    numbers = frame.values.tolist()
    lowest = 0.0 if dialect == V1 else -LIMIT
    fields = [
        f"{name_of(name)}{mark}{round(100 * max(value, lowest))}" for name, value in zip(SHAPES, numbers, strict=False)
    ]
    fields += [f"{name}{mark}{round(100 * max(value, lowest))}" for name, value in (frame.extras or {}).items()]
    head = ",".join(f"{angle:.6f}" for angle in head_to_arkit(*numbers[HEAD]))
    right, left = (",".join(f"{a:.6f}" for a in eye_to_arkit(*numbers[eye])) for eye in (RIGHT_EYE, LEFT_EYE))
    return [f"{'|'.join(fields)}|=head#{head},0,0,0|rightEye#{right}|leftEye#{left}|".encode()]


def encode_v2(frame: Frame) -> list[bytes]:
    """The same with `&`, as the app sends it when v2 was asked for."""
    return encode(frame, V2)


def encode_facemotion(frame: Frame) -> list[bytes]:
    """The same with full names."""
    return encode(frame, FACEMOTION)


def encode_tcp(frame: Frame) -> list[bytes]:
    """As v2, with the word that ends it in a stream."""
    return [text + END for text in encode_v2(frame)]


def cut(held: bytearray) -> tuple[int, int]:
    """(where the first text of a stream ends, and where the next one begins); -1: not there yet."""
    end = held.find(END)
    return end, end + len(END)


_REQUESTS = (
    (STOP_TCP, TCP, True),
    (REQUEST_TCP, TCP, False),
    (REQUEST, V1, False),
    (FACEMOTION_REQUEST, FACEMOTION, False),
    (FACEMOTION_STOP, FACEMOTION, True),
)


def read_request(packet: bytes) -> Request | None:
    """What this packet asks the app for; None where it asks nothing."""
    for start, dialect, stop in _REQUESTS:
        if packet.startswith(start):
            is_v2 = dialect == V1 and b"sendDataVersion=v2" in packet
            return Request(V2 if is_v2 else dialect, stop=stop)
    return None
