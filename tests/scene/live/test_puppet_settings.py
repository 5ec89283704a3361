# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A character shown by a process without Blender is the session's, to the bit: chain, sliders, expression and map."""

import json
import subprocess
import sys
from pathlib import Path
from time import sleep, time

import bpy
import numpy as np
import pytest

from livelink_blender.core.demo_phone.performance import perform
from livelink_blender.core.face.channels import CHANNELS
from livelink_blender.core.poser.expressions import Expression
from livelink_blender.scene.live import session
from livelink_blender.scene.live.puppet_settings import puppet_settings
from livelink_blender.scene.state import touch
from tests.scene.heads import make_character, make_head, make_rig
from tests.scene.phones import TestPhone, free_port

PLAYER = """
import json, sys
import numpy as np
from livelink_blender.core.puppet.puppet import Puppet, PuppetSettings
from livelink_blender.core.face.frame import Frame
puppet = Puppet(PuppetSettings.from_json(sys.stdin.readline()))
for line in sys.stdin:
    now, frames = json.loads(line)
    for frame in frames:
        frame[-1] = None if frame[-1] is None else np.array(frame[-1], np.float32)
    face = puppet.face([Frame(*frame) for frame in frames], now)
    print(json.dumps([face.tolist(), puppet.targets(face)]))
assert "bpy" not in sys.modules
"""


@pytest.fixture
def live(scene, tmp_path, monkeypatch):
    monkeypatch.setenv("LIVELINK_HOME", str(tmp_path))
    scene.livelink.port = free_port()
    rig = make_rig("Rig", [("head", (0, 0, 0), (0, 0, 1), 0.0, "")])
    hero = make_character(make_head(), rig)
    hero.head.object, hero.head.bone = rig, "head"
    hero.gain = 1.1
    hero.calibration = json.dumps({"neutral": {"jawOpen": 0.04, "headYaw": 0.1}, "gain": {"mouthPucker": 1.3},
                                   "mirror": True})  # fmt: skip
    line = hero.assignments.add()
    line.shape, line.target, line.weight, line.offset = "jawOpen", "key:cheekPuff", 0.5, 0.1
    lost = scene.livelink.presence
    lost.hold, lost.ease, lost.idle_after, lost.back = 0.03, 0.03, 0.02, 0.05
    face = scene.livelink.poser.faces.add()
    face.browInnerUp, face.jawOpen, face.strength, face.brows_mode = 0.3, 0.15, 0.7, "replace"
    touch()
    yield session.start(scene, "127.0.0.1")
    session.stop()


def spied(binding) -> list:
    """What the session's chain is given and when; it works as before."""
    given, process = [], binding.chain.process

    def listen(frames, now):
        frames = list(frames)
        given.append([now, [[f.arrival, f.sender, f.device, f.subject, f.time, f.number, f.rate,
                             None if f.values is None else f.values.tolist()] for f in frames]])  # fmt: skip
        return process(frames, now)

    binding.chain.process = listen
    return given


def play(live, binding) -> tuple[list, list[dict[str, dict[str, float]]]]:
    """A while with a silence and a lost face in them, some packets between two ticks and none between others."""
    phone = TestPhone(live.door.port)
    faces, written = [], []
    try:
        for number in range(150):
            if number % 5 != 3 and not 60 < number < 70:
                phone.send(**dict(zip(CHANNELS, perform(number / 24).tolist(), strict=True)))
            if number % 40 == 39:
                phone.send_no_face()
            if number % 4 != 2:
                live.tick(time())
                faces.append(binding.shown.tolist())
                written.append(read_back(binding))
            sleep(0.01)
    finally:
        phone.close()
    return faces, written


def read_back(binding) -> dict[str, float]:
    """The keys of the head as Blender holds them."""
    keys = binding.character.map_parts()
    blocks = bpy.data.objects["Head"].data.shape_keys.key_blocks
    return {name: blocks[name[4:]].value for part in keys for name in part.targets if name.startswith("key:")}


def test_a_process_without_blender_shows_the_same_to_the_bit(live) -> None:
    live.tick(time())
    binding = live.bindings[0]
    now = time()
    live.poser.play("Hero", Expression.of("Smile", {"mouthSmileLeft": 0.8, "mouthSmileRight": 0.7}), now, 0.5)
    settings = puppet_settings(live.scene(), binding, live.poser)
    given = spied(binding)
    faces, written = play(live, binding)
    told = "\n".join([settings.to_json(), *map(json.dumps, given)])
    player = subprocess.run(
        [sys.executable, "-c", PLAYER], input=told, capture_output=True, text=True, timeout=60,
        cwd=Path(__file__).parents[3], check=False,
    )  # fmt: skip
    assert player.returncode == 0, player.stderr
    shown = [json.loads(line) for line in player.stdout.splitlines()]
    assert sum(len(frames) for _, frames in given) > 80 and np.ptp([face for face, _ in shown], axis=0).max() > 0.5
    assert [face for face, _ in shown] == faces
    assert [targets["Head"] for _, targets in shown] == written
    assert {"turn:head:yaw", "turn:head:pitch", "turn:head:roll"} == shown[0][1]["Rig"].keys()
