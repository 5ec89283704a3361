# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of the scene's frames, and pixels to files by Blender's own means: a png, a contact sheet, a clip. Each is
written beside and then renamed."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import bpy
import numpy as np

from .offscreen import OffscreenView

JPEG_QUALITY = 88


def write_picture(pixels: np.ndarray, path: Path) -> None:
    """RGBA bytes, bottom row first, as a png or jpg."""
    height, width = pixels.shape[:2]
    image = bpy.data.images.new("livelink_picture", width, height, alpha=False)
    try:
        image.pixels.foreach_set((pixels.astype(np.float32) / 255.0).ravel())
        image.file_format = "JPEG" if path.suffix == ".jpg" else "PNG"
        beside = path.with_name(f"{path.stem}.part{path.suffix}")
        image.filepath_raw = str(beside)
        image.save(quality=JPEG_QUALITY)
        beside.replace(path)
    finally:
        bpy.data.images.remove(image)


def contact_sheet(pictures: Sequence[np.ndarray], columns: int, gap: int = 4) -> np.ndarray:
    """Pictures of one size in rows, first one top left, with a thin light gap."""
    height, width = pictures[0].shape[:2]
    rows = -(-len(pictures) // columns)
    sheet = np.full((rows * (height + gap) + gap, columns * (width + gap) + gap, 4), 235, np.uint8)
    for i, picture in enumerate(pictures):
        row, column = rows - 1 - i // columns, i % columns
        y, x = gap + row * (height + gap), gap + column * (width + gap)
        sheet[y : y + height, x : x + width] = picture
    sheet[..., 3] = 255
    return sheet


def write_clip(pictures: Iterable[np.ndarray], fps: int, path: Path) -> None:
    """An mp4 of the pictures, encoded by Blender's sequencer in a scene of its own that is gone afterwards.

    Each picture is written before the next is asked for, so a long clip needs no more memory than a short one."""
    folder = Path(tempfile.mkdtemp(prefix="livelink_clip_"))
    scene = bpy.data.scenes.new("livelink_clip")
    try:
        count = 0
        for picture in pictures:
            write_picture(picture, folder / f"{count:05d}.png")
            count, shape = count + 1, picture.shape
        _fill_sequencer(scene, folder, count)
        _set_output(scene, shape, fps, folder / "clip.mp4")
        with bpy.context.temp_override(scene=scene):
            bpy.ops.render.render(animation=True, scene=scene.name)
        shutil.move(folder / "clip.mp4", path)
    finally:
        bpy.data.scenes.remove(scene)
        shutil.rmtree(folder, ignore_errors=True)


def _fill_sequencer(scene: bpy.types.Scene, folder: Path, count: int) -> None:
    editor = scene.sequence_editor_create()
    strips = editor.strips if hasattr(editor, "strips") else editor.sequences
    strip = strips.new_image("clip", str(folder / "00000.png"), 1, 1)
    for i in range(1, count):
        strip.elements.append(f"{i:05d}.png")

    scene.frame_start, scene.frame_end = 1, count


def _set_output(scene: bpy.types.Scene, shape: tuple[int, ...], fps: int, path: Path) -> None:
    render = scene.render
    render.resolution_x, render.resolution_y, render.resolution_percentage = shape[1], shape[0], 100
    render.fps, render.use_sequencer, render.use_file_extension = fps, True, False
    scene.view_settings.view_transform = "Standard"  # the pixels are colour managed already
    settings = render.image_settings
    if hasattr(settings, "media_type"):
        settings.media_type = "VIDEO"
    settings.file_format = "FFMPEG"
    render.ffmpeg.format, render.ffmpeg.codec = "MPEG4", "H264"
    render.ffmpeg.constant_rate_factor, render.ffmpeg.audio_codec = "HIGH", "NONE"
    render.filepath = str(path)


def draw_frames(
    scene: bpy.types.Scene, frames: Iterable[int], width: int, height: int, samples: int
) -> Iterator[np.ndarray]:
    """One picture (RGBA, bottom row first) for each frame of the timeline, as a copy."""
    view = OffscreenView(width, height)
    try:
        with _samples(scene, samples):
            for frame in frames:
                scene.frame_set(frame)
                yield view.draw(scene).copy()
    finally:
        view.free()


@contextlib.contextmanager
def _samples(scene: bpy.types.Scene, samples: int):
    """The viewport's samples while drawing; given back after it."""
    kept = scene.eevee.taa_samples
    scene.eevee.taa_samples = samples
    try:
        yield
    finally:
        scene.eevee.taa_samples = kept
