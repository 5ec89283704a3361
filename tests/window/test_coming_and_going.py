# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Installed from the zip, the add-on comes and goes without leaving anything behind."""

import pytest

NOTHING = {"handlers", "timers", "sockets", "processes", "modal"}


@pytest.fixture
def found(window) -> dict:
    return window.run("comings_and_goings.py", 90)


def test_disabled_in_the_middle_of_a_take_nothing_is_left_and_it_works_again(found: dict) -> None:
    assert found["enabled by the installation"]
    for number in (1, 2):
        live, left = found[f"live {number}"], found[f"disabled {number}"]
        assert len(live["sockets"]) == len(live["processes"]) == 1
        assert live["modal"] and len(live["handlers"]) >= 8
        assert found[f"packets {number}"] > 30
        assert {name: what for name, what in left.items() if what and name != "threads"} == {}
        assert left["threads"] == live["threads"]
    stopped = found["stopped"]
    assert not any(stopped[name] for name in ("timers", "sockets", "processes", "modal"))
    assert found["keys"] == 0.0
