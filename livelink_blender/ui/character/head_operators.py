# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our own head, for those who have none yet."""

import bpy
from bpy.types import Context, Operator

from ...scene.character.use_objects import use_objects
from ...scene.head.template import load_template_head
from ...scene.live import notices
from .operators import settled


class LIVELINK_OT_add_head(Operator):
    """Add a head with all 52 shapes, made by this add-on, and let the phone move it"""

    bl_idname = "livelink.add_head"
    bl_label = "Add Our Head"
    bl_options = {"REGISTER", "UNDO"}

    @classmethod
    def poll(cls, context: Context) -> bool:
        if context.mode != "OBJECT":
            cls.poll_message_set("Go to Object Mode first")
            return False
        return True

    def execute(self, context: Context) -> set[str]:
        made = load_template_head()
        names = [*made.meshes, made.armature]
        use_objects(context.scene, [bpy.data.objects[name] for name in names], name="Our Head")
        settled()
        notices.tell(_show(context, bpy.data.collections[made.collection]))
        return {"FINISHED"}


def _show(context: Context, head: bpy.types.Collection) -> str:
    """Look at the new head from the front, alone where others would hide it; what to say about that."""
    ours = [one for one in head.objects if one.type == "MESH" and one.parent]
    others = any(one.type == "MESH" and one.name not in head.objects for one in context.visible_objects)
    area = next((area for area in context.screen.areas if area.type == "VIEW_3D"), None) if context.screen else None
    if area is None or bpy.app.background:
        return ""
    for one in context.view_layer.objects:
        one.select_set(one in ours)
    region = next(region for region in area.regions if region.type == "WINDOW")
    with context.temp_override(area=area, region=region):
        bpy.ops.view3d.view_axis(type="FRONT")
        alone = others and area.spaces.active.local_view is None
        if alone:
            bpy.ops.view3d.localview()
        else:
            bpy.ops.view3d.view_selected()
    for one in ours:
        one.select_set(False)
    return "Our head is shown alone: View > Local View brings back the rest." if alone else ""


CLASSES = (LIVELINK_OT_add_head,)
