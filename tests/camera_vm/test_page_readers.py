# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The preview page as its real readers see it: ffmpeg, and a Chromium whose screenshot is looked at."""

import subprocess
import threading
import time

import numpy as np
import pytest

from livelink_blender.io.camera.client import CameraClient

from .known_picture import TOLERANCE, as_blender_reads_it, grid_of, worst_difference
from .tools import tool

WIDTH, HEIGHT = 640, 360


@pytest.fixture(scope="module")
def address():
    client, ended = CameraClient(WIDTH, HEIGHT, 30), threading.Event()
    client.add_output("page", "page", port=0)
    picture = as_blender_reads_it(WIDTH, HEIGHT)

    def draw():
        while not ended.wait(1 / 30):
            client.send(picture)

    thread = threading.Thread(target=draw)
    thread.start()
    while not client.status().outputs:
        time.sleep(0.05)
    yield client.status().outputs[0]["address"]
    ended.set()
    thread.join()
    client.close()


def pixels(command):
    data = subprocess.run(command, capture_output=True, timeout=90, check=True).stdout
    return np.frombuffer(data, np.uint8)[-WIDTH * HEIGHT * 3 :].reshape(HEIGHT, WIDTH, 3)


RAW = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-"]


def test_ffmpeg_reads_the_stream(address):
    pytest.importorskip("simplejpeg", reason="without simplejpeg the stream is PNG, which ffmpeg does not take")
    seen = pixels([tool("ffmpeg"), "-v", "error", "-i", f"{address}stream", "-frames:v", "3", *RAW])
    assert worst_difference(grid_of(seen)) <= TOLERANCE


@pytest.mark.parametrize("page", ["", "transparent"])
def test_chromium_shows_the_page(address, page, tmp_path):
    file = tmp_path / "screen.png"
    command = [
        "nice", "-n", "5", tool("chromium"), "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
        f"--screenshot={file}", f"--window-size={WIDTH},{HEIGHT}", "--timeout=8000", f"--user-data-dir={tmp_path}",
        "--no-first-run", address + page,
    ]  # fmt: skip
    subprocess.run(command, capture_output=True, timeout=90, check=True)
    seen = pixels([tool("ffmpeg"), "-v", "error", "-i", str(file), *RAW])
    assert worst_difference(grid_of(seen)) <= TOLERANCE
