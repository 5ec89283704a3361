# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Blender dies while nobody records: what the phone had sent is a take in the next Blender."""

import pytest


@pytest.fixture(scope="module")
def found(window) -> tuple[dict, dict]:
    return window.run("crash.py", 120), window.run("crash.py", 150)


def test_what_came_before_the_crash_is_in_the_list_of_takes(found) -> None:
    before, after = found
    assert after["takes"] == ["before_the_crash"]
    assert after["seconds"] > before["packets"] / 60 * 0.75
    assert after["boxes left"] == 0


def test_it_can_be_baked_as_any_other(found) -> None:
    assert found[1]["baked"] == ["FINISHED"]
