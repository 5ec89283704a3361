# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A tape holds what came in, byte for byte, however its writing ended and whatever happened to it since."""

from __future__ import annotations

from itertools import pairwise
from time import process_time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livelink_blender.core.takes.captures import read_capture
from livelink_blender.core.takes.reel import open_reel
from livelink_blender.core.takes.tape import FORMAT, NEWER, TapeError, pack_header, pack_record, read_tape

RECORDS = [(1000.0 + index / 60, "192.0.2.1", bytes([6, index]) * (20 + index % 7)) for index in range(40)]
HEADER = pack_header({"slate": "Zoë", "take": 7})


def tape_of(records) -> bytes:
    return HEADER + b"".join(pack_record(*record) for record in records)


def test_a_tape_gives_back_what_was_put_in():
    tape = read_tape(tape_of(RECORDS))
    assert list(tape.records) == RECORDS
    assert len(tape) == len(RECORDS)
    assert (tape.meta["slate"], tape.meta["take"], tape.damaged) == ("Zoë", 7, None)
    np.testing.assert_array_equal(tape.arrivals, [arrival for arrival, _, _ in RECORDS])


def test_a_tape_of_a_later_format_is_refused_in_one_sentence():
    newer = pack_header({"format": FORMAT + 1, "name": "tomorrow"}) + pack_record(1.0, "192.0.2.1", b"?")
    with pytest.raises(TapeError, match=r"newer Face Live Link: update"):
        read_tape(newer)
    capture = read_capture(newer, "tomorrow.facetape")
    assert capture.frames == [] and capture.notes == [NEWER]
    with pytest.raises(ValueError, match="newer Face Live Link"):
        open_reel(newer, "tomorrow")


def test_an_empty_tape_is_whole():
    tape = read_tape(HEADER)
    assert (list(tape.records), tape.damaged) == ([], None)


def test_a_tape_cut_anywhere_gives_all_whole_records():
    whole = tape_of(RECORDS[:6])
    ends = [len(tape_of(RECORDS[:count])) for count in range(7)]
    for end in range(len(HEADER), len(whole) + 1):
        got = list(read_tape(whole[:end]).records)
        sure = sum(one <= end for one in ends) - 1
        assert got in (RECORDS[:sure], RECORDS[: sure + 1]), end  # the last one's padding may be missing


def test_a_record_that_was_hit_is_left_out_and_said():
    data = bytearray(tape_of(RECORDS))
    data[len(tape_of(RECORDS[:10])) + 40] ^= 0x20
    tape = read_tape(bytes(data))
    assert list(tape.records) == RECORDS[:10] + RECORDS[11:]
    assert tape.damaged == "1 of 40 packets in this take are damaged and were left out."


@pytest.mark.parametrize("at", [0, 3, 16, 18, 20, 21])
def test_a_head_that_was_hit_costs_that_record_only(at):
    data = bytearray(tape_of(RECORDS))
    data[len(tape_of(RECORDS[:10])) + at] ^= 0xFF
    tape = read_tape(bytes(data))
    assert list(tape.records) == RECORDS[:10] + RECORDS[11:]
    assert tape.damaged


def test_a_stretch_of_zeros_in_the_middle_is_passed_over():
    data = bytearray(tape_of(RECORDS))
    start, end = len(tape_of(RECORDS[:10])), len(tape_of(RECORDS[:20]))
    data[start:end] = bytes(end - start)
    tape = read_tape(bytes(data))
    assert list(tape.records) == RECORDS[:10] + RECORDS[20:]
    assert str(end - start) in tape.damaged


def test_a_damaged_header_costs_the_meta_only():
    data = bytearray(tape_of(RECORDS))
    data[20] ^= 0xFF
    tape = read_tape(bytes(data))
    assert (list(tape.records), tape.meta) == (RECORDS, {})
    assert "beginning" in tape.damaged


def test_a_packet_that_imitates_a_tape_stays_a_packet():
    inner = b"".join(pack_record(0.0, "fake", b"x" * size) for size in (8, 16, 24))
    records = [RECORDS[0], (1.0, "12345678", inner), (2.0, "", bytes(3) + inner), RECORDS[1]]
    tape = read_tape(tape_of(records))
    assert (list(tape.records), tape.damaged) == (records, None)


def test_other_files_are_no_tape():
    for data in (b"", b"FACETAP", b"PK\3\4" + bytes(100)):
        with pytest.raises(TapeError, match="no Face Live Link take"):
            read_tape(data)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.floats(0, 2e9), st.text(max_size=20), st.binary(max_size=90)), max_size=8))
def test_any_packets_go_through(records):
    got = list(read_tape(tape_of(records)).records)
    assert [(arrival, packet) for arrival, _, packet in got] == [(arrival, packet) for arrival, _, packet in records]


@settings(max_examples=100)
@given(st.data())
def test_damage_never_raises_and_never_invents(data):
    tape = bytearray(tape_of(RECORDS[:8]))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(8, len(tape) - 1))
        tape[at : at + data.draw(st.integers(1, 30))] = data.draw(st.binary(max_size=30))
    got = list(read_tape(bytes(tape)).records)
    assert all(record in RECORDS for record in got)
    assert all(first[0] < second[0] for first, second in pairwise(got))


def test_twenty_minutes_open_in_a_fraction_of_a_second():
    record = pack_record(5.0, "192.168.1.20", bytes(319))
    data = HEADER + record * (20 * 60 * 60)
    begin = process_time()
    tape = read_tape(data)
    assert process_time() - begin < 0.5
    assert len(tape) == 72_000
