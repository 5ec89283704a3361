# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`livelink bake` over files and folders with every option, and `livelink decode` to CSV, as processes of their own."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import bpy
import numpy as np
import pytest

from livelink_blender.core.face.channels import CHANNEL_COUNT
from livelink_blender.core.face.frame import Frame
from livelink_blender.core.takes.csv_in import read_csv
from livelink_blender.core.wire.dialects.livelink import encode
from livelink_blender.io.takes.shelf import change_notes
from livelink_blender.io.takes.tape_file import TapeWriter

REAL = Path(__file__).parents[4] / "shared" / "data" / "captures" / "livelink_take_rom3.csv"
LIMIT_S = 300


def livelink(*arguments: object) -> subprocess.CompletedProcess:
    words = [sys.executable, "-m", "livelink_blender", *map(str, arguments)]
    return subprocess.run(words, capture_output=True, text=True, timeout=LIMIT_S, check=False)


def results(done: subprocess.CompletedProcess) -> list[dict]:
    assert done.returncode == 0, done.stdout + done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def write_take(path: Path, seconds: float = 2.0, gap: bool = False) -> Path:
    with TapeWriter(path, {}) as tape:
        for i in range(int(seconds * 60) + 1):
            if gap and 60 <= i < 90:
                continue
            values = np.full(CHANNEL_COUNT, 0.5 + 0.4 * np.sin(i / 9), np.float32)
            tape.append(1.79e9 + i / 60, "192.0.2.1", encode(Frame(0, "", "phone", "face", i / 60, i, 60.0, values)))
    return path


def test_a_folder_becomes_one_action_a_take(blend, tmp_path):
    folder = tmp_path / "takes"
    folder.mkdir()
    write_take(folder / "a.facetape")
    write_take(folder / "b.facetape", gap=True)
    change_notes(write_take(folder / "c.facetape"), begin=0.5, end=1.0)
    (folder / "broken.csv").write_text("Timecode,jawOpen\n")
    out = tmp_path / "out.blend"
    done = livelink("bake", folder, "--blend", blend, "--out", out, "--fps", 24, "--no-smoothing", "--json")
    said = {Path(one["take"]).stem: one for one in results(done)}
    assert sorted(said) == ["a", "b", "c"]
    assert "broken.csv" in done.stderr
    assert (said["a"]["last"], said["b"]["gaps"], said["c"]["last"]) == (49.0, 1, 13.0)
    with bpy.data.libraries.load(str(out)) as (inside, _):
        assert sorted(inside.actions) == ["a", "b", "c"], "those that are not on the character are kept, too"


def test_fewer_keys_and_more_smoothing_are_said_on_the_command_line(blend, tmp_path):
    take, out = write_take(tmp_path / "a.facetape"), tmp_path / "out.blend"
    common = ("bake", take, "--blend", blend, "--out", out, "--json")
    (plain,) = results(livelink(*common))
    (few,) = results(livelink(*common, "--key-error", 0.005, "--smoothing", 2, "--gaps", "bridge", "--into", "nla"))
    assert few["keys"] < plain["keys"] / 3
    assert 0 < few["error"] <= 0.005


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("nowhere.facetape",), "There is no file nowhere.facetape."),
        (("TMP",), "There is no recording in the folder"),
        (("TAKE", "--fps", 0), "The frame rate must be between"),
        (("TAKE", "--smoothing", -1), "The smoothing must be between"),
        (("TAKE", "--key-error", 7), "The error of the keys must be between"),
        (("TAKE", "--gaps", "jump"), "invalid choice"),
    ],
)
def test_wrong_words_are_one_sentence(tmp_path, arguments, sentence):
    empty = tmp_path / "empty"
    empty.mkdir()
    names = {"TMP": empty, "TAKE": write_take(tmp_path / "a.facetape")}
    done = livelink("bake", *(names.get(one, one) for one in arguments), "--out", tmp_path / "out.blend")
    assert done.returncode == 2
    assert sentence in done.stderr
    assert not (tmp_path / "out.blend").exists()


def test_decode_writes_the_csv_that_we_read(tmp_path):
    take, out = write_take(tmp_path / "a.facetape"), tmp_path / "a_1_phone.csv"
    (said,) = results(livelink("decode", take, "--csv", out, "--json"))
    assert said["csv"] == str(out)
    frames, notes = read_csv(out.read_bytes(), out.name)
    assert (len(frames), notes) == (121, [])


@pytest.mark.skipif(not REAL.exists(), reason="the real take is not on this machine")
def test_a_real_take_keeps_an_eighth_of_its_keys_within_five_thousandths(blend, tmp_path):
    shutil.copy(REAL, tmp_path)
    done = livelink("bake", tmp_path / REAL.name, "--blend", blend, "--out", tmp_path / "o.blend", "--fps", 30,
                    "--key-error", 0.005, "--json")  # fmt: skip
    (said,) = results(done)
    assert said["keys"] <= 0.12 * said["samples"]
    assert said["error"] <= 0.005
