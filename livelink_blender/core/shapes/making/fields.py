# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Evaluates smooth weights and displacement fields on one head."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from ..finding.symmetry import mirror_plane
from ..head_mesh import ROLES, HeadMesh, Parts, Points
from .canonical import CanonicalMap, anchor_positions, resample_curve
from .field_places import Scalar, bump, carrier_curves, falloff, nearest_on_curve
from .sides import SurfaceWays, upper_share

SYMMETRIC = 5e-3  # eye distances between a vertex and the mirror image of its twin
LIP_REACH, LID_REACH = 1.3, 0.7
LIP_CORNER, LID_CORNER = 0.13, 0.05
JAW_ANGLE = np.radians(25.5)
GAP_SAMPLES = 33
FACE_BOX = np.array([[-1.7, -2.7, -1.5], [1.7, 1.3, 2.0]])
WHOLE_HEAD = np.array([[-4.0, -5.0, -5.0], [4.0, 4.0, 4.0]])


@lru_cache(maxsize=1)
def load_table() -> dict:
    """The fitted numbers: canonical layout, hinge rule, fields of each shape."""
    return json.loads(Path(__file__).with_name("fields.json").read_text(encoding="utf-8"))


def table_layout(table: dict) -> dict[str, np.ndarray]:
    """The canonical landmarks of a table."""
    return {name: np.array(place) for name, place in table["layout"].items()}


@dataclass(frozen=True)
class Term:
    """One field: a weight times a vector, or times the jaw's turn, or times the way across a lid gap."""

    scalar: Scalar
    mode: str  # "vector", "hinge", "gap_left", "gap_right"
    value: tuple[float, ...]

    @classmethod
    def from_row(cls, row: list) -> Term:
        """A row of the table."""
        carrier, radius, along, side, mode, *value = row
        return cls(Scalar(carrier, radius, along, side), mode, tuple(value))


def hinge_of(points: Points, to_similar, rule: dict) -> np.ndarray:
    """Where the jaw turns, in the similar frame: between ear and jaw corner, on the midline."""

    def middle(name: str) -> np.ndarray:
        return (to_similar(points.position[name + "_left"]) + to_similar(points.position[name + "_right"])) / 2

    ear, corner = middle("ear_front"), middle("jaw_corner")
    height = float(np.linalg.norm(corner - ear))
    return ear + (corner - ear) * rule["down"] + np.array([0.0, 0.0, rule["forward"] * height])


def turn_about_x(points: np.ndarray, hinge: np.ndarray, angle: float) -> np.ndarray:
    """Displacements of a turn about the sideways axis through `hinge`; positive opens the jaw."""
    rel = points - hinge
    c, s = np.cos(angle), np.sin(angle)
    return np.stack(
        [np.zeros(len(points)), rel[:, 1] * (c - 1) - rel[:, 2] * s, rel[:, 1] * s + rel[:, 2] * (c - 1)], axis=1
    )


def straight_map(mesh: HeadMesh, parts: Parts, anchors: dict, layout: dict) -> CanonicalMap:
    """The map into canonical space; on a symmetric head the mesh, not the landmarks, says where the middle is."""
    there = CanonicalMap.fit(anchors, layout)
    face = there.to_similar(mesh.points[parts.role == ROLES.index("skin")])
    face = face[((face > FACE_BOX[0]) & (face < FACE_BOX[1])).all(1)]
    if len(face) < 60:
        return there
    normal, through, misfit = mirror_plane(face, np.array([1.0, 0.0, 0.0]), np.zeros(3), count=600, among=len(face))
    if misfit > SYMMETRIC or abs(normal[0]) < 0.99:
        return there
    return there.straightened(anchors, layout, normal, through)


class FaceFields:
    """The movable part of one head in canonical space, and the weights on it."""

    def __init__(self, mesh: HeadMesh, parts: Parts, points: Points, table: dict, box: np.ndarray = FACE_BOX) -> None:
        """Maps the head; sides and weights are computed when first asked for and kept."""
        layout = table_layout(table)
        self.points = points
        self.map = straight_map(mesh, parts, anchor_positions(points, mesh.points), layout)
        self.curves = carrier_curves(layout)
        self.similar_all = self.map.to_similar(mesh.points)
        skin = parts.role == ROLES.index("skin")
        near = ((self.similar_all > box[0] - 0.5) & (self.similar_all < box[1] + 0.5)).all(1)
        ids = np.flatnonzero(skin & near)
        canonical = self.map.to_canonical(self.similar_all[ids])
        inside = ((canonical > box[0]) & (canonical < box[1])).all(1)
        self.ids, self.canonical = ids[inside], canonical[inside]
        self.similar = self.similar_all[self.ids]
        self._near: dict[str, tuple[np.ndarray, np.ndarray]] = {}
        self._weights: dict[Scalar, np.ndarray] = {}
        self.hinge = hinge_of(points, self.map.to_similar, table["hinge"])
        self.sides = self._sides(mesh)
        self.modes = {"hinge": turn_about_x(self.similar, self.hinge, JAW_ANGLE)}
        for side in ("left", "right"):
            self.modes["gap_" + side] = self._gap(side)

    def _sides(self, mesh: HeadMesh) -> dict[str, np.ndarray]:
        keep = np.zeros(len(mesh.points), bool)
        keep[self.ids] = True
        rims = {name: rim for name, rim in self.points.rims.items() if len(rim)}
        surface = SurfaceWays(
            mesh, keep, self.similar_all, np.concatenate([*rims.values(), np.zeros(0, np.int64)]).astype(np.int64)
        )
        out = {}
        for gap, upper, lower, reach, corner in (
            ("lips", "lip_upper", "lip_lower", LIP_REACH, LIP_CORNER),
            ("lids_left", "lid_upper_left", "lid_lower_left", LID_REACH, LID_CORNER),
            ("lids_right", "lid_upper_right", "lid_lower_right", LID_REACH, LID_CORNER),
        ):
            if upper in rims and lower in rims:
                share = upper_share(surface, rims[upper], rims[lower], reach)[self.ids]
            else:
                share = self._share_by_height(upper)
            share = 0.5 + (share - 0.5) * self._away_from_ends(upper, corner)
            tail = gap[4:]
            out[f"{gap[:4]}_upper{tail}"], out[f"{gap[:4]}_lower{tail}"] = share, 1.0 - share
        return out

    def _away_from_ends(self, carrier: str, width: float) -> np.ndarray:
        """0 at both ends of a curve, 1 away from them, without a kink: there the two sides become one."""
        squared = np.min([((self.canonical - end) ** 2).sum(1) for end in self.curves[carrier][[0, -1]]], axis=0)
        return 1.0 - np.exp(-squared / width**2)

    def _share_by_height(self, carrier: str) -> np.ndarray:
        """A stand-in where the head has no rims: above or below the canonical line."""
        curve = self.curves[carrier]
        _, at = nearest_on_curve(self.canonical, curve)
        line = np.interp(at, np.linspace(0, 1, len(curve)), curve[:, 1])
        return 0.5 + 0.5 * np.tanh((self.canonical[:, 1] - line) / 0.06)

    def _gap(self, side: str) -> np.ndarray:
        """The way from the upper lid's rim to the lower one's, at each vertex's place along the lids."""
        rims = [self.points.rims.get(f"lid_{lid}_{side}") for lid in ("upper", "lower")]
        if any(rim is None or len(rim) < 3 for rim in rims):
            return np.zeros_like(self.similar)
        upper, lower = (resample_curve(self.similar_all[rim], GAP_SAMPLES) for rim in rims)
        _, at = self.nearest(f"lid_upper_{side}")
        return np.stack(
            [np.interp(at, np.linspace(0, 1, GAP_SAMPLES), (lower - upper)[:, k]) for k in range(3)], axis=1
        )

    def nearest(self, carrier: str) -> tuple[np.ndarray, np.ndarray]:
        """Squared distance to a carrier and place along it, of every movable vertex."""
        if carrier not in self._near:
            self._near[carrier] = nearest_on_curve(self.canonical, self.curves[carrier])
        return self._near[carrier]

    def weight(self, scalar: Scalar) -> np.ndarray:
        """The weight of every movable vertex."""
        if scalar not in self._weights:
            squared, at = self.nearest(scalar.carrier)
            out = falloff(squared, scalar.radius)
            if scalar.bump is not None:
                out = out * bump(at, scalar.bump)
            if scalar.side is not None:
                out = out * self.sides[scalar.side]
            self._weights[scalar] = out.astype(np.float32)
        return self._weights[scalar]

    def displacement(self, terms: list[Term]) -> np.ndarray:
        """The sum of fields on the movable vertices, in the similar frame."""
        out = np.zeros_like(self.similar)
        for term in terms:
            weight = self.weight(term.scalar)[:, None]
            out += (
                weight * np.array(term.value)
                if term.mode == "vector"
                else weight * self.modes[term.mode] * term.value[0]
            )
        return out
