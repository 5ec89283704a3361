# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faces laid over a face: each region of a layer is left alone, added, or put in the place of what is below."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from .channels import CHANNEL_COUNT, REGION_INDEX, REGIONS, SHAPE_COUNT, by_name, from_names

OFF, ADD, REPLACE = MODES = ("off", "add", "replace")


class Layer:
    """Values (61,) and what each region does with them: a region that is not named is left alone."""

    __slots__ = ("added", "covers", "modes", "replacing")

    def __init__(self, values: np.ndarray, modes: Mapping[str, str]) -> None:
        self.modes = {region: modes.get(region, OFF) for region in REGIONS}
        self.covers = self._mask(REPLACE)
        self.replacing = values * self.covers
        self.added = values * self._mask(ADD)

    def _mask(self, mode: str) -> np.ndarray:
        return np.array([self.modes[region] == mode for region in REGIONS], np.float32)[REGION_INDEX]

    def to_dict(self) -> dict:
        """What it does, exactly; fits JSON."""
        return {"modes": self.modes, "values": by_name(self.replacing + self.added)}

    @classmethod
    def from_dict(cls, told: Mapping) -> Layer:
        """The reverse; raises ValueError, TypeError, KeyError or AttributeError where it is nothing of the kind."""
        return cls(from_names(told["values"]), told["modes"])

    def meets(self, other: Layer) -> bool:
        """Whether both touch the same region."""
        return any(mode != OFF and other.modes[region] != OFF for region, mode in self.modes.items())


def lay_over(values: np.ndarray, layers: Iterable[tuple[float, Layer]]) -> np.ndarray:
    """The face, (61,) or many (n, 61), with the layers over it, each as strong as its weight (0 to 1); a new array.

    Where several replace the same region they share it by weight, so that nothing of the face below shines through
    while one fades into another. What is added never drives a shape beyond 0 and 1, unless it was there before."""
    cover, replacing, added = (np.zeros(CHANNEL_COUNT, np.float32) for _ in range(3))
    for weight, layer in layers:
        cover += np.float32(weight) * layer.covers
        replacing += np.float32(weight) * layer.replacing
        added += np.float32(weight) * layer.added
    shown = values * (1.0 - np.minimum(cover, 1.0)) + replacing / np.maximum(cover, 1.0) + added
    given, shapes = values[..., :SHAPE_COUNT], shown[..., :SHAPE_COUNT]
    np.maximum(shapes, np.minimum(given, 0.0), out=shapes)
    np.minimum(shapes, np.maximum(given, 1.0), out=shapes)
    return shown
