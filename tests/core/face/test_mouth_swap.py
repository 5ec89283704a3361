# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import numpy as np
import pytest

from livelink_blender.core.demo_phone.performance import PERFORMANCE_SECONDS, perform
from livelink_blender.core.face.channels import INDEX
from livelink_blender.core.face.mouth_swap import EXCHANGED, PAIR, MouthSwap
from tests.core.takes.real_takes import real_csv, real_packets


def made_up_take(exchanged: bool) -> np.ndarray:
    values = np.stack([perform(t) for t in np.arange(0.0, PERFORMANCE_SECONDS, 1 / 60)])
    if exchanged:
        values[:, PAIR] = values[:, EXCHANGED]
    return values


def verdict_on(values: np.ndarray) -> MouthSwap:
    swap = MouthSwap("auto")
    for row in values:
        swap.feed(row)
    return swap


def test_an_exchanged_mouth_is_found_by_the_jaw():
    assert verdict_on(made_up_take(exchanged=True)).active


def test_a_whole_take_is_judged_at_once():
    for name, exchanged in (("left as it is", False), ("exchanged", True)):
        swap = MouthSwap("auto")
        swap.feed_take(made_up_take(exchanged))
        assert swap.active is exchanged, name
    swap.feed_take(np.zeros((0, 61), np.float32))
    assert swap.active


def test_real_takes_are_judged_at_once():
    swap = MouthSwap("auto")
    swap.feed_take(real_packets("dao.gesichter"))
    assert swap.active
    swap.feed_take(real_csv("livelink_take_rom3.csv"))
    assert not swap.active


def test_a_right_mouth_is_left_alone():
    swap = verdict_on(made_up_take(exchanged=False))
    assert swap.found is False and not swap.active


def test_a_real_capture_with_an_exchanged_mouth_is_found():
    swap = verdict_on(real_packets("dao.gesichter"))
    assert swap.active and swap.correlation < -0.9


@pytest.mark.parametrize("begin", [0, 500, 1200, 2000, 3000])
def test_a_real_take_is_never_called_exchanged_wherever_it_begins(begin):
    values = real_csv("livelink_take_rom3.csv")
    assert not verdict_on(values[begin:]).active


def test_nothing_is_claimed_before_the_mouth_moved_sideways():
    swap = verdict_on(np.zeros((500, 61), np.float32))
    assert swap.found is None and not swap.active and "not known" in swap.verdict


def test_a_verdict_stands_until_the_evidence_is_clear():
    swap = verdict_on(made_up_take(exchanged=True))
    rng = np.random.default_rng(1)
    noise = np.zeros((300, 61), np.float32)
    noise[:, INDEX["mouthLeft"]] = rng.uniform(0, 0.5, 300)
    noise[:, INDEX["jawLeft"]] = rng.uniform(0, 0.2, 300)
    for row in noise:
        swap.feed(row)
    assert swap.active


def test_by_hand_wins_over_what_is_found():
    assert MouthSwap("on").active and not MouthSwap("off", found=True).active
    with pytest.raises(ValueError, match="mouth swap is one of"):
        MouthSwap("maybe")


def test_applying_exchanges_the_two_and_leaves_the_frame_itself_alone():
    values = np.arange(61, dtype=np.float32)
    right = MouthSwap("on").apply(values)
    assert right[PAIR].tolist() == values[EXCHANGED].tolist() and values[PAIR[0]] == PAIR[0]
    assert MouthSwap("off").apply(values) is values
    assert MouthSwap("on").apply(np.stack([values] * 3)).shape == (3, 61)
