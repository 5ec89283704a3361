# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a take lies on the timeline: where it begins, what plays before it, and which moment was which frame."""

from __future__ import annotations

from dataclasses import dataclass, field

import bpy
import numpy as np

from .frame_rate import frame_rate

QUICK = 10  # per cent: frames are shown late or in time, never early, so the quickest tell when they began
AFTERWARDS_S = 0.25  # a range is recorded a little beyond its end, for its last key


BORROWED = ("sync_mode", "use_preview_range", "frame_start", "frame_end")
"""Settings of the scene that are ours while the timeline plays for a take."""


class CannotRecord(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """Says in one sentence why a take can't begin."""


@dataclass
class TakePlan:
    """One take's place on the timeline."""

    first: int  # the frame at which the take proper begins
    last: int | None  # where a marked range ends; None: until it is ended
    from_frame: float  # the frame at which the recording begins: earlier, with pre-roll
    plays: bool
    fps: float
    _zeros: list[float] = field(default_factory=list)  # Unix time of frame 0, as each frame that was shown has it
    _latest: float = float("-inf")
    _looped: bool = False
    _before: dict[str, object] = field(default_factory=dict)  # the scene's settings, until they are given back

    @property
    def preroll(self) -> float:
        """Seconds from the begin of the recording to the take proper."""
        return (self.first - self.from_frame) / self.fps

    def begin(self, scene: bpy.types.Scene) -> None:
        """Put the playhead where playing begins; late frames are dropped, so that each is its moment."""
        if not self.plays:
            return
        self._before = {name: getattr(scene, name) for name in BORROWED}
        if scene.sync_mode == "NONE":  # going by the sound would stand still where there is no sound card
            scene.sync_mode = "FRAME_DROP"
        if self.last is not None:  # playing would jump to the range at once, past the pre-roll
            scene.use_preview_range = False
            scene.frame_end = max(scene.frame_end, self.last)
        scene.frame_start = min(scene.frame_start, int(self.from_frame))
        scene.frame_set(int(self.from_frame))

    def end(self, scene: bpy.types.Scene | None) -> bool:
        """Give back what was changed; whether the timeline played for this take, and only the first time."""
        before, self._before = self._before, {}
        if scene is not None:
            for name, value in before.items():
                setattr(scene, name, value)
        return bool(before)

    def hear(self, frame: float, now: float) -> None:
        """A frame is shown while the timeline plays; after a jump back nothing more is learnt."""
        self._looped |= frame < self._latest
        self._latest = frame
        if self.plays and not self._looped and frame > self.from_frame:
            self._zeros.append(now - frame / self.fps)

    def is_through(self, now: float) -> bool:
        """Whether the marked range has been played, and what was sent meanwhile has come."""
        if self.last is None or not (self._looped or self._latest >= self.last):
            return False
        return now >= self.zero(now) + self.last / self.fps + AFTERWARDS_S

    def zero(self, began: float) -> float:
        """The Unix time at which the timeline stood at frame 0, or would have."""
        if self._zeros:
            return float(np.percentile(self._zeros, QUICK))
        return began - self.from_frame / self.fps


def plan_take(scene: bpy.types.Scene) -> TakePlan:
    """What the scene's settings ask for; CannotRecord with one sentence where that can't be."""
    wishes, fps = scene.livelink.takes, frame_rate(scene)
    plays = scene.livelink.record.play_timeline
    first, last = scene.frame_current, None
    if wishes.punch_in:
        if not scene.use_preview_range:
            raise CannotRecord("Mark the range first: press P over the timeline and draw a box around its frames.")
        first, last, plays = scene.frame_preview_start, scene.frame_preview_end, True
    elif wishes.begin_at == "START":
        first = scene.frame_preview_start if scene.use_preview_range else scene.frame_start
    before = wishes.preroll * fps
    return TakePlan(first, last, max(0, int(first - before)) if plays else first - before, plays, fps)
