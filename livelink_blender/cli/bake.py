# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`livelink bake TAKE...`: recordings as actions on a character; a folder stands for all that lie in it."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..core.face.frame import Frame, PerformerKey
from ..core.face.smoothing import Smoothing
from ..core.takes.captures import Capture, read_capture
from ..core.takes.cut import cut
from ..core.takes.keyframes import GAP_POLICIES
from ..core.takes.packet_times import packet_times
from ..io.errors import DoorError
from ..io.remote.phone_takes import both_joined, open_pair
from ..io.takes.shelf import is_of_phone, notes_of
from .blender import add_blend_arguments, ensure_character, open_scene, wake
from .report import Report, WorkFailed, WrongInput, writable_target

SUFFIXES = {".facetape", ".gesichter", ".csv", ".bin", ".raw", ".udp", ".dat", ".txt"}
"""What is looked at in a folder; a file that is named is looked at whatever it is called."""
PLACES = ("new", "current", "nla")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The takes, the character, the timeline, the keys."""
    parser.add_argument(
        "take",
        nargs="+",
        help="a take, a .gesichter tape, packets recorded with nc, a Live Link Face CSV, or a folder of them",
    )
    add_blend_arguments(parser, "the .blend that is written; several takes become several actions in it")
    parser.add_argument("--fps", type=float, help="frames a second of the timeline; without it, the file's")
    parser.add_argument("--start", type=float, default=1.0, metavar="FRAME", help="where each take begins (1)")
    parser.add_argument(
        "--smoothing", type=float, default=1.0, metavar="X", help="0: none, 1: as the file has it, 2: twice as smooth"
    )
    parser.add_argument("--no-smoothing", action="store_true", help="keep the phone's jitter: --smoothing 0")
    parser.add_argument(
        "--key-error", type=float, metavar="E", help="leave out keys that the curve does not need to be within E (.005)"
    )
    parser.add_argument("--gaps", choices=GAP_POLICIES, help="hold the last face where none was seen, or ease over")
    parser.add_argument("--no-expressions", action="store_true", help="the face alone, without what was played over it")
    parser.add_argument(
        "--phone-face", action="store_true", help="use the recording fetched from the phone: it has no gaps"
    )
    parser.add_argument("--phone-video", action="store_true", help="put its video with sound on the Video Sequencer")
    parser.add_argument("--into", choices=PLACES, help="a new action, the current one, or an NLA track above")


def run(options: argparse.Namespace, report: Report) -> int:
    """Bake and save; the input is never written to."""
    out = writable_target(options.out, ".blend")
    takes = _takes(options.take)
    _check(options)
    wake()
    from ..scene.files import blend_files
    from ..scene.takes.frame_rate import set_frame_rate

    scene = open_scene(options.blend)
    ensure_character(scene, options.map, report)
    if options.fps is not None:
        set_frame_rate(scene, options.fps)
    baked = 0
    for take in report.progress(takes, len(takes), "Baking"):
        baked += _bake(scene, take, options, report, out, is_only=len(takes) == 1)
    if not baked:
        raise WrongInput("There is no face in any of these files.")
    blend_files.save_blend(out.resolve())
    if len(takes) > 1:
        report.say(f"{out.name} has {baked} actions, the last one on the character.")
    return 0


def _takes(paths: list[str]) -> list[Path]:
    """All files, folders opened; in the order given, and by name within a folder."""
    found: list[Path] = []
    for path in map(Path, paths):
        if path.is_dir():
            inside = sorted(one for one in path.iterdir() if one.suffix.lower() in SUFFIXES and one.is_file())
            inside = [one for one in inside if not is_of_phone(one)]
            if not inside:
                raise WrongInput(f"There is no recording in the folder {path}.")
            found += inside
        elif path.is_file():
            found.append(path)
        else:
            raise WrongInput(f"There is no file {path}.")
    return found


def _check(options: argparse.Namespace) -> None:
    if options.fps is not None and not 1 <= options.fps <= 240:
        raise WrongInput("The frame rate must be between 1 and 240 frames a second.")
    if not 0.0 <= options.smoothing <= 100.0:
        raise WrongInput("The smoothing must be between 0 and 100.")
    if options.key_error is not None and not 0.0 <= options.key_error <= 1.0:
        raise WrongInput("The error of the keys must be between 0 and 1.")
    if not -1e6 <= options.start <= 1e6:
        raise WrongInput("The first frame must be between -1000000 and 1000000.")


def _bake(scene, take: Path, options: argparse.Namespace, report: Report, out: Path, *, is_only: bool) -> int:
    """One file: an action for each face in it that has a character; how many."""
    from ..scene.takes.bake import BakeRefused

    capture = read_capture(take.read_bytes(), take.name)
    if not any(frame.values is not None for frame in capture.frames):
        sentence = " ".join([f"There is no face data in {take.name}.", *capture.notes])
        if is_only:
            raise WrongInput(sentence)
        report.note(sentence)
        return 0
    for note in capture.notes:
        report.note(f"{take.name}: {note}")
    try:
        if options.phone_face or options.phone_video:
            _with_phone(scene, take, capture, options, report)
        return _bake_faces(scene, take, capture, options, report, out)
    except DoorError as trouble:
        raise WorkFailed(str(trouble)) from trouble
    except (BakeRefused, ValueError) as refusal:
        raise WorkFailed(f"{take.name}: {refusal}.") from refusal


def _with_phone(scene, take: Path, capture: Capture, options: argparse.Namespace, report: Report) -> None:
    """What the phone has recorded of this take, in the place of what came live, and on the sequencer."""
    from ..scene.remote import phone_take
    from ..scene.takes.frame_rate import frame_rate

    pair = open_pair(take)
    if options.phone_face:
        capture.frames = both_joined(pair)
    if options.phone_video:
        first = packet_times(_faces(take, capture)[pair.key])[0]
        begins = options.start + (pair.lined_up.begin - first) * frame_rate(scene)
        report.say(phone_take.put_video(scene, take, begins))


def _bake_faces(scene, take: Path, capture: Capture, options: argparse.Namespace, report: Report, out: Path) -> int:
    from ..scene.takes import bake
    from ..scene.takes.place import face_for, played_on

    faces = {key: frames for key, frames in _faces(take, capture).items() if any(f.values is not None for f in frames)}
    if not faces:
        raise ValueError("no face was seen in the part that it was trimmed to")
    characters = [at for at, one in enumerate(scene.livelink.characters) if one.enabled] or [0]
    used = characters[: len(faces)]
    for place, character in enumerate(used):
        settings = scene.livelink.characters[character]
        frames = faces[face_for(settings, faces, {}, place)]
        played = None if options.no_expressions else played_on(scene, settings.name, capture.played)
        action, became = bake.bake_face(
            scene, frames, character, options.start, take.stem, played=played, **_options(scene, options)
        )
        first, last = (float(x) for x in action.frame_range)
        report.result(
            {
                "take": str(take), "blend": str(out), "action": action.name, "first": first, "last": last,
                "frames": len(frames), "faceless": became.faceless, "gaps": len(became.gaps),
                "keys": became.count.keys, "samples": became.count.samples, "error": became.count.error,
            },
            f"{out.name} has the action {action.name}: {became.sentence}.",
        )  # fmt: skip
    return len(used)


def _faces(take: Path, capture: Capture) -> dict[PerformerKey, list[Frame]]:
    """The frames of each face, as the take was trimmed."""
    faces, notes = capture.performers(), notes_of(take)
    if not notes.is_trimmed:
        return faces
    first = min(frame.arrival for frame in capture.frames)
    end = first + notes.end if notes.end else float("inf")
    return {key: cut(frames, first + notes.begin, end) for key, frames in faces.items()}


def _options(scene, options: argparse.Namespace) -> dict:
    """What the command line says; the file's own settings stand for the rest."""
    from ..scene.character.chain_settings import smoothing_of

    said: dict = {"error": options.key_error, "gap_policy": options.gaps, "place": options.into}
    chosen = {name: value for name, value in said.items() if value is not None}
    strength = 0.0 if options.no_smoothing else options.smoothing
    if strength != 1.0:
        file_s = smoothing_of(scene) if strength > 0 else {}
        chosen["smoothing"] = {
            name: Smoothing(one.min_cutoff / strength, one.beta / strength) for name, one in file_s.items()
        }
    return chosen
