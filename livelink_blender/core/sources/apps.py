# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Other face apps by the names people know: the port each sends to, how each can be asked, what is not sure of it."""

from __future__ import annotations

from dataclasses import dataclass

from ..wire.dialect_facts import FACTS


@dataclass(frozen=True, slots=True)
class PortOf:
    """A port that some app sends to unless it is told otherwise."""

    name: str
    port: int
    by_tcp: bool = False


@dataclass(frozen=True, slots=True)
class AskedApp:
    """An app that sends when it is asked."""

    name: str
    dialect: str
    answers_at: str = ""  # the line of PORTS_OF that it answers at; "": wherever it was asked from


PORTS_OF: dict[str, PortOf] = {
    one.line.key: PortOf(one.line.name or one.app, one.port, one.by_tcp) for one in FACTS.values() if one.line
}
"""The lines of the panel; any app is understood at any of them."""

ASKED: dict[str, AskedApp] = {
    one.asked.key: AskedApp(one.app, one.name, one.asked.answers_at)
    for one in sorted((one for one in FACTS.values() if one.asked), key=lambda one: one.asked.number)
}

HANDED: dict[str, tuple[str, str]] = {
    one.handed.key: (one.handed.name or one.app, one.name)
    for one in sorted((one for one in FACTS.values() if one.handed), key=lambda one: one.handed.number)
}
"""What a face may be handed on as: (name, dialect)."""

UNVERIFIED = frozenset(one.name for one in FACTS.values() if not one.is_verified)
"""Dialects whose directions nobody could compare with a real phone yet: their users are asked for one look."""
