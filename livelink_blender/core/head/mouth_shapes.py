# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lips: corners pulled, lips pushed, rolled, pressed. Motions of the left half; both sides alike until parted."""

from __future__ import annotations

import numpy as np

from .handles import LOWER, UPPER, HalfFace, Pull
from .rings import EYE_FOLD, LIP_STEPS, MOUTH_BORDER, MOUTH_CONTACT

LIPS = range(3, MOUTH_CONTACT + 3)
STILL = ((0.0, -0.44), (0.55, 0.40), (0.95, -0.3), (0.0, -0.1))


def mouth_shapes(face: HalfFace) -> dict[str, np.ndarray]:
    """Motions by name, without the endings Left and Right."""
    return {
        "mouthSmile": _smile(face),
        "mouthFrown": _frown(face),
        "mouthDimple": _dimple(face),
        "mouthStretch": _stretch(face),
        "mouthPress": _press(face),
        "mouthLowerDown": _lower_down(face),
        "mouthUpperUp": _upper_up(face),
        "mouthFunnel": _funnel(face),
        "mouthPucker": _pucker(face),
        "mouthRollLower": _roll_lower(face),
        "mouthRollUpper": _roll_upper(face),
        "mouthShrugLower": _shrug_lower(face),
        "mouthShrugUpper": _shrug_upper(face),
        "mouthSide": _side(face),
    }


def _blend(face: HalfFace, middle, corner, power: float = 1.5) -> np.ndarray:
    """(15, 3) motion along a lip from the midline's to the corner's."""
    share = face.along[: LIP_STEPS + 1, None] ** power
    return np.asarray(middle) * (1.0 - share) + np.asarray(corner) * share


def _quiet(face: HalfFace) -> Pull:
    """A pull that keeps eyes, brows and the nose's tip still."""
    return Pull(face).hold(face.eye[EYE_FOLD:].ravel()).hold_at(*STILL)


def _smile(face: HalfFace) -> np.ndarray:
    pull = _quiet(face)
    wide = _blend(face, (0.0, 0.0, -0.030), (0.155, 0.0, -0.100), 1.15)
    upper = wide + _blend(face, (0.0, 0.034, 0.0), (0.0, 0.215, 0.0), 2.1)
    lower = wide + _blend(face, (0.0, 0.024, 0.0), (0.0, 0.215, 0.0), 2.1)
    pull.lips(LIPS, upper, lower)
    pull.place(0.62, -0.52, (0.030, 0.120, 0.045)).place(0.46, -0.72, (0.070, 0.165, 0.035))
    pull.place(0.30, -0.62, (0.030, 0.070, 0.012)).place(0.56, -0.98, (0.110, 0.150, -0.030))
    pull.place(0.165, -0.52, (0.014, 0.018, 0.0)).place(0.0, -1.40, (0.0, -0.004, 0.0))
    pull.lid(EYE_FOLD, False, (0.0, 0.014, 0.008))
    return pull.hold_at((0.80, -0.30), (0.30, -1.45)).solve()


def _frown(face: HalfFace) -> np.ndarray:
    pull = _quiet(face)
    move = _blend(face, (0.0, 0.004, 0.0), (0.028, -0.100, -0.010), 2.2)
    pull.lips(LIPS, move, move)
    pull.place(0.45, -1.20, (0.020, -0.075, 0.0)).place(0.40, -0.76, (0.014, -0.046, -0.010)).place(
        0.46, -0.88, (0.018, -0.074, -0.012)
    )
    pull.place(0.0, -1.32, (0.0, 0.01, 0.01))
    return pull.hold_at((0.16, -0.52), (0.6, -0.5), (0.3, -1.50)).solve()


def _dimple(face: HalfFace) -> np.ndarray:
    pull = _quiet(face)
    move = _blend(face, (0.0, 0.004, -0.012), (0.082, 0.070, -0.070), 2.0)
    pull.lips(LIPS, move, move)
    pull.place(0.46, -1.00, (0.050, 0.050, -0.060)).place(0.55, -0.85, (0.030, 0.055, 0.012))
    return pull.hold_at((0.16, -0.52), (0.62, -0.5), (0.0, -1.42), (0.78, -1.0)).solve()


def _stretch(face: HalfFace) -> np.ndarray:
    pull = _quiet(face)
    upper = _blend(face, (0.0, 0.000, -0.020), (0.125, -0.045, -0.070), 1.3)
    lower = _blend(face, (0.0, -0.012, -0.022), (0.125, -0.045, -0.070), 1.3)
    pull.lips(LIPS, upper, lower)
    pull.place(0.52, -1.22, (0.110, -0.040, -0.060)).place(0.55, -0.95, (0.085, -0.020, -0.045)).place(
        0.30, -1.35, (0.05, -0.03, -0.01)
    )
    return pull.hold_at((0.16, -0.52), (0.6, -0.45), (0.0, -1.55)).solve()


def _press(face: HalfFace) -> np.ndarray:
    pull, mouth = _quiet(face), face.mouth
    corner = (0.046, 0.034, -0.004)
    for ring in range(3, MOUTH_CONTACT + 2):
        share = np.clip((MOUTH_CONTACT - ring) / (MOUTH_CONTACT - MOUTH_BORDER), 0.0, 1.15)
        lower = _blend(face, (0.0, 0.014 + 0.040 * share, -0.010 + 0.010 * share), corner, 2.0)
        upper = _blend(face, (0.0, 0.014 - 0.027 * share, -0.010), corner, 2.0)
        pull.at(mouth[ring][LOWER], lower[::-1]).at(mouth[ring][UPPER], upper)
    pull.place(0.36, -1.24, (0.045, 0.075, 0.024)).place(0.0, -1.30, (0.0, 0.045, 0.026)).place(
        0.50, -1.02, (0.046, 0.038, 0.006)
    )
    pull.place(0.46, -0.86, (0.044, 0.026, 0.012))
    return pull.hold_at((0.16, -0.52), (0.0, -0.70), (0.6, -0.5), (0.0, -1.52)).solve()


def _lower_down(face: HalfFace) -> np.ndarray:
    pull = _quiet(face)
    bow = np.sin(np.pi * np.clip(0.5 + 0.5 * face.along[: LIP_STEPS + 1], 0, 1))[:, None]
    share = (1.0 - face.along[: LIP_STEPS + 1, None] ** 3) * (0.85 + 0.3 * bow * face.along[: LIP_STEPS + 1, None])
    pull.lips(LIPS, np.zeros((LIP_STEPS + 1, 3)), share * [0.022, -0.074, -0.012])
    pull.place(0.15, -1.28, (0.020, -0.060, -0.012)).place(0.36, -1.22, (0.020, -0.045, -0.008))
    return pull.hold_at((0.0, -1.50), (0.6, -0.9), (0.0, -0.72), (0.35, -0.75)).solve()


def _upper_up(face: HalfFace) -> np.ndarray:
    pull = _quiet(face)
    along = face.along[: LIP_STEPS + 1, None]
    share = (1.0 - along**2.6) * (0.80 + 0.45 * np.exp(-(((along - 0.45) / 0.3) ** 2)))
    pull.lips(LIPS, share * [0.022, 0.098, 0.004], np.zeros((LIP_STEPS + 1, 3)))
    pull.place(0.26, -0.76, (0.024, 0.100, 0.012)).place(0.165, -0.52, (0.012, 0.036, 0.006)).place(
        0.36, -0.62, (0.02, 0.075, 0.025)
    )
    pull.place(0.0, -0.74, (0.0, 0.055, 0.0))
    return pull.hold_at((0.0, -1.25), (0.7, -0.6), (0.55, -1.0)).solve()


def _funnel(face: HalfFace) -> np.ndarray:
    pull, mouth = _quiet(face), face.mouth
    for ring in range(3, MOUTH_CONTACT + 2):
        inner = np.clip((ring - 3) / (MOUTH_CONTACT - 3), 0.0, 1.0)
        corner = (-0.105, -0.020, 0.110 + 0.02 * inner)
        upper = _blend(face, (0.0, 0.036 + 0.016 * inner, 0.100 + 0.050 * inner), corner, 1.8)
        lower = _blend(face, (0.0, -0.060 - 0.020 * inner, 0.105 + 0.055 * inner), corner, 1.8)
        pull.at(mouth[ring][LOWER], lower[::-1]).at(mouth[ring][UPPER], upper)
    pull.place(0.0, -1.24, (0.0, -0.075, 0.085)).place(0.0, -0.74, (0.0, 0.012, 0.06)).place(
        0.44, -1.0, (-0.085, -0.02, 0.07)
    )
    return pull.hold_at((0.16, -0.52), (0.0, -1.52), (0.7, -0.6), (0.75, -1.1)).solve()


def _pucker(face: HalfFace) -> np.ndarray:
    pull, mouth = _quiet(face), face.mouth
    for ring in range(3, MOUTH_CONTACT + 2):
        inner = np.clip((ring - 3) / (MOUTH_CONTACT - 3), 0.0, 1.0)
        corner = (-0.125, 0.002, 0.085)
        upper = _blend(face, (0.0, 0.020 - 0.006 * inner, 0.130 + 0.012 * inner), corner, 1.25)
        lower = _blend(face, (0.0, 0.004 + 0.010 * inner, 0.130 + 0.012 * inner), corner, 1.25)
        pull.at(mouth[ring][LOWER], lower[::-1]).at(mouth[ring][UPPER], upper)
    pull.place(0.44, -1.0, (-0.110, 0.0, 0.060)).place(0.0, -1.24, (0.0, 0.010, 0.075)).place(
        0.0, -0.74, (0.0, 0.010, 0.07)
    )
    pull.place(0.60, -0.95, (-0.07, 0.0, 0.01))
    return pull.hold_at((0.16, -0.50), (0.0, -1.50), (0.65, -0.55)).solve()


def _rolled(face: HalfFace, which: slice, angle: float, shift: tuple) -> Pull:
    """One lip turned inwards about the border of its red, and shifted; nothing at the corners."""
    pull, mouth = _quiet(face), face.mouth
    fade = (1.0 - face.along[which] ** 3) ** 1.5
    pivot = face.points[mouth[MOUTH_BORDER][which]]
    for ring in range(3, MOUTH_CONTACT + 3):
        turn = angle * fade * np.clip((ring - 2) / 2.0, 0.0, 1.0)
        offset = face.points[mouth[ring][which]] - pivot
        c, s = np.cos(turn), np.sin(turn)
        y, z = c * offset[:, 1] - s * offset[:, 2], s * offset[:, 1] + c * offset[:, 2]
        moved = np.column_stack([0 * y, y - offset[:, 1], z - offset[:, 2]])
        pull.at(mouth[ring][which], moved + fade[:, None] * np.asarray(shift))
    return pull


def _roll_lower(face: HalfFace) -> np.ndarray:
    pull = _rolled(face, LOWER, -1.05, (0.0, 0.080, -0.018))
    pull.hold(face.mouth[3 : MOUTH_CONTACT + 2, : LIP_STEPS + 1].ravel())
    pull.place(0.0, -1.25, (0.0, 0.104, 0.0)).place(0.22, -1.24, (0.0, 0.066, 0.0))
    pull.place(0.0, -1.36, (0.0, 0.096, 0.060)).place(0.20, -1.36, (0.0, 0.070, 0.045))
    pull.place(0.0, -1.50, (0.0, 0.055, 0.050)).place(0.24, -1.48, (0.0, 0.036, 0.032))
    return pull.hold_at((0.0, -1.72), (0.55, -1.0), (0.48, -1.40)).solve()


def _roll_upper(face: HalfFace) -> np.ndarray:
    pull = _rolled(face, UPPER, 1.05, (0.0, -0.056, -0.072))
    pull.hold(face.mouth[3 : MOUTH_CONTACT + 2, LIP_STEPS + 1 :].ravel())
    pull.place(0.0, -0.76, (0.0, -0.046, -0.026)).place(0.22, -0.78, (0.002, -0.026, -0.018))
    pull.place(0.42, -0.80, (0.010, -0.012, 0.012))
    return pull.hold_at((0.0, -0.58), (0.55, -1.0), (0.16, -0.52)).solve()


def _shrug_lower(face: HalfFace) -> np.ndarray:
    pull = _quiet(face)
    lower = _blend(face, (0.0, 0.092, 0.062), (0.0, 0.020, 0.018), 2.2)
    upper = _blend(face, (0.0, 0.034, 0.006), (0.0, 0.020, 0.018), 2.2)
    pull.lips(LIPS, upper, lower)
    pull.place(0.0, -1.26, (0.0, 0.130, 0.070)).place(0.0, -1.40, (0.0, 0.110, 0.050)).place(
        0.18, -1.38, (0.0, 0.095, 0.040)
    )
    pull.place(0.30, -1.22, (0.0, 0.070, 0.036)).place(0.0, -0.74, (0.0, 0.004, 0.0))
    pull.place(0.0, -1.56, (0.0, 0.080, 0.030))
    return pull.hold_at((0.16, -0.52), (0.6, -0.8), (0.55, -1.3), (0.0, -1.78)).solve()


def _shrug_upper(face: HalfFace) -> np.ndarray:
    pull = _quiet(face)
    upper = _blend(face, (0.0, 0.088, 0.006), (0.0, 0.004, 0.0), 2.0)
    pull.lips(LIPS, upper, np.zeros_like(upper))
    pull.place(0.0, -0.76, (0.0, 0.040, 0.0)).place(0.26, -0.76, (0.002, 0.026, 0.0))
    return pull.hold_at((0.0, -0.60), (0.16, -0.52), (0.0, -1.34), (0.6, -0.8)).solve()


def _side(face: HalfFace) -> np.ndarray:
    """Both lips to the left: the left corner up and back, the right one round to the front."""
    pull = _quiet(face)
    move = _blend(face, (0.215, 0.0, 0.0), (0.190, 0.050, -0.050), 1.5)
    pull.lips(LIPS, move, move)
    pull.place(0.0, -1.24, (0.130, 0.0, 0.0)).place(0.0, -0.74, (0.120, 0.0, 0.0)).place(
        0.50, -1.0, (0.12, 0.05, -0.02)
    )
    pull.place(0.45, -0.72, (0.07, 0.045, 0.01))
    return pull.hold_at((0.16, -0.50), (0.0, -1.50), (0.75, -0.6), (0.75, -1.1)).solve(sideways=True)
