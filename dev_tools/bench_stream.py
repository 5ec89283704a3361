# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the camera adds to Blender's own drawing, and how long a moved face takes to be seen, with real draws."""

from __future__ import annotations

import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

import bpy
import numpy as np

from livelink_blender.scene.camera.offscreen import OffscreenView
from livelink_blender.scene.live import session

from .bench_camera import ROOT

ROUNDS = 25
CHANGES = 12
SETTLE_S = 3.0  # until the reader gets pictures
LONGEST_S = 0.9  # the next change is that far


class TimedView(OffscreenView):
    """Knows the processor time of Blender's own two calls."""

    bare_s = 0.0

    def draw_and_read(self, *arguments) -> None:
        began = time.thread_time()
        super().draw_and_read(*arguments)
        self.bare_s = time.thread_time() - began


def added_ratio(width: int, height: int) -> float:
    """All that a tick of the stream costs besides draw_view3d and read_color, over one copy of the picture's bytes."""
    stage(width, height, fps=30)
    live = session.start(bpy.context.scene, "127.0.0.1")
    try:
        stream = live.start_camera()
        stream.view.free()
        stream.view = TimedView(width, height, "SOLID")
        return statistics.median(_added(stream, number) for number in range(ROUNDS))
    finally:
        session.stop()


def _added(stream, number: int) -> float:
    scene, copy = bpy.context.scene, np.empty_like(stream.view.pixels)
    np.copyto(copy, stream.view.pixels)
    began = time.thread_time()
    stream.tick(scene, 1.0 + number)
    ours = time.thread_time() - began - stream.view.bare_s
    began = time.thread_time()
    np.copyto(copy, stream.view.pixels)
    return ours / (time.thread_time() - began)


def motion_to_photon(width: int = 640, height: int = 360, fps: int = 15) -> float:
    """Frames from a packet sent to changed pixels at a reader of the page, beyond the drawing itself; the median."""
    stage(width, height, fps)
    live = session.start(bpy.context.scene, "127.0.0.1")
    try:
        stream = live.start_camera()
        stream.client.add_output("page", "page", port=0)
        while not stream.status().outputs:
            _tick_until(live, time.perf_counter() + 0.05)
        with _end("reader", stream.status().outputs[0]["address"]) as seen:
            _tick_until(live, time.perf_counter() + SETTLE_S)
            with _end("phone", live.door.port) as steps:
                _tick_until(live, time.perf_counter() + CHANGES * 1.1 + SETTLE_S)
            _tick_until(live, time.perf_counter() + 1.0)
        drawing = stream.budget.spent_ms / 1000
    finally:
        session.stop()
    return _beyond_drawing([step for (step,) in steps], seen, drawing) * fps


def _beyond_drawing(steps: list[float], seen: list[tuple[float, float]], drawing: float) -> float:
    found = [(at, sent) for sent in steps if (at := _seen_at(seen, sent)) is not None]
    assert len(found) >= CHANGES / 2, f"only {len(found)} of {len(steps)} changes were seen"
    return statistics.median(at - sent - drawing for at, sent in found)


def _seen_at(seen: list[tuple[float, float]], sent: float) -> float | None:
    """When the first picture came whose middle differs from what was seen when the packet was sent."""
    before = next((value for at, value in reversed(seen) if at <= sent), None)
    if before is None:
        return None
    return next((at for at, value in seen if sent < at < sent + LONGEST_S and abs(value - before) > 25), None)


@contextmanager
def _end(role: str, where: object) -> Iterator[list[tuple[float, ...]]]:
    """One end in a process of its own; the numbers that it printed, once it was ended."""
    command = [sys.executable, "-m", "dev_tools.photon", role, str(where)]
    said: list[tuple[float, ...]] = []
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(command, cwd=ROOT, stdout=output)
        try:
            yield said
        finally:
            process.kill()
            process.wait()
            output.seek(0)
            said += [tuple(map(float, line.split())) for line in output.read().splitlines()]


def _tick_until(live, until: float) -> None:
    """As `livelink stream` does."""
    while (began := time.perf_counter()) < until:
        live.tick(time.time())
        time.sleep(max(0.0, 1 / 60 - (time.perf_counter() - began)))


def stage(width: int, height: int, fps: int) -> None:
    """A box in front of a camera; its only key takes it out of the picture."""
    bpy.ops.wm.read_homefile(use_empty=True)
    bpy.context.preferences.system.viewport_aa = "OFF"  # eight samples of a moving mesh are eight draws
    scene = bpy.context.scene
    mesh = bpy.data.meshes.new("Marker")
    corners = [(x, y, z) for x in (-1, 1) for y in (-1, 1) for z in (0, 2)]
    mesh.from_pydata(corners, [], [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)])
    marker = bpy.data.objects.new("Marker", mesh)
    scene.collection.objects.link(marker)
    marker.shape_key_add(name="Basis")
    key = marker.shape_key_add(name="jawOpen")
    key.value = 0.0
    for point in key.data:
        point.co.x += 30
    camera = bpy.data.objects.new("Camera", bpy.data.cameras.new("Camera"))
    camera.location.z = 9
    scene.collection.objects.link(camera)
    scene.camera = camera
    scene.livelink.characters.add().objects.add().object = marker
    picture = scene.livelink.camera
    picture.size, picture.width, picture.height, picture.fps, picture.shading = "OWN", width, height, fps, "SOLID"
    picture.step_down = False
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        scene.livelink.port = probe.getsockname()[1]
