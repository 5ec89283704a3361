# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shape wizard of the running Blender: a head as it was read, its parts, points and card. Names, no references."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import bpy
import numpy as np

from ...core.face.channels import SHAPES
from ...core.shapes.head_mesh import ROLES, HeadMesh, Parts, Points
from ...core.shapes.job import Answer, Job
from ..state import state
from . import key_reader
from .face_finding import find_face, findings_of
from .hand_work import changed_by_hand
from .head_reader import read_head, vertex_ranges
from .key_strength import made_keys, write_made
from .key_writer import KEEP, REPLACE, all_or_nothing, locked_keys
from .known_head import CannotShape, changed, chosen, current, is_known
from .properties import strength_of
from .vrm_expressions import register_expressions

Template = tuple[HeadMesh | None, dict[str, np.ndarray]]
"""A head, and the shapes that it lends to others; (None, {}) for none."""


@dataclass
class Wizard:
    """What is known of one head."""

    object_names: tuple[str, ...]
    mesh: HeadMesh
    parts: Parts
    points: Points
    findings: list[list[str]] = field(default_factory=list)  # severity and text
    card: dict | None = None  # the report card as plain data
    hints: str = ""  # the moved points that `points` follow, as the scene keeps them
    marks: str = ""  # the corrections that `parts` follow, as the scene keeps them
    version: int = 0  # counts what is drawn in the viewport
    origin: np.ndarray = field(default_factory=lambda: np.eye(4))  # the first object's matrix when the head was read
    given: HeadMesh | None = None  # the head as the job was given it, for it may have been moved since it was read
    placed: list[np.ndarray] = field(default_factory=list)  # the objects' matrices then
    expressions: int = 0  # of a VRM avatar, that move what was made last


def find(scene: bpy.types.Scene) -> Wizard:
    """Read the chosen objects, find parts and points; CannotShape says why that is impossible."""
    objects = chosen(scene)
    mesh = read_head(objects)
    card = current().card if is_known(scene) else None
    settings = scene.livelink.shapes
    parts, points = find_face(mesh, hints(scene), lambda parts: marked(mesh, parts, settings.marks))
    names = tuple(thing.name for thing in objects)
    wizard = Wizard(names, mesh, parts, points, card=card, hints=settings.hints, marks=settings.marks)
    wizard.origin = np.array(objects[0].matrix_world, float)
    wizard.findings = findings_of(mesh, parts, points)
    state.known_head = wizard
    changed()
    return wizard


def known(scene: bpy.types.Scene) -> Wizard:
    """What is known of the chosen objects, looked up now where it is not."""
    return current() if is_known(scene) else find(scene)


def marked(mesh: HeadMesh, parts: Parts, marks: str) -> Parts:
    """The parts with the user's corrections: [object's number, vertex, role] names a whole piece."""
    for number, vertex, role in json.loads(marks or "[]"):
        mine = np.flatnonzero(mesh.object_of_vertex == number)
        if role in ROLES and vertex < len(mine):
            piece = parts.piece[mine[vertex]]
            parts.role[parts.piece == piece] = ROLES.index(role)
            parts.sure[int(piece)] = 1.0
    return parts


def mark(scene: bpy.types.Scene, vertex: int, role: str) -> None:
    """The piece of this vertex (of the flattened head) is that; parts and points are found again."""
    owners = current().mesh.object_of_vertex
    number = int(owners[vertex])
    own = vertex - int(np.flatnonzero(owners == number)[0])
    marks = json.loads(scene.livelink.shapes.marks or "[]")
    scene.livelink.shapes.marks = json.dumps([*marks, [number, own, role]])
    find(scene)


def hints(scene: bpy.types.Scene) -> dict[str, np.ndarray]:
    """The points moved by hand, in world space. They are kept in the first object's space, so that they go with it."""
    objects = chosen(scene)
    kept = json.loads(scene.livelink.shapes.hints or "{}")
    if not objects or not kept:
        return {}
    to_world = np.array(objects[0].matrix_world, float)
    return {name: to_world[:3, :3] @ np.array(at) + to_world[:3, 3] for name, at in kept.items()}


def set_hints(scene: bpy.types.Scene, points: Mapping[str, Sequence[float]]) -> None:
    """These points, in world space, and no others are where somebody wants them."""
    from_world = np.linalg.inv(np.array(chosen(scene)[0].matrix_world, float))
    places = {name: from_world[:3, :3] @ np.asarray(at, float) + from_world[:3, 3] for name, at in points.items()}
    scene.livelink.shapes.hints = json.dumps({name: at.tolist() for name, at in places.items()}) if places else ""


def keep_hints(scene: bpy.types.Scene, names: Iterable[str]) -> None:
    """These points are where the user wants them."""
    wizard = current()
    from_world = np.linalg.inv(wizard.origin)
    kept = json.loads(scene.livelink.shapes.hints or "{}")
    for name in names:
        kept[name] = (from_world[:3, :3] @ wizard.points.position[name] + from_world[:3, 3]).tolist()
    scene.livelink.shapes.hints = wizard.hints = json.dumps(kept)


def follow_scene(scene: bpy.types.Scene) -> None:
    """After undo and redo: parts and points are what the scene says."""
    settings, wizard = scene.livelink.shapes, current()
    if is_known(scene) and (wizard.hints, wizard.marks) != (settings.hints, settings.marks):
        find(scene)


def to_make(scene: bpy.types.Scene) -> list[str]:
    """The shapes that generating makes: not what the skin has of its own and shall keep, nor what was sculpted."""
    keys = skin_object(scene).data.shape_keys
    if keys is None:
        return list(SHAPES)
    own = set(keys.key_blocks.keys()) - made_keys(keys).keys() if scene.livelink.shapes.existing == KEEP else set()
    return [name for name in SHAPES if name not in own | locked_keys(keys) | changed_by_hand(keys)]


def skin_object(scene: bpy.types.Scene) -> bpy.types.Object:
    """The object that holds most of the skin."""
    wizard = known(scene)
    skin = wizard.mesh.object_of_vertex[wizard.parts.role == ROLES.index("skin")]
    return chosen(scene)[int(np.bincount(skin).argmax()) if len(skin) else 0]


def job(scene: bpy.types.Scene, names: Sequence[str], template: Template | None = None) -> Job:
    """What is to be done: make these shapes, and measure all that are there then.

    A template that is given is carried over in place of the one that the scene names."""
    wizard, objects = known(scene), chosen(scene)
    wizard.given = read_head(objects)
    wizard.placed = [np.array(thing.matrix_world, float) for thing in objects]
    there = {name: moved for name, moved in key_reader.read_shapes(objects).items() if name not in names}
    lent, lent_shapes = (template or _template(scene)) if names else (None, {})
    return Job(
        wizard.given, wizard.parts, {name: at.tolist() for name, at in hints(scene).items()}, list(names),
        {name: strength_of(scene.livelink.shapes, name) for name in SHAPES}, there, key_reader.other_keys(objects),
        lent, lent_shapes,
    )  # fmt: skip


def _template(scene: bpy.types.Scene) -> Template:
    """The head whose shapes are carried over, where one was chosen."""
    shelf = scene.livelink.shapes.template
    if shelf is None:
        return None, {}
    objects = [thing for thing in shelf.all_objects if thing.type == "MESH"]
    if not key_reader.face_keys(objects):
        raise CannotShape(f"{shelf.name} holds no head with ARKit shapes: choose another, or leave Shapes From empty.")
    shapes = {name: moved for name, moved in key_reader.read_shapes(objects).items() if moved.any()}
    return read_head(objects), shapes


def finish(scene: bpy.types.Scene, answer: Answer, single: bool = False) -> dict[str, list[str]]:
    """Write what was made, all or nothing; by object, the keys. CannotShape where the head has changed meanwhile."""
    if not is_known(scene):
        raise CannotShape("The head was changed while its shapes were made: nothing was written. Generate again.")
    settings, objects = scene.livelink.shapes, chosen(scene)
    strength = {name: strength_of(settings, name) for name in answer.shapes}
    shapes = {name: _turned_with(objects, moved) for name, moved in answer.shapes.items()}
    with all_or_nothing(objects):
        written = write_made(objects, shapes, strength, REPLACE if single else settings.existing)
    wizard = current()
    wizard.expressions = register_expressions(objects, written)
    wizard.points, wizard.findings, wizard.card = answer.points, answer.findings, answer.card
    wizard.mesh, wizard.origin = wizard.given, wizard.placed[0]
    settings.step = "CHECK"
    changed()
    return written


def _turned_with(objects: Sequence[bpy.types.Object], moved: np.ndarray) -> np.ndarray:
    """Displacements as they are now: the head may have turned since the job was given, for the phone may move it."""
    turned = moved.copy()
    for thing, own, before in zip(objects, vertex_ranges(objects), current().placed, strict=True):
        now = np.array(thing.matrix_world, float)
        if not np.array_equal(now, before):
            turned[own] = moved[own] @ (now @ np.linalg.inv(before))[:3, :3].T
    return turned
