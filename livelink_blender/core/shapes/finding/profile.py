# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The landmarks on the midline, read from the outline of the face as seen from the side."""

from __future__ import annotations

import numpy as np

from .depth_map import DepthMap

LOWER_LIP = (0.45, 0.6, 0.75)  # of the way from the mouth to the chin's crease: least, usual, most
UPPER_LIP = (0.3, 0.42, 0.6)  # of the way from the mouth to the nose
_FLAT = 0.012  # a crease less deep than this is none
_FAIRLY_SURE = 0.25  # makes a certainty of a half
_NO_CHIN = 0.34  # mouth heights below the lips: an outline that only recedes from there on has no chin to see
_UNDER_A_SNOUT = {"lip_lower_bottom": 0.1, "chin_crease": 0.3, "chin": 0.55, "chin_under": 1.0}  # along the outline


class Profile:
    """The front of the skin along x = 0: z as a function of y, in face space."""

    def __init__(self, front: DepthMap, half_width: float = 0.02):
        columns = front.pixel_of(np.array([[-half_width, 0.0], [half_width, 0.0]]))[:, 0]
        strip = front.depth[:, columns[0] : columns[1] + 1]
        with np.errstate(invalid="ignore"):
            self.z = np.median(strip, axis=1)
        self.y = front.centre_of(np.zeros(len(self.z)), np.arange(len(self.z)))[:, 1]
        self.known = np.isfinite(self.z)

    def between(self, low: float, high: float) -> np.ndarray:
        """Rows with skin between two heights."""
        return np.where(self.known & (self.y >= low) & (self.y <= high))[0]

    def point(self, row: int) -> np.ndarray:
        """The place of one row."""
        return np.array([0.0, self.y[row], self.z[row]])

    def at(self, height: float) -> np.ndarray | None:
        """The place at a height, or None where there is no skin."""
        row = int(np.abs(self.y - height).argmin())
        return self.point(row) if self.known[row] else None

    def foremost(self, low: float, high: float, slant: float = 0.0) -> tuple[np.ndarray | None, float]:
        """The place between two heights with the most z + slant * y; and how far it stands out over the ends."""
        rows = self.between(low, high)
        if len(rows) < 3:
            return None, 0.0
        value = self.z[rows] + slant * self.y[rows]
        best = int(value.argmax())
        return self.point(rows[best]), float(value[best] - max(value[0], value[-1]))

    def deepest(self, upper: np.ndarray, lower: np.ndarray) -> tuple[np.ndarray | None, float]:
        """The place farthest behind the straight line between two places; and how far."""
        rows = self.between(lower[1], upper[1])
        if len(rows) < 3:
            return None, 0.0
        line = upper - lower
        line = line / max(np.linalg.norm(line), 1e-12)
        behind = (self.y[rows] - lower[1]) * line[2] - (self.z[rows] - lower[2]) * line[1]
        best = int(behind.argmax())
        return self.point(rows[best]), float(behind[best])

    def swelling(self, upper: np.ndarray, low: float) -> tuple[np.ndarray | None, float]:
        """The upper edge of what swells out between a place and a height below it; and how far it swells."""
        rows = self.between(low, upper[1])
        if len(rows) < 4:
            return None, 0.0
        line = np.interp(self.y[rows], [self.y[rows[0]], upper[1]], [self.z[rows[0]], upper[2]])
        before = self.z[rows] - line
        full = rows[before >= 0.7 * before.max()]
        value = self.z[full] + 0.3 * self.y[full]
        return self.point(full[int(value.argmax())]), float(before.max())

    def upwards(self, low: float, way: float) -> np.ndarray | None:
        """The place reached from a height by going up along the outline."""
        rows = self.between(low, low + way)
        if len(rows) < 2:
            return None
        steps = np.hypot(np.diff(self.y[rows]), np.clip(np.diff(self.z[rows]), -0.05, 0.05))
        far = np.cumsum(steps)
        return self.point(rows[1 + min(int(np.searchsorted(far, way)), len(far) - 1)])

    def downwards(self, high: float, way: float) -> np.ndarray | None:
        """The place reached from a height by going down along the outline, wherever it leads."""
        rows = self.between(high - way, high)[::-1]
        if len(rows) < 2:
            return None
        far = np.cumsum(np.hypot(np.diff(self.y[rows]), np.diff(self.z[rows])))
        step = min(int(np.searchsorted(far, way)), len(far) - 1)
        here, there = self.point(rows[step]), self.point(rows[step + 1])
        long = float(np.linalg.norm(there - here))
        return there + (here - there) * np.clip((far[step] - way) / max(long, 1e-12), 0.0, 1.0)

    def sharpest_crease(self, low: float, high: float, reach: float) -> tuple[float, float]:
        """The height between two heights where the outline folds in most, and how deep over `reach` to each side."""
        rows = self.between(low, high)
        step = max(1, round(reach / (self.y[1] - self.y[0])))
        rows = rows[(rows >= step) & (rows < len(self.y) - step)]
        if not len(rows):
            return (low + high) / 2, 0.0
        with np.errstate(invalid="ignore"):
            fold = np.nan_to_num((self.z[rows + step] + self.z[rows - step]) / 2 - self.z[rows], nan=-1.0)
        wanted = np.exp(-(((self.y[rows] - (low + high) / 2) / (high - low)) ** 2))
        best = int((fold * wanted).argmax())
        return float(self.y[rows[best]]), float(fold[best])


def midline_points(profile: Profile, mouth: float, given: dict[str, np.ndarray]) -> dict[str, tuple[np.ndarray, float]]:
    """Name -> (place, certainty) of what the outline shows; `mouth` is the height of the lips, `given` is certain."""
    found: dict[str, tuple[np.ndarray, float]] = {name: (place, 1.0) for name, place in given.items()}
    size = abs(mouth) / 1.1

    def keep(name: str, answer: tuple[np.ndarray | None, float], clear: float) -> None:
        place, amount = answer
        if name not in found and place is not None:
            found[name] = (place, float(np.clip(0.35 + 0.6 * amount / (clear * size), 0.05, 0.95)))

    keep("nose_tip", profile.foremost(mouth + 0.22 * size, -0.12 * size), 0.15)
    if "nose_tip" not in found:
        return found
    tip = found["nose_tip"][0]
    brow = profile.at(0.35 * size)
    if brow is not None:
        keep("nasion", profile.deepest(brow, tip), 0.07)
    if "nasion" in found:
        low = found["nasion"][0][1]
        keep("glabella", (profile.upwards(low, 0.34 * size), 0.6), 1.0 / size)
        keep("forehead", (profile.upwards(low, 0.86 * size), 0.5), 1.0 / size)
        bridge = profile.at((low + tip[1]) / 2)
        keep("nose_bridge", (bridge, 1.0), 2.0)
    lip, _ = profile.foremost(mouth + 0.02 * size, mouth + 0.28 * size, 0.3)
    if lip is not None:
        keep("subnasale", profile.deepest(tip, lip), 0.06)
    if "subnasale" in found:
        base = found["subnasale"][0]
        top = profile.swelling(base, mouth + 0.02 * size)
        if top[0] is None or not _within(top[0][1], mouth, base[1], UPPER_LIP):  # a thin lip hardly swells
            top = (profile.at(_share(mouth, base[1], UPPER_LIP)), _FAIRLY_SURE * 0.05 * size)
        keep("lip_upper_top", top, 0.05)
    _chin_points(profile, mouth, size, found, keep)
    return found


def _chin_points(profile: Profile, mouth: float, size: float, found, keep) -> None:
    """Lower lip, crease, chin and its lowest point."""
    under, _ = profile.foremost(mouth - 1.05 * size, mouth - 0.3 * size, -1.3)
    if under is not None and under[1] > mouth - _NO_CHIN * size:
        for name, way in _UNDER_A_SNOUT.items():
            keep(name, (profile.downwards(mouth, way * size), 0.2), 1.0 / size)
        return
    keep("chin_under", profile.foremost(mouth - 1.05 * size, mouth - 0.3 * size, -1.3), 0.15)
    if "chin_under" not in found:
        return
    clear, plain = (profile.foremost(mouth - 0.3 * size, mouth - 0.03 * size, slant) for slant in (-0.5, 0.0))
    crease = _crease(profile, clear[0], found["chin_under"][0])
    if crease is None or crease[1] < _FLAT * size or not _within(clear[0][1], mouth, crease[0][1], LOWER_LIP):
        crease = _crease(profile, plain[0], found["chin_under"][0])
        border = None if crease is None else profile.at(_share(mouth, crease[0][1], LOWER_LIP))
        clear = (border, _FAIRLY_SURE * 0.06 * size)
    keep("lip_lower_bottom", clear, 0.06)
    if crease is not None:
        keep("chin_crease", crease, 0.03)
    if "lip_lower_bottom" in found:
        lip, under = found["lip_lower_bottom"][0], found["chin_under"][0]
        span = lip[1] - under[1]
        low = found["chin_crease"][0][1] if "chin_crease" in found else lip[1] - 0.25 * span
        keep("chin", profile.foremost(under[1] + 0.1 * span, low - 0.08 * span), 0.01)


def _crease(profile: Profile, lip: np.ndarray | None, under: np.ndarray) -> tuple[np.ndarray, float] | None:
    """The fold between a place on the lower lip and the chin, and how deep it is."""
    if lip is None:
        return None
    chin, _ = profile.foremost(under[1], lip[1] - 0.35 * (lip[1] - under[1]))
    place, depth = profile.deepest(lip, chin) if chin is not None else (None, 0.0)
    return None if place is None else (place, depth)


def _within(height: float, mouth: float, end: float, share: tuple[float, float, float]) -> bool:
    """Whether a lip's border lies where it does on people between the mouth and the end of the lip's skin."""
    return share[0] <= (height - mouth) / (end - mouth) <= share[2]


def _share(mouth: float, end: float, share: tuple[float, float, float]) -> float:
    """The height where it usually lies."""
    return mouth + share[1] * (end - mouth)
