# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Blender for a verb: the one that runs us, or the bpy wheel; with our properties registered in either."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..core.character.face_map import FaceMap
from .report import Report, WorkFailed, WrongInput, existing_file


def wake() -> None:
    """Make bpy and our properties available, else one sentence."""
    try:
        import bpy
    except ImportError as error:
        raise WorkFailed(
            "This verb needs Blender: run it as `blender --command livelink ...`, or `pip install bpy` beside it."
        ) from error
    from ..scene import properties

    if not hasattr(bpy.types.Scene, "livelink"):
        properties.register()


def open_scene(path: str | None):
    """The file that is open, or the one named on the command line; its scene."""
    import bpy

    from ..scene.files import blend_files

    if path is not None:
        try:
            blend_files.open_blend(existing_file(path).resolve())
        except blend_files.CannotOpen as error:
            raise WrongInput(str(error)) from error
    return bpy.context.scene


def open_avatar(path: str):
    """The scene of a .blend, or of a model in another format, brought into an empty file."""
    import bpy

    from ..scene.files import import_files

    try:
        import_files.open_model(existing_file(path).resolve())
    except import_files.CannotOpen as error:
        raise WrongInput(str(error)) from error
    return bpy.context.scene


def ensure_character(scene, map_file: str | None, report: Report) -> None:
    """The scene's own characters, else one of every mesh with face keys; then the map, if one is given."""
    from ..scene.character.character import Character
    from ..scene.character.use_objects import find_face_objects, use_objects

    if not len(scene.livelink.characters):
        objects = find_face_objects(scene)
        if not objects:
            raise WrongInput("There is no mesh with face shape keys in this file: make them first, or name a map.")
        use_objects(scene, objects)
    if map_file:
        scene.livelink.characters[0].map_json = load_map(map_file)
    summary = Character.build(scene, 0).summary()
    for obstacle in summary.obstacles:
        report.note(obstacle.text)


def load_map(path: str) -> str:
    """A map file's text, checked."""
    text = existing_file(path).read_text(encoding="utf-8", errors="replace")
    try:
        FaceMap.from_json(text)
    except ValueError as error:
        raise WrongInput(f"{Path(path).name} is no map: {error}.") from error
    return text


def add_blend_arguments(parser: argparse.ArgumentParser, out_help: str) -> None:
    """--blend IN, --out OUT.blend, --map FILE."""
    parser.add_argument("--blend", metavar="IN", help="the .blend with the character; without it the file that is open")
    parser.add_argument("--out", required=True, metavar="OUT.blend", help=out_help)
    parser.add_argument("--map", metavar="FILE", help="a map from shapes to targets, as JSON")
