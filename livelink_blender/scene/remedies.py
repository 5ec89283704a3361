# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One click each against an obstacle, and everything given back afterwards."""

from __future__ import annotations


def take_up() -> None:
    """Apply again what was solved."""


def take_back() -> None:
    """Give back what was solved."""
