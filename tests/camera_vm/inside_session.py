# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs inside a session with PipeWire and the camera portal: real readers look at our node; the answer is JSON.

python inside_session.py ANSWER_FILE readers|chromium
"""

import json
import os
import signal
import sys
import threading
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

import chromium_reader  # noqa: E402
from known_picture import as_blender_reads_it, grid_of, worst_difference  # noqa: E402
from pipewire_reader import PipeWireReader  # noqa: E402

from dev_tools.bench_camera import PlainClock, share_in_time  # noqa: E402
from livelink_blender.io.camera.client import CameraClient  # noqa: E402
from livelink_blender.io.camera.devices import list_cameras  # noqa: E402

WIDTH, HEIGHT, FPS = 640, 360, 30
NODE = "face-live-link"


class Producer(threading.Thread):
    """A Blender that draws the known picture; `blocked` stands for a main thread that is busy."""

    def __init__(self, client: CameraClient, width: int = WIDTH, height: int = HEIGHT) -> None:
        super().__init__(daemon=True)
        self.picture = as_blender_reads_it(width, height)
        self.client, self.blocked, self.ended = client, threading.Event(), threading.Event()

    def run(self) -> None:
        while not self.ended.wait(1 / FPS):
            if not self.blocked.is_set():
                self.client.send(self.picture)


def wait_for_output(client: CameraClient) -> None:
    while not client.status().outputs:
        time.sleep(0.05)


def reader_sees(kind: str, seconds: float = 1.5) -> dict:
    reader = PipeWireReader(NODE, (WIDTH, HEIGHT), FPS, kind)
    time.sleep(seconds)
    reader.close()
    return {"pictures": len(reader.times), "worst": worst_difference(grid_of(reader.last)) if reader.times else None}


def blocked_producer(producer: Producer) -> dict:
    """What a reader got while the producer stood still for two seconds of eight."""
    clock = PlainClock(FPS)
    clock.start()
    reader = PipeWireReader(NODE, (WIDTH, HEIGHT), FPS)
    time.sleep(5)
    producer.blocked.set()
    time.sleep(2)
    producer.blocked.clear()
    time.sleep(3)
    reader.close()
    clock.ended.set()
    machine = share_in_time(clock.times, FPS)["in_time"]
    return share_in_time(reader.times[2 * FPS :], FPS) | {"machine": machine}


def starts_and_stops(client: CameraClient) -> list[int]:
    """Pictures that a reader got after each fourth of twenty starts."""
    counts = []
    for number in range(20):
        client.stop_output("pw")
        client.add_output("pipewire", "pw")
        if number % 4 == 3:
            time.sleep(0.5)
            counts.append(reader_sees("RGBX", 1)["pictures"])
    return counts


def after_a_kill(client: CameraClient) -> dict:
    os.kill(client.pid, signal.SIGKILL)
    time.sleep(0.5)
    says = client.status().says
    client.restart()
    wait_for_output(client)
    time.sleep(2)
    return {"says": says} | reader_sees("RGBX")


def two_readers() -> list[int]:
    readers = [PipeWireReader(NODE, (WIDTH, HEIGHT), FPS) for _ in range(2)]
    time.sleep(2)
    for reader in readers:
        reader.close()
    return [len(reader.times) for reader in readers]


def cost(width: int, height: int) -> dict:
    """What the whole camera process spends on a picture while a reader watches, and how old pictures are when sent."""
    client = CameraClient(width, height, FPS)
    producer = Producer(client, width, height)
    producer.start()
    client.add_output("pipewire", "pw", label="Cost")
    wait_for_output(client)
    reader = PipeWireReader("cost", (width, height), FPS)
    time.sleep(5)
    report = client._process.report
    reader.close()
    producer.ended.set()
    client.close()
    return {key: report[key] for key in ("cpu_ms", "latency_ms", "late")} | {"pictures": len(reader.times)}


def main(answer_file: str, what: str) -> None:
    client = CameraClient(WIDTH, HEIGHT, FPS)
    producer = Producer(client)
    producer.start()
    client.add_output("pipewire", "pw")
    wait_for_output(client)
    answer: dict = {"found": [list(camera[:2]) for camera in list_cameras()]}
    if what == "chromium":
        answer["chromium"] = chromium_reader.read("Face Live Link", 4)
    else:
        answer["formats"] = {kind: reader_sees(kind) for kind in ("RGBX", "RGBA", "RGB")}
        answer["two readers"] = two_readers()
        answer["blocked"] = blocked_producer(producer)
        answer["twenty starts"] = starts_and_stops(client)
        answer["killed"] = after_a_kill(client)
        producer.ended.set()
        answer["cost"] = {"720p": cost(1280, 720), "1080p": cost(1920, 1080)}
    producer.ended.set()
    client.close()
    Path(answer_file).write_text(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:3])
