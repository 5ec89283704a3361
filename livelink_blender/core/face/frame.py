# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One decoded moment of one face: what every source ends as, and what every dialect is decoded to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

PerformerKey = tuple[str, str, str]
"""(sender address, device id, subject name): one face that is sending."""


@dataclass(slots=True)
class Frame:
    """A moment of one face; never changed after it was made (not frozen, for that costs a microsecond a frame)."""

    arrival: float  # seconds of the receiving clock (Unix time), from the kernel where it stamps packets
    sender: str  # address it came from, without the port
    device: str
    subject: str
    time: float | None  # seconds of the sender's own clock; None where the dialect has none
    number: int | None  # the sender's frame number, for counting gaps
    rate: float  # frames a second as the sender says; 0 where it does not say
    values: np.ndarray | None  # (61,) float32, finite, in the order of channels.CHANNELS; None: no face seen
    dialect: str = "livelink"
    extras: dict[str, float] | None = None  # shapes beyond the 52, by the sender's own names

    @property
    def key(self) -> PerformerKey:
        """Who sent it."""
        return (self.sender, self.device, self.subject)


@dataclass(slots=True)
class BadPacket:
    """A packet that is no frame, and why: `reason` is counted, `advice` is shown where there is one."""

    reason: str  # a few plain words, the same for the same fault
    advice: str = ""  # one plain sentence for the user
