# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where artists' heads lie beside the repository: the generated shapes are still as like theirs as they were."""

from __future__ import annotations

from pathlib import Path

import pytest

from dev_tools.reference_heads import read_head
from dev_tools.score_shapes import score_head, summary
from livelink_blender.core.shapes.making.generate import generate_shapes

HEADS = Path(__file__).resolve().parents[4] / "shared" / "data" / "heads"


@pytest.mark.parametrize("name", ["mh_female", "ict_rm_dec40"])
def test_shapes_are_as_like_the_artists_as_they_were(name):
    path = HEADS / f"{name}.npz"
    if not path.exists():
        pytest.skip("the artists' heads are not here")
    head = read_head(path)
    each = score_head(head, generate_shapes(head.mesh, head.parts, head.points))
    assert {name: row["flips"] for name, row in each.items() if row["flips"] > 2} == {}
    scores = summary(each)
    assert scores["nmve"] < 60
    assert scores["cos"] > 0.84
    assert scores["worst"] > 0.47
    assert scores["iou"] > 54
    assert 0.8 < scores["peak"] < 1.2
