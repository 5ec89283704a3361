# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever arrives, a decoder answers with a frame or a reason, quickly. `bench --long` runs a million of each."""

from __future__ import annotations

import warnings

import pytest

from dev_tools.fuzz import DECODERS, fuzz

COUNTS = {"livelink": 50_000, "any dialect": 30_000}
OTHERWISE = 10_000  # well within a second each; `bench --long` takes a million


@pytest.mark.parametrize("name", DECODERS)
def test_mutated_packets_neither_raise_nor_linger(name):
    count = COUNTS.get(name, OTHERWISE)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        outcome = fuzz(DECODERS[name], count, seed=2)
    assert outcome.faults == []
    assert outcome.frames > count / 25, "the mutations leave some packets whole, or the test tests nothing"
    assert sum(outcome.bad.values()) > count / 25
