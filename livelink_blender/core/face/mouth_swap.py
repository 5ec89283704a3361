# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Some phones send mouthLeft and mouthRight exchanged: tell by the jaw, which goes along, and put right."""

from __future__ import annotations

from math import sqrt

import numpy as np

from .channels import INDEX

MODES = ("off", "on", "auto")
LATERAL = 0.08  # how far from rest the lips must be pulled aside to count; a resting mouth is asymmetric by .05
EVIDENCE = 12.0  # frames of lateral motion before a first verdict: .2 s at 60
CERTAIN = 0.5  # the correlation that a verdict needs, in either direction: between them the last one stands
MEMORY = 0.998  # the share of the evidence kept per lateral frame
REST_FRAMES = 600  # the resting asymmetry is a running mean over about this many frames

MOUTH_LEFT, MOUTH_RIGHT = INDEX["mouthLeft"], INDEX["mouthRight"]
JAW_LEFT, JAW_RIGHT = INDEX["jawLeft"], INDEX["jawRight"]
EXCHANGED = [MOUTH_RIGHT, MOUTH_LEFT]
PAIR = [MOUTH_LEFT, MOUTH_RIGHT]


class MouthSwap:
    """Whether one device exchanges mouthLeft and mouthRight: told by hand ("off", "on") or found out ("auto")."""

    __slots__ = ("_both", "_count", "_jaw", "_mouth", "_rest_jaw", "_rest_mouth", "_seen", "found", "mode")

    def __init__(self, mode: str = "auto", found: bool | None = None) -> None:
        """`found` is what was remembered of this device: None where nothing is known."""
        if mode not in MODES:
            raise ValueError(f"mouth swap is one of {', '.join(MODES)}, not {mode!r}")
        self.mode = mode
        self.found = found
        self._seen = 0
        self._rest_mouth = self._rest_jaw = 0.0
        self._mouth = self._jaw = self._both = self._count = 0.0

    def feed(self, values: np.ndarray) -> None:
        """Learn from one frame's raw values; costs about a microsecond."""
        if self.mode != "auto":
            return
        mouth = values.item(MOUTH_LEFT) - values.item(MOUTH_RIGHT)
        jaw = values.item(JAW_LEFT) - values.item(JAW_RIGHT)
        self._seen += 1
        share = 1.0 / min(self._seen, REST_FRAMES)
        self._rest_mouth += share * (mouth - self._rest_mouth)
        self._rest_jaw += share * (jaw - self._rest_jaw)
        mouth -= self._rest_mouth
        if -LATERAL < mouth < LATERAL:
            return
        self._weigh(mouth, jaw - self._rest_jaw)

    def _weigh(self, mouth: float, jaw: float) -> None:
        """Add one lateral frame to the evidence, and judge it."""
        self._mouth = MEMORY * self._mouth + mouth * mouth
        self._jaw = MEMORY * self._jaw + jaw * jaw
        self._both = MEMORY * self._both + mouth * jaw
        self._count = MEMORY * self._count + 1.0
        if self._count >= EVIDENCE:
            self._judge()

    def feed_take(self, values: np.ndarray) -> None:
        """Learn from a whole take (n, 61) at once: by its own resting face, and at the end of it all."""
        if self.mode != "auto" or not len(values):
            return
        mouth = values[:, MOUTH_LEFT] - values[:, MOUTH_RIGHT]
        jaw = values[:, JAW_LEFT] - values[:, JAW_RIGHT]
        mouth -= np.median(mouth)
        jaw -= np.median(jaw)
        lateral = np.abs(mouth) > LATERAL
        self._count = float(np.count_nonzero(lateral))
        self._mouth, self._jaw = float(np.square(mouth[lateral]).sum()), float(np.square(jaw[lateral]).sum())
        self._both = float((mouth[lateral] * jaw[lateral]).sum())
        if self._count >= EVIDENCE:
            self._judge()

    def _judge(self) -> None:
        """A clear correlation decides; else the last verdict stands."""
        correlation = self.correlation
        if correlation < -CERTAIN:
            self.found = True
        elif correlation > CERTAIN:
            self.found = False

    @property
    def correlation(self) -> float:
        """Lips against jaw, -1 to 1; 0 while nothing moved sideways."""
        size = self._mouth * self._jaw
        return self._both / sqrt(size) if size > 1e-12 else 0.0

    @property
    def active(self) -> bool:
        """Whether mouthLeft and mouthRight are exchanged now."""
        return self.mode == "on" or (self.mode == "auto" and self.found is True)

    @property
    def verdict(self) -> str:
        """What is shown to the user, in a few words."""
        if self.mode != "auto":
            return "swapped (set by hand)" if self.mode == "on" else "not swapped (set by hand)"
        if self.found is None:
            return "not known yet: pull the mouth to one side"
        return "swapped by the phone: put right" if self.found else "not swapped"

    def apply(self, values: np.ndarray) -> np.ndarray:
        """The values put right: the same array where nothing is to be done, else a copy; takes (61,) and (n, 61)."""
        if not self.active:
            return values
        right = values.copy()
        right[..., PAIR] = values[..., EXCHANGED]
        return right
