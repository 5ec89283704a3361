# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is inside a mouth: which pieces are upper teeth, lower teeth, tongue, or the bag that holds them."""

from __future__ import annotations

import numpy as np

ARCH, TONGUE, BAG, TOOTH, MIXED = "arch", "tongue", "bag", "tooth", "mixed"


def sort_mouth(pieces: dict[int, np.ndarray], borders: dict[int, np.ndarray]) -> dict[int, tuple[str, float]]:
    """Role and certainty of each inner piece; `pieces` maps its number to its vertices in face space,
    `borders` to those on its open edges. Roles are those of ROLES, plus "mixed" for gums of both jaws in one piece."""
    shapes = {number: _shape(number, pieces, borders.get(number)) for number in pieces}
    hard = [n for n, (shape, _s) in shapes.items() if shape in (ARCH, TOOTH)]
    bite = _bite_height([pieces[n] for n in hard])
    answer = {}
    for number, (shape, sure) in shapes.items():
        if shape in (ARCH, TOOTH):
            middle = (pieces[number][:, 1].max() + pieces[number][:, 1].min()) / 2
            if bite is None:
                answer[number] = ("teeth_lower" if middle < -1.08 else "teeth_upper", 0.4)
            else:
                answer[number] = ("teeth_upper" if middle > bite else "teeth_lower", sure)
        else:
            answer[number] = ({TONGUE: "tongue", BAG: "skin", MIXED: MIXED}[shape], sure)
    return answer


def _shape(number: int, pieces: dict[int, np.ndarray], border: np.ndarray | None) -> tuple[str, float]:
    mine = pieces[number]
    size = np.ptp(mine, axis=0)
    others = [p for n, p in pieces.items() if n != number]
    holds = others and _share_inside(mine, others) > 0.7 and size[0] > 0.5
    if holds and border is not None and border[:, 2].mean() > mine[:, 2].max() - 0.25 * size[2]:
        return BAG, 0.9
    if mine[:, 0].min() > -0.02 or mine[:, 0].max() < 0.02 or size[0] < 0.3:
        return TOOTH, 0.85
    if _hollow(mine):
        return ARCH, 0.9
    if others and _share_inside(mine, others) > 0.5 and size[1] > 0.5 and size[0] > 0.7:
        return MIXED, 0.6
    return TONGUE, 0.9 if size[2] > 0.6 * size[0] else 0.6


def _share_inside(mine: np.ndarray, others: list[np.ndarray]) -> float:
    """How much of the others lies in the box of mine, grown a little."""
    low, high = mine.min(axis=0) - 0.04, mine.max(axis=0) + 0.04
    inside = [((p >= low) & (p <= high)).all(axis=1).mean() for p in others]
    return float(np.mean(inside))


def _hollow(mine: np.ndarray) -> bool:
    """Teeth stand in an arch: nothing in the middle behind the front."""
    low, high = mine.min(axis=0), mine.max(axis=0)
    middle = np.abs(mine[:, 0] - (low[0] + high[0]) / 2) < 0.15 * (high[0] - low[0])
    behind = mine[:, 2] < low[2] + 0.5 * (high[2] - low[2])
    return bool((middle & behind).sum() < 0.02 * len(mine) + 1)


def _bite_height(hard: list[np.ndarray]) -> float | None:
    """The height that parts upper from lower teeth, or None if there is only one row."""
    middles = np.sort([(p[:, 1].max() + p[:, 1].min()) / 2 for p in hard])
    if len(middles) < 2:
        return None
    best, gap = None, 0.0
    for cut in range(1, len(middles)):
        low, high = middles[:cut], middles[cut:]
        between = min(len(low), len(high)) * (high.mean() - low.mean()) ** 2 * max(len(low), len(high))
        if between > gap:
            best, gap = (low.mean() + high.mean()) / 2, between
    if best is None:
        return None
    heights = np.mean([np.ptp(p[:, 1]) for p in hard])
    apart = middles[middles > best].mean() - middles[middles <= best].mean()
    return float(best) if apart > 0.35 * heights else None


def split_mixed(mixed: np.ndarray, upper: np.ndarray, lower: np.ndarray) -> np.ndarray:
    """(k,) "teeth_upper", "teeth_lower" or "tongue" for each vertex of gums and tongue that are one piece."""
    bite = (upper[:, 1].min() + lower[:, 1].max()) / 2
    half = np.quantile(np.abs(np.concatenate([upper, lower])[:, 0]), 0.9)
    front = np.concatenate([upper, lower])[:, 2].max()
    inner = ((np.abs(mixed[:, 0]) / (0.72 * half)) ** 2 < 1) & (mixed[:, 2] < front - 0.22)
    tongue = inner & (mixed[:, 1] < bite + 0.05) & (mixed[:, 1] > np.quantile(lower[:, 1], 0.15))
    return np.where(tongue, "tongue", np.where(mixed[:, 1] > bite, "teeth_upper", "teeth_lower"))
