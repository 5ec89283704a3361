# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from livelink_blender.core.character.face_map import Rule
from livelink_blender.core.character.retarget import MapPart, compile_rules
from livelink_blender.core.demo_phone.performance import perform
from livelink_blender.core.face.calibration import Calibration
from livelink_blender.core.face.chain import ChainSettings
from livelink_blender.core.face.channels import REGIONS
from livelink_blender.core.face.frame import Frame
from livelink_blender.core.face.layers import MODES, Layer
from livelink_blender.core.face.presence import PresenceSettings
from livelink_blender.core.face.smoothing import Smoothing
from livelink_blender.core.poser.expressions import Expression, Fade
from livelink_blender.core.puppet.puppet import Puppet, PuppetError, PuppetSettings

any_json = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
)

amounts = st.floats(0.0, 1.0, width=32)
settings_ = st.builds(
    PuppetSettings,
    chain=st.builds(
        ChainSettings,
        st.builds(lambda gain, rest, mirror: Calibration.from_dict(
            {"gain": {"jawOpen": gain}, "neutral": {"headYaw": rest}, "mirror": mirror}),
            st.floats(0.5, 2.0), amounts, st.booleans()),
        st.dictionaries(st.sampled_from(list(REGIONS)), st.builds(Smoothing, st.floats(0.5, 5.0), st.floats(0.0, 9.0))),
        st.builds(PresenceSettings, hold=st.floats(0.0, 1.0), back=amounts, idle=st.booleans()),
    ),
    swap=st.sampled_from(["off", "on", "auto"]),
    hand=st.lists(st.tuples(amounts, st.builds(
        lambda jaw, mode: Layer(perform(jaw), {"mouth": mode, "head": "add"}), amounts, st.sampled_from(MODES),
    )), max_size=2).map(tuple),
    fades=st.lists(st.builds(
        Fade, st.builds(lambda smile: Expression.of("Smile", {"mouthSmileLeft": smile}), amounts),
        st.floats(0.0, 3.0), amounts, amounts, amounts,
    ), max_size=2).map(tuple),
)  # fmt: skip


def test_what_is_told_is_shown_the_same_to_the_bit():
    @given(settings_, st.lists(st.floats(0.0, 0.7), min_size=1, max_size=20))
    def check(settings, gaps):
        rules = [Rule("jawOpen", "a", 0.3, 0.1), Rule("headYaw", "b")]
        part = MapPart("Head", ("a", "b"), compile_rules(rules, ["a", "b"]))
        settings = PuppetSettings(**{**vars(settings), "map": (part,)})
        here, there = Puppet(settings), Puppet(PuppetSettings.from_json(settings.to_json()))
        for now in np.cumsum(gaps).tolist():
            frame = Frame(now, "192.0.2.1", "phone", "face", now, 0, 60.0, perform(now))
            once = here.face([frame], now + 0.01).copy()
            assert np.array_equal(once, there.face([frame], now + 0.01))
            assert here.targets(once) == there.targets(once)

    check()


@given(settings_, st.sampled_from(["chain", "swap", "hand", "expressions", "map"]), any_json)
def test_a_text_with_nonsense_in_it_is_a_character_or_refused(settings, place, nonsense):
    told = json.loads(settings.to_json())
    told[place] = nonsense
    try:
        puppet = Puppet(PuppetSettings.from_json(json.dumps(told)))
    except PuppetError:
        return
    assert puppet.face([], 0.0).shape == (61,)


@given(st.one_of(st.text(), any_json.map(json.dumps)))
def test_a_text_that_tells_of_no_character_is_refused_in_a_sentence(text):
    with pytest.raises(PuppetError, match="no character"):
        PuppetSettings.from_json(text)
