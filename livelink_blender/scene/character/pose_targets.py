# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bones and objects that turn: rest pose, rotation mode and locked axes are respected; any bone roll works."""

from __future__ import annotations

from collections.abc import Sequence

import bpy
import numpy as np
from mathutils import Euler, Quaternion, Vector

from ...core.character.retarget import MapPart, Retarget
from ...core.character.rotation import EULER_MODES, Turn, multiply, unbroken_eulers, unbroken_quaternions, upright
from .animated import current_frame, value_from_action
from .naming import Name, in_a_scene

_PATHS = {"QUATERNION": "rotation_quaternion", "AXIS_ANGLE": "rotation_axis_angle"}


def rotation_path(mode: str) -> str:
    """The property that a rotation mode reads."""
    return _PATHS.get(mode, "rotation_euler")


def rest_axes(owner: bpy.types.Object, bone: str) -> np.ndarray:
    """How the own axes of a bone (or object) lie in character space: the rest pose, stood up (3x3)."""
    stand = upright(np.array(owner.matrix_world.to_3x3().normalized()))
    if not bone:
        return stand
    return stand @ np.array(owner.data.bones[bone].matrix_local.to_3x3().normalized())


def read_rotation(holder: bpy.types.Object | bpy.types.PoseBone) -> Quaternion:
    """The rotation that a bone or object has by its own channels."""
    numbers = getattr(holder, rotation_path(holder.rotation_mode))
    if holder.rotation_mode == "QUATERNION":
        return numbers.normalized()
    if holder.rotation_mode == "AXIS_ANGLE":
        return Quaternion(Vector(numbers[1:4]), numbers[0])
    return numbers.to_quaternion()


def components(rotation: Quaternion, mode: str, near: Sequence[float]) -> tuple[float, ...]:
    """The rotation as the numbers of a rotation mode, near those of the frame before."""
    if mode == "QUATERNION":
        return tuple(-rotation if rotation.dot(Quaternion(near)) < 0 else rotation)
    if mode == "AXIS_ANGLE":
        axis, angle = rotation.to_axis_angle()
        return (angle, *axis)
    return tuple(rotation.to_euler(mode, Euler(near, mode)))


class PoseTarget:
    """A bone or object whose rotation follows three angles: rest rotation x live rotation, in its own axes."""

    def __init__(
        self, owner: bpy.types.Object, bone: str, turn: Turn, retarget: Retarget, rest: Quaternion | None = None
    ) -> None:
        """Turn from `rest`; without it from the rotation of this moment."""
        self.owner, self.bone = Name.of(owner, "objects"), bone
        self.turn, self.retarget = turn, retarget
        self._rest = rest or read_rotation(self._holder())
        self._last = b""
        self._before: tuple[str, tuple[float, ...]] | None = None
        self._frame = 0.0

    def _holder(self) -> bpy.types.Object | bpy.types.PoseBone | None:
        owner = self.owner.get()
        if owner is None or not self.bone:
            return owner
        return owner.pose.bones.get(self.bone) if owner.pose else None

    def write(self, values: np.ndarray, force: bool) -> bool:
        """Write one frame; False when bone or object is gone."""
        angles = self.retarget.apply(values)
        now = angles.tobytes()
        if now == self._last and not force:
            return True
        holder = self._holder()
        if holder is None:
            return False
        _set(holder, self._rest @ Quaternion(self.turn.quaternion(angles.tolist())))
        self._last = now
        return True

    def is_whole(self) -> bool:
        """Whether bone or object is there."""
        owner = self.owner.get()
        return owner is not None and in_a_scene(owner) and self._holder() is not None

    def remember(self) -> None:
        """Keep the rotation, unless it is kept already."""
        holder = self._holder()
        if self._before is None and holder is not None:
            mode = holder.rotation_mode
            self._before = (rotation_path(mode), tuple(getattr(holder, rotation_path(mode))))
            self._frame = current_frame()

    def give_back(self) -> None:
        """Write the kept rotation back, where the bone or object still is."""
        before, self._before = self._before, None
        owner = self.owner.search() if before else None
        if owner is None:
            return
        holder = owner.pose.bones.get(self.bone) if self.bone and owner.pose else owner
        if holder is not None and (holder is owner) == (not self.bone):
            path, numbers = before
            if self._frame != current_frame():
                now = [value_from_action(owner, self._path(path), index) for index in range(len(numbers))]
                numbers = [old if new is None else new for old, new in zip(numbers, now, strict=True)]
            setattr(holder, path, numbers)
        self._last = b""

    def _path(self, path: str) -> str:
        """The path that an F-curve of the owner has."""
        return f'pose.bones["{bpy.utils.escape_identifier(self.bone)}"].{path}' if self.bone else path

    def map_part(self) -> MapPart:
        """Its three angles, before they become a rotation."""
        angles = tuple(f"turn:{self.bone}:{angle}" for angle in ("yaw", "pitch", "roll"))
        return MapPart(self.owner.name, angles, self.retarget)

    def curves(self, values: np.ndarray) -> list[tuple[str, str, int, np.ndarray]]:
        """What to key for these frames: (object, data path, index, numbers)."""
        holder = self._holder()
        if holder is None:
            return []
        turns = self.turn.many(self.retarget.many(values))
        full = multiply(np.broadcast_to(np.array(self._rest), turns.shape), turns)
        mode = holder.rotation_mode
        table = _in_mode(full, mode, getattr(holder, rotation_path(mode))).astype(np.float32)
        path = self._path(rotation_path(mode))
        locks = list(holder.lock_rotation) if table.shape[1] == 3 else [False] * 4
        free = [column for column, lock in enumerate(locks) if not lock]
        return [(self.owner.name, path, column, table[:, column]) for column in free]


def _set(holder: bpy.types.Object | bpy.types.PoseBone, rotation: Quaternion) -> None:
    """Write a rotation in the holder's mode; locked axes keep their value."""
    mode = holder.rotation_mode
    path = rotation_path(mode)
    old = getattr(holder, path)
    new = components(rotation, mode, old)
    if any(holder.lock_rotation):
        if len(new) == 3:
            new = tuple(b if lock else a for a, b, lock in zip(new, old, holder.lock_rotation, strict=True))
        elif all(holder.lock_rotation):
            return
    setattr(holder, path, new)


def _in_mode(rotations: np.ndarray, mode: str, start: Sequence[float]) -> np.ndarray:
    """All rotations as the numbers of a mode, each near the one before; one by one only if need be."""
    if mode == "QUATERNION":
        return unbroken_quaternions(rotations, tuple(start))
    if mode in EULER_MODES and (angles := unbroken_eulers(rotations, mode, tuple(start))) is not None:
        return angles
    near, rows = tuple(start), []
    for row in rotations.tolist():
        near = components(Quaternion(row), mode, near)
        rows.append(near)
    return np.array(rows)
