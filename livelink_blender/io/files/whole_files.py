# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Small files that are there whole or not at all: whoever looks, even after a crash, never sees half of one."""

from __future__ import annotations

from pathlib import Path


def write_whole(path: Path, text: str, *, private: bool = False) -> None:
    """Write beside, then rename; OSError where that fails, with the old file as it was and nothing left over.

    `private`: no other user of this computer may read it."""
    beside = path.with_name(f"{path.name}.part")
    try:
        if private:
            beside.touch(mode=0o600)  # before a word is in it
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
