# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np
import pytest

from livelink_blender.io.camera.mapped_frames import FrameWriter
from livelink_blender.io.camera.pictures import ShownPictures

SIZE = (8, 6)


def plain(value, size=SIZE):
    return np.full((size[1], size[0], 4), value, np.uint8)


@pytest.fixture
def writer():
    writer = FrameWriter(*SIZE)
    yield writer
    writer.close()


@pytest.fixture
def show(writer):
    show = ShownPictures(*SIZE, 30)
    show.source(writer.path)
    yield show
    show.close()


def shown(show):
    return int(show.picture()[0].rgb[0, 0, 0])


def test_before_the_first_frame_a_dark_picture_is_shown(show):
    assert show.showing == "waiting"
    assert shown(show) < 40


def test_the_last_frame_is_shown_again_while_no_new_one_comes(show, writer):
    writer.write(plain(50))
    assert [shown(show) for _ in range(3)] == [50, 50, 50]
    assert (show.repeated, show.dropped, show.showing) == (2, 0, "live")


def test_frames_that_came_between_two_beats_are_dropped_and_counted(show, writer):
    writer.write(plain(50))
    shown(show)
    for value in (60, 70, 80):
        writer.write(plain(value))
    assert shown(show) == 80
    assert show.dropped == 2


def test_freeze_holds_the_shown_picture_and_lets_go_to_the_newest(show, writer):
    writer.write(plain(50))
    shown(show)
    show.frozen = True
    writer.write(plain(60))
    assert shown(show) == 50
    show.frozen = False
    writer.write(plain(70))
    assert shown(show) == 70


def test_a_delay_shows_frames_that_many_beats_later(show, writer):
    show.delay(100)
    seen = []
    for value in range(1, 9):
        writer.write(plain(value * 10))
        seen.append(shown(show))
    assert seen[3:] == [10, 20, 30, 40, 50]


def test_a_delay_that_ends_shows_the_newest_frame_at_once(show, writer):
    show.delay(100)
    for value in range(1, 9):
        writer.write(plain(value * 10))
        shown(show)
    show.delay(0)
    writer.write(plain(99))
    assert shown(show) == 99


def test_a_long_delay_keeps_a_bounded_number_of_pictures(show, writer):
    show.delay(10_000)
    for value in range(200):
        writer.write(plain(value))
        show.picture()
    assert len(show._line) + len(show._spare) <= 2 * 30 + 2


def test_the_away_picture_is_shown_instead_and_fitted(show, writer):
    writer.write(plain(50))
    still = FrameWriter(16, 12)
    still.write(plain(123, (16, 12)))
    show.away(still.path)
    still.close()
    assert (shown(show), show.showing) == (123, "away")
    show.away(None)
    assert shown(show) == 50


def test_mirror_swaps_left_and_right(show, writer):
    picture = plain(0)
    picture[:, 0] = 200
    show.mirror = True
    writer.write(picture)
    rgb = show.picture()[0].rgb
    assert (rgb[:, -1] == 200).all() and (rgb[:, :-1] == 0).all()


def test_a_source_of_another_size_is_fitted_into_the_pictures_that_are_sent(show):
    other = FrameWriter(16, 6)
    assert show.source(other.path) == (16, 6)
    other.write(plain(90, (16, 6)))
    rgb = show.picture()[0].rgb
    other.close()
    assert rgb.shape == (6, 8, 3)
    assert (rgb[2, 0] == 90).all() and (rgb[0] == 0).all()


def test_a_held_picture_is_fitted_when_the_size_changes(show, writer):
    writer.write(plain(50))
    show.picture()
    show.frozen = True
    other = FrameWriter(16, 12)
    show.resize(*show.source(other.path))
    other.write(plain(90, (16, 12)))
    rgb = show.picture()[0].rgb
    other.close()
    assert rgb.shape == (12, 16, 3) and (rgb == 50).all()
    assert show.showing == "frozen"


def test_after_a_change_of_size_frames_pass_unfitted(show):
    other = FrameWriter(16, 6)
    show.resize(*show.source(other.path))
    other.write(plain(90, (16, 6)))
    rgb = show.picture()[0].rgb
    other.close()
    assert rgb.shape == (6, 16, 3) and (rgb == 90).all()


def test_a_plain_colour_lies_behind_what_has_no_background(show, writer):
    show.backdrop([10, 20, 30])
    writer.write(plain(0))
    assert show.picture()[0].rgba[0, 0].tolist() == [10, 20, 30, 255]
    show.backdrop(None)
    writer.write(plain(0))
    assert show.picture()[0].rgba[0, 0].tolist() == [0, 0, 0, 0]
