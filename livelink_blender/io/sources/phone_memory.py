# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is remembered of phones from one day to the next, in the user's folder.

By device, its mouth's left and right; and the addresses that were asked before, so that nobody types them twice."""

from __future__ import annotations

import json
from contextlib import suppress

from ...core.face.mouth_swap import MODES, MouthSwap
from ..files.folders import user_folder
from ..files.whole_files import write_whole

DEVICES_FILE = "devices.json"
MOST_DEVICES = 64
ADDRESSES_FILE = "phones.json"
MOST_ADDRESSES = 16
_LONGEST_ADDRESS = 64


def recall_swap(device: str) -> MouthSwap:
    """The mouth swap of a device as it was last set and found; automatic for one never seen."""
    kept = _devices().get(device, {})
    mode, found = kept.get("mouth_swap", "auto"), kept.get("mouth_swap_found")
    return MouthSwap(mode if mode in MODES else "auto", found if isinstance(found, bool) else None)


def remember_swap(device: str, swap: MouthSwap) -> None:
    """Keep it; the device seen longest ago makes room."""
    devices = _devices()
    devices.pop(device, None)
    devices[device] = {"mouth_swap": swap.mode, "mouth_swap_found": swap.found}
    _write(DEVICES_FILE, json.dumps(dict(list(devices.items())[-MOST_DEVICES:]), indent=1))


def known_phones() -> list[str]:
    """The addresses of phones that were asked, the one asked last first."""
    kept = _read(ADDRESSES_FILE)
    listed = kept if isinstance(kept, list) else []
    return [one for one in listed if isinstance(one, str) and len(one) <= _LONGEST_ADDRESS][:MOST_ADDRESSES]


def remember_phone(address: str) -> None:
    """Keep it as the first."""
    kept = [address, *(one for one in known_phones() if one != address)][:MOST_ADDRESSES]
    _write(ADDRESSES_FILE, json.dumps(kept))


def _devices() -> dict[str, dict]:
    loaded = _read(DEVICES_FILE)
    if not isinstance(loaded, dict):
        return {}
    return {device: kept for device, kept in loaded.items() if isinstance(kept, dict)}


def _read(name: str) -> object:
    """What the file holds; None where that is nothing usable."""
    try:
        return json.loads((user_folder() / name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _write(name: str, text: str) -> None:
    with suppress(OSError):  # a full disk costs the memory, never the session
        write_whole(user_folder() / name, text)
