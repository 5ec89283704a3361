# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The add-on's own page in Blender's preferences: network access, where files lie, where to find the panel."""

from __future__ import annotations

import bpy
from bpy.types import AddonPreferences, Context

from ..scene import take_actions

ROOT_PACKAGE = __package__.rpartition(".")[0].rpartition(".")[0] or __package__.partition(".")[0]


class LiveLinkPreferences(AddonPreferences):
    """What holds for all files"""

    bl_idname = ROOT_PACKAGE

    def draw(self, context: Context) -> None:
        layout = self.layout
        layout.label(text="In the 3D viewport: press N, tab Face Live Link.", icon="INFO")
        row = layout.row()
        if bpy.app.online_access:
            row.label(text="Network access is allowed: a phone can be heard.", icon="CHECKMARK")
        else:
            row.label(text="Blender may not use the network yet, so no phone can be heard.", icon="INTERNET_OFFLINE")
            row.operator("livelink.allow_network", icon="INTERNET")
        row = layout.row()
        row.label(text=f"Takes lie in {take_actions.folder()}", icon="FILE_FOLDER")
        row.operator("livelink.open_takes")


CLASSES = (LiveLinkPreferences,)
