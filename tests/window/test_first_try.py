# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Without a phone and without a head, one click shows a head that moves."""

import pytest


@pytest.fixture(scope="module")
def found(window) -> dict:
    return window.run("first_try.py", 120, new_file=True)


def test_one_click_shows_our_head_moving(found: dict) -> None:
    assert found["moves"]
    assert found["summary"].endswith("52 of 52, head, eyes")
    assert found["obstacles"] == []
    assert found["seconds for the click"] < 6.0
    assert found["lost"] == 0


def test_it_rests_again_after_stop(found: dict) -> None:
    assert found["at rest"] == 0.0
