# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Maps survive JSON, bad maps are refused in one sentence, and compiled rules give the right numbers."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from livelink_blender.core.character.face_map import FaceMap, MapError, Rule, parse_target
from livelink_blender.core.character.retarget import compile_rules
from livelink_blender.core.face.channels import CHANNELS, INDEX, SHAPES


def values(**given_values):
    row = np.zeros(61, np.float32)
    for name, value in given_values.items():
        row[INDEX[name]] = value
    return row


def test_a_map_comes_back_from_json():
    rules = (Rule("jawOpen", "key:Mouth: open", 0.8), Rule("jawOpen", "bone:jaw:rotation_x", 0.4, 0.1, "Rig"))
    made = FaceMap(rules, match_rest=False, name="Hero")
    assert FaceMap.from_json(made.to_json()) == made
    assert FaceMap.from_json(FaceMap().to_json()) == FaceMap()


def test_a_short_map_written_by_hand_is_understood():
    text = json.dumps({"jawOpen": "Mouth_Open", "tongueOut": None, "mouthFunnel": {"U": 0.5, "prop:o": 2}})
    assert FaceMap.from_json(text).rules == (
        Rule("jawOpen", "key:Mouth_Open"), Rule("tongueOut", ""),
        Rule("mouthFunnel", "key:U", 0.5), Rule("mouthFunnel", "prop:o", 2.0),
    )


@pytest.mark.parametrize("text", [
    "", "[]", "3", '{"jawopen": "x"}', '{"jawOpen": 3}', '{"jawOpen": {"x": "y"}}', '{"jawOpen": {"x": NaN}}',
    '{"jawOpen": "bone:x"}', '{"format": "face-live-link map"}', '{"format": "face-live-link map", "version": 2}',
    '{"format": "face-live-link map", "version": 1, "rules": [3]}', "[" * 100_000,
    '{"jawOpen": {"x": 1' + "0" * 400 + "}}",
])
def test_bad_maps_are_refused_in_one_sentence(text):
    with pytest.raises(MapError) as refused:
        FaceMap.from_json(text)
    assert str(refused.value).endswith(".")
    assert "\n" not in str(refused.value)


json_things = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8) | st.sampled_from(SHAPES),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["rules", "from", "to", "weight", "offset", "on", "jawOpen"]), inner, max_size=4),
    max_leaves=10,
)


@given(json_things, st.booleans())
def test_any_json_is_a_map_or_a_map_error(thing, dressed):
    if dressed:
        thing = {"format": "face-live-link map", "version": 1, "rules": [thing]}
    try:
        FaceMap.from_json(json.dumps(thing))
    except MapError:
        return


def test_targets_name_what_they_mean():
    assert str(parse_target("bone:jaw.L:rotation_x")) == "bone:jaw.L:rotation_x"
    assert parse_target("key:a:b").name == "a:b"
    with pytest.raises(MapError):
        parse_target("jawOpen")


def test_one_to_one_maps_pick_without_a_product():
    targets = [f"key:{name}" for name in SHAPES]
    compiled = compile_rules([Rule(name, f"key:{name}") for name in SHAPES], targets)
    row = np.random.default_rng(0).random(61).astype(np.float32)
    assert compiled._pick is not None
    assert np.array_equal(compiled.apply(row), row[:52])


def test_several_feed_one_and_one_feeds_several():
    rules = [Rule("mouthSmileLeft", "key:smile", 0.5), Rule("mouthSmileRight", "key:smile", 0.5),
             Rule("jawOpen", "key:a"), Rule("jawOpen", "prop:jaw", -2.0, 1.0), Rule("jawOpen", "key:elsewhere")]
    compiled = compile_rules(rules, ["key:smile", "key:a", "prop:jaw"])
    assert np.allclose(compiled.apply(values(mouthSmileLeft=1, jawOpen=0.5)), [0.5, 0.5, 0.0])


def test_limits_hold_and_small_values_are_exact_zeros():
    compiled = compile_rules([Rule("jawOpen", "a"), Rule("tongueOut", "b")], ["a", "b"], low=[0, 0], high=[1, 1])
    out = compiled.apply(values(jawOpen=1.3, tongueOut=5e-5))
    assert out.tolist() == [1.0, 0.0]


def test_many_frames_equal_one_by_one():
    rng = np.random.default_rng(3)
    rules = [
        Rule(CHANNELS[rng.integers(61)], f"t{rng.integers(9)}", rng.normal(), rng.normal() * 0.1) for _ in range(40)
    ]
    compiled = compile_rules(rules, [f"t{i}" for i in range(9)], gain=0.7, low=[-1] * 9, high=[1] * 9)
    rows = rng.normal(size=(30, 61)).astype(np.float32)
    assert np.allclose(compiled.many(rows), [compiled.apply(row).copy() for row in rows], atol=1e-5)
