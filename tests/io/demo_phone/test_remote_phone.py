# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The phone that is not there, remotely controlled over real sockets: a whole take, from hello to the film."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from livelink_blender.core.face.frame import Frame
from livelink_blender.core.remote import movie
from livelink_blender.core.remote.incoming import LARGEST
from livelink_blender.core.remote.line_up import line_up
from livelink_blender.core.remote.remote import PhoneRemote
from livelink_blender.core.takes.csv_in import read_csv
from livelink_blender.core.wire.common import osc
from livelink_blender.core.wire.recognise import decode_packet
from livelink_blender.io.demo_phone.remote_phone import RemotePhone
from livelink_blender.io.remote.file_receiver import FileReceiver
from livelink_blender.io.sources.udp import UdpDoor

HERE = "127.0.0.1"


@pytest.fixture
def phone() -> Iterator[RemotePhone]:
    stop = threading.Event()
    with RemotePhone(0, loses=0.25) as served:
        thread = threading.Thread(target=served.serve, args=(None, stop.is_set), daemon=True)
        thread.start()
        yield served
        stop.set()
        thread.join(5.0)


class Controller:
    """What the session does, by hand."""

    def __init__(self, phone: RemotePhone) -> None:
        self.door = UdpDoor(0, HERE)
        self.control = PhoneRemote(HERE, self.door.port, phone.port)
        self.frames: list[Frame] = []
        self._phone = phone

    def tick(self) -> None:
        now = time.time()
        for arrival, sender, packet in self.door.drain():
            if not self.control.hear(packet, now):
                self.frames.append(decode_packet(packet, arrival, sender))
        for packet in self.control.tick(now, bool(self.frames)):
            self.door.send(packet, HERE, self._phone.port)

    def until(self, condition, seconds: float = 8.0) -> bool:
        end = time.monotonic() + seconds
        while not condition() and time.monotonic() < end:
            self.tick()
            time.sleep(0.005)
        return condition()

    def fetch(self, path: str, target: Path) -> FileReceiver:
        receiver = FileReceiver(HERE, HERE, target, LARGEST["video"], time.time(), 0)
        self.control.bring(receiver.port, path)
        self.until(lambda: receiver.tick(time.time()) or receiver.is_over)
        receiver.close()
        return receiver


@pytest.fixture
def controller(phone: RemotePhone) -> Iterator[Controller]:
    made = Controller(phone)
    yield made
    made.door.close()


def test_hello_brings_battery_heat_and_the_face(controller):
    control = controller.control
    assert controller.until(lambda: control.battery is not None and control.heat is not None)
    assert controller.until(lambda: len(controller.frames) > 10)
    assert control.word(time.time()) == "connected" and 0.8 < control.battery < 0.9


def test_a_take_from_record_to_files(controller, phone, tmp_path):
    control = controller.control
    assert controller.until(lambda: len(controller.frames) > 5)
    control.record("sc_007", "sc", 7, time.time())
    assert controller.until(lambda: control.is_recording)
    controller.until(lambda: False, 1.5)
    control.stop_recording(time.time())
    assert controller.until(lambda: bool(control.recorded))
    made = control.recorded.pop()
    assert made.take == "sc_007" and made.face.endswith("sc_7_Simulator.csv")

    assert controller.fetch(made.face, tmp_path / "f.csv").is_done
    saved, notes = read_csv((tmp_path / "f.csv").read_bytes(), "sc_7_Simulator.csv")
    assert notes == [] and len(saved) == pytest.approx(90, abs=12)
    lined_up = line_up(controller.frames, saved)
    assert lined_up.way == "timecode" and lined_up.agreement > 0.9999

    assert controller.fetch(made.video, tmp_path / "f.mov").is_done
    film = (tmp_path / "f.mov").read_bytes()
    assert film[4:8] == b"ftyp" and len(film) > 30 * movie.WIDTH * movie.HEIGHT * 3


def test_a_file_that_is_not_there_never_comes(controller, tmp_path):
    receiver = FileReceiver(HERE, HERE, tmp_path / "a.csv", 100, time.time(), 0)
    controller.control.bring(receiver.port, "../../etc/passwd")
    controller.until(lambda: False, 0.3)
    receiver.tick(time.time() + 60)
    assert receiver.trouble and not list(tmp_path.iterdir())


def test_the_stream_is_held_back_and_sent_again(controller):
    assert controller.until(lambda: len(controller.frames) > 5)
    controller.control.stream(False)
    controller.until(lambda: False, 0.3)
    before = len(controller.frames)
    controller.until(lambda: False, 0.3)
    assert len(controller.frames) == before
    controller.control.stream(True)
    assert controller.until(lambda: len(controller.frames) > before)


def test_what_it_says_unasked_is_heard(controller, phone):
    assert controller.until(lambda: controller.control.battery is not None)
    phone.say(osc.message("/AppDeactivated"))
    assert controller.until(lambda: not controller.control.is_active)


def test_rubbish_does_not_stop_it(controller, phone):
    half = (osc.message("/RecordStart", 1, "x"), osc.message("/Transport"))
    for packet in (b"", b"/", b"#bundle\0", b"\xff" * 900, *half):
        controller.door.send(packet, HERE, phone.port)
    assert controller.until(lambda: controller.control.battery is not None)
