# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The QR code in the panel: only with network access, says that the path is fine, leaves nothing behind."""

from __future__ import annotations

import socket
from time import monotonic, sleep

import bpy
import pytest

from livelink_blender import registration
from livelink_blender.core.network.qr import qr_code
from livelink_blender.scene.network import qr_page
from livelink_blender.ui.network import address_views


@pytest.fixture
def online():
    system = bpy.context.preferences.system
    before, system.use_online_access = system.use_online_access, True
    yield
    system.use_online_access = before


@pytest.fixture
def whole():
    """The whole add-on, registered."""
    had_properties = hasattr(bpy.types.Scene, "livelink")
    if had_properties:
        registration.properties.unregister()
    registration.register()
    yield
    registration.unregister()
    if had_properties:
        registration.properties.register()


@pytest.fixture(autouse=True)
def ended():
    yield
    qr_page.end()


def wait_for(what, seconds: float = 5.0):
    end = monotonic() + seconds
    while not (found := what()) and monotonic() < end:
        sleep(0.02)
    return found


def load(url: str, source: str) -> bytes:
    host, _, path = url.removeprefix("http://").partition("/")
    with socket.create_connection(("127.0.0.1", int(host.partition(":")[2])), 5.0, (source, 0)) as line:
        line.sendall(f"GET /{path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        return line.recv(1 << 16)


def test_without_network_access_there_is_no_page():
    assert not bpy.app.online_access
    with pytest.raises(qr_page.CannotTest, match="allow it"):
        qr_page.begin(11111, "127.0.0.1")
    assert not qr_page.is_on() and qr_page.present() is None


def test_it_says_when_the_phone_has_loaded_the_page(online):
    qr_page.begin(11111, "127.0.0.1")
    assert wait_for(lambda: qr_page.present().url)
    url = qr_page.present().url
    assert (qr_page.modules(url) == qr_code(url)).all()
    assert b"200 OK" in load(url, "127.0.0.1")
    assert wait_for(lambda: "this computer" in qr_page.present().sentence), "our own browser proves nothing"
    load(url, "127.0.0.9")
    assert wait_for(lambda: qr_page.present().is_fine)
    assert qr_page.present().sentence == "The path is fine: 127.0.0.9 has loaded the page."
    qr_page.end()
    with pytest.raises(OSError):
        load(url, "127.0.0.9")


def test_the_code_is_painted_black_on_white_and_let_go(online, whole):
    qr_page.begin(11111, "127.0.0.1")
    url = wait_for(lambda: qr_page.present().url)
    icons = address_views.code.icons
    address_views._code_icon(url)
    picture = icons.previews[url]
    address_views._code_icon(url)
    assert icons.previews[url] is picture and len(icons.previews) == 1
    assert tuple(picture.image_size) == (37 * 8, 37 * 8)
    assert set(list(picture.image_pixels_float)[::4]) == {0.0, 1.0}
    assert bpy.ops.livelink.hide_code() == {"FINISHED"}
    address_views.stop()
    assert icons.previews is None and not qr_page.is_on()
