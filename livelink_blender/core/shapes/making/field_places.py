# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the fields of a face sit: short curves and points of the canonical layout, with a falloff around them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .canonical import CURVE_SAMPLES, mirrored_name

BUMP_WIDTH = 0.2


@dataclass(frozen=True)
class Scalar:
    """One smooth weight on the face: a falloff around a carrier, a bump along it, on one side of a gap."""

    carrier: str
    radius: float
    bump: float | None = None
    side: str | None = None  # "lips_upper", "lids_lower_left" ...: which side of which gap it stays on

    def mirrored(self) -> Scalar:
        """The same weight on the other half of the face."""
        bump = None if self.bump is None else (1.0 - self.bump if self.carrier in _ACROSS else self.bump)
        return Scalar(mirrored_name(self.carrier), self.radius, bump, self.side and mirrored_name(self.side))


def carrier_curves(layout: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """All carriers as polylines (k, 3) in canonical space; a point is a polyline of one."""
    at = layout.__getitem__
    curves = {name: np.array([at(name)]) for name in MIDLINE_CARRIERS}
    curves["philtrum"] = np.array([at("subnasale"), at("lip_upper_top")])
    curves["forehead_wide"] = np.array([at("temple_right"), at("forehead"), at("temple_left")])
    contact = np.array(
        [at("mouth_corner_right"), *(at(f"lips#{k}") for k in range(1, CURVE_SAMPLES - 1)), at("mouth_corner_left")]
    )
    curves["lip_upper"] = curves["lip_lower"] = contact
    for lip, middle in (("upper", "lip_upper_top"), ("lower", "lip_lower_bottom")):
        thick = at(middle) - at("lips#4")
        halves = [at(f"lips#{k}") + 0.85 * thick for k in (2, 6)]
        curves["red_" + lip] = np.array(
            [at("mouth_corner_right"), halves[0], at(middle), halves[1], at("mouth_corner_left")]
        )
    curves["neck"] = np.array([at("chin_under") + (at("chin_under") - at("chin")) * 1.2])
    for side in ("left", "right"):
        curves.update(_side_curves(at, side))
    return curves


_ACROSS = ("lip_upper", "lip_lower", "red_upper", "red_lower")  # from the right corner of the mouth to the left one
MIDLINE_CARRIERS = (
    "glabella",
    "nasion",
    "nose_bridge",
    "nose_tip",
    "lip_lower_bottom",
    "lip_upper_top",
    "chin_crease",
    "chin",
    "chin_under",
)


def _side_curves(at, side: str) -> dict[str, np.ndarray]:
    """The carriers of one half of the face."""

    def named(name: str) -> np.ndarray:
        return at(f"{name}_{side}")

    def lid(which: str) -> np.ndarray:
        inner = [at(f"lid_{which}_{side}#{k}") for k in range(1, CURVE_SAMPLES - 1)]
        return np.array([named("eye_inner"), *inner, named("eye_outer")])

    crease = 0.55 * lid("upper")[1:-1:2] + 0.45 * np.linspace(named("brow_inner"), named("brow_outer"), 4)
    curves = {
        "lid_upper": lid("upper"),
        "lid_lower": lid("lower"),
        "lid_crease": crease,
        "under_eye": np.array(
            [
                0.5 * named("eye_inner") + 0.5 * named("under_eye"),
                named("under_eye"),
                0.6 * named("eye_outer") + 0.4 * named("cheekbone"),
            ]
        ),
        "brow": np.array([named("brow_inner"), named("brow_middle"), named("brow_outer")]),
        "fold": np.array([named("nose_wing"), named("nasolabial"), 0.8 * named("mouth_corner") + 0.2 * named("cheek")]),
        "cheek_low": np.array([0.5 * named("mouth_corner") + 0.5 * named("jaw_corner")]),
        "chin_side": np.array([0.55 * at("chin") + 0.45 * named("jaw_corner")]),
        "jaw": np.array(
            [
                named("ear_front"),
                named("jaw_corner"),
                0.5 * named("jaw_corner") + 0.5 * at("chin_under"),
                at("chin_under"),
            ]
        ),
        "eye_outer_skin": np.array([0.7 * named("eye_outer") + 0.3 * named("temple")]),
        "nose_side": np.array([0.5 * named("nose_wing") + 0.5 * named("eye_inner")]),
        "mouth_outside": np.array([0.65 * named("mouth_corner") + 0.35 * named("jaw_corner")]),
    }
    for name in ("mouth_corner", "nose_wing", "cheek", "cheekbone", "jaw_corner", "temple", "brow_inner", "brow_outer"):
        curves[name] = np.array([named(name)])
    return {f"{name}_{side}": curve for name, curve in curves.items()}


def nearest_on_curve(points: np.ndarray, curve: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Squared distance of each point from a polyline, and where along it (0..1) its nearest place is."""
    if len(curve) == 1:
        return ((points - curve[0]) ** 2).sum(1), np.full(len(points), 0.5)
    steps = np.linalg.norm(np.diff(curve, axis=0), axis=1)
    begin = np.concatenate([[0.0], np.cumsum(steps)]) / steps.sum()
    best, at = np.full(len(points), np.inf), np.zeros(len(points))
    for k in range(len(steps)):
        way = curve[k + 1] - curve[k]
        t = np.clip((points - curve[k]) @ way / steps[k] ** 2, 0.0, 1.0)
        squared = ((points - curve[k] - t[:, None] * way) ** 2).sum(1)
        closer = squared < best
        best[closer], at[closer] = squared[closer], (begin[k] + t * (begin[k + 1] - begin[k]))[closer]
    return best, at


def falloff(squared: np.ndarray, radius: float) -> np.ndarray:
    """A bell of the given radius that is exactly zero beyond 2.8 radii."""
    return np.maximum(1.0 - squared / (8.0 * radius * radius), 0.0) ** 4


def bump(at: np.ndarray, middle: float) -> np.ndarray:
    """A bell along a curve."""
    return np.exp(-0.5 * ((at - middle) / BUMP_WIDTH) ** 2)
