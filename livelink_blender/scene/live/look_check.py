# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The "look left" check: the last second of a performer's face sets the signs of a character's angles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ...core.face.calibration import Calibration, neutral_from
from ...core.face.channels import INDEX, MIRROR
from ...core.face.frame import Frame, PerformerKey
from ...core.face.look_check import signs_of
from ...core.sources.apps import UNVERIFIED
from ..character.chain_settings import calibration_of, keep_calibration
from .session import LOOKED_AT_S

if TYPE_CHECKING:
    from .engine import Session


def check_look(live: Session, index: int, move: str, now: float) -> str:
    """Set the signs after the actor has made this move (one of core.face.look_check.MOVES); what came of it."""
    performer = live.performer_of(index)
    seen = _last_second(live, performer.key, now) if performer is not None else None
    if seen is None:
        return "No face was seen: look at the phone, then try again."
    character = live.scene().livelink.characters[index]
    calibration = calibration_of(character)
    signs = signs_of(move, seen - calibration.neutral)
    if signs is None:
        return f"The head has hardly moved: turn it well to the {move} and hold it, then try again."
    changed = _set_signs(calibration, signs)
    keep_calibration(character, calibration)
    _note(character, performer.latest.dialect)
    return f"Turned round: {', '.join(changed)}." if changed else "All signs are right."


def is_unsure(live: Session, index: int) -> bool:
    """Whether this character's app may turn the head the wrong way, and nobody has looked yet."""
    performer, scene = live.performer_of(index), live.scene()
    if performer is None or scene is None or performer.latest.dialect not in UNVERIFIED:
        return False
    return performer.latest.dialect not in scene.livelink.characters[index].checked_signs.split()


def _note(character, dialect: str) -> None:
    character.checked_signs = " ".join(dict.fromkeys([*character.checked_signs.split(), dialect]))


def _set_signs(calibration: Calibration, signs: dict[str, float]) -> list[str]:
    """The angles whose gain had the other sign; gains are of the character's channels, which may be mirrored."""
    changed = []
    for name, sign in signs.items():
        at = MIRROR[INDEX[name]] if calibration.mirror else INDEX[name]
        if calibration.gain[at] * sign < 0.0:
            calibration.gain[at] *= -1.0
            changed.append(name)
    return changed


def _last_second(live: Session, key: PerformerKey, now: float) -> np.ndarray | None:
    from ...core.wire.recognise import decode_packet

    records = live.black_box.last(LOOKED_AT_S, now)
    frames = (decode_packet(packet, arrival, sender) for arrival, sender, packet in records)
    return neutral_from(one for one in frames if isinstance(one, Frame) and one.key == key)
