# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A video with its sound on the Video Sequencer, to the very moment, at its own pace in a scene of any frame rate."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from pathlib import Path

import bpy

from ..takes.frame_rate import frame_rate

MARK = "livelink"
"""A property of our strips: the take they belong to."""
SAME_RATE = 1e-3
MOST_CHANNELS = 128


@dataclass(frozen=True)
class ReferenceStrips:
    """What was put there."""

    first: int
    has_sound: bool


def add(scene: bpy.types.Scene, video: Path, name: str, first: float) -> ReferenceStrips:
    """`first` is the frame, with its fraction, at which the video begins. RuntimeError where it can't be read."""
    editor = scene.sequence_editor or scene.sequence_editor_create()
    start = floor(first)
    movie = editor.strips.new_movie(name, str(video), _free_channel(editor), start, fit_method="FIT")
    if movie.fps <= 0.0:
        editor.strips.remove(movie)
        raise RuntimeError("it has no pictures")
    _take_away(editor, name)
    _keep_rendering_the_scene(scene, movie)
    speed = _at_its_own_pace(scene, editor, movie, movie.channel + 1, start)
    sound = _sound(scene, editor, video, f"{name} sound", movie.channel + 2, start, first - start)
    for strip in (movie, speed, sound):
        if strip is not None:
            strip[MARK] = name
    _show(scene)
    return ReferenceStrips(start, sound is not None)


def _free_channel(editor: bpy.types.SequenceEditor) -> int:
    """Above all that is there."""
    return min(max((one.channel for one in editor.strips), default=0) + 1, MOST_CHANNELS - 2)


def _take_away(editor: bpy.types.SequenceEditor, name: str) -> None:
    """What we put there for the same take before makes room; effects first, for they hang on the others."""
    for is_effect in (True, False):
        for old in [one for one in editor.strips if one.get(MARK) == name and (one.type == "SPEED") == is_effect]:
            editor.strips.remove(old)


def _keep_rendering_the_scene(scene: bpy.types.Scene, movie: bpy.types.Strip) -> None:
    """A render shows the sequencer's pictures as soon as there are any: ours are to be looked at while animating."""
    others = (one for one in scene.sequence_editor.strips if one != movie and not one.get(MARK))
    if not any(one.type != "SOUND" and not one.mute for one in others):
        scene.render.use_sequencer = False


def _at_its_own_pace(scene: bpy.types.Scene, editor: bpy.types.SequenceEditor, movie, channel: int, start: int):
    """A strip shows one picture a frame; a speed effect lets a video of another rate last as long as it did."""
    fps = frame_rate(scene)
    if abs(movie.fps - fps) < SAME_RATE:
        return None
    is_new = hasattr(movie, "content_duration")  # since 5.2; the old names go in 6.0
    length = max(1, round((movie.content_duration if is_new else movie.frame_duration) * fps / movie.fps))
    setattr(movie, "duration" if is_new else "frame_final_duration", length)
    until = {"length": length} if bpy.app.version >= (5, 0) else {"frame_end": start + length}
    speed = editor.strips.new_effect(f"{movie.name} speed", "SPEED", channel, start, input1=movie, **until)
    speed.speed_control = "MULTIPLY"
    speed.speed_factor = movie.fps / fps
    return speed


def _sound(
    scene: bpy.types.Scene, editor: bpy.types.SequenceEditor, video: Path, name: str, channel: int, start: int,
    late: float,
):  # fmt: skip
    """The video's sound, later by the fraction of a frame that strips cannot begin at; None where there is none."""
    try:
        strip = editor.strips.new_sound(name, str(video), channel, start)
    except RuntimeError:
        return None
    if strip.sound is None or strip.sound.samplerate <= 0:
        silent = strip.sound
        editor.strips.remove(strip)
        if silent is not None:
            bpy.data.sounds.remove(silent)
        return None
    strip.sound_offset = late / frame_rate(scene)
    return strip


def _show(scene: bpy.types.Scene) -> None:
    """Since 5.0 a workspace says which scene its sequencers show."""
    workspace = bpy.context.workspace
    if workspace is not None and getattr(workspace, "sequencer_scene", scene) is None:
        workspace.sequencer_scene = scene
