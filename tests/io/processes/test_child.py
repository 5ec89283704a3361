# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all processes of ours have from `ChildProcess` and `Parent`: order, news, last words, packages, the end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import tomllib
from time import monotonic
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from livelink_blender.io.errors import DoorError
from livelink_blender.io.network.discovery import Discovery
from livelink_blender.io.network.qr_page import NetworkPage
from livelink_blender.io.processes.child import (
    LARGEST_LINE,
    LONGEST_WORDS,
    MOST_KINDS,
    MOST_LINES,
    MOST_WORDS,
    ChildProcess,
)
from livelink_blender.io.processes.launch import PACKAGE, PIECE
from livelink_blender.io.shapes.process import ShapeProcess

from .started import wait_for

PARENT = "from livelink_blender.io.processes.parent import Parent\nparent = Parent()\norder = parent.order()\n"
ECHO = f"""{PARENT}
parent.tell("order", of=order)
while not parent.ended.wait(0.01):
    for line in parent.lines():
        parent.tell("heard", of=line)
"""


def begin(program: str, order: dict | None = None, **more) -> ChildProcess:
    return ChildProcess("The thing", [sys.executable, "-c", program], order or {"x": 1}, **more)


@pytest.fixture
def echo():
    child = begin(ECHO, {"word": "é", "number": 1.5}, grace=2.0)
    yield child
    child.close()


def test_order_news_and_further_lines(echo):
    assert wait_for(lambda: echo.told("order", "of")) == [{"word": "é", "number": 1.5}]
    assert [one.name for one in threading.enumerate() if "thing" in one.name] == []
    for number in range(100):
        echo.tell(number=number, long="x" * 2000)
    assert wait_for(lambda: echo.told("heard", "of") and echo.told("heard", "of")[-1]["number"] == 99)
    assert len(echo.told("heard", "of")) == MOST_LINES
    assert echo.told("heard", "no such key") == echo.told("nothing", "of") == []
    assert echo.is_running and echo.trouble == "" and not echo.has_ended_well
    echo.close(wait=2.0)
    echo.close()
    assert not echo.is_running and echo.has_ended_well and echo.trouble == "" and echo.told("order", "of") == []


def test_its_last_words_are_shown():
    child = begin("import sys; print('first', file=sys.stderr); raise RuntimeError('the lens is ' + 'dirty ' * 99)")
    assert wait_for(lambda: not child.is_running)
    assert child.trouble.startswith("The thing has ended unexpectedly (RuntimeError: the lens is dirty dirty")
    assert len(child.last_words) == LONGEST_WORDS and not child.has_ended_well
    child.close()


@pytest.mark.parametrize(("code", "sentence"), [(0, ""), (3, "The thing has ended unexpectedly (exit status 3).")])
def test_without_last_words_it_is_the_exit_status(code, sentence):
    child = begin(f"raise SystemExit({code})")
    assert wait_for(lambda: not child.is_running)
    assert child.trouble == sentence
    child.close()


def test_what_it_says_of_its_trouble_is_the_trouble():
    child = begin(f"{PARENT}parent.tell('trouble', says='It rains.')\nraise SystemExit(1)")
    assert wait_for(lambda: child.trouble == "It rains.")
    child.close()


def test_what_can_not_be_started_is_a_sentence_and_leaves_no_folder(tmp_path):
    folder = tmp_path / "handed over"
    folder.mkdir()
    with pytest.raises(DoorError, match=r"^The thing could not be started: .*\.$"):
        ChildProcess("The thing", ["/no/python/here"], {}, folder=folder)
    assert not folder.exists()


def test_a_large_order_takes_no_time_either():
    began = monotonic()
    program = f"import time; time.sleep(0.3)\n{PARENT}parent.tell('length', of=len(order['word']))"
    child = begin(program, {"word": "x" * 10**6})
    assert monotonic() - began < 0.3
    assert wait_for(lambda: child.told("length", "of")) == [10**6]
    child.close()


def test_numpy_is_blenders_own_and_never_a_carried_one_and_other_wheels_are_found(tmp_path, monkeypatch):
    wheels = tmp_path / "extensions/.local/lib/python3.11/site-packages"
    (wheels / "numpy").mkdir(parents=True)
    (wheels / "numpy/__init__.py").write_text("raise ImportError('the carried one')")
    (wheels / "carried_by_the_zip.py").write_text("")
    monkeypatch.syspath_prepend(str(wheels))
    monkeypatch.setenv("PYTHONPATH", str(wheels))  # not even so
    child = begin(f"{PARENT}import carried_by_the_zip, numpy\nparent.tell('from', numpy=numpy.__file__)")
    assert wait_for(lambda: child.told("from", "numpy")) == [np.__file__], child.trouble
    child.close()


def test_the_zip_carries_no_numpy():
    """What the project says that it carries; `dev_tools/build.py` packs nothing else."""
    carried = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text())["tool"]["livelink"]
    assert not any(name.startswith("numpy") for names in carried.values() for name in names)


def test_one_that_hears_nothing_is_killed_without_a_wait_of_ours():
    child = begin("import time; time.sleep(60)", grace=0.3)
    began = monotonic()
    child.close()
    assert monotonic() - began < 0.1
    assert wait_for(lambda: child._process.poll() == -signal.SIGKILL, 2.0) and monotonic() - began > 0.25


def test_one_that_is_stuck_in_its_work_ends_itself_within_a_second():
    child = begin(f"{PARENT}parent.tell('here', at=1)\nimport time; time.sleep(60)", grace=60.0)
    assert wait_for(lambda: child.told("here", "at"))
    began = monotonic()
    child.close()
    assert wait_for(lambda: child._process.poll() == 1, 5.0) and monotonic() - began < 1.5
    assert wait_for(lambda: not any("thing" in one.name for one in threading.enumerate()), 1.0)


def test_what_was_handed_over_goes_with_the_parent_of_both_sides(tmp_path):
    folder, part = tmp_path / "handed over", tmp_path / "film.part.mp4"
    folder.mkdir()
    part.write_text("half")
    child = begin(f"{PARENT}parent.tell('here', at=1)\nparent.ended.wait()", {"throw_away": [str(part)]}, folder=folder)
    assert wait_for(lambda: child.told("here", "at"))
    child._process.stdin.close()  # as where the parent is killed
    assert wait_for(lambda: not child.is_running) and not folder.exists() and not part.exists()
    child.close()


SIGNALLED = """
import signal, sys, time
signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # as in a program that only embeds Python
from livelink_blender.io.processes import child
write = child.launch
def late(*all):
    process = write(*all)
    process.wait()  # it is gone before it gets its order
    return process
child.launch = late
one = child.ChildProcess("The thing", [sys.executable, "-c", "raise SystemExit(3)"], {})
for _ in range(50):
    one.tell(more="of it")
    time.sleep(0.01)
print(one.trouble)
one.close()
"""


def test_a_child_that_is_gone_before_its_order_does_not_take_blender_with_it():
    done = subprocess.run(
        [sys.executable, "-c", SIGNALLED], cwd=PACKAGE.parent, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "The thing has ended unexpectedly (exit status 3).\n"


FLOOD = "import os\nwhile True: os.write({where}, b'{piece}' * 4096)"


@pytest.mark.parametrize("where", [1, 2])
@pytest.mark.parametrize("piece", ["x", "[{", '{"kind": "a"}\\n', '{"kind": "%d"}\\n'])
def test_a_flood_takes_neither_time_nor_memory(where, piece):
    child = begin(FLOOD.format(where=where, piece=piece))
    worst, until = 0.0, monotonic() + 0.5
    while monotonic() < until:
        began = monotonic()
        assert child.is_running
        worst = max(worst, monotonic() - began)
    assert worst < 0.5
    assert is_bounded(child)
    child.close()


def is_bounded(child: ChildProcess) -> bool:
    few = len(child._told) <= MOST_KINDS and all(len(lines) <= MOST_LINES for lines in child._told.values())
    return few and len(child._unended) <= LARGEST_LINE and len(child._words) <= MOST_WORDS


def heard(kind: type[ChildProcess], said: bytes) -> ChildProcess:
    """A child of this kind that has said so, without a process."""
    child = kind.__new__(kind)
    ends = os.pipe()
    os.set_blocking(ends[0], False)
    nothing = open(os.devnull, "rb")
    process = SimpleNamespace(stdout=os.fdopen(ends[0], "rb", 0), stderr=nothing, poll=lambda: None)
    child._process, child._told, child._unended, child._words = process, {}, b"", b""
    child._is_closed, child.host, child._token = False, "127.0.0.1", "token"
    for at in range(0, len(said) + 1, PIECE // 2):
        os.write(ends[1], said[at : at + PIECE // 2])
        child._hear()
    os.close(ends[1])
    return child


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
KINDS = st.sampled_from(["port", "loaded", "found", "progress", "trouble", "report", "error", ""])
KEYS = st.sampled_from(["kind", "port", "by", "programs", "share", "says", "of"])
LINES = (
    st.builds(lambda kind, more: json.dumps({**more, "kind": kind}).encode(), KINDS, st.dictionaries(KEYS, ANYTHING))
    | ANYTHING.map(lambda any_of_all: json.dumps(any_of_all).encode())
    | st.binary(max_size=60)
    | st.sampled_from([b"[" * 100_000, b'{"kind":' * 30_000, b"9" * 10_000, b"x" * (LARGEST_LINE * 3), b'{"kind": []}'])
)


@pytest.mark.parametrize("kind", [NetworkPage, Discovery, ShapeProcess])
@given(said=st.lists(LINES, max_size=12))
def test_damaged_lines_never_raise_and_the_next_whole_one_is_heard(kind, said):
    child = heard(kind, b"\n".join([*said, b'{"kind": "trouble", "says": "It rains."}', b""]))
    try:
        assert child.trouble == "It rains." or len(child._told) == MOST_KINDS
        for name in ("url", "loaded_by", "progress"):
            getattr(child, name, None)
        if isinstance(child, Discovery):
            child.found()
        assert is_bounded(child)
    finally:
        child._process.stdout.close()
        child._process.stderr.close()


def test_nothing_but_standard_input_and_output_is_needed_of_a_program():
    """A new process: its own program and its order. The example of CONTRIBUTING.md."""
    child = begin(f"{PARENT}parent.tell('sum', of=order['a'] + order['b'])", {"a": 1, "b": 2})
    assert wait_for(lambda: child.told("sum", "of")) == [3]
    child.close()
