# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Report card: rigid and still parts, sizes, symmetry, triangles turned over."""

from __future__ import annotations

import numpy as np

from ..making.attached_parts import rigid_rest, role_mask
from ..making.mirror import mirrored_shape

FLIPS_AT = 2.0 / 10000.0  # triangles that may turn over, as a share: two at 5,000 vertices


def check_rigid_parts(report, maker, moved: dict[str, np.ndarray]) -> None:
    """Lower teeth and tongue turn as one with the jaw, eyes turn as they are; upper teeth never move."""
    rest = maker.fields.similar_all
    cases = [
        ("jawOpen", "teeth_lower"),
        ("jawOpen", "tongue"),
        ("eyeLookUpLeft", "eye_left"),
        ("eyeLookUpRight", "eye_right"),
    ]
    for shape, role in cases:
        part = role_mask(maker.parts, role)
        if shape not in moved or part.sum() < 4:
            continue
        if np.abs(moved[shape][part]).max() < 1e-4:
            report.add(
                "part_left_behind",
                f"{role} in {shape}",
                1,
                "",
                (0, 1),
                "This part does not move along: generate the shape again, or it is driven by a bone.",
            )
        else:
            bent = rigid_rest(rest[part], moved[shape][part])
            report.add(
                "part_bends",
                f"{role} in {shape}",
                bent,
                "% not rigid",
                (0.1, 3.0),
                "Teeth, tongue and eyes must move as rigid bodies: generate the shape again.",
            )


def check_still_parts(report, maker, moved: dict[str, np.ndarray]) -> None:
    """Upper teeth, scalp, ears and the back of the head stay where they are; the neck may go with the jaw."""
    still = maker.fields.similar_all[:, 1] > maker.fields.map.to_similar(maker.fields.points.position["chin_under"])[1]
    still[maker.fields.ids[maker.mobile > 0]] = False
    still[
        role_mask(
            maker.parts,
            "eye_left",
            "eye_right",
            "eye_shell_left",
            "eye_shell_right",
            "teeth_lower",
            "tongue",
            "brow",
            "lashes",
        )
    ] = False
    worst, name = max(((float(np.abs(d[still]).max(initial=0.0)), n) for n, d in moved.items()), default=(0.0, ""))
    report.add(
        "still_parts",
        name or "none",
        100 * worst,
        "% of the eye distance",
        (0.0, 3.0),
        "Scalp, ears or upper teeth move: generate this shape again.",
    )


def check_peaks(report, maker, moved: dict[str, np.ndarray]) -> None:
    """Each shape's largest motion on the skin against what artists make."""
    for name, peak in maker.table["peaks"].items():
        if name not in moved or name.startswith("eyeBlink"):
            continue
        now = float(np.sqrt((moved[name][maker.fields.ids] ** 2).sum(1).max(initial=0.0)))
        ratio = now / max(peak * maker.size_of(name), 1e-9)
        away = max(ratio, 1.0 / max(ratio, 1e-6)) - 1.0
        report.add(
            "peak",
            name,
            away,
            f"off the usual size (it is {100 * ratio:.0f} %)",
            (0.25, 1.0),
            "Adjust the strength of this shape, if it looks too weak or too strong.",
        )


def check_symmetry(report, maker, moved: dict[str, np.ndarray]) -> None:
    """Left and right shapes of a symmetric head mirror each other."""
    if maker.twin is None:
        return
    here = np.flatnonzero(maker.twin >= 0)
    there, worst, which = maker.twin[here], 0.0, "none"
    for name in moved:
        other = mirrored_shape(name)
        if name.endswith("Left") and other in moved:
            mine, its = moved[name][maker.fields.ids][here], moved[other][maker.fields.ids][there] * [-1, 1, 1]
            away = 100.0 * np.linalg.norm(mine - its, axis=1).sum() / max(np.linalg.norm(its, axis=1).sum(), 1e-9)
            if away > worst:
                worst, which = float(away), name
    report.add(
        "asymmetry",
        which,
        worst,
        "%",
        (1.0, 15.0),
        "Left and right differ on a symmetric head: generate one of them again.",
    )


def check_flips(report, maker, moved: dict[str, np.ndarray]) -> None:
    """Triangles of the skin that turn over."""
    triangles = np.arange(len(maker.unflipper.triangles))
    allowed = max(2.0, FLIPS_AT * len(triangles))
    for name, d in moved.items():
        count = len(maker.unflipper.flipped(d[maker.fields.ids], triangles))
        if count > allowed:
            report.add(
                "flips",
                name,
                count,
                "triangles",
                (allowed, 40.0 * allowed),
                "Some faces turn over: smooth this shape in Sculpt Mode where it folds.",
            )
