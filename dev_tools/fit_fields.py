# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fits the fields of the 52 shapes to reference heads and our own, and writes `core/shapes/making/fields.json`.

python -m dev_tools.fit_fields HEADS_FOLDER [--count 16] [--leave-out ARTIST] [--out FILE]
Only figures come out: where a field sits, how wide it is, and one vector.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

import numpy as np

from dev_tools.reference_heads import ReferenceHead, own_heads, read_head
from livelink_blender.core.shapes.making.canonical import CURVE_SAMPLES, MIRROR, anchor_positions, mirrored_name
from livelink_blender.core.shapes.making.field_places import MIDLINE_CARRIERS, Scalar, falloff
from livelink_blender.core.shapes.making.fields import FaceFields
from livelink_blender.core.shapes.making.mirror import mirrored_shape

HINGE_RULE = {"down": 0.57, "forward": -0.26}
HINGE_SHAPES = ("jawOpen", "mouthClose")
GAP_SHAPES = re.compile("eye(Blink|LookDown|Squint|Wide|LookUp)|cheekSquint")
COUNT = 16  # fields a shape
RADII = (0.1, 0.2, 0.35, 0.6, 1.0)
BUMPS = (0.0, 0.25, 0.5, 0.75, 1.0)
RIDGE = 0.15
RIM_EMPHASIS = 3.0  # rims are thin, but the eye sees them first
RIM_CARRIERS = ("lip_upper", "lid_upper_left", "lid_upper_right", "lid_lower_left", "lid_lower_right")
MORE_FIELDS = {"jawOpen": 2.0, "mouthClose": 2.0}
_LIP_SIDED = ("lip_upper_top", "lip_lower_bottom", "chin_crease", "chin", "chin_under", "philtrum", "neck")
_LIP_SIDED_HALVES = ("mouth_corner", "mouth_outside", "fold", "nose_wing")
_FAR_FROM_LIPS = ("cheek_low", "chin_side", "jaw", "cheek", "jaw_corner")  # there a side would be chance
_LID_SIDED = ("lid_crease", "under_eye", "eye_outer_skin", "brow", "nose_side")
MIRRORED_MODE = {"gap_left": "gap_right", "gap_right": "gap_left"}


def mirrored_anchor(name: str) -> str:
    """The anchor on the other side."""
    base, _, index = name.partition("#")
    if base == "lips":
        return f"lips#{CURVE_SAMPLES - 1 - int(index)}"
    return mirrored_name(base) + ("#" + index if index else "")


def all_weights() -> list[Scalar]:
    """Every weight that the fit may choose from, mirrored ones included."""
    out: list[Scalar] = []
    for lip in ("upper", "lower"):
        out += [
            Scalar(f"{kind}_{lip}", r, b, f"lips_{lip}")
            for kind in ("lip", "red")
            for r in RADII
            for b in (None, *BUMPS)
        ]
    out += [
        Scalar(name, r, None, s) for name in _LIP_SIDED for r in RADII[2:] for s in (None, "lips_upper", "lips_lower")
    ]
    out += [Scalar(name, r) for name in MIDLINE_CARRIERS if name not in _LIP_SIDED for r in RADII[1:]] + [
        Scalar("forehead_wide", r) for r in RADII[1:]
    ]
    for side in ("left", "right"):
        for lid in ("upper", "lower"):
            gap = f"lids_{lid}_{side}"
            out += [Scalar(f"lid_{lid}_{side}", r, b, gap) for r in RADII[:4] for b in (None, *BUMPS)]
            out += [Scalar(f"{name}_{side}", r, None, gap) for name in _LID_SIDED for r in RADII[:4]]
        sides = (None, "lips_upper", "lips_lower")
        out += [Scalar(f"{name}_{side}", r, None, s) for name in _LIP_SIDED_HALVES for r in RADII[1:] for s in sides]
        rest = (*_FAR_FROM_LIPS, *_LID_SIDED, "cheekbone", "temple", "brow_inner", "brow_outer")
        out += [Scalar(f"{name}_{side}", r) for name in rest for r in RADII[1:]]
        out += [Scalar(f"brow_{side}", r, b) for r in RADII[1:4] for b in (0.0, 0.5, 1.0)]
    return out


def average_layout(heads: list[ReferenceHead]) -> dict[str, list[float]]:
    """The symmetric mean of all anchors; each artist counts once."""
    found = [(h.artist, anchor_positions(h.points, h.mesh.points)) for h in heads]
    means = {}
    for name in set().union(*(a for _, a in found)):
        own = [(artist, a[name]) for artist, a in found if name in a]
        means[name] = np.mean(
            [np.mean([p for who, p in own if who == one], axis=0) for one in sorted({who for who, _ in own})], axis=0
        )
    return {
        n: [round(float(v), 4) for v in (means[n] + MIRROR * means[mirrored_anchor(n)]) / 2]
        for n in sorted(means)
        if mirrored_anchor(n) in means
    }


class Sample:
    """One head (or its mirror image) as weights, modes and targets on its movable vertices."""

    def __init__(self, head: ReferenceHead, table: dict, scalars: list[Scalar]) -> None:
        fields = FaceFields(head.mesh, head.parts, head.points, table)
        ids = fields.ids
        self.name, self.artist = head.name, head.artist
        self.basis = np.stack([fields.weight(s) for s in scalars], axis=1).astype(np.float32)
        fields._weights.clear()
        near = np.min([fields.nearest(name)[0] for name in RIM_CARRIERS], axis=0)
        self.area = head.area[ids] * np.where(head.scored[ids], 1.0, 0.1) * (1.0 + RIM_EMPHASIS * falloff(near, 0.05))
        self.scored = head.scored[ids]
        self.modes = fields.modes
        turn, scale = fields.map.rotation, fields.map.scale
        self.targets = {n: d[ids] @ turn.T * scale for n, d in head.shapes.items()}
        self.outside = {n: _norm_outside(head, d, ids, scale) for n, d in head.shapes.items()}
        self.gram = weighted_gram(self.basis, self.area)
        self.mode_grams: dict[str, np.ndarray] = {}

    def mode_gram(self, first: str, second: str) -> np.ndarray | float:
        """Basis' W (E_first . E_second) Basis; 0 where the two modes never meet."""
        axes = "xyz"
        if first in axes and second in axes:
            return self.gram if first == second else 0.0
        key = "|".join(sorted((first, second)))
        if key not in self.mode_grams:
            vectors = [np.eye(3)[axes.index(m)][None] if m in axes else self.modes[m] for m in (first, second)]
            self.mode_grams[key] = weighted_gram(self.basis, self.area * (vectors[0] * vectors[1]).sum(1))
        return self.mode_grams[key]

    def pull(self, mode: str, target: np.ndarray) -> np.ndarray:
        """Basis' W (E_mode . target)."""
        along = target[:, "xyz".index(mode)] if mode in "xyz" else (self.modes[mode] * target).sum(1)
        return (self.area * along) @ self.basis


def weighted_gram(basis: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """basis' diag(weight) basis in double precision."""
    return (basis.T @ (basis * weight[:, None].astype(np.float32))).astype(float)


def _norm_outside(head: ReferenceHead, moved: np.ndarray, ids: np.ndarray, scale: float) -> float:
    rest = head.scored.copy()
    rest[ids] = False
    return float((head.area[rest] * (moved[rest] ** 2).sum(1)).sum()) * scale**2


class ShapeProblem:
    """The least squares problem of one shape over all samples: matrix and right side over columns (scalar, mode)."""

    def __init__(self, shape: str, samples: list[Sample], mirror: np.ndarray) -> None:
        self.modes = ["x", "y", "z"]
        self.modes += ["hinge"] if shape in HINGE_SHAPES else []
        self.modes += ["gap_left"] if GAP_SHAPES.match(shape) else []
        size = len(mirror)
        self.matrix = np.zeros((len(self.modes) * size,) * 2)
        self.right = np.zeros(len(self.modes) * size)
        self.size, self.symmetric = size, mirrored_shape(shape) == shape
        artists = sorted({s.artist for s in samples if shape in s.targets})
        for sample in samples:
            if shape in sample.targets:
                share = 1.0 / len(artists) / len([s for s in samples if s.artist == sample.artist])
                self._add(sample, shape, None, share)
                self._add(sample, mirrored_shape(shape), mirror, share)
        self.exists = bool(artists)

    def _add(self, sample: Sample, shape: str, mirror: np.ndarray | None, share: float) -> None:
        target = sample.targets[shape]
        share = share / max(float((sample.area * (target**2).sum(1)).sum()), 1e-12)
        order = slice(None) if mirror is None else mirror
        for i, first in enumerate(self.modes):
            sign_i = -1.0 if mirror is not None and first == "x" else 1.0
            a = first if mirror is None else MIRRORED_MODE.get(first, first)
            self.right[i * self.size : (i + 1) * self.size] += share * sign_i * sample.pull(a, target)[order]
            for j, second in enumerate(self.modes):
                sign_j = -1.0 if mirror is not None and second == "x" else 1.0
                b = second if mirror is None else MIRRORED_MODE.get(second, second)
                block = sample.mode_gram(a, b)
                if not np.isscalar(block):
                    block = block if mirror is None else block[mirror][:, mirror]
                    self.matrix[i * self.size : (i + 1) * self.size, j * self.size : (j + 1) * self.size] += (
                        share * sign_i * sign_j * block
                    )

    def paired(self, mirror: np.ndarray) -> None:
        """For a symmetric shape: each column takes its mirrored twin along."""
        for k in range(len(self.modes)):
            sign = -1.0 if self.modes[k] == "x" else 1.0
            rows = slice(k * self.size, (k + 1) * self.size)
            self.matrix[rows] = self.matrix[rows] + sign * self.matrix[rows][mirror]
            self.matrix[:, rows] = self.matrix[:, rows] + sign * self.matrix[:, rows][:, mirror]
            self.right[rows] = self.right[rows] + sign * self.right[rows][mirror]

    def groups(self) -> np.ndarray:
        """(atoms, 3) columns of each atom: a vector field, or one special column repeated as -1 padding."""
        base = np.arange(self.size)
        atoms = [np.stack([base, base + self.size, base + 2 * self.size], axis=1)]
        atoms += [
            np.stack([base + k * self.size, -np.ones(self.size, int), -np.ones(self.size, int)], axis=1)
            for k in range(3, len(self.modes))
        ]
        return np.concatenate(atoms)


def choose(problem: ShapeProblem, count: int, ridge: float) -> tuple[list[int], np.ndarray]:
    """Greedy choice of atoms and their coefficients (atoms, 3)."""
    length = np.sqrt(np.maximum(np.diag(problem.matrix), 0.0))
    usable = length > 1e-4 * length.max()
    inverse = np.where(usable, 1.0 / np.maximum(length, 1e-30), 0.0)
    matrix = problem.matrix * inverse[:, None] * inverse[None]
    right = problem.right * inverse
    atoms = problem.groups()
    chosen: list[int] = []
    for _ in range(count):
        columns = [c for a in chosen for c in atoms[a] if c >= 0 and usable[c]]
        rest, variance = right.copy(), np.where(usable, 1.0 + ridge, np.inf)
        if columns:
            solved = np.linalg.solve(
                matrix[np.ix_(columns, columns)] + ridge * np.eye(len(columns)),
                np.concatenate([right[columns][:, None], matrix[columns]], axis=1),
            )
            rest -= matrix[:, columns] @ solved[:, 0]
            variance = variance - np.einsum("ij,ij->j", matrix[columns], solved[:, 1:])
        gain = np.append(rest**2 / np.maximum(variance, 0.02), 0.0)[atoms].sum(1)
        gain[chosen] = -1.0
        chosen.append(int(np.argmax(gain)))
    columns = [c for a in chosen for c in atoms[a] if c >= 0 and usable[c]]
    solved = (
        np.linalg.solve(matrix[np.ix_(columns, columns)] + ridge * np.eye(len(columns)), right[columns])
        * inverse[columns]
    )
    full = np.zeros(len(right) + 1)
    full[columns] = solved
    return chosen, full[atoms[chosen]]


def rows_of(
    problem: ShapeProblem, chosen: list[int], values: np.ndarray, scalars: list[Scalar], mirror: np.ndarray
) -> list[list]:
    """The atoms as rows of the table; a symmetric shape's atoms are written out for both halves."""
    rows = []
    for atom, value in zip(chosen, values, strict=True):
        special, k = divmod(atom, problem.size)
        mode = "vector" if special == 0 else problem.modes[2 + special]
        value = [round(float(v), 4) for v in (value if special == 0 else value[:1])]
        if problem.symmetric:
            if mirror[k] == k:
                rows.append(
                    [
                        *_scalar_row(scalars[k]),
                        mode,
                        *([0.0, 2 * value[1], 2 * value[2]] if special == 0 else [2 * value[0]]),
                    ]
                )
                continue
            other = [-value[0], *value[1:]] if special == 0 else value
            rows.append([*_scalar_row(scalars[mirror[k]]), mode, *other])
        rows.append([*_scalar_row(scalars[k]), mode, *value])
    return rows


def _scalar_row(s: Scalar) -> list:
    return [s.carrier, s.radius, s.bump, s.side]


def mirror_rows(rows: list[list]) -> list[list]:
    """The rows of the same shape on the other side."""
    out = []
    for carrier, radius, along, side, mode, *value in rows:
        turned = [-value[0], *value[1:]] if mode == "vector" else value
        out.append(
            [*_scalar_row(Scalar(carrier, radius, along, side).mirrored()), MIRRORED_MODE.get(mode, mode), *turned]
        )
    return out


def fit_table(
    heads: list[ReferenceHead],
    count: int,
    ridge: float = RIDGE,
    only: str | None = None,
    samples: list[Sample] | None = None,
    layout: dict | None = None,
) -> dict:
    """The whole table: layout, hinge rule, and the rows of each shape."""
    table = {"layout": layout or average_layout(heads), "hinge": HINGE_RULE, "shapes": {}}
    scalars = all_weights()
    index = {s: k for k, s in enumerate(scalars)}
    mirror = np.array([index[s.mirrored()] for s in scalars])
    samples = samples or [Sample(h, table, scalars) for h in heads]
    for shape in sorted({n for s in samples for n in s.targets}):
        if shape.endswith("Right") or (only and not re.match(only, shape)) or shape == "tongueOut":
            continue
        problem = ShapeProblem(shape, samples, mirror)
        if problem.symmetric:
            problem.paired(mirror)
        rows = rows_of(problem, *choose(problem, int(count * MORE_FIELDS.get(shape, 1.0)), ridge), scalars, mirror)
        table["shapes"][shape] = rows
        if not problem.symmetric:
            table["shapes"][mirrored_shape(shape)] = mirror_rows(rows)
    table["peaks"] = {shape: average_peak(samples, shape) for shape in table["shapes"]}
    return table


def average_peak(samples: list[Sample], shape: str) -> float:
    """The largest motion of the skin; each artist counts once."""
    found: dict[str, list[float]] = {}
    for s in samples:
        if shape in s.targets:
            found.setdefault(s.artist, []).append(float(np.linalg.norm(s.targets[shape][s.scored], axis=1).max()))
    return round(float(np.mean([np.mean(v) for v in found.values()])), 4)


def main() -> None:
    """Fits and writes the table."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("heads", type=Path)
    ask.add_argument("--count", type=int, default=COUNT)
    ask.add_argument("--leave-out", default="")
    ask.add_argument("--out", type=Path, default=Path("livelink_blender/core/shapes/making/fields.json"))
    a = ask.parse_args()
    heads = [read_head(p) for p in sorted(a.heads.glob("*.npz"))]
    layout = average_layout(heads)
    table = fit_table([h for h in [*heads, *own_heads()] if h.artist != a.leave_out], a.count, layout=layout)
    a.out.write_text(json.dumps(table, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{a.out}: {sum(len(r) for r in table['shapes'].values())} fields, {a.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
