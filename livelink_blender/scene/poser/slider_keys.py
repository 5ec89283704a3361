# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys of sliders stay with their face: Blender names them by number, and numbers change when a face is removed."""

from __future__ import annotations

import re

import bpy

from ..character.animated import curves_of, is_animated
from .properties import KEYABLE, LiveLinkHandFace

_PATH = re.compile(r"livelink\.poser\.faces\[(\d+)\](\..+)")


def keyed_names(scene: bpy.types.Scene, face: LiveLinkHandFace) -> set[str]:
    """The sliders of this face that have keys."""
    return {name for name in KEYABLE if is_animated(scene, f"{face.path_from_id()}.{name}")}


def remove_face(scene: bpy.types.Scene, number: int) -> None:
    """The face and its keys; those of the faces behind it move up with them."""
    scene.livelink.poser.faces.remove(number)
    for curves, curve in curves_of(scene):
        found = _PATH.fullmatch(curve.data_path)
        if found is None or int(found[1]) < number:
            continue
        if int(found[1]) == number:
            curves.remove(curve)
        else:
            curve.data_path = f"livelink.poser.faces[{int(found[1]) - 1}]{found[2]}"
