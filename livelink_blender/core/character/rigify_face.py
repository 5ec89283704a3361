# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How far the control bones of a generated Rigify face move for each shape, so that a face without keys moves too.

Sizes follow the peaks that artists give the shapes. "@" stands for a side; x points away from the middle there, and to
the character's left in rows without it. A shape without "@" moves "@" bones of both sides.
"""

from __future__ import annotations

from dataclasses import dataclass

Move = tuple[float, float, float]  # outward (or left), up, forward


@dataclass(frozen=True, slots=True)
class BoneMove:
    """One control bone, moved for one shape by a vector (left, up, forward) in a unit of the face."""

    shape: str
    bone: str
    move: Move
    unit: str  # "face": between the eyes; "gap": between the lids; "gaze": from the eye to what it looks at


RIGIFY_MARKS = ("jaw_master", "lips.L", "lip.T", "lid.T.L.002", "lid.B.L.002", "brow.T.L.003", "master_eye.L", "eye.L")
"""Bones that only a generated Rigify face has all of."""

_ROWS: tuple[tuple[str, str, Move, str], ...] = (
    ("eyeBlink@", "lid.T.@.002", (0, -0.85, 0.05), "gap"),
    ("eyeBlink@", "lid.B.@.002", (0, 0.15, 0), "gap"),
    ("eyeWide@", "lid.T.@.002", (0, 0.3, 0), "gap"),
    ("eyeSquint@", "lid.B.@.002", (0, 0.4, 0), "gap"),
    ("eyeSquint@", "lid.T.@.002", (0, -0.1, 0), "gap"),
    ("eyeLookIn@", "eye.@", (-0.45, 0, 0), "gaze"),
    ("eyeLookOut@", "eye.@", (0.45, 0, 0), "gaze"),
    ("eyeLookUp@", "eye.@", (0, 0.35, 0), "gaze"),
    ("eyeLookDown@", "eye.@", (0, -0.35, 0), "gaze"),
    ("jawForward", "jaw_master", (0, 0, 0.14), "face"),
    ("mouthClose", "lip.B", (0, 0.48, 0.2), "face"),  # brings the lip back up when the jaw has turned by 25 degrees
    ("mouthFunnel", "lips.@", (-0.1, 0, 0.08), "face"),
    ("mouthFunnel", "lip.T", (0, 0.04, 0.1), "face"),
    ("mouthFunnel", "lip.B", (0, -0.06, 0.1), "face"),
    ("mouthPucker", "lips.@", (-0.16, 0, 0.06), "face"),
    ("mouthPucker", "lip.T", (0, 0, 0.1), "face"),
    ("mouthPucker", "lip.B", (0, 0, 0.1), "face"),
    *(("mouthLeft", bone, (0.1, 0, 0), "face") for bone in ("lips.L", "lips.R", "lip.T", "lip.B")),
    *(("mouthRight", bone, (-0.1, 0, 0), "face") for bone in ("lips.L", "lips.R", "lip.T", "lip.B")),
    ("mouthSmile@", "lips.@", (0.1, 0.14, -0.05), "face"),
    ("mouthSmile@", "cheek.T.@.001", (0, 0.04, 0), "face"),
    ("mouthFrown@", "lips.@", (0.02, -0.12, 0), "face"),
    ("mouthDimple@", "lips.@", (0.07, 0, -0.06), "face"),
    ("mouthStretch@", "lips.@", (0.13, -0.03, -0.04), "face"),
    ("mouthRollLower", "lip.B", (0, 0.03, -0.06), "face"),
    ("mouthRollUpper", "lip.T", (0, -0.03, -0.06), "face"),
    ("mouthShrugLower", "lip.B", (0, 0.07, 0.03), "face"),
    ("mouthShrugLower", "chin", (0, 0.06, 0), "face"),
    ("mouthShrugUpper", "lip.T", (0, 0.06, 0.02), "face"),
    ("mouthPress@", "lip.T.@.001", (0, -0.03, 0), "face"),
    ("mouthPress@", "lip.B.@.001", (0, 0.03, 0), "face"),
    ("mouthLowerDown@", "lip.B.@.001", (0, -0.1, 0.01), "face"),
    ("mouthUpperUp@", "lip.T.@.001", (0, 0.1, 0), "face"),
    ("browDown@", "brow.T.@.002", (0, -0.1, 0), "face"),
    ("browDown@", "brow.T.@.003", (-0.03, -0.12, 0), "face"),
    ("browInnerUp", "brow.T.@.003", (0, 0.15, 0), "face"),
    ("browOuterUp@", "brow.T.@.001", (0, 0.14, 0), "face"),
    ("browOuterUp@", "brow.T.@.002", (0, 0.12, 0), "face"),
    ("cheekPuff", "cheek.B.@.001", (0.1, 0, 0.05), "face"),
    ("cheekSquint@", "cheek.T.@.001", (0, 0.08, 0.02), "face"),
    ("noseSneer@", "nose.@.001", (0.01, 0.06, 0), "face"),
    ("tongueOut", "tongue_master", (0, 0, 0.4), "face"),
)


def rigify_moves() -> list[BoneMove]:
    """All moves, both sides written out."""
    moves = []
    for shape, bone, (x, up, forward), unit in _ROWS:
        if "@" not in bone:
            moves.append(BoneMove(shape, bone, (x, up, forward), unit))
            continue
        for letter, word, sign in (("L", "Left", 1.0), ("R", "Right", -1.0)):
            moves.append(BoneMove(shape.replace("@", word), bone.replace("@", letter), (sign * x, up, forward), unit))
    return moves
