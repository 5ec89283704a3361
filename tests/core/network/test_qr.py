# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""QR codes: pinned matrices, which readers outside of this repository have read back."""

import hashlib

import numpy as np
import pytest

from livelink_blender.core.network.qr import LONGEST, qr_code

PINNED = """
#######.#.#.##.#..#######
#.....#.#.####....#.....#
#.###.#...###...#.#.###.#
#.###.#.###.#.###.#.###.#
#.###.#....#..##..#.###.#
#.....#..#...#..#.#.....#
#######.#.#.#.#.#.#######
........#.#.#..#.........
#.##.###..#..#....#..#.##
.##.#..####.###..#.....#.
#.######.#####...#.##....
##.##..#.#.....#..#####..
#.#.#.##..#.#.#...###.###
..##.#..##.##.##.##.#...#
.#.####...##.#..###...##.
#..#......##..#......#..#
...#..##..#.#.#.#########
........#.#...###...#...#
#######.###..##.#.#.#####
#.....#.#.##.##.#...#....
#.###.#...#..##.#####....
#.###.#.#......##.###.###
#.###.#.#.#...###.#.####.
#.....#...#####.....#.#..
#######.#..#...#..#######
"""


def drawn(modules: np.ndarray) -> str:
    return "\n".join("".join("#" if black else "." for black in row) for row in modules)


def test_a_code_looks_as_readers_know_it():
    assert drawn(qr_code("http://192.0.2.20", 3)) == PINNED.strip()


@pytest.mark.parametrize(
    ("length", "size", "print_of_it"),
    [
        (14, 21, "4ba540ff13ffb4b5"),
        (26, 25, "29b29cbac6a5b5ee"),
        (42, 29, "e2f63adfbae0780b"),
        (62, 33, "910bdf103b3bd54c"),
        (84, 37, "0eba42afc1fa624f"),
        (106, 41, "bcdb12970bd32b1d"),
    ],
)
def test_every_version_is_as_it_was_when_it_was_read_back(length, size, print_of_it):
    """By zxing-cpp, and equal to what the library qrcode makes, module by module."""
    modules = qr_code(("http://192.0.2.20:11111/" * 5)[:length], 5)
    assert modules.shape == (size, size)
    assert hashlib.sha256(np.packbits(modules).tobytes()).hexdigest()[:16] == print_of_it


def test_an_address_with_a_token_is_small_enough_for_a_panel():
    assert len(qr_code("http://192.168.100.200:65535/abcdefghijkl")) == 29


def test_the_best_mask_is_one_of_the_eight():
    best = qr_code("http://192.0.2.20")
    assert any((best == qr_code("http://192.0.2.20", mask)).all() for mask in range(8))


def test_a_text_that_is_too_long_is_refused():
    assert len(qr_code("x" * LONGEST)) == 41
    with pytest.raises(ValueError, match="at most"):
        qr_code("x" * (LONGEST + 1))
