# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-2.0-or-later
"""Pictures into a video file, by an ffmpeg found on this computer, else by PyAV; mp4, or mov with alpha."""

from __future__ import annotations

import contextlib
import importlib
import os
import shutil
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

from ..processes.launch import wait_or_kill
from .outputs import CameraTroubleError
from .pictures import Picture

USUAL_FOLDERS = ("/opt/homebrew/bin", "/usr/local/bin", "/opt/local/bin")  # a program started by Finder lacks them
NO_ENCODER = "No video can be written: install ffmpeg (https://ffmpeg.org), or PyAV for Blender's Python."
ALPHA_SUFFIX = ".mov"
FULL_COLOURS = {"crf": "18", "preset": "veryfast"}
END_PATIENCE = 30


def find_ffmpeg() -> str | None:
    """The ffmpeg of this computer."""
    folders = os.pathsep.join([os.environ.get("PATH", ""), *USUAL_FOLDERS])
    return shutil.which("ffmpeg", path=folders)


class VideoFile:
    """Writes every picture it is given, one after the other; a name that ends in .mov keeps alpha."""

    def __init__(self, name: str, path: str | Path, ffmpeg: str | None = None) -> None:
        self.name, self.path, self.address = name, Path(path), str(path)
        self._ffmpeg = ffmpeg
        self._writer: _FfmpegWriter | _PyavWriter | None = None

    def open(self, width: int, height: int, fps: float) -> None:
        """Start the encoder; CameraTroubleError when there is none or the folder is missing."""
        if not self.path.parent.is_dir():
            raise CameraTroubleError(f"The folder {self.path.parent} for the video is not there.")
        alpha = self.path.suffix.lower() == ALPHA_SUFFIX
        ffmpeg = self._ffmpeg or find_ffmpeg()
        if ffmpeg:
            self._writer = _FfmpegWriter(ffmpeg, self.path, (width, height), fps, alpha)
        else:
            self._writer = _PyavWriter(self.path, (width, height), fps, alpha)

    def send(self, picture: Picture) -> None:
        """Append this picture; waits while the encoder is busy."""
        self._writer.write(picture)

    def may_change_size(self) -> bool:
        """A file has one size."""
        return False

    def close(self) -> None:
        """Finish the file; may be called twice."""
        if self._writer is not None:
            writer, self._writer = self._writer, None
            writer.close()


class _FfmpegWriter:
    """Raw pictures through a pipe into an ffmpeg."""

    def __init__(self, ffmpeg: str, path: Path, size: tuple[int, int], fps: float, alpha: bool) -> None:
        self._alpha = alpha
        rate = str(Fraction(fps).limit_denominator(1001))
        command = [ffmpeg, "-hide_banner", "-loglevel", "error", "-nostdin", "-y", "-f", "rawvideo"]
        command += ["-pixel_format", "rgba" if alpha else "rgb24", "-video_size", f"{size[0]}x{size[1]}"]
        command += ["-framerate", rate, "-i", "pipe:0", *_encoding(ffmpeg, alpha, size), os.fspath(path)]
        flags = subprocess.CREATE_NO_WINDOW if sys.platform == "win32" else 0
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, creationflags=flags
        )

    def write(self, picture: Picture) -> None:
        try:
            self._process.stdin.write(memoryview(picture.rgba if self._alpha else picture.rgb).cast("B"))
        except OSError as error:
            raise CameraTroubleError(f"ffmpeg stopped writing the video ({self._last_words()}).") from error

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        wait_or_kill(self._process, END_PATIENCE)
        self._process.stderr.close()

    def _last_words(self) -> str:
        self._process.wait(END_PATIENCE)
        lines = self._process.stderr.read().decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else f"exit {self._process.returncode}"


def _encoding(ffmpeg: str, alpha: bool, size: tuple[int, int]) -> list[str]:
    if alpha:
        return ["-c:v", "prores_ks", "-profile:v", "4444", "-pix_fmt", "yuva444p10le"]
    known = subprocess.run([ffmpeg, "-hide_banner", "-encoders"], capture_output=True, text=True, check=False).stdout
    pixels = "yuv420p" if size[0] % 2 == size[1] % 2 == 0 else "yuv444p"
    colours = ["-vf", "scale=out_color_matrix=bt709:out_range=tv", "-pix_fmt", pixels, "-colorspace", "bt709"]
    colours += ["-color_primaries", "bt709", "-color_trc", "iec61966-2-1", "-movflags", "+faststart"]
    if " libx264 " in known:
        return ["-c:v", "libx264", *(f for k, v in FULL_COLOURS.items() for f in (f"-{k}", v)), *colours]
    return ["-c:v", "mpeg4", "-q:v", "3", *colours]


class _PyavWriter:
    """The same by PyAV, inside this process."""

    def __init__(self, path: Path, size: tuple[int, int], fps: float, alpha: bool) -> None:
        try:
            self._av = importlib.import_module("av")
        except ImportError as error:
            raise CameraTroubleError(NO_ENCODER) from error
        self._alpha = alpha
        self._trouble = (self._av.FFmpegError, OSError, ValueError)
        try:
            self._open(path, size, Fraction(fps).limit_denominator(1001))
        except self._trouble as error:
            raise CameraTroubleError(f"The video could not be started ({error}).") from error

    def _open(self, path: Path, size: tuple[int, int], rate: Fraction) -> None:
        self._container = self._av.open(os.fspath(path), "w")
        h264 = "libx264" in self._av.codecs_available
        codec = "prores_ks" if self._alpha else "libx264" if h264 else "mpeg4"
        options = {"profile": "4444"} if self._alpha else FULL_COLOURS if h264 else {"q": "3"}
        self._stream = self._container.add_stream(codec, rate=rate, options=options)
        self._stream.width, self._stream.height = size
        self._stream.pix_fmt = "yuva444p10le" if self._alpha else "yuv420p"
        context = self._stream.codec_context
        context.color_range, context.colorspace, context.color_primaries, context.color_trc = 1, 1, 1, 13

    def write(self, picture: Picture) -> None:
        try:
            self._container.mux(self._stream.encode(self._frame(picture)))
        except self._trouble as error:
            raise CameraTroubleError(f"PyAV stopped writing the video ({error}).") from error

    def _frame(self, picture: Picture):
        if self._alpha:
            return self._av.VideoFrame.from_ndarray(picture.rgba, "rgba")
        frame = self._av.VideoFrame.from_ndarray(picture.rgb, "rgb24")
        return frame.reformat(format="yuv420p", dst_colorspace="ITU709")

    def close(self) -> None:
        try:
            self._container.mux(self._stream.encode(None))
        finally:
            self._container.close()
