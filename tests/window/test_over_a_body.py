# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An animator's body action survives a take, key by key, and the head turns all the same."""

import pytest


@pytest.fixture(scope="module")
def found(window) -> dict:
    return window.run("over_a_body.py", 240)


def test_the_body_s_action_is_unharmed(found: dict) -> None:
    assert found["action of the body"] == "Walk"
    assert found["keys unharmed"] and found["arm unharmed"]


def test_the_head_and_the_face_move_in_the_take(found: dict) -> None:
    assert found["head bone"] == "head"
    assert found["heads"] > 3 and found["jaw keys"]
