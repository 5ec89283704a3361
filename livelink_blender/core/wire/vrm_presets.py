# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The expressions of VRM avatars, 0 and 1, as mixes of ARKit shapes: for VMC senders that know no others."""

from __future__ import annotations

Mix = tuple[tuple[str, float], ...]

_MIXES = {
    "a aa": "jawOpen .7",
    "i ih": "mouthStretchLeft .5 mouthStretchRight .5 jawOpen .15",
    "u ou": "mouthPucker .8 jawOpen .15",
    "e ee": "mouthLowerDownLeft .5 mouthLowerDownRight .5 mouthUpperUpLeft .3 mouthUpperUpRight .3 jawOpen .25",
    "o oh": "mouthFunnel .7 jawOpen .4",
    "blink": "eyeBlinkLeft 1 eyeBlinkRight 1",
    "blink_l blinkleft": "eyeBlinkLeft 1",
    "blink_r blinkright": "eyeBlinkRight 1",
    "joy happy": "mouthSmileLeft .8 mouthSmileRight .8 cheekSquintLeft .4 cheekSquintRight .4",
    "fun relaxed": "mouthSmileLeft .5 mouthSmileRight .5",
    "angry": "browDownLeft .9 browDownRight .9 mouthFrownLeft .4 mouthFrownRight .4",
    "sorrow sad": "browInnerUp .8 mouthFrownLeft .6 mouthFrownRight .6",
    "surprised": "browInnerUp .6 browOuterUpLeft .8 browOuterUpRight .8 eyeWideLeft .8 eyeWideRight .8 jawOpen .3",
    "lookup": "eyeLookUpLeft 1 eyeLookUpRight 1",
    "lookdown": "eyeLookDownLeft 1 eyeLookDownRight 1",
    "lookleft": "eyeLookOutLeft 1 eyeLookInRight 1",
    "lookright": "eyeLookInLeft 1 eyeLookOutRight 1",
}


def _mix(text: str) -> Mix:
    words = text.split()
    return tuple(zip(words[::2], map(float, words[1::2]), strict=True))


PRESETS: dict[str, Mix] = {name: _mix(text) for names, text in _MIXES.items() for name in names.split()}
"""Mix of an expression by its name in lower case."""
