# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""FMV3, the binary protocol of iFacialMocap and Facemotion3d since 2026: packets of both revisions.

Every packet: magic, type, flags, header size, session, schema, sequence, source, total, part, parts, length of this
part; little-endian. A SCHEMA names the shapes once; a FRAME then carries their percentages and twelve floats of pose.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass

import numpy as np

from ...face.channels import CHANNEL_COUNT, HEAD, LEFT_EYE, RIGHT_EYE, SHAPES
from ..common.bounded_json import LARGEST, read_object
from ..common.directions import eye_from_arkit, eye_to_arkit, head_from_arkit, head_to_arkit
from ..common.face_values import LIMIT, MOST_EXTRAS
from ..common.names import clean_text
from ..common.request import Request
from ..common.shape_names import SHAPE_OF

DIALECT = "fmv3"
MAGIC = b"FMV3"
REVISION = 5
HELLO, SCHEMA, ACK, FRAME, GET_SCHEMA, PING, PONG, STOP, ERROR = 1, 2, 3, 4, 5, 6, 7, 8, 9
SCHEMA_4, ACK_4 = 3, 10  # what revision 4 numbers otherwise
TRACKED, PLAYBACK = 1, 2
LARGEST_DATAGRAM, SMALLEST_DATAGRAM = 1200, 576
SCHEMA_PART = 536
MOST_PARTS = 64
LARGEST_OF_STREAM = 1 << 16
_HEADER = struct.Struct("<4sBBHQIIIIHHI")
_HELLO = struct.Struct("<HHI")
_AGREED = struct.Struct("<QHHII")
_POSE = struct.Struct("<12f")
_KEYS = {
    "schema_version": 1, "blend_unit": "percent", "pose_layout": "head_rxyz_pxyz_rightEye_rxyz_leftEye_rxyz",
    "rotation_unit": "degree", "position_unit": "meter",
}
_ENCODINGS = {"i16": np.dtype("<i2"), "i32": np.dtype("<i4")}


@dataclass(slots=True)
class Packet:
    """One packet, or a whole message when its parts were put together."""

    kind: int
    session: int
    schema: int = 0
    sequence: int = 0
    source: int = 0
    flags: int = 0
    payload: bytes = b""
    total: int = 0
    part: int = 0
    parts: int = 1


def read_packet(data: bytes) -> Packet | None:
    """The packet; None where its sizes do not fit."""
    if len(data) < _HEADER.size:
        return None
    magic, kind, flags, size, session, schema, sequence, source, total, part, parts, length = _HEADER.unpack_from(data)
    if magic != MAGIC or size < _HEADER.size or size + length != len(data):
        return None
    if not part < parts <= MOST_PARTS or not length <= total <= LARGEST or (parts == 1 and length != total):
        return None
    return Packet(kind, session, schema, sequence, source, flags, data[size:], total, part, parts)


def write(packet: Packet, part_size: int = LARGEST) -> list[bytes]:
    """The datagrams of a message, in parts of at most so many bytes."""
    data = packet.payload
    cuts = range(0, len(data) or 1, part_size)
    return [
        _HEADER.pack(
            MAGIC, packet.kind, packet.flags, _HEADER.size, packet.session, packet.schema, packet.sequence,
            packet.source, len(data), part, len(cuts), len(data[at : at + part_size]),
        )
        + data[at : at + part_size]
        for part, at in enumerate(cuts)
    ]


def hello(nonce: int, rate: int = 60, datagram: int = LARGEST_DATAGRAM) -> bytes:
    """The request that a phone answers with its SCHEMA."""
    return write(Packet(HELLO, nonce, payload=_HELLO.pack(rate, datagram, REVISION)))[0]


def read_hello(payload: bytes) -> tuple[int, int, int] | None:
    """(frames a second, largest datagram, revision) that were asked for."""
    return _HELLO.unpack(payload) if len(payload) == _HELLO.size else None


def read_request(packet: bytes) -> Request | None:
    """What this packet asks the phone for; None where it asks nothing."""
    return Request(DIALECT) if packet.startswith(MAGIC) and packet[4:5] == bytes([HELLO]) else None


def cut(held: bytearray) -> tuple[int, int]:
    """(where the first packet of a stream ends, and where the next one begins); -1: not there yet."""
    if len(held) < _HEADER.size:
        return -1, 0
    _, _, _, size, *_, length = _HEADER.unpack_from(held)
    if size < _HEADER.size or size + length > LARGEST_OF_STREAM:  # no header: begin anew behind it
        return 0, len(MAGIC)
    whole = size + length
    return whole if len(held) >= whole else -1, whole


def is_acknowledgement(data: bytes) -> bool:
    """Whether this packet says that we have understood a SCHEMA."""
    return data.startswith(MAGIC) and data[4:5] in (bytes([ACK]), bytes([ACK_4]))


class MessageParts:
    """Puts one message together; parts of another one in between begin anew."""

    def __init__(self) -> None:
        self._of: tuple[int, ...] = ()
        self._parts: dict[int, bytes] = {}

    def add(self, packet: Packet) -> Packet | None:
        """The whole message, when this was its last part."""
        if packet.parts == 1:
            return packet
        of = (packet.kind, packet.session, packet.schema, packet.sequence, packet.total, packet.parts)
        if of != self._of:
            self._of, self._parts = of, {}
        self._parts[packet.part] = packet.payload
        if len(self._parts) < packet.parts:
            return None
        packet.payload = b"".join(self._parts[part] for part in range(packet.parts))
        self._of, self._parts = (), {}
        return packet if len(packet.payload) == packet.total else None


class Schema:
    """What a phone has agreed to send: shapes in their order, and how it writes them."""

    def __init__(self, app: str, names: list[str], encoding: str, rate: int, lease: float, revision: int) -> None:
        self.app, self.names, self.rate, self.lease, self.revision = app, names, rate, lease, revision
        self._numbers = _ENCODINGS[encoding]
        known = [(at, SHAPE_OF[name]) for at, name in enumerate(names) if name in SHAPE_OF]
        self._from = np.array([at for at, _ in known], np.intp)
        self._to = np.array([channel for _, channel in known], np.intp)
        extras = [(at, name) for at, name in enumerate(names) if name not in SHAPE_OF][:MOST_EXTRAS]
        self._extra_from = np.array([at for at, _ in extras], np.intp)
        self._extra_names = [clean_text(name) for _, name in extras]
        self.size = len(names) * self._numbers.itemsize + _POSE.size

    def read(self, payload: bytes) -> tuple[np.ndarray, dict[str, float] | None] | None:
        """(61 values, shapes beyond the 52) of a FRAME; None where it does not fit, or holds what is no number."""
        if len(payload) != self.size:
            return None
        percent = np.frombuffer(payload, self._numbers, len(self.names))
        shapes = (percent * np.float32(0.01)).astype(np.float32).clip(-LIMIT, LIMIT)
        values = np.zeros(CHANNEL_COUNT, np.float32)
        values[self._to] = shapes[self._from]
        pose = _POSE.unpack_from(payload, self.size - _POSE.size)
        if not all(abs(angle) < 1e4 for angle in pose):  # NaN fails the comparison
            return None
        values[HEAD] = head_from_arkit(*pose[:3])
        values[RIGHT_EYE], values[LEFT_EYE] = eye_from_arkit(*pose[6:9]), eye_from_arkit(*pose[9:12])
        extras = dict(zip(self._extra_names, shapes[self._extra_from].tolist(), strict=True))
        return values.clip(-LIMIT, LIMIT), extras or None

    def write(self, values: np.ndarray, extras: dict[str, float] | None = None) -> bytes:
        """The payload of a FRAME."""
        shapes = np.array([(extras or {}).get(name, 0.0) for name in self.names])
        shapes[self._from] = values[self._to]
        numbers = values.tolist()
        pose = (*head_to_arkit(*numbers[HEAD]), 0.0, 0.0, 0.0)
        pose += (*eye_to_arkit(*numbers[RIGHT_EYE]), *eye_to_arkit(*numbers[LEFT_EYE]))
        return np.rint(shapes * 100.0).astype(self._numbers).tobytes() + _POSE.pack(*pose)


def read_schema(payload: bytes) -> Schema | None:
    """The agreement in a SCHEMA; None where it is not one of the two revisions, or not in these units."""
    if len(payload) < _AGREED.size:
        return None
    _, rate, _, lease, revision = _AGREED.unpack_from(payload)
    found = read_object(payload[_AGREED.size :])
    if found is None or any(found.get(key) != value for key, value in _KEYS.items()) or revision not in (4, 5):
        return None
    names, encoding, app = found.get("blend_names"), found.get("blend_encoding"), found.get("app")
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        return None
    if encoding not in ("i16", "i32"):
        return None
    return Schema(clean_text(str(app)), names, encoding, rate, lease / 1000.0, revision)


def schema_payload(
    nonce: int, app: str, names: list[str] | None = None, rate: int = 60, lease_ms: int = 10_000, encoding: str = "i16",
    datagram: int = LARGEST_DATAGRAM,
) -> bytes:
    """The payload of a SCHEMA, as the phone writes it."""
    described = {
        "schema_version": 1, "app": app, "profile": f"{app.lower()}-stream", "blend_names": list(names or SHAPES),
        "blend_encoding": encoding, **{key: value for key, value in _KEYS.items() if key != "schema_version"},
    }
    agreed = _AGREED.pack(nonce, rate, datagram, lease_ms, REVISION)
    return agreed + json.dumps(described, separators=(",", ":")).encode()
