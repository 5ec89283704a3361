# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything of ours that Blender is told of, in one explicit order, and back."""

from __future__ import annotations

import bpy

from .cli import run as run_command_line
from .io.files import folders
from .scene import properties
from .scene.camera import clip_work
from .scene.live import handlers, session
from .scene.panel_state import characters
from .scene.poser import expression_shelf
from .scene.shapes import handlers as wizard_handlers
from .scene.takes import playback
from .ui import preferences
from .ui.camera import clip_operators, start
from .ui.camera import operators as camera_operators
from .ui.camera import panel as panel_camera
from .ui.character import head_operators, map_operators
from .ui.character import operators as character_operators
from .ui.character import panel as panel_character
from .ui.common import lights, watch
from .ui.live import operators as live_operators
from .ui.live import panel as panel_status
from .ui.live import shortcuts, tune_operators, tune_panel
from .ui.network import qr_code_view
from .ui.poser import expression_operators, expression_panel, slider_operators, slider_panel
from .ui.remote import operators as remote_operators
from .ui.remote import panel as panel_remote
from .ui.shapes import check_operators, drawing, generate_operators, point_operators
from .ui.shapes import operators as shape_operators
from .ui.shapes import panel as panel_shapes
from .ui.sources import app_operators, app_panel, phone_operators, phone_panel
from .ui.takes import browser_operators, browser_panel, mix_operators
from .ui.takes import operators as take_operators
from .ui.takes import panel as panel_takes

UI_MODULES = (
    preferences,
    live_operators,
    phone_operators,
    character_operators,
    head_operators,
    map_operators,
    take_operators,
    browser_operators,
    mix_operators,
    shortcuts,
    tune_operators,
    camera_operators,
    clip_operators,
    shape_operators,
    point_operators,
    generate_operators,
    check_operators,
    app_operators,
    remote_operators,
    qr_code_view,
    slider_operators,
    expression_operators,
    panel_status,
    phone_panel,
    panel_remote,
    panel_character,
    panel_takes,
    browser_panel,
    panel_camera,
    panel_shapes,
    expression_panel,
    slider_panel,
    tune_panel,
    app_panel,
)
UI_CLASSES = tuple(cls for module in UI_MODULES for cls in module.CLASSES)
_commands: list[object] = []


def register() -> None:
    """Properties first, for panels and operators refer to them."""
    _name_user_folder()
    properties.register()
    for cls in UI_CLASSES:
        bpy.utils.register_class(cls)
    shortcuts.register()
    start.register()
    handlers.register()
    wizard_handlers.register()
    _commands.append(bpy.utils.register_cli_command("livelink", run_command_line))


def unregister() -> None:
    """The session goes first: socket, timer and handlers; then all in reverse."""
    session.stop("Stopped: the add-on was switched off.")
    playback.stop()
    browser_panel.stop()
    live_operators.stop_watching()
    watch.stop()
    start.unregister()
    clip_work.end()
    qr_code_view.stop()
    while _commands:
        bpy.utils.unregister_cli_command(_commands.pop())
    wizard_handlers.unregister()
    drawing.hide()
    handlers.unregister()
    shortcuts.unregister()
    for cls in reversed(UI_CLASSES):
        bpy.utils.unregister_class(cls)
    properties.unregister()
    lights.forget()
    characters.forget_looks()
    expression_shelf.forget()


def _name_user_folder() -> None:
    """What is kept lies where Blender wants an extension's files; elsewhere `folders` knows a place."""
    package = __package__.rpartition(".")[0] or __package__
    try:
        folders.set_user_folder(bpy.utils.extension_path_user(package, create=True))
    except ValueError:  # not run as an extension: from a checkout, or in tests
        return
