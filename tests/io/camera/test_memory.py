# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What this computer's camera is set to is the same tomorrow, and a damaged file costs nothing but itself."""

import json
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from livelink_blender.io.camera import memory


@pytest.fixture
def home(monkeypatch, tmp_path):
    monkeypatch.setenv("LIVELINK_HOME", str(tmp_path))
    yield tmp_path
    memory.forget()


def test_the_pages_address_is_the_same_on_the_next_day(home):
    token = memory.recall().token
    memory.forget()
    assert memory.recall().token == token and len(token) >= 12


def test_choices_are_kept_and_the_address_stays(home):
    token = memory.recall().token
    memory.remember(places=("page", "camera:VCam"), port=20000, starts_with_blender=True)
    memory.forget()
    assert memory.recall() == memory.CameraMemory(token, 20000, ("page", "camera:VCam"), True)


def test_a_renewed_address_is_another_one(home):
    assert memory.recall().token != memory.renew_address().token


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_nobody_else_may_read_the_token(home):
    memory.recall()
    assert (home / memory.FILE).stat().st_mode & 0o077 == 0


PLAIN = st.none() | st.booleans() | st.integers() | st.text()
JSON = st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))
ENTRIES = st.fixed_dictionaries({}, optional={"token": JSON, "port": JSON, "places": JSON, "starts_with_blender": JSON})


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(st.binary() | (ENTRIES | JSON).map(lambda value: json.dumps(value).encode()))
def test_whatever_the_file_holds_the_camera_has_an_address(home, data):
    (home / memory.FILE).write_bytes(data)
    memory.forget()
    kept = memory.recall()
    assert memory.TOKEN.fullmatch(kept.token) and 1024 <= kept.port <= 65535
    assert kept.places is None or all(isinstance(place, str) for place in kept.places)
