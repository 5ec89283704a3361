# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
import subprocess
import threading

import numpy as np
import pytest

from livelink_blender.io.camera import video_file
from livelink_blender.io.camera.outputs import CameraTroubleError
from livelink_blender.io.camera.paced_output import ROOM, PacedOutput
from livelink_blender.io.camera.video_file import VideoFile, find_ffmpeg

WIDTH, HEIGHT = 64, 36
needs_ffmpeg = pytest.mark.skipif(find_ffmpeg() is None, reason="no ffmpeg on this machine")


class Still:
    """Green above red, half of it see-through."""

    def __init__(self):
        self.rgba = np.full((HEIGHT, WIDTH, 4), 255, np.uint8)
        self.rgba[: HEIGHT // 2, :, :3] = (30, 180, 60)
        self.rgba[HEIGHT // 2 :, :, :3] = (200, 40, 30)

    @property
    def rgb(self):
        return self.rgba[..., :3].copy()


def pixels_of(path, layout="rgb24", channels=3):
    command = [find_ffmpeg(), "-v", "error", "-i", str(path), "-f", "rawvideo", "-pix_fmt", layout, "-"]
    data = subprocess.run(command, capture_output=True, check=True).stdout
    return np.frombuffer(data, np.uint8).reshape(-1, HEIGHT, WIDTH, channels).astype(int)


def write(path, frames):
    video = VideoFile("clip", path)
    video.open(WIDTH, HEIGHT, 30)
    for _ in range(frames):
        video.send(Still())
    video.close()
    video.close()


def assert_is_the_still(pixels):
    assert abs(pixels[:, 4, 30] - (30, 180, 60)).max() <= 12
    assert abs(pixels[:, -4, 30] - (200, 40, 30)).max() <= 12


@needs_ffmpeg
def test_ffmpeg_writes_every_picture_in_its_colours(tmp_path):
    write(tmp_path / "clip.mp4", 5)
    pixels = pixels_of(tmp_path / "clip.mp4")
    assert len(pixels) == 5
    assert_is_the_still(pixels)


@needs_ffmpeg
def test_pyav_writes_the_same_where_there_is_no_ffmpeg(tmp_path, monkeypatch):
    pytest.importorskip("av", reason="PyAV is not installed here")
    with monkeypatch.context() as without:
        without.setattr(video_file, "find_ffmpeg", lambda: None)
        write(tmp_path / "clip.mp4", 5)
    pixels = pixels_of(tmp_path / "clip.mp4")
    assert len(pixels) == 5
    assert_is_the_still(pixels)


@needs_ffmpeg
def test_a_mov_keeps_alpha(tmp_path):
    still = Still()
    still.rgba[:, : WIDTH // 2] = 0
    video = VideoFile("clip", tmp_path / "clip.mov")
    video.open(WIDTH, HEIGHT, 30)
    video.send(still)
    video.close()
    alpha = pixels_of(tmp_path / "clip.mov", "rgba", 4)[0, ..., 3]
    assert alpha[:, 4].max() <= 2 and alpha[:, -4].min() >= 253


def test_without_any_encoder_there_is_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(video_file, "find_ffmpeg", lambda: None)
    monkeypatch.setitem(__import__("sys").modules, "av", None)
    with pytest.raises(CameraTroubleError, match="install ffmpeg"):
        VideoFile("clip", tmp_path / "clip.mp4").open(WIDTH, HEIGHT, 30)


@needs_ffmpeg
def test_an_encoder_that_gives_up_is_a_sentence(tmp_path):
    video = VideoFile("clip", tmp_path / "clip.nonsense")
    video.open(WIDTH, HEIGHT, 30)
    with pytest.raises(CameraTroubleError, match="ffmpeg stopped"):
        for _ in range(1000):
            video.send(Still())
    video.close()


class SlowOutput:
    """Takes one picture, then waits until it is let go."""

    name, address = "slow", "nowhere"

    def __init__(self):
        self.sent, self.go, self.closed = 0, threading.Event(), 0

    def open(self, width, height, fps):
        pass

    def send(self, picture):
        self.go.wait(5)
        self.sent += 1

    def may_change_size(self):
        return False

    def close(self):
        self.closed += 1


def test_pictures_that_a_slow_output_had_no_room_for_are_made_up_for_by_repeats():
    slow, beats = SlowOutput(), iter(range(1000))
    output = PacedOutput(slow, clock=lambda: now)
    output.open(WIDTH, HEIGHT, 30)
    for _ in range(ROOM + 20):
        now = next(beats) / 30
        output.send(Still())
    slow.go.set()
    while len(output._spare) < ROOM:
        pass
    now = next(beats) / 30
    output.send(Still())
    output.close()
    assert slow.sent == ROOM + 21
    assert slow.closed == 1


def test_a_video_is_as_long_as_the_time_it_shows_even_when_beats_were_missed():
    output = SlowOutput()
    output.go.set()
    paced = PacedOutput(output, clock=lambda: now)
    paced.open(WIDTH, HEIGHT, 30)
    for beat in (0, 1.3, 2, 2.6, 4, 9, 10.4, 11):
        now = beat / 30
        paced.send(Still())
    now = 15 / 30
    paced.close()
    assert output.sent == 15
