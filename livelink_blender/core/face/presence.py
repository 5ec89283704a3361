# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a character does while no face is seen: it holds, eases to neutral, idles; and it comes back without a jump."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from math import sin, tau

import numpy as np

from ..smoothstep import clamped_smoothstep
from .blink import closure_at
from .channels import CHANNEL_COUNT, INDEX

BRIDGED = 0.5  # a gap longer than this share of the hold is bridged when the face returns
USUAL_OF = 5  # so many steps tell what is usual of a source
SPARSE = 2.5  # usual steps without a face, and it is lost, however seldom the source sends
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
    """The way from a face that was lost to neutral and back, for one character; continuous whatever comes when.

    Told of every face at the time of its packet: what is shown at a moment depends on what had come by then, and not on
    how often or how seldom anybody looks."""

    def __init__(self, settings: PresenceSettings | None = None) -> None:
        self.settings = settings or PresenceSettings()
        self.reset()

    def reset(self) -> None:
        """Forget the face: neutral, and the next one is shown at once."""
        self._set_back = 0.0  # what the clock has been set back by, so far
        self._looked_at: float | None = None
        self._seen: float | None = None  # when the last face came
        self._steps: deque[float] = deque(maxlen=USUAL_OF)  # between the last faces
        self._usual = 0.0
        self._away = False
        self._left = np.zeros(CHANNEL_COUNT, np.float32)  # what was shown when the hold ended
        self._held = np.zeros(CHANNEL_COUNT, np.float32)
        self._idle = np.zeros(CHANNEL_COUNT, np.float32)
        self._mixed = np.zeros(CHANNEL_COUNT, np.float32)
        self._rest = np.zeros(CHANNEL_COUNT, np.float32)
        self._bridge_from = float("-inf")

    def miss(self, now: float) -> None:
        """Where no face was seen yet, idle as if one had just been lost."""
        if self._seen is None:
            self._seen = self._clock(now)

    @property
    def is_away(self) -> bool:
        """Whether the face was lost for longer than the hold, when it was looked at last."""
        return self._away

    @property
    def hold(self) -> float:
        """How long a face stays; for a source that sends seldom, longer than between two of its faces."""
        return max(self.settings.hold, SPARSE * self._usual)

    def see(self, values: np.ndarray, at: float) -> None:
        """A face whose packet came at this moment; told in their order."""
        at += self._set_back
        if self._seen is not None:
            step = max(0.0, at - self._seen)
            if step > BRIDGED * self.hold:
                self._build_bridge(self._at(at), values, at)
            self._steps.append(step)
            if len(self._steps) == USUAL_OF:
                self._usual = sorted(self._steps)[USUAL_OF // 2]
        self._seen = at if self._seen is None else max(at, self._seen)
        self._away = False
        np.copyto(self._held, values)

    def show(self, now: float) -> np.ndarray:
        """What to show. To be read only, and until the next call."""
        return self._at(self._clock(now))

    def _clock(self, now: float) -> float:
        """Unix time without the jumps of a clock that is set back: it stands still for a moment."""
        clock = now + self._set_back
        if self._looked_at is not None and clock < self._looked_at:
            self._set_back += self._looked_at - clock
            clock = self._looked_at
        self._looked_at = clock
        return clock

    def _at(self, clock: float) -> np.ndarray:
        if self._seen is None:
            return self._held
        lost_at = self._seen + self.hold
        if clock <= lost_at:
            return self._cross(self._held, clock)
        if not self._away:
            np.copyto(self._left, self._cross(self._held, lost_at))
            self._away = True
        idle = self._idle_face(clock - self._seen - self.settings.idle_after)
        return self._mix(idle, self._left, clock - lost_at, self.settings.ease)

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

    def _build_bridge(self, shown: np.ndarray, target: np.ndarray, at: float) -> None:
        """From what is shown then to a moving face: the difference is carried along and fades away."""
        np.subtract(shown, target, out=self._rest)
        self._bridge_from = at

    def _cross(self, face: np.ndarray, clock: float) -> np.ndarray:
        return self._mix(face, self._rest, clock - self._bridge_from, self.settings.back)

    def _mix(self, target: np.ndarray, rest: np.ndarray, since: float, seconds: float) -> np.ndarray:
        """The target, with what is left of the rest so long after it began to fade."""
        if since >= seconds:
            return target
        np.multiply(rest, 1.0 - clamped_smoothstep(since / seconds), out=self._mixed)
        self._mixed += target
        return self._mixed
