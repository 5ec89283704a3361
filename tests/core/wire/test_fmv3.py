# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""FMV3 against its published bytes, and both sides of it against each other."""

from __future__ import annotations

import json
import struct
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from livelink_blender.core.face.channels import INDEX
from livelink_blender.core.face.frame import BadPacket, Frame
from livelink_blender.core.wire.dialects import fmv3
from livelink_blender.core.wire.dialects.fmv3 import Packet, read_packet, schema_payload, write
from livelink_blender.core.wire.dialects.fmv3_listener import ASKED_AGAIN_AFTER, DAMAGED, EARLY, ENDED, UNKNOWN_SCHEMA
from livelink_blender.core.wire.dialects.fmv3_listener import Fmv3Listener as Listener
from livelink_blender.core.wire.dialects.fmv3_phone import LEASE, Fmv3Phone
from livelink_blender.core.wire.stream import StreamSplitter

from ..takes.real_takes import real_take
from .dialect_samples import a_face, a_frame

SESSION = 0x0102030405060708
NONCE = 0x8877665544332211


@pytest.fixture(scope="module")
def golden() -> dict:
    """The published vectors of revision 5: hex to bytes."""
    found = json.loads(real_take("fmv3_golden_rev5.json").read_text())
    return {
        name: [bytes.fromhex(one) for one in value] if isinstance(value, list) else bytes.fromhex(value)
        for name, value in found.items() if name.endswith("_hex")
    }


def kinds(packets: list[bytes]) -> list[int]:
    return [read_packet(packet).kind for packet in packets]


def agreed(extras: tuple[str, ...] = ()) -> tuple[Fmv3Phone, Listener]:
    """Both sides after the handshake."""
    phone, listener = Fmv3Phone(SESSION, extras=extras), Listener("192.0.2.1")
    for packet in phone.hear(fmv3.hello(NONCE), 0.0):
        assert listener.hear(packet, 0.0) == []
    for reply in answers(listener):
        phone.hear(reply, 0.0)
    return phone, listener


def answers(listener: Listener) -> list[bytes]:
    replies, listener.replies = listener.replies, []
    return replies


def test_what_we_ask_is_what_is_published(golden):
    assert fmv3.hello(NONCE) == golden["hello_hex"]
    for name, kind, sequence in (
        ("get_schema_latest_hex", fmv3.GET_SCHEMA, 0), ("ping_sequence_7_hex", fmv3.PING, 7),
        ("pong_sequence_7_hex", fmv3.PONG, 7), ("stop_hex", fmv3.STOP, 0),
    ):
        assert write(Packet(kind, SESSION, sequence=sequence)) == [golden[name]]
    assert write(Packet(fmv3.ERROR, NONCE, payload=b"BUSY")) == [golden["error_busy_hex"]]


def test_the_published_schema_is_read_written_and_acknowledged(golden):
    raw = golden["schema_ifacialmocap_tcp_hex"]
    listener = Listener("s")
    assert listener.hear(raw, 0.0) == []
    assert answers(listener) == [golden["schema_ack_hex"]]
    names = ["eyeBlinkLeft", "eyeBlinkRight", "jawOpen"]
    payload = schema_payload(NONCE, "iFacialMocap", names)
    assert write(Packet(fmv3.SCHEMA, SESSION, 1, payload=payload)) == [raw]


@pytest.mark.parametrize("name", ["frame_300_i16_seq11_tcp_hex", "frame_300_i16_seq11_udp576_hex"])
def test_the_published_frame_is_read_whole_and_in_parts(golden, name):
    names = ["jawOpen", *(f"custom{i}" for i in range(299))]
    listener = Listener("s")
    for packet in write(Packet(fmv3.SCHEMA, SESSION, 1, payload=schema_payload(0, "iFacialMocapTr", names)), 536):
        listener.hear(packet, 0.0)
    packets = golden[name] if isinstance(golden[name], list) else [golden[name]]
    (frame,) = [one for packet in packets for one in listener.hear(packet, 1.0)]
    assert (frame.number, frame.device, frame.rate) == (11, "iFacialMocapTr", 60.0)
    assert frame.values[INDEX["jawOpen"]] == pytest.approx(-0.5)
    assert len(frame.extras) == 299
    assert frame.extras["custom1"] == pytest.approx(-0.48)


def test_no_frame_before_the_acknowledgement():
    phone = Fmv3Phone(SESSION)
    assert set(kinds(phone.hear(fmv3.hello(NONCE), 0.0))) == {fmv3.SCHEMA}
    assert phone.packets(a_frame(a_face()), 0.1) == []
    assert set(kinds(phone.packets(a_frame(a_face()), 0.7))) == {fmv3.SCHEMA}, "offered again: the first may be lost"
    phone.hear(write(Packet(fmv3.ACK, SESSION + 1, 1))[0], 0.8)
    assert not phone.streaming, "somebody else's"
    phone.hear(write(Packet(fmv3.ACK, SESSION, 1))[0], 0.8)
    assert kinds(phone.packets(a_frame(a_face()), 0.9)) == [fmv3.FRAME]


def test_shapes_beyond_the_52_travel_by_name():
    phone, listener = agreed(extras=("hairUp", "earsBack"))
    frame = replace(a_frame(a_face()), extras={"hairUp": 0.25, "earsBack": -0.5})
    (got,) = [one for packet in phone.packets(frame, 1.0) for one in listener.hear(packet, 1.0)]
    assert got.extras == {"hairUp": pytest.approx(0.25), "earsBack": pytest.approx(-0.5)}
    np.testing.assert_allclose(got.values, frame.values, atol=0.0051)


def test_a_session_is_kept_alive_by_our_pings():
    phone, listener = agreed()
    arrived, now = 0, 0.0
    while now < 4 * LEASE:
        now += 0.1
        for packet in phone.packets(a_frame(a_face()), now):
            arrived += len(listener.hear(packet, now))
        for reply in answers(listener):
            phone.hear(reply, now)
    assert arrived == pytest.approx(40 * LEASE, abs=1)


def test_without_an_answer_a_phone_stops_after_its_lease():
    phone, _ = agreed()
    assert kinds(phone.packets(a_frame(a_face()), LEASE - 0.1)) == [fmv3.FRAME]
    assert set(kinds(phone.packets(a_frame(a_face()), LEASE + 0.1))) == {fmv3.SCHEMA}


def test_frames_of_an_unknown_schema_make_us_ask_for_it_once_a_second():
    phone, _ = agreed()
    late = Listener("s")
    for now in (1.0, 1.1, 1.0 + ASKED_AGAIN_AFTER):
        (packet,) = phone.packets(a_frame(a_face()), now)
        assert late.hear(packet, now) == [EARLY]
    asked = answers(late)
    assert kinds(asked) == [fmv3.GET_SCHEMA] * 2
    for packet in phone.hear(asked[0], 2.0):
        late.hear(packet, 2.0)
    (packet,) = phone.packets(a_frame(a_face()), 2.1)
    assert isinstance(late.hear(packet, 2.1)[0], Frame)


def test_revision_4_numbers_its_schema_otherwise_and_is_understood():
    payload = bytearray(schema_payload(0, "Facemotion3d", ["jawOpen"]))
    payload[16:20] = struct.pack("<I", 4)
    listener = Listener("s")
    listener.hear(write(Packet(fmv3.SCHEMA_4, SESSION, 1, payload=bytes(payload)))[0], 0.0)
    assert kinds(answers(listener)) == [fmv3.ACK_4]
    payload[16:20] = struct.pack("<I", 6)
    assert listener.hear(write(Packet(fmv3.SCHEMA, SESSION, 1, payload=bytes(payload)))[0], 0.0) == [UNKNOWN_SCHEMA]


def test_a_phone_refuses_another_revision():
    other = write(Packet(fmv3.HELLO, NONCE, payload=struct.pack("<HHI", 60, 1200, 4)))[0]
    assert kinds(Fmv3Phone(SESSION).hear(other, 0.0)) == [fmv3.ERROR]
    (outcome,) = Listener("s").hear(write(Packet(fmv3.ERROR, NONCE, payload=b"BUSY"))[0], 0.0)
    assert "BUSY" in outcome.reason and outcome.advice


def test_both_sides_can_end_it():
    phone, listener = agreed()
    phone.hear(listener.goodbye()[0], 1.0)
    assert not phone.streaming
    assert phone.packets(a_frame(a_face()), 60.0) == [], "no schema is offered to who has heard enough"
    assert kinds(phone.hear(fmv3.hello(NONCE), 61.0))[0] == fmv3.SCHEMA
    assert listener.hear(phone.goodbye()[0], 61.0) == [ENDED]
    assert listener.goodbye() == []


def test_parts_arrive_in_any_order_and_a_lost_one_costs_one_frame():
    phone, listener = agreed(extras=tuple(f"own{i}" for i in range(300)))
    phone._datagram = fmv3.SMALLEST_DATAGRAM
    lost, *_ = phone.packets(a_frame(a_face(1)), 1.0)
    parts = phone.packets(a_frame(a_face(2)), 1.1)
    assert len(parts) > 1
    assert listener.hear(lost, 1.0) == []
    (frame,) = [one for packet in reversed(parts) for one in listener.hear(packet, 1.1)]
    np.testing.assert_allclose(frame.values, a_face(2), atol=0.0051)


@given(st.lists(st.integers(1, 700), max_size=8))
def test_a_stream_of_packets_is_split_by_their_own_sizes(cuts):
    phone, _ = agreed()
    packets = [packet for now in (1.0, 1.1) for packet in phone.packets(a_frame(a_face()), now)]
    data, splitter, got, at = b"".join(packets), StreamSplitter(), [], 0
    for cut in [*cuts, len(data)]:
        got += splitter.feed(data[at : at + cut])
        at += cut
    assert got == packets


def test_a_pose_that_is_no_number_is_refused():
    phone, listener = agreed()
    (packet,) = phone.packets(a_frame(a_face()), 1.0)
    evil = packet[:-48] + struct.pack("<12f", *[float("nan")] * 12)
    assert isinstance(listener.hear(evil, 1.0)[0], BadPacket)


@pytest.mark.parametrize("cut", [0, 4, 39, 41, 100])
def test_damaged_packets_are_damaged(cut):
    phone, listener = agreed()
    (packet,) = phone.packets(a_frame(a_face()), 1.0)
    assert listener.hear(packet[:cut], 1.0) == [DAMAGED]


one_part = st.tuples(st.integers(0, 12), st.integers(0, 3), st.integers(1, 5), st.binary(max_size=80))


@given(st.lists(one_part, max_size=12))
def test_any_conversation_stays_small_and_never_raises(said):
    listener = Listener("s")
    for kind, part, parts, data in said:
        header = struct.pack("<4sBBHQIIIIHHI", b"FMV3", kind, 1, 40, 1, 1, 0, 0, len(data), part, parts, len(data))
        assert isinstance(listener.hear(header + data, 1.0), list)
    assert len(listener.replies) < 40
