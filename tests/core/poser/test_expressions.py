# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Expressions: over the tracked face, without a jump, one sentence for what is none."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from livelink_blender.core.face.channels import CHANNEL_COUNT, INDEX, REGION_INDEX, REGIONS, SHAPE_COUNT
from livelink_blender.core.face.layers import ADD, REPLACE, lay_over
from livelink_blender.core.face.presence import Presence
from livelink_blender.core.poser.expressions import Expression, ExpressionError, Fade, Stage, mix
from livelink_blender.core.poser.starting_set import FACES, SOUNDS, STARTING_SET

SMILE = Expression.of("Smile", {"mouthSmileLeft": 0.8}, {"mouth": REPLACE})
FROWN = Expression.of("Frown", {"mouthFrownLeft": 0.6}, {"mouth": REPLACE})
BROWS = Expression.of("Brows", {"browInnerUp": 0.5}, {"brows": ADD})


def face(**channels: float) -> np.ndarray:
    values = np.zeros(CHANNEL_COUNT, np.float32)
    for name, value in channels.items():
        values[INDEX[name]] = value
    return values


def shown(values: np.ndarray, name: str) -> float:
    return round(float(values[INDEX[name]]), 4)


def test_a_replaced_region_is_the_expression_and_the_others_stay_tracked() -> None:
    mixed = mix(face(jawOpen=0.7, browInnerUp=0.3), [Fade(SMILE, 0.0, 0.2, 0.0, 1.0)], 1.0)
    assert (shown(mixed, "jawOpen"), shown(mixed, "mouthSmileLeft"), shown(mixed, "browInnerUp")) == (0.0, 0.8, 0.3)


def test_what_is_added_stays_within_a_full_shape() -> None:
    mixed = mix(face(browInnerUp=0.8), [Fade(BROWS, 0.0, 0.0, 0.0, 1.0)], 1.0)
    assert shown(mixed, "browInnerUp") == 1.0


def test_a_value_beyond_one_that_tracking_brought_is_kept() -> None:
    assert shown(mix(face(jawOpen=1.3), [Fade(BROWS, 0.0, 0.0, 0.0, 1.0)], 1.0), "jawOpen") == 1.3


def test_an_expression_is_above_tracking_and_tracking_above_idle() -> None:
    """The same order, whoever plays first: what presence shows, idle or tracked, is what expressions lie on."""
    presence, stage = Presence(), Stage()
    stage.play(SMILE, 0.0, 0.0)
    presence.see(face(jawOpen=0.5), 1.0)
    assert shown(stage.mix(presence.show(1.0), 1.0), "mouthSmileLeft") == 0.8
    idle = [stage.mix(presence.show(1.0 + step / 10), 1.0 + step / 10).copy() for step in range(1, 200)]
    assert {shown(values, "mouthSmileLeft") for values in idle} == {0.8}
    assert max(abs(values[INDEX["headYaw"]]) for values in idle) > 0.005, "the idle head goes on below it"


def test_it_comes_and_goes_without_a_jump_even_when_turned_back_half_way() -> None:
    stage, steps = Stage(), []
    stage.play(SMILE, 0.0, 0.4)
    for tick in range(120):
        now = tick / 100
        if tick in (20, 70):
            stage.end("Smile", now, 0.4)
        if tick == 30:
            stage.play(SMILE, now, 0.4)
        steps.append(shown(stage.mix(face(), now), "mouthSmileLeft"))
    assert max(steps) == 0.8 and steps[-1] == 0.0
    assert np.abs(np.diff(steps)).max() < 0.04
    assert not stage.is_active


def test_one_fades_into_the_other_without_the_face_below_shining_through() -> None:
    stage = Stage()
    stage.play(SMILE, 0.0, 0.0)
    stage.play(FROWN, 1.0, 0.5)
    for step in range(26):
        mixed = stage.mix(face(jawOpen=1.0), 1.0 + step / 50)
        assert shown(mixed, "jawOpen") < 1e-3
    assert (shown(mixed, "mouthSmileLeft"), shown(mixed, "mouthFrownLeft")) == (0.0, 0.6)
    assert stage.playing == ("Frown",)


def test_expressions_of_other_regions_play_together() -> None:
    stage = Stage()
    stage.play(SMILE, 0.0, 0.0)
    stage.play(BROWS, 0.0, 0.0)
    assert stage.playing == ("Smile", "Brows")


def test_with_nothing_playing_the_very_array_comes_back() -> None:
    values = face(jawOpen=0.4)
    assert Stage().mix(values, 1.0) is values
    assert np.array_equal(lay_over(values, []), values)


def test_an_expression_survives_its_file() -> None:
    for one in STARTING_SET:
        again = Expression.from_json(one.with_key(7).to_json(), "file")
        assert (again.name, again.key, again.layer.modes) == (one.name, 7, one.layer.modes)
        assert np.abs(again.values - one.values).max() < 0.0051


def test_bare_channels_are_an_expression_of_the_regions_they_touch() -> None:
    read = Expression.from_json('{"jawOpen": 0.5, "browInnerUp": 2, "madeUp": 1}', "Mine")
    assert read.name == "Mine" and shown(read.values, "browInnerUp") == 1.0
    assert {region for region, mode in read.layer.modes.items() if mode == REPLACE} == {"mouth", "brows"}


@pytest.mark.parametrize(
    "text",
    ["", "[1, 2", "[]", "7", '{"jawOpen": "wide"}', '{"jawOpen": NaN}', '{"jawOpen": true}', '{"values": 3}',
     '{"other": 1}', '{"values": {"jawOpen": 1}, "modes": {"mouth": []}}', "[" * 60000,
     '{"jawOpen": 1' + "0" * 400 + "}"],
)  # fmt: skip
def test_what_is_no_expression_is_one_sentence_or_bounded(text: str) -> None:
    try:
        assert np.isfinite(Expression.from_json(text, "x").values).all()
    except ExpressionError as error:
        assert str(error).endswith(".")


_json = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inside: (
        st.lists(inside, max_size=4)
        | st.dictionaries(st.sampled_from(["values", "modes", "name", "key", "jawOpen", "mouth", "headYaw"]), inside)
    ),
    max_leaves=12,
)


@given(_json)
def test_any_json_is_an_expression_or_a_sentence(value: object) -> None:
    try:
        read = Expression.from_json(json.dumps(value), "x")
    except ExpressionError:
        return
    assert np.isfinite(read.values).all() and read.values[:SHAPE_COUNT].max() <= 1.0


def test_the_starting_set_has_what_was_promised() -> None:
    assert {one.name for one in FACES} == {"Smile", "Surprise", "Sad", "Angry", "Wink", "Think"}
    assert len(SOUNDS) >= 12 and len({one.name for one in STARTING_SET}) == len(STARTING_SET)
    for one in STARTING_SET:
        assert 0.0 < one.values[:SHAPE_COUNT].max() <= 1.0, one.name
        touched = {REGIONS[i] for i in REGION_INDEX[one.values != 0]}
        assert touched <= {region for region, mode in one.layer.modes.items() if mode != "off"}, one.name


def test_mixing_costs_little() -> None:
    from time import perf_counter

    stage, values = Stage(), face(jawOpen=0.4)
    stage.play(SMILE, 0.0, 0.0)
    begun = perf_counter()
    for _ in range(500):
        stage.mix(values, 1.0)
    assert (perf_counter() - begun) / 500 < 1e-3
