# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section Other Apps with every part unfolded; ports open and close while live; the face is handed on."""

import os
import select
import socket
import sys

sys.path.insert(0, os.environ["LIVELINK_TEST_SCRIPTS"])

import bpy
from stage import Steps, found, in_window, open_sidebar, ours, picture, play, region, running, try_live


class LIVELINK_PT_top_apps(bpy.types.Panel):
    """All of it, where it can be seen."""

    bl_label = "Other Apps"
    bl_space_type, bl_region_type, bl_category, bl_order = "VIEW_3D", "UI", "Face Live Link", 0
    part = ""

    def draw(self, context) -> None:
        apps, live = ours("ui.sources.app_panel"), running()
        settings = context.scene.livelink.sources
        if not self.part:
            apps.LIVELINK_PT_apps.draw(self, context)
            return
        title, draw = next((title, draw) for name, title, draw in apps.PARTS if name == self.part)
        self.layout.label(text=title)
        draw(self.layout, context, settings, live)


def shot(part: str, state: str = "") -> Steps:
    LIVELINK_PT_top_apps.part = part
    ours("ui.common.watch").show_now()
    yield 1.5  # panels glide to their new places
    yield from picture(f"panel-apps-{part or 'ask'}{state}", region("UI"))


def receivers(settings, port: int) -> None:
    with in_window():
        bpy.ops.livelink.add_receiver()
        bpy.ops.livelink.add_receiver(address="127.0.0.1", port=port, app="OSC")


def steps() -> Steps:
    yield from open_sidebar()
    bpy.utils.register_class(LIVELINK_PT_top_apps)
    settings = bpy.context.scene.livelink.sources
    yield from shot("", "-off")
    yield from try_live()
    settings.vmc, settings.vmc_port = True, free_port()
    yield (lambda: len(running().intake.more_doors) == 1, 5.0)
    found["open"] = [door.port for door in running().intake.more_doors] == [settings.vmc_port]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.bind(("127.0.0.1", 0))
        receivers(settings, other.getsockname()[1])
        yield (lambda: bool(select.select([other], [], [], 0.0)[0]), 20.0)
        found["handed on"] = other.recv(2048, socket.MSG_DONTWAIT)[:8].decode()
        found["word"] = running().sources.receiver_word(settings.receivers[1])
    settings.typed.address = "127.0.0.1"
    with in_window():
        bpy.ops.livelink.ask_phone()
    yield 1.0
    search = running().sources.search
    phone = ours("core.network.phone_search").FoundPhone
    search.found = (phone("192.168.1.23", "Anna's iPhone", "IFACIALMOCAP"), phone("192.168.1.40", "Studio phone", ""))
    search.has_searched = True
    for part in ("", "ports", "hand_on", "find", "signs"):
        yield from shot(part)
    settings.vmc = False
    settings.asked[0].is_on = False
    yield (lambda: not running().intake.more_doors, 5.0)
    found["closed"] = not running().intake.more_doors
    bpy.utils.unregister_class(LIVELINK_PT_top_apps)
    yield from network_code()


def network_code() -> Steps:
    """The code is shown; another "computer" (another address of this one) loads its page; the panel says so."""
    with in_window():
        bpy.ops.livelink.stop_live()
    bpy.context.preferences.system.use_online_access = True
    ours("ui.common.watch").show_now()
    yield 0.5
    with in_window():
        bpy.ops.livelink.show_code()
    test = ours("scene.network.qr_page")
    yield (lambda: bool(test.present().url), 10.0)
    yield 2.0  # panels glide to their new places
    yield from picture("panel-network-code", region("UI"))
    url = test.present().url
    host, port = url.split("/")[2].split(":")
    with socket.create_connection((host, int(port)), 5.0, ("127.0.0.2", 0)) as phone:
        path = url.split("/")[3]
        phone.sendall(f"GET /{path} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
        phone.settimeout(5.0)
        found["page"] = phone.recv(65536).decode().partition("<h1>")[2].partition("</h1>")[0]
    yield (lambda: test.present() is not None and test.present().is_fine, 10.0)
    found["network test"] = test.present().sentence
    yield from picture("panel-network-fine", region("UI"))
    with in_window():
        bpy.ops.livelink.hide_code()
    found["put away"] = not test.is_on()


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


play(steps)
