# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small QuickTime film with picture and sound, uncompressed, for the phone that is not there: every player reads it.

A bar crosses the picture once a second and turns white at the full second, when a click is heard: so one can see and
hear whether it was put where it belongs."""

from __future__ import annotations

import struct
from collections.abc import Iterator

import numpy as np

WIDTH, HEIGHT = 64, 36
FPS = 30
RATE = 16000  # sound samples a second, 16 bit, one channel
_SCALE = FPS * RATE  # ticks a second, whole for pictures and for samples
_CLICK_S = 0.05
_MATRIX = struct.pack(">9I", 1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)


def film(seconds: float) -> bytes:
    """The whole file; at least one picture, at most ten minutes."""
    pictures = int(min(max(round(seconds * FPS), 1), 600 * FPS))
    frames, sound = b"".join(_pictures(pictures)), _clicks(pictures)
    start = 20 + 8  # behind ftyp and the head of mdat
    film_length = pictures * RATE
    head = _box(b"mvhd", struct.pack(">5I", 0, 0, 0, _SCALE, film_length), struct.pack(">IH10x", 1 << 16, 1 << 8),
                _MATRIX, bytes(24), struct.pack(">I", 3))  # fmt: skip
    tracks = (
        _track(1, film_length, WIDTH, HEIGHT, 0, _media(FPS, pictures, b"vide", _box(b"vmhd", b"\0\0\0\1", bytes(8)),
               _picture_table(pictures, start))),
        _track(2, film_length, 0, 0, 1 << 8, _media(RATE, len(sound) // 2, b"soun", _box(b"smhd", bytes(8)),
               _sound_table(len(sound) // 2, start + len(frames)))),
    )  # fmt: skip
    return b"".join(
        (_box(b"ftyp", b"qt  ", struct.pack(">I", 0x200), b"qt  "), _box(b"mdat", frames, sound),
         _box(b"moov", head, *tracks))
    )  # fmt: skip


def _box(kind: bytes, *parts: bytes) -> bytes:
    return struct.pack(">I4s", 8 + sum(map(len, parts)), kind) + b"".join(parts)


def _pictures(count: int) -> Iterator[bytes]:
    """Grey ramp, and the bar."""
    ground = np.repeat(np.linspace(20, 120, HEIGHT).astype(np.uint8), WIDTH * 3).reshape(HEIGHT, WIDTH, 3)
    for number in range(count):
        picture, at = ground.copy(), number % FPS * WIDTH // FPS
        picture[:, at : at + 3] = (255, 255, 255) if number % FPS == 0 else (230, 140, 40)
        yield picture.tobytes()


def _clicks(pictures: int) -> bytes:
    """A short tone at each full second."""
    samples = np.arange(pictures * RATE // FPS)
    since = samples % RATE / RATE
    tone = np.sin(2 * np.pi * 880 * since) * np.exp(-since * 60) * (since < _CLICK_S)
    return (tone * 20000).astype("<i2").tobytes()


def _track(number: int, length: int, width: int, height: int, volume: int, media: bytes) -> bytes:
    head = struct.pack(">6I8x4H", 15, 0, 0, number, 0, length, 0, 0, volume, 0)
    return _box(b"trak", _box(b"tkhd", head, _MATRIX, struct.pack(">II", width << 16, height << 16)), media)


def _media(scale: int, length: int, kind: bytes, header: bytes, table: bytes) -> bytes:
    return _box(
        b"mdia", _box(b"mdhd", struct.pack(">6I", 0, 0, 0, scale, length, 0)),
        _box(b"hdlr", bytes(4), b"mhlr", kind, bytes(12), b"\0"),
        _box(b"minf", header, _box(b"hdlr", bytes(4), b"dhlr", b"url ", bytes(12), b"\0"),
             _box(b"dinf", _box(b"dref", struct.pack(">II", 0, 1), _box(b"url ", b"\0\0\0\1"))), table),
    )  # fmt: skip


def _table(description: bytes, samples: int, sample_bytes: int, in_chunk: int, chunks: list[int]) -> bytes:
    """Samples all alike, in one run or one to a chunk."""
    return _box(
        b"stbl", _box(b"stsd", struct.pack(">II", 0, 1), description),
        _box(b"stts", struct.pack(">4I", 0, 1, samples, 1)), _box(b"stsc", struct.pack(">5I", 0, 1, 1, in_chunk, 1)),
        _box(b"stsz", struct.pack(">3I", 0, sample_bytes, samples)),
        _box(b"stco", struct.pack(f">{2 + len(chunks)}I", 0, len(chunks), *chunks)),
    )  # fmt: skip


def _picture_table(count: int, start: int) -> bytes:
    size = WIDTH * HEIGHT * 3
    description = _box(
        b"raw ", bytes(6), struct.pack(">H16x2H", 1, WIDTH, HEIGHT), struct.pack(">3IH", 72 << 16, 72 << 16, 0, 1),
        bytes(32), struct.pack(">Hh", 24, -1),
    )  # fmt: skip
    return _table(description, count, size, 1, [start + at * size for at in range(count)])


def _sound_table(count: int, start: int) -> bytes:
    description = _box(b"sowt", bytes(6), struct.pack(">H8x4HI", 1, 1, 16, 0, 0, RATE << 16))
    return _table(description, count, 2, count, [start])
