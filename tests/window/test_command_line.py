# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`blender --command livelink` in the real Blender, with the extension as a user has it."""

import subprocess

import pytest

from livelink_blender.core.demo_phone.performance import perform
from livelink_blender.core.face.frame import Frame
from livelink_blender.core.wire.dialects.livelink import encode
from tests.window.conftest import RUNNER


def blender(window, *arguments: str) -> subprocess.CompletedProcess:
    """Blender without a window, in the home of the given one."""
    return subprocess.run(
        [str(RUNNER), "exec", *window._places(), "--timeout", "120", "--", "blender", *arguments],
        cwd=window.home,
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
    )


@pytest.fixture
def take(window):
    """Two seconds of our performance, packets one after the other."""
    path = window.home / "take.bin"
    packets = [encode(Frame(0.0, "", "dev", "me", n / 60, n, 60.0, perform(n / 60))) for n in range(120)]
    path.write_bytes(b"".join(packets))
    return path


def test_bake_into_the_open_file_and_wrong_input_end_with_their_exit_codes(window, take):
    out = window.home / "baked.blend"
    done = blender(
        window, "-b", str(window.start_file), "--command", "livelink", "bake", str(take), "--out", str(out)
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "has the action" in done.stdout and out.exists()
    wrong = blender(window, "--command", "livelink", "bake", "missing.csv", "--out", str(out))
    assert wrong.returncode == 2
    assert "There is no file missing.csv." in wrong.stderr
