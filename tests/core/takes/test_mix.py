# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Best of: the regions that were asked for, where they were asked for, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livelink_blender.core.face.channels import INDEX, REGION_INDEX, REGIONS
from livelink_blender.core.takes.mix import Part, best_of

from .take_frames import take


def stacked(frames) -> np.ndarray:
    return np.stack([frame.values for frame in frames])


def test_brows_from_one_and_mouth_from_another():
    mixed = stacked(
        best_of(take(60, level=0.1), [Part(take(60, level=0.5), ("brows",)), Part(take(60, level=0.9), ("mouth",))])
    )
    np.testing.assert_allclose(mixed[:, INDEX["browInnerUp"]], 0.5)
    np.testing.assert_allclose(mixed[:, INDEX["jawOpen"]], 0.9)
    np.testing.assert_allclose(mixed[:, INDEX["eyeBlinkLeft"]], 0.1)


@settings(max_examples=30)
@given(st.floats(0, 3), st.floats(0.1, 2), st.floats(0, 0.5), st.sampled_from(REGIONS))
def test_outside_of_range_and_region_the_base_stays_to_the_bit(begin, length, fade, region):
    base = take(240, level=0.2)
    mixed = stacked(best_of(base, [Part(take(240, level=0.8), (region,), begin, begin + length, fade)]))
    seconds = np.arange(240) / 60
    inside = (seconds >= begin - 1e-3) & (seconds <= begin + length + 1e-3)
    theirs = REGION_INDEX == REGIONS.index(region)
    np.testing.assert_array_equal(mixed[:, ~theirs], stacked(base)[:, ~theirs])
    np.testing.assert_array_equal(mixed[~inside], stacked(base)[~inside])
    assert mixed.min() >= 0.2 - 1e-6
    assert mixed.max() <= 0.8 + 1e-6


def test_a_fade_has_no_step():
    mixed = stacked(best_of(take(240, level=0.0), [Part(take(240, level=1.0), REGIONS, 1.0, 3.0, 0.5)]))
    assert np.abs(np.diff(mixed[:, 0])).max() < 0.06
    assert mixed[120, 0] == pytest.approx(1.0)


def test_a_take_at_another_rate_and_place_lies_where_it_was_moved_to():
    mixed = stacked(best_of(take(240, level=0.0), [Part(take(61, 30.0), REGIONS, 1.0, 2.0, 0.0, shift=0.5)]))
    np.testing.assert_allclose(mixed[90], 1.0, atol=2e-3)  # second 1.5 of the base is second 1 of the part


def test_past_the_end_of_a_part_the_base_shows():
    mixed = stacked(best_of(take(240, level=0.3), [Part(take(60, level=0.9), REGIONS, fade=0.0)]))
    assert mixed[30, 0] == pytest.approx(0.9)
    assert mixed[200, 0] == pytest.approx(0.3)


def test_what_makes_no_sense_is_one_sentence():
    base = take(10)
    with pytest.raises(ValueError, match="no region 'nose'"):
        best_of(base, [Part(base, ("nose",))])
    with pytest.raises(ValueError, match="must end after"):
        best_of(base, [Part(base, REGIONS, 2.0, 1.0)])
    with pytest.raises(ValueError, match="no face"):
        best_of([], [])


def lateral(*, swapped: bool) -> list:
    """A mouth and jaw that go from side to side; from a phone that exchanges the sides of the mouth, or not."""
    frames = take(240, level=0.0)
    for at, frame in enumerate(frames):
        side = 0.5 * np.sin(at / 20)
        left, right = ("mouthRight", "mouthLeft") if swapped else ("mouthLeft", "mouthRight")
        for jaw, mouth, there in (("jawLeft", left, side), ("jawRight", right, -side)):
            frame.values[INDEX[jaw]] = frame.values[INDEX[mouth]] = max(there, 0.0)
    return frames


@pytest.mark.parametrize("base_swapped", [False, True])
def test_a_part_from_a_phone_that_exchanges_the_mouth_is_brought_to_the_way_of_the_base(base_swapped):
    base, part = lateral(swapped=base_swapped), lateral(swapped=not base_swapped)
    mixed = stacked(best_of(base, [Part(part, ("mouth",), 1.0, 2.0)]))
    np.testing.assert_allclose(mixed, stacked(base), atol=1e-6)


def test_where_the_swap_is_set_by_hand_the_parts_are_left_as_they_are():
    base, part = lateral(swapped=False), lateral(swapped=True)
    mixed = stacked(best_of(base, [Part(part, ("mouth",), fade=0.0)], swap_mode="off"))
    np.testing.assert_allclose(mixed, stacked(part), atol=1e-6)
