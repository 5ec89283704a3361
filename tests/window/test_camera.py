# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The camera in a real window: one click, the artist's viewport untouched, nothing left after Stop; and it goes on."""

from __future__ import annotations

import shutil
import subprocess

import numpy as np
import pytest

from .conftest import PICTURES


@pytest.mark.parametrize("backend", ["opengl", "vulkan"])
def test_one_click_to_a_camera_and_nothing_left_after_stop(window, backend) -> None:
    found = window.run("camera.py", 200, switches=("--gpu-backend", backend))
    assert found["backend"] == backend.upper()
    assert found["joined"] == ["FINISHED"] and found["alive"] and found["drawn"] > 8
    assert found["page status"] == 200 and "page" in found["pick"]
    assert found["viewport untouched"]
    assert found["by keys"] == [True, True] and found["back by keys"] == [False, False]
    assert found["corner"] == pytest.approx([63, 63, 63, 255], abs=12)
    assert not found["process left"]


@pytest.fixture(scope="module")
def going_on(window) -> dict:
    if shutil.which("xlogo") is None:
        pytest.skip("nothing to cover the window with: xlogo (x11-apps) is not here")
    return window.run("camera_goes_on.py", 400)


def test_it_goes_on_covered_minimised_in_other_workspaces_and_in_dialogs(going_on) -> None:
    assert "trouble" not in going_on, going_on
    assert len(going_on["drawn"]) == 8 and max(going_on["drawn"].values()) < 45, going_on["drawn"]


def test_a_reader_does_not_notice_that_blender_is_stuck_for_two_seconds(going_on) -> None:
    assert going_on["stuck seconds"] > 1.9
    assert going_on["pictures while stuck"] >= 14  # eight a second
    assert going_on["longest gap"] < 2 / 8


def test_the_viewports_view_arrives_with_the_viewports_pixels(window) -> None:
    found = window.run("camera_view.py", 200)
    width, height = found["size"]
    sent = np.frombuffer((window.home / "stream.rgba").read_bytes(), np.uint8).reshape(height, width, 4)[..., :3]
    crop = ["convert", str(PICTURES / "camera-viewport.png"), "-crop", f"{width}x{height}+0+0", "-depth", "8", "rgb:-"]
    shown = np.frombuffer(subprocess.run(crop, capture_output=True, check=True).stdout, np.uint8)
    off = np.abs(sent.astype(int) - shown.reshape(height, width, 3)).max(axis=2)[40:-40, 40:-40]
    assert np.mean(off <= 12) > 0.99, np.percentile(off, [50, 90, 99, 100])


def test_blender_and_a_browser_side_by_side(window) -> None:
    """The README's picture; `dev.py pictures` keeps it."""
    if shutil.which("chromium") is None:
        pytest.skip("chromium is not on this machine")
    found = window.run("meeting_picture.py", 500, new_file=True)
    assert found["shading"] == "RENDERED" and "EEVEE" in found["engine"]
    assert found["performers"] == 1 and (PICTURES / "meeting.png").exists()


def test_it_starts_with_blender_where_that_is_switched_on_at_the_same_address(window) -> None:
    before = window.run("camera_at_start.py", 150)
    assert before["before"] is False
    file = str(window.home / "hero_with_character.blend")
    later = window.run("camera_at_start.py", 150, new_file=True, switches=(file,))
    assert later["drawn"] > 3 and later["page"] == f"http://127.0.0.1:21753/{before['token']}/"


def test_the_last_seconds_become_a_clip_while_the_link_goes_on_and_esc_leaves_off(window) -> None:
    found = window.run("camera_clip.py", 400)
    assert found["begun"] == [["RUNNING_MODAL"]] * 2
    assert len(found["clips"]) == 1 and found["clips"][0].endswith(".mp4") and found["clips"][0] in found["said"]
    assert found["still live"] and found["lost"] == 0 and found["drawn meanwhile"] > 0
    assert found["left off"] and found["live after Esc"] and found["clips afterwards"] == found["clips"]
