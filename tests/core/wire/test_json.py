# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""VTube Studio's and the desktop companion's JSON; OpenSeeFace's packets."""

from __future__ import annotations

import json
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from livelink_blender.core.face.channels import INDEX
from livelink_blender.core.face.frame import BadPacket, Frame
from livelink_blender.core.wire.common.bounded_json import LARGEST, read_object
from livelink_blender.core.wire.common.request import Request
from livelink_blender.core.wire.dialects import companion, openseeface, vtubestudio
from livelink_blender.core.wire.recognise import decode_packet

from .dialect_samples import a_face, a_frame


def vts(**changed) -> bytes:
    found = {
        "Timestamp": 1_700_000_000_250, "Hotkey": -1, "FaceFound": True, "Rotation": {"x": 1.0, "y": 20.0, "z": 3.0},
        "EyeLeft": {"x": 4.0, "y": -5.0, "z": 0.0}, "BlendShapes": [{"k": "JawOpen", "v": 0.5}, {"k": "FX", "v": 0.1}],
    }
    return json.dumps(found | changed).encode()


def reason(packet: bytes) -> str:
    outcome = decode_packet(packet, 1.0, "192.0.2.1")
    assert isinstance(outcome, BadPacket), outcome
    return outcome.reason


def test_vtube_studio_gives_a_frame_with_its_own_time():
    got = decode_packet(vts(), 1.0, "192.0.2.1")
    assert (got.dialect, got.time, got.extras) == ("vts", 1_700_000_000.25, {"FX": 0.1})
    assert got.values[INDEX["jawOpen"]] == 0.5
    assert np.degrees(got.values[INDEX["headYaw"]]) == pytest.approx(20)
    assert np.degrees(got.values[INDEX["leftEyeYaw"]]) == pytest.approx(5)


def test_a_lost_face_is_no_face():
    assert decode_packet(vts(FaceFound=False, BlendShapes=[]), 1.0, "").values is None


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"BlendShapes": 3}, "no VTube Studio frame"),
        ({"BlendShapes": [{"k": "JawOpen", "v": "wide"}]}, "no numbers"),
        ({"BlendShapes": [{"k": "JawOpen", "v": float("nan")}]}, "no numbers"),
        ({"BlendShapes": [{"k": "JawOpen", "v": 10**400}]}, "no numbers"),
        ({"BlendShapes": [{"k": "JawOpen", "v": None}]}, "no numbers"),
    ],
)
def test_what_makes_no_sense_is_refused(changed, word):
    assert word in reason(vts(**changed))


@pytest.mark.parametrize(
    "changed",
    [
        {"Timestamp": "late"}, {"Timestamp": -1}, {"Rotation": 3}, {"Rotation": {"x": "a", "y": 1, "z": 1}},
        {"Rotation": {"x": 1e9, "y": 0, "z": 0}},
        {"BlendShapes": [3, None, {"k": 3, "v": 1}, {"k": "JawOpen", "v": 1}]},
    ],
)
def test_what_is_damaged_beside_the_shapes_is_passed_over(changed):
    assert isinstance(decode_packet(vts(**changed), 1.0, ""), Frame)


def test_a_request_is_read_as_it_was_written():
    asked = vtubestudio.read_request(vtubestudio.request([11125, 70_000, 5], 2.5))
    assert asked == Request("vts", (11125, 5), 2.5)
    assert vtubestudio.read_request(b"{}") is None
    assert "request" in reason(vtubestudio.request([1]))


def test_the_companion_may_leave_names_out():
    shapes = {"jawOpen": 0.25, "eyeBlink_L": 0.5}
    bones = {"headBone": {"e_rx": 0.1, "e_ry": 0.2, "e_rz": 0.3, "q_w": 1}, "leftEyeBone": {"e_rx": 1}}
    packet = json.dumps({"shapeKeyValues": shapes, "boneValues": {"armatures": {"bones": bones}}}).encode()
    got = decode_packet(packet, 1.0, "")
    assert got.dialect == "companion"
    assert (got.values[INDEX["jawOpen"]], got.values[INDEX["eyeBlinkLeft"]], got.values[INDEX["tongueOut"]]) == (
        0.25, 0.5, 0.0,
    )
    np.testing.assert_allclose(got.values[52:55], [0.2, -0.1, 0.3], rtol=1e-6)
    for bare in ({"shapeKeyValues": {}}, {"shapeKeyValues": {}, "boneValues": {"armatures": 3}}):
        assert isinstance(companion.of_object(bare, 1.0, ""), Frame)


@pytest.mark.parametrize(
    "bomb",
    [
        b'{"BlendShapes":' + b"[" * 9000,
        b'{"a":' * 4000,
        b'{"shapeKeyValues":{"jawOpen":' + b"1" * 6000 + b"}}",
        b'{"BlendShapes":"' + b"x" * LARGEST + b'"}',
        b'{"BlendShapes":[\xff]}',
    ],
)
def test_bombs_are_defused(bomb):
    assert read_object(bomb) is None
    assert reason(bomb)


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(max_size=5) | st.integers(), lambda inner: (
    st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["k", "v", "x", "y", "z", "headBone"]), inner)
), max_leaves=12))
def test_any_json_gives_a_frame_or_a_reason(anything):
    for packet in (
        {"BlendShapes": anything, "Rotation": anything, "Timestamp": anything, "FaceFound": anything},
        {"BlendShapes": [{"k": "JawOpen", "v": anything}]},
        {"shapeKeyValues": anything, "boneValues": {"armatures": {"bones": anything}}},
        {"shapeKeyValues": {"jawOpen": anything}, "boneValues": anything},
        {"messageType": anything, "ports": anything},
    ):
        assert isinstance(decode_packet(json.dumps(packet).encode(), 0.0, ""), (Frame, BadPacket))


def test_openseeface_maps_what_it_measures():
    values = np.zeros(61, np.float32)
    for name, value in {"jawOpen": 0.6, "eyeBlinkLeft": 0.8, "mouthSmileRight": 0.4, "browDownLeft": 0.3}.items():
        values[INDEX[name]] = value
    values[INDEX["leftEyeYaw"]] = -np.radians(17.5)
    (packet,) = openseeface.encode(a_frame(values))
    got = decode_packet(packet, 1.0, "").values
    for name in ("jawOpen", "eyeBlinkLeft", "mouthSmileRight", "browDownLeft"):
        assert got[INDEX[name]] == pytest.approx(values[INDEX[name]], abs=1e-6)
    assert got[INDEX["eyeLookOutLeft"]] == pytest.approx(0.5)
    assert got[INDEX["eyeBlinkRight"]] == got[INDEX["mouthSmileLeft"]] == 0


def test_two_faces_in_one_datagram_are_two_performers():
    (one,) = openseeface.encode(a_frame(a_face()))
    other = one[:8] + struct.pack("<i", 1) + one[12:]
    first, second = openseeface.decode_all(one + other, 1.0, "s")
    assert first.key != second.key


def test_an_openseeface_packet_of_nonsense_is_none():
    (packet,) = openseeface.encode(a_frame(a_face()))
    nan = struct.pack("<f", float("nan"))
    assert "no numbers" in reason(packet[:-8] + nan + packet[-4:])
    assert reason(b"\xff" * 1785) == "unknown app"
