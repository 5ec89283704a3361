# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The head's form as one signed distance: skull, face, jaw, nose and neck, blended. Left half; x counts as |x|."""

from __future__ import annotations

import numpy as np

from . import signed_distance as sd
from .identity import Proportions


def form_distance(shape: Proportions) -> sd.Distance:
    """The signed distance of the whole form for these proportions."""

    def distance(points: np.ndarray) -> np.ndarray:
        """Signed distance of mirrored points."""
        local = _untapered(points, shape)
        body = _skull(local, shape)
        body = _face(body, local, shape)
        body = _jaw(body, local, shape)
        body = sd.unite(body, _neck(local, shape), 0.16)
        body = _orbit(body, local, shape)
        return _nose(body, local, shape)

    return distance


def _untapered(points: np.ndarray, shape: Proportions) -> np.ndarray:
    """Points in the space of the form before the face is made slimmer downwards."""
    local = points.copy()
    local[:, 0] = np.abs(local[:, 0])
    low = np.clip((-0.35 - local[:, 1]) / 0.9, 0.0, 1.0)
    front = np.clip((local[:, 2] + 1.3) / 0.6, 0.0, 1.0)
    local[:, 0] *= 1.0 + shape.taper * low * low * (3.0 - 2.0 * low) * front
    return local


def _skull(points: np.ndarray, shape: Proportions) -> np.ndarray:
    """Cranium, occiput and forehead."""
    body = sd.ellipsoid(points, (0, 0.36, -1.14), (1.18 * shape.width, 1.36, 1.54))
    temple = sd.ellipsoid(points, (1.42 * shape.width, 0.14, -0.14), (0.28, 0.48, 0.46))
    return sd.carve(body, temple, 0.44)


def _face(body: np.ndarray, points: np.ndarray, shape: Proportions) -> np.ndarray:
    """Front of the face: mask, brow, cheeks, cheekbones and the bulge of the teeth."""
    width = shape.width
    body = sd.unite(body, sd.ellipsoid(points, (0, -0.44, -0.66), (1.03 * width, 1.12, 0.98)), 0.25)
    brow = sd.round_cone(points, (0.0, 0.40, 0.24), (0.62 * width, 0.385, 0.12), 0.145, 0.115)
    body = sd.unite(body, brow, shape.brow_blend)
    bone = sd.ellipsoid(points, (0.72 * width, -0.32, -0.27), (0.25, 0.18, 0.345))
    body = sd.unite(body, bone, 0.30)
    cheek = sd.ellipsoid(points, (0.44 * width, -0.56, -0.03), (0.32, 0.34, 0.235 * shape.cheek))
    body = sd.unite(body, cheek, 0.30)
    lower = sd.ellipsoid(points, (0.40 * width, -0.97, -0.27), (0.41, 0.46, 0.435 * shape.cheek))
    body = sd.unite(body, lower, 0.32)
    muzzle = sd.ellipsoid(points, (0, -1.0, 0.07), (0.50, 0.46, 0.45))
    return sd.unite(body, muzzle, 0.28)


def _jaw(body: np.ndarray, points: np.ndarray, shape: Proportions) -> np.ndarray:
    """Rami, body of the jaw, chin and the crease above it."""
    corner = (0.72 * shape.jaw_width, -1.02, -0.66)
    ramus = sd.round_cone(points, (0.84 * shape.width, -0.30, -0.95), corner, 0.18, 0.20)
    body = sd.unite(body, ramus, 0.35)
    bar = sd.round_cone(points, corner, (0.18 * shape.chin_width, -1.40, 0.12), 0.20, 0.205)
    body = sd.unite(body, bar, 0.34)
    chin_centre = (0, -1.43 - 0.06 * shape.chin, 0.20 + 0.03 * shape.chin)
    chin = sd.ellipsoid(points, chin_centre, (0.25 * shape.chin_width, 0.20, 0.22))
    body = sd.unite(body, chin, 0.18)
    floor = sd.ellipsoid(points, (0, -1.25, -0.30), (0.52, 0.36, 0.62))
    body = sd.unite(body, floor, 0.25)
    crease = sd.ellipsoid(points, (0, -1.225, 0.61), (0.30, 0.07, 0.12))
    return sd.carve(body, crease, 0.14)


def _neck(points: np.ndarray, shape: Proportions) -> np.ndarray:
    """A slightly leaning column with a hint of the throat."""
    lean = (points[:, 1] + 1.2) * 0.10
    local = points - np.column_stack([0 * lean, 0 * lean, lean])
    local = local / np.array([1.0, 1.0, 1.03])
    girth = shape.neck
    column = sd.round_cone(local, (0, -0.7, -1.24), (0, -3.4, -1.24), 0.62 * girth, 0.70 * girth)
    if shape.throat <= 0.0:
        return column
    throat = sd.ellipsoid(local, (0, -2.02, -0.60 + 0.02 * shape.throat), (0.11, 0.17, 0.10))
    return sd.unite(column, throat, 0.20)


def _orbit(body: np.ndarray, points: np.ndarray, shape: Proportions) -> np.ndarray:
    """Eye sockets hollowed out, then filled again by the ball grown by the lids' thickness."""
    hollow = sd.ellipsoid(points, (0.50, -0.01, 0.36), (0.36, 0.215, 0.17))
    body = sd.carve(body, hollow, 0.16)
    lids = np.linalg.norm(points - shape.eye_centre, axis=1) - shape.lid_radius
    return sd.unite(body, lids, 0.10)


def _nose(body: np.ndarray, points: np.ndarray, shape: Proportions) -> np.ndarray:
    """Bridge, tip, wings and the column between the nostrils."""
    low, wide = shape.nose_drop, shape.nose_width
    bridge = sd.round_cone(points, (0, 0.16, 0.24), (0, -0.38 - low, 0.525), 0.074, 0.080 * wide)
    body = sd.unite(body, bridge, 0.15)
    side = sd.round_cone(points, (0.02, 0.0, 0.15), (0.07 * wide, -0.44 - low, 0.385), 0.085, 0.108)
    body = sd.unite(body, side, 0.14)
    tip = sd.ellipsoid(points, (0, -0.45 - low, 0.60), (0.096 * wide, 0.092, 0.108))
    body = sd.unite(body, tip, 0.075)
    wing = sd.ellipsoid(points, (0.118 * wide, -0.525 - low, 0.46), (0.066, 0.074, 0.110))
    body = sd.unite(body, wing, 0.04)
    crease = sd.round_cone(points, (0.175 * wide, -0.44 - low, 0.46), (0.215 * wide, -0.56 - low, 0.375), 0.004, 0.006)
    body = sd.carve(body, crease, 0.06)
    column = sd.round_cone(points, (0, -0.535 - low, 0.60), (0, -0.60 - low, 0.44), 0.042, 0.055)
    body = sd.unite(body, column, 0.05)
    if shape.age > 0.0:
        fold = sd.round_cone(points, (0.21 * wide, -0.58 - low, 0.46), (0.40, -0.96, 0.42), 0.02, 0.03)
        body = sd.carve(body, fold, 0.02 + 0.07 * shape.age)
    groove = sd.round_cone(points, (0, -0.68 - low, 0.585), (0, -0.86, 0.635), 0.035, 0.05)
    return sd.carve(body, groove, 0.07)
