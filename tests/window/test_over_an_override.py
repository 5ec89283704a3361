# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A take on a library override is refused until its mesh is one, too; then it is there after save and reopen."""

import pytest


@pytest.fixture(scope="module")
def found(window) -> dict:
    return window.run("over_an_override.py", 180)


def test_a_take_that_would_be_lost_is_refused_with_the_click_that_helps(found: dict) -> None:
    assert found["live moves the override"] and found["refused before"]
    assert len(found["obstacles"]) == 1
    assert found["solved"] == ["FINISHED"]


def test_then_the_take_is_there_after_save_and_reopen(found: dict) -> None:
    assert found["end"] == ["FINISHED"] and found["curves"] >= 52
    assert found["still an override"] and found["the same keys"]
    assert found["jaws"] > 3
