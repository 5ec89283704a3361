# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Best of: which regions come from which take, and the take that is made of them."""

from pathlib import Path

from bpy.props import IntProperty
from bpy.types import Context, Operator

from ...scene.takes import mixes
from .browser_operators import OnATake, refuse, take_path


class LIVELINK_OT_add_mix_part(OnATake, Operator):
    """Take regions of the chosen take over into the best-of"""

    bl_idname = "livelink.add_mix_part"
    bl_label = "Add Part"
    bl_options = {"REGISTER", "UNDO"}

    path: take_path()

    def do(self, context: Context, path: Path) -> str:
        context.scene.livelink.takes.parts.add().take = str(path)
        return f"{path.stem} is a part: choose its regions and range, then the base take in the list."


class LIVELINK_OT_remove_mix_part(Operator):
    """Leave this part out of the best-of"""

    bl_idname = "livelink.remove_mix_part"
    bl_label = "Remove Part"
    bl_options = {"REGISTER", "UNDO"}

    index: IntProperty(name="Part", description="Which part, counted from 0", min=0)

    def execute(self, context: Context) -> set[str]:
        parts = context.scene.livelink.takes.parts
        if self.index >= len(parts):
            return refuse(self, "There is no such part.")
        parts.remove(self.index)
        return {"FINISHED"}


class LIVELINK_OT_make_best_of(OnATake, Operator):
    """Make a new take: the chosen one with the parts laid over it; none of them is changed"""

    bl_idname = "livelink.make_best_of"
    bl_label = "Make Best Of"
    bl_options = {"REGISTER"}

    path: take_path()

    def do(self, context: Context, path: Path) -> str:
        made = mixes.make(context.scene, path)
        return f"{made.stem} is made of {path.stem} and {len(context.scene.livelink.takes.parts)} parts."


CLASSES = (LIVELINK_OT_add_mix_part, LIVELINK_OT_remove_mix_part, LIVELINK_OT_make_best_of)
