# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The neutral face and the other figures of a character's calibration, kept in its properties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ...core.face.calibration import neutral_from
from ...core.face.channels import CHANNEL_COUNT, INDEX
from ...core.face.frame import Frame
from ..character.chain_settings import calibration_of, keep_calibration
from .session import LOOKED_AT_S

if TYPE_CHECKING:
    from .engine import Session

FIGURES = ("gain", "offset", "dead_zone", "low", "high")


@dataclass(frozen=True, slots=True)
class ShapeFigures:
    """What is set for one channel of one character."""

    gain: float
    offset: float
    dead_zone: float
    low: float
    high: float


def keep_neutral(live: Session, index: int, now: float) -> bool:
    """The last second's face becomes the character's neutral one; False where no face was seen in it."""
    from ...core.wire.recognise import decode_packet

    live.tick(now)  # while Blender draws slowly, that second may still wait in the socket
    performer = live.performer_of(index)
    if performer is None:
        return False
    records = live.black_box.last(LOOKED_AT_S, now)
    frames = (decode_packet(packet, arrival, sender) for arrival, sender, packet in records)
    neutral = neutral_from(one for one in frames if isinstance(one, Frame) and one.key == performer.key)
    if neutral is None:
        return False
    character = live.scene().livelink.characters[index]
    _keep(character, neutral=performer.swap.apply(neutral))
    return True


def forget_neutral(character) -> None:
    """As if nobody had ever shown a neutral face."""
    _keep(character, neutral=np.zeros(CHANNEL_COUNT, np.float32))


def is_mirrored(character) -> bool:
    """Whether the character moves as a mirror image of the actor."""
    return calibration_of(character).mirror


def set_mirror(character, mirrored: bool) -> None:
    """Make it one, or the other way round."""
    _keep(character, mirror=mirrored)


def shape_figures(character, channel: str) -> ShapeFigures:
    """What is set for one channel, without the character's overall strength."""
    calibration, at = calibration_of(character), INDEX[channel]
    return ShapeFigures(*(float(getattr(calibration, name)[at]) for name in FIGURES))


def set_shape_figures(character, channel: str, figures: ShapeFigures) -> None:
    """Set them."""
    calibration = calibration_of(character)
    for name in FIGURES:
        getattr(calibration, name)[INDEX[channel]] = getattr(figures, name)
    keep_calibration(character, calibration)


def _keep(character, **figures: object) -> None:
    calibration = calibration_of(character)
    for name, value in figures.items():
        setattr(calibration, name, value)
    keep_calibration(character, calibration)
