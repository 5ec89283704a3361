# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from livelink_blender.core.camera.pixels import (
    PAGE,
    SLOTS,
    Fitter,
    ForeignFileError,
    FrameLayout,
    RgbPacker,
    lay_behind,
    packed_colour,
    straight_alpha,
    turn_upright,
)

SIZES = [(2, 2), (5, 3), (64, 36), (639, 361), (640, 360), (1280, 720)]


def any_picture(width, height, seed=1):
    return np.random.default_rng(seed).integers(0, 256, (height, width, 4), np.uint8)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_dropping_alpha_keeps_every_colour_exactly(width, height):
    picture = any_picture(width, height)
    assert np.array_equal(RgbPacker(width, height).pack(picture), picture[..., :3])


def test_the_slow_way_to_drop_alpha_gives_the_same_as_the_quick_one():
    packer, picture = RgbPacker(64, 36), any_picture(64, 36)
    quick = packer.pack(picture).copy()
    packer._quick = False
    assert np.array_equal(packer.pack(picture), quick)


@pytest.mark.parametrize("mirror", [False, True])
def test_blenders_bottom_row_becomes_the_last_and_mirror_swaps_left_and_right(mirror):
    bottom_up = any_picture(7, 5)
    upright = np.empty_like(bottom_up)
    turn_upright(upright, bottom_up, mirror)
    assert np.array_equal(upright, bottom_up[::-1, ::-1] if mirror else bottom_up[::-1])


def test_a_wider_picture_is_fitted_whole_between_black_bars():
    picture = np.full((10, 40, 4), 200, np.uint8)
    canvas = np.zeros((40, 40, 4), np.uint8)
    Fitter((40, 10), (40, 40)).fit_into(canvas, picture)
    assert (canvas[15:25] == 200).all()
    assert (canvas[:15] == (0, 0, 0, 255)).all() and (canvas[25:] == (0, 0, 0, 255)).all()


@given(st.integers(1, 60), st.integers(1, 60), st.integers(1, 60), st.integers(1, 60))
@settings(max_examples=60, deadline=None)
def test_any_size_fits_into_any_other_with_its_corners_in_place(width, height, canvas_width, canvas_height):
    picture = any_picture(width, height)
    picture[..., 3] = 77
    canvas = np.zeros((canvas_height, canvas_width, 4), np.uint8)
    Fitter((width, height), (canvas_width, canvas_height)).fit_into(canvas, picture)
    rows, columns = np.nonzero(canvas[..., 3] == 77)
    assert rows.size
    inside = canvas[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    assert (inside[..., 3] == 77).all()
    assert inside.shape[0] == canvas_height or inside.shape[1] == canvas_width


def test_alpha_is_taken_out_of_the_colours_at_soft_edges_only():
    picture = np.array([[[50, 100, 127, 128], [10, 20, 30, 255], [0, 0, 0, 0]]], np.uint8)
    straight = straight_alpha(picture)
    assert straight[0, 0].tolist() == [100, 199, 253, 128]
    assert np.array_equal(straight[0, 1:], picture[0, 1:])


def test_slots_begin_on_pages_and_do_not_overlap():
    layout = FrameLayout(641, 359)
    offsets = [layout.offset_of(slot) for slot in range(SLOTS)]
    assert all(offset % PAGE == 0 for offset in offsets)
    assert all(b - a >= layout.frame_bytes for a, b in pairwise(offsets))
    assert layout.file_bytes >= offsets[-1] + layout.frame_bytes


def test_the_header_tells_the_size():
    layout = FrameLayout(1280, 720)
    assert FrameLayout.from_header(layout.header(), layout.file_bytes) == layout


def test_a_file_shorter_than_its_header_says_is_refused():
    layout = FrameLayout(1280, 720)
    with pytest.raises(ForeignFileError):
        FrameLayout.from_header(layout.header(), layout.file_bytes - 1)


@given(st.binary(max_size=64), st.integers(0, 1 << 40))
def test_foreign_headers_are_refused_with_our_own_error(data, size):
    with pytest.raises(ForeignFileError):
        FrameLayout.from_header(data, size)


@given(st.integers(0, 1 << 31), st.integers(0, 1 << 31))
def test_damaged_sizes_in_a_header_never_make_a_layout_larger_than_the_file(width, height):
    import struct

    data = struct.pack("<8sIII", b"FLLpix1\n", width, height, SLOTS)
    with pytest.raises(ForeignFileError):
        FrameLayout.from_header(data, 1000)


@given(
    arrays(np.uint8, st.tuples(st.integers(1, 9), st.integers(1, 9), st.just(4))),
    st.tuples(st.integers(0, 255), st.integers(0, 255), st.integers(0, 255)),
)
def test_a_plain_colour_lies_behind_clear_and_half_clear_pixels(picture, colour):
    picture[..., :3] = np.minimum(picture[..., :3], picture[..., 3:])  # colour is multiplied by alpha
    before = picture.astype(float)
    lay_behind(picture, packed_colour(*colour))
    share = 1 - before[..., 3:] / 255
    assert np.abs(picture[..., :3] - (before[..., :3] + np.array(colour) * share)).max() <= 1
    assert (picture[..., 3] == 255).all()
