# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
import pytest

from livelink_blender.io.camera.pipewire_library import load

from .known_picture import TOLERANCE, worst_difference
from .tools import answer_of, tool


@pytest.fixture(scope="module")
def session():
    for needed in ("pipewire", "wireplumber", "dbus-run-session"):
        tool(needed)
    try:
        load()
    except OSError:
        pytest.skip("libpipewire is not on this machine")
    return [tool("pipewire_session")]


@pytest.fixture(scope="module")
def answer(session, tmp_path_factory):
    return answer_of(session, "inside_session.py", tmp_path_factory.mktemp("session"), "readers", 120)


def test_the_camera_is_listed(answer):
    assert answer["found"] == [["pipewire", "Face Live Link"]]


def test_every_offered_pixel_format_arrives_the_right_way_up(answer):
    assert {kind: seen["worst"] for kind, seen in answer["formats"].items()} == {"RGBX": 0, "RGBA": 0, "RGB": 0}


def test_two_readers_get_their_pictures(answer):
    assert min(answer["two readers"]) > 30


def test_a_blocked_blender_goes_unnoticed_by_the_reader(answer):
    if answer["blocked"]["machine"] < 0.995:
        pytest.skip(f"this machine is too busy: it kept its own clock in {answer['blocked']['machine']:.1%} only")
    assert answer["blocked"]["in_time"] >= 0.99


def test_the_whole_camera_process_costs_little_and_is_not_behind(answer):
    for size, most_ms in (("720p", 2.0), ("1080p", 4.0)):
        cost = answer["cost"][size]
        assert cost["pictures"] > 60, answer["cost"]
        if answer["blocked"]["machine"] >= 0.995:  # where others compute, too, everything costs more and comes later
            assert cost["cpu_ms"] <= most_ms and cost["latency_ms"] <= 1000 / 30, answer["cost"]


def test_twenty_starts_and_stops(answer):
    assert len(answer["twenty starts"]) == 5 and min(answer["twenty starts"]) > 10


def test_a_killed_camera_is_named_and_starts_again(answer):
    assert "start it again" in answer["killed"]["says"]
    assert answer["killed"]["pictures"] > 10


def test_a_real_chromium_sees_it_by_its_name_in_the_right_colours(session, tmp_path):
    tool("chromium")
    seen = answer_of(session, "inside_session.py", tmp_path, "chromium", 200)["chromium"]
    assert "error" not in seen, seen
    assert seen["labels"][0] == "Face Live Link"
    assert seen["size"] == [640, 360]
    assert worst_difference(seen["colours"]) <= TOLERANCE
