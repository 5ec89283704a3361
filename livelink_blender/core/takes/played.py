# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a take keeps of expressions: at each change all that shows on a character, so that any moment can be shown.

One note is the whole state of one character, not the change alone: the newest before a moment tells all about it."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from math import isfinite

import numpy as np

from ..face.channels import CHANNELS, by_name
from ..face.layers import OFF
from ..poser.expressions import LONGEST_NAME, Expression, ExpressionError, Fade, mix
from ..wire.common.bounded_json import read_object

MOST_FADES = 16
LONGEST_FADE = 600.0

Note = tuple[float, str, bytes]
"""(when, character, what shows from then on)"""


def pack(fades: Iterable[Fade]) -> bytes:
    """What shows, with all it takes to show it again, whatever becomes of the expressions' files."""
    return json.dumps({"fades": [_told(fade) for fade in list(fades)[-MOST_FADES:]]}, ensure_ascii=False).encode()


def _told(fade: Fade) -> dict:
    one = fade.expression
    return {
        "name": one.name,
        "modes": {region: mode for region, mode in one.layer.modes.items() if mode != OFF},
        "values": by_name(one.values) or {CHANNELS[0]: 0.0},
        "fade": [fade.begun, fade.seconds, fade.start, fade.goal],
    }


def unpack(note: bytes) -> tuple[Fade, ...]:
    """The reverse; what makes no sense is left out."""
    found = read_object(note)
    told = found.get("fades") if found is not None else None
    fades = (_fade(one) for one in told[:MOST_FADES]) if isinstance(told, list) else ()
    return tuple(fade for fade in fades if fade is not None)


def _fade(told: object) -> Fade | None:
    if not isinstance(told, dict):
        return None
    numbers = told.get("fade")
    if not isinstance(numbers, list) or len(numbers) != 4 or not all(map(_is_number, numbers)):
        return None
    begun, seconds, start, goal = map(float, numbers)
    if not (0.0 <= seconds <= LONGEST_FADE and 0.0 <= start <= 1.0 and 0.0 <= goal <= 1.0):
        return None
    try:
        one = Expression.from_json(json.dumps({key: told.get(key) for key in ("name", "modes", "values")}), "")
    except ExpressionError:
        return None
    return Fade(Expression(one.name[:LONGEST_NAME], one.values, one.layer.modes), begun, seconds, start, goal)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(min(abs(value), 1e300))


class Played:
    """The expressions of one character over a take."""

    def __init__(self, notes: Iterable[Note]) -> None:
        kept = sorted(((moment, note) for moment, _, note in notes), key=lambda one: one[0])
        self._moments = [moment for moment, _ in kept]
        self._states = [unpack(note) for _, note in kept]

    def __bool__(self) -> bool:
        return any(self._states)

    def at(self, moment: float) -> tuple[Fade, ...]:
        """What shows then."""
        place = bisect_right(self._moments, moment) - 1
        fades = self._states[place] if place >= 0 else ()
        return tuple(fade for fade in fades if not fade.is_over(moment))

    def over(self, values: np.ndarray, moment: float) -> np.ndarray:
        """One face (61,) with what showed over it; the very array where nothing did."""
        return mix(values, self.at(moment), moment)

    def over_all(self, values: np.ndarray, moments: np.ndarray) -> np.ndarray:
        """Faces (n, 61) at rising moments; a new array where anything showed."""
        if not self:
            return values
        shown = values.copy()
        edges = np.searchsorted(moments, [*self._moments, np.inf]).tolist()
        for fades, begin, end in zip(self._states, edges, edges[1:], strict=False):
            _lay_over(shown, moments, fades, begin, end)
        return shown


def _lay_over(values: np.ndarray, moments: np.ndarray, fades: Sequence[Fade], begin: int, end: int) -> None:
    """In place, from one note to the next: singly while something moves, at once where all stands."""
    if not fades or begin >= end:
        return
    still = max(fade.begun + fade.seconds for fade in fades)
    settled = begin + int(np.searchsorted(moments[begin:end], still))
    for at in range(begin, settled):
        values[at] = mix(values[at], fades, float(moments[at]))
    left = [fade for fade in fades if fade.goal > 0.0]
    if left and settled < end:
        values[settled:end] = mix(values[settled:end], left, still)


def notes_for(character: str, characters: Sequence[str], notes: Sequence[Note]) -> list[Note]:
    """Those of a character by its name; where none of these characters is named in the take, those of the character
    in the same place."""
    named = list(dict.fromkeys(name for _, name, _ in notes))
    if character not in characters or not named:
        return []
    if not any(name in named for name in characters):
        place = characters.index(character)
        character = named[place] if place < len(named) else ""
    return [note for note in notes if note[1] == character]
