# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Enabling costs nobody's start: little is imported then, and what was left out is there when it is first used."""

import json
import subprocess
import sys
from pathlib import Path

import bpy
import pytest

from dev_tools import bench_enable
from livelink_blender.scene.character import remedies
from livelink_blender.scene.character.naming import Name
from livelink_blender.scene.character.obstacles import Obstacle
from livelink_blender.scene.state import state

from . import heads

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = Path(__file__).parent / "scripts" / "enabling.py"
MOST_OF_OURS = 150


@pytest.fixture(scope="module")
def found(tmp_path_factory) -> dict:
    """What a process of its own has found, see the script."""
    home = tmp_path_factory.mktemp("enabling")
    out = home / "found.json"
    bench_enable.make_take(home)
    environment = bench_enable.at_home(home) | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(SCRIPT), str(out)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=200)
    assert out.exists(), done.stdout + done.stderr
    return json.loads(out.read_text(encoding="utf-8")) | {"said": done.stderr}


def test_enabling_brings_little_of_ours_and_none_of_pythons_heavy_modules(found) -> None:
    assert found["ours"] <= MOST_OF_OURS
    assert found["heavy"] == []


def test_every_operator_is_asked_and_every_panel_drawn_without_an_error(found) -> None:
    assert "Traceback" not in found["said"]
    assert len(found["at rest"]["drawn"]) > 12
    assert {"livelink.start_live", "livelink.bake_again"} <= set(found["at rest"]["can"])
    assert "livelink.bake_again" not in found["empty"]["can"]


def test_what_runs_is_seen_by_the_operators(found) -> None:
    assert found["plays"].endswith(".facetape") and not found["plays while live"]
    assert "livelink.trim_take" in found["a take plays"]["can"] and "livelink.trim_take" not in found["live"]["can"]
    assert "livelink.start_take" in found["live"]["can"] and "livelink.start_take" not in found["at rest"]["can"]
    assert found["head"] and "livelink.drag_points" in found["shapes, POINTS"]["can"]


def test_disabling_ends_what_was_begun_and_can_be_done_twice(found) -> None:
    assert found["left"] == []
    assert found["on scenes"] is False


def test_what_was_solved_is_forgotten_with_the_file(scene) -> None:
    head = heads.make_head()
    head.data.shape_keys.key_blocks[1].mute = True
    where = Name.of(head.data.shape_keys, "shape_keys")
    remedies.solve(Obstacle("", "unmute", where, head.data.shape_keys.key_blocks[1].name))
    remedies.put_in_force()
    assert not head.data.shape_keys.key_blocks[1].mute
    bpy.ops.wm.read_homefile(use_empty=True)
    assert not remedies.are_in_force()
    assert [one.__module__ for one in bpy.app.handlers.load_post].count(remedies.__name__) == 1
    state.end()
    assert remedies.__name__ not in [one.__module__ for one in bpy.app.handlers.load_post]


def test_what_is_begun_ends_once_and_the_newest_first() -> None:
    ended = []
    first, second = (lambda: ended.append(1)), (lambda: ended.append(2))
    for call in (first, second, first):
        state.ends_with_us(call)
    state.end()
    state.end()
    assert ended == [2, 1]
