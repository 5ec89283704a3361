# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one shape job at work: begun, asked how far it is, taken in, or left off. Nothing of the scene changes before."""

from __future__ import annotations

from collections.abc import Sequence

import bpy
from bpy.app.handlers import persistent

from ...io.errors import DoorError
from ..at_work import AtWork
from ..blender_events import listen, listen_no_more
from ..state import state
from .known_head import CannotShape


class ShapeWork:
    """A process that makes or measures the shapes of one scene's head."""

    def __init__(self, scene: bpy.types.Scene, names: Sequence[str], single: bool = False) -> None:
        """Begins at once; CannotShape with one sentence where that is impossible."""
        from ...io.shapes.process import ShapeProcess
        from . import wizard

        self.scene_name, self.names, self.single = scene.name, list(names), single
        try:
            self.process = ShapeProcess(wizard.job(scene, names))
        except DoorError as trouble:
            raise CannotShape(str(trouble)) from trouble
        self.progress = 0.0
        self.is_wanted = True

    def poll(self) -> bool:
        """Whether it is done; notes the progress."""
        self.progress = max(self.progress, self.process.progress)
        return not self.process.is_running

    def write(self) -> dict[str, list[str]]:
        """Write what came of it; CannotShape with one sentence, and nothing was changed."""
        from . import wizard

        try:
            answer = self.process.answer()
        except DoorError as trouble:
            raise CannotShape(str(trouble)) from trouble
        scene = bpy.data.scenes.get(self.scene_name)
        if scene is None:
            raise CannotShape("The scene is gone: nothing was written.")
        return wizard.finish(scene, answer, self.single)

    def close(self) -> None:
        """No process and no files of ours are left."""
        self.process.close()


class _ShapesAtWork(AtWork[ShapeWork]):
    pass


def current() -> ShapeWork | None:
    """The one that is at work."""
    return state.part(_ShapesAtWork).job


def begin(scene: bpy.types.Scene, names: Sequence[str], single: bool = False) -> ShapeWork:
    """The one job, an older one is left off; CannotShape with one sentence where that is impossible."""
    from . import wizard
    from .face_finding import refuse

    end()
    if names:
        refuse(wizard.known(scene).findings)
    listen(HANDLERS)
    state.ends_with_us(_end_for_good)
    return state.part(_ShapesAtWork).begin(ShapeWork(scene, names, single))


def cancel() -> None:
    """The user does not want it any more; whoever waits for it ends it."""
    state.part(_ShapesAtWork).cancel()


def end() -> None:
    """No process and no files of ours are left but what was wanted; harmless when called again."""
    state.part(_ShapesAtWork).end()


@persistent
def _before_load(*_: object) -> None:
    """The head is about to go, and with it the work on it."""
    end()


HANDLERS = {"load_pre": _before_load}


def _end_for_good() -> None:
    listen_no_more(HANDLERS)
    end()
