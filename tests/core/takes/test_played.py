# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Expressions kept in a take show at each moment as they were seen; foreign notes do no harm."""

from __future__ import annotations

import json

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from livelink_blender.core.face.channels import CHANNEL_COUNT
from livelink_blender.core.poser.expressions import Expression, Stage
from livelink_blender.core.poser.starting_set import STARTING_SET
from livelink_blender.core.takes.played import MOST_FADES, Played, notes_for, pack, unpack

BEGAN = 1.79e9
STEPS = 200
RNG = np.random.default_rng(3)
FACES = RNG.random((STEPS, CHANNEL_COUNT), np.float32)
MOMENTS = BEGAN + np.arange(STEPS) / 24.0

happening = st.tuples(
    st.integers(0, STEPS - 1), st.sampled_from(["play", "end", "end all"]),
    st.sampled_from([one.name for one in STARTING_SET[:8]]), st.sampled_from([0.0, 0.3, 1.5]),
)  # fmt: skip
NAMED = {one.name: one for one in STARTING_SET}


def seen_and_kept(happenings) -> tuple[np.ndarray, list]:
    """What a live character showed, and the notes that its take has kept."""
    stage, shown, notes = Stage(), FACES.copy(), []
    for at, moment in enumerate(MOMENTS.tolist()):
        for when, what, name, fade in sorted(happenings):
            if when != at:
                continue
            if what == "play":
                stage.play(NAMED[name], moment, fade)
            elif what == "end":
                stage.end(name, moment, fade)
            else:
                stage.end_all(moment, fade)
            notes.append((moment, "Hero", pack(stage.fades)))
        shown[at] = stage.mix(FACES[at], moment)
    return shown, notes


@given(st.lists(happening, max_size=8))
def test_every_moment_shows_what_was_seen(happenings):
    shown, notes = seen_and_kept(happenings)
    played = Played(notes)
    np.testing.assert_allclose(played.over_all(FACES, MOMENTS), shown, atol=2e-6)
    for at in range(0, STEPS, 37):
        np.testing.assert_allclose(played.over(FACES[at], MOMENTS[at]), shown[at], atol=2e-6)


def test_where_nothing_was_played_the_face_is_the_very_array():
    assert Played([]).over_all(FACES, MOMENTS) is FACES
    face = FACES[0]
    assert Played([(BEGAN, "Hero", pack(()))]).over(face, BEGAN + 1) is face


def test_an_expression_is_kept_as_it_was_whatever_becomes_of_its_file():
    stage, own = Stage(), Expression.of("Mine", {"jawOpen": 0.0012345, "headYaw": -0.4})
    stage.play(own, BEGAN, 0.5)
    (fade,) = unpack(pack(stage.fades))
    assert fade.expression.name == "Mine" and fade.goal == 1.0 and fade.seconds == 0.5
    np.testing.assert_array_equal(fade.expression.values, own.values)


@given(st.binary(max_size=300))
def test_no_bytes_make_it_stumble(note):
    assert unpack(note) == () or all(0 <= fade.goal <= 1 for fade in unpack(note))


json_values = st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(["fades", "name", "modes", "values", "fade", "jawOpen", "mouth"]), inner, max_size=4),
    max_leaves=20)  # fmt: skip


@given(json_values, json_values)
def test_no_json_makes_it_stumble(told, one):
    for note in (told, {"fades": [one, {"name": "x", "values": {"jawOpen": 1}, "fade": one}]}):
        shown = Played([(BEGAN, "Hero", json.dumps(note).encode())]).over(FACES[0], BEGAN + 1.0)
        assert np.isfinite(shown).all()


def test_their_number_is_bounded():
    fades = json.loads(pack(unpack(seen_and_kept([(0, "play", "Smile", 0.0)])[1][0][2])))["fades"]
    assert len(unpack(json.dumps({"fades": fades * 50}).encode())) <= MOST_FADES


def test_notes_go_to_the_character_of_that_name_else_to_the_one_in_its_place():
    notes = [(1.0, "Hero", b"a"), (2.0, "Villain", b"b")]
    assert notes_for("Villain", ["Hero", "Villain"], notes) == notes[1:]
    assert notes_for("Other", ["Other", "Hero"], notes) == []
    assert notes_for("Twin", ["Solo", "Twin"], notes) == notes[1:]
    assert notes_for("Third", ["A", "B", "Third"], notes) == []
