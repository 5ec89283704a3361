# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Addresses of phones that have been asked before, in the user's folder: nobody types them twice."""

from __future__ import annotations

import json

from .folders import user_folder

FILE = "phones.json"
MOST_PHONES = 16
_LONGEST = 64


def known_phones() -> list[str]:
    """The addresses, the one asked last first."""
    try:
        kept = json.loads((user_folder() / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    listed = kept if isinstance(kept, list) else []
    return [one for one in listed if isinstance(one, str) and len(one) <= _LONGEST][:MOST_PHONES]


def remember_phone(address: str) -> None:
    """Keep it as the first."""
    kept = [address, *(one for one in known_phones() if one != address)][:MOST_PHONES]
    path = user_folder() / FILE
    beside = path.with_suffix(".part")
    try:
        beside.write_text(json.dumps(kept), encoding="utf-8")
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)  # a full disk costs the memory, nothing else
