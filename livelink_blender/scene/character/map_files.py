# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A character's map as a file: what is set by hand and loaded, to be used again or shared."""

from __future__ import annotations

import re
from pathlib import Path

from ...io.files.folders import maps_folder
from ...io.files.whole_files import write_whole
from ..state import touch

LARGEST_BYTES = 1 << 22


class CannotUseFile(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """Says in one sentence why a map could not be saved or loaded."""


def proposed_path(character) -> Path:
    """Where a character's map would lie."""
    plain = re.sub(r"[^\w.-]+", "_", character.name).strip("._") or "map"
    return maps_folder() / f"{plain}.json"


def key_names(character) -> list[str]:
    """The shape keys of all meshes of a character, each name once."""
    found: dict[str, None] = {}
    for tied in character.objects:
        keys = getattr(tied.object.data, "shape_keys", None) if tied.object else None
        for block in keys.key_blocks if keys else ():
            if block != keys.reference_key:
                found[block.name] = None
    return list(found)


def save(character, path: str | Path) -> None:
    """Write what holds now: set by hand, loaded, and matched by name. Beside, then renamed: never half a map."""
    from ...core.character.face_map import FaceMap
    from ...core.character.matching import match_names
    from .rules import character_map, matched_rules

    kept, _ = character_map(character)
    decided = kept.sources()
    matched = [rule for rule in matched_rules(match_names(key_names(character))) if rule.source not in decided]
    whole = FaceMap((*kept.rules, *(matched if kept.match_rest else ())), kept.match_rest, character.name)
    try:
        write_whole(Path(path), whole.to_json())
    except OSError as error:
        raise CannotUseFile(f"The map could not be saved: {error.strerror}.") from error


def load(character, path: str | Path) -> None:
    """Read a map; what is set by hand stays above it."""
    from ...core.character.face_map import FaceMap, MapError

    path = Path(path)
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise CannotUseFile(f"{path.name} is too large for a map.")
        text = path.read_text(encoding="utf-8")
        FaceMap.from_json(text)
    except (OSError, UnicodeDecodeError) as error:
        raise CannotUseFile(f"{path.name} could not be read as text.") from error
    except MapError as error:
        raise CannotUseFile(f"{path.name}: {error}") from error
    character.map_json = text
    touch()
