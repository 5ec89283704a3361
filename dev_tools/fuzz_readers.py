# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What reads foreign bytes beside the faces' decoders: maps, OSCQuery, mDNS, answers to our searches; to be fuzzed."""

from __future__ import annotations

from collections.abc import Callable

from livelink_blender.core.face.frame import BadPacket, Frame
from livelink_blender.core.network.neighbours import OSC_KIND, found_of
from livelink_blender.core.wire import metahuman_discovery
from livelink_blender.core.wire.common.osc_map import read_osc_map
from livelink_blender.core.wire.dialects import ifacialmocap, vtubestudio
from livelink_blender.core.wire.osc_query import Answers, read_host_info
from livelink_blender.core.wire.requests import read_request
from livelink_blender.io.network.osc_query import answer_of, body_of

LARGEST_MDNS = 9000  # bytes of a whole mDNS packet


class Read:
    """Something else that reads foreign bytes, as a decoder: what was understood counts as a frame without a face."""

    def __init__(self, read: Callable[[bytes], object], *samples: bytes) -> None:
        self._read, self.samples = read, list(samples)

    def __call__(self, packet: bytes, arrival: float, sender: str) -> Frame | BadPacket:
        understood = self._read(packet)
        return Frame(arrival, sender, "", "", None, None, 0.0, None) if understood else BadPacket("not understood")


def _neighbour(told: bytes) -> object:
    """What mDNS might tell: the bytes as name, addresses, port and properties."""
    told = told[:LARGEST_MDNS]
    name, rest = told[: len(told) // 2].decode("utf-8", "replace"), told[len(told) // 2 :]
    port = int.from_bytes(rest[:2], "big")
    return found_of(OSC_KIND, f"{name}.{OSC_KIND}", rest.decode("latin-1").split(","), port, {rest[:2]: rest}, b"id")


def _answered(request: bytes) -> bool:
    return _answer(request).startswith(b"HTTP/1.1 200")


_answers = Answers("here", "192.0.2.1", 11111)
_answer = answer_of(_answers)
_HOST_INFO = _answers.to("/?HOST_INFO")[1].encode()
_CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n" + _HOST_INFO[:7] + b"\r\n0\r\n\r\n"
_OSC_MAP = b'{"/jaw": "jawOpen * 0.5", "/all": ["browInnerUp", ""], "commit": "*"}'

READERS: dict[str, Read] = {
    "own osc map": Read(lambda text: read_osc_map(text).rules, _OSC_MAP),
    "oscquery request": Read(_answered, b"GET /face/jawOpen?TYPE HTTP/1.1\r\nHost: x\r\n\r\n"),
    "oscquery answer": Read(
        lambda answer: read_host_info(body_of(answer)), b"HTTP/1.1 200 OK\r\n\r\n" + _HOST_INFO, _CHUNKED
    ),
    "mdns": Read(_neighbour, b"A program in the next room\x10\x00192.168.1.20,fe80::1,8.8.8.8"),
    "metahuman answer": Read(
        lambda packet: metahuman_discovery.read_name(packet) is not None,
        metahuman_discovery.answer("Somebody's phone"),
        metahuman_discovery.QUESTION,
    ),
    "request to a phone": Read(read_request, vtubestudio.request([11111]), ifacialmocap.REQUEST_V2),
}
"""Each with what it reads when nothing is damaged."""
