# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The places that pictures can go to on this computer, and from words such as "auto" to those that are opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import strftime

from ...io.camera import memory
from ...io.files.folders import clips_folder

VIDEO_FILES = (".mp4", ".mov", ".mkv")
PAGE, FILE = "page", "file"
USUAL_PAGE_PORT = memory.PORT


class NoSuchCamera(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """There is no camera of that name; says which there are."""


@dataclass(frozen=True)
class ChosenOutput:
    """What `CameraClient.add_output` wants, and what the user is told."""

    kind: str
    name: str
    settings: dict[str, object] = field(default_factory=dict)
    note: str = ""
    is_busy: bool = False

    @property
    def key(self) -> str:
        """What this place is called in the choices that are kept, and in the camera process."""
        return PAGE if self.kind == PAGE else f"{self.kind}:{self.name}"


def places(video: str = "", transparent: bool = False) -> list[ChosenOutput]:
    """Every place there is here: the cameras by name, best first, the page, a video file."""
    from ...io.camera.devices import list_cameras

    cameras = [ChosenOutput(one.kind, one.name, dict(one.settings), is_busy=one.busy) for one in list_cameras()]
    found = [*cameras, preview_page(), video_file(video, transparent)]
    return [replace(one, settings=one.settings | {"alpha": transparent}) if one.kind == "pipewire" else one
            for one in found]


def preview_page() -> ChosenOutput:
    """The page in a browser, at the address that is kept for it."""
    kept = memory.recall()
    return ChosenOutput(PAGE, "Preview page", {"port": kept.port, "token": kept.token})


def video_file(path: str, transparent: bool = False) -> ChosenOutput:
    """A video at this path, or under a name of its own; a file that is there already is never overwritten."""
    suffix = ".mov" if transparent else ".mp4"
    wanted = Path(path).resolve() if path else clips_folder() / strftime("camera_%Y-%m-%d_%H-%M-%S")
    if wanted.suffix.lower() not in VIDEO_FILES:
        wanted = wanted.with_name(wanted.name + suffix)
    free = free_path(wanted)
    return ChosenOutput(FILE, "Video file", {"path": str(free)})


def free_path(wanted: Path) -> Path:
    """This path, or with the next number where something is there."""
    number, free = 1, wanted
    while free.exists():
        number += 1
        free = wanted.with_stem(f"{wanted.stem}_{number}")
    return free


def best_places(known: Sequence[ChosenOutput]) -> list[ChosenOutput]:
    """A camera if one is free, and the page always, for it costs nothing while nobody looks."""
    cameras = [one for one in known if one.kind not in (PAGE, FILE) and not one.is_busy]
    page = next(one for one in known if one.kind == PAGE)
    return [cameras[0], page] if cameras else [replace(page, note=what_to_install())]


def what_to_install() -> str:
    """For a camera of one's own; empty where there is one."""
    from ...io.camera.devices import missing_camera

    return missing_camera()


def kept_places(known: Sequence[ChosenOutput]) -> list[ChosenOutput]:
    """Those that the user has chosen on this computer, also one that is not plugged in; else the best ones."""
    keys = memory.recall().places
    if keys is None:
        return best_places(known)
    here = {one.key: one for one in known}
    return [here.get(key) or _absent(key) for key in keys]


def _absent(key: str) -> ChosenOutput:
    kind, _, name = key.partition(":")
    return ChosenOutput("camera", name or kind, {"device": name or kind})


def choose_outputs(wanted: Sequence[str], transparent: bool = False) -> list[ChosenOutput]:
    """For the command line: auto, preview, names and files, in any number."""
    known = places(transparent=transparent)
    chosen = [one for word in wanted for one in _chosen_by(word, known)]
    return list({(one.key, one.settings.get("path")): one for one in chosen}.values())


def _chosen_by(word: str, known: Sequence[ChosenOutput]) -> list[ChosenOutput]:
    if word == "auto":
        return best_places(known)
    if word == "preview":
        return [preview_page()]
    if Path(word).suffix.lower() in VIDEO_FILES:
        return [ChosenOutput(FILE, Path(word).name, {"path": str(Path(word).resolve())})]
    cameras = [one for one in known if one.kind not in (PAGE, FILE)]
    found = [one for one in cameras if word in (one.name, one.settings.get("device"))]
    if not found:
        names = ", ".join(one.name for one in cameras) or "none"
        raise NoSuchCamera(f"There is no camera {word} here; there are: {names}; or choose preview, or a file.mp4.")
    return found[:1]


def keep_places(keys: Sequence[str]) -> None:
    """From now on pictures go to these on this computer."""
    memory.remember(places=tuple(keys))


def renew_page_address() -> None:
    """Whoever has the page's old address sees nothing any more."""
    memory.renew_address()


def page_port() -> int:
    """Where browsers and OBS find the page on this computer."""
    return memory.recall().port


def keep_page_port(port: int) -> None:
    """They find it there from the next start on."""
    memory.remember(port=port)


def starts_with_blender() -> bool:
    """Whether the camera starts as soon as Blender does on this computer."""
    return memory.recall().starts_with_blender


def keep_start_with_blender(on: bool) -> None:
    """Whether it does so from now on."""
    memory.remember(starts_with_blender=on)
