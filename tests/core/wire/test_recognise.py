# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Packets of other apps are named, together with what to do."""

from __future__ import annotations

import json
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from livelink_blender.core.face.frame import BadPacket, Frame
from livelink_blender.core.wire.dialects.livelink import encode
from livelink_blender.core.wire.recognise import decode_packet


def metahuman_packet(shapes=251, version=1, name=b"iPhone of somebody") -> bytes:
    head = struct.pack("<HH", version, len(name)) + name + struct.pack("<ifii", 5, 0.5, 60, 1)
    return head + struct.pack(f"<H{shapes}H", shapes, *[700] * shapes) + struct.pack("<6f", *[0.1] * 6)


OTHERS = {
    "FMV3": (b"FMV3" + bytes(60), "FMV3"),
    "iFacialMocap handshake": (b"iFacialMocap_sahuasouryya9218sauhuiayeta91555dy3719", "request"),
    "iFacialMocap without shapes": (b"jawOpened-12|mouthClosed-1|", "no iFacialMocap text"),
    "VTube Studio without shapes": (json.dumps({"FaceFound": True}).encode(), "VTube Studio"),
    "VTube Studio's request": (b'{"messageType":"iOSTrackingDataRequest","time":1,"ports":[1]}', "request"),
    "iFacialMocap desktop without shapes": (b'{"shapeKeyValues": 3}', "companion"),
    "other JSON": (b'{"hello": 1}', "JSON"),
    "Rokoko": (b'{"scene": {"actors": []}}', "Rokoko"),
    "VMC bundle": (b"#bundle\0" + bytes(8) + b"\0\0\0\x20/VMC/Ext/Blend/Val\0\0", "VMC"),
    "VMC message": (b"/VMC/Ext/OK\0,i\0\0\0\0\0\1", "VMC"),
    "Face Cap": (b"/W\0\0,if\0\0\0\0\1\0\0\0\0", "Face Cap"),
    "VRCFaceTracking": (b"/avatar/parameters/FT/v2/JawOpen\0\0\0\0,f\0\0\0\0\0\0", "VRCFaceTracking"),
    "other OSC": (b"/mpmocap/blendshapes\0\0\0\0,f\0\0", "OSC"),
    "the size of OpenSeeFace": (b"\xaa" * 1785, "unknown app"),
    "a browser": (b"GET / HTTP/1.1\r\n", "web browser"),
    "noise": (b"\xde\xad\xbe\xef", "unknown app"),
    "MetaHuman discovery": (b"CPSDISCOVER\0\2\0\1", "MetaHuman mode"),
    "MetaHuman stream": (metahuman_packet(), "MetaHuman mode"),
    "MetaHuman stream, version 6": (metahuman_packet(version=6), "MetaHuman mode"),
    "Live Link Face of version 5": (b"\x05\0\0\0\x24" + b"D" * 36 + bytes(300), "other Live Link Face version"),
}


@pytest.mark.parametrize(("packet", "word"), OTHERS.values(), ids=OTHERS.keys())
def test_other_apps_are_named_and_told_what_to_do(packet, word):
    outcome = decode_packet(packet, 0.0, "")
    assert isinstance(outcome, BadPacket)
    assert word in outcome.reason
    assert outcome.advice.endswith((".", ")."))


@pytest.mark.parametrize("shapes", [1, 61, 130, 251])
def test_metahuman_mode_is_told_to_switch_to_arkit(shapes):
    assert "switch the app to ARKit mode" in decode_packet(metahuman_packet(shapes), 0.0, "").advice


def test_a_live_link_packet_is_decoded_here_too():
    sent = Frame(0.0, "", "d", "s", 1.0, 60, 60.0, np.zeros(61, np.float32))
    assert isinstance(decode_packet(encode(sent), 0.0, ""), Frame)


def test_an_empty_packet_is_a_bad_one():
    assert decode_packet(b"", 0.0, "").reason == "empty packet"


@given(st.binary(max_size=300) | st.sampled_from([packet for packet, _ in OTHERS.values()]), st.binary(max_size=40))
def test_any_bytes_give_a_frame_or_a_reason(head, tail):
    assert isinstance(decode_packet(head + tail, 0.0, ""), (Frame, BadPacket))
