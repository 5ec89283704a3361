# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The search for phones by its button, in a network of the test's own: found, asked with one more click, cancelled."""

import json
import os
import sys
from pathlib import Path

import pytest

from tests.io.network.namespaces import joined
from tests.io.network.test_phone_search import METAHUMAN_PHONE, PHONE

SCRIPT = Path(__file__).parents[1] / "scripts" / "search_phones.py"


@pytest.mark.timeout(200)
def test_a_phone_is_found_by_a_click_and_asked_by_another(tmp_path):
    with joined("10.98.8.1", "10.98.8.7", "10.98.8.12") as (here, one, other):
        phone, metahuman = one.python(PHONE, "ifacialmocap", "49983"), other.python(METAHUMAN_PHONE, other.address)
        environment = os.environ | {"LIVELINK_HOME": str(tmp_path), "BLENDER_USER_RESOURCES": str(tmp_path)}
        said, _ = here.start(sys.executable, str(SCRIPT), env=environment).communicate(timeout=150)
        for process in (phone, metahuman):
            process.terminate()
            process.communicate(timeout=10)
    told = json.loads(next(line for line in said.splitlines() if line.startswith("TOLD ")).removeprefix("TOLD "))
    assert "allow it" in told["not allowed"]
    assert told["open while searching"] and not told["open afterwards"], "only wanted ports stay open"
    assert told["share"] == 1.0
    ((address, app, _), (_, none, advice)) = told["found"]
    assert (address, app, none) == ("10.98.8.7", "IFACIALMOCAP", "")
    assert "MetaHuman mode: switch it to ARKit" in advice
    assert told["word"] == "sends its face"
    assert told["on again"] and told["cancelled"]
