# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""OSC and what is spoken in it: Face Cap, VMC, a user's own map."""

from __future__ import annotations

import json
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from livelink_blender.core.face.channels import INDEX
from livelink_blender.core.face.frame import BadPacket, Frame
from livelink_blender.core.sources.relay import Outlet
from livelink_blender.core.wire.common import osc
from livelink_blender.core.wire.common.osc import bundles, message, read
from livelink_blender.core.wire.common.osc_map import read_osc_map
from livelink_blender.core.wire.conversations import MOST_SENDERS, Conversations
from livelink_blender.core.wire.dialects import facecap, vmc

from .dialect_samples import a_face, a_frame, packets_of


def heard(*packets: bytes, told: Conversations | None = None) -> list[Frame | BadPacket]:
    told = told or Conversations()
    return [one for at, packet in enumerate(packets) for one in told.hear(packet, float(at), "192.0.2.1")]


def shape(frame: Frame, name: str) -> float:
    return float(frame.values[INDEX[name]])


def val(name: str, value: float) -> bytes:
    return message("/VMC/Ext/Blend/Val", name, value)


APPLY = message("/VMC/Ext/Blend/Apply")


def test_a_message_is_written_as_the_standard_says():
    assert message("/W", 3, 0.5) == b"/W\0\0,if\0\0\0\0\3\x3f\0\0\0"
    assert read(message("/some/where", 1, 2.5, "text", "")) == [("/some/where", (1, 2.5, "text", ""))]


def test_all_letters_of_the_standard_are_read():
    data = b"/a\0\0,hdtTFNIcrmbs[i]\0\0\0\0" + struct.pack(">qdQ", -5, 0.25, 7) + struct.pack(">iIIi", 65, 1, 2, 3)
    data += b"abc\0" + b"yes\0" + struct.pack(">i", 9)
    ((address, arguments),) = read(data)
    assert address == "/a"
    assert arguments == (-5, 0.25, 7, True, False, None, float("inf"), 65, 1, 2, b"abc", "yes", 9)


def test_bundles_within_bundles_keep_their_order_and_have_a_bottom():
    def bundle(*elements):
        return osc.BUNDLE + bytes(8) + b"".join(struct.pack(">i", len(one)) + one for one in elements)

    inner = bundle(message("/b", 2), bundle(message("/c", 3)))
    wanted = [("/a", (1,)), ("/b", (2,)), ("/c", (3,)), ("/d", (4,))]
    assert read(bundle(message("/a", 1), inner, message("/d", 4))) == wanted
    deep = message("/a")
    for _ in range(50):
        deep = bundle(deep)
    assert read(deep) is None
    assert read(bundle(*[message("/a")] * 2000)) is None
    assert read(bundle()) == []


def test_bundles_that_we_send_fit_into_a_datagram():
    packets = bundles([message("/a", "x" * 60)] * 100)
    assert max(map(len, packets)) <= osc.LARGEST_DATAGRAM
    assert sum(len(read(packet)) for packet in packets) == 100


@pytest.mark.parametrize("dialect", ["vmc", "facecap", "osc"])
def test_python_osc_reads_in_our_packets_what_we_read(dialect):
    theirs = pytest.importorskip("pythonosc.osc_packet", reason="python-osc is not installed")
    for packet in packets_of(dialect):
        found = [(one.message.address, tuple(one.message.params)) for one in theirs.OscPacket(packet).messages]
        assert read(packet) == found


@given(st.binary(max_size=200))
def test_any_bytes_are_messages_or_none(raw):
    for packet in (raw, b"/a\0\0," + raw, osc.BUNDLE + bytes(8) + raw):
        assert read(packet) is None or isinstance(read(packet), list)


def test_face_cap_sends_a_frame_in_many_messages():
    values = a_face()
    (frame,) = heard(*facecap.encode(a_frame(values)))
    np.testing.assert_allclose(frame.values, values, atol=1e-6)
    assert (frame.dialect, frame.subject) == ("facecap", "Face Cap")


def test_face_cap_frames_that_leave_shapes_out_end_with_the_next_head():
    packets = [message("/HT", 0.0, 0.0, 0.0), message("/W", 24, 0.5), message("/W", 0, 0.25)]
    first, second = heard(*packets, packets[0], message("/W", 24, 0.75), packets[0])
    assert (shape(first, "jawOpen"), shape(first, "browInnerUp"), first.arrival) == (0.5, 0.25, 2.0)
    assert (shape(second, "jawOpen"), shape(second, "browInnerUp")) == (0.75, 0.25)


def test_face_cap_without_a_head_ends_at_a_repeated_shape():
    first, _ = heard(message("/W", 24, 0.5), message("/W", 0, 0.5), message("/W", 24, 0.6), message("/W", 24, 0.7))
    assert shape(first, "jawOpen") == 0.5


def test_face_cap_may_send_the_head_as_a_quaternion_alone():
    half = 0.5 * np.radians(20)
    turned = message("/HRQ", 0.0, float(np.sin(half)), 0.0, float(np.cos(half)))  # about SceneKit's Y: to the left
    first, _ = heard(turned, message("/W", 24, 0.5), turned, message("/W", 24, 0.5), turned)
    assert np.degrees(shape(first, "headYaw")) == pytest.approx(20, rel=1e-4)


def test_face_cap_may_write_a_frame_in_another_order():
    at_the_end = lambda packets: packets[4:] + packets[:4]  # noqa: E731 - shapes first, then head and eyes
    frames = heard(*[p for seed in range(5) for p in at_the_end(facecap.encode(a_frame(a_face(seed))))])
    assert 4 <= len(frames) <= 6
    np.testing.assert_allclose(frames[-1].values[:52], a_face(4)[:52], atol=1e-6)


@pytest.mark.parametrize(
    "evil",
    [
        message("/W", 99, 1.0), message("/W", -1, 1.0), message("/W", "x", 1.0), message("/W", 24), message("/HR", 1.0),
        message("/W", 24, float("nan")), message("/HR", float("inf"), 0.0, 0.0), message("/HR", "a", "b", "c"),
    ],
)
def test_face_cap_passes_over_what_makes_no_sense(evil):
    (frame,) = heard(evil, *facecap.encode(a_frame(a_face())))[-1:]
    np.testing.assert_allclose(frame.values, a_face(), atol=1e-6)


def test_vmc_commits_at_apply_and_keeps_what_is_not_said_again():
    first, second = heard(val("JawOpen", 0.5), val("mouthClose", 0.25), APPLY, val("JawOpen", 0.1), APPLY)
    assert (shape(first, "jawOpen"), shape(first, "mouthClose")) == (0.5, 0.25)
    assert shape(second, "jawOpen") == pytest.approx(0.1)
    assert shape(second, "mouthClose") == 0.25


def test_vmc_expressions_are_mixed_until_an_arkit_name_comes():
    expressions = [val("A", 1.0), val("Blink_L", 0.5), APPLY, val("A", 0.0), APPLY]
    frames = heard(*expressions, val("JawOpen", 0.2), val("A", 1.0), APPLY)
    assert [shape(frame, "jawOpen") for frame in frames] == pytest.approx([0.7, 0.0, 0.2])
    assert [shape(frame, "eyeBlinkLeft") for frame in frames[:2]] == [0.5, 0.5]


def test_vmc_adds_neck_and_head_and_keeps_the_time():
    half = vmc.head_to_unity(0.2, 0.0, 0.0)
    bones = [message("/VMC/Ext/Bone/Pos", bone, 0.0, 0.0, 0.0, *half) for bone in ("Neck", "Head")]
    (frame,) = heard(*bundles([*bones, message("/VMC/Ext/T", 12.5), val("JawOpen", 1.0), APPLY]))
    assert frame.time == 12.5
    assert shape(frame, "headYaw") == pytest.approx(0.4, abs=1e-6)


def test_vmc_says_when_the_face_is_lost():
    lost, found = message("/VMC/Ext/OK", 1, 3, 0, 0), message("/VMC/Ext/OK", 1, 3, 0, 1)
    frames = heard(lost, val("JawOpen", 0.5), APPLY, found, APPLY)
    assert [frame.values is None for frame in frames] == [True, True, False]


def test_a_turn_of_no_length_is_no_turn():
    nothing = message("/VMC/Ext/Bone/Pos", "Head", *[0.0] * 7)
    evil = message("/VMC/Ext/Bone/Pos", "Head", *[float("nan")] * 7)
    (frame,) = heard(nothing, evil, val("JawOpen", 0.5), APPLY)
    assert not frame.values[52:].any()


def own_map(**entries) -> Conversations:
    made = read_osc_map(json.dumps({key.replace("__", "/"): value for key, value in entries.items()}).encode())
    assert made.faults == []
    return Conversations(made)


def test_an_own_map_moves_shapes_and_angles():
    listed = ["browInnerUp", "", "cheekPuff"]
    told = own_map(__jaw="jawOpen", __yaw="headYaw * 0.0174533", __all=listed, __n="*", app="Mine")
    packets = [message("/jaw", 0.5), message("/yaw", 10.0), message("/all", 0.1, 0.2, 0.3)]
    (frame,) = heard(*packets, message("/n", "tongueOut", 1.0), message("/jaw", 0.6), told=told)
    assert (frame.subject, frame.dialect) == ("Mine", "osc-map")
    assert np.degrees(shape(frame, "headYaw")) == pytest.approx(10, rel=1e-4)
    got = [shape(frame, name) for name in ("jawOpen", "browInnerUp", "cheekPuff", "tongueOut", "browDownLeft")]
    assert got == pytest.approx([0.5, 0.1, 0.3, 1.0, 0.0])


def test_an_own_map_may_say_what_ends_a_frame():
    told = own_map(__jaw="jawOpen", commit="/end")
    frames = heard(message("/jaw", 0.5), message("/jaw", 0.7), message("/end"), message("/end"), told=told)
    assert [shape(frame, "jawOpen") for frame in frames] == pytest.approx([0.7])


def test_an_own_map_may_show_each_datagram_at_once():
    told = own_map(__jaw="jawOpen", __puff="cheekPuff", commit="*")
    frames = heard(message("/jaw", 0.5), *bundles([message("/jaw", 0.7), message("/puff", 0.1)]), told=told)
    assert [shape(frame, "jawOpen") for frame in frames] == pytest.approx([0.5, 0.7])
    assert [shape(frame, "cheekPuff") for frame in frames] == pytest.approx([0.0, 0.1])


def test_a_face_goes_out_by_an_own_map_and_comes_back_by_it():
    listed = ["browInnerUp", "", "cheekPuff"]
    entries = {"/jaw": "jawOpen * 0.01", "/yaw": "headYaw * 0.0174533", "/all": listed, "commit": "/end"}
    made, values = read_osc_map(json.dumps(entries).encode()), a_face()
    packets = Outlet("osc", own_map=made).packets(a_frame(values), 1.0)
    assert read(packets[0])[0] == ("/jaw", (pytest.approx(100 * values[INDEX["jawOpen"]], rel=1e-6),))
    (frame,) = heard(*packets, told=Conversations(made))
    for name in ("jawOpen", "headYaw", "browInnerUp", "cheekPuff"):
        assert shape(frame, name) == pytest.approx(values[INDEX[name]], rel=1e-6)
    assert np.count_nonzero(frame.values) == 4


def test_a_map_of_names_goes_out_as_names():
    made = read_osc_map(b'{"/blend": "*", "commit": "/end"}')
    (frame,) = heard(*Outlet("osc", own_map=made).packets(a_frame(a_face()), 1.0), told=Conversations(made))
    np.testing.assert_array_equal(frame.values[:52], a_face()[:52])


def test_a_fader_at_our_own_addresses_shows_at_once_to_its_last_value():
    frames = heard(message("/face/jawOpen", 0.25), message("/face/jawOpen", 0.75), message("/face/headYaw", 0.5))
    assert [shape(frame, "jawOpen") for frame in frames] == [0.25, 0.75, 0.75]
    assert (frames[-1].subject, frames[-1].dialect, shape(frames[-1], "headYaw")) == ("OSC", "osc", 0.5)


def test_a_sender_of_bundles_without_a_word_at_the_end_is_understood_too():
    bundle = bundles([message("/face/jawOpen", 0.5), message("/face/cheekPuff", 0.25)])
    frames = heard(*bundle, *bundle, *bundle)
    assert len(frames) == 2 and shape(frames[0], "cheekPuff") == 0.25


@pytest.mark.parametrize(
    "text", [b"", b"[]", b'{"jaw": "jawOpen"}', b'{"/jaw": "jawWide"}', b'{"/jaw": "jawOpen * x"}']
)
def test_a_map_that_makes_no_sense_is_told_in_sentences(text):
    assert all(fault.endswith(".") for fault in read_osc_map(text).faults)
    assert read_osc_map(text).faults


def test_addresses_of_no_dialect_are_named():
    (outcome,) = heard(message("/avatar/parameters/JawOpen", 1.0))
    assert "VRCFaceTracking" in outcome.reason
    (outcome,) = heard(message("/unheard/of", 1.0))
    assert "OSC map" in outcome.advice
    (outcome,) = heard(b"/damaged")
    assert outcome.reason == "damaged OSC"


def test_conversations_are_bounded_and_forget_the_quietest():
    told = Conversations()
    for number in range(500):
        told.hear(message("/W", 24, 0.5), float(number), f"192.0.2.{number}")
    assert len(told._talks) == len(told._heard) == MOST_SENDERS
    assert ("192.0.2.499", facecap.FaceCap) in told._talks
