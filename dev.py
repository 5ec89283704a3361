#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one command for those who make or try Face Live Link; it sets up all it needs, then runs.

python3 dev.py demo [--out DIR]      the whole way through on this machine, without a phone
python3 dev.py test [--wheel 4.5]    every test that runs without a window  [-- pytest arguments]
python3 dev.py window                the tests in a real Blender window, where one can be had
python3 dev.py bench [--long]        the figures, each a ratio measured in one run
python3 dev.py lint                  ruff
python3 dev.py build                 the extension's zip, validated, in build/
python3 dev.py pictures              the README's pictures, made from the current state
python3 dev.py livelink VERB ...     the console script, in the environment made here
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from dev_tools import environment

ROOT = Path(__file__).resolve().parent
SLOW = ("tests/core/head", "tests/core/shapes")
PARTS = (
    ["-n2", "tests/core", *(f"--ignore={folder}" for folder in SLOW)],
    ["tests/io", "tests/cli"],  # real time and real processes: one after the other
    ["-n2", *SLOW],  # whole heads
    ["tests/scene"],
)
"""What `test` runs, quickest first, each in a process of its own."""


def main(arguments: list[str]) -> int:
    """Run one command; its exit code is ours."""
    command, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if command not in COMMANDS:
        print(__doc__.strip())
        return 0 if command in ("-h", "--help") else 2
    try:
        return COMMANDS[command](rest)
    except environment.SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def demo(rest: list[str]) -> int:
    """Straight through, as a newcomer types it."""
    return livelink(["demo", *rest])


def livelink(rest: list[str]) -> int:
    """The console script."""
    return run(environment.python(for_tests=False), "-m", "livelink_blender", *rest)


def test(rest: list[str]) -> int:
    """Logic first, in processes that never see Blender; then scenes on the wheel."""
    wheel, rest = _take_option(rest, "--wheel", environment.NEWEST)
    extra = rest[1:] if rest[:1] == ["--"] else rest
    python = environment.python(wheel)
    failed = 0
    for part in PARTS:
        failed = run(python, "-m", "pytest", "-q", *part, *extra) or failed
    return failed


def window(rest: list[str]) -> int:
    """They skip with a reason where no real Blender is."""
    return run(environment.python(), "-m", "pytest", "-q", "--timeout=600", "tests/window", *rest)


def bench(rest: list[str]) -> int:
    """The figures."""
    return run(environment.python(), "-m", "dev_tools.bench", *rest)


def lint(rest: list[str]) -> int:
    """Faults, names, order of imports, length of lines."""
    return run(environment.python(), "-m", "ruff", "check", ".", *rest)


def build(rest: list[str]) -> int:
    """The zip."""
    return run(environment.python(), "-m", "dev_tools.build", *rest)


def pictures(rest: list[str]) -> int:
    """For the README."""
    return run(environment.python(), "-m", "dev_tools.pictures", *rest)


def run(*command: str | Path) -> int:
    """Run a command in the repository's root, showing what it prints."""
    return subprocess.run([str(part) for part in command], cwd=ROOT, check=False).returncode


def _take_option(rest: list[str], name: str, default: str) -> tuple[str, list[str]]:
    if name not in rest:
        return default, rest
    at = rest.index(name)
    return rest[at + 1], rest[:at] + rest[at + 2 :]


COMMANDS = {
    "demo": demo,
    "test": test,
    "window": window,
    "bench": bench,
    "lint": lint,
    "build": build,
    "pictures": pictures,
    "livelink": livelink,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
