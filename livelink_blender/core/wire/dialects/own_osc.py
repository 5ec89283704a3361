# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our own OSC addresses: one for each channel, `/face/jawOpen 0.5`, and `/face/apply` where a frame takes several.

For faders, patches and stage programs; what OSCQuery tells of us. No map is needed."""

from __future__ import annotations

from ...face.channels import CHANNELS, INDEX
from ...face.frame import Frame
from ..common import osc_map

DIALECT = "osc"
PREFIX = "/face/"
APPLY = f"{PREFIX}apply"
MAP = osc_map.OscMap({f"{PREFIX}{name}": ((INDEX[name], 1.0),) for name in CHANNELS}, commit=APPLY, each=True)

ADDRESSES = (*MAP.rules, APPLY)
TOLD = {APPLY: ("", "Ends a frame that takes several datagrams")}
"""What OSCQuery tells of it, beside the channels."""


class OwnOsc(osc_map.MappedSender):
    """What one sender has said at these addresses."""

    def __init__(self, sender: str) -> None:
        super().__init__(sender, MAP, DIALECT)


def encode(frame: Frame) -> list[bytes]:
    """The face at these addresses."""
    return osc_map.encode(frame, MAP)
