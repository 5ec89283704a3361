# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every state of the panel as a picture to be looked at, and how long drawing takes."""

import os
import socket
import sys
import time
from types import SimpleNamespace

sys.path.insert(0, os.environ["LIVELINK_TEST_SCRIPTS"])

import bpy
from stage import (
    PACKAGE,
    PORT,
    Steps,
    found,
    hero,
    in_window,
    key,
    open_sidebar,
    ours,
    picture,
    play,
    region,
    running,
    try_live,
)

drawn_ms: dict[str, list[float]] = {}


def time_drawing() -> None:
    """Note how long each of our panels takes to draw."""
    for name in ("status", "phone", "character", "takes", "tune"):
        panel = getattr(bpy.types, f"LIVELINK_PT_{name}")
        panel.draw = _timed(name, panel.draw)


def _timed(name: str, draw):
    def timed(self, context) -> None:
        begun = time.perf_counter()
        draw(self, context)
        drawn_ms.setdefault(name, []).append(1000 * (time.perf_counter() - begun))

    return timed


class Unfolded:
    """A layout whose foldable parts are open, for pictures of them."""

    def __init__(self, layout: bpy.types.UILayout) -> None:
        self.__dict__["_layout"] = layout

    def __getattr__(self, name: str):
        return getattr(self._layout, name)

    def __setattr__(self, name: str, value: object) -> None:
        setattr(self._layout, name, value)

    def panel(self, name: str, default_closed: bool = False):
        head, body = self._layout.panel(f"{name}_unfolded", default_closed=False)
        return head, Unfolded(body) if body else None


def on_top(name: str) -> Steps:
    """One section with all its parts unfolded, above the others."""
    section = getattr(bpy.types, f"LIVELINK_PT_{name}")

    def draw(self, context) -> None:
        section.draw(SimpleNamespace(layout=Unfolded(self.layout)), context)

    place = {key: getattr(section, key) for key in ("bl_label", "bl_space_type", "bl_region_type", "bl_category")}
    unfolded = type(f"LIVELINK_PT_unfolded_{name}", (bpy.types.Panel,), {**place, "bl_order": 0, "draw": draw})
    bpy.utils.register_class(unfolded)
    yield from shot(f"unfolded-{name}")
    bpy.utils.unregister_class(unfolded)


def shot(name: str) -> Steps:
    yield 0.5
    ours("ui.common.watch").show_now()
    yield from picture(f"panel-{name}", region("UI"))


def send_garbage() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as phone:
        for packet in (b"GET / HTTP/1.1\r\n", b"hello", b""):
            for _ in range(7):
                phone.sendto(packet, ("127.0.0.1", PORT))


def nothing_yet() -> Steps:
    yield from shot("01-new")
    taken = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    taken.bind(("", PORT))
    try:
        bpy.ops.livelink.start_live()
    except RuntimeError as error:
        found["port in use"] = str(error)
    yield from shot("02-port-in-use")
    taken.close()
    bpy.context.preferences.system.use_online_access = True


def waiting() -> Steps:
    bpy.ops.livelink.start_live()
    yield from shot("03-waiting")
    yield from picture("panel-03-waiting-whole")
    yield 3.2
    bpy.ops.livelink.find_fault()
    yield from shot("04-no-packets")
    send_garbage()
    yield from shot("05-wrong-packets")
    bpy.ops.livelink.close_checklist()


def live() -> Steps:
    yield from try_live()
    yield 2.0
    yield from shot("06-live")
    yield from on_top("tune")
    yield from on_top("character")
    line = ours("scene.panel_state.status").latest().phones[0]
    bpy.ops.livelink.only_this_phone(phone=ours("scene.character.properties").performer_text(line.key))
    with in_window():
        bpy.ops.livelink.neutral_face("INVOKE_DEFAULT")
    yield from shot("07-neutral-countdown")
    yield 4.5
    found["neutral kept"] = bool(bpy.context.scene.livelink.characters[0].calibration)
    bpy.ops.livelink.only_this_phone(phone="")
    found["neutral told"] = ours("scene.live.notices").present()[0]
    with in_window():
        bpy.ops.livelink.start_take("INVOKE_DEFAULT")
    yield from shot("08-take-countdown")
    yield lambda: running().recorder.packets > 120
    yield from shot("09-recording")
    with in_window():
        bpy.ops.livelink.end_take()
    yield from shot("10-take-kept")
    found["actions"] = [action.name for action in bpy.data.actions]


def troubles() -> Steps:
    """A mesh with gaps and obstacles."""
    blocks = hero().data.shape_keys.key_blocks
    blocks["jawOpen"].name = "jawOpne"
    blocks["browInnerUp"].name = "Surprise"
    blocks["cheekPuff"].mute = True
    blocks["tongueOut"].slider_max = 0.5
    ours("scene.state").touch()
    yield 0.5
    yield from shot("11-gaps-and-obstacles")
    with in_window():
        bpy.ops.livelink.fix_unmatched("INVOKE_DEFAULT")
    yield from picture("panel-12-fix")
    yield from key("Escape")


def endings() -> Steps:
    bpy.ops.livelink.end_trial()
    yield 1.5
    yield from shot("13-silent")
    for collection in (bpy.data.objects,):
        for one in list(collection):
            collection.remove(one)
    yield 1.0
    yield from shot("14-head-deleted")
    ours("scene.live.session").stop("Stopped: another file was opened.")
    yield from shot("15-ended-with-a-reason")
    bpy.ops.livelink.remove_character()
    yield from shot("16-nothing-again")
    bpy.ops.preferences.addon_show(module=PACKAGE)
    yield 1.0
    yield from picture("panel-17-preferences")


def steps() -> Steps:
    bpy.context.scene.livelink.port = PORT
    time_drawing()
    yield from open_sidebar()
    for part in (nothing_yet, waiting, live, troubles, endings):
        yield from part()
    found["drawing"] = {name: sorted(times)[len(times) // 2] for name, times in drawn_ms.items()}
    found["draws"] = {name: len(times) for name, times in drawn_ms.items()}


play(steps)
