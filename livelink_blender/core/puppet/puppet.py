# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A character without Blender, as a process of ours can run it: the same chain, layers and map, told as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from ..character.retarget import MapPart, Retarget
from ..face.chain import ChainSettings, FaceChain
from ..face.frame import Frame
from ..face.layers import Layer, lay_over
from ..face.mouth_swap import MouthSwap
from ..poser.expressions import Fade, mix
from ..takes.played import pack, unpack


class PuppetError(ValueError):
    """Says in one sentence that a text tells of no character."""


@dataclass(frozen=True)
class PuppetSettings:
    """All that a character shows apart from the faces that come in."""

    chain: ChainSettings = field(default_factory=ChainSettings)
    swap: str = "auto"  # whether mouthLeft and mouthRight are exchanged, and what was found of this device
    swap_found: bool | None = None
    hand: tuple[tuple[float, Layer], ...] = ()  # faces made by hand, each with its strength
    fades: tuple[Fade, ...] = ()  # expressions
    map: tuple[MapPart, ...] = ()

    def to_json(self) -> str:
        """As text, exact to the bit."""
        return json.dumps({
            "chain": self.chain.to_dict(),
            "swap": [self.swap, self.swap_found],
            "hand": [[strength, layer.to_dict()] for strength, layer in self.hand],
            "expressions": pack(self.fades).decode(),
            "map": [[part.object, part.targets, part.retarget.to_rows()] for part in self.map],
        })  # fmt: skip

    @classmethod
    def from_json(cls, text: str) -> PuppetSettings:
        """The reverse; raises PuppetError."""
        try:
            told = json.loads(text)
            mode, found = told["swap"]
            return cls(
                ChainSettings.from_dict(told["chain"]),
                MouthSwap(mode, found).mode,
                found,
                tuple((float(strength), Layer.from_dict(layer)) for strength, layer in told["hand"]),
                unpack(told["expressions"].encode()),
                tuple(MapPart(name, tuple(targets), Retarget.from_rows(rows)) for name, targets, rows in told["map"]),
            )
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as fault:
            raise PuppetError(f"This text tells of no character: {fault}.") from fault


class Puppet:
    """Shows what the session's character shows, given the same frames at the same moments."""

    def __init__(self, settings: PuppetSettings) -> None:
        self._swap = MouthSwap(settings.swap, settings.swap_found)
        self._chain = FaceChain(swap=self._swap)
        self.follow(settings)

    def follow(self, settings: PuppetSettings) -> None:
        """Other settings from now on; the face goes on from where it is."""
        self._chain.follow(settings.chain)
        self._hand, self._fades, self._map = settings.hand, settings.fades, settings.map

    def face(self, frames: Iterable[Frame], now: float) -> np.ndarray:
        """The 61 values to show at `now`, given all frames since the last call; to be read only."""
        frames = list(frames)
        for frame in frames:
            if frame.values is not None:
                self._swap.feed(frame.values)
        values = self._chain.process(frames, now)
        if self._hand:
            values = lay_over(values, self._hand)
        return mix(values, self._fades, now)

    def targets(self, values: np.ndarray) -> dict[str, dict[str, float]]:
        """What a face makes of each object's targets: {object: {target: value}}."""
        moved: dict[str, dict[str, float]] = {}
        for part in self._map:
            figures = part.retarget.apply(values).tolist()
            moved.setdefault(part.object, {}).update(zip(part.targets, figures, strict=True))
        return moved
