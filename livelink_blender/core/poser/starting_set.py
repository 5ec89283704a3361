# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The expressions that everybody begins with; lids are added in most of them, so that the character still blinks."""

from __future__ import annotations

from ..face.channels import by_name, mirror_name
from ..face.layers import ADD, REPLACE
from ..face.visemes import VISEMES, viseme_values
from .expressions import Expression
from .sliders import look

_SMILE = {"mouthSmileLeft": 0.8, "mouthDimpleLeft": 0.2, "mouthUpperUpLeft": 0.12, "cheekSquintLeft": 0.5,
          "eyeSquintLeft": 0.35, "browOuterUpLeft": 0.08}  # fmt: skip
_SURPRISE = {"browInnerUp": 0.85, "browOuterUpLeft": 0.75, "eyeWideLeft": 0.75, "jawOpen": 0.38, "mouthFunnel": 0.22,
             "mouthStretchLeft": 0.06}  # fmt: skip
_SAD = {"browInnerUp": 0.75, "browDownLeft": 0.14, "mouthFrownLeft": 0.65, "mouthShrugLower": 0.35,
        "mouthPressLeft": 0.15, "eyeSquintLeft": 0.18, "eyeBlinkLeft": 0.14}  # fmt: skip
_ANGRY = {"browDownLeft": 0.9, "noseSneerLeft": 0.38, "mouthFrownLeft": 0.32, "mouthPressLeft": 0.4,
          "jawForward": 0.15, "eyeSquintLeft": 0.4, "mouthShrugUpper": 0.12}  # fmt: skip
_WINK = {"eyeBlinkLeft": 1.0, "eyeSquintLeft": 0.55, "cheekSquintLeft": 0.5, "mouthSmileLeft": 0.55,
         "mouthDimpleLeft": 0.15, "mouthSmileRight": 0.15, "browDownLeft": 0.12}  # fmt: skip
_THINK = {"browDownLeft": 0.2, "browOuterUpRight": 0.4, "browInnerUp": 0.12, "mouthPressLeft": 0.25,
          "mouthPressRight": 0.2, "mouthLeft": 0.35, "mouthShrugLower": 0.15, "eyeSquintLeft": 0.12,
          "eyeSquintRight": 0.08, "headYaw": 0.08, "headPitch": 0.06, "headRoll": -0.09}  # fmt: skip
_FACE = {"brows": REPLACE, "mouth": REPLACE, "lids": ADD}


def _both(left: dict[str, float]) -> dict[str, float]:
    """The same on the right, by a trace less: no face is quite even."""
    right = {mirror_name(name): 0.95 * value for name, value in left.items() if name.endswith("Left")}
    return {**left, **right}


def _thinking() -> dict[str, float]:
    """Up and aside."""
    aim = look(0.30, 0.24)
    return {**_THINK, **by_name(aim)}


def _visemes() -> list[Expression]:
    """The mouths of speech, by their sound; they leave the rest of the face alone."""
    return [Expression(name, viseme_values(name), {"mouth": REPLACE}) for name in VISEMES if name != "rest"]


FACES: tuple[Expression, ...] = (
    Expression.of("Smile", _both(_SMILE), {"mouth": ADD, "lids": ADD, "brows": ADD}, key=1),
    Expression.of("Surprise", _both(_SURPRISE), _FACE, key=2),
    Expression.of("Sad", _both(_SAD), _FACE, key=3),
    Expression.of("Angry", _both(_ANGRY), _FACE, key=4),
    Expression.of("Wink", _WINK, {"lids": ADD, "mouth": ADD, "brows": ADD}, key=5),
    Expression.of("Think", _thinking(), {**_FACE, "gaze": REPLACE, "head": ADD}, key=6),
)
SOUNDS: tuple[Expression, ...] = tuple(_visemes())
STARTING_SET: tuple[Expression, ...] = FACES + SOUNDS
