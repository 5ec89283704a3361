# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A session hears every app: its face moves the keys, phones are answered, takes hold whole frames."""

from __future__ import annotations

from time import sleep, time

import bpy
import numpy as np
import pytest

from livelink_blender.core.face.channels import INDEX
from livelink_blender.core.face.frame import Frame
from livelink_blender.core.sources.performers import Roster
from livelink_blender.core.takes.captures import read_capture
from livelink_blender.core.wire.dialect_facts import FACTS
from livelink_blender.core.wire.table import WRITTEN
from livelink_blender.io.sources.handshakes import Handshake
from livelink_blender.io.sources.outlets import ForwardedFace, OutletDoor
from livelink_blender.io.sources.tcp import TcpDoor
from livelink_blender.io.sources.udp import UdpDoor
from livelink_blender.scene.character.chain_settings import calibration_of
from livelink_blender.scene.live import session
from livelink_blender.scene.live.look_check import check_look
from tests.scene.heads import make_character, make_head
from tests.scene.phones import free_port


@pytest.fixture
def live(scene, tmp_path, monkeypatch):
    """A session with one head of 52 keys, unsmoothed, with a second door for TCP."""
    monkeypatch.setenv("LIVELINK_HOME", str(tmp_path))
    scene.livelink.port = free_port()
    scene.livelink.smoothing.enabled = False
    scene.livelink.presence.back = 0.0
    make_character(make_head())
    running = session.start(scene, "127.0.0.1")
    running.intake.more_doors.append(TcpDoor(0, "127.0.0.1"))
    yield running
    session.stop()


def outlet_to(live, dialect: str) -> OutletDoor:
    door = live.intake.more_doors[0] if FACTS[dialect].by_tcp else live.door
    return OutletDoor(dialect, ("127.0.0.1", door.port))


def show(live, outlet: OutletDoor, frames: int = 12) -> None:
    values = np.zeros(61, np.float32)
    values[INDEX["jawOpen"]] = 0.5
    for number in range(frames):
        now = time()
        outlet.send(Frame(now, "", "", "", number / 60, number, 60.0, values), now)
        sleep(0.004)
        live.tick(time())


@pytest.mark.parametrize("dialect", WRITTEN)
def test_a_face_in_any_dialect_moves_the_key(live, dialect):
    with outlet_to(live, dialect) as outlet:
        show(live, outlet)
    key = bpy.data.objects["Head"].data.shape_keys.key_blocks["jawOpen"]
    assert key.value == pytest.approx(0.5, abs=1e-5)


@pytest.mark.parametrize("dialect", ["vmc", "facecap", "fmv3", "vts"])
def test_a_take_begun_in_the_middle_holds_whole_frames(live, dialect, tmp_path):
    with outlet_to(live, dialect) as outlet:
        show(live, outlet)
        live.record(tmp_path / "take.facetape", {})
        show(live, outlet)
        tape = live.stop_recording()
    frames = read_capture(tape.read_bytes(), "take").frames
    assert 10 <= len(frames) <= 13
    assert {frame.dialect for frame in frames} == {dialect}
    assert all(frame.values[INDEX["jawOpen"]] == pytest.approx(0.5) for frame in frames)


@pytest.mark.parametrize("dialect", ["vmc", "fmv3", "livelink"])
def test_a_face_is_handed_on_while_it_drives(live, dialect):
    with outlet_to(live, "ifacialmocap-v2") as outlet, UdpDoor(0, "127.0.0.1") as other:
        live.intake.forwarded.append(ForwardedFace(OutletDoor(dialect, ("127.0.0.1", other.port))))
        roster = Roster()
        for _ in range(6):
            show(live, outlet, 2)
            for arrival, sender, packet in other.drain():
                roster.receive(packet, arrival, sender)
            for sender, reply in roster.conversations.replies:
                other.answer(sender, reply)
            roster.conversations.replies.clear()
    (performer,) = roster.performers.values()
    assert performer.latest.dialect == dialect
    assert performer.latest.values[INDEX["jawOpen"]] == pytest.approx(0.5)
    assert live.intake.forwarded[0].frames >= 8


def test_a_look_to_the_left_sets_the_signs_of_an_app_that_turns_them_round(live):
    values = np.zeros(61, np.float32)
    values[INDEX["headYaw"]] = -0.4  # looking left, says an app whose sign is wrong
    with outlet_to(live, "vmc") as outlet:
        for number in range(5):
            outlet.send(Frame(time(), "", "", "", None, number, 60.0, values), time())
            sleep(0.004)
            live.tick(time())
        assert check_look(live, 0, "left", time()) == "Turned round: headYaw."
        gain = calibration_of(live.scene().livelink.characters[0]).gain
        assert gain[INDEX["headYaw"]] == -1.0 and (np.delete(gain, INDEX["headYaw"]) == 1.0).all()
        assert check_look(live, 0, "left", time()) == "All signs are right.", "once is enough"
        assert "hardly" in check_look(live, 0, "up", time())


def test_a_phone_that_waits_is_asked_by_the_session_and_told_to_stop(live):
    with OutletDoor("ifacialmocap", None, host="127.0.0.1") as outlet:
        live.intake.asking.append(Handshake(live.door, "facemotion3d", "127.0.0.1", outlet.port))
        show(live, outlet)
        (performer,) = live.roster.performers.values()
        assert performer.latest.dialect == "facemotion3d"
        session.stop()
        sleep(0.05)
        assert outlet.send(Frame(0.0, "", "", "", None, 1, 60.0, np.zeros(61, np.float32)), time()) == 0


def test_the_phone_is_told_to_stop(live):
    with outlet_to(live, "fmv3") as outlet:
        show(live, outlet)
        session.stop()
        sleep(0.05)
        now = time()
        frame = Frame(now, "", "", "", None, 1, 60.0, np.zeros(61, np.float32))
        assert outlet.send(frame, now) in (0, 3), "no frames any more; the schema may be offered anew"
        assert outlet.send(frame, now) == 0
