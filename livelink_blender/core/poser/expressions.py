# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Named expressions: how they are written down, how they fade, and their place: idle below tracking below these."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isfinite, pi

import numpy as np

from ..face.channels import CHANNELS, INDEX, REGIONS, SHAPE_COUNT, from_names, region_of
from ..face.layers import MODES, OFF, REPLACE, Layer, lay_over
from ..smoothstep import clamped_smoothstep
from . import LONGEST_NAME

SMALLEST = 0.005  # less than this of a shape is not worth writing down
KEYS = range(10)  # 0: no key


class ExpressionError(ValueError):
    """Says in one sentence why a text is no expression."""


class Expression:
    """One named face over some regions; never changed after it was made."""

    def __init__(self, name: str, values: np.ndarray, modes: Mapping[str, str], key: int = 0) -> None:
        self.name = name
        self.values = values
        self.key = key  # the digit that plays it
        self.layer = Layer(values, modes)

    @classmethod
    def of(cls, name: str, channels: Mapping[str, float], modes: Mapping[str, str] | None = None, key: int = 0):
        """From values by name; without modes it replaces the regions that it names."""
        touched = {region_of(channel): REPLACE for channel in channels}
        return cls(name, from_names(channels), touched if modes is None else modes, key)

    def with_key(self, key: int) -> Expression:
        """The same one on another key."""
        return Expression(self.name, self.values, self.layer.modes, key)

    def to_json(self) -> str:
        """As it is kept in a file."""
        channels = {CHANNELS[i]: round(float(self.values[i]), 4) for i in np.nonzero(abs(self.values) >= SMALLEST)[0]}
        modes = {region: mode for region, mode in self.layer.modes.items() if mode != OFF}
        return json.dumps({"name": self.name, "key": self.key, "modes": modes, "values": channels}, indent=1)

    @classmethod
    def from_json(cls, text: str, name: str) -> Expression:
        """The reverse of `to_json`; also bare {channel: value}, called `name`. Unknown channels are left out."""
        try:
            given = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise ExpressionError("This is no valid JSON.") from error
        if not isinstance(given, dict):
            raise ExpressionError("An expression is a list of shapes and how far they go.")
        channels = _channels(given.get("values", given))
        if "values" not in given:
            return cls.of(name, channels)
        told, key = given.get("name"), given.get("key")
        told = told.strip()[:LONGEST_NAME] if isinstance(told, str) else ""
        return cls.of(told or name, channels, _modes(given.get("modes")), key if _is_key(key) else 0)


def _is_key(given: object) -> bool:
    return isinstance(given, int) and not isinstance(given, bool) and given in KEYS


def _channels(given: object) -> dict[str, float]:
    """Known channels within their bounds."""
    if not isinstance(given, dict):
        raise ExpressionError("The values of an expression are shapes and how far they go.")
    found = {}
    for channel in CHANNELS:
        value = given.get(channel, 0.0)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not isfinite(min(abs(value), 1e9)):
            raise ExpressionError(f"{channel} is no number.")
        low, high = (0.0, 1.0) if INDEX[channel] < SHAPE_COUNT else (-pi, pi)
        if channel in given:
            found[channel] = float(min(max(value, low), high))
    if not found:
        raise ExpressionError("No shape in it has a name that we know.")
    return found


def _modes(given: object) -> dict[str, str] | None:
    if not isinstance(given, dict):
        return None
    known = {region: given[region] for region in REGIONS if region in given}
    if any(mode not in MODES for mode in known.values()):
        raise ExpressionError("A region of an expression is add, replace or off.")
    return known


@dataclass(frozen=True, slots=True)
class Fade:
    """One expression on its way from a weight to another."""

    expression: Expression
    begun: float
    seconds: float
    start: float
    goal: float

    def weight(self, now: float) -> float:
        """How much of it shows, 0 to 1."""
        done = (now - self.begun) / self.seconds if self.seconds > 0.0 else 1.0
        return self.start + (self.goal - self.start) * clamped_smoothstep(done)

    def toward(self, goal: float, now: float, seconds: float) -> Fade:
        """On from where it is now, without a jump; half the way takes half the time."""
        here = self.weight(now)
        return Fade(self.expression, now, seconds * abs(goal - here), here, goal)

    def is_over(self, now: float) -> bool:
        """Whether it has gone."""
        return self.goal == 0.0 and now >= self.begun + self.seconds


def mix(values: np.ndarray, fades: Iterable[Fade], now: float) -> np.ndarray:
    """The face with its expressions over it; whatever is below, idle or tracked, comes in as `values`: the very array
    where nothing shows any more."""
    showing = [(fade.weight(now), fade.expression.layer) for fade in fades if not fade.is_over(now)]
    return lay_over(values, showing) if showing else values


class Stage:
    """The expressions that one character shows; a new one sends those away that want the same regions."""

    def __init__(self) -> None:
        self._fades: dict[str, Fade] = {}

    @property
    def is_active(self) -> bool:
        """Whether anything shows."""
        return bool(self._fades)

    @property
    def playing(self) -> tuple[str, ...]:
        """The names of those that come or stay."""
        return tuple(name for name, fade in self._fades.items() if fade.goal > 0.0)

    @property
    def fades(self) -> tuple[Fade, ...]:
        """All that shows or goes."""
        return tuple(self._fades.values())

    def play(self, expression: Expression, now: float, seconds: float, weight: float = 1.0) -> None:
        """Fade it in; others of the same regions fade out at the same pace."""
        for name, fade in self._fades.items():
            if name != expression.name and fade.goal > 0.0 and fade.expression.layer.meets(expression.layer):
                self._fades[name] = fade.toward(0.0, now, seconds)
        before = self._fades.get(expression.name)
        start = before.weight(now) if before is not None else 0.0
        self._fades[expression.name] = Fade(expression, now, seconds * abs(weight - start), start, weight)

    def end(self, name: str, now: float, seconds: float) -> None:
        """Fade it out; harmless when it does not show."""
        if name in self._fades:
            self._fades[name] = self._fades[name].toward(0.0, now, seconds)

    def end_all(self, now: float, seconds: float) -> None:
        """Back to the face below."""
        for name in self.playing:
            self.end(name, now, seconds)

    def mix(self, values: np.ndarray, now: float) -> np.ndarray:
        """The face with what shows now; the very array where nothing does."""
        for name in [name for name, fade in self._fades.items() if fade.is_over(now)]:
            del self._fades[name]
        return mix(values, self._fades.values(), now)
