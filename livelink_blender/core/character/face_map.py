# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The map of a character: which channel moves which target, how far. Kept and shared as JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass

from ..face.channels import INDEX

FORMAT = "face-live-link map"
KINDS = ("key", "bone", "prop")
AXES = ("x", "y", "z")
CHANNEL_NAMES: dict[str, tuple[str, int]] = {
    f"{kind}_{axis}": (path, number)
    for kind, path in (("location", "location"), ("rotation", "rotation_euler"), ("scale", "scale"))
    for number, axis in enumerate(AXES)
}
"""Of a bone: channel name -> (property, index). Any other channel is a custom property of the bone."""


class MapError(ValueError):
    """A map that can't be used; its text is one plain sentence."""


@dataclass(frozen=True, slots=True)
class Target:
    """Something that takes a number: a shape key, a bone's channel or custom property, an object's custom property."""

    kind: str  # "key" | "bone" | "prop"
    name: str
    channel: str = ""  # of a bone only

    def __str__(self) -> str:
        return ":".join(part for part in (self.kind, self.name, self.channel) if part)


def parse_target(text: str) -> Target:
    """The target that a text names; raises MapError."""
    kind, _, rest = text.partition(":")
    if kind not in KINDS or not rest:
        raise MapError(f'"{text}" is no target: write key:NAME, bone:NAME:CHANNEL or prop:NAME.')
    if kind != "bone":
        return Target(kind, rest)
    name, _, channel = rest.rpartition(":")
    if not name or not channel:
        raise MapError(f'"{text}" lacks the bone\'s channel: write bone:NAME:rotation_x, or bone:NAME:PROPERTY.')
    return Target("bone", name, channel)


@dataclass(frozen=True, slots=True)
class Rule:
    """The target's value is offset + weight x channel; rules of one target add up. Rotations are in radians."""

    source: str  # one of channels.CHANNELS
    target: str  # as parse_target reads it; empty leaves the channel unused
    weight: float = 1.0
    offset: float = 0.0
    object: str = ""  # only on the object of this name; empty: on every object of the character that has the target

    def checked(self) -> Rule:
        """Itself, if it can be used; raises MapError."""
        if self.source not in INDEX:
            raise MapError(f'"{self.source}" is none of the 52 shapes or nine angles.')
        if self.target:
            parse_target(self.target)
        if not (math.isfinite(self.weight) and math.isfinite(self.offset)):
            raise MapError(f'The weight of {self.source} to "{self.target}" is no finite number.')
        return self


@dataclass(frozen=True, slots=True)
class FaceMap:
    """Rules, and whether shapes without a rule are matched by name."""

    rules: tuple[Rule, ...] = ()
    match_rest: bool = True
    name: str = ""

    def sources(self) -> set[str]:
        """The shapes that this map decides about."""
        return {rule.source for rule in self.rules}

    def to_json(self) -> str:
        """The map as text, one rule a line."""
        head = {"format": FORMAT, "version": 1, "name": self.name, "match_rest": self.match_rest}
        lines = ",\n".join("    " + json.dumps(_rule_to_dict(rule)) for rule in self.rules)
        return json.dumps(head, indent=2)[:-2] + f',\n  "rules": [\n{lines}\n  ]\n}}\n'

    @classmethod
    def from_json(cls, text: str) -> FaceMap:
        """A map from text: our format, or simply {"jawOpen": "Mouth_Open", ...}; raises MapError."""
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            raise MapError("The map is no valid JSON.") from None
        if not isinstance(data, dict):
            raise MapError("The map is no JSON object.")
        if data.get("format") != FORMAT:
            return cls(tuple(_short_rules(data)))
        rules = data.get("rules")
        if data.get("version") != 1 or not isinstance(rules, list):
            raise MapError("The map is of a version that is not known here, or has no rules.")
        return cls(tuple(map(_rule_from_dict, rules)), bool(data.get("match_rest", True)), str(data.get("name", "")))


def _rule_to_dict(rule: Rule) -> dict[str, object]:
    kept = {"from": rule.source, "to": rule.target, "weight": rule.weight}
    if rule.offset:
        kept["offset"] = rule.offset
    if rule.object:
        kept["on"] = rule.object
    return kept


def _rule_from_dict(data: object) -> Rule:
    if not isinstance(data, dict):
        raise MapError("A rule of the map is no JSON object.")
    numbers = [data.get("weight", 1.0), data.get("offset", 0.0)]
    if not all(isinstance(number, int | float) for number in numbers):
        raise MapError(f'A weight or offset of "{data.get("from", "")}" is no number.')
    texts = [data.get("from", ""), data.get("to", ""), data.get("on", "")]
    if not all(isinstance(text, str) for text in texts):
        raise MapError("A name in a rule of the map is no text.")
    return Rule(texts[0], texts[1], _number(numbers[0]), _number(numbers[1]), texts[2]).checked()


def _number(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        raise MapError("A number in the map is too large.") from None


def _short_rules(data: dict[str, object]) -> Iterable[Rule]:
    """{"shape": "target"} or {"shape": {"target": weight}}; a plain name is a key; null leaves the shape unused."""
    for source, value in data.items():
        pairs = value.items() if isinstance(value, dict) else [(value, 1.0)]
        for target, weight in pairs:
            if target is not None and not isinstance(target, str):
                raise MapError(f'The target of "{source}" is no text.')
            plain = target and target.partition(":")[0] not in KINDS
            yield _rule_from_dict({"from": source, "to": f"key:{target}" if plain else target or "", "weight": weight})
