# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""iFacialMocap's and Facemotion3d's text, by hand and as published."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from livelink_blender.core.face.channels import INDEX
from livelink_blender.core.face.frame import BadPacket, Frame
from livelink_blender.core.takes.captures import read_capture
from livelink_blender.core.wire.dialects.ifacialmocap import END, decode, encode, encode_v2
from livelink_blender.core.wire.stream import LARGEST, StreamSplitter

from ..takes.real_takes import real_take
from .dialect_samples import a_face, a_frame


def frame(text: str) -> Frame:
    got = decode(text.encode(), 1.0, "192.0.2.1")
    assert isinstance(got, Frame), got
    return got


def value(text: str, name: str) -> float:
    return float(frame(text).values[INDEX[name]])


@pytest.mark.parametrize(
    ("text", "name", "wanted"),
    [
        ("jawOpen-12|mouthSmile_L-50|", "jawOpen", 0.12),
        ("jawOpen-12|mouthSmile_L-50|", "mouthSmileLeft", 0.5),
        ("jawOpen&12|mouthSmileRight&50|", "mouthSmileRight", 0.5),
        ("jawOpen&-7|", "jawOpen", -0.07),
        ("jawOpen--7|", "jawOpen", -0.07),
        ("mouthLeft-3|jawRight-4|", "mouthLeft", 0.03),
        ("|||jawOpen-12||hapihapi-3|=head#", "jawOpen", 0.12),
        ("jawOpen-x|mouthClose-9|", "mouthClose", 0.09),
        ("jawOpen-120|", "jawOpen", 1.2),
        ("jawOpen-99999|", "jawOpen", 4.0),
    ],
)
def test_shapes_are_read_from_either_spelling(text, name, wanted):
    assert value(text, name) == pytest.approx(wanted)


def test_angles_are_degrees_in_arkits_axes():
    got = frame("jawOpen-1|=head#10,-20,30,0,0,0|rightEye#5,6,7|leftEye#8,9,10|-0.6|||||3|").values
    names = ("headYaw", "headPitch", "headRoll", "rightEyeYaw", "rightEyePitch", "leftEyeYaw", "leftEyePitch")
    degrees = [np.degrees(got[INDEX[name]]) for name in names]
    np.testing.assert_allclose(degrees, [-20, -10, 30, -6, 5, -9, 8], rtol=1e-5)


def test_a_head_alone_is_a_frame_and_a_damaged_head_is_none():
    assert np.degrees(value("=head#0,15,0,0,0,0|", "headYaw")) == pytest.approx(15)
    assert value("jawOpen-5|=head#0,up,0,0,0,0|", "headYaw") == 0


def test_unknown_shapes_are_kept_by_name():
    assert frame("jawOpen&1|FM_VF&30|").extras == {"FM_VF": pytest.approx(0.3)}
    assert frame("jawOpen-1|").extras is None
    many = "|".join(f"own{i}-1" for i in range(2000))
    assert len(frame(f"jawOpen-1|{many[:9000]}").extras) <= 600


@pytest.mark.parametrize("evil", ["nan", "inf", "-inf"])
def test_values_that_are_no_numbers_are_refused(evil):
    assert decode(f"jawOpen-{evil}|".encode(), 1.0, "").reason == "values that are no numbers"


@given(st.binary(max_size=300))
def test_any_bytes_give_a_frame_or_a_reason(raw):
    assert isinstance(decode(b"jawOpen-1|" + raw, 0.0, ""), (Frame, BadPacket))


@pytest.mark.parametrize(
    ("name", "dialect", "head"),
    [
        ("v1_official_example.txt", "ifacialmocap", -6.038993),
        ("v1_extended_with_trailing_fields.txt", "ifacialmocap", -5.085786),
        ("facemotion3d_other_official_example.txt", "facemotion3d", 0.45402408),
    ],
)
def test_published_frames_are_read(name, dialect, head):
    capture = read_capture(real_take(name).read_bytes(), name)
    (got,) = capture.frames
    assert got.dialect == dialect
    assert np.degrees(got.values[INDEX["headYaw"]]) == pytest.approx(head, rel=1e-5)
    assert np.count_nonzero(got.values) > 30
    for side, eye in (("Left", "leftEye"), ("Right", "rightEye")):  # shapes and angles agree on where the eyes look
        assert got.values[INDEX[f"eyeLookDown{side}"]] > 0.1 and got.values[INDEX[f"{eye}Pitch"]] > 0.08
    left, right = got.values[INDEX["leftEyeYaw"]], got.values[INDEX["rightEyeYaw"]]
    assert right < left, "a right eye that looks towards the nose looks to the left: a negative yaw"


def test_a_file_of_frames_is_read_as_lines_and_as_a_stream():
    texts = [encode(a_frame(a_face(seed)))[0] for seed in range(4)]
    for data in (b"\n".join(texts), END.join(texts) + END):
        capture = read_capture(data, "frames.txt")
        assert len(capture.frames) == 4
        assert capture.frames[3].arrival == pytest.approx(3 / 60)


@given(st.lists(st.integers(1, 400), max_size=12), st.integers(0, 3))
def test_a_stream_is_split_alike_however_it_arrives(cuts, junk):
    texts = [encode_v2(a_frame(a_face(seed)))[0] for seed in range(3)]
    data, splitter, got, at = END.join(texts) + END + b"x" * junk, StreamSplitter(), [], 0
    for cut in [*cuts, len(data)]:
        got += splitter.feed(data[at : at + cut])
        at += cut
    assert got == texts


def test_a_stream_that_never_ends_is_thrown_away():
    splitter = StreamSplitter()
    for _ in range(40):
        assert splitter.feed(b"x" * 9000) == []
    assert len(splitter._held) <= LARGEST
    assert splitter.feed(END + b"jawOpen-1|" + END)[-1] == b"jawOpen-1|"
