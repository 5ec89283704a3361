# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The check of a head before its shapes are made: what is missing or odd, in plain words, with a next step each."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ..finding.frame import EYES, is_flat
from ..finding.openings import border_loops
from ..finding.pieces import Surface, build_surface
from ..finding.relief import fit_here
from ..head_mesh import ROLES, SIDE_POINTS, FaceFrame, HeadMesh, Parts, Points, frame_of_points

HINT, WARNING, STOP = "hint", "warning", "stop"
_SMALLEST, _LARGEST = 0.01, 1.0  # metres between the eyes; a person has 0.063
_LOPSIDED = 0.06  # face units
_MOST_UNSURE = 0.8  # of the points, where neither lids nor lips have rims
_LEAST_RELIEF = 0.35  # a smooth ball is below this, a statue with closed eyes and lips above

_TEXTS = {
    "no_skin": (
        STOP,
        "No face was found in this mesh. "
        "Choose the object that holds the face, or correct the parts.",
    ),
    "no_face": (
        STOP,
        "This does not look like a face: neither eyes nor a mouth were found. "
        "Select one whole head, or set the points by hand.",
    ),
    "no_eyes": (
        HINT,
        "No eyeballs were found. "
        "The lids will close over the eye opening; add eyes or mark them in Parts.",
    ),
    "flat_eyes": (
        HINT,
        "The eyes are flat or oval, so they cannot turn. "
        "Gaze will slide them; use round balls to turn.",
    ),
    "no_lids": (
        WARNING,
        "The eyes have no opening, so they cannot blink. "
        "Open the lids in the mesh, or go on without.",
    ),
    "sealed_lips": (
        WARNING,
        "The lips are sealed, so the mouth cannot open. "
        "Use 'Open the mouth here', or go on without.",
    ),
    "no_bag": (
        HINT,
        "There is nothing behind the lips, so an open mouth shows a hole. "
        "Add a mouth bag, or go on.",
    ),
    "no_teeth": (
        HINT,
        "No teeth were found. "
        "jawOpen will move the jaw only; mark them in Parts if there are some.",
    ),
    "no_tongue": (
        HINT,
        "No tongue was found, so tongueOut will stay empty. "
        "Add one, or mark it in Parts.",
    ),
    "holes": (
        WARNING,
        "Holes in the skin, besides eyes, mouth and neck: {count}. "
        "Fill what shows when it moves.",
    ),
    "non_manifold": (
        WARNING,
        "Edges with more than two faces: {count}. "
        "Shapes may tear there; clean the mesh up if so.",
    ),
    "split_vertices": (
        HINT,
        "Vertices that are split copies in one place: {count}. "
        "They will move as one; nothing to do.",
    ),
    "asymmetric": (
        HINT,
        "The face is not symmetric (by {share} % of the eye distance). "
        "Check the points on both sides.",
    ),
    "body": (
        HINT,
        "A body is attached. "
        "Only the face will move; nothing to do.",
    ),
    "tiny": (
        HINT,
        "The head is very small ({size:.2g} m between the eyes). "
        "Check the scale of the scene.",
    ),
    "huge": (
        HINT,
        "The head is very large ({size:.2g} m between the eyes). "
        "Check the scale of the scene.",
    ),
    "unsure_points": (
        WARNING,
        "Unsure points: {count}. "
        "Look at the red ones in Points and drag those that are wrong.",
    ),
}


@dataclass
class Finding:
    """One thing about a head: what kind, one sentence and a next step, how grave, and where (mesh vertices)."""

    kind: str
    text: str
    severity: str
    vertices: np.ndarray = field(default_factory=lambda: np.empty(0, np.int64))


def check_mesh(mesh: HeadMesh, parts: Parts, points: Points) -> list[Finding]:
    """Everything worth saying about the head, gravest first."""
    skin = parts.role == ROLES.index("skin")
    if skin.sum() < 50:
        return [_finding("no_skin")]
    surface = build_surface(mesh)
    frame = frame_of_points(points)
    local = frame.to_face(mesh.points)
    if not _is_face(surface, frame, parts, points):
        return [_finding("no_face")]
    findings = [
        *_missing(mesh, parts),
        *_openings(surface, skin, local, points),
        *_mesh_faults(surface),
        *_proportions(local, skin, points, frame),
    ]
    order = (STOP, WARNING, HINT)
    return sorted(findings, key=lambda finding: order.index(finding.severity))


def _finding(kind: str, vertices=None, **figures) -> Finding:
    severity, text = _TEXTS[kind]
    return Finding(kind, text.format(**figures), severity, np.empty(0, np.int64) if vertices is None else vertices)


def _is_face(surface: Surface, frame: FaceFrame, parts: Parts, points: Points) -> bool:
    """Two eyes, or an opening of the face, or at least its relief; what a user placed by hand is believed."""
    eyes = all((parts.role == ROLES.index(name)).any() for name in EYES)
    placed = sum(value >= 1.0 for value in points.sure.values()) >= 4
    if placed or any(len(rim) for rim in points.rims.values()):
        return True
    if np.mean([value < 0.5 for value in points.sure.values()]) > _MOST_UNSURE:
        return False
    if eyes:
        return True
    return fit_here(frame.to_face(surface.points), surface.triangles) > _LEAST_RELIEF


def _missing(mesh: HeadMesh, parts: Parts) -> list[Finding]:
    """Eyes, teeth and tongue."""
    found = {name: parts.role == ROLES.index(name) for name in ROLES}
    answer = []
    if not all(found[name].any() for name in EYES):
        answer.append(_finding("no_eyes"))
    elif any(is_flat(mesh.points[found[name]]) for name in EYES):
        answer.append(_finding("flat_eyes", np.where(found["eye_left"] | found["eye_right"])[0]))
    if not (found["teeth_upper"].any() or found["teeth_lower"].any()):
        answer.append(_finding("no_teeth"))
    if not found["tongue"].any():
        answer.append(_finding("no_tongue"))
    return answer


def _openings(surface: Surface, skin: np.ndarray, local: np.ndarray, points: Points) -> list[Finding]:
    """Lids, lips, the bag behind them, and holes that are none of these."""
    answer = []
    if not all(len(points.rims[f"lid_upper_{side}"]) for side in ("left", "right")):
        answer.append(_finding("no_lids"))
    if not len(points.rims["lip_upper"]):
        answer.append(_finding("sealed_lips"))
    elif not _has_bag(local[skin], local[points.rims["lip_upper"]]):
        answer.append(_finding("no_bag", points.rims["lip_upper"].astype(np.int64)))
    holes = _other_holes(surface, skin, local, points)
    if holes:
        answer.append(_finding("holes", np.concatenate(holes), count=len(holes)))
    return answer


def _has_bag(skin: np.ndarray, lip: np.ndarray) -> bool:
    """Whether skin lies between and well behind the lips' corners."""
    low, high = lip.min(axis=0), lip.max(axis=0)
    behind = (skin[:, 0] > low[0]) & (skin[:, 0] < high[0]) & (np.abs(skin[:, 1] - lip[:, 1].mean()) < 0.35)
    behind &= (skin[:, 2] < low[2] - 0.15) & (skin[:, 2] > low[2] - 1.2)
    return int(behind.sum()) >= 8


def _other_holes(surface: Surface, skin: np.ndarray, local: np.ndarray, points: Points) -> list[np.ndarray]:
    """Border loops of the skin that are neither an opening of the face nor the cut of the neck."""
    at = local[surface.first]
    known = [at[surface.weld[rim]].mean(axis=0) for rim in points.rims.values() if len(rim)]
    holes = []
    for loop in border_loops(surface):
        middle, size = at[loop].mean(axis=0), float(np.ptp(at[loop], axis=0).max())
        if not skin[surface.first[loop[0]]] or middle[1] < -2.0 or size > 1.6:
            continue
        if not any(np.linalg.norm((middle - place) * [1, 1, 0.5]) < 0.35 for place in known):
            holes.append(surface.first[loop])
    return holes


def _mesh_faults(surface: Surface) -> list[Finding]:
    """Split vertices and edges with more than two faces."""
    answer = []
    if surface.joined:
        copies = np.bincount(surface.weld, minlength=len(surface.points))[surface.weld] > 1
        answer.append(_finding("split_vertices", np.where(copies)[0], count=surface.joined))
    if surface.crowded.any():
        answer.append(_finding("non_manifold", surface.first[np.unique(surface.edges[surface.crowded])],
                               count=int(surface.crowded.sum())))  # fmt: skip
    return answer


def _proportions(local: np.ndarray, skin: np.ndarray, points: Points, frame: FaceFrame) -> list[Finding]:
    """Asymmetry, a body, the scale, and points that want a look."""
    answer = []
    lopsided = _asymmetry(points, frame)
    if lopsided > _LOPSIDED:
        answer.append(_finding("asymmetric", share=round(100 * lopsided)))
    if local[skin, 1].min() < -5.0 or np.abs(local[skin, 0]).max() > 3.0:
        answer.append(_finding("body", np.where(skin & ((local[:, 1] < -3.2) | (np.abs(local[:, 0]) > 2.4)))[0]))
    if frame.unit < _SMALLEST or frame.unit > _LARGEST:
        answer.append(_finding("tiny" if frame.unit < _SMALLEST else "huge", size=frame.unit))
    unsure = sum(value < 0.5 for value in points.sure.values())
    if unsure:
        answer.append(_finding("unsure_points", count=unsure))
    return answer


def _asymmetry(points: Points, frame: FaceFrame) -> float:
    """Mean distance (face units) of the left points from the mirrored right ones; points in doubt do not count."""
    far = []
    for name in SIDE_POINTS:
        sides = f"{name}_left", f"{name}_right"
        if min(points.sure[side] for side in sides) >= 0.6:
            left, right = (frame.to_face(points.position[side][None])[0] for side in sides)
            far.append(np.linalg.norm(left - right * [-1, 1, 1]))
    return float(np.mean(far)) if far else 0.0
