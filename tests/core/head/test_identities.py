# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Other identities: another face, the same connectivity, and shapes that fit it."""

from __future__ import annotations

import numpy as np
import pytest

from livelink_blender.core.head import Identity
from livelink_blender.core.head.author import author_head
from livelink_blender.core.head.colours import palette
from livelink_blender.core.head.identity import proportions
from livelink_blender.core.head.rings import EYE_LASH
from livelink_blender.core.head.skin import build_half_skin

MAN = Identity(masculine=1.0, age=0.8, jaw=0.6, eye_size=-0.8, nose_length=0.8, lip_fullness=-0.6, face_width=0.5)
WIDE_EYED = Identity(eye_size=1.0, face_width=-0.8, jaw=-0.8, nose_width=0.9, lip_fullness=0.9, mouth_width=0.7)


@pytest.fixture(scope="module", params=[MAN, WIDE_EYED], ids=["man", "wide-eyed"])
def head(request):
    return author_head(request.param)


def test_connectivity_is_the_same_for_all_and_the_form_is_not():
    plain = build_half_skin(proportions(Identity()))
    other = build_half_skin(proportions(MAN))
    assert plain.lattice.quads == other.lattice.quads
    assert np.abs(plain.points - other.points).max() > 0.05


def test_lids_close_on_every_identity(head):
    skin, shape = head.part("Head"), head.proportions
    ring = build_half_skin(shape).lattice.loops["eye"][EYE_LASH]
    closed = (skin.points + skin.shapes["eyeBlinkLeft"])[ring]
    upper, lower = closed[1:18], closed[35:18:-1]
    assert (upper[:, 1] - lower[:, 1]).max() < 0.012
    assert (np.linalg.norm(closed - shape.eye_centre, axis=1) > shape.ball_radius + 0.02).all()


def test_jaw_and_mouth_close_bring_the_lips_together(head):
    skin = head.part("Head")
    mouth = build_half_skin(head.proportions).lattice.loops["mouth"][9]
    moved = skin.points + skin.shapes["jawOpen"] + skin.shapes["mouthClose"]
    gap = np.linalg.norm(moved[mouth[:14]] - moved[mouth[:14:-1]], axis=1)
    opened = skin.points + skin.shapes["jawOpen"]
    assert gap.max() < 0.01
    assert np.linalg.norm(opened[mouth[0]] - opened[mouth[-1]]) > 0.45


def test_tones_run_from_dark_to_light():
    tones = [palette(Identity(skin_tone=share)).skin.sum() for share in np.linspace(0, 1, 5)]
    assert tones == sorted(tones, reverse=True)
