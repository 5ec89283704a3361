# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever arrives, a decoder answers with a frame or a reason, quickly. `bench --long` runs a million of each."""

from __future__ import annotations

import warnings

import pytest

from dev_tools.fuzz import DECODERS, fuzz


@pytest.mark.parametrize("decoder", DECODERS.values(), ids=DECODERS.keys())
def test_fifty_thousand_mutated_packets_neither_raise_nor_linger(decoder):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        outcome = fuzz(decoder, 50_000, seed=2)
    assert outcome.faults == []
    assert outcome.frames > 2_000, "the mutations leave some packets whole, or the test tests nothing"
    assert sum(outcome.bad.values()) > 5_000
