# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-2.0-or-later
"""The away picture for those who chose none: "BE RIGHT BACK" in square letters on a dark ground."""

from __future__ import annotations

import numpy as np

WORDS = ("BE", "RIGHT", "BACK")
GROUND, INK = (34, 36, 42, 255), (235, 236, 240, 255)
LETTERS = {
    "A": (".##.", "#..#", "####", "#..#", "#..#"),
    "B": ("###.", "#..#", "###.", "#..#", "###."),
    "C": (".###", "#...", "#...", "#...", ".###"),
    "E": ("####", "#...", "###.", "#...", "####"),
    "G": (".###", "#...", "#.##", "#..#", ".###"),
    "H": ("#..#", "#..#", "####", "#..#", "#..#"),
    "I": ("####", ".##.", ".##.", ".##.", "####"),
    "K": ("#..#", "#.#.", "##..", "#.#.", "#..#"),
    "R": ("###.", "#..#", "###.", "#.#.", "#..#"),
    "T": ("####", ".##.", ".##.", ".##.", ".##."),
}
TALL, WIDE = 5, 5  # of a letter, in dots, with the gap behind it


def away_card(width: int, height: int) -> np.ndarray:
    """The picture in this size, bottom row first as Blender's are."""
    dots = _dots()
    scale = max(1, min(width * 3 // 5 // dots.shape[1], height * 3 // 5 // dots.shape[0]))
    ink = np.kron(dots, np.ones((scale, scale), bool))[:height, :width]
    card = np.empty((height, width, 4), np.uint8)
    card[...] = GROUND
    top, left = (height - ink.shape[0]) // 2, (width - ink.shape[1]) // 2
    card[top : top + ink.shape[0], left : left + ink.shape[1]][ink] = INK
    return np.ascontiguousarray(card[::-1])


def _dots() -> np.ndarray:
    """All lines, one below the other, each centred."""
    widest = max(len(word) for word in WORDS) * WIDE
    dots = np.zeros((len(WORDS) * (TALL + 2) - 2, widest), bool)
    for line, word in enumerate(WORDS):
        start = (widest - len(word) * WIDE) // 2
        for place, letter in enumerate(word):
            rows = np.array([[dot == "#" for dot in row] for row in LETTERS[letter]])
            x, y = start + place * WIDE, line * (TALL + 2)
            dots[y : y + TALL, x : x + rows.shape[1]] = rows
    return dots
