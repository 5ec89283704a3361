# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which shapes move which of a character's keys, by name: ARKit in any spelling, other dialects, vowels and moods."""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..face.channels import SHAPES
from .name_tables import BONES, DIALECTS, LOOSE, RECIPES

Mix = list[tuple[str, float]]

_WORDS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[^\W\d_A-Za-z]+|\d+")
_LETTERS = {"l": "left", "r": "right", "lt": "left", "rt": "right", "lf": "left"}
_SIDES = {**_LETTERS, "left": "left", "right": "right"}
_QUARTERS = {a + b: (a, side) for a in "ud" for b, side in (("l", "left"), ("r", "right"))}
_TRIMMED = re.compile(r"^(?:facs_(?:bs|jnt|ctrl|cbs)_|eCTRL|eJCM|PHM|CTRL_expressions_|[A-Z]\d\d_|DEF-|ORG-)|_div\d+$")
_PART_MARKS = re.compile(r"\.|__|:|\|")


@dataclass
class Matching:
    """What the names of one mesh mean."""

    found: dict[str, Mix] = field(default_factory=dict)  # key -> [(shape, weight)]
    missing: list[str] = field(default_factory=list)  # shapes that move nothing
    suggestions: dict[str, str] = field(default_factory=dict)  # key that was not understood -> likely shape, or ""
    dialect: str = ""  # of most of the names


def fold(name: str) -> str:
    """A name without case, separators and spelling of the side, which comes last: "Brow_L_Down" is "browdownleft"."""
    words = [word.lower() for word in _WORDS.findall(name)]
    if words and words[-1] in _QUARTERS:
        words[-1:] = _QUARTERS[words[-1]]
    sides = [number for number, word in enumerate(words) if word in _SIDES]
    if sides:
        first, last = sides[0], sides[-1]
        # "Eye_R_Look_L" names the eye first, "eyeLookLeftR" last.
        ends = last == len(words) - 1 and words[first] not in _LETTERS
        words.append(words.pop(last if ends else first))
    return "".join(_SIDES.get(word, word) for word in words)


def _plain_names(name: str) -> list[str]:
    """The name, and the name without what stands before the last dot, colon or double underscore."""
    name = re.sub(r"\.\d{3}$", "", name)
    parts = [part for part in _PART_MARKS.split(name) if part]
    tail = parts[-1] if parts else name
    if len(parts) > 1 and tail.lower() in _SIDES:
        tail = f"{parts[-2]}_{tail}"
    return list(dict.fromkeys([name, _TRIMMED.sub("", name), tail, _TRIMMED.sub("", _TRIMMED.sub("", tail))]))


def _without_first_words(name: str) -> list[str]:
    """The folded name without its first one, two or three words: "Face_jawOpen" is "jawopen"."""
    words = _WORDS.findall(_plain_names(name)[-1])
    return [fold("_".join(words[drop:])) for drop in range(1, min(4, len(words) - 1))]


def _mix(text: str) -> Mix:
    parts = [part.split() for part in text.split(",")]
    return [(part[0], float(part[1]) if len(part) > 1 else 1.0) for part in parts]


def _sided(table: dict[str, str]) -> dict[str, Mix]:
    """A table with "@" written out; the name without a side moves by the mean of both."""
    full: dict[str, Mix] = {}
    for name, text in table.items():
        if "@" not in name:
            full[name] = _mix(text)
            continue
        both = []
        for side in ("Left", "Right"):
            full[name.replace("@", side.lower())] = mix = _mix(text.replace("@", side))
            both += [(shape, weight / 2) for shape, weight in mix]
        full.setdefault(name.replace("@", ""), both)
    return full


@functools.cache
def _tables() -> list[tuple[str, dict[str, Mix], bool]]:
    """(dialect, table, whether first words may be dropped), surest first."""
    exact = {fold(shape): [(shape, 1.0)] for shape in SHAPES}
    halves: dict[str, Mix] = {}
    for shape in SHAPES:
        base = fold(shape)
        side = next((side for side in ("left", "right") if base.endswith(side) and base not in _SIDEWAYS), "")
        if side:
            halves.setdefault(base.removesuffix(side), []).append((shape, 0.5))
        elif base not in _SIDEWAYS:
            halves |= {base + side: [(shape, 1.0)] for side in ("left", "right")}
    halves = {name: mix for name, mix in halves.items() if name not in exact}
    dialects = [(name, _sided(table), True) for name, table in DIALECTS.items()]
    return [("ARKit", exact, True), *dialects, ("ARKit halves", halves, True), ("loose names", _sided(LOOSE), False)]


_SIDEWAYS = {"jawleft", "jawright", "mouthleft", "mouthright"}  # directions of the midline, not sides


def match_names(names: Iterable[str]) -> Matching:
    """What moves each of these keys; the surer meaning of two wins, so that nothing is moved twice."""
    found: dict[str, Mix] = {}
    counts: dict[str, int] = {}
    names = list(dict.fromkeys(names))
    moved: set[str] = set()
    for dropping in (False, True):
        for dialect, table, droppable in _tables():
            if dropping and not droppable:
                continue
            stage = {}
            for name in names:
                if name not in found and (mix := _look_up(name, table, dropping)):
                    stage[name] = mix
            fresh = {name: mix for name, mix in stage.items() if not any(s in moved for s, w in mix if w > 0)}
            found |= fresh
            counts[dialect] = counts.get(dialect, 0) + len(fresh)
            moved |= {shape for mix in fresh.values() for shape, _ in mix}
    found |= _recipes([name for name in names if name not in found], moved)
    return _finish(names, found, counts)


def _look_up(name: str, table: dict[str, Mix], dropping: bool) -> Mix | None:
    candidates = _without_first_words(name) if dropping else map(fold, _plain_names(name))
    return next((table[folded] for folded in candidates if folded in table), None)


def _recipes(names: list[str], moved: set[str]) -> dict[str, Mix]:
    """Vowels and moods, where nothing else moves what they stand in for."""
    folded = {}
    for name in reversed(names):
        folded |= {fold(plain): name for plain in _plain_names(name)}
    found = {}
    for aliases, text, stands_for in RECIPES:
        name = next((folded[alias] for alias in aliases.split() if alias in folded), None)
        if name and name not in found and not moved & set(stands_for.split()):
            found[name] = _mix(text)
    return found


def _finish(names: list[str], found: dict[str, Mix], counts: dict[str, int]) -> Matching:
    moving = {shape for mix in found.values() for shape, weight in mix if weight > 0}
    missing = [shape for shape in SHAPES if shape not in moving]
    wanted = {fold(shape): shape for shape in missing}
    suggestions = {name: suggest(name, wanted) for name in names if name not in found}
    best = max(counts, key=counts.get, default="")
    return Matching(found, missing, suggestions, best if counts.get(best) else "vowels and moods" if found else "")


def suggest(name: str, wanted: dict[str, str]) -> str:
    """The likeliest of the wanted shapes (folded name -> shape) for a name; empty where none is near."""
    near = difflib.get_close_matches(fold(_plain_names(name)[-1]), wanted, n=1, cutoff=0.7)
    return wanted[near[0]] if near else ""


def match_bones(names: Iterable[str]) -> dict[str, str]:
    """Role (head, neck, left_eye, right_eye, jaw) -> bone, by name; roles without a bone are left out."""
    folded: dict[str, str] = {}
    for name in names:
        for plain in reversed(_plain_names(name)):
            folded.setdefault(fold(plain), name)
    found = {}
    tracked = "mastereyeleft" in folded  # a Rigify face: its eyes look at a control and do not turn by hand
    for role, aliases in BONES.items():
        if tracked and role.endswith("eye"):
            continue
        bone = next((folded[alias] for alias in aliases.split() if alias in folded), None)
        if bone:
            found[role] = bone
    return found
