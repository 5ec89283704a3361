# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every state of the panel, as pictures."""

import os
import sys

sys.path.insert(0, os.environ["LIVELINK_TEST_SCRIPTS"])

import bpy
from stage import open_sidebar, picture, play, region


def steps():
    yield from open_sidebar()
    yield from picture("first", region("UI"))
    yield from picture("whole")
    bpy.ops.livelink.start_live()
    yield 1.0
    yield from picture("waiting", region("UI"))
    yield 3.0
    yield from picture("quiet", region("UI"))
    bpy.ops.livelink.find_fault()
    yield from picture("checklist", region("UI"))
    bpy.ops.livelink.try_without_phone()
    yield 2.0
    yield from picture("phone", region("UI"))


play(steps)
