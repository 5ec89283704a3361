# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Frames from every kind of file; what can't be read is said, never raised."""

from __future__ import annotations

import base64
import gzip
import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livelink_blender.core.face.channels import CHANNELS, INDEX
from livelink_blender.core.face.frame import Frame
from livelink_blender.core.takes.captures import NOTHING, read_capture
from livelink_blender.core.takes.tape import pack_header, pack_record
from livelink_blender.core.wire.dialects.livelink import encode


def packet(number: int, face: bool = True, subject: str = "Face") -> bytes:
    values = np.linspace(0, 1, 61, dtype=np.float32) if face else None
    return encode(Frame(0.0, "", "D" * 36, subject, None, number, 60.0, values))


PACKETS = [packet(number, face=number % 4 != 0) for number in range(100, 130)]


def sized(packets) -> bytes:
    body = b"".join(struct.pack(">I", len(one)) + one for one in packets)
    return b"\x06" + struct.pack(">I", len(packets)) + body


def numbers(capture) -> list[int]:
    return [frame.number for frame in capture.frames]


def pascal(name: str) -> str:
    return name[0].upper() + name[1:]


def csv_of(rows: list[str], names=CHANNELS, head="Timecode,BlendShapeCount") -> bytes:
    return "\n".join([",".join([head, *map(pascal, names)]), *rows, ""]).encode()


def row(code: str, values) -> str:
    return ",".join([code, "61", *(f"{x:.10f}" for x in values)])


def test_a_tape_gives_frames_with_the_time_of_arrival():
    data = pack_header({}) + b"".join(pack_record(5.0 + i, "192.0.2.1", one) for i, one in enumerate(PACKETS))
    capture = read_capture(data, "take")
    assert numbers(capture) == list(range(100, 130))
    assert [frame.arrival for frame in capture.frames] == [5.0 + i for i in range(30)]
    assert [frame.values is None for frame in capture.frames] == [number % 4 == 0 for number in range(100, 130)]
    assert capture.notes == []


def test_bad_packets_in_a_tape_are_noted():
    records = [pack_record(1.0, "a", PACKETS[1]), pack_record(2.0, "a", b"noise")]
    capture = read_capture(pack_header({}) + b"".join(records), "take")
    assert len(capture.frames) == 1
    assert capture.notes == ["1 of 2 packets were left out: unknown app."]


@pytest.mark.parametrize(
    "data",
    [
        b"".join(PACKETS),
        sized(PACKETS),
        gzip.compress(sized(PACKETS)),
        gzip.compress(b"\n".join(base64.b64encode(one) for one in PACKETS)),
        b"".join(one + b"" for one in PACKETS) + PACKETS[0][:50],
    ],
    ids=["back to back", "sized", "gesichter", "base64 lines", "cut off"],
)
def test_recordings_of_packets_are_read_to_the_last(data):
    capture = read_capture(data, "x")
    assert numbers(capture) == list(range(100, 130))
    assert capture.frames[1].arrival - capture.frames[0].arrival == pytest.approx(1 / 60)


def test_a_cut_off_gzip_gives_what_is_there_and_says_so():
    data = gzip.compress(sized([packet(number, subject=str(number)) for number in range(400)]))
    capture = read_capture(data[: len(data) // 2], "x")
    assert 0 < len(capture.frames) < 400
    assert "cut off" in capture.notes[0]


def test_after_a_damaged_packet_the_next_are_read():
    damaged = bytearray(PACKETS[7])
    damaged[1:5] = b"\x7f\xff\xff\xff"
    capture = read_capture(b"".join([*PACKETS[:7], bytes(damaged), *PACKETS[8:]]), "x")
    assert numbers(capture) == [n for n in range(100, 130) if n != 107]
    assert len(capture.notes) == 1


def test_faces_in_one_file_are_told_apart():
    capture = read_capture(b"".join(packet(n, subject=s) for n in range(5) for s in ("A", "B")), "x")
    assert [len(frames) for frames in capture.performers().values()] == [5, 5]


def test_csv_columns_are_found_by_name_whatever_their_order():
    swapped = list(CHANNELS)
    left, right = INDEX["mouthLeft"], INDEX["mouthRight"]
    swapped[left], swapped[right] = swapped[right], swapped[left]
    values = np.arange(61) / 100
    capture = read_capture(csv_of([row("01:00:00:07.250", values)], swapped), "20240101_S_3/S_3_iPhone_cal.csv")
    (frame,) = capture.frames
    assert frame.values[left] == pytest.approx(right / 100)
    assert frame.values[right] == pytest.approx(left / 100)
    assert frame.values[INDEX["jawOpen"]] == pytest.approx(INDEX["jawOpen"] / 100)
    assert (frame.device, frame.number, frame.rate) == ("iPhone", 3600 * 60 + 7, 60.0)
    assert frame.time == frame.arrival == pytest.approx(3600 + 7.25 / 60)


@pytest.mark.parametrize(("most", "base"), [(60, 60), (30, 30), (25, 25), (24, 24)])
def test_the_timecode_base_is_what_the_frames_reach(most, base):
    rows = [row(f"00:00:{second:02}:{frame:02}.000", np.zeros(61)) for second in range(8) for frame in range(most)]
    capture = read_capture(csv_of(rows), "x.csv")
    assert capture.frames[0].rate == base
    assert capture.frames[-1].time == pytest.approx(8 - 1 / base)


def test_short_rows_saw_no_face_and_senseless_ones_are_left_out_and_noted():
    zeros = np.zeros(61)
    nan = row("00:00:00:03.0", zeros).replace("0.0000000000", "nan", 1)
    rows = [row("00:00:00:01.0", zeros), "00:00:00:02.0,0", nan, row("half past", zeros), ""]
    capture = read_capture(csv_of(rows, head="Timecode,BlendshapeCount"), "x.csv")
    assert [frame.values is None for frame in capture.frames] == [False, True]
    assert capture.notes == ["2 rows of this CSV could not be read and were left out."]


def test_a_csv_of_metahuman_mode_is_told_from_one_with_shapes():
    capture = read_capture(b"Timecode,Frame\n00:00:00:01,1\n", "frame_log.csv")
    assert capture.frames == []
    assert "record in ARKit mode" in capture.notes[0]


@pytest.mark.parametrize("data", [b"", b"hello", b"\x06", b"\x1f\x8b" + bytes(30), bytes(5000), b"PK\3\4" + bytes(90)])
def test_other_files_hold_nothing_and_say_so(data):
    capture = read_capture(data, "x")
    assert capture.frames == []
    assert NOTHING in capture.notes


beginnings = st.sampled_from(
    [b"", b"\x06", b"\x1f\x8b", b"FACETAPE", b"BgA", b"Timecode,JawOpen\n", sized(PACKETS[:2])]
)


@settings(max_examples=80)
@given(beginnings, st.binary(max_size=200), st.text(max_size=10))
def test_any_file_gives_frames_or_a_note(beginning, rest, name):
    capture = read_capture(beginning + rest, name)
    assert capture.frames or capture.notes


def test_one_packet_among_the_bytes_of_any_other_file_is_chance():
    noise = np.random.default_rng(3).integers(0, 256, 40_000, dtype=np.uint8).tobytes()
    capture = read_capture(b"BLENDER17-01v0500" + noise + PACKETS[1] + noise, "hero.blend")
    assert not capture.frames and capture.notes == [NOTHING]
