# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a character does while no face is seen: it holds, eases to neutral, idles; and it comes back without a jump."""

from __future__ import annotations

from dataclasses import dataclass
from math import sin, tau

import numpy as np

from ..smoothstep import clamped_smoothstep
from .blink import closure_at
from .channels import CHANNEL_COUNT, INDEX

BRIDGED = 0.5  # a gap longer than this share of the hold is bridged when the face returns
IDLE_RAMP = 1.5  # seconds until idle motion has its full size
BREATH_SECONDS = 4.5
LIDS = [INDEX["eyeBlinkLeft"], INDEX["eyeBlinkRight"]]
# (channel, radians, seconds of one swing): without a common multiple, so that the idle head does not repeat itself.
SWAYS = (
    (INDEX["headPitch"], 0.012, BREATH_SECONDS),
    (INDEX["headYaw"], 0.020, 11.3),
    (INDEX["headRoll"], 0.010, 7.9),
)


@dataclass(frozen=True)
class PresenceSettings:
    """All in seconds; an endless hold (inf) keeps the last face for ever."""

    hold: float = 0.25
    ease: float = 0.6
    idle_after: float = 2.0
    back: float = 0.3
    idle: bool = True
    seed: int = 0


class Presence:
    """The way from a face that was lost to neutral and back, for one character; continuous whatever comes when."""

    def __init__(self, settings: PresenceSettings | None = None) -> None:
        self.settings = settings or PresenceSettings()
        self.reset()

    def reset(self) -> None:
        """Forget the face: neutral, and the next one is shown at once."""
        self._clock = 0.0
        self._now: float | None = None
        self._seen: float | None = None  # when the last face came, by _clock
        self._away = False
        self._held = np.zeros(CHANNEL_COUNT, np.float32)
        self._idle = np.zeros(CHANNEL_COUNT, np.float32)
        self._shown = self._held
        self._mixed = np.zeros(CHANNEL_COUNT, np.float32)
        self._rest = np.zeros(CHANNEL_COUNT, np.float32)
        self._bridge_from = 0.0
        self._bridge_seconds = 0.0  # 0: no bridge is being crossed

    def miss(self) -> None:
        """Where no face was seen yet, idle as if one had just been lost."""
        if self._seen is None:
            self._seen = self._clock

    @property
    def is_away(self) -> bool:
        """Whether the face was lost for longer than the hold."""
        return self._away

    def apply(self, values: np.ndarray | None, now: float) -> np.ndarray:
        """What to show; None: no new face has come since the last call. To be read only, and until the next call."""
        self._let_time_pass(now)
        target = self._face(values) if values is not None else self._no_face()
        self._shown = self._cross(target) if self._bridge_seconds else target
        return self._shown

    def _let_time_pass(self, now: float) -> None:
        """A clock that is set back stands still for a moment."""
        if self._now is not None and now > self._now:
            self._clock += now - self._now
        self._now = now

    def _face(self, values: np.ndarray) -> np.ndarray:
        if self._seen is not None and self._clock - self._seen > BRIDGED * self.settings.hold:
            self._build_bridge(values, self.settings.back)
        self._seen = self._clock
        self._away = False
        self._held = values
        return values

    def _no_face(self) -> np.ndarray:
        if self._seen is None:
            return self._held
        lost = self._clock - self._seen
        if lost <= self.settings.hold:
            return self._held
        idle = self._idle_face(lost - self.settings.idle_after)
        if not self._away:
            self._away = True
            self._build_bridge(idle, self.settings.ease)
        return idle

    def _idle_face(self, since: float) -> np.ndarray:
        """Neutral; after a while with breath in the head and blinks, the same for the same seed and moment."""
        idle = self._idle
        if since <= 0.0 or not self.settings.idle:
            idle.fill(0.0)
            return idle
        size = clamped_smoothstep(since / IDLE_RAMP)
        for channel, radians, seconds in SWAYS:
            idle[channel] = size * radians * sin(tau * since / seconds)
        idle[LIDS] = size * closure_at(since, self.settings.seed)
        return idle

    def _build_bridge(self, target: np.ndarray, seconds: float) -> None:
        """From what is shown now to a moving target: the difference is carried along and fades away."""
        np.subtract(self._shown, target, out=self._rest)
        self._bridge_from = self._clock
        self._bridge_seconds = seconds

    def _cross(self, target: np.ndarray) -> np.ndarray:
        done = (self._clock - self._bridge_from) / self._bridge_seconds
        if done >= 1.0:
            self._bridge_seconds = 0.0
            return target
        np.multiply(self._rest, 1.0 - clamped_smoothstep(done), out=self._mixed)
        self._mixed += target
        return self._mixed
