# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the panels say of the network: our addresses, and the checklist when nothing arrives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

import bpy

from ..state import state

if TYPE_CHECKING:
    from ...core.network.checklist import Check

LOOK_AGAIN_S = 5.0


@dataclass(frozen=True, slots=True)
class AddressLine:
    """One of our addresses, as it is typed on the phone."""

    ip: str
    kind: str


class _Checks:
    """What was looked up last."""

    def __init__(self) -> None:
        self.addresses: tuple[AddressLine, ...] = ()
        self.looked_at = float("-inf")
        self.answers: tuple[Check, ...] = ()


def addresses() -> tuple[AddressLine, ...]:
    """Our addresses, the likeliest first; networks come and go, so they are looked up every few seconds."""
    from ...io.network.addresses import own_addresses

    kept = state.part(_Checks)
    if monotonic() - kept.looked_at > LOOK_AGAIN_S:
        kept.looked_at = monotonic()
        kept.addresses = tuple(AddressLine(one.ip, one.kind) for one in own_addresses())
    return kept.addresses


def answers() -> tuple[Check, ...]:
    """The checklist's last answers, likeliest cause first; empty until somebody asked."""
    return state.part(_Checks).answers


def find_what_is_wrong(port: int, known: Mapping[str, object]) -> tuple[Check, ...]:
    """Test what can be tested from here, and keep the answers to be shown; `known`: what a session has found out."""
    from ...core.network.checklist import checklist
    from ...io.network.checks import gather_facts

    facts = gather_facts(port, program=bpy.app.binary_path, online_access=bpy.app.online_access, **known)
    state.part(_Checks).answers = tuple(checklist(facts))
    return answers()


def forget_answers() -> None:
    """Packets arrive: nothing is wrong any more."""
    state.part(_Checks).answers = ()
