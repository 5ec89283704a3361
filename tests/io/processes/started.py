# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each process of ours, started as Blender starts it, for the kill tests: what it is, and what it holds."""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import numpy as np

from livelink_blender.core.shapes.job import Job
from livelink_blender.io.camera.client import CameraClient
from livelink_blender.io.demo_phone.process import PhoneProcess
from livelink_blender.io.network import discovery
from livelink_blender.io.network.discovery import Discovery
from livelink_blender.io.network.qr_page import NetworkPage
from livelink_blender.io.processes.child import ChildProcess
from livelink_blender.io.shapes.process import ShapeProcess
from livelink_blender.io.sources.udp import UdpDoor
from tests.core.shapes.made_face import made_face

HOST = "127.0.0.1"


@dataclass
class Started:
    """One of them at work; `look` reads all that the panels show of it, and `says` is its sentence."""

    whole: Any
    child: ChildProcess
    look: Callable[[], Any]
    says: Callable[[], str]
    ports: list[int] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)


def wait_for(what: Callable[[], Any], seconds: float = 10.0) -> Any:
    end = monotonic() + seconds
    while not (found := what()) and monotonic() < end:
        sleep(0.01)
    return found


def begin_phone() -> Started:
    with UdpDoor(0, HOST) as door:
        phone = PhoneProcess(door.port)
    return Started(phone, phone, lambda: phone.is_running, lambda: phone.trouble)


def begin_page() -> Started:
    page = NetworkPage(HOST, 0)
    return Started(page, page, lambda: (page.url, page.loaded_by), lambda: page.trouble)


def begin_discovery() -> Started:
    looking = Discovery(11111, [HOST], [HOST])
    return Started(looking, looking, looking.found, lambda: looking.trouble)


def begin_shapes() -> Started:
    face = made_face()
    work = ShapeProcess(Job(face.mesh, face.parts))
    return Started(work, work, lambda: work.progress, lambda: work.trouble, paths=[str(work._folder)])


def begin_camera() -> Started:
    camera = CameraClient(64, 36, 60)
    camera.add_output("page", "page", port=0)
    camera.send(np.full((36, 64, 4), 80, np.uint8))
    camera.away(np.full((36, 64, 4), 9, np.uint8))
    paths = [str(camera._writer.path), str(camera._away.path)]
    return Started(camera, camera._process, camera.status, lambda: camera.status().says, paths=paths)


BEGIN = {"phone": begin_phone, "page": begin_page, "shapes": begin_shapes, "camera": begin_camera}
if discovery.is_installed():
    BEGIN["discovery"] = begin_discovery


def port_of(one: Started) -> int | None:
    """The port that it listens at, as soon as it has said so."""
    outputs = getattr(one.look(), "outputs", [])
    address = getattr(one.whole, "url", "") or "".join(output.get("address", "") for output in outputs)
    return int(address.split(":")[2].split("/")[0]) if address else None


def is_at_work(one: Started) -> bool:
    """Whether it does what it was started for."""
    if isinstance(one.whole, NetworkPage | CameraClient):
        return port_of(one) is not None
    return not isinstance(one.whole, ShapeProcess) or one.whole.progress >= 0.15


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def is_alive(pid: int) -> bool:
    """Whether a process of this number is there, and no zombie that merely waits to be collected."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def main(name: str) -> None:
    """A Blender that is going to be killed: starts one, says what it holds, and waits."""
    one = BEGIN[name]()
    wait_for(lambda: is_at_work(one))
    if isinstance(one.whole, PhoneProcess | Discovery):
        sleep(1.0)
    port = port_of(one)
    print(json.dumps({"pid": one.child.pid, "ports": [port] if port else [], "paths": one.paths}), flush=True)
    sleep(60)


if __name__ == "__main__":
    main(sys.argv[1])
