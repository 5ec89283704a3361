# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The floors: who may import whom. Reads every file of the package without running it."""

from __future__ import annotations

import ast
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
    "scene/camera/choice.py",
    "scene/camera/clip_work.py",
    "scene/camera/stream.py",
    "scene/camera/take_clip.py",
    "scene/character/map_files.py",
    "scene/live/demo_phone.py",
    "scene/live/session.py",
    "scene/network/checks.py",
    "scene/network/discovery.py",
    "scene/network/phone_search.py",
    "scene/network/qr_test.py",
    "scene/poser/expression_shelf.py",
    "scene/remote/fetch.py",
    "scene/remote/phone_take.py",
    "scene/remote/properties.py",
    "scene/remote/remote.py",
    "scene/shapes/work.py",
    "scene/sources/properties.py",
    "scene/sources/sources.py",
    "scene/takes/bake.py",
    "scene/takes/mixes.py",
    "scene/takes/playback.py",
    "scene/takes/record.py",
    "scene/takes/shelf.py",
}
"""Scene reaches io here alone: these join packets, takes, maps, expressions and addresses to it."""


def files() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE)


def imports(where: PurePosixPath, source: str) -> Iterator[tuple[str, str]]:
    """("floor", name) of imports from the package itself, ("package", name) of others."""
    inside = where.parts[:-1]
    for node in ast.walk(ast.parse(source, str(where))):
        if isinstance(node, ast.Import):
            yield from (("package", alias.name.partition(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield "package", node.module.partition(".")[0]
        elif isinstance(node, ast.ImportFrom):
            base = inside[: len(inside) - node.level + 1]
            target = [*base, *(node.module.split(".") if node.module else [])]
            yield from (("floor", target[0]),) if target else (("floor", alias.name) for alias in node.names)


def fault(where: PurePosixPath, source: str) -> str:
    """One sentence for each floor that is broken; "" for a file that keeps to its own."""
    floor = where.parts[0]
    floors = FLOORS[floor] | ({"io"} if str(where) in JOINTS else set())
    found = []
    for kind, name in imports(where, source):
        if kind == "floor" and name in FLOORS and name not in floors:
            found.append(f"{where} is on the floor {floor} and must not import from {name}.")
        elif kind == "package" and name not in sys.stdlib_module_names and name not in OTHERS[floor]:
            found.append(f"{where} is on the floor {floor} and must not import {name}.")
        elif kind == "package" and floor == "core" and name in OUTSIDE_OF_CORE:
            found.append(f"{where} is in core, without clock, sockets and processes, and must not import {name}.")
    return " ".join(dict.fromkeys(found))


@pytest.mark.parametrize("path", files(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_file_imports_only_from_floors_below(path):
    broken = fault(PurePosixPath(path.relative_to(PACKAGE)), path.read_text(encoding="utf-8"))
    if broken:
        pytest.fail(broken, pytrace=False)


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
        ("core/x.py", "from livelink_blender.core import shapes", "livelink_blender"),
    ],
)
def test_a_broken_floor_is_found_and_named(where, source, named):
    broken = fault(PurePosixPath(where), source)
    assert broken.startswith(where)
    assert broken.endswith(f"import {named}.") or broken.endswith(f"from {named}.")


def test_imports_within_the_rules_are_let_through():
    source = "import json\nimport numpy as np\nfrom .frame import Frame\nfrom ..shapes import INDEX\n"
    assert fault(PurePosixPath("core/wire/x.py"), source) == ""
    assert fault(PurePosixPath("scene/live/session.py"), "import bpy\nfrom ..io.sources.udp import UdpDoor") == ""
