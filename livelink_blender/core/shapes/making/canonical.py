# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The canonical face space: the average layout of the landmarks, and the smooth map of a head into it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..head_mesh import ALL_POINTS, RIMS, Points

CURVE_SAMPLES = 9
SMOOTHING = 2e-3
SOFTNESS = 0.12
MIRROR = np.array([-1.0, 1.0, 1.0])


def resample_curve(points: np.ndarray, count: int = CURVE_SAMPLES) -> np.ndarray:
    """`count` points at equal steps of arc length along a polyline."""
    steps = np.linalg.norm(np.diff(points, axis=0), axis=1)
    length = np.concatenate([[0.0], np.cumsum(steps)])
    at = np.linspace(0.0, length[-1], count)
    return np.stack([np.interp(at, length, points[:, k]) for k in range(3)], axis=1)


def mirrored_name(name: str) -> str:
    """The name of the same thing on the other side; a name of the midline is its own."""
    if name.endswith("_left"):
        return name[:-5] + "_right"
    return name[:-6] + "_left" if name.endswith("_right") else name


def anchor_positions(points: Points, head: np.ndarray) -> dict[str, np.ndarray]:
    """Landmarks and samples of the rims of one head in world space; what the head lacks is left out."""
    anchors = {name: np.asarray(points.position[name], float) for name in ALL_POINTS if name in points.position}
    for name in RIMS[:4]:
        rim = points.rims.get(name)
        if rim is not None and len(rim) > 2:
            for k, p in enumerate(resample_curve(head[rim])[1:-1], 1):
                anchors[f"{name}#{k}"] = p
    upper, lower = (points.rims.get(name) for name in RIMS[4:])
    if upper is not None and lower is not None and min(len(upper), len(lower)) > 2:
        middle = (resample_curve(head[upper]) + resample_curve(head[lower])) / 2
        anchors.update({f"lips#{k}": p for k, p in enumerate(middle[1:-1], 1)})
        for name in (
            "lip_upper",
            "lip_lower",
            *(f"lip_{u}_half_{s}" for u in ("upper", "lower") for s in ("left", "right")),
        ):
            anchors.pop(name, None)  # the two lips touch: two anchors at one place would tear the map
    return anchors


def similarity(source: np.ndarray, target: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    """Rotation, origin and scale with `target ~ scale * (source - origin) @ rotation.T`, by least squares."""
    a, b = source - source.mean(0), target - target.mean(0)
    u, stretch, vt = np.linalg.svd(b.T @ a)
    flip = np.array([1.0, 1.0, np.sign(np.linalg.det(u @ vt))])
    rotation = (u * flip) @ vt
    scale = float((stretch * flip).sum() / (a * a).sum())
    return rotation, source.mean(0) - target.mean(0) @ rotation / scale, scale


def _kernel(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    squared = (a * a).sum(1)[:, None] + (b * b).sum(1)[None] - 2.0 * a @ b.T
    return np.sqrt(np.maximum(squared, 0.0) + SOFTNESS**2)


@dataclass
class CanonicalMap:
    """Takes a head's points into canonical space; displacements come back by the similarity alone."""

    rotation: np.ndarray
    origin: np.ndarray
    scale: float
    centres: np.ndarray  # (c, 3) anchors in the similar frame
    weights: np.ndarray  # (c + 4, 3)

    @classmethod
    def fit(cls, anchors: dict[str, np.ndarray], layout: dict[str, np.ndarray]) -> CanonicalMap:
        """The map that brings `anchors` (world) onto `layout` (canonical)."""
        source, target = _pairs(anchors, layout)
        return cls._with_similarity(source, target, *similarity(source, target))

    @classmethod
    def _with_similarity(cls, source, target, rotation, origin, scale) -> CanonicalMap:
        centres = (source - origin) @ rotation.T * scale
        return cls(rotation, origin, scale, centres, _solve(centres, target - centres))

    def straightened(self, anchors: dict, layout: dict, normal: np.ndarray, through: np.ndarray) -> CanonicalMap:
        """The same map, turned and shifted so that the mirror plane found in its similar frame is x = 0."""
        left = normal * np.sign(normal[0])
        forward = np.array([0.0, 0.0, 1.0]) - left * left[2]
        forward /= np.linalg.norm(forward)
        turn = np.stack([left, np.cross(forward, left), forward])
        shift = left * (through @ left)
        origin = self.origin + shift @ self.rotation / self.scale
        return self._with_similarity(*_pairs(anchors, layout), turn @ self.rotation, origin, self.scale)

    def to_similar(self, points: np.ndarray) -> np.ndarray:
        """World positions in the head's own shape, but canonical size and direction."""
        return (points - self.origin) @ self.rotation.T * self.scale

    def to_canonical(self, similar: np.ndarray) -> np.ndarray:
        """Positions of the similar frame, warped onto the canonical face."""
        out = np.empty_like(similar)
        for start in range(0, len(similar), 16384):
            part = similar[start : start + 16384]
            terms = np.concatenate([_kernel(part, self.centres), part, np.ones((len(part), 1))], axis=1)
            out[start : start + 16384] = part + terms @ self.weights
        return np.round(out, 9)

    def gradient(self, similar: np.ndarray) -> np.ndarray:
        """(n, 3, 3) how canonical places (last) change with those of the similar frame (middle)."""
        count = len(self.centres)
        out = np.empty((len(similar), 3, 3))
        for start in range(0, len(similar), 8192):
            part = similar[start : start + 8192]
            far = _kernel(part, self.centres)
            for axis in range(3):
                slope = (part[:, axis : axis + 1] - self.centres[:, axis]) / far
                out[start : start + 8192, axis] = slope @ self.weights[:count] + self.weights[count + axis]
        return out + np.eye(3)

    def vectors_to_world(self, vectors: np.ndarray) -> np.ndarray:
        """Displacements of the similar frame in world space."""
        return vectors @ self.rotation / self.scale


def _pairs(anchors: dict[str, np.ndarray], layout: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    names = sorted(set(anchors) & set(layout))
    return np.array([anchors[n] for n in names]), np.array([layout[n] for n in names])


def _solve(centres: np.ndarray, offsets: np.ndarray) -> np.ndarray:
    """Weights of the smooth interpolation of `offsets`, with a linear part."""
    count = len(centres)
    linear = np.concatenate([centres, np.ones((count, 1))], axis=1)
    system = np.zeros((count + 4, count + 4))
    system[:count, :count] = _kernel(centres, centres) - SMOOTHING * np.eye(count)
    system[:count, count:], system[count:, :count] = linear, linear.T
    solved = np.linalg.lstsq(system, np.concatenate([offsets, np.zeros((4, 3))]), rcond=1e-10)[0]
    return np.round(solved, 7)  # the last digits depend on how many threads the solver uses
