# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The zip in this wheel, as a user installs it: it comes, works, goes and leaves nothing behind."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = Path(__file__).parent / "scripts" / "install_extension.py"


@pytest.fixture(scope="module")
def found(tmp_path_factory) -> dict:
    """What the script saw in a Blender with an empty home of its own."""
    from dev_tools.build import build_zip

    home = tmp_path_factory.mktemp("resources")
    environment = {key: value for key, value in os.environ.items() if key != "LIVELINK_HOME"}
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(build_zip(home))],
        env={**environment, "BLENDER_USER_RESOURCES": str(home)},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith("FOUND ")]
    assert lines, done.stdout[-2000:] + done.stderr[-2000:]
    return json.loads(lines[0].removeprefix("FOUND ")) | {"home": str(home)}


def test_it_is_there_after_the_installation(found):
    assert not found["before"]["property"]
    live = found["live 1"]
    assert live["property"] and live["operator"] and live["handlers"] >= 7 and live["sockets"] == 1


@pytest.mark.parametrize("round_", [1, 2])
def test_disabled_while_live_nothing_is_left(found, round_):
    assert found[f"disabled {round_}"] == found["before"]


def test_enabled_again_it_works_again(found):
    assert found["live 2"] == found["live 1"]


def test_its_own_files_lie_where_blender_wants_them(found):
    assert found["user folder"].startswith(found["home"])


def test_the_carried_zeroconf_finds_another_blender(found):
    assert found["zeroconf"].startswith(found["home"]), "the zip's own, not one of this environment's"
    assert found["neighbours"] == [["Face Live Link", 22222]], "once, by its best name"
