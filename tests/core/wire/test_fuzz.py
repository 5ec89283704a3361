# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever arrives, a decoder answers with a frame or a reason, quickly. `bench --long` runs a million of each."""

from __future__ import annotations

import warnings

import pytest

from dev_tools.fuzz import DECODERS, fuzz

COUNT = 50_000  # of each decoder; `bench --long` takes a million


@pytest.mark.parametrize("name", DECODERS)
def test_mutated_packets_neither_raise_nor_linger(name):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        outcome = fuzz(DECODERS[name], COUNT, seed=2)
    assert outcome.faults == []
    assert outcome.frames > COUNT / 25, "the mutations leave some packets whole, or the test tests nothing"
    assert sum(outcome.bad.values()) > COUNT / 25
