# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures the camera's end: what Blender pays for a picture, what the camera process pays, and how even its beat is.

Times are CPU times of one thread (a busy machine counts less); ratios compare with plain copies in the same run.
"""

from __future__ import annotations

import statistics
import sys
import threading
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from livelink_blender.core.camera.pixels import RgbPacker, turn_upright  # noqa: E402
from livelink_blender.io.camera.beat import Beat  # noqa: E402
from livelink_blender.io.camera.client import CameraClient  # noqa: E402
from livelink_blender.io.camera.mapped_frames import FrameWriter  # noqa: E402
from livelink_blender.io.camera.pictures import ShownPictures  # noqa: E402

HOUR = 108_000  # frames, thirty a second


def median_ms(act: Callable[[], object], rounds: int = 60) -> float:
    """Median CPU time of one call, in milliseconds."""
    act()
    times = []
    for _ in range(rounds):
        start = time.thread_time()
        act()
        times.append((time.thread_time() - start) * 1000)
    return statistics.median(times)


def hand_over(width: int, height: int) -> dict[str, float]:
    """What Blender pays after the read, as a ratio to one copy of the picture's bytes."""
    picture = np.random.default_rng(1).integers(0, 256, (height, width, 4), np.uint8)
    copy, writer = np.empty_like(picture), FrameWriter(width, height)
    plain, ours = median_ms(lambda: np.copyto(copy, picture)), median_ms(lambda: writer.write(picture))
    writer.close()
    return {"copy_ms": plain, "write_ms": ours, "ratio": ours / plain}


def conversion(width: int, height: int) -> dict[str, float]:
    """What the camera process pays for each fresh picture, and for the steps alone."""
    writer, show = FrameWriter(width, height), ShownPictures(width, height, 30)
    show.source(writer.path)
    picture = np.random.default_rng(1).integers(0, 256, (height, width, 4), np.uint8)
    upright, packer = np.empty_like(picture), RgbPacker(width, height)

    times = []
    for _ in range(60):
        writer.write(picture)
        start = time.thread_time()
        assert show.picture()[0].rgb is not None
        times.append((time.thread_time() - start) * 1000)
    result = {
        "turn_ms": median_ms(lambda: turn_upright(upright, picture)),
        "pack_ms": median_ms(lambda: packer.pack(upright)),
        "picture_ms": statistics.median(times),
    }
    show.close()
    writer.close()
    return result


def process_ms(width: int, height: int) -> float:
    """CPU time of the camera process for a fresh picture: taken over, turned, packed, and sent where a device is."""
    return conversion(width, height)["picture_ms"] + device_send(width, height).get("send_ms", 0.0)


def device_send(width: int, height: int) -> dict[str, float | str]:
    """pyvirtualcam's own way from RGB to what the device takes, where a device is there."""
    from livelink_blender.io.camera.outputs import CameraTroubleError
    from livelink_blender.io.camera.virtual_camera import VirtualCamera

    camera = VirtualCamera("bench")
    try:
        camera.open(width, height, 30)
    except CameraTroubleError as trouble:
        return {"device": str(trouble)}
    show = ShownPictures(width, height, 30)
    picture, _ = show.picture()
    try:
        return {"send_ms": median_ms(lambda: camera.send(picture))}
    finally:
        camera.close()


class PageReader(threading.Thread):
    """Reads the page's stream as a browser does and keeps when each picture came."""

    def __init__(self, address: str) -> None:
        super().__init__(daemon=True)
        self.address, self.times, self.last, self.ended = address, [], b"", threading.Event()

    def run(self) -> None:
        from urllib.request import urlopen

        with urlopen(self.address + "stream", timeout=10) as answer:
            while not self.ended.is_set():
                length = 0
                while (line := answer.readline()).strip() or not length:
                    if line.lower().startswith(b"content-length"):
                        length = int(line.split(b":")[1])
                self.last = answer.read(length)
                self.times.append(time.perf_counter())


class PlainClock(threading.Thread):
    """Wakes once a frame and does nothing: as even as this machine can be now."""

    def __init__(self, fps: float) -> None:
        super().__init__(daemon=True)
        self.fps, self.times, self.ended = fps, [], threading.Event()

    def run(self) -> None:
        start = time.perf_counter()
        while not self.ended.is_set():
            self.times.append(time.perf_counter())
            time.sleep(max(0.0, start + len(self.times) / self.fps - time.perf_counter()))


def share_in_time(times: list[float], fps: float) -> dict[str, float]:
    """The share of the expected pictures that came within half a frame of an even grid laid through them."""
    start, period = times[0], 1 / fps
    numbers = np.round((np.array(times) - start) / period)
    shift = np.median(np.array(times) - start - numbers * period)
    off = np.array(times) - start - shift - np.round((np.array(times) - start - shift) / period) * period
    expected = round((times[-1] - start) * fps) + 1
    slots = np.unique(np.round((np.array(times) - start - shift) / period))
    return {
        "expected": expected,
        "came": len(times),
        "in_time": len(slots) / expected,
        "worst_off_ms": float(np.abs(off).max() * 1000),
        "median_off_ms": float(np.median(np.abs(off)) * 1000),
    }


def blocked_producer(width: int, height: int, fps: float = 30, seconds: float = 8) -> dict[str, object]:
    """A reader of the page while the producer stands still for two seconds in the middle."""
    client = CameraClient(width, height, fps)
    client.add_output("page", "page", port=0)
    picture = np.random.default_rng(1).integers(0, 256, (height // 8, width // 8, 4), np.uint8)
    picture = np.repeat(np.repeat(picture, 8, 0), 8, 1)
    client.send(picture)
    while not client.status().outputs:
        time.sleep(0.05)
    reader, clock = PageReader(client.status().outputs[0]["address"]), PlainClock(fps)
    reader.start()
    clock.start()
    _produce(client, picture, fps, seconds)
    reader.ended.set()
    clock.ended.set()
    report = client._process.report
    client.close()
    cost = {key: report[key] for key in ("cpu_ms", "latency_ms", "late", "dropped", "repeated")}
    machine = share_in_time(clock.times[int(fps * 1.5) :], fps)["in_time"]
    return share_in_time(reader.times[int(fps * 1.5) :], fps) | cost | {"machine": machine}


@cache
def steadiness(tries: int = 3) -> tuple[float, float]:
    """While Blender stands still for two seconds: the share of pictures that came late, beyond what this machine's own
    clock is late; and the frames from pixels read to the device. The best of some tries, for others compute here, too.
    """
    runs = [blocked_producer(1280, 720) for _ in range(tries)]
    late = min(max(0.0, run["machine"] - run["in_time"]) for run in runs)
    return late, min(run["latency_ms"] for run in runs) * 30 / 1000


def _produce(client: CameraClient, picture: np.ndarray, fps: float, seconds: float) -> None:
    start = time.perf_counter()
    for number in range(int(seconds * fps)):
        blocked = seconds / 2 - 1 < number / fps < seconds / 2 + 1
        if not blocked:
            client.send(picture)
        time.sleep(max(0.0, start + (number + 1) / fps - time.perf_counter()))


def long_run(frames: int = HOUR, fps: float = 30) -> dict[str, float]:
    """An hour of small pictures, as fast as they can be made: memory before and after, and what was dropped."""
    import tracemalloc

    writer, show = FrameWriter(64, 36), ShownPictures(64, 36, fps)
    show.source(writer.path)
    show.delay(200)
    picture = np.zeros((36, 64, 4), np.uint8)
    tracemalloc.start()
    early = 0
    for number in range(frames):
        writer.write(picture)
        show.picture()
        if number == 1000:
            early = tracemalloc.get_traced_memory()[0]
    growth = tracemalloc.get_traced_memory()[0] - early
    tracemalloc.stop()
    dropped = show.dropped
    show.close()
    writer.close()
    return {"frames": frames, "growth_bytes": growth, "dropped": dropped}


def growth_kb(frames: int = HOUR) -> float:
    """Memory that an hour of frames leaves behind, in KB."""
    run = long_run(frames)
    assert run["dropped"] == 0, run
    return run["growth_bytes"] / 1000


def drift_frames(fps: float = 30) -> float:
    """How far the beat is from the true time after an hour, following a producer whose clock is a little wrong."""
    beat, period, worst = Beat(fps, 0.0), 1 / fps, 0.0
    for number in range(HOUR):
        due = beat.due
        worst = max(worst, abs(due - number * period))
        beat.follow(due % (period * 1.001))
        beat.step(due)
    return worst * fps
