# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Notes beside a tape: read back as kept, harmless whatever else lies there; facts that count what is missing."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livelink_blender.core.takes.notes import TakeFacts, TakeNotes, facts_of, file_name, from_json, to_json

from .take_frames import take

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
KNOWN = st.sampled_from(["name", "notes", "stars", "begin", "end", "zero", "facts", "seconds", "lost", "damaged"])


def test_notes_are_read_back_as_they_were_kept():
    notes = TakeNotes("Zoë, the good one", "lips late", 4, 1.5, 20.0, 1.79e9, TakeFacts(9, 12.5, 700, 1, 3, 2, 0.5, 4))
    assert from_json(to_json(notes)) == notes


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_whatever_lies_beside_a_tape_never_raises(text):
    assert isinstance(from_json(text), TakeNotes)


@settings(max_examples=30)
@given(st.dictionaries(KNOWN, JSON | st.dictionaries(KNOWN, JSON, max_size=5), max_size=8))
def test_wrong_kinds_are_left_out(found):
    notes = from_json(json.dumps(found))
    assert 0 <= notes.stars <= 5
    assert notes.begin >= 0.0
    assert notes.end == 0.0 or notes.end > notes.begin
    assert isinstance(notes.facts, TakeFacts)
    assert from_json(to_json(notes)) == notes


def test_facts_count_gaps_lost_packets_and_lost_faces():
    frames = take(600, faceless=(10, 11, 12))
    del frames[300:360]  # a second is missing
    facts = facts_of({frames[0].key: frames}, 1234)
    assert (facts.moments, facts.faces, facts.faceless, facts.gaps, facts.lost) == (540, 1, 3, 1, 60)
    assert facts.longest_gap == pytest.approx(61 / 60, abs=1e-3)
    assert facts.seconds == pytest.approx(599 / 60, abs=1e-3)
    assert facts.sentence == "no face in 1%; 1 gap, longest 1.0 s; 60 packets lost"


def test_a_good_take_has_nothing_to_complain_of():
    frames = take(120)
    assert facts_of({frames[0].key: frames}, 1).sentence == ""
    assert facts_of({}, 16, "cut short.").sentence == "cut short"


def test_a_phone_that_sends_every_second_frame_has_lost_nothing():
    frames = take(600)[::2]
    assert facts_of({frames[0].key: frames}, 1).lost == 0


@pytest.mark.parametrize("name", ["", "...", "///", "con", "LPT1.x", "\0"])
def test_names_that_no_system_takes_are_refused(name):
    with pytest.raises(ValueError, match="name of a file"):
        file_name(name)


@given(st.text(max_size=300))
def test_a_file_name_stays_in_its_folder(wanted):
    try:
        name = file_name(wanted)
    except ValueError:
        return
    assert not set(name) & set('/\\:*?"<>|\0\n') and name.strip(".") == name and 0 < len(name) <= 80


def test_trimming_leaves_something_or_is_refused():
    assert TakeNotes().trimmed(1.0, 3.0).length(10.0) == pytest.approx(2.0)
    assert TakeNotes().trimmed(1.0, 0.0).length(10.0) == pytest.approx(9.0)
    with pytest.raises(ValueError, match="Nothing would be left"):
        TakeNotes().trimmed(3.0, 3.0)
