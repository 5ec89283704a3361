# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Live Link Face packets, built here byte by byte: nothing of the encoder is trusted before the round trip."""

from __future__ import annotations

import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livelink_blender.core.face.channels import INDEX
from livelink_blender.core.face.frame import BadPacket, Frame
from livelink_blender.core.wire.dialects.livelink import LIMIT, decode, encode

VALUES = np.linspace(-0.5, 1.2, 61).astype(np.float32)


def packet(device=b"D" * 36, subject=b"iPhone", number=1000, sub=0.25, rate=(60, 1), values=VALUES, count=None):
    head = b"\x06" + struct.pack(">i", len(device)) + device + struct.pack(">i", len(subject)) + subject
    head += struct.pack(">ifii", number, sub, *rate)
    if values is None:
        return head
    return head + bytes([len(values) if count is None else count]) + np.asarray(values, ">f4").tobytes()


def frame(raw: bytes) -> Frame:
    decoded = decode(raw, 5.0, "192.0.2.1")
    assert isinstance(decoded, Frame), decoded
    return decoded


def test_a_face_packet_has_the_published_size_and_becomes_a_frame():
    raw = packet()
    assert len(raw) == 270 + 36 + 6
    got = frame(raw)
    assert got.key == ("192.0.2.1", "D" * 36, "iPhone")
    assert (got.arrival, got.number, got.rate, got.time) == (5.0, 1000, 60.0, 1000.25 / 60)
    assert got.values.dtype == np.float32
    np.testing.assert_array_equal(got.values, VALUES)


def test_channels_stand_in_the_order_of_the_packet():
    values = np.zeros(61)
    values[17], values[52] = 0.75, -0.3
    got = frame(packet(values=values)).values
    assert got[INDEX["jawOpen"]] == 0.75
    assert got[INDEX["headYaw"]] == np.float32(-0.3)


def test_a_packet_without_a_face_still_says_who_and_when():
    got = frame(packet(values=None))
    assert got.values is None
    assert (got.subject, got.number) == ("iPhone", 1000)


@pytest.mark.parametrize("denominator", [0, 1])
def test_a_denominator_of_0_counts_as_1(denominator):
    got = frame(packet(rate=(30, denominator), number=90, sub=0.0))
    assert (got.rate, got.time) == (30.0, 3.0)


@pytest.mark.parametrize("rate", [(0, 0), (0, 1), (-60, 1), (2**31 - 1, 1), (1, 2**31 - 1)])
def test_a_rate_that_can_not_be_gives_no_time(rate):
    got = frame(packet(rate=rate))
    assert (got.rate, got.time) == (0.0, None)
    assert got.number == 1000


def test_frame_numbers_past_24_hours_are_kept():
    assert frame(packet(number=5_375_735, sub=0.0)).time == pytest.approx(89_595.583, abs=1e-3)


@pytest.mark.parametrize("sub", [float("nan"), float("inf"), -3.0, 1e30])
def test_a_senseless_sub_frame_counts_as_0(sub):
    assert frame(packet(sub=sub, number=120)).time == 2.0


@pytest.mark.parametrize("evil", [float("nan"), float("inf"), float("-inf")])
@pytest.mark.parametrize("at", [0, 30, 60])
def test_values_that_are_no_numbers_are_refused(evil, at):
    values = VALUES.copy()
    values[at] = evil
    assert decode(packet(values=values), 0.0, "").reason == "values that are no numbers"


def test_values_above_1_are_kept_and_absurd_ones_limited():
    values = np.zeros(61)
    values[2], values[3], values[4] = 1.31, 1e30, -50.0
    got = frame(packet(values=values)).values
    assert got[2] == np.float32(1.31)
    assert (got[3], got[4]) == (LIMIT, -LIMIT)


def test_many_full_shapes_at_once_are_not_taken_for_absurd():
    np.testing.assert_array_equal(frame(packet(values=np.ones(61))).values, np.ones(61, np.float32))


@pytest.mark.parametrize("length", [0, 1, 32, 36, 200, 3000])
def test_names_of_any_length_are_parsed_by_their_length(length):
    got = frame(packet(device=b"x" * length, subject=b""))
    assert got.device == "x" * min(length, 80)
    np.testing.assert_array_equal(got.values, VALUES)


def test_names_that_are_no_utf_8_can_still_be_shown():
    got = frame(packet(device=b"\xff\xfe\x80", subject="Zoë\n\x00".encode()))
    assert got.device.isprintable()
    assert got.subject == "Zoë?"


@pytest.mark.parametrize("padding", [b"\0", b"\0" * 17, b"\x3d" * 300, bytes(range(256))])
def test_bytes_behind_the_values_are_padding(padding):
    np.testing.assert_array_equal(frame(packet() + padding).values, VALUES)


def test_padding_behind_a_packet_without_a_face_makes_no_face():
    assert frame(packet(values=None) + bytes(8)).values is None


def test_an_unreadable_header_falls_back_to_the_last_244_bytes():
    raw = bytearray(packet())
    raw[1:5] = struct.pack(">i", 99_999)
    got = frame(bytes(raw))
    np.testing.assert_array_equal(got.values, VALUES)
    assert (got.device, got.number) == ("", None)


def test_the_52_shapes_alone_leave_the_angles_at_0():
    got = frame(packet(values=VALUES[:52])).values
    np.testing.assert_array_equal(got[:52], VALUES[:52])
    assert not got[52:].any()


def test_fewer_than_52_shapes_are_another_app():
    outcome = decode(packet(values=VALUES[:30]), 0.0, "")
    assert outcome.reason == "too few shapes"
    assert "ARKit" in outcome.advice


def test_a_packet_cut_anywhere_is_no_face():
    raw = packet()
    for end in range(len(raw)):
        outcome = decode(raw[:end], 0.0, "")
        whole_head = end == len(raw) - 245
        assert (isinstance(outcome, Frame) and outcome.values is None) if whole_head else isinstance(outcome, BadPacket)


@given(st.binary(max_size=400))
def test_any_bytes_give_a_frame_or_a_reason(raw):
    assert isinstance(decode(b"\x06" + raw, 0.0, ""), (Frame, BadPacket))


names = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Cn", "Co")), max_size=20
)
seeds = st.integers(0, 2**32 - 1)  # of a face: 61 drawn floats would take hypothesis ten times as long


@settings(max_examples=60)
@given(
    names, names, st.integers(-(2**31), 2**31 - 1), st.sampled_from([24.0, 30.0, 60.0, 60000 / 1001]), st.none() | seeds
)
def test_what_is_encoded_is_decoded_again(device, subject, number, rate, seed):
    values = None if seed is None else np.random.default_rng(seed).uniform(-LIMIT, LIMIT, 61).astype(np.float32)
    sent = Frame(1.0, "s", device, subject, (number + 0.5) / rate, number, rate, values)
    got = decode(encode(sent), 1.0, "s")
    assert (got.device, got.subject, got.number) == (device, subject, number)
    assert got.rate == pytest.approx(rate, rel=1e-6)
    assert got.time == pytest.approx(sent.time, abs=0.01)
    assert (got.values is None) == (values is None)
    if values is not None:
        np.testing.assert_array_equal(got.values, values)


def test_encoding_writes_the_very_bytes_of_a_phone():
    assert encode(frame(packet(sub=0.25))) == packet(sub=0.25)
    assert encode(frame(packet(values=None, sub=0.25))) == packet(values=None, sub=0.25)
