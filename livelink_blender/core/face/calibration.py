# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From what a phone sees to what the character shall do: neutral face, gain, offset, dead zone, limits, mirror.

In this order: the neutral face is taken off (the actor's own channels), left and right are exchanged where the
character mirrors the actor, then dead zone, gain, offset and limits of the character's channels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields

import numpy as np

from .channels import CHANNEL_COUNT, CHANNELS, HEAD, INDEX, MIRROR, MIRROR_SIGN, SHAPE_COUNT
from .frame import Frame

HIGHEST_NEUTRAL = 0.9  # a shape that rests above this keeps at least a tenth of its travel
BLINK = 0.25  # how far above the usual a lid must be to count as a blink
PAIRS = (
    ("eyeLookUpLeft", "eyeLookDownLeft"),
    ("eyeLookUpRight", "eyeLookDownRight"),
    ("eyeLookInLeft", "eyeLookOutLeft"),
    ("eyeLookInRight", "eyeLookOutRight"),
    ("jawLeft", "jawRight"),
    ("mouthLeft", "mouthRight"),
)
"""Two shapes that are one movement: where the neutral face looks down a little, straight ahead is a look up."""
ONE_WAY = np.array([INDEX[a] for a, _ in PAIRS])
OTHER_WAY = np.array([INDEX[b] for _, b in PAIRS])
OPPOSITE = np.arange(CHANNEL_COUNT)
OPPOSITE[ONE_WAY], OPPOSITE[OTHER_WAY] = OTHER_WAY, ONE_WAY
HAS_OPPOSITE = OPPOSITE[:SHAPE_COUNT] != np.arange(SHAPE_COUNT)


def _zeros() -> np.ndarray:
    return np.zeros(CHANNEL_COUNT, np.float32)


def _ones() -> np.ndarray:
    return np.ones(CHANNEL_COUNT, np.float32)


def _unbounded() -> np.ndarray:
    return np.full(CHANNEL_COUNT, np.inf, np.float32)


@dataclass
class Calibration:
    """How one performer's values become one character's; one figure per channel. Call `changed()` after editing any."""

    neutral: np.ndarray = field(default_factory=_zeros)
    gain: np.ndarray = field(default_factory=_ones)
    offset: np.ndarray = field(default_factory=_zeros)
    dead_zone: np.ndarray = field(default_factory=_zeros)
    low: np.ndarray = field(default_factory=lambda: -_unbounded())
    high: np.ndarray = field(default_factory=_unbounded)
    mirror: bool = False

    def __post_init__(self) -> None:
        self.changed()

    def changed(self) -> None:
        """Work out again what `apply` needs."""
        rest = np.clip(self.neutral, 0.0, HIGHEST_NEUTRAL)
        rest[SHAPE_COUNT:] = self.neutral[SHAPE_COUNT:]
        self._has_neutral = bool(rest.any())
        lean = rest - rest[OPPOSITE]
        self._against = np.where(lean[:SHAPE_COUNT] != 0.0, HAS_OPPOSITE, 0.0).astype(np.float32)
        shapes = np.where(self._against != 0.0, lean[:SHAPE_COUNT], rest[:SHAPE_COUNT])
        self._rest = np.concatenate([shapes, rest[SHAPE_COUNT:]]).astype(np.float32)
        self._span = np.float32(1.0) / (np.float32(1.0) - self._rest[:SHAPE_COUNT])
        # From 1 a shape still reaches 1; an angle only loses the zone.
        self._beyond = np.ones(CHANNEL_COUNT, np.float32)
        self._beyond[:SHAPE_COUNT] /= 1.0 - np.minimum(self.dead_zone[:SHAPE_COUNT], 0.99)
        self._has_zone = bool(self.dead_zone.any())
        self._has_line = bool((self.gain != 1.0).any() or self.offset.any())
        self._has_limits = bool(np.isfinite(self.low).any() or np.isfinite(self.high).any())

    @property
    def is_identity(self) -> bool:
        """Whether `apply` would change nothing."""
        return not (self._has_neutral or self.mirror or self._has_zone or self._has_line or self._has_limits)

    def apply(self, values: np.ndarray) -> np.ndarray:
        """Calibrated values of one frame (61,) or many (n, 61); the given array itself where there is nothing to do."""
        if self.is_identity:
            return values
        return self.apply_into(values, np.empty(values.shape, np.float32))

    def apply_into(self, values: np.ndarray, out: np.ndarray) -> np.ndarray:
        """The same into `out`, which is not `values`, without allocating."""
        if self._has_neutral:
            self._take_neutral_off(values, out)
        else:
            np.copyto(out, values)
        if self.mirror:
            np.copyto(out, np.take(out, MIRROR, axis=-1))
            out *= MIRROR_SIGN
        if self._has_zone:
            self._leave_out_the_zone(out)
        if self._has_line:
            out *= self.gain
            out += self.offset
        if self._has_limits:
            np.maximum(out, self.low, out=out)
            np.minimum(out, self.high, out=out)
        return out

    def _take_neutral_off(self, values: np.ndarray, out: np.ndarray) -> None:
        """(v - n) / (1 - n), not below 0, so that a full shape stays full; angles are only subtracted."""
        np.subtract(values, self._rest, out=out)
        shapes = out[..., :SHAPE_COUNT]
        opposite = np.take(values, OPPOSITE[:SHAPE_COUNT], axis=-1)
        opposite *= self._against
        shapes -= opposite
        shapes *= self._span
        np.maximum(shapes, 0.0, out=shapes)

    def _leave_out_the_zone(self, out: np.ndarray) -> None:
        """Nothing within the zone, and no step at its edge."""
        size = np.abs(out)
        size -= self.dead_zone
        np.maximum(size, 0.0, out=size)
        size *= self._beyond
        np.copysign(size, out, out=out)

    def recenter(self, values: np.ndarray) -> None:
        """Make the head's direction in this raw frame straight ahead; the rest of the neutral face stays."""
        self.neutral[HEAD] = values[HEAD]
        self.changed()

    def to_dict(self) -> dict:
        """What differs from the default, by channel name: {"gain": {"jawOpen": 1.2}, "mirror": true}; fits JSON."""
        found: dict = {}
        for name, default in _defaults():
            array = getattr(self, name)
            # The shortest figure that is read back to the very bit: .1, not .10000000149.
            changed = {CHANNELS[i]: float(str(array[i])) for i in np.nonzero(array != np.float32(default))[0]}
            if changed:
                found[name] = changed
        if self.mirror:
            found["mirror"] = True
        return found

    @classmethod
    def from_dict(cls, given: dict) -> Calibration:
        """The reverse of `to_dict`; unknown channels are left out, what is no number raises ValueError (a sentence)."""
        made = cls(mirror=bool(given.get("mirror", False)))
        for name, _ in _defaults():
            for channel, value in dict(given.get(name) or {}).items():
                if not isinstance(value, (int, float)) or not np.isfinite(value):
                    raise ValueError(f"the calibration's {name} of {channel} is {value!r}, which is no number")
                if channel in INDEX:
                    getattr(made, name)[INDEX[channel]] = value
        made.changed()
        return made


def _defaults() -> list[tuple[str, float]]:
    """The array fields and the value each has by default."""
    made = [(f.name, f.default_factory) for f in fields(Calibration) if f.name != "mirror"]
    return [(name, float(factory()[0])) for name, factory in made]


def neutral_from(frames: Iterable[Frame]) -> np.ndarray | None:
    """The neutral face of a second of frames: each channel's median, blinks left out; None where no face was seen."""
    seen = [frame.values for frame in frames if frame.values is not None]
    if not seen:
        return None
    values = np.stack(seen)
    lids = values[:, [INDEX["eyeBlinkLeft"], INDEX["eyeBlinkRight"]]].max(axis=1)
    # The lower quartile, not the median: a second that is half a long blink still has open eyes in it.
    calm = values[lids <= np.percentile(lids, 25) + BLINK]
    return np.median(calm, axis=0).astype(np.float32)
