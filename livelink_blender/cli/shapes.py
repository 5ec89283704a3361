# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`livelink shapes`: the 52 ARKit shape keys for a head that has none, with a report card."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from time import time

from ..io.files.whole_files import write_whole
from .blender import wake
from .report import Report, WorkFailed, WrongInput, existing_file, writable_target


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which head, where to, how."""
    parser.add_argument("file", help="the head: .blend, .glb, .gltf, .vrm, .obj or .fbx")
    parser.add_argument("--out", required=True, metavar="OUT.blend", help="the .blend that is written")
    parser.add_argument("--object", action="append", default=[], metavar="NAME", help="a mesh of the head; repeatable")
    parser.add_argument("--report", metavar="R.json", help="where the report card goes")
    parser.add_argument("--points", metavar="P.json", help="landmarks set by hand: {name: [x, y, z]} in world space")
    parser.add_argument("--template", metavar="T.blend", help="a head with shapes of its own, which are carried over")
    parser.add_argument("--existing", choices=["keep", "replace", "rename"], default="keep", help="keys already there")
    parser.add_argument(
        "--only", action="append", default=[], metavar="SHAPE", help="make this shape alone; repeatable"
    )


def run(options: argparse.Namespace, report: Report) -> int:
    """Find parts and points, generate, write the keys, save."""
    source, out = existing_file(options.file), writable_target(options.out, ".blend")
    points = _load_points(options.points)
    card = writable_target(options.report, ".json") if options.report else None
    template_file = existing_file(options.template) if options.template else None
    wake()
    import bpy

    from ..scene.files import blend_files, import_files
    from ..scene.shapes import head_reader, in_one_call

    try:
        template = _template(template_file) if template_file else None
        import_files.open_model(source.resolve())
        made = in_one_call.make_shapes(
            bpy.context.scene, _objects(options.object), points=points, names=options.only or None,
            existing=options.existing, progress=_progress(report), template=template,
        )
    except import_files.CannotOpen as error:
        raise WrongInput(str(error)) from error
    except head_reader.CannotShape as error:
        raise WorkFailed(str(error)) from error
    for finding in made.findings:
        report.note(finding)
    blend_files.save_blend(out.resolve())
    if card is not None:
        write_whole(card, json.dumps(made.card, indent=1))
    count = len({name for names in made.written.values() for name in names})
    report.result(
        {
            "blend": str(out), "shapes": count, "objects": made.written, "vrm_expressions": made.expressions,
            "card": made.card,
        },
        f"{count} shapes on {', '.join(made.written)}; saved as {out.name}. The report card is {made.card['grade']}."
        + (f" {made.expressions} are VRM expressions, too." if made.expressions else ""),
    )
    return 0


def _template(path: Path):
    """The head with shapes in that file."""
    from ..scene.files import import_files
    from ..scene.shapes import in_one_call

    import_files.open_model(path.resolve())
    return in_one_call.read_template(_objects([]))


def _objects(names: list[str]) -> list:
    """The named meshes, else every mesh of the scene that is shown."""
    import bpy

    shown = [thing for thing in bpy.context.scene.objects if thing.type == "MESH" and not thing.hide_viewport]
    missing = [name for name in names if name not in bpy.data.objects]
    if missing:
        known = ", ".join(thing.name for thing in shown)
        raise WrongInput(f"There is no object {missing[0]} in this file; its meshes are {known}.")
    return [bpy.data.objects[name] for name in names] if names else shown


def _load_points(path: str | None) -> dict | None:
    if path is None:
        return None
    try:
        loaded = json.loads(existing_file(path).read_text(encoding="utf-8"))
        return {str(name): [float(x) for x in place] for name, place in loaded.items() if len(place) == 3}
    except (ValueError, TypeError, AttributeError) as error:
        raise WrongInput(f"{path} should hold landmarks as {{name: [x, y, z]}}.") from error


def _progress(report: Report):
    began = time()
    return lambda share: report.show_progress("Shapes", began, share)
