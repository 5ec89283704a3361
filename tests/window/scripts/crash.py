# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run twice: a Blender that is killed while nobody records, and the one after it, which finds what had come."""

import json
import os
import signal
import sys
import time

sys.path.insert(0, os.environ["LIVELINK_TEST_SCRIPTS"])

import bpy
from stage import MAIL, Steps, found, in_window, open_sidebar, ours, picture, play, region, running, try_live

ENOUGH = 240  # packets


def boxes() -> list:
    """What black boxes are on disk."""
    folder = ours("io.takes.black_box").black_box_folder()
    return sorted(folder.iterdir()) if folder.is_dir() else []


def crash() -> Steps:
    """Die without a word, as by a driver or the power."""
    yield from try_live()
    yield (lambda: len(running().black_box) >= ENOUGH), 60.0
    yield 1.0  # the disk has it twice a second
    found["packets"] = len(running().black_box)
    (MAIL / "answer.json").write_text(json.dumps(found))
    os.kill(os.getpid(), signal.SIGKILL)


def find() -> Steps:
    """Start anew: the list of takes has it, and it can be baked."""
    touched = max(path.stat().st_mtime for box in boxes() for path in box.iterdir())
    left_after = ours("io.takes.black_box").LEFT_AFTER_S
    yield (lambda: time.time() > touched + left_after + 1.0), left_after + 5.0
    yield from open_sidebar()
    with in_window():
        bpy.ops.livelink.refresh_takes()
    lines = bpy.context.window_manager.livelink_shelf.lines
    found["takes"] = [line.name for line in lines]
    found["seconds"] = lines[0].seconds if len(lines) else 0.0
    with in_window():
        bpy.ops.livelink.use_selected()
        found["baked"] = sorted(bpy.ops.livelink.bake_again(path=lines[0].file))
    found["boxes left"] = len(boxes())
    yield from picture("after-a-crash", region("UI"))


def steps() -> Steps:
    yield from find() if boxes() else crash()


play(steps)
