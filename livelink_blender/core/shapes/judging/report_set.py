# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Report card: the set of shapes as such: what is missing, misnamed, dead, doubled, swapped."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

import numpy as np

from ...face.channels import SHAPES

DEAD = 0.005  # eye distances
SAME = 0.999
NAME_LIKENESS = 0.84


def check_names(report, missing: tuple[str, ...], other_names: Iterable[str]) -> None:
    """Missing shapes, and other keys whose names look like them."""
    others = list(other_names)
    for name in missing:
        like = likely_misnamed(name, others)
        if like:
            report.add("misnamed", name, 1, "", (0, 0), f"Rename the key '{like}' to '{name}' if that is what it is.")
    unexplained = [name for name in missing if not likely_misnamed(name, others)]
    report.add(
        "missing", ", ".join(unexplained) or "none", len(unexplained), "shapes", (0, 1), "Generate the missing shapes."
    )


def plain(name: str) -> str:
    """A name without case, signs, and with its side at the end as l or r."""
    text = re.sub(
        r"[^a-z]",
        "",
        re.sub(
            r"(?<![a-zA-Z])([LR])(?![a-z])|(?<=[a-z_])([LR])$", lambda m: "left" if "L" in m.group() else "right", name
        ).lower(),
    )
    text = re.sub("^(arkit|blendshapes?|head|face)", "", text)
    side = "left" if "left" in text else "right" if "right" in text else ""
    return (
        text.replace(side, "", 1) + side
        if side and text not in ("jawleft", "jawright", "mouthleft", "mouthright")
        else text
    )


def likely_misnamed(name: str, others: list[str]) -> str:
    """The other key that is most like `name`, or nothing."""
    wanted = plain(name)
    likeness = {o: difflib.SequenceMatcher(None, wanted, plain(o)).ratio() for o in others if o not in SHAPES}
    best = max(likeness, key=likeness.get, default="")
    sides_agree = all((s in plain(best)) == (s in wanted) for s in ("left", "right"))
    return best if best and likeness[best] >= NAME_LIKENESS and sides_agree else ""


def check_dead_and_doubles(report, moved: dict[str, np.ndarray]) -> None:
    """Shapes that move nothing, and pairs that are the same shape."""
    dead = [n for n, d in moved.items() if np.sqrt((d**2).sum(1).max(initial=0.0)) < DEAD]
    report.add(
        "dead",
        ", ".join(dead) or "none",
        len(dead),
        "shapes",
        (0, 3),
        "These keys move nothing: generate or sculpt them.",
    )
    names = [n for n in moved if n not in dead]
    flat = (
        np.stack([moved[n][::4].ravel() / max(np.linalg.norm(moved[n][::4]), 1e-12) for n in names]).astype(np.float32)
        if names
        else np.zeros((0, 1), np.float32)
    )
    alike = flat @ flat.T
    doubles = [f"{a} = {b}" for i, a in enumerate(names) for j, b in enumerate(names) if i < j and alike[i, j] > SAME]
    report.add(
        "doubles",
        ", ".join(doubles) or "none",
        len(doubles),
        "pairs",
        (0, 2),
        "Two keys are one shape: one of them is a copy made by mistake.",
    )


def check_sides(report, maker, moved: dict[str, np.ndarray]) -> None:
    """Left shapes must move the character's left half, and jaws and mouths go to their own side."""
    left = maker.fields.similar_all[:, 0] > 0
    swapped = []
    for name, d in moved.items():
        if not name.endswith("Left") or name[:-4] + "Right" not in moved:
            continue
        if name in ("jawLeft", "mouthLeft"):
            wrong = d[:, 0].sum() < 0
        else:
            energy = (d**2).sum(1)
            wrong = energy[left].sum() < energy[~left].sum()
        if wrong and np.abs(d).max() > DEAD:
            swapped.append(name)
    report.add(
        "swapped_sides",
        ", ".join(swapped) or "none",
        len(swapped),
        "pairs",
        (0, 0),
        "Left and Right are swapped: exchange the names of these keys.",
    )
