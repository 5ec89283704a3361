# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The phone as a remote in a real window: connect, record along, fetch, use its recording, its film; with pictures."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, os.environ["LIVELINK_TEST_SCRIPTS"])

import bpy
from stage import (
    PORT,
    Steps,
    found,
    in_window,
    open_sidebar,
    ours,
    picture,
    play,
    region,
    running,
    use_own_port,
    viewport,
)

HERE = "127.0.0.1"
REMOTE = PORT + 1 if PORT < 65000 else PORT - 1  # where the phone that is not there waits
phone: subprocess.Popen | None = None


def remote():
    return bpy.context.scene.livelink.remote


def shown():
    """What the panel reads."""
    ours("ui.common.watch").show_now()
    return ours("scene.panel_state.status").latest().remote


def on_top(name: str, label: str) -> Steps:
    """One section above the others, as a picture."""
    section = getattr(bpy.types, f"LIVELINK_PT_{name}")
    place = {key: getattr(section, key) for key in ("bl_label", "bl_space_type", "bl_region_type", "bl_category")}
    call = {key: getattr(section, key) for key in ("draw", "draw_header_preset") if hasattr(section, key)}
    lifted = type(f"LIVELINK_PT_lifted_{name}", (bpy.types.Panel,), {**place, **call, "bl_order": 0})
    bpy.utils.register_class(lifted)
    yield 0.5
    ours("ui.common.watch").show_now()
    yield from picture(f"remote-{label}", region("UI"))
    bpy.utils.unregister_class(lifted)


def say(address: str, *arguments: float) -> None:
    """As if the phone had said it: the computer is the same."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as mouth:
        mouth.sendto(ours("core.wire.common.osc").message(address, *arguments), (HERE, PORT))


def connecting() -> Steps:
    global phone
    yield from on_top("remote", "1-before")
    package = Path(ours("cli").__file__).parents[2]
    command = [sys.executable, "-m", "livelink_blender", "simulate", "--remote", str(REMOTE), "--lose", ".2"]
    phone = subprocess.Popen([*command, "--seconds", "200"], cwd=package, stdout=subprocess.DEVNULL)
    remote().address, remote().port = HERE, REMOTE
    with in_window():
        bpy.ops.livelink.connect_phone()
    yield from on_top("remote", "2-asked-when-live")
    bpy.ops.livelink.start_live()
    yield (lambda: shown().percent is not None and bool(running().roster.performers)), 10.0
    found["connected"] = [shown().word, shown().percent, shown().heat]
    yield from on_top("remote", "3-connected")


def warnings() -> Steps:
    say("/Battery", 0.09)
    say("/Thermals", 3)
    yield (lambda: shown().is_weak), 5.0
    found["hot"] = shown().advice
    yield from on_top("remote", "4-hot-and-empty")
    say("/Battery", 0.83)
    say("/Thermals", 0)
    yield (lambda: not shown().is_weak), 5.0


def recording() -> Steps:
    bpy.context.scene.livelink.record.countdown = False
    bpy.context.scene.livelink.record.play_timeline = False
    with in_window():
        bpy.ops.livelink.start_take()
    yield (lambda: shown().is_recording), 5.0
    found["recording"] = shown().word
    yield 2.5
    yield from on_top("remote", "5-recording")
    with in_window():
        bpy.ops.livelink.end_take("EXEC_DEFAULT", True)
    path = running().recorder.path
    control = running().remote.control
    control.bring = lambda port, path: None  # the phone is never asked
    phone_file = ours("io.takes.shelf").phone_file
    ours("core.remote.incoming").CALL_S = 1.0
    yield (lambda: shown().fetch.trouble != "" and not running().remote.fetch.is_busy), 10.0
    found["trouble"] = shown().fetch.trouble
    yield from on_top("remote", "6-did-not-come")
    del control.bring
    ours("core.remote.incoming").CALL_S = 8.0
    with in_window():
        bpy.ops.livelink.retry_phone()
    yield (lambda: phone_file(path, "video").exists() and not running().remote.fetch.is_busy), 40.0
    found["fetched"] = [phone_file(path, kind).exists() for kind in ("face", "video")]
    found["left"] = sorted(one.suffix for one in path.parent.iterdir())
    yield from on_top("remote", "7-fetched")


def using_it() -> Steps:
    with in_window():
        bpy.ops.livelink.stop_live()
        bpy.ops.livelink.refresh_takes()
    yield from on_top("take_browser", "8-in-the-list")
    actions = len(bpy.data.actions)
    with in_window():
        bpy.ops.livelink.use_phone_take("EXEC_DEFAULT", True)
    found["told"] = ours("scene.live.notices").present()[0]
    found["new actions"] = len(bpy.data.actions) - actions
    yield 0.5
    with in_window():
        bpy.ops.ed.undo()
    found["undone"] = len(bpy.data.actions) - actions
    yield 0.5
    with in_window():
        bpy.ops.livelink.refresh_takes()
    shelf = bpy.context.window_manager.livelink_shelf
    shelf.active = next(at for at, line in enumerate(shelf.lines) if line.phone_here)
    with in_window():
        bpy.ops.livelink.add_phone_video("EXEC_DEFAULT", True)
    strips = bpy.context.scene.sequence_editor.strips
    found["strips"] = sorted(one.type for one in strips)
    found["said"] = ours("scene.live.notices").present()[0]
    yield from sequencer()
    with in_window():
        bpy.ops.ed.undo()
    editor = bpy.context.scene.sequence_editor
    found["strips after undo"] = len(editor.strips) if editor else 0


def sequencer() -> Steps:
    """A picture of the strips where a person looks for them."""
    area = viewport()
    area.type = "SEQUENCE_EDITOR"
    yield 1.0
    with bpy.context.temp_override(window=bpy.context.window_manager.windows[0], area=area,
                                   region=next(one for one in area.regions if one.type == "WINDOW")):  # fmt: skip
        found["view all"] = list(bpy.ops.sequencer.view_all()) if bpy.ops.sequencer.view_all.poll() else []
    yield 1.0
    yield from picture("remote-9-sequencer")
    area.type = "VIEW_3D"
    yield 0.5


def steps() -> Steps:
    use_own_port()
    bpy.context.preferences.system.use_online_access = True
    yield from open_sidebar()
    for part in (connecting, warnings, recording, using_it):
        yield from part()
    phone.terminate()
    phone.wait(10)
    found["files"] = len(list(Path(ours("io.files.folders").takes_folder()).iterdir()))
    found["ended"] = time.time() > 0 and running() is None


play(steps)
