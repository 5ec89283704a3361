# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of dialects is whole: facts and functions agree, and what is written is read as the same face."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dev_tools.fuzz import DECODERS, samples_of
from livelink_blender.core.face.channels import CHANNEL_COUNT, INDEX, SHAPE_COUNT
from livelink_blender.core.face.frame import Frame
from livelink_blender.core.sources.apps import ASKED, HANDED, PORTS_OF
from livelink_blender.core.wire.dialect_facts import FACTS
from livelink_blender.core.wire.dialects import ifacialmocap
from livelink_blender.core.wire.recognise import decode_packet
from livelink_blender.core.wire.requests import asking, read_request
from livelink_blender.core.wire.table import MARK, TABLE, WRITTEN, Agreed, Packets, ways

from .dialect_samples import PERCENT, Wire, a_face, a_frame, packets_of

ROOT = Path(__file__).resolve().parents[3]
MEASURED_BY_OPENSEEFACE = {"jawOpen", "eyeBlinkLeft", "eyeBlinkRight"}
READ_AS = {"ifacialmocap-tcp": "ifacialmocap-v2"}  # the same text, carried otherwise
ROLLS = [INDEX["leftEyeRoll"], INDEX["rightEyeRoll"]]  # hardly a dialect carries them


@st.composite
def faces(draw):
    """Shapes of 0..1, head and eyes turned."""
    shapes = draw(st.lists(st.floats(0.0, 1.0, width=32), min_size=SHAPE_COUNT, max_size=SHAPE_COUNT))
    angles = draw(st.lists(st.floats(-0.5, 0.5, width=32), min_size=9, max_size=9))
    values = np.array([*shapes, *angles], np.float32)
    values[ROLLS] = 0.0
    assert values.shape == (CHANNEL_COUNT,)
    return values


def test_facts_and_functions_have_the_same_names_in_the_same_order():
    assert list(FACTS) == list(TABLE)
    assert all(name == one.name for name, one in FACTS.items())


@pytest.mark.parametrize("name", TABLE)
def test_facts_and_functions_agree(name):
    facts, one = FACTS[name], TABLE[name]
    assert 1024 <= facts.port < 65536 and facts.app
    assert bool(facts.asked_at) == (one.ask is not None) == (one.read_request is not None)
    assert (facts.asked is None) or facts.asked_at
    assert not facts.by_tcp or one.stream is not None
    assert facts.handed is None or (name in WRITTEN and not facts.by_tcp)
    assert facts.asked is None or facts.asked.answers_at in {"", *PORTS_OF}
    assert one.encode is None or one.phone is None


@pytest.mark.parametrize("wanted", ["asked", "handed"])
def test_the_numbers_that_a_blend_keeps_are_places_in_the_list(wanted):
    listed = [getattr(one, wanted) for one in FACTS.values() if getattr(one, wanted)]
    assert sorted(one.number for one in listed) == list(range(len(listed)))
    assert len({one.key for one in listed}) == len(listed)


def test_what_saved_files_know_stays_where_it_is():
    """Keys and places of lists as .blend files of released versions keep them: new ones come behind."""
    lines = {"ifacialmocap", "ifacialmocap_tcp", "vmc", "facecap", "companion", "openseeface", "own"}
    assert lines <= set(PORTS_OF)
    assert list(ASKED)[:5] == ["IFACIALMOCAP", "IFACIALMOCAP_TCP", "FACEMOTION3D", "FMV3", "VTUBESTUDIO"]
    assert list(HANDED)[:8] == [
        "LIVELINK", "VMC", "IFACIALMOCAP", "IFACIALMOCAP_2", "FMV3", "FACECAP", "OPENSEEFACE", "OSC",
    ]  # fmt: skip


def test_each_is_told_by_first_bytes_of_its_own():
    begins = [one.begins for one in ways(Packets) if one.begins]
    assert len(set(begins)) == len(begins) and all(len(one) == 1 for one in begins)
    for one in ways(Packets):
        assert sum(map(bool, (one.begins, one.size, one.looks_like))) == 1
        assert not one.size or (one.refusal is not None and one.decode_all is not None)
    marks = [one.begins for one in ways(Agreed)]
    assert len(set(marks)) == len(marks) and all(len(one) == MARK and one[:1] not in begins for one in marks)


@pytest.mark.parametrize("name", TABLE)
def test_each_is_fuzzed_with_samples_of_its_own(name):
    assert len(samples_of(DECODERS[name])) >= 2


@pytest.mark.parametrize("name", WRITTEN)
@settings(max_examples=40)
@given(values=faces())
def test_what_is_written_is_read_as_the_same_face(name, values):
    (got,) = Wire(name).carry(a_frame(values))
    assert isinstance(got, Frame) and got.dialect == READ_AS.get(name, name)
    np.testing.assert_allclose(got.values[52:], values[52:], atol=2e-5)
    kept = slice(0, SHAPE_COUNT) if name != "openseeface" else [INDEX[shape] for shape in MEASURED_BY_OPENSEEFACE]
    np.testing.assert_allclose(got.values[kept], values[kept], atol=PERCENT)


@pytest.mark.parametrize("name", WRITTEN)
def test_each_has_samples(name):
    assert len(packets_of(name)) >= 3


@pytest.mark.parametrize("name", [name for name, one in TABLE.items() if one.ask])
def test_what_an_app_is_asked_is_understood_as_that_by_the_made_up_phone(name):
    found = asking(name, [11111], 5)
    request = read_request(found.request)
    assert (request.dialect, request.stop, found.port) == (name, False, FACTS[name].asked_at)
    if found.stop:
        assert read_request(found.stop).stop


def test_a_dialect_that_nobody_knows_is_not_asked_for():
    assert asking("carrier pigeon", [11111]) is None
    assert read_request(b"coo") is None


def test_a_text_as_long_as_a_packet_of_openseeface_is_a_text():
    (text,) = ifacialmocap.encode(a_frame(a_face()))
    text += b"x" * (1785 - len(text))
    assert len(text) == 1785
    assert decode_packet(text, 1.0, "").dialect == "ifacialmocap"


def test_names_and_ports_cost_none_of_the_dialects():
    code = (
        "import sys; from livelink_blender.core.sources import apps; "
        "print([name for name in sys.modules if 'dialects' in name or 'wire.table' in name or name == 'numpy'])"
    )
    command = [sys.executable, "-c", code]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60).stdout
    assert said.strip() == "[]"
