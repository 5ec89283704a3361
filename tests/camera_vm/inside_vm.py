# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs inside the VM with a real v4l2loopback device: tries everything, writes what happened as JSON into a file.

python inside_vm.py ANSWER_FILE readers|comings|taken|chromium
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

import chromium_reader  # noqa: E402
import numpy as np  # noqa: E402
from known_picture import as_blender_reads_it, grid_of, worst_difference  # noqa: E402

from livelink_blender.io.camera.client import CameraClient  # noqa: E402
from livelink_blender.io.camera.devices import list_cameras  # noqa: E402
from livelink_blender.io.camera.loopback import loopbacks, other_users  # noqa: E402

WIDTH, HEIGHT, DEVICE = 640, 360, "/dev/video0"


class Source(threading.Thread):
    """A Blender that draws the known picture, or one of ours, ten times a second."""

    def __init__(self, client: CameraClient) -> None:
        super().__init__(daemon=True)
        self.client, self.ended, self.drawn = client, threading.Event(), None

    def run(self) -> None:
        while not self.ended.wait(0.1):
            with contextlib.suppress(ValueError):  # the size has changed in between
                self.client.send(as_blender_reads_it(*self.client.size) if self.drawn is None else self.drawn)


SCRATCH = Path(tempfile.gettempdir())


def wait_for(state: str, client: CameraClient, patience: float = 90) -> str:
    """The state that the camera output is in, at most so much later; its sentence when it failed."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        outputs = client.status().outputs
        if outputs and outputs[0]["state"] == state:
            return outputs[0].get("says", state)
        time.sleep(0.2)
    return f"still not {state}: {client.status()}"


def ffmpeg_sees(width: int = WIDTH, height: int = HEIGHT) -> dict:
    """How one picture by ffmpeg differs from the known one."""
    picture = ffmpeg_picture(width, height)
    return picture if isinstance(picture, dict) else {"worst": worst_difference(grid_of(picture))}


def replayed(source: Source, folder: Path) -> dict:
    """Frames that EEVEE has drawn outside: how far the worst of many small blocks is from what was drawn."""
    seen = {}
    for file in sorted(folder.glob("eevee_*.npy")):
        source.drawn = np.load(file)
        time.sleep(2)
        picture = ffmpeg_picture(WIDTH, HEIGHT)
        upright = source.drawn[::-1, :, :3]
        seen[file.stem] = picture if isinstance(picture, dict) else {
            "worst": float(np.abs(in_blocks(picture) - in_blocks(upright)).max()),
            "upside down": float(np.abs(in_blocks(picture[::-1]) - in_blocks(upright)).max()),
            "mirrored": float(np.abs(in_blocks(picture[:, ::-1]) - in_blocks(upright)).max()),
        }
    source.drawn = None
    time.sleep(1)
    return seen


def in_blocks(picture: np.ndarray, side: int = 20) -> np.ndarray:
    """Mean colours of square blocks."""
    height, width = picture.shape[:2]
    return picture.reshape(height // side, side, width // side, side, 3).astype(float).mean(axis=(1, 3))


def ffmpeg_picture(width: int, height: int) -> np.ndarray | dict:
    """One picture by ffmpeg, or what went wrong."""
    command = ["ffmpeg", "-v", "error", "-f", "v4l2", "-i", DEVICE, "-frames:v", "1", "-f", "rawvideo"]
    try:
        done = subprocess.run([*command, "-pix_fmt", "rgb24", "-"], capture_output=True, timeout=150, check=False)
    except subprocess.TimeoutExpired:
        return {"error": "ffmpeg got no picture in time"}
    if len(done.stdout) != width * height * 3:
        return {"error": done.stderr.decode()[-300:], "bytes": len(done.stdout)}
    return np.frombuffer(done.stdout, np.uint8).reshape(height, width, 3)


def v4l2_ctl_sees() -> dict:
    """One picture by v4l2-ctl, as planes of Y, U and V."""
    target = str(SCRATCH / "v4l2.raw")
    command = ["v4l2-ctl", "-d", DEVICE, "--stream-mmap", "--stream-skip=2", "--stream-count=1"]
    done = subprocess.run([*command, f"--stream-to={target}"], capture_output=True, timeout=150, check=False)
    data = np.fromfile(target, np.uint8) if os.path.exists(target) else np.zeros(0, np.uint8)
    if data.size != WIDTH * HEIGHT * 3 // 2:
        return {"error": done.stderr.decode()[-300:], "bytes": int(data.size)}
    luma = data[: WIDTH * HEIGHT].reshape(HEIGHT, WIDTH)
    corners = [luma[HEIGHT // 4 * y, WIDTH // 4 * x] for y in (1, 3) for x in (1, 3)]
    return {"luma": [int(value) for value in corners]}


def two_readers_see() -> list[dict]:
    seen: list[dict] = []
    readers = [threading.Thread(target=lambda: seen.append(ffmpeg_sees())) for _ in range(2)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return seen


def taken_device(client: CameraClient) -> str:
    """What the camera says while another program writes to its device."""
    client.stop_output("camera")
    time.sleep(2)
    command = ["ffmpeg", "-v", "error", "-re", "-f", "lavfi", "-i", "testsrc=size=320x240:rate=5"]
    other = subprocess.Popen(
        [*command, "-pix_fmt", "yuv420p", "-f", "v4l2", DEVICE], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    end = time.monotonic() + 90
    while not any(one.busy for one in loopbacks()) and time.monotonic() < end:
        time.sleep(0.5)
    client.add_output("camera", "camera", device=DEVICE)
    says = wait_for("failed", client)
    other.terminate()
    other.wait()
    client.stop_output("camera")
    time.sleep(2)
    return says


def sizes(client: CameraClient) -> dict:
    """A smaller size while nobody reads, then the old one again while somebody does."""
    client.resize(320, 180)
    end = time.monotonic() + 30
    while client._process.report.get("size") != [320, 180] and time.monotonic() < end:
        time.sleep(0.2)
    time.sleep(1)
    wait_for("sending", client)
    alone = ffmpeg_sees(320, 180)
    command = ["ffmpeg", "-v", "error", "-f", "v4l2", "-i", DEVICE, "-f", "null", "-"]
    with (SCRATCH / "reader.txt").open("wb") as words:
        reader = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=words)
    end = time.monotonic() + 60
    while other_users(DEVICE) < 2 and time.monotonic() < end:  # the camera process and the reader
        time.sleep(0.2)
    time.sleep(2)
    client.resize(WIDTH, HEIGHT)
    time.sleep(3)
    watched = ffmpeg_sees(320, 180)
    ended = reader.poll()
    reader.terminate()
    reader.wait()
    return {"alone": alone, "watched": watched, "reader ended": ended, "reader": (SCRATCH / "reader.txt").read_text()}


def readers(note, client: CameraClient, source: Source, folder: Path) -> None:
    """Real readers look at known pictures and at EEVEE's."""
    note("ffmpeg", ffmpeg_sees())
    note("v4l2-ctl", v4l2_ctl_sees())
    note("eevee", replayed(source, folder))
    note("two readers", two_readers_see())


def comings_and_goings(note, client: CameraClient, source: Source, folder: Path) -> None:
    """Stop and start, kill, other sizes."""
    rounds = []
    for number in range(20):
        client.stop_output("camera")
        client.add_output("camera", "camera", device=DEVICE)
        time.sleep(0.5)
        state = wait_for("sending", client)
        rounds.append(ffmpeg_sees().get("worst") if number % 5 == 4 else state)
    note("twenty starts", rounds)
    os.kill(client.pid, signal.SIGKILL)
    time.sleep(1)
    note("after kill -9", client.status().says)
    client.restart()
    note("restarted", wait_for("sending", client))
    note("ffmpeg after kill -9", ffmpeg_sees())
    note("sizes", sizes(client))


def taken(note, client: CameraClient, source: Source, folder: Path) -> None:
    """Another program has the device, and leaves it."""
    note("taken", taken_device(client))
    client.add_output("camera", "camera", device=DEVICE)
    note("free again", wait_for("sending", client))
    note("ffmpeg when free again", ffmpeg_sees())


def chromium(note, client: CameraClient, source: Source, folder: Path) -> None:
    """A real browser's getUserMedia."""
    note("chromium", chromium_reader.read("VCam", 5, 700))


PARTS = {"readers": readers, "comings": comings_and_goings, "taken": taken, "chromium": chromium}


def main(answer_file: str, part: str) -> None:
    answer: dict = {"found": [list(camera[:2]) for camera in list_cameras()]}
    client = CameraClient(WIDTH, HEIGHT, 15)
    source = Source(client)
    source.start()

    def note(what: str, value: object) -> None:
        answer[what] = value
        print(what, value, flush=True)
        Path(answer_file).write_text(json.dumps(answer))

    client.add_output("camera", "camera", device=DEVICE)
    note("opened", wait_for("sending", client))
    PARTS[part](note, client, source, Path(answer_file).parent)
    source.ended.set()
    client.close()
    note("closed", client.status().says)


if __name__ == "__main__":
    main(*sys.argv[1:3])
