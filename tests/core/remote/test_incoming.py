# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A file that comes by TCP in whatever pieces: whole, or one sentence why not; never more than was announced."""

from hypothesis import given
from hypothesis import strategies as st

from livelink_blender.core.remote import incoming
from livelink_blender.core.remote.incoming import IncomingFile

LARGEST = 1000


def fed(*pieces: bytes) -> tuple[IncomingFile, bytes]:
    file = IncomingFile(LARGEST, 0.0)
    file.called(0.0)
    return file, b"".join(file.feed(piece, 1.0) for piece in pieces)


def announced(size: int) -> bytes:
    return size.to_bytes(4, "big", signed=True)


@given(st.binary(min_size=1, max_size=LARGEST), st.lists(st.integers(1, 50), max_size=30), st.binary(max_size=9))
def test_a_file_is_whole_in_whatever_pieces_it_comes(data, sizes, behind):
    stream, pieces = announced(len(data)) + data + behind, []
    for size in sizes:
        pieces.append(stream[:size])
        stream = stream[size:]
    file, got = fed(*pieces, stream)
    assert got == data and file.is_whole and not file.trouble and file.share == 1.0


@given(st.lists(st.binary(max_size=40), max_size=20))
def test_no_bytes_make_it_stumble_or_grow(pieces):
    file, got = fed(*pieces)
    assert len(got) <= LARGEST and len(got) == file.received
    file.ended()
    assert file.is_whole != bool(file.trouble)


def test_sizes_that_cannot_be():
    assert fed(announced(0))[0].trouble == incoming.EMPTY
    for size in (-1, -(2**31), LARGEST + 1, 2**31 - 1):
        file, got = fed(announced(size) + b"x" * 50)
        assert "announced" in file.trouble and got == b"" and not file.is_whole


def test_a_short_file_is_none():
    file, got = fed(announced(10) + b"12345")
    file.ended()
    assert file.trouble == incoming.CUT_OFF and got == b"12345" and not file.is_whole
    nothing = fed()[0]
    nothing.ended()
    assert nothing.trouble == incoming.CUT_OFF


def test_waiting_has_an_end():
    never = IncomingFile(LARGEST, 0.0)
    never.wait(incoming.CALL_S - 1)
    assert not never.trouble
    never.wait(incoming.CALL_S + 1)
    assert never.trouble == incoming.NEVER_CAME
    stalled = fed(announced(10) + b"1")[0]
    stalled.wait(1.0 + incoming.STALL_S + 0.1)
    assert stalled.trouble == incoming.STALLED
    assert stalled.feed(b"2345", 30.0) == b""


def test_amounts_read_as_a_person_says_them():
    sizes = (12, 3_400, 5_600_000, 1_700_000_000)
    assert [incoming.amount(size) for size in sizes] == ["12 bytes", "3 kB", "6 MB", "1.7 GB"]
