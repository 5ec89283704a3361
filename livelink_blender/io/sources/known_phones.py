# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Addresses of phones that have been asked before, in the user's folder: nobody types them twice."""

from __future__ import annotations

import json
from contextlib import suppress

from ..files.folders import user_folder
from ..files.whole_files import write_whole

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
    with suppress(OSError):  # a full disk costs the memory, nothing else
        write_whole(user_folder() / FILE, json.dumps(kept))
