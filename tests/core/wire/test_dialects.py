# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every dialect says the same: directions, shapes, who sends; a face that goes through two of them stays as it was."""

from __future__ import annotations

import numpy as np
import pytest

from livelink_blender.core.character.rotation import EYE_AXES, HEAD_AXES, make_turn
from livelink_blender.core.face.channels import HEAD, INDEX, LEFT_EYE, RIGHT_EYE, SHAPES
from livelink_blender.core.face.frame import Frame
from livelink_blender.core.sources.performers import Roster
from livelink_blender.core.wire.dialects import whole
from livelink_blender.core.wire.table import TABLE, Agreed, Messages

from .dialect_samples import ALL, PERCENT, Wire, a_face, a_frame

WITHOUT_SHAPES = {"openseeface"}  # measures fourteen features, not the shapes
SAYS_NO_FACE = {"livelink", "vts", "vmc", "fmv3", "openseeface"}
HEAD_POSES = {"left": (0.5, 0.0, 0.0), "up": (0.0, 0.3, 0.0), "tilted": (0.0, 0.0, 0.25), "all": (-0.4, 0.2, -0.3)}


def carried(dialect: str, values) -> Frame:
    (frame,) = Wire(dialect).carry(a_frame(values))
    assert isinstance(frame, Frame), frame
    return frame


@pytest.mark.parametrize("pose", HEAD_POSES)
@pytest.mark.parametrize("dialect", ALL)
def test_the_same_head_turns_the_same_bone_in_every_dialect(dialect, pose):
    values = np.zeros(61, np.float32)
    values[HEAD] = HEAD_POSES[pose]
    got = carried(dialect, values).values[HEAD]
    bone = make_turn(np.eye(3), HEAD_AXES)
    np.testing.assert_allclose(bone.quaternion(got), bone.quaternion(HEAD_POSES[pose]), atol=1e-5)


@pytest.mark.parametrize("pose", [(0.3, 0.0, 0.0), (0.0, 0.2, 0.0), (-0.25, -0.15, 0.0)])
@pytest.mark.parametrize("dialect", ALL)
def test_the_same_eyes_turn_the_same_bones_in_every_dialect(dialect, pose):
    values = np.zeros(61, np.float32)
    values[LEFT_EYE] = pose
    values[RIGHT_EYE] = (pose[0] + 0.1, pose[1], 0.0)
    got = carried(dialect, values).values
    bone = make_turn(np.eye(3), EYE_AXES)
    np.testing.assert_allclose(bone.quaternion(got[LEFT_EYE]), bone.quaternion(values[LEFT_EYE]), atol=1e-5)
    np.testing.assert_allclose(bone.quaternion(got[RIGHT_EYE]), bone.quaternion(values[RIGHT_EYE]), atol=1e-5)


@pytest.mark.parametrize("dialect", [d for d in ALL if d not in WITHOUT_SHAPES])
def test_each_shape_arrives_under_its_own_name(dialect):
    wire = Wire(dialect)
    for name in SHAPES:
        values = np.zeros(61, np.float32)
        values[INDEX[name]] = 0.5
        (frame,) = wire.carry(a_frame(values))
        assert {SHAPES[i] for i in np.flatnonzero(frame.values[:52])} == {name}
        assert frame.values[INDEX[name]] == pytest.approx(0.5)


@pytest.mark.parametrize("second", ALL)
@pytest.mark.parametrize("first", ALL)
def test_a_face_that_goes_through_two_dialects_comes_back_the_same(first, second):
    values = a_face()
    once = carried(first, values)
    (twice,) = Wire(second).carry(once)
    np.testing.assert_allclose(twice.values[52:], values[52:], atol=2e-5)
    if not {first, second} & WITHOUT_SHAPES:
        np.testing.assert_allclose(twice.values[:52], values[:52], atol=PERCENT)


@pytest.mark.parametrize("dialect", ALL)
def test_a_performer_appears_with_the_name_of_the_app(dialect):
    roster, wire = Roster(), Wire(dialect)
    wire.carry(a_frame(a_face()))
    wire.carry(a_frame(a_face(2), 101))
    for packet in wire.packets:
        roster.receive(packet.removesuffix(b"___iFacialMocap"), 1.0, "192.0.2.1")
    names = {performer.name for performer in roster.performers.values()}
    assert len(names) == 1 and all(names)


@pytest.mark.parametrize("dialect", sorted(SAYS_NO_FACE))
def test_that_no_face_is_seen_can_be_said(dialect):
    wire = Wire(dialect)
    wire.carry(a_frame(a_face()))
    (frame,) = wire.carry(a_frame(None, 101))
    assert frame.values is None


@pytest.mark.parametrize("dialect", [d for d in ALL if d not in SAYS_NO_FACE])
def test_the_others_fall_silent_instead(dialect):
    assert Wire(dialect).carry(a_frame(None)) == []


@pytest.mark.parametrize("dialect", [d for d in ALL if isinstance(TABLE[d].read, Agreed | Messages)])
def test_a_tape_of_pieces_holds_whole_frames(dialect):
    roster, wire = Roster(), Wire(dialect)
    wire.carry(a_frame(a_face()))
    kept = []
    for packet in wire.packets:
        kept += roster.receive(packet, 1.0, "192.0.2.1")[1]
    (packet,) = kept
    from_tape = whole.decode(packet, 1.0, "192.0.2.1")
    (performer,) = roster.performers.values()
    np.testing.assert_array_equal(from_tape.values, performer.latest.values)
    assert (from_tape.key, from_tape.dialect) == (performer.key, dialect)


def test_a_whole_frame_is_kept_with_everything():
    frame = Frame(3.0, "a", "d", "Zoë", 2.5, 77, 59.94, a_face(), "fmv3", {"hair": 0.25})
    got = whole.decode(whole.encode(frame), 3.0, "a")
    np.testing.assert_array_equal(got.values, frame.values)
    got.values = frame.values = None
    assert got.rate == pytest.approx(frame.rate)
    got.rate = frame.rate
    assert got == frame
    bare = whole.decode(whole.encode(Frame(3.0, "a", "", "", None, None, 0.0, None, "vmc")), 3.0, "a")
    assert (bare.time, bare.number, bare.values, bare.extras) == (None, None, None, None)
