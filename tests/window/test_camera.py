# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The camera in a real window: one click, the artist's viewport untouched, nothing left after Stop."""


def test_one_click_to_a_camera_and_nothing_left_after_stop(window) -> None:
    found = window.run("camera.py", 150)
    assert found["joined"] == ["FINISHED"] and found["alive"] and found["drawn"] > 8
    assert found["page status"] == 200 and "page" in found["pick"]
    assert found["viewport untouched"]
    assert not found["process left"]
