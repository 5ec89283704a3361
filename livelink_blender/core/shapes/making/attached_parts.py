# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is not skin: eyes that turn, teeth and tongue that go with the jaw, brows and lashes that ride on the skin."""

from __future__ import annotations

import numpy as np

from ...smoothstep import smoothstep_between
from ..head_mesh import ROLES, Parts
from .contact import best_sphere, curve_at
from .fields import JAW_ANGLE, FaceFields, turn_about_x

EYE_ANGLES = {
    "Up": -14.0,
    "Down": 16.0,
    "In": -18.0,
    "Out": 18.0,
}  # degrees; about x for up and down, about y for the left eye
JAW_SHIFT = {"jawForward": (0.0, 0.0, 0.144), "jawLeft": (0.115, 0.0, 0.04), "jawRight": (-0.115, 0.0, 0.04)}
TONGUE_REACH = 0.5
PAST_LIPS = 0.12  # how far a tongue is seen before the lips, however long the snout
CHIN_REACH = 0.12
GUM = 0.05
NEAREST = 4
IN_BALL = 1.25  # radii: a cornea bulges, but no eyelash ends so near
ON_AXIS = 0.6  # radii
FLAT = 0.6  # half an eye's width in radii: below, it is a plate that slides, no ball that turns
MOST_SKIN = 4000


def role_mask(parts: Parts, *names: str) -> np.ndarray:
    """Vertices of any of these roles."""
    return np.isin(parts.role, [ROLES.index(name) for name in names])


def rigid_rest(rest: np.ndarray, moved: np.ndarray) -> float:
    """The share of a motion that no rigid motion explains, in percent."""
    a, b = rest - rest.mean(0), rest + moved - (rest + moved).mean(0)
    u, _, vt = np.linalg.svd(a.T @ b)
    turn = vt.T @ np.diag([1, 1, np.sign(np.linalg.det(vt.T @ u.T))]) @ u.T
    return 100.0 * float(
        np.linalg.norm(a @ turn.T - b, axis=1).mean() / max(np.linalg.norm(moved, axis=1).mean(), 1e-9)
    )


def turn_eyes(shape: str, similar: np.ndarray, parts: Parts, out: np.ndarray) -> None:
    """Writes the turn (or, for eyes that are no balls, the slide) of the eye a gaze shape moves."""
    if not shape.startswith("eyeLook"):
        return
    side = "left" if shape.endswith("Left") else "right"
    eye = role_mask(parts, "eye_" + side)
    if eye.sum() < 4:
        return
    way = shape[len("eyeLook") :].removesuffix("Left").removesuffix("Right")
    angle = np.radians(EYE_ANGLES[way])
    centre, radius = best_sphere(similar[eye], parts.piece[eye])
    with_eye = eye | role_mask(parts, "eye_shell_" + side) | inside_ball(similar, parts, centre, radius)
    uneven = np.median(np.abs(np.linalg.norm(similar[eye] - centre, axis=1) - radius)) / max(radius, 1e-9)
    axis = 0 if way in ("Up", "Down") else 1
    angle = -angle if axis == 1 and side == "right" else angle
    wide = np.ptp(similar[eye], axis=0) / 2
    if uneven > 0.12 or radius > 1.0 or wide[:2].max() < FLAT * radius:
        half = wide[1 - axis]
        out[with_eye, 1 - axis] = np.sin(angle) * 0.6 * half * (-1 if axis == 0 else 1)
    else:
        out[with_eye] = _turn(similar[with_eye] - centre, axis, angle)


def inside_ball(similar: np.ndarray, parts: Parts, centre: np.ndarray, radius: float) -> np.ndarray:
    """Pieces that lie wholly in an eyeball, whatever they are taken for: iris, pupil, an inner shell."""
    loose = role_mask(parts, "lashes", "brow", "other")
    near = loose & (np.linalg.norm(similar - centre, axis=1) < IN_BALL * radius)
    pieces = {p: parts.piece == p for p in np.unique(parts.piece[near])}
    whole = [p for p, own in pieces.items() if near[own].mean() > 0.9 and _on_axis(similar[own], centre, radius)]
    return loose & np.isin(parts.piece, whole)


def _on_axis(piece: np.ndarray, centre: np.ndarray, radius: float) -> bool:
    """Whether a piece is in the middle of the eye, as an iris is, and not in its corner."""
    return bool(np.linalg.norm(piece[:, :2].mean(0) - centre[:2]) < ON_AXIS * radius)


def _turn(rel: np.ndarray, axis: int, angle: float) -> np.ndarray:
    """Displacements of a turn about the x or y axis through the origin."""
    if axis == 0:
        return turn_about_x(rel, np.zeros(3), angle)
    c, s = np.cos(angle), np.sin(angle)
    return np.stack(
        [rel[:, 0] * (c - 1) + rel[:, 2] * s, np.zeros(len(rel)), -rel[:, 0] * s + rel[:, 2] * (c - 1)], axis=1
    )


def move_jaw(shape: str, fields: FaceFields, parts: Parts, size: float, out: np.ndarray) -> None:
    """Lower teeth and tongue go with the jaw as one rigid body, as far as the chin's skin goes."""
    below = role_mask(parts, "teeth_lower", "tongue")
    if shape == "jawOpen":
        out[below] = turn_about_x(fields.similar_all[below], fields.hinge, chin_angle(fields, out[fields.ids], size))
    elif shape in JAW_SHIFT:
        out[below] = np.array(JAW_SHIFT[shape]) * size


def chin_angle(fields: FaceFields, opened: np.ndarray, size: float) -> float:
    """The turn about the hinge that explains best how the skin of the chin moves."""
    near = (fields.nearest("chin")[0] < CHIN_REACH**2) | (fields.nearest("chin_crease")[0] < CHIN_REACH**2)
    before = (fields.similar[near] - fields.hinge)[:, 1:]
    after = before + opened[near][:, 1:]
    turn = (before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0]).sum()
    along = (before * after).sum()
    return float(np.arctan2(turn, along)) if near.sum() > 3 else JAW_ANGLE * size


def tongue_out(similar: np.ndarray, parts: Parts, size: float, out: np.ndarray, lips: float = -np.inf) -> None:
    """The tongue stretches forward from its root, a little down at the tip, and past the lips at the depth `lips`."""
    tongue = np.flatnonzero(role_mask(parts, "tongue"))
    if not len(tongue):
        return
    free = _free_of_gums(similar[tongue], similar[role_mask(parts, "teeth_lower")])
    depth = similar[tongue, 2]
    root, tip = depth[free > 0].min(initial=np.inf), depth[free > 0].max(initial=-np.inf)
    along = np.clip((depth - root) / max(float(tip - root), 1e-9), 0.0, 1.0)
    share = (0.3 + 0.7 * along) * free
    far = share > 0.3
    needed = (lips + PAST_LIPS - depth[far]) / share[far]
    out[tongue, 2] = max(TONGUE_REACH * size, float(needed.min(initial=np.inf)) if far.any() else 0.0) * share
    out[tongue, 1] = -0.06 * size * along**2 * free


def _free_of_gums(tongue: np.ndarray, teeth: np.ndarray) -> np.ndarray:
    """1 for a tongue of its own; for one modelled in one piece with the gums, 0 near the teeth."""
    teeth = teeth[:: max(1, len(teeth) // 1500)]
    if len(teeth) < 8:
        return np.ones(len(tongue))
    blocks = [tongue[k : k + 1024] for k in range(0, len(tongue), 1024)]
    near = np.concatenate([np.linalg.norm(b[:, None] - teeth[None], axis=2).min(axis=1) for b in blocks])
    return smoothstep_between(near, GUM, 2.5 * GUM) if (near < GUM).mean() > 0.25 else np.ones(len(tongue))


def lash_rims(fields: FaceFields, parts: Parts, inside: np.ndarray) -> list[tuple[np.ndarray, str, np.ndarray]]:
    """For each piece of lashes (but what is `inside` an eye): its vertices, its rim, their places along that rim."""
    out = []
    lashes = role_mask(parts, "lashes") & ~inside
    rims = {
        name: fields.similar_all[rim]
        for name, rim in fields.points.rims.items()
        if name.startswith("lid") and len(rim) > 2
    }
    if not rims or not lashes.any():
        return out
    for piece in np.unique(parts.piece[lashes]):
        ids = np.flatnonzero(lashes & (parts.piece == piece))
        for half in (ids[fields.similar_all[ids, 0] > 0], ids[fields.similar_all[ids, 0] <= 0]):
            if len(half):
                out += _split_by_rim(fields.similar_all[half], half, rims)
    return out


def _split_by_rim(
    points: np.ndarray, ids: np.ndarray, rims: dict[str, np.ndarray]
) -> list[tuple[np.ndarray, str, np.ndarray]]:
    """The rim whose skin the roots touch; a piece that goes all the way round the eye is split by height."""
    side = "left" if points[:, 0].mean() > 0 else "right"
    names = [n for n in (f"lid_upper_{side}", f"lid_lower_{side}") if n in rims]
    if not names:
        return []
    far = {n: np.linalg.norm(points[:, None] - rims[n][None], axis=2) for n in names}
    near = {n: np.quantile(far[n].min(axis=1), 0.25) for n in names}
    best = min(names, key=near.get)
    if len(names) == 2 and max(near.values()) < 1.6 * min(near.values()) + 1e-6:
        upper = far[names[0]].min(axis=1) <= far[names[1]].min(axis=1)
        chosen = [(names[0], upper), (names[1], ~upper)]
    else:
        chosen = [(best, np.ones(len(ids), bool))]
    return [(ids[mask], n, _place(far[n][mask], rims[n])) for n, mask in chosen if mask.any()]


def _place(far: np.ndarray, rim: np.ndarray) -> np.ndarray:
    """Where along the rim the nearest places are, blended over the two nearest vertices."""
    steps = np.linalg.norm(np.diff(rim, axis=0), axis=1)
    length = np.concatenate([[0.0], np.cumsum(steps)]) / max(steps.sum(), 1e-12)
    near = np.argsort(far, axis=1, kind="stable")[:, :2]
    weight = 1.0 / (np.take_along_axis(far, near, 1) + 1e-6)
    return (length[near] * weight).sum(1) / weight.sum(1)


def ride_on_lids(lashes: list, fields: FaceFields, moved_all: np.ndarray) -> None:
    """Lashes take the motion of the rim they grow on."""
    for ids, name, place in lashes:
        rim = fields.points.rims[name]
        points = fields.similar_all[rim]
        steps = np.linalg.norm(np.diff(points, axis=0), axis=1)
        length = np.concatenate([[0.0], np.cumsum(steps)]) / max(steps.sum(), 1e-12)
        grid = np.stack([np.interp(np.linspace(0, 1, 65), length, moved_all[rim][:, k]) for k in range(3)], axis=1)
        moved_all[ids] = curve_at(grid, place)


def skin_below(fields: FaceFields, attached: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each attached vertex, the nearest skin vertices (indices into `fields.ids`) and their weights."""
    points = fields.similar_all[attached]
    low, high = points.min(0) - 0.3, points.max(0) + 0.3
    near = np.flatnonzero(((fields.similar > low) & (fields.similar < high)).all(1))
    near = near[:: max(1, len(near) // MOST_SKIN)]
    chosen, weight = np.zeros((len(attached), NEAREST), np.int64), np.zeros((len(attached), NEAREST))
    if len(near) < NEAREST:
        return chosen, weight
    for start in range(0, len(attached), 2048):
        part = points[start : start + 2048]
        squared = (
            (part**2).sum(1)[:, None] + (fields.similar[near] ** 2).sum(1)[None] - 2 * part @ fields.similar[near].T
        ).clip(1e-10)
        pick = np.argpartition(squared, NEAREST, axis=1)[:, :NEAREST]
        chosen[start : start + 2048] = near[pick]
        weight[start : start + 2048] = 1.0 / np.take_along_axis(squared, pick, 1)
    return chosen, weight / weight.sum(1, keepdims=True)
