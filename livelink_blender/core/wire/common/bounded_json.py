# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""JSON from the network: small, shallow, and an object, or nothing."""

from __future__ import annotations

import json

LARGEST = 24_000
_NUMBERS = (int, float)
_DEEPEST = 200  # brackets in all: a face of 52 shapes needs 60, and so none can be nested deeper than Python allows


def read_object(packet: bytes) -> dict | None:
    """The object that this text holds; None where it is something else, too big, or too deep."""
    if len(packet) > LARGEST or packet.count(b"{") + packet.count(b"[") > _DEEPEST:
        return None
    try:
        found = json.loads(packet)
    except (ValueError, RecursionError):  # no JSON, no UTF-8, a number of thousands of digits
        return None
    return found if isinstance(found, dict) else None


def three(found: object, names: tuple[str, str, str] = ("x", "y", "z")) -> tuple[float, float, float] | None:
    """The numbers under three names; None where one is missing or no number."""
    if not isinstance(found, dict):
        return None
    x, y, z = map(found.get, names)
    return (x, y, z) if _is_number(x) and _is_number(y) and _is_number(z) else None


def _is_number(found: object) -> bool:
    return type(found) in _NUMBERS and -1e6 < found < 1e6
