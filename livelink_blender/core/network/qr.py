# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""QR codes of short texts (ISO/IEC 18004): bytes, versions 1 to 6, error correction level M. Enough for an address."""

from __future__ import annotations

from functools import reduce

import numpy as np

# by version: (data codewords, error correction codewords of a block, blocks, centre of the alignment pattern)
_VERSIONS = {
    1: (16, 10, 1, 0), 2: (28, 16, 1, 18), 3: (44, 26, 1, 22), 4: (64, 18, 2, 26), 5: (86, 24, 2, 30),
    6: (108, 16, 4, 34)
}  # fmt: skip
LONGEST = _VERSIONS[6][0] - 2
QUIET = 4
"""Modules of white that a reader wants all around."""

_BYTES_MODE = 0b0100
_LEVEL_M = 0b00
_FIELD = 0x11D  # x^8 + x^4 + x^3 + x^2 + 1
_FORMAT = 0x537  # x^10 + x^8 + x^5 + x^4 + x^2 + x + 1
_FORMAT_MASK = 0x5412
_MASKS = (
    lambda y, x: (y + x) % 2,
    lambda y, x: y % 2,
    lambda y, x: x % 3,
    lambda y, x: (y + x) % 3,
    lambda y, x: (y // 2 + x // 3) % 2,
    lambda y, x: y * x % 2 + y * x % 3,
    lambda y, x: (y * x % 2 + y * x % 3) % 2,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2,
)
"""A module is turned round where its mask is 0."""
_LIKE_A_FINDER = np.array([1, 0, 1, 1, 1, 0, 1, 0, 0, 0, 0], bool)


def qr_code(text: str, mask: int | None = None) -> np.ndarray:
    """The modules, True for black, top row first, without the quiet zone; ValueError above LONGEST bytes.

    `mask`: which of the eight; None takes the best one."""
    data = text.encode()
    version = next((one for one, (room, *_) in _VERSIONS.items() if len(data) <= room - 2), None)
    if version is None:
        raise ValueError(f"A QR code of ours holds {LONGEST} bytes at most.")
    blank, taken = _patterns(version)
    _lay(blank, taken, _codewords(data, version))
    candidates = [_masked(blank, taken, one) for one in (range(8) if mask is None else [mask])]
    return min(candidates, key=_penalty)


def _codewords(data: bytes, version: int) -> bytes:
    """Data and error correction, in the order in which they are laid."""
    room, correction, blocks, _ = _VERSIONS[version]
    bits = f"{_BYTES_MODE:04b}{len(data):08b}" + "".join(f"{byte:08b}" for byte in data) + "0000"
    filled = bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits), 8))
    filled += bytes((0xEC, 0x11)[number % 2] for number in range(room - len(filled)))
    length = room // blocks
    parts = [filled[at : at + length] for at in range(0, room, length)]
    corrections = [_correction(part, correction) for part in parts]
    return bytes(byte for group in (parts, corrections) for column in zip(*group, strict=True) for byte in column)


def _product(a: int, b: int) -> int:
    """In the field of 256 elements."""
    product = 0
    for bit in range(7, -1, -1):
        product = (product << 1) ^ (_FIELD if product & 0x80 else 0)
        product ^= a if b >> bit & 1 else 0
    return product


def _correction(data: bytes, count: int) -> bytes:
    """Reed-Solomon: the remainder of the data by the product of (x - 2^i)."""
    divisor, root = [1], 1
    for _ in range(count):
        divisor = [high ^ _product(low, root) for high, low in zip([*divisor, 0], [0, *divisor], strict=True)]
        root = _product(root, 2)
    rest = [0] * count
    for byte in data:
        factor = byte ^ rest[0]
        rest = [one ^ _product(term, factor) for one, term in zip([*rest[1:], 0], divisor[1:], strict=True)]
    return bytes(rest)


def _patterns(version: int) -> tuple[np.ndarray, np.ndarray]:
    """(finders, timing and alignment; where no data may lie)"""
    size, centre = 17 + 4 * version, _VERSIONS[version][3]
    modules, taken = np.zeros((size, size), bool), np.zeros((size, size), bool)
    modules[6, ::2] = modules[::2, 6] = True
    taken[6, :] = taken[:, 6] = True
    for y, x in ((0, 0), (0, size - 7), (size - 7, 0)):
        taken[max(y - 1, 0) : y + 8, max(x - 1, 0) : x + 8] = True
        modules[max(y - 1, 0) : y + 8, max(x - 1, 0) : x + 8] = False
        modules[y : y + 7, x : x + 7] = _rings(3)
    taken[8, :9] = taken[:9, 8] = taken[8, size - 8 :] = taken[size - 8 :, 8] = True
    if centre:
        taken[centre - 2 : centre + 3, centre - 2 : centre + 3] = True
        modules[centre - 2 : centre + 3, centre - 2 : centre + 3] = _rings(2)
    return modules, taken


def _rings(reach: int) -> np.ndarray:
    """The square of a finder (3) or of an alignment pattern (2): all black but one white ring."""
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    return np.maximum(abs(y), abs(x)) != reach - 1


def _lay(modules: np.ndarray, taken: np.ndarray, codewords: bytes) -> None:
    """Bits go up and down in columns two wide, from the lower right; the timing column is left out."""
    bits = iter(np.unpackbits(np.frombuffer(codewords, np.uint8)))
    size, upwards = len(modules), True
    for right in (*range(size - 1, 6, -2), 5, 3, 1):
        for y in range(size - 1, -1, -1) if upwards else range(size):
            for x in (right, right - 1):
                if not taken[y, x]:
                    modules[y, x] = bool(next(bits, 0))
        upwards = not upwards


def _masked(blank: np.ndarray, taken: np.ndarray, mask: int) -> np.ndarray:
    """With this mask, and the format that tells of it."""
    size = len(blank)
    y, x = np.mgrid[0:size, 0:size]
    modules = blank ^ ((_MASKS[mask](y, x) == 0) & ~taken)
    bits = [bool(_format(mask) >> place & 1) for place in range(15)]
    around = [*((row, 8) for row in (0, 1, 2, 3, 4, 5, 7, 8)), *((8, column) for column in (7, 5, 4, 3, 2, 1, 0))]
    apart = [*((8, size - 1 - at) for at in range(8)), *((size - 7 + at, 8) for at in range(7))]
    for places in (around, apart):
        for place, bit in zip(places, bits, strict=True):
            modules[place] = bit
    modules[size - 8, 8] = True
    return modules


def _format(mask: int) -> int:
    """Level and mask with their ten bits of error correction."""
    told = _LEVEL_M << 3 | mask
    rest = reduce(lambda rest, _: (rest << 1) ^ (_FORMAT if rest >> 9 else 0), range(10), told)
    return (told << 10 | rest) ^ _FORMAT_MASK


def _penalty(modules: np.ndarray) -> int:
    """How hard it is to read, by the standard's four rules."""
    lines = [*modules, *modules.T]
    blocks = modules[:-1, :-1] + 0 + modules[1:, :-1] + modules[:-1, 1:] + modules[1:, 1:]
    same = int(((blocks == 0) | (blocks == 4)).sum())
    share = modules.mean() * 100
    return sum(map(_runs, lines)) + 3 * same + 40 * sum(map(_finders, lines)) + 10 * int(abs(share - 50) / 5)


def _runs(line: np.ndarray) -> int:
    edges = np.flatnonzero(np.diff(line)) + 1
    lengths = np.diff([0, *edges, len(line)])
    return int((lengths[lengths >= 5] - 2).sum())


def _finders(line: np.ndarray) -> int:
    windows = np.lib.stride_tricks.sliding_window_view(line, len(_LIKE_A_FINDER))
    return sum(int((windows == one).all(axis=1).sum()) for one in (_LIKE_A_FINDER, _LIKE_A_FINDER[::-1]))
