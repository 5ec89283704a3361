# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The face made by hand: its groups, both sides together, looks."""

import numpy as np

from livelink_blender.core.demo_phone.performance import perform
from livelink_blender.core.face.channels import CHANNEL_COUNT, CHANNELS, INDEX
from livelink_blender.core.poser.sliders import SECTIONS, hand_face, label, look, rows


def test_every_channel_is_in_one_section_and_none_is_long() -> None:
    placed = [channel for section in SECTIONS.values() for channel in section]
    assert sorted(placed) == sorted(CHANNELS)
    assert max(len(rows(section, "", True)) for section in SECTIONS) <= 16
    assert max(map(len, SECTIONS.values())) < 26


def test_the_right_side_follows_the_left() -> None:
    values = np.zeros(CHANNEL_COUNT, np.float32)
    values[INDEX["mouthSmileLeft"]], values[INDEX["eyeLookOutLeft"]], values[INDEX["jawLeft"]] = 0.7, 0.4, 0.3
    face = hand_face(values, together=True)
    assert face[INDEX["mouthSmileRight"]] == np.float32(0.7)
    assert face[INDEX["eyeLookInRight"]] == np.float32(0.4), "both eyes look the same way"
    assert face[INDEX["jawRight"]] == 0.0, "two ways of one movement are no pair"
    assert np.array_equal(hand_face(values, together=False), values)


def test_a_look_is_what_the_made_up_performance_has() -> None:
    """The same signs of shapes and angles as everywhere else."""
    moments = [perform(t / 30) for t in range(480)]
    turned = max(moments, key=lambda values: values[INDEX["eyeLookOutLeft"]])
    here = look(-float(turned[INDEX["leftEyeYaw"]]), -float(turned[INDEX["leftEyePitch"]]))
    for name in ("eyeLookOutLeft", "eyeLookInRight", "eyeLookInLeft", "leftEyeYaw", "rightEyePitch", "eyeLookUpLeft"):
        assert abs(here[INDEX[name]] - turned[INDEX[name]]) < 1e-4, name


def test_labels_are_plain_words() -> None:
    assert label("mouthSmileLeft") == "Mouth Smile Left"
    assert label("mouthSmileLeft", together=True) == "Mouth Smile"
    assert label("eyeLookInLeft", together=True) == "Look to the Right"
    assert label("mouthLeft", together=True) == "Mouth Left"
    assert (label("mouthRollLower"), label("headRoll")) == ("Mouth Roll Lower", "Head Tilt")


def test_the_filter_looks_in_all_sections() -> None:
    assert rows("brows", "smile", together=False) == ["mouthSmileLeft", "mouthSmileRight"]
    assert rows("brows", " Look to the ", together=True) == ["eyeLookInLeft", "eyeLookOutLeft"]
    assert rows("brows", "no such", together=True) == []
