# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np
import pytest

from livelink_blender.io.camera.away_card import GROUND, INK, away_card


@pytest.mark.parametrize("size", [(1280, 720), (640, 360), (360, 640), (16, 16)])
def test_the_card_has_words_inside_and_only_ground_at_its_rim(size):
    card = away_card(*size)
    assert card.shape == (size[1], size[0], 4)
    ink = (card == INK).all(axis=2)
    assert 0 < ink.mean() < 0.5
    if min(size) > 100:
        assert not (ink[0].any() or ink[-1].any() or ink[:, 0].any() or ink[:, -1].any())
        assert (card[0] == GROUND).all()


def test_the_words_are_upright_when_the_bottom_row_comes_first():
    ink = (away_card(640, 360)[::-1] == INK).all(axis=2)
    lines = np.array_split(ink[np.flatnonzero(ink.any(axis=1))[0] :], 3)
    assert np.flatnonzero(lines[0].any(axis=0)).size < np.flatnonzero(lines[1].any(axis=0)).size  # BE above RIGHT
