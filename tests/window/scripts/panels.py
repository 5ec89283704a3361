# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every state of the panel, as pictures."""

import os
import sys

sys.path.insert(0, os.environ["LIVELINK_TEST_SCRIPTS"])

import bpy
from stage import in_window, open_sidebar, picture, play, region


def steps():
    bpy.context.preferences.view.show_splash = False
    yield from open_sidebar()
    yield from picture("01-first", region("UI"))
    with in_window():
        bpy.ops.livelink.try_without_phone()
    yield 3.0
    yield from picture("02-live", region("UI"))
    yield from picture("03-whole")
    with in_window():
        bpy.ops.livelink.start_take()
    yield 3.0
    yield from picture("04-recording", region("UI"))
    with in_window():
        bpy.ops.livelink.end_take()
    yield 1.0
    yield from picture("05-baked", region("UI"))


play(steps)
