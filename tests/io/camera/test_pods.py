# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
import struct
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from livelink_blender.io.camera.pipewire import RGBA
from livelink_blender.io.camera.spa_pod import (
    CHOICE_ENUM,
    ID,
    OBJECT_FORMAT,
    PARAM_FORMAT,
    VIDEO_FORMAT,
    VIDEO_SIZE,
    choice,
    chosen_format,
    offered_format,
    rectangle,
    wanted_buffers,
)
from livelink_blender.io.camera.spa_pod import object_ as make_object


def test_pods_are_whole_words_and_say_their_own_size():
    for pod in (offered_format(RGBA, 1280, 720, Fraction(30)), wanted_buffers(5120, 720)):
        assert len(pod) % 8 == 0
        assert struct.unpack_from("<I", pod)[0] == len(pod) - 8


def test_the_chosen_format_is_read_from_an_object_like_ours():
    assert chosen_format(offered_format(RGBA, 1280, 720, Fraction(30000, 1001))) == RGBA


def test_the_chosen_format_may_be_the_first_of_a_choice_behind_other_properties():
    properties = {VIDEO_SIZE: rectangle(4, 2), VIDEO_FORMAT: choice(CHOICE_ENUM, ID, (RGBA, 7))}
    assert chosen_format(make_object(OBJECT_FORMAT, PARAM_FORMAT, properties)) == RGBA


@given(st.binary(max_size=300))
def test_foreign_bytes_are_read_without_harm(data):
    assert chosen_format(data) is None or isinstance(chosen_format(data), int)
