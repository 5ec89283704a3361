# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Virtual Motion Capture protocol: shapes by name, bones of a Unity avatar, committed by `/VMC/Ext/Blend/Apply`.

Shapes come under ARKit's names, or as the expressions of VRM avatars; those are mixed while no ARKit name was heard.
"""

from __future__ import annotations

from ...face.channels import HEAD, LEFT_EYE, RIGHT_EYE, SHAPES
from ...face.frame import BadPacket, Frame
from ..common.directions import eye_from_unity, eye_to_unity, head_from_unity, head_to_unity, multiply
from ..common.held_face import HeldFace
from ..common.osc import Message, bundles, message
from ..common.shape_names import pascal

APP = "VMC"
DIALECT = "vmc"
_VALUE, _APPLY, _BONE = "/VMC/Ext/Blend/Val", "/VMC/Ext/Blend/Apply", "/VMC/Ext/Bone/Pos"
_STATE, _TIME = "/VMC/Ext/OK", "/VMC/Ext/T"
TOLD = {
    _VALUE: ("sf", "VMC: a shape by its name"),
    _APPLY: ("", "VMC: ends the shapes of a frame"),
    _BONE: ("sfffffff", "VMC: head and eyes by their bones"),
}
"""What OSCQuery tells of it."""
_STILL = (0.0, 0.0, 0.0, 1.0)

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
"""The expressions of VRM avatars, 0 and 1, as mixes of ARKit shapes, by their names in lower case."""


class Vmc:
    """What one performer's program has said; many say only what has changed."""

    def __init__(self, sender: str) -> None:
        self._face = HeldFace(sender, APP, DIALECT)
        self._expressions: dict[str, float] = {}
        self._knows_arkit = False
        self._present = True
        self._applied = False
        self._turns = dict.fromkeys(("Neck", "Head", "LeftEye", "RightEye"), _STILL)

    def hear(self, messages: list[Message], arrival: float) -> list[Frame | BadPacket]:
        """The frames that these messages complete."""
        frames: list[Frame | BadPacket] = []
        face, is_new = self._face, True
        for address, arguments in messages:
            if address == _VALUE:
                if len(arguments) >= 2 and type(arguments[0]) is str:
                    self._blend(arguments[0], arguments[1])
                    is_new = True
            elif address == _BONE:
                self._turn(arguments)
            elif address == _APPLY:
                face.arrival = arrival
                if is_new:
                    frames.append(self._commit())
                is_new = False
            elif address == _TIME and arguments and type(arguments[0]) is float and 0.0 <= arguments[0] < 1e9:
                face.time = arguments[0]
            elif address == _STATE and self._lost(arguments):
                face.arrival = arrival
                frames.append(face.frame(present=False))
        return frames

    def _blend(self, name: str, value: object) -> None:
        mix = PRESETS.get(name.lower())
        if mix is None:
            self._knows_arkit = self._face.set_named(name, value) or self._knows_arkit
        elif type(value) is float and 0.0 <= value <= 1.0:
            self._expressions[name.lower()] = value

    def _turn(self, arguments: tuple) -> None:
        if len(arguments) < 8 or not all(type(number) is float for number in arguments[4:8]):
            return
        if arguments[0] in self._turns:
            self._turns[arguments[0]] = arguments[4:8]

    def _commit(self) -> Frame:
        self._applied = True
        turns = self._turns
        self._face.set_angles(HEAD, head_from_unity(multiply(turns["Neck"], turns["Head"])))
        self._face.set_angles(LEFT_EYE, eye_from_unity(turns["LeftEye"]))
        self._face.set_angles(RIGHT_EYE, eye_from_unity(turns["RightEye"]))
        if not self._knows_arkit and self._expressions:
            self._face.clear_shapes()
            for name, value in self._expressions.items():
                self._face.add(PRESETS[name], value)
        return self._face.frame(self._present)

    def _lost(self, arguments: tuple) -> bool:
        """Whether it says that no face is seen, and no frame since the last time has said the same."""
        if not arguments or type(arguments[0]) is not int:
            return False
        self._present = arguments[0] == 1 and (len(arguments) < 4 or arguments[3] != 0)
        said, self._applied = self._applied, False
        return not self._present and not said


def encode(frame: Frame) -> list[bytes]:
    """The bundles of a frame; where no face was seen, the message that says so."""
    time = [message(_TIME, float(frame.time))] if frame.time is not None else []
    if frame.values is None:
        return bundles([message(_STATE, 0), *time])
    numbers = frame.values.tolist()
    bones = (
        ("Head", head_to_unity(*numbers[HEAD])),
        ("LeftEye", eye_to_unity(*numbers[LEFT_EYE])),
        ("RightEye", eye_to_unity(*numbers[RIGHT_EYE])),
    )
    named = [*zip(map(pascal, SHAPES), numbers, strict=False), *(frame.extras or {}).items()]
    return bundles(
        [
            message(_STATE, 1),
            *time,
            *(message(_BONE, bone, 0.0, 0.0, 0.0, *turn) for bone, turn in bones),
            *(message(_VALUE, name, float(value)) for name, value in named),
            message(_APPLY),
        ]
    )
