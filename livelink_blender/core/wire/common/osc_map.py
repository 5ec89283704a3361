# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A user's own OSC map: which address moves which shape, for apps that we have never heard of.

A JSON object, address to channel: `{"/face/jaw": "jawOpen", "/yaw": "headYaw * 0.01745", "/all": ["browInnerUp", ...],
"/blend": "*"}`. A list takes an array of numbers in its order ("" leaves one out); "*" takes name and number from the
message. The frame is whole at the address under "commit", without one when an address comes again, and where "commit"
is "*", with each datagram. The same map says how a face goes out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isfinite

from ...face.channels import INDEX, SHAPES
from ...face.frame import BadPacket, Frame
from .bounded_json import read_object
from .held_face import HeldFace
from .osc import Message, bundles, message

DIALECT = "osc-map"
EACH = "*"
MOST_ADDRESSES = 512

Rule = tuple[int, float]
"""(channel, factor)"""


@dataclass(slots=True)
class OscMap:
    """What was read of a map, and what was wrong with it in plain sentences."""

    rules: dict[str, tuple[Rule | None, ...]] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)  # addresses whose messages carry the shape's name
    commit: str = ""
    each: bool = False  # a message that comes alone shows at once, until the sender says `commit`
    app: str = "OSC"
    faults: list[str] = field(default_factory=list)

    def knows(self, address: str) -> bool:
        """Whether a message with this address belongs to it."""
        return address in self.rules or address in self.named or (address != "" and address == self.commit)


def read_osc_map(text: bytes) -> OscMap:
    """The map that this JSON holds; lines that make no sense are left out, each with a sentence."""
    found = read_object(text)
    if found is None:
        return OscMap(faults=["This is no OSC map: it should be a JSON object of addresses and shapes."])
    commit = str(found.pop("commit", ""))
    made = OscMap(app=str(found.pop("app", "OSC"))[:80], each=commit == EACH)
    made.commit = "" if made.each else commit
    for address, channels in list(found.items())[:MOST_ADDRESSES]:
        if not address.startswith("/"):
            made.faults.append(f"{address[:80]} is no OSC address: it should begin with a slash.")
        elif channels == "*":
            made.named.add(address)
        else:
            listed = channels if isinstance(channels, list) else [channels]
            made.rules[address] = tuple(_rule(str(channel), made.faults) for channel in listed[:300])
    return made


def _rule(text: str, faults: list[str]) -> Rule | None:
    """`name` or `name * factor`; None for "" and for what is no channel."""
    name, _, factor = (part.strip() for part in text.partition("*"))
    try:
        scale = float(factor) if factor else 1.0
    except ValueError:
        scale = float("nan")
    if name in INDEX and isfinite(scale):
        return INDEX[name], scale
    if text:
        faults.append(f"{text[:80]} is no shape or angle that we know.")
    return None


class MappedSender:
    """What one sender has said, by the map."""

    def __init__(self, sender: str, osc_map: OscMap, dialect: str = DIALECT) -> None:
        self._map = osc_map
        self._face = HeldFace(sender, osc_map.app, dialect)
        self._commits = False

    def hear(self, messages: list[Message], arrival: float) -> list[Frame | BadPacket]:
        """The frames that these messages complete."""
        frames: list[Frame | BadPacket] = []
        face, osc_map = self._face, self._map
        for address, arguments in messages:
            if not osc_map.knows(address):
                continue
            if address == osc_map.commit:
                self._commits = True
            said = (address, arguments[0]) if address in osc_map.named and arguments else address
            if face.changed and (address == osc_map.commit or (said in face.changed and not self._waits)):
                frames.append(face.frame())
            if self._set(address, arguments) and len(face.changed) < MOST_ADDRESSES:
                face.changed.add(said)
                face.arrival = arrival
        if face.changed and self._shows_at_once(messages):
            frames.append(face.frame())
        return frames

    @property
    def _waits(self) -> bool:
        """Whether only the word `commit` completes a frame of this sender."""
        return self._commits or bool(self._map.commit and not self._map.each)

    def _shows_at_once(self, messages: list[Message]) -> bool:
        return self._map.each and not self._commits and (len(messages) == 1 or not self._map.commit)

    def _set(self, address: str, arguments: tuple) -> bool:
        if address in self._map.named:
            if len(arguments) < 2 or type(arguments[0]) is not str:
                return False
            self._face.set_named(arguments[0], arguments[1])
            return True
        for rule, value in zip(self._map.rules.get(address, ()), arguments, strict=False):
            if rule is not None and type(value) in (int, float) and abs(value) < 1e6:
                self._face.set(rule[0], value * rule[1])
        return address in self._map.rules


def encode(frame: Frame, osc_map: OscMap) -> list[bytes]:
    """The face as the map says; nothing where no face was seen. What the map does not name is not sent."""
    if frame.values is None:
        return []
    numbers = frame.values.tolist()
    said = [message(address, *(_told(rule, numbers) for rule in rules)) for address, rules in osc_map.rules.items()]
    said += [message(address, *one) for address in osc_map.named for one in zip(SHAPES, numbers, strict=False)]
    return bundles([*said, message(osc_map.commit)] if osc_map.commit else said)


def _told(rule: Rule | None, numbers: list[float]) -> float:
    """What arrives as this channel by the same map."""
    return numbers[rule[0]] / rule[1] if rule is not None and rule[1] else 0.0
