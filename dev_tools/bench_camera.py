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
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from livelink_blender.core.pixels import RgbPacker, turn_upright  # noqa: E402
from livelink_blender.doors.camera.camera_client import CameraClient  # noqa: E402
from livelink_blender.doors.camera.mapped_frames import FrameWriter  # noqa: E402
from livelink_blender.doors.camera.show import Show  # noqa: E402

SIZES = ((1280, 720), (1920, 1080))
MORE_PATHS = tuple(path for path in sys.path if path.endswith("site-packages"))


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
    writer, show = FrameWriter(width, height), Show(width, height, 30)
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


def loopback_format(width: int, height: int) -> dict[str, float]:
    """pyvirtualcam's own way from RGB to what v4l2loopback takes, where a device is there."""
    from livelink_blender.doors.camera.outputs import CameraTroubleError
    from livelink_blender.doors.camera.virtual_camera import VirtualCamera

    camera = VirtualCamera("bench")
    try:
        camera.open(width, height, 30)
    except CameraTroubleError as trouble:
        return {"device": str(trouble)}
    show = Show(width, height, 30)
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
    client = CameraClient(width, height, fps, MORE_PATHS)
    client.add_output("page", "page", port=0)
    picture = np.random.default_rng(1).integers(0, 256, (height // 8, width // 8, 4), np.uint8)
    picture = np.repeat(np.repeat(picture, 8, 0), 8, 1)
    client.send(picture)
    while not client.status().outputs:
        time.sleep(0.05)
    reader = PageReader(client.status().outputs[0]["address"])
    reader.start()
    _produce(client, picture, fps, seconds)
    reader.ended.set()
    report = client._child.report
    client.close()
    cost = {key: report[key] for key in ("cpu_ms", "latency_ms", "late", "dropped", "repeated")}
    return share_in_time(reader.times[int(fps * 1.5) :], fps) | cost


def change_to_reader(width: int = 640, height: int = 360, fps: float = 15, changes: int = 20) -> dict[str, float]:
    """From a changed picture handed over to changed pixels at a reader of the page, counted in frames."""
    import simplejpeg

    client = CameraClient(width, height, fps, MORE_PATHS)
    client.add_output("page", "page", port=0)
    while not client.status().outputs:
        time.sleep(0.05)
    reader = PageReader(client.status().outputs[0]["address"])
    reader.start()
    chance, start, frames, shown, seen_at = np.random.default_rng(1), time.perf_counter(), 0, 0, []
    while len(seen_at) < changes:
        frames += 1
        time.sleep(max(0.0, start + frames / fps - time.perf_counter()))
        changed = chance.random() < 0.2
        shown = 255 - shown if changed else shown
        handed_over = time.perf_counter()
        client.send(np.full((height, width, 4), shown, np.uint8))
        if changed:
            while not reader.last or abs(int(simplejpeg.decode_jpeg(reader.last, "RGB")[5, 5, 0]) - shown) > 60:
                time.sleep(0.001)
            seen_at.append((time.perf_counter() - handed_over) * fps)
            frames = int((time.perf_counter() - start) * fps)
    reader.ended.set()
    client.close()
    return {"median_frames": statistics.median(seen_at), "worst_frames": max(seen_at)}


def _produce(client: CameraClient, picture: np.ndarray, fps: float, seconds: float) -> None:
    start = time.perf_counter()
    for number in range(int(seconds * fps)):
        blocked = seconds / 2 - 1 < number / fps < seconds / 2 + 1
        if not blocked:
            client.send(picture)
        time.sleep(max(0.0, start + (number + 1) / fps - time.perf_counter()))


def long_run(frames: int = 108_000, fps: float = 30) -> dict[str, float]:
    """An hour of small pictures, as fast as they can be made: memory before and after, and what was dropped."""
    import tracemalloc

    writer, show = FrameWriter(64, 36), Show(64, 36, fps)
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


def report() -> dict[str, object]:
    """All figures."""
    figures: dict[str, object] = {}
    for width, height in SIZES:
        name = f"{height}p"
        figures[name] = hand_over(width, height) | conversion(width, height) | loopback_format(width, height)
        figures[f"{name} producer blocked 2 s, page"] = blocked_producer(width, height)
    figures["from a changed picture to a reader of the page"] = change_to_reader()
    figures["an hour of frames"] = long_run()
    return figures


def main() -> None:
    for name, figures in report().items():
        print(f"{name}:", ", ".join(f"{k} {v:.3g}" if isinstance(v, float) else f"{k} {v}" for k, v in figures.items()))


if __name__ == "__main__":
    main()
