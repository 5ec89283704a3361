# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Autosave every minute into the test's own folder; no splash."""

import os
from pathlib import Path

import bpy

preferences = bpy.context.preferences
preferences.filepaths.use_auto_save_temporary_files = True
preferences.filepaths.auto_save_time = 1
preferences.filepaths.temporary_directory = str(Path(os.environ["LIVELINK_TEST_HOME"]) / "autosave")
preferences.view.show_splash = False
bpy.ops.wm.save_userpref()
