# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A reel shows each moment of a take alone, whatever order they are asked for in, and whatever is in the file."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from livelink_blender.core.face.calibration import Calibration
from livelink_blender.core.face.smoothing import DEFAULT_SMOOTHING
from livelink_blender.core.takes.reel import Reel, face_at, open_reel
from livelink_blender.core.takes.tape import pack_header, pack_record
from livelink_blender.core.wire.dialects.livelink import encode

from .take_frames import take


def tape_of(frames) -> bytes:
    return pack_header({"slate": "x"}) + b"".join(pack_record(f.arrival, f.sender, encode(f)) for f in frames)


def shown(reel: Reel, second: float, smoothing=None) -> np.ndarray | None:
    key = reel.performers[0]
    return face_at(reel.window(key, second), reel.swaps[key], Calibration(), smoothing or {})


def test_a_moment_is_the_newest_face_up_to_it():
    reel = open_reel(tape_of(take(200)), "x")
    assert reel.seconds == pytest.approx(199 / 60, abs=1e-3)
    assert shown(reel, 2.0)[0] == pytest.approx(2.0, abs=1 / 60)
    assert shown(reel, 99.0)[0] == pytest.approx(199 / 60, abs=1e-3)
    assert shown(reel, -1.0) is None


@settings(max_examples=30)
@given(st.lists(st.floats(0, 5), min_size=2, max_size=8))
def test_what_a_moment_shows_does_not_depend_on_the_way_there(seconds):
    reel = REEL
    once = [shown(reel, second, DEFAULT_SMOOTHING) for second in seconds]
    again = [shown(reel, second, DEFAULT_SMOOTHING) for second in reversed(seconds)][::-1]
    for a, b in zip(once, again, strict=True):
        np.testing.assert_array_equal(a, b)


REEL = open_reel(tape_of(take(200)), "x")


def test_a_lost_face_is_held():
    reel = open_reel(tape_of(take(220, faceless=tuple(range(100, 200)))), "x")
    assert shown(reel, 3.0)[0] == pytest.approx(99 / 60, abs=1e-3)


def test_a_damaged_record_costs_one_moment():
    data = bytearray(tape_of(take(200)))
    data[len(tape_of(take(150))) + 100] ^= 0xFF
    reel = open_reel(bytes(data), "x")
    assert shown(reel, 151 / 60 - 0.005)[0] == pytest.approx(149 / 60, abs=1e-3)


def test_a_clock_that_was_set_back_still_plays_to_the_end():
    frames = take(200)
    for frame in frames[100:]:
        frame.arrival -= 1000.0
    reel = open_reel(tape_of(frames), "x")
    assert shown(reel, reel.seconds)[0] == pytest.approx(199 / 60, abs=1e-3)


WHOLE = tape_of(take(40))


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=12), st.floats(0, 2))
def test_a_tape_that_was_hit_anywhere_plays_or_is_one_sentence(hits, second):
    data = bytearray(WHOLE)
    for at, value in hits:
        data[at] = value
    try:
        reel = open_reel(bytes(data), "x")
    except ValueError as refusal:
        assert str(refusal).startswith("x holds no face") or "no Face Live Link take" in str(refusal)
        return
    values = shown(reel, second, DEFAULT_SMOOTHING)
    assert values is None or np.isfinite(values).all()


@given(st.binary(max_size=300))
@example(b"=head#")
def test_what_is_no_take_is_one_sentence(data):
    for foreign in (data, pack_header({}) + data):
        with pytest.raises(ValueError, match="holds no face: nothing to play"):
            open_reel(foreign, "x")


def test_a_recording_without_any_face_is_nothing_to_play():
    by_chance = encode(take(1, faceless=(0,))[0])
    for data in (by_chance, b"BLENDER-v405" + bytes(500) + by_chance + bytes(500)):
        with pytest.raises(ValueError, match="x holds no face"):
            open_reel(data, "x")
