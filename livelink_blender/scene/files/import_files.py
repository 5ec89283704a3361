# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Brings a head into an empty scene: .blend, .glb, .gltf, .vrm, .obj, .fbx. The vertex order stays as in the file."""

from __future__ import annotations

from pathlib import Path

import bpy

from .blend_files import CannotOpen, open_blend, open_empty

KINDS = (".blend", ".glb", ".gltf", ".vrm", ".obj", ".fbx")


def open_model(path: Path) -> None:
    """Open or import; CannotOpen with one sentence where that fails."""
    kind = path.suffix.lower()
    if kind == ".blend":
        open_blend(path)
        return
    if kind not in KINDS:
        raise CannotOpen(f"{path.name} is none of {', '.join(KINDS)}.")
    open_empty()
    try:
        _import(kind, str(path))
    except RuntimeError as error:
        raise CannotOpen(f"{path.name} could not be read: {str(error).strip().splitlines()[0]}") from error
    if not any(thing.type == "MESH" for thing in bpy.context.scene.objects):
        raise CannotOpen(f"There is no mesh in {path.name}.")


def _import(kind: str, path: str) -> None:
    if kind == ".obj":
        bpy.ops.wm.obj_import(filepath=path)
    elif kind == ".fbx":
        bpy.ops.import_scene.fbx(filepath=path)
    else:
        bpy.ops.import_scene.gltf(filepath=path, merge_vertices=False)
