# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes as an animator makes them: to sound, over a marked range, kept afterwards, listed, played, trimmed, undone."""

import os
import statistics
import sys
import time
import wave

sys.path.insert(0, os.environ["LIVELINK_TEST_SCRIPTS"])

import bpy
from stage import Steps, found, hero, in_window, move, open_sidebar, ours, picture, play, region, running, try_live
from stage import key as press

HOME = os.environ["LIVELINK_TEST_HOME"]


def scene() -> bpy.types.Scene:
    return bpy.context.scene


def add_sound() -> None:
    """Ten quiet seconds to dub to."""
    path = os.path.join(HOME, "sound.wav")
    with wave.open(path, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48000)
        file.writeframes(bytes(2 * 48000 * 10))
    editor = scene().sequence_editor_create()
    editor.strips.new_sound("dub", path, 1, 1)


def keys() -> dict[float, float]:
    """The jaw's keys."""
    animation = hero().data.shape_keys.animation_data
    bag = animation.action.layers[0].strips[0].channelbag(animation.action_slot)
    return {point.co[0]: point.co[1] for point in bag.fcurves.find('key_blocks["jawOpen"].value').keyframe_points}


def is_playing() -> bool:
    return bpy.context.window_manager.windows[0].screen.is_animation_playing


def spread_ms(moments: list[float]) -> float:
    """How far the middle four fifths lie apart: other programs may make Blender stand still for a moment."""
    early, late = statistics.quantiles(moments, n=10)[::8]
    return 1000 * (late - early)


def dub() -> Steps:
    """A take to sound, from the scene's first frame, with half a second before it."""
    add_sound()
    settings = scene().livelink
    settings.record.countdown, settings.record.play_timeline, settings.takes.begin_at = False, True, "START"
    settings.takes.preroll = 0.5
    scene().frame_start, scene().frame_end, scene().frame_current = 20, 250, 77
    viewport = region("WINDOW")
    yield from move(viewport.x + viewport.width // 3, viewport.y + viewport.height // 2)
    yield from press("ctrl+alt+r")
    found["pace while dubbing"] = scene().sync_mode
    yield lambda: scene().frame_current > 80
    found["plays"] = is_playing()
    yield from press("ctrl+alt+r")
    found["plays after"] = is_playing()
    found["pace after"] = scene().sync_mode
    found["last frame seen"] = scene().frame_current
    found["dubbed"] = sorted(keys())[0], sorted(keys())[-1]
    path = ours("scene.live.session").current().last_take
    plan = ours("scene.live.session").current().takes.plan
    found["frames heard"] = len(plan._zeros)
    found["clock spread ms"] = spread_ms(plan._zeros)
    found["zero kept"] = ours("io.takes.shelf").notes_of(path).zero is not None
    yield 0.5


def dub_by_the_sound() -> Steps:
    """The same with a sound card whose clock the timeline follows: OpenAL's, which plays to nowhere."""
    bpy.context.preferences.system.audio_device = "OpenAL - OpenAL Soft"
    scene().sync_mode, scene().frame_current = "AUDIO_SYNC", 20
    scene().livelink.record.slate = "to_sound"
    yield from press("ctrl+alt+r")
    found["pace by the sound"] = scene().sync_mode
    began, at = time.perf_counter(), scene().frame_current_final
    yield lambda: scene().frame_current > 70
    rate = scene().render.fps / scene().render.fps_base
    found["sound against clock"] = (scene().frame_current_final - at) / rate / (time.perf_counter() - began)
    yield from press("ctrl+alt+r")
    plan = ours("scene.live.session").current().takes.plan
    found["sound frames heard"] = len(plan._zeros)
    found["sound clock spread ms"] = spread_ms(plan._zeros)
    found["dubbed by the sound"] = sorted(keys())[0], sorted(keys())[-1]
    scene().sync_mode = "NONE"
    yield 0.5


def punch_in() -> Steps:
    """The marked range anew: it ends by itself."""
    before = keys()
    scene().use_preview_range = True
    scene().frame_preview_start, scene().frame_preview_end = 40, 60
    scene().livelink.takes.punch_in = True
    with in_window():
        bpy.ops.ed.undo_push(message="Before the punch-in")
        bpy.ops.livelink.start_take("INVOKE_DEFAULT")
    yield lambda: running().recorder.is_recording
    found["punch records"] = running().recorder.is_recording
    yield (lambda: not running().recorder.is_recording), 15.0
    yield 0.5
    found["punch ended by itself"] = not running().recorder.is_recording and not is_playing()
    after = keys()
    outside = [frame for frame in before if not 40 <= frame <= 60]
    found["punch outside kept"] = all(after.get(frame) == before[frame] for frame in outside)
    found["punch inside changed"] = any(after.get(frame) != before[frame] for frame in before if 40 <= frame <= 60)
    found["actions after punch"] = len(bpy.data.actions)
    scene().livelink.takes.punch_in = scene().use_preview_range = False
    yield 0.5
    with in_window():
        bpy.ops.ed.undo()
    yield 0.3
    found["punch undone"] = keys() == before
    with in_window():
        bpy.ops.ed.redo()
    yield 0.3
    found["punch redone"] = keys() == after


def unfold() -> None:
    """The parts that are closed at first."""
    classes = ours("ui.takes.panel").CLASSES[2:]
    for cls in classes:
        bpy.utils.unregister_class(cls)
        cls.bl_options = set()
        bpy.utils.register_class(cls)
    for name in ("phone", "character", "camera", "tune", "shapes", "make_shapes"):
        other = getattr(bpy.types, f"LIVELINK_PT_{name}", None)
        if other is not None:
            bpy.utils.unregister_class(other)


def only_below() -> Steps:
    """What does not fit below the list."""
    lists = bpy.types.LIVELINK_PT_take_browser
    bpy.utils.unregister_class(lists)
    yield from picture("takes-browser-below", region("UI"))
    bpy.utils.register_class(lists)


def browse() -> Steps:
    """Keep what just happened, note it, look, play, scrub, trim."""
    with in_window():
        found["kept"] = sorted(bpy.ops.livelink.keep_last())
    lines = bpy.context.window_manager.livelink_shelf.lines
    lines[0].stars, lines[0].notes = 4, "the good one"
    with in_window():
        bpy.ops.livelink.look_through_take()
        bpy.ops.livelink.stop_live()
        bpy.ops.livelink.add_mix_part()
    found["takes"] = len(lines)
    scene().livelink.takes.parts[0].begin = 1.0
    region("UI").active_panel_category = "Face Live Link"
    yield 0.5
    yield from picture("takes-browser", region("UI"))
    yield from only_below()
    with in_window():
        found["played"] = sorted(bpy.ops.livelink.play_take())
    yield from scrub()
    yield from picture("takes-playing")
    with in_window():
        found["trimmed"] = sorted(bpy.ops.livelink.trim_take(side="END"))
        bpy.ops.livelink.stop_playing_take()
        found["best of"] = sorted(bpy.ops.livelink.make_best_of())
        found["binned"] = sorted(bpy.ops.livelink.delete_take("EXEC_DEFAULT"))
    yield 0.3


def scrub() -> Steps:
    """The playhead all over the take."""
    first, last = ours("scene.takes.playback").current().span
    shown, longest = set(), 0.0
    for step in range(40):
        began = time.perf_counter()
        scene().frame_set(int(first + (last - first) * ((step * 17) % 40) / 40))
        longest = max(longest, time.perf_counter() - began)
        shown.add(round(hero().data.shape_keys.key_blocks["jawOpen"].value, 4))
        yield 0.02
    found["scrub ms"] = 1000 * longest
    found["faces while scrubbing"] = len(shown)


def steps() -> Steps:
    unfold()
    yield from open_sidebar()
    yield lambda: bpy.context.window_manager.livelink_shelf.folder
    found["list is read by itself"] = bool(bpy.context.window_manager.livelink_shelf.folder)
    yield from try_live()
    yield from dub()
    yield from dub_by_the_sound()
    yield from punch_in()
    yield from browse()


play(steps)
