# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Face Cap: one OSC message a shape. A frame is whole when all has been said, or something is said again.

`/HT fff` head position, `/HR fff` head in degrees (or `/HRQ ffff`), `/ELR ff` and `/ERR ff` eyes, `/W if` a shape.
"""

from __future__ import annotations

from ...face.channels import HEAD, INDEX, LEFT_EYE, RIGHT_EYE
from ...face.frame import BadPacket, Frame
from ..common.directions import eye_from_arkit, eye_to_arkit, head_from_arkit, head_from_unity, head_to_arkit
from ..common.held_face import HeldFace
from ..common.osc import Message, message

APP = "Face Cap"
DIALECT = "facecap"
TOLD = {
    "/W": ("if", "Face Cap: a shape by its number"),
    "/HT": ("fff", "Face Cap: the head's place"),
    "/HR": ("fff", "Face Cap: the head's turn in degrees"),
    "/ELR": ("ff", "Face Cap: the left eye's turn in degrees"),
    "/ERR": ("ff", "Face Cap: the right eye's turn in degrees"),
}
"""What OSCQuery tells of it."""
ADDRESSES = (*TOLD, "/HRQ")
ORDER: tuple[str, ...] = tuple(
    """
    browInnerUp browDownLeft browDownRight browOuterUpLeft browOuterUpRight eyeLookUpLeft eyeLookUpRight
    eyeLookDownLeft eyeLookDownRight eyeLookInLeft eyeLookInRight eyeLookOutLeft eyeLookOutRight
    eyeBlinkLeft eyeBlinkRight eyeSquintLeft eyeSquintRight eyeWideLeft eyeWideRight
    cheekPuff cheekSquintLeft cheekSquintRight noseSneerLeft noseSneerRight jawOpen jawForward jawLeft jawRight
    mouthFunnel mouthPucker mouthLeft mouthRight mouthRollUpper mouthRollLower mouthShrugUpper mouthShrugLower
    mouthClose mouthSmileLeft mouthSmileRight mouthFrownLeft mouthFrownRight mouthDimpleLeft mouthDimpleRight
    mouthUpperUpLeft mouthUpperUpRight mouthLowerDownLeft mouthLowerDownRight mouthPressLeft mouthPressRight
    mouthStretchLeft mouthStretchRight tongueOut
    """.split()
)
"""Face Cap's numbers of the shapes."""

_INDEX_OF = [INDEX[name] for name in ORDER]


class FaceCap:
    """What one phone has said; not more than one frame is held back."""

    def __init__(self, sender: str) -> None:
        self._face = HeldFace(sender, APP, DIALECT)
        self._shapes = 0
        self._has_euler = False

    def hear(self, messages: list[Message], arrival: float) -> list[Frame | BadPacket]:
        """The frames that these messages complete."""
        frames: list[Frame | BadPacket] = []
        face = self._face
        for address, arguments in messages:
            shape = arguments[0] if address == "/W" and len(arguments) >= 2 else None
            said = address if shape is None else shape
            if said in face.changed or (address == "/HT" and self._shapes):
                frames.append(self._commit())
            if shape is not None:
                if type(shape) is not int or not 0 <= shape < len(_INDEX_OF):
                    continue
                face.set(_INDEX_OF[shape], arguments[1])
                self._shapes += 1
            elif address in _POSES or address == "/HRQ":
                self._turn(address, arguments)
            face.changed.add(said)
            face.arrival = arrival
            if self._shapes == len(ORDER) and "/HR" in face.changed:
                frames.append(self._commit())
        return frames

    def _commit(self) -> Frame:
        self._shapes = 0
        return self._face.frame()

    def _turn(self, address: str, arguments: tuple) -> None:
        if address == "/HRQ":
            if not self._has_euler and len(arguments) == 4 and all(type(part) is float for part in arguments):
                x, y, z, w = arguments
                self._face.set_angles(HEAD, head_from_unity((-x, -y, z, w)))  # from SceneKit's hand to Unity's
            return
        place, convert = _POSES[address]
        self._has_euler = self._has_euler or address == "/HR"
        if all(type(angle) is float and abs(angle) < 1e4 for angle in arguments) and len(arguments) in (2, 3):
            self._face.set_angles(place, convert(*(arguments if len(arguments) == 3 else (*arguments, 0.0))))


_POSES = {"/HR": (HEAD, head_from_arkit), "/ELR": (LEFT_EYE, eye_from_arkit), "/ERR": (RIGHT_EYE, eye_from_arkit)}


def encode(frame: Frame) -> list[bytes]:
    """The datagrams of a frame, one message each, as the app sends them; none where no face was seen."""
    if frame.values is None:
        return []
    numbers = frame.values.tolist()
    eyes = (("/ELR", LEFT_EYE), ("/ERR", RIGHT_EYE))
    return [
        message("/HT", 0.0, 0.0, 0.0),
        message("/HR", *head_to_arkit(*numbers[HEAD])),
        *(message(address, *eye_to_arkit(*numbers[eye])[:2]) for address, eye in eyes),
        *(message("/W", number, numbers[index]) for number, index in enumerate(_INDEX_OF)),
    ]
