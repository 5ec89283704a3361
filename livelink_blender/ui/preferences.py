# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The add-on's own page in Blender's preferences: network access, where files lie, where to find the panel."""

from __future__ import annotations

import bpy
from bpy.props import BoolProperty, IntProperty
from bpy.types import AddonPreferences, Context, UILayout

from ..scene.camera import choice
from ..scene.takes import shelf

ROOT_PACKAGE = __package__.rpartition(".")[0].rpartition(".")[0] or __package__.partition(".")[0]


def _starts_with_blender(_preferences: AddonPreferences) -> bool:
    return choice.starts_with_blender()


def _keep_start_with_blender(_preferences: AddonPreferences, on: bool) -> None:
    choice.keep_start_with_blender(on)


def _page_port(_preferences: AddonPreferences) -> int:
    return choice.page_port()


def _keep_page_port(_preferences: AddonPreferences, port: int) -> None:
    choice.keep_page_port(port)


class LiveLinkPreferences(AddonPreferences):
    """What holds for all files"""

    bl_idname = ROOT_PACKAGE

    starts_with_blender: BoolProperty(
        name="Start the Camera with Blender",
        description="Join as soon as Blender has opened a file that has a character",
        get=_starts_with_blender, set=_keep_start_with_blender,
    )
    page_port: IntProperty(
        name="Page's Port", description="Where browsers and OBS find the preview page, from the next start on",
        min=1024, max=65535, default=choice.USUAL_PAGE_PORT,
        get=_page_port, set=_keep_page_port,
    )

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
        row.label(text=f"Takes lie in {shelf.folder()}", icon="FILE_FOLDER")
        row.operator("livelink.open_takes")
        self._draw_camera(layout)

    def _draw_camera(self, layout: UILayout) -> None:
        """The page's address stays as it is, so that OBS finds it every day."""
        layout.prop(self, "starts_with_blender")
        row = layout.row()
        row.label(text="OBS and browsers find the preview page at the same address every day.", icon="URL")
        row = layout.row()
        row.prop(self, "page_port")
        row.operator("livelink.renew_page_address", icon="FILE_REFRESH")


CLASSES = (LiveLinkPreferences,)
