# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a raw frame to what a character shows: mouth swap, calibration, smoothing, face lost; live or a whole take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

import numpy as np

from .calibration import Calibration
from .channels import CHANNEL_COUNT
from .frame import Frame
from .mouth_swap import MouthSwap
from .presence import Presence, PresenceSettings
from .smoothing import DEFAULT_SMOOTHING, OneEuro, Smoothing, smooth

SMALLEST = np.float32(1e-4)  # what is less is 0: a shape that does nothing then costs Blender nothing
PIECE = 4096  # frames of a take that are worked on at a time: what fits into the processor's cache is quick

_PRESENCE = asdict(PresenceSettings())


@dataclass(frozen=True)
class ChainSettings:
    """All that a chain can be told; as JSON, too, for a process of ours."""

    calibration: Calibration = field(default_factory=Calibration)
    smoothing: Mapping[str, Smoothing] = field(default_factory=dict)
    presence: PresenceSettings = field(default_factory=PresenceSettings)

    def to_dict(self) -> dict:
        """Fits JSON."""
        return {
            "calibration": self.calibration.to_dict(),
            "smoothing": {region: asdict(one) for region, one in self.smoothing.items()},
            "presence": asdict(self.presence),
        }

    @classmethod
    def from_dict(cls, told: Mapping) -> ChainSettings:
        """The reverse; raises ValueError, TypeError, KeyError or AttributeError where it is nothing of the kind."""
        calibration, smoothing, presence = told["calibration"], told["smoothing"], told["presence"]
        return cls(
            Calibration.from_dict(calibration),
            {region: Smoothing(float(one["min_cutoff"]), float(one["beta"])) for region, one in smoothing.items()},
            PresenceSettings(**{name: type(value)(presence[name]) for name, value in _PRESENCE.items()}),
        )


class FaceChain:
    """One performer on one character, live. `calibration`, `one_euro`, `presence`, `swap` may be exchanged."""

    def __init__(
        self,
        calibration: Calibration | None = None,
        smoothing: Mapping[str, Smoothing] = DEFAULT_SMOOTHING,
        presence: PresenceSettings | None = None,
        swap: MouthSwap | None = None,
    ) -> None:
        """No smoothing: an empty mapping. `swap` is the performer's own, fed where packets come in."""
        self.calibration = calibration or Calibration()
        self.one_euro = OneEuro(smoothing)
        self.presence = Presence(presence)
        self.swap = swap
        self._calibrated = np.zeros(CHANNEL_COUNT, np.float32)
        self._size = np.empty(CHANNEL_COUNT, np.float32)
        self._large = np.empty(CHANNEL_COUNT, np.float32)
        self._out = np.zeros(CHANNEL_COUNT, np.float32)

    def follow(self, settings: ChainSettings) -> None:
        """Other settings from now on; what is shown goes on from where it is."""
        self.calibration = settings.calibration
        self.one_euro = OneEuro(settings.smoothing)
        self.presence.settings = settings.presence

    def process(self, frames: Iterable[Frame], now: float) -> np.ndarray:
        """What to show at `now`, (61,) float32, to be read only and until the next call.

        `frames` are all that have come since the last call, oldest first: none is fine, and so are those without a
        face. However often this is called, a moment looks the same."""
        for frame in frames:
            if frame.values is not None:
                self.presence.see(self._seen(frame), frame.arrival)
        return self.presence.show(now)

    def _seen(self, frame: Frame) -> np.ndarray:
        """One face, put right, calibrated, smoothed."""
        values = frame.values
        if self.swap is not None and self.swap.active:
            values = self.swap.apply(values)
        if not self.calibration.is_identity:
            values = self.calibration.apply_into(values, self._calibrated)
        if not self.one_euro.is_off:
            values = self.one_euro.apply(values, frame.arrival if frame.time is None else frame.time)
        return self._without_traces(values)

    def _without_traces(self, values: np.ndarray) -> np.ndarray:
        """Exact zeros for what is nearly zero."""
        np.abs(values, out=self._size)
        np.greater_equal(self._size, SMALLEST, out=self._large)
        return np.multiply(values, self._large, out=self._out)

    @property
    def lag_ms(self) -> float:
        """The delay that smoothing adds now, in milliseconds."""
        return self.one_euro.lag_ms()

    def reset(self) -> None:
        """As if no frame had ever come."""
        self.one_euro.reset()
        self.presence.reset()


def process_take(
    given: np.ndarray,
    times: np.ndarray,
    calibration: Calibration | None = None,
    smoothing: Mapping[str, Smoothing] | None = None,
    swap_mode: str = "auto",
) -> np.ndarray:
    """A whole take (n, 61) at `times` seconds through the same steps, without the ways of a lost face; a new array.

    The swap is judged over the whole take first, so that its beginning is right, too."""
    swap = MouthSwap(swap_mode)
    swap.feed_take(given)
    values = (calibration or Calibration()).apply(swap.apply(given))
    shown = smooth(values, times, smoothing or {})
    if shown is given:
        shown = given.copy()
    for begin in range(0, len(shown), PIECE):
        piece = shown[begin : begin + PIECE]
        piece *= np.abs(piece) >= SMALLEST
    return shown
