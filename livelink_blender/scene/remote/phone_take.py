# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The phone's own recording of a take, put to use: as a take without gaps, and its video on the sequencer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import bpy

from ...io.errors import DoorError
from ...io.takes.shelf import notes_of, phone_file
from ..takes.frame_rate import frame_rate
from . import reference_strips

if TYPE_CHECKING:
    from ...io.remote.phone_takes import JoinedTake
    from .remote import Remote


def use_phone(path: Path, *, only_gaps: bool = False) -> JoinedTake:
    """A take of its own out of the live one and what the phone has saved; DoorError with one sentence."""
    from ...io.remote.phone_takes import make_take, open_pair

    return make_take(open_pair(path), only_gaps=only_gaps)


def add_video(scene: bpy.types.Scene, path: Path) -> str:
    """The phone's video and sound on the sequencer, where the take lies; what was done, in one sentence."""
    from ...io.remote.phone_takes import open_pair
    from ..takes.place import place_of

    if not phone_file(path, "video").exists():
        raise DoorError(f"The phone's video of {path.stem} is not here: fetch it first.")
    take = open_pair(path)
    place = place_of(scene, take.meta, notes_of(path), *take.span)
    return put_video(scene, path, place.frame_of(take.lined_up.begin, frame_rate(scene)))


def put_video(scene: bpy.types.Scene, path: Path, first: float) -> str:
    """The same, beginning at this frame of the timeline."""
    video = phone_file(path, "video")
    try:
        strips = reference_strips.add(scene, video, path.stem, first)
    except RuntimeError as trouble:
        raise DoorError(f"{video.name} could not be read as a video: {trouble}.") from trouble
    heard = "with its sound" if strips.has_sound else "without a sound"
    return f"The phone's video of {path.stem} begins at frame {strips.first}, {heard}, in the Video Sequencer."


def fetch(remote: Remote | None, path: Path, kinds: tuple[str, ...]) -> str:
    """Fetch what the phone of the running session has recorded of a take; DoorError where nobody can bring it."""
    notes = notes_of(path)
    if remote is None or remote.control is None:
        raise DoorError("Connect the phone first, and press Start: only then it can bring its recording.")
    on_phone = {kind: getattr(notes, f"phone_{kind}") if kind in kinds else "" for kind in ("face", "video")}
    if not any(on_phone.values()):
        raise DoorError(f"The phone has told of no recording of {path.stem}.")
    remote.want(path, **on_phone)
    return f"{path.stem}: the phone is asked for its recording."
