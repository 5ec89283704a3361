# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A made-up performance: a face that smiles, says a few sentences, looks around, blinks and smiles again; it loops."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

import numpy as np

from ..face.blink import closure
from ..face.channels import HEAD, INDEX, LEFT_EYE, RIGHT_EYE
from ..face.visemes import blend_visemes
from .script import BLINKS, EXPRESSIONS, GAZES, HEAD_POSES, PERFORMANCE_SECONDS, SMILES, WORDS

TABLE_RATE = 120  # moments a second worked out ahead; between them it is a straight line
SACCADE = 0.045  # seconds of an eye's jump
EYE_TURN = 0.61  # radians at a full eyeLook shape, as ARKit has it
BOTH_LIDS = (
    ("eyeBlinkLeft", 0.0, 1.0),
    ("eyeBlinkRight", 0.008, 0.97),
)  # channel, delay, height: no two lids are alike


def perform(t: float) -> np.ndarray:
    """The performance at `t` seconds: values (61,) float32; it starts again after PERFORMANCE_SECONDS."""
    table = _table()
    at = (t % PERFORMANCE_SECONDS) * TABLE_RATE
    row = int(at)
    share = np.float32(at - row)
    here = table[row % len(table)]
    return here + share * (table[(row + 1) % len(table)] - here)


@lru_cache(maxsize=1)
def _table() -> np.ndarray:
    """All of it (n, 61), worked out once in some ten milliseconds."""
    times = np.arange(int(PERFORMANCE_SECONDS * TABLE_RATE)) / TABLE_RATE
    values = blend_visemes(times, WORDS)
    _smile(values, times)
    _show_expressions(values, times)
    _turn_head(values, times)
    _look(values, times)
    _blink(values, times)
    values[:, : HEAD.start] = np.clip(values[:, : HEAD.start], 0.0, 1.0)
    values[np.abs(values) < 1e-4] = 0.0
    table = values.astype(np.float32)
    table.setflags(write=False)
    return table


def minimum_jerk(x: np.ndarray) -> np.ndarray:
    """0 to 1 as a hand or a head moves: level and without a jolt at both ends."""
    x = np.clip(x, 0.0, 1.0)
    return x * x * x * (x * (6.0 * x - 15.0) + 10.0)


def _bump(times: np.ndarray, begin: float, rise: float, hold: float, fall: float) -> np.ndarray:
    """Up, hold, down."""
    up = minimum_jerk((times - begin) / rise)
    return up * (1.0 - minimum_jerk((times - begin - rise - hold) / fall))


def _smile(values: np.ndarray, times: np.ndarray) -> None:
    """A smile reaches the eyes a little later, and is never quite even."""
    for begin, hold, size in SMILES:
        lips = size * _bump(times, begin, 0.55, hold, 0.7)
        eyes = size * _bump(times, begin + 0.12, 0.6, hold, 0.8)
        for side, uneven in (("Left", 1.0), ("Right", 0.9)):
            values[:, INDEX["mouthSmile" + side]] += uneven * 0.72 * lips
            values[:, INDEX["mouthDimple" + side]] += uneven * 0.14 * lips
            values[:, INDEX["mouthUpperUp" + side]] += 0.10 * lips
            values[:, INDEX["cheekSquint" + side]] += uneven * 0.42 * eyes
            values[:, INDEX["eyeSquint" + side]] += uneven * 0.36 * eyes
        values[:, INDEX["jawOpen"]] += 0.04 * lips


def _show_expressions(values: np.ndarray, times: np.ndarray) -> None:
    for begin, hold, moves in EXPRESSIONS:
        size = _bump(times, begin, 0.16, hold, 0.32)
        for name, height in moves.items():
            values[:, INDEX[name]] += height * size


def _turn_head(values: np.ndarray, times: np.ndarray) -> None:
    """From pose to pose, and under it a sway that closes with the loop."""
    for (begin, *start), (end, *goal) in pairwise(HEAD_POSES):
        way = minimum_jerk((times - begin) / (end - begin))[:, None]
        inside = (times >= begin) & (times < end)
        pose = np.radians(start) + way * (np.radians(goal) - np.radians(start))
        values[inside, HEAD] = pose[inside]
    turn = 2.0 * np.pi * times / PERFORMANCE_SECONDS
    sway = np.stack([np.sin(3 * turn) + 0.5 * np.sin(7 * turn), np.sin(5 * turn), np.sin(4 * turn)], axis=1)
    values[:, HEAD] += np.radians([0.8, 0.6, 0.5]) * sway
    values[:, INDEX["headPitch"]] -= 0.06 * (values[:, INDEX["jawOpen"]])  # the head gives way a little to the jaw


def _look(values: np.ndarray, times: np.ndarray) -> None:
    """The eyes jump from point to point and hold it while the head turns; shapes, angles and lids say the same."""
    aim = np.zeros((len(times), 2))
    for begin, *goal in GAZES:
        aim += minimum_jerk((times - begin) / SACCADE)[:, None] * (np.radians(goal) - _aim_before(begin))
    left = aim[:, 0] - 0.85 * values[:, INDEX["headYaw"]]  # positive: to the character's left
    up = aim[:, 1] - 0.85 * values[:, INDEX["headPitch"]]
    for eye in (LEFT_EYE, RIGHT_EYE):
        values[:, eye.start] = -left
        values[:, eye.start + 1] = -up
    for name, turn in (("OutLeft", left), ("InRight", left), ("InLeft", -left), ("OutRight", -left)):
        values[:, INDEX["eyeLook" + name]] = np.maximum(turn, 0.0) / EYE_TURN
    for side in ("Left", "Right"):
        down = np.maximum(-up, 0.0) / EYE_TURN
        values[:, INDEX["eyeLookDown" + side]] = down
        values[:, INDEX["eyeLookUp" + side]] = np.maximum(up, 0.0) / EYE_TURN
        values[:, INDEX["eyeBlink" + side]] += 0.35 * down
        values[:, INDEX["eyeWide" + side]] += 0.25 * np.maximum(up, 0.0) / EYE_TURN


def _aim_before(moment: float) -> np.ndarray:
    """Where the eyes were aimed just before `moment`, in radians."""
    before = [goal for begin, *goal in GAZES if begin < moment]
    return np.radians(before[-1] if before else (0.0, 0.0))


def _blink(values: np.ndarray, times: np.ndarray) -> None:
    """Over whatever the lids do; brows and gaze sink with them by a trace."""
    for begin, height in BLINKS:
        for name, delay, share in BOTH_LIDS:
            shut = height * share * np.array([closure(t - begin - delay) for t in times])
            lid = values[:, INDEX[name]]
            lid += (1.0 - lid) * shut
            side = name.removeprefix("eyeBlink")
            values[:, INDEX["eyeWide" + side]] *= 1.0 - shut
            values[:, INDEX["eyeSquint" + side]] += 0.12 * shut
            values[:, INDEX["browDown" + side]] += 0.06 * shut
