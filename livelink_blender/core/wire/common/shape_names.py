# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The 52 shapes by every spelling that the dialects use: camelCase, PascalCase, and _L or _R for the sides."""

from __future__ import annotations

from ...face.channels import SHAPES


def pascal(shape: str) -> str:
    """`jawOpen` as `JawOpen`."""
    return shape[0].upper() + shape[1:]


def short_sided(shape: str) -> str:
    """`eyeBlinkLeft` as iFacialMocap writes it, `eyeBlink_L`; names that mean a direction keep it (`jawLeft`)."""
    if shape in ("jawLeft", "jawRight", "mouthLeft", "mouthRight"):
        return shape
    for side in ("Left", "Right"):
        if shape.endswith(side):
            return f"{shape.removesuffix(side)}_{side[0]}"
    return shape


def _spellings(shape: str) -> set[str]:
    return {form for name in (shape, short_sided(shape)) for form in (name, pascal(name))}


SHAPE_OF: dict[str, int] = {name: index for index, shape in enumerate(SHAPES) for name in _spellings(shape)}
"""Index of a shape by its name in any of those spellings."""
