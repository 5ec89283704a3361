# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Other apps in a real window: ports, receivers, the carried zeroconf in this Blender's Python."""

import json
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parent / "scripts"


@pytest.fixture(scope="module")
def found(window) -> dict:
    return window.run("apps.py", 150)


def test_a_port_opens_and_closes_while_live(found: dict) -> None:
    assert found["open"] and found["closed"]


def test_the_face_goes_out_by_our_osc_addresses(found: dict) -> None:
    assert found["handed on"].startswith("#bundle")


def test_the_page_behind_the_code_loads_and_the_panel_says_so(found: dict) -> None:
    assert found["page"] == "The way to Blender is fine"
    assert found["network test"] == "The path is fine: 127.0.0.2 has loaded the page." and found["put away"]


def test_the_carried_zeroconf_works_in_this_blenders_python(window) -> None:
    said = window.execute("blender", "-b", "--python", str(SCRIPTS / "neighbours.py"))
    told = json.loads(next(line for line in said.splitlines() if line.startswith("FOUND ")).removeprefix("FOUND "))
    assert told["told"] == ["", "Face Live Link", 22222]
    assert told["origin"].startswith(str(window.home)), "the zip's own"
    assert told["python"] >= [3, 13], "where the wheels for 3.11 are of no use"
