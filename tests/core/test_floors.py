# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The floors and their rooms: who may import whom. Reads every file of the package without running it.

Imports inside functions count; those for type checking alone don't. That each module can be the first one imported is
tried in `tests/scene/test_each_module_alone.py`."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "livelink_blender"
BLENDER = {"bpy", "bmesh", "gpu", "gpu_extras", "bpy_extras", "blf", "aud", "addon_utils", "_bpy"}
OUTSIDE_OF_CORE = {
    "socket", "select", "selectors", "asyncio", "threading", "subprocess", "multiprocessing", "time", "datetime", "ssl",
}  # fmt: skip
FLOORS = {
    "core": {"core"},
    "io": {"core", "io"},
    "scene": {"core", "scene"},
    "ui": {"core", "scene", "ui"},
    "cli": {"core", "io", "scene", "cli"},
}
OTHERS = {
    "core": {"numpy", "mathutils"},
    "io": {"numpy"},
    "scene": {"numpy", "mathutils", *BLENDER},
    "ui": {"numpy", "mathutils", *BLENDER},
    "cli": {"numpy", *BLENDER},
}
JOINTS = {
    "scene/live/engine.py": "the running session joins ports and tapes to the scene",
    "scene/live/demo_phone.py": "of the session: a phone of ours that sends to it",
    "scene/sources/sources.py": "of the session: its further ports, asked phones and receivers",
    "scene/network/discovery.py": "of the session: programs that are found",
    "scene/network/phone_search.py": "of the session: phones that are found",
    "scene/remote/remote.py": "of the session: what is said to its phone",
    "scene/remote/fetch.py": "of the session: files that its phone brings",
    "scene/takes/record.py": "of the session: the tape of a take",
    "scene/camera/stream.py": "of the session: the camera process that it feeds",
    "scene/takes/bake.py": "reads a take from the disk",
    "scene/takes/playback.py": "reads a take from the disk",
    "scene/takes/mixes.py": "reads takes from the disk, writes one",
    "scene/takes/shelf.py": "the folder with the takes",
    "scene/remote/phone_take.py": "reads the phone's own recording from the disk",
    "scene/sources/properties.py": "suggests the phones that are remembered",
    "scene/poser/expression_shelf.py": "the folder with the expressions",
    "scene/character/map_files.py": "the folder with the maps",
    "scene/network/checks.py": "asks the system for addresses and firewall",
    "scene/network/qr_page.py": "a process that serves a page",
    "scene/camera/choice.py": "asks the system for cameras; what is remembered of the choice",
    "scene/camera/take_clip.py": "writes a video",
    "scene/camera/clip_work.py": "a process that draws",
    "scene/shapes/work.py": "a process that makes shapes",
}
"""Scene reaches io here alone, and why. All others get what they need handed to them."""
Edge = tuple[str, str]


def modules() -> dict[str, Path]:
    """Every module of the package by its dotted name below the package."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def statements(tree: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    """All imports but those for type checking."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and getattr(node.test, "id", getattr(node.test, "attr", "")) == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        else:
            yield from statements(node)


def imports(where: PurePosixPath, source: str) -> Iterator[tuple[str, str]]:
    """("ours", dotted name) of imports from the package itself, ("package", name) of others."""
    inside = where.parts[:-1]
    for node in statements(ast.parse(source, str(where))):
        if isinstance(node, ast.Import):
            yield from (("package", alias.name.partition(".")[0]) for alias in node.names)
        elif not node.level:
            yield "package", node.module.partition(".")[0]
        else:
            base = [*inside[: len(inside) - node.level + 1], *(node.module.split(".") if node.module else [])]
            yield from (("ours", ".".join([*base, alias.name])) for alias in node.names)


def fault(where: PurePosixPath, source: str) -> str:
    """One sentence for each floor that is broken; "" for a file that keeps to its own."""
    floor = where.parts[0]
    floors = FLOORS[floor] | ({"io"} if str(where) in JOINTS else set())
    found = []
    for kind, name in imports(where, source):
        other = name.partition(".")[0]
        if kind == "ours" and other in FLOORS and other not in floors:
            found.append(f"{where} is on the floor {floor} and must not import from {other}.")
        elif kind == "package" and name not in sys.stdlib_module_names and name not in OTHERS[floor]:
            found.append(f"{where} is on the floor {floor} and must not import {name}.")
        elif kind == "package" and floor == "core" and name in OUTSIDE_OF_CORE:
            found.append(f"{where} is in core, without clock, sockets and processes, and must not import {name}.")
    return " ".join(dict.fromkeys(found))


def edges() -> list[Edge]:
    """Who imports whom, module by module; a package that is imported from counts by its own __init__."""
    known, found = modules(), []
    for name, path in known.items():
        for kind, wanted in imports(PurePosixPath(path.relative_to(PACKAGE)), path.read_text(encoding="utf-8")):
            if kind == "ours":
                found.append((name, wanted if wanted in known else wanted.rpartition(".")[0]))
    return [(one, other) for one, other in found if one != other]


def circles(arrows: set[Edge]) -> list[list[str]]:
    """What can be reached from itself, once for each circle: found by taking away what has no arrow in or out."""
    left = set(arrows)
    while True:
        begins, ends = {a for a, _ in left}, {b for _, b in left}
        inside = {(a, b) for a, b in left if a in ends and b in begins}
        if inside == left:
            break
        left = inside
    return [sorted({name for edge in left for name in edge})] if left else []


def room(module: str) -> str:
    """The subject folder of a module; what lies on the floor itself is a room of its own."""
    parts = module.split(".")
    return ".".join(parts[:2])


@pytest.mark.parametrize("name", [name for name, path in modules().items() if path.parent != PACKAGE])
def test_a_file_imports_only_from_floors_below(name):
    path = modules()[name]
    broken = fault(PurePosixPath(path.relative_to(PACKAGE)), path.read_text(encoding="utf-8"))
    if broken:
        pytest.fail(broken, pytrace=False)


def test_every_joint_is_one():
    """The list shrinks with the code."""
    for where in JOINTS:
        path = PACKAGE / where
        assert path.exists(), where
        names = [name for kind, name in imports(PurePosixPath(where), path.read_text("utf-8")) if kind == "ours"]
        assert any(name.startswith("io.") for name in names), f"{where} does not reach io any more: strike it out"


def test_no_module_imports_itself_by_way_of_others():
    assert circles(set(edges())) == []


def told_order(floor: str) -> dict[str, int]:
    """Each subject of a floor and how high it lies, as CONTRIBUTING.md has it."""
    page = (PACKAGE.parent / "CONTRIBUTING.md").read_text("utf-8")
    (line,) = re.findall(rf"^    {floor}:(.*)$", page, re.MULTILINE)
    return {subject: height for height, group in enumerate(line.split("<")) for subject in group.strip().split(", ")}


@pytest.mark.parametrize("floor", ["core", "io", "scene", "ui"])
def test_subjects_of_a_floor_import_each_other_in_the_told_order_only(floor):
    order = told_order(floor)
    inside = {room(name).removeprefix(f"{floor}.") for name in modules() if name.startswith(f"{floor}.")}
    assert inside - {floor} == order.keys()
    arrows = {(room(a), room(b)) for a, b in edges() if a.startswith(f"{floor}.") and b.startswith(f"{floor}.")}
    upward = [
        f"{a} imports {b}" for a, b in arrows if a != b and order[a.split(".")[1]] <= order[b.split(".")[1]]
    ]  # fmt: skip
    assert upward == []


@pytest.mark.parametrize("subject", ["core.shapes", "core.wire"])
def test_the_folders_within_a_subject_import_each_other_one_way_only(subject):
    inside = [(a, b) for a, b in edges() if a.startswith(f"{subject}.") and b.startswith(f"{subject}.")]
    folders = {tuple(".".join(name.split(".")[:3]) for name in edge) for edge in inside}
    assert circles({(a, b) for a, b in folders if a != b}) == []


@pytest.mark.parametrize(
    ("where", "source", "named"),
    [
        ("core/x.py", "import bpy", "bpy"),
        ("core/x.py", "import time", "time"),
        ("core/x.py", "import scipy.linalg", "scipy"),
        ("core/wire/x.py", "from ...io import udp", "io"),
        ("core/wire/x.py", "from ... import scene", "scene"),
        ("io/x.py", "def f():\n    import bpy", "bpy"),
        ("io/x.py", "from ..scene.live.session import start", "scene"),
        ("scene/x.py", "from ..io.sources.udp import UdpDoor", "io"),
        ("ui/x.py", "from ..io import folders", "io"),
        ("cli/x.py", "from ..ui import panel", "ui"),
        ("core/x.py", "from livelink_blender.core.face import channels", "livelink_blender"),
    ],
)
def test_a_broken_floor_is_found_and_named(where, source, named):
    broken = fault(PurePosixPath(where), source)
    assert broken.startswith(where)
    assert broken.endswith(f"import {named}.") or broken.endswith(f"from {named}.")


def test_imports_within_the_rules_are_let_through():
    source = "import json\nimport numpy as np\nfrom .frame import Frame\nfrom ..channels import INDEX\n"
    assert fault(PurePosixPath("core/wire/x.py"), source) == ""
    joint = "import bpy\nfrom ...io.sources.udp import UdpDoor\nif TYPE_CHECKING:\n    from ...ui import x\n"
    assert fault(PurePosixPath("scene/live/engine.py"), joint) == ""


def test_a_circle_is_found_also_a_long_one():
    assert circles({("a", "b"), ("b", "c"), ("c", "a"), ("x", "a"), ("c", "y")}) == [["a", "b", "c"]]
    assert circles({("a", "b"), ("b", "c"), ("a", "c")}) == []
