# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is remembered of each phone from one day to the next, in the user's folder: its mouth's left and right."""

from __future__ import annotations

import json
from contextlib import suppress

from ...core.face.mouth_swap import MODES, MouthSwap
from ..files.folders import user_folder
from ..files.whole_files import write_whole

FILE = "devices.json"
MOST_DEVICES = 64


def recall_swap(device: str) -> MouthSwap:
    """The mouth swap of a device as it was last set and found; automatic for one never seen."""
    kept = _load().get(device, {})
    mode, found = kept.get("mouth_swap", "auto"), kept.get("mouth_swap_found")
    return MouthSwap(mode if mode in MODES else "auto", found if isinstance(found, bool) else None)


def remember_swap(device: str, swap: MouthSwap) -> None:
    """Keep it; the device seen longest ago makes room."""
    devices = _load()
    devices.pop(device, None)
    devices[device] = {"mouth_swap": swap.mode, "mouth_swap_found": swap.found}
    kept = dict(list(devices.items())[-MOST_DEVICES:])
    with suppress(OSError):  # a full disk costs the memory, never the session
        write_whole(user_folder() / FILE, json.dumps(kept, indent=1))


def _load() -> dict[str, dict]:
    try:
        loaded = json.loads((user_folder() / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(loaded, dict):
        return {}
    return {device: kept for device, kept in loaded.items() if isinstance(kept, dict)}
