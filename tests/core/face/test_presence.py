# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livelink_blender.core.face.blink import BLINK_SECONDS, CELL, blinks_in, closure
from livelink_blender.core.face.channels import HEAD, INDEX
from livelink_blender.core.face.presence import Presence, PresenceSettings

SMILE, LID = INDEX["mouthSmileLeft"], INDEX["eyeBlinkLeft"]
TICK = 1 / 60
LEARNT = 8  # faces after which a source is known


def smiling(size: float = 0.8) -> np.ndarray:
    values = np.zeros(61, np.float32)
    values[SMILE] = size
    return values


def play(presence: Presence, faces: list[np.ndarray | None], begin: float = 100.0) -> np.ndarray:
    return np.stack([look(presence, face, begin + i * TICK).copy() for i, face in enumerate(faces)])


def look(presence: Presence, face: np.ndarray | None, now: float) -> np.ndarray:
    """A packet that comes at the very moment of a tick."""
    if face is not None:
        presence.see(face, now)
    return presence.show(now)


def test_a_face_goes_through_untouched_from_the_first_on():
    face = smiling()
    presence = Presence()
    assert np.array_equal(look(presence, face, 5.0), face) and np.array_equal(look(presence, face, 5.016), face)


def test_before_any_face_it_is_neutral():
    assert not play(Presence(), [None] * 300).any()


def test_a_lost_face_is_held_for_a_quarter_second_then_eased_to_neutral_in_six_tenths():
    shown = play(Presence(), [smiling()] + [None] * 120)[:, SMILE]
    assert (shown[:16] == np.float32(0.8)).all() and shown[16 + 18] < 0.5
    assert (np.diff(shown) <= 0).all() and (shown[16 + 37 :] == 0).all()


def test_after_two_seconds_it_breathes_and_blinks():
    shown = play(Presence(), [smiling()] + [None] * 60 * 30)
    assert not shown[60:118, HEAD].any()
    later = shown[240:]
    assert 0.01 < np.ptp(later[:, HEAD], axis=0).max() < 0.1
    assert later[:, LID].max() > 0.9 and 4 <= (np.diff(later[:, LID] > 0.5) > 0).sum() / 2 <= 14


def test_idle_is_the_same_for_the_same_seed_only():
    def idle(seed: int) -> np.ndarray:
        return play(Presence(PresenceSettings(seed=seed)), [smiling()] + [None] * 900)

    assert np.array_equal(idle(3), idle(3)) and not np.array_equal(idle(3), idle(4))


def test_a_returning_face_is_back_in_three_tenths_of_a_second():
    presence = Presence()
    play(presence, [smiling()] + [None] * 120)
    back = play(presence, [smiling(0.6)] * 30, 100.0 + 121 * TICK)[:, SMILE]
    assert back[0] < 0.01 and (np.diff(back) >= 0).all() and back[19] == np.float32(0.6)


def test_a_clock_set_back_neither_jumps_nor_raises():
    presence = Presence()
    play(presence, [smiling()] + [None] * 30)
    shown = presence.show(100.6).copy()
    assert np.array_equal(presence.show(5.0), shown)
    assert np.abs(presence.show(5.0 + TICK) - shown).max() < 0.05
    assert play(presence, [smiling()] * 24, 5.1)[-1, SMILE] == np.float32(0.8), "and the face comes back"


@pytest.mark.parametrize("rate", [1, 2, 5, 7, 8, 24, 60])
def test_a_source_that_sends_seldom_is_seen_as_it_is(rate):
    """Sent 0 and 1 in turn: every one of them is reached, and the face is never taken for lost."""
    presence, reached = Presence(), []
    for number in range(40):
        presence.see(smiling(float(number % 2)), number / rate)
        reached.append(presence.show(number / rate)[SMILE])
        presence.show((number + 0.99) / rate)
        assert number < LEARNT or not presence.is_away
    assert np.array_equal(reached[LEARNT:], [float(number % 2) for number in range(LEARNT, 40)])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(1, 40)), min_size=1, max_size=12), st.floats(0, 1))
def test_no_step_is_larger_than_an_easing_step(stretches, size):
    """Whatever comes and goes: a calm face never jumps (1.5 is the steepest of an ease, the blink closes in .09 s)."""
    faces = [face for seen, ticks in stretches for face in [smiling(size) if seen else None] * ticks * 3]
    first_seen = next((i for i, face in enumerate(faces) if face is not None), len(faces))
    shown = play(Presence(), faces)[first_seen:]
    steps = np.abs(np.diff(shown, axis=0))
    steps[:, [LID, INDEX["eyeBlinkRight"]]] = 0
    assert steps.max(initial=0) <= 1.5 * TICK / 0.3 * max(size, 0.1) * 1.3 + 1e-6


def test_the_first_frame_after_a_loss_does_not_jump_to_a_changed_face():
    shown = play(Presence(), [smiling(0.0)] + [None] * 12 + [smiling(1.0)] * 30)[:, SMILE]
    assert np.abs(np.diff(shown)).max() < 0.1 and shown[-1] == 1


def test_blinks_close_faster_than_they_open_and_end_within_their_cell():
    ages = np.linspace(0, BLINK_SECONDS, 400)
    shut = np.array([closure(a) for a in ages])
    assert shut.max() == 1 and ages[shut.argmax()] < BLINK_SECONDS / 2 and shut[0] == shut[-1] == 0
    assert all(begin + BLINK_SECONDS < CELL for cell in range(200) for begin in blinks_in(cell, 7))
