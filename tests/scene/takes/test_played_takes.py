# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Expressions that are played while a take is recorded belong to it: baked and played back as they were seen."""

from __future__ import annotations

import subprocess
import sys
import time

import bpy
import numpy as np
import pytest

from livelink_blender.core.poser.expressions import Expression
from livelink_blender.core.takes.captures import read_capture
from livelink_blender.core.takes.packet_times import packet_times
from livelink_blender.io.takes import black_box
from livelink_blender.io.takes.shelf import shelf_folder
from livelink_blender.io.takes.tape_file import load_tape
from livelink_blender.scene.live import session
from livelink_blender.scene.takes import bake, mixes, playback
from tests.scene.phones import TestPhone

SHUT = Expression.of("Shut", {"jawOpen": 0.9, "mouthPucker": 0.4})
JAW = 'key_blocks["jawOpen"].value'


@pytest.fixture
def stage(stage):
    stage.render.fps = 60
    return stage


@pytest.fixture
def phone(stage):
    made = TestPhone(stage.livelink.port)
    yield made
    made.close()


def jaw() -> float:
    return bpy.data.objects["Head"].data.shape_keys.key_blocks["jawOpen"].value


def live_for(live, phone, seconds: float) -> list[tuple[float, float]]:
    """A jaw a little open at 60 a second; when, and what the character showed then."""
    seen, end = [], time.time() + seconds
    while time.time() < end:
        phone.send(jawOpen=0.2)
        time.sleep(1 / 120)
        now = time.time()
        live.tick(now)
        seen.append((now, jaw()))
        time.sleep(1 / 120)
    return seen


def acted(stage, phone, live=None):
    """A take in which the jaw is opened by an expression in the middle; its tape, and what was seen."""
    live = live or session.start(stage, "127.0.0.1")
    live_for(live, phone, 0.3)
    path = live.takes.begin(time.time())
    seen = live_for(live, phone, 0.4)
    live.poser.play("Hero", SHUT, time.time(), 0.3)
    seen += live_for(live, phone, 0.7)
    live.poser.end("Hero", "Shut", time.time(), 0.3)
    seen += live_for(live, phone, 0.7)
    live.takes.end()
    return path, seen


def baked_jaw(scene, path) -> bpy.types.FCurve:
    bake.bake_tape(scene, path)
    data = bpy.data.objects["Head"].data.shape_keys.animation_data
    bag = data.action.layers[0].strips[0].channelbag(data.action_slot)
    return bag.fcurves.find(JAW)


def test_baked_as_it_was_seen(stage, phone):
    path, seen = acted(stage, phone)
    session.stop()
    curve = baked_jaw(stage, path)
    frames, meta = read_capture(path.read_bytes(), path.name).frames, load_tape(path).meta
    first = packet_times(frames)[0]  # our phone's clock runs on where this machine is held up
    begin = meta["frame"] + (frames[0].arrival - meta["began"]) * 60.0
    baked = [curve.evaluate(begin + (moment - first) * 60.0) for moment, _ in seen[3:-3]]
    shown = [value for _, value in seen[3:-3]]
    assert max(shown) > 0.89 and min(shown) < 0.21
    assert np.abs(np.subtract(baked, shown)).max() < 0.09  # a fade moves by .05 a frame
    assert np.abs(np.subtract(baked, shown)).mean() < 0.01


def test_left_out_by_choice(stage, phone):
    path, _ = acted(stage, phone)
    session.stop()
    stage.livelink.takes.expressions = False
    curve = baked_jaw(stage, path)
    assert {round(key.co.y, 3) for key in curve.keyframe_points} == {0.2}


def test_played_back_as_it_was_seen(stage, phone):
    path, _seen = acted(stage, phone)
    session.stop()
    playing = playback.start(stage, path)
    first, last = playing.span
    values = []
    for frame in range(int(first), int(last) + 1):
        stage.frame_set(frame)
        values.append(jaw())
    assert max(values) > 0.89 and values[2] < 0.21 and values[-2] < 0.21
    stage.frame_set(int(first + last) // 2)
    middle = jaw()
    stage.frame_set(int(first))
    stage.frame_set(int(first + last) // 2)
    assert jaw() == middle, "in whatever order"


def test_what_shows_when_a_take_begins_belongs_to_it(stage, phone):
    live = session.start(stage, "127.0.0.1")
    live_for(live, phone, 0.2)
    live.poser.play("Hero", SHUT, time.time(), 0.0)
    live_for(live, phone, 0.2)
    path = live.takes.begin(time.time())
    live_for(live, phone, 0.3)
    live.takes.end()
    session.stop()
    curve = baked_jaw(stage, path)
    assert min(key.co.y for key in curve.keyframe_points) > 0.89


def test_keep_last_keeps_them_too(stage, phone):
    live = session.start(stage, "127.0.0.1")
    live_for(live, phone, 0.3)
    live.poser.play("Hero", SHUT, time.time(), 0.0)
    live_for(live, phone, 0.6)
    path = live.takes.keep_last(0.4, time.time())
    session.stop()
    curve = baked_jaw(stage, path)
    assert min(key.co.y for key in curve.keyframe_points) > 0.89


def test_they_go_along_into_best_of_and_other_takes(stage, phone):
    path, _ = acted(stage, phone)
    session.stop()
    part = stage.livelink.takes.parts.add()
    part.take, part.regions = str(path), {"brows"}
    made = mixes.make(stage, path)
    assert read_capture(made.read_bytes(), made.name).played == read_capture(path.read_bytes(), path.name).played != []


def test_a_take_without_expressions_has_none(stage, phone):
    live = session.start(stage, "127.0.0.1")
    path = live.takes.begin(time.time())
    live_for(live, phone, 0.3)
    live.takes.end()
    assert read_capture(path.read_bytes(), path.name).played == []


def test_a_crash_leaves_them_in_the_black_box(stage, phone, monkeypatch):
    live = session.start(stage, "127.0.0.1")
    monkeypatch.setattr(black_box, "PIECE_S", 0.5)
    live_for(live, phone, 0.2)
    live.poser.play("Hero", SHUT, time.time(), 0.0)
    live_for(live, phone, 1.6)
    live.black_box.flush()
    monkeypatch.setattr(black_box, "LEFT_AFTER_S", 0.0)
    (path,) = black_box.rescue_takes(time.time() + 60)
    session.stop()
    curve = baked_jaw(stage, path)
    assert max(key.co.y for key in curve.keyframe_points) > 0.89


def test_the_command_line_bakes_them_and_leaves_them_out(stage, phone, tmp_path):
    path, _ = acted(stage, phone)
    session.stop()
    blend = tmp_path / "hero.blend"
    bpy.ops.wm.save_as_mainfile(filepath=str(blend), copy=True)
    tops = []
    for more in ((), ("--no-expressions",)):
        out = tmp_path / f"out{len(more)}.blend"
        verb = [sys.executable, "-m", "livelink_blender", "bake", str(path), "--blend", str(blend), *more]
        done = subprocess.run([*verb, "--out", str(out)], capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        with bpy.data.libraries.load(str(out)) as (inside, wanted):
            wanted.actions = inside.actions
        bag = wanted.actions[0].layers[0].strips[0].channelbags[0]
        tops.append(max(key.co.y for key in bag.fcurves.find(JAW).keyframe_points))
    assert tops[0] > 0.89 and tops[1] < 0.21
    assert shelf_folder() == path.parent
