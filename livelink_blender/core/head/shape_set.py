# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""All shapes of the skin: made on the left half, brought to size, parted into left and right, mirrored exactly."""

from __future__ import annotations

import numpy as np

from ..smoothstep import smoothstep
from .handles import HalfFace
from .jaw_shapes import jaw_shapes
from .mouth_shapes import mouth_shapes
from .relaxing import Unfolder
from .rings import EYE_LASH, MOUTH_CONTACT
from .skin import HalfSkin
from .upper_shapes import lid_shapes, upper_shapes
from .whole_skin import whole_values

PEAKS = {
    "browDown": 0.111,
    "browInnerUp": 0.095,
    "browOuterUp": 0.128,
    "cheekPuff": 0.233,
    "cheekSquint": 0.127,
    "noseSneer": 0.122,
    "eyeSquint": 0.06,
    "eyeWide": 0.059,
    "eyeLookDown": 0.093,
    "eyeLookUp": 0.051,
    "eyeLookIn": 0.028,
    "eyeLookOut": 0.0287,
    "jawForward": 0.162,
    "jawSide": 0.14,
    "mouthSmile": 0.282,
    "mouthFrown": 0.106,
    "mouthDimple": 0.138,
    "mouthStretch": 0.155,
    "mouthLowerDown": 0.0785,
    "mouthUpperUp": 0.1206,
    "mouthFunnel": 0.187,
    "mouthPucker": 0.172,
    "mouthShrugLower": 0.149,
    "mouthShrugUpper": 0.0946,
    "mouthPress": 0.104,
    "mouthSide": 0.24,
}
"""Largest motion in eye distances; shapes made of contact (blink, open, close, rolls) are as large as contact asks."""

MIDDLE = ("jawOpen", "jawForward", "mouthClose", "mouthFunnel", "mouthPucker", "mouthRollLower", "mouthRollUpper")
MIDDLE += ("mouthShrugLower", "mouthShrugUpper", "browInnerUp", "cheekPuff")
SIDES = {"jawSide": ("jawLeft", "jawRight"), "mouthSide": ("mouthLeft", "mouthRight")}
DEAD = 2.5e-4  # motion below this is none


def skin_shapes(face: HalfFace) -> dict[str, np.ndarray]:
    """(n, 3) displacements of the whole skin by ARKit name; tongueOut, which moves no skin, is left out."""
    half = face.half
    made = {**lid_shapes(face), **upper_shapes(face), **jaw_shapes(face), **mouth_shapes(face)}
    shapes: dict[str, np.ndarray] = {}
    unfolder, pinned = Unfolder(half.points, half.lattice.quads, half.midline), _pinned(face)
    for name, motion in made.items():
        motion = _sized(name, _quieted(face, motion))
        if name == "mouthClose":  # it is seen over an open jaw
            motion = unfolder.even(made["jawOpen"] + motion, pinned) - made["jawOpen"]
        motion = made[name] = unfolder.even(motion, pinned)
        if name in MIDDLE:
            shapes[name] = whole_values(motion, half.midline, True)
        elif name in SIDES:
            shapes.update(_both_sides(name, motion, half))
        else:
            shapes.update(_parted(name, motion, half))
    # Rounded, for the linear algebra's last bits differ from run to run; no negative noughts.
    return {name: np.round(motion, 7) + 0.0 for name, motion in shapes.items()}


def _quieted(face: HalfFace, motion: np.ndarray) -> np.ndarray:
    """No motion outside the face, and none that nobody could see."""
    quiet = np.zeros_like(motion)
    quiet[face.free] = motion[face.free] * _edge(face)[:, None]
    size = np.linalg.norm(quiet, axis=1)
    fade = np.clip((size - DEAD) / (3.0 * DEAD), 0.0, 1.0)
    return quiet * fade[:, None]


def _pinned(face: HalfFace) -> np.ndarray:
    """Vertices whose motion stays where turned-over triangles are smoothed: contacts, midline, all that is still."""
    pinned = np.ones(len(face.points), bool)
    pinned[face.free] = _edge(face) < 0.05
    pinned[face.mouth[MOUTH_CONTACT]] = True
    pinned[face.eye[EYE_LASH:].ravel()] = True
    pinned[face.half.midline] = True
    return pinned


def _edge(face: HalfFace) -> np.ndarray:
    """Fades towards ears, scalp and the base of the neck, so that still and moving skin meet softly."""
    _x, y, z = face.points[face.free].T
    inside = np.minimum(np.minimum((0.95 - y) / 0.25, (y + 2.35) / 0.45), (z + 0.86) / 0.30)
    return np.clip(inside, 0.0, 1.0)


def _sized(name: str, motion: np.ndarray) -> np.ndarray:
    """The motion with the measured peak, where there is one."""
    if name not in PEAKS:
        return motion
    peak = np.linalg.norm(motion, axis=1).max()
    return motion * (PEAKS[name] / peak)


def _parted(name: str, motion: np.ndarray, half: HalfSkin) -> dict[str, np.ndarray]:
    """A motion alike on both sides, parted into a left and a right shape whose sum it is."""
    whole = whole_values(motion, half.midline, True)
    x = whole_values(half.points, half.midline, True)[:, 0]
    share = np.clip(0.5 + x / 0.30, 0.0, 1.0)
    left = smoothstep(share)
    return {name + "Left": whole * left[:, None], name + "Right": whole * (1.0 - left)[:, None]}


def _both_sides(name: str, motion: np.ndarray, half: HalfSkin) -> dict[str, np.ndarray]:
    """A motion to the left, and its mirror image to the right."""
    off = np.setdiff1d(np.arange(len(motion)), half.midline)
    if name == "jawSide":
        signs = np.array([1.0, 1.0, 1.0])
    else:
        signs = np.array([1.0, -1.0, -1.0])
    other = motion[off] * signs
    left_name, right_name = SIDES[name]
    flip = np.array([-1.0, 1.0, 1.0])
    middle = motion * flip
    right = middle.copy()
    right[off] = other * flip
    return {left_name: np.concatenate([motion, other]), right_name: np.concatenate([right, motion[off] * flip])}
