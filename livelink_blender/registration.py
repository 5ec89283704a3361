# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything of ours that Blender is told of, in one explicit order, and back."""

from __future__ import annotations

from dataclasses import dataclass, field

import bpy

from .cli import run as run_command_line
from .io.files import folders
from .scene import properties
from .scene.live import handlers, session
from .scene.shapes import handlers as wizard_handlers
from .scene.state import state
from .ui import preferences
from .ui.camera import clip_operators
from .ui.camera import operators as camera_operators
from .ui.camera import panel as camera_panel
from .ui.character import map_operators, tune_operators, tune_panel
from .ui.character import operators as character_operators
from .ui.character import panel as character_panel
from .ui.common import lights, watch
from .ui.live import operators as live_operators
from .ui.live import panel as status_panel
from .ui.network import address_views
from .ui.poser import expression_operators, expression_panel, slider_operators, slider_panel
from .ui.remote import operators as remote_operators
from .ui.remote import panel as remote_panel
from .ui.shapes import check_operators, drawing, generate_operators, point_operators
from .ui.shapes import operators as shape_operators
from .ui.shapes import panel as shapes_panel
from .ui.sources import app_operators, app_panel, phone_operators, phone_panel
from .ui.takes import browser_operators
from .ui.takes import operators as take_operators
from .ui.takes import panel as takes_panel

UI_MODULES = (
    preferences,
    live_operators,
    phone_operators,
    character_operators,
    map_operators,
    take_operators,
    browser_operators,
    tune_operators,
    camera_operators,
    clip_operators,
    shape_operators,
    point_operators,
    generate_operators,
    check_operators,
    app_operators,
    remote_operators,
    address_views,
    slider_operators,
    expression_operators,
    status_panel,
    phone_panel,
    remote_panel,
    character_panel,
    takes_panel,
    camera_panel,
    shapes_panel,
    expression_panel,
    slider_panel,
    tune_panel,
    app_panel,
)
UI_CLASSES = tuple(cls for module in UI_MODULES for cls in module.CLASSES)
SHORTCUTS = {"livelink.toggle_take": "R", "livelink.freeze_camera": "F", "livelink.step_away": "A"}
"""In every editor, each with Ctrl Alt: begin or end a take, freeze the camera, step away from it. Blender's keymap
shows them, and there they can be changed."""


@dataclass
class _Registered:
    """What Blender gives back for what it was told of, needed to take that away again."""

    commands: list[object] = field(default_factory=list)
    shortcuts: list[tuple[bpy.types.KeyMap, bpy.types.KeyMapItem]] = field(default_factory=list)


_registered = _Registered()


def register() -> None:
    """Properties first, for panels and operators refer to them."""
    _name_user_folder()
    properties.register()
    for cls in UI_CLASSES:
        bpy.utils.register_class(cls)
    _hand_over()
    _register_shortcuts()
    camera_operators.wait_for_start()
    handlers.register()
    wizard_handlers.register()
    _registered.commands.append(bpy.utils.register_cli_command("livelink", run_command_line))


def _hand_over() -> None:
    """What one section draws or follows of another, without knowing it."""
    watch.follow(address_views.follow_the_wait)
    takes_panel.LIVELINK_PT_take_browser.also_draw.append(remote_panel.draw_take)


def _register_shortcuts() -> None:
    """Where there are keymaps: not without a window."""
    keymaps = bpy.context.window_manager.keyconfigs.addon
    if keymaps is not None:
        keymap = keymaps.keymaps.new(name="Screen", space_type="EMPTY")
        for operator, key in SHORTCUTS.items():
            item = keymap.keymap_items.new(operator, key, "PRESS", ctrl=True, alt=True)
            _registered.shortcuts.append((keymap, item))


def unregister() -> None:
    """The session goes first: socket, timer and handlers; then all in reverse."""
    session.stop("Stopped: the add-on was switched off.")
    state.end()
    takes_panel.stop()
    live_operators.stop_ticking()
    watch.stop()
    camera_operators.stop()
    address_views.stop()
    while _registered.commands:
        bpy.utils.unregister_cli_command(_registered.commands.pop())
    wizard_handlers.unregister()
    drawing.hide()
    handlers.unregister()
    while _registered.shortcuts:
        keymap, item = _registered.shortcuts.pop()
        keymap.keymap_items.remove(item)
    for cls in reversed(UI_CLASSES):
        bpy.utils.unregister_class(cls)
    properties.unregister()
    lights.forget()
    state.forget()


def _name_user_folder() -> None:
    """What is kept lies where Blender wants an extension's files; elsewhere `folders` knows a place."""
    package = __package__.rpartition(".")[0] or __package__
    try:
        folders.set_user_folder(bpy.utils.extension_path_user(package, create=True))
    except ValueError:  # not run as an extension: from a checkout, or in tests
        return
