# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Other apps in the sidebar: wanted ports open and close while live, phones are asked, the face is handed on."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from time import sleep, time

import bpy
import numpy as np
import pytest

from livelink_blender import registration
from livelink_blender.core.face.channels import INDEX
from livelink_blender.core.face.frame import Frame
from livelink_blender.core.face.look_check import MOVES
from livelink_blender.core.network.neighbours import KINDS, OWN_KIND
from livelink_blender.core.sources.apps import ASKED, HANDED, PORTS_OF, UNVERIFIED
from livelink_blender.core.sources.performers import Roster
from livelink_blender.core.wire.common import osc
from livelink_blender.io.network import discovery
from livelink_blender.io.sources.outlets import OutletDoor
from livelink_blender.io.sources.phone_memory import known_phones
from livelink_blender.io.sources.udp import UdpDoor
from livelink_blender.scene.live import notices, session
from livelink_blender.scene.panel_state import status
from livelink_blender.ui.sources.app_panel import BUTTONS
from tests.scene.heads import make_character, make_head
from tests.scene.phones import free_port

TOLD_TO_STOP = ("FACEMOTION3D", "FMV3")  # the others have no word for it, or end by themselves


@pytest.fixture
def settings(monkeypatch, tmp_path):
    """The settings of other apps in an empty file, with the whole add-on registered."""
    monkeypatch.setenv("LIVELINK_HOME", str(tmp_path))
    had_properties = hasattr(bpy.types.Scene, "livelink")
    if had_properties:
        registration.properties.unregister()
    registration.register()
    bpy.ops.wm.read_homefile(use_empty=True)
    bpy.context.scene.livelink.port = free_port()
    yield bpy.context.scene.livelink.sources
    session.stop()
    registration.unregister()
    if had_properties:
        registration.properties.register()


@pytest.fixture
def online():
    system = bpy.context.preferences.system
    before, system.use_online_access = system.use_online_access, True
    yield
    system.use_online_access = before


@pytest.fixture
def live(settings):
    """A session that hears this computer only."""
    return session.start(bpy.context.scene, "127.0.0.1")


def look_after(live) -> None:
    live._next_chores = 0.0
    live.tick(time())


def jaw(number: int) -> Frame:
    values = np.zeros(61, np.float32)
    values[INDEX["jawOpen"]] = 0.5
    return Frame(time(), "", "", "", number / 60, number, 60.0, values)


def test_nothing_is_open_until_it_is_wanted(settings, live):
    look_after(live)
    assert live.intake.more_doors == live.intake.asking == live.intake.forwarded == []
    assert not any(getattr(settings, line) for line in PORTS_OF)


@pytest.mark.parametrize("line", PORTS_OF)
def test_a_wanted_port_opens_while_live_and_closes_again(settings, live, line):
    setattr(settings, f"{line}_port", free_port())
    setattr(settings, line, True)
    look_after(live)
    (door,) = live.intake.more_doors
    assert door.port == getattr(settings, f"{line}_port")
    setattr(settings, line, False)
    look_after(live)
    assert live.intake.more_doors == [] and live.sources.troubles == {}


def test_a_taken_port_is_said_and_opened_when_it_is_free(settings, live):
    with UdpDoor(0, "127.0.0.1") as other:
        settings.vmc_port, settings.vmc = other.port, True
        look_after(live)
        assert "in use" in live.sources.troubles["vmc", other.port] and live.is_running
    look_after(live)
    assert len(live.intake.more_doors) == 1 and live.sources.troubles == {}


def test_the_port_that_is_open_anyway_is_no_trouble(settings, live):
    settings.own_port, settings.own = live.door.port, True
    look_after(live)
    assert live.intake.more_doors == [] and live.sources.troubles == {}


@pytest.mark.parametrize("app", ["FACEMOTION3D", "VTUBESTUDIO", "IFACIALMOCAP", "FMV3"])
def test_an_asked_phone_sends_and_is_remembered(settings, live, app):
    settings.ifacialmocap_port = free_port()
    with OutletDoor(ASKED[app].dialect, None, host="127.0.0.1") as phone:
        settings.typed.app, settings.typed.address, settings.typed.port = app, " 127.0.0.1 ", phone.port
        assert bpy.ops.livelink.ask_phone() == {"FINISHED"}
        bpy.ops.livelink.ask_phone()
        assert len(settings.asked) == 1 and known_phones() == []
        look_after(live)
        assert live.sources.asked_word(settings.asked[0], time()) == "asked, no answer yet"
        for number in range(6):
            sleep(0.005)
            phone.send(jaw(number), time())
            live.tick(time())
        assert live.sources.asked_word(settings.asked[0], time()) == "sends its face"
        assert known_phones() == ["127.0.0.1"]
        bpy.ops.livelink.forget_phone(number=0)
        look_after(live)
        assert live.intake.asking == [] and live.intake.more_doors == []
        sleep(0.01)
        assert app not in TOLD_TO_STOP or not any(phone.send(jaw(number), time()) for number in range(8, 12))


def test_a_phone_is_asked_anew_when_its_port_changes(settings, live):
    settings.ifacialmocap_port = free_port()
    with OutletDoor("ifacialmocap-v2", None, host="127.0.0.1") as phone:
        settings.typed.address, settings.typed.port = "127.0.0.1", phone.port
        bpy.ops.livelink.ask_phone()
        look_after(live)
        settings.ifacialmocap_port = free_port()
        look_after(live)
        assert len(live.intake.asking) == len(live.intake.more_doors) == 1
        sleep(0.01)
        phone.send(jaw(0), time())
        sleep(0.01)
        live.tick(time())
        assert live.sources.asked_word(settings.asked[0], time()) == "sends its face"


@pytest.mark.parametrize("typed", ["", "phone.local", "300.1.1.1", "203.0.113.5"])
def test_an_address_that_may_not_be_asked_is_refused_in_a_sentence(settings, typed):
    assert not bpy.app.online_access
    settings.typed.address = typed
    with pytest.raises(RuntimeError, match=r"in numbers|allow it"):
        bpy.ops.livelink.ask_phone()
    assert len(settings.asked) == 0


@pytest.mark.parametrize("app", HANDED)
def test_the_face_is_handed_on_by_a_switch(settings, live, app):
    roster = Roster()
    with UdpDoor(0, "127.0.0.1") as other, OutletDoor("livelink", ("127.0.0.1", live.door.port)) as phone:
        bpy.ops.livelink.add_receiver()
        receiver = settings.receivers[0]
        receiver.app, receiver.port = app, other.port
        look_after(live)
        assert live.intake.forwarded == [] and live.sources.receiver_word(receiver) == "Off"
        receiver.is_on = True
        look_after(live)
        for number in range(8):
            phone.send(jaw(number), time())
            sleep(0.004)
            live.tick(time())
            for arrival, sender, packet in other.drain():
                roster.receive(packet, arrival, sender)
            for sender, reply in roster.conversations.replies:
                other.answer(sender, reply)
            roster.conversations.replies.clear()
        (heard,) = roster.performers.values()
        assert heard.latest_face.values[INDEX["jawOpen"]] == pytest.approx(0.5, abs=0.01)
        assert "frames sent" in live.sources.receiver_word(receiver)
        bpy.ops.livelink.remove_receiver(number=0)
        look_after(live)
        assert live.intake.forwarded == []


def test_a_face_is_not_handed_back_to_ourselves(settings, live):
    receiver = settings.receivers.add()
    receiver.port = live.door.port
    look_after(live)
    assert live.intake.forwarded == [] and "come back" in live.sources.receiver_word(receiver)


def test_an_osc_map_is_read_and_read_again_when_it_changes(settings, live, tmp_path: Path):
    file = tmp_path / "map.json"
    file.write_text(json.dumps({"/mouth": "jawOpen", "no slash": "jawOpen"}))
    settings.osc_map = str(file)
    look_after(live)
    assert live.roster.conversations.osc_map.knows("/mouth") and "slash" in live.sources.map_faults[0]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as app:
        for _ in range(3):
            app.sendto(osc.message("/mouth", 0.5), ("127.0.0.1", live.door.port))
    sleep(0.01)
    live.tick(time())
    (heard,) = live.roster.performers.values()
    assert heard.latest.values[INDEX["jawOpen"]] == pytest.approx(0.5)
    settings.osc_map = str(tmp_path / "gone.json")
    look_after(live)
    assert live.roster.conversations.osc_map is None and "can't be read" in live.sources.map_faults[0]


def test_a_search_is_off_until_it_is_wanted_and_allowed(settings, live):
    look_after(live)
    assert live.sources.neighbours.trouble == "" and live.sources.neighbours.found == []
    settings.find = True
    look_after(live)
    assert "allow it" in live.sources.neighbours.trouble


def test_a_search_without_the_library_says_so_and_all_else_goes_on(settings, live, monkeypatch, online):
    monkeypatch.setattr(discovery, "is_installed", lambda: False)
    settings.find = True
    look_after(live)
    assert "zeroconf" in live.sources.neighbours.trouble and live.is_running


@pytest.mark.skipif(not discovery.is_installed(), reason="the package zeroconf is not installed here")
def test_another_blender_is_found_and_gets_the_face_by_a_click(settings, live, online):
    settings.find = True
    other = discovery.Discovery(22222, ["127.0.0.1"], ["127.0.0.1"])
    for _ in range(300):
        look_after(live)
        if ours := [one for one in live.sources.neighbours.found if one.kind == KINDS[OWN_KIND] and one.port == 22222]:
            break
        sleep(0.05)
    bpy.ops.livelink.add_receiver(address=ours[0].address, port=ours[0].port)
    look_after(live)
    assert len(live.intake.forwarded) == 1 and settings.receivers[0].app == "LIVELINK"
    session.stop()
    assert live.sources.neighbours.found == []
    other.close()


def test_a_look_to_the_left_is_a_button(settings):
    make_character(make_head())
    assert not bpy.ops.livelink.check_look.poll()
    live = session.start(bpy.context.scene, "127.0.0.1")
    with OutletDoor("livelink", ("127.0.0.1", live.door.port)) as phone:
        for number in range(5):
            frame = jaw(number)
            frame.values[INDEX["headYaw"]] = -0.4
            phone.send(frame, time())
            sleep(0.004)
            live.tick(time())
    bpy.ops.livelink.check_look(move="LEFT")
    assert notices.present() == ("Turned round: headYaw.", False)


@pytest.mark.parametrize("dialect", sorted(UNVERIFIED))
def test_an_app_whose_directions_nobody_has_compared_is_asked_about_once(settings, dialect):
    make_character(make_head())
    live = session.start(bpy.context.scene, "127.0.0.1")
    with OutletDoor(dialect, ("127.0.0.1", live.door.port)) as phone:
        for number in range(8):
            frame = jaw(number)
            frame.values[INDEX["headYaw"]] = 0.4
            phone.send(frame, time())
            sleep(0.004)
            look_after(live)
    app = next(iter(live.roster.performers.values())).name
    assert status.take(time()).unsure_app == app
    bpy.ops.livelink.check_look(move="LEFT")
    assert notices.present() == ("All signs are right.", False)
    assert status.take(time()).unsure_app == ""


def test_each_move_has_its_button():
    assert set(BUTTONS) == set(MOVES)
