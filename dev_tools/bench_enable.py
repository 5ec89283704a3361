# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What enabling the add-on costs beside Blender's own start, and what the first clicks wait for.

Each figure is of fresh processes: `python -m dev_tools.bench_enable CLICK` is one of them, and prints what it found."""

from __future__ import annotations

import builtins
import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter
from types import SimpleNamespace

ROUNDS = 5
HEAVY = ("http.server", "ssl", "concurrent.futures")
"""Modules of Python that enabling brings in no more."""
FACES = ("jawOpen", "mouthSmileLeft", "mouthSmileRight", "eyeBlinkLeft")


def share_of_import() -> float:
    """Importing and registering the add-on over `import bpy`, in one process; the goal is at most .25."""
    return min(run("")["share"] for _ in range(ROUNDS))


def modules_of_ours() -> float:
    """How many modules of ours are there then; the goal is at most 150. Endless where Python's heavy ones came too."""
    found = run("")
    return float("inf") if found["heavy"] else found["ours"]


def slowest_first_click() -> float:
    """Seconds that the slowest of the first clicks waits for imports; the goal is at most .3."""
    return max(first_clicks().values())


def first_clicks() -> dict[str, float]:
    """Seconds of imports by click; the shorter of two runs, for the disk may have to be read first."""
    return {click: min(run(click)["imports"] for _ in range(2)) for click in CLICKS}


def run(click: str) -> dict:
    """Enable in a fresh process and click there; what it found."""
    with tempfile.TemporaryDirectory() as home:
        make_take(Path(home))
        command = [sys.executable, "-m", "dev_tools.bench_enable", click]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=at_home(home))
    return json.loads(done.stdout.splitlines()[-1])


def at_home(home: str | Path) -> dict[str, str]:
    """The environment of a process whose user folder is this one."""
    return {**os.environ, "LIVELINK_HOME": str(home)}


def make_take(home: Path) -> None:
    """A short take, written by this process so that the other one has imported nothing for it."""
    import numpy as np

    from livelink_blender.core.face.channels import CHANNEL_COUNT
    from livelink_blender.core.face.frame import Frame
    from livelink_blender.core.wire.dialects.livelink import encode
    from livelink_blender.io.takes.tape_file import TapeWriter

    (home / "takes").mkdir()
    with TapeWriter(home / "takes" / "short.facetape", {"began": 0.0}) as tape:
        for number in range(60):
            values = np.full(CHANNEL_COUNT, number / 60, np.float32)
            frame = Frame(
                values=values, time=number / 60, number=number, rate=60.0, arrival=number / 60, sender="1.2.3.4",
                subject="A", device="D",
            )  # fmt: skip
            tape.append(number / 60, "1.2.3.4", encode(frame))

def enable() -> dict:
    """In this process: import Blender, then ourselves; what that took and brought."""
    began = perf_counter()
    import bpy  # noqa: F401

    there = perf_counter()
    from livelink_blender import registration

    registration.register()
    enabled = perf_counter()
    return {
        "share": (enabled - there) / (there - began), "ours": len(ours()),
        "heavy": [name for name in HEAVY if name in sys.modules],
    }  # fmt: skip


def ours() -> list[str]:
    """Modules of ours that are there."""
    return sorted(name for name in sys.modules if name.partition(".")[0] == "livelink_blender")


@contextlib.contextmanager
def imports_timed() -> Iterator[list[float]]:
    """Seconds of each import that is done meanwhile, with all that it brings along."""
    plain, taken, depth = builtins.__import__, [], 0

    def timed(*wanted, **named):
        nonlocal depth
        depth, began = depth + 1, perf_counter()
        try:
            return plain(*wanted, **named)
        finally:
            depth -= 1
            if not depth:
                taken.append(perf_counter() - began)

    builtins.__import__ = timed
    try:
        yield taken
    finally:
        builtins.__import__ = plain


class AnyLayout:
    """Takes everything that a panel draws, with all that can be unfolded unfolded."""

    def __getattr__(self, _name: str):
        return lambda *_a, **_n: self

    def __setattr__(self, _name: str, _value: object) -> None:
        pass

    def panel(self, *_a, **_n) -> tuple[AnyLayout, AnyLayout]:
        return self, self

    def operator(self, *_a, **_n) -> SimpleNamespace:
        return SimpleNamespace()


def draw_panels() -> list[str]:
    """Each of our panels once, from top to bottom; the names of those that were drawn."""
    import bpy

    from livelink_blender import registration

    context = SimpleNamespace(**bpy.context.copy())
    context.region = SimpleNamespace(width=300, height=300)  # without a window there is none
    drawn = []
    for cls in registration.UI_CLASSES:
        if issubclass(cls, bpy.types.Panel):
            drawn.append(cls.__name__)
            for draw in ("draw_header", "draw_header_preset", "draw"):
                if draw in vars(cls):
                    getattr(cls, draw)(SimpleNamespace(layout=AnyLayout()), context)
    return drawn


def make_face():
    """A small mesh with a few of the face's keys, selected."""
    import bpy

    bpy.ops.mesh.primitive_cube_add()
    thing = bpy.context.object
    for name in ("Basis", *FACES):
        thing.shape_key_add(name=name, from_mix=False)
    return thing


def _start() -> None:
    import bpy

    bpy.context.scene.livelink.port = _free_port()
    bpy.ops.livelink.start_live()


def _free_port() -> int:
    import socket

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def _press(name: str) -> Callable[[], None]:
    def click() -> None:
        import bpy

        getattr(bpy.ops.livelink, name)()

    return click


def _join() -> None:
    with contextlib.suppress(RuntimeError):  # a computer that can't draw refuses, after the imports
        _press("join_meeting")()


def _record() -> None:
    import bpy

    bpy.context.scene.livelink.record.countdown = False
    bpy.ops.livelink.start_take("EXEC_DEFAULT")


def _head() -> None:
    import bpy

    bpy.ops.livelink.add_head()
    head = max((one for one in bpy.data.objects if one.type == "MESH"), key=lambda one: len(one.data.vertices))
    bpy.ops.object.select_all(action="DESELECT")
    head.select_set(True)
    bpy.context.view_layer.objects.active = head


def _known_head() -> None:
    import bpy

    _head()
    bpy.ops.livelink.find_parts()


def _generate() -> None:
    import bpy

    from livelink_blender.scene.shapes import work

    work.begin(bpy.context.scene, ["jawOpen"])
    work.end()


def _nothing() -> None:
    pass


def _face_and_start() -> None:
    make_face()
    _start()


def _used_face() -> None:
    import bpy

    make_face()
    bpy.ops.livelink.use_selected()


def _listed_takes() -> None:
    import bpy

    _used_face()
    bpy.ops.livelink.refresh_takes()


CLICKS: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
    "panels": (_used_face, draw_panels),
    "use_selected": (make_face, _press("use_selected")),
    "add_head": (_nothing, _press("add_head")),
    "start": (make_face, _start),
    "try_without_phone": (make_face, _press("try_without_phone")),
    "record": (_face_and_start, _record),
    "join": (make_face, _join),
    "find_parts": (_head, _press("find_parts")),
    "generate": (_known_head, _generate),
    "refresh_takes": (_used_face, _press("refresh_takes")),
    "play_take": (_listed_takes, _press("play_take")),
}
"""What was done before, and the click."""


def main(click: str) -> None:
    """Enable, click, say what that took."""
    found = enable()
    if click:
        before, act = CLICKS[click]
        before()
        was_there = set(ours())
        with imports_timed() as taken:
            act()
        found |= {"imports": sum(taken), "brought": len(set(ours()) - was_there)}
        from livelink_blender import registration

        registration.unregister()
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except BaseException:
        import traceback

        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)  # a bpy wheel may hang in its own exit
