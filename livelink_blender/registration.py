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
from .ui import (
    app_operators,
    camera_operators,
    camera_start,
    character_operators,
    check_operators,
    clip_operators,
    expression_operators,
    generate_operators,
    head_operators,
    lights,
    live_operators,
    map_operators,
    network_code,
    panel_apps,
    panel_camera,
    panel_character,
    panel_expressions,
    panel_phone,
    panel_remote,
    panel_shapes,
    panel_sliders,
    panel_status,
    panel_take_browser,
    panel_takes,
    panel_tune,
    phone_operators,
    point_operators,
    preferences,
    remote_operators,
    shape_drawing,
    shape_operators,
    shortcuts,
    slider_operators,
    take_browser_operators,
    take_mix_operators,
    take_operators,
    tune_operators,
    watch,
)

UI_MODULES = (
    preferences,
    live_operators,
    phone_operators,
    character_operators,
    head_operators,
    map_operators,
    take_operators,
    take_browser_operators,
    take_mix_operators,
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
    network_code,
    slider_operators,
    expression_operators,
    panel_status,
    panel_phone,
    panel_remote,
    panel_character,
    panel_takes,
    panel_take_browser,
    panel_camera,
    panel_shapes,
    panel_expressions,
    panel_sliders,
    panel_tune,
    panel_apps,
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
    camera_start.register()
    handlers.register()
    wizard_handlers.register()
    _commands.append(bpy.utils.register_cli_command("livelink", run_command_line))


def unregister() -> None:
    """The session goes first: socket, timer and handlers; then all in reverse."""
    session.stop("Stopped: the add-on was switched off.")
    playback.stop()
    panel_take_browser.stop()
    live_operators.stop_watching()
    watch.stop()
    camera_start.unregister()
    clip_work.end()
    network_code.stop()
    while _commands:
        bpy.utils.unregister_cli_command(_commands.pop())
    wizard_handlers.unregister()
    shape_drawing.hide()
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
