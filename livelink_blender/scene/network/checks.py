# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the panels say of the network: our addresses, and the checklist when nothing arrives."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic

import bpy

from ...core.network.checklist import Check, checklist
from ...io.network.addresses import own_addresses
from ...io.network.checks import gather_facts
from ..live import session

LOOK_AGAIN_S = 5.0


@dataclass(frozen=True, slots=True)
class AddressLine:
    """One of our addresses, as it is typed on the phone."""

    ip: str
    kind: str


_addresses: tuple[AddressLine, ...] = ()
_looked_at = float("-inf")
answers: tuple[Check, ...] = ()
"""The checklist's last answers, likeliest cause first; empty until somebody asked."""


def addresses() -> tuple[AddressLine, ...]:
    """Our addresses, the likeliest first; networks come and go, so they are looked up every few seconds."""
    global _addresses, _looked_at
    if monotonic() - _looked_at > LOOK_AGAIN_S:
        _looked_at = monotonic()
        _addresses = tuple(AddressLine(one.ip, one.kind) for one in own_addresses())
    return _addresses


def find_what_is_wrong(port: int) -> tuple[Check, ...]:
    """Test what can be tested from here, and keep the answers to be shown."""
    global answers
    live = session.running()
    answers = tuple(checklist(gather_facts(port, program=bpy.app.binary_path, **_known(live))))
    return answers


def _known(live: session.Session | None) -> dict:
    """What the running session has found out already."""
    known = {"online_access": bpy.app.online_access}
    if live is not None:
        known |= {
            "listening": True, "local_only": live.door.host == "127.0.0.1", "faces": len(live.roster.performers),
            "bad_packets": dict(live.roster.bad), "advice": live.roster.advice,
        }
    return known


def forget_answers() -> None:
    """Packets arrive: nothing is wrong any more."""
    global answers
    answers = ()
