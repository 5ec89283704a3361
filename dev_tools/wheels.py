# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fetches the wheels that the extension carries: for all of Blender's Pythons and platforms."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "build" / "wheels"
PYTHONS = ("311", "313", "314")  # Blender 4.5 and 5.0; 5.1 and later; Debian's 5.2
PLATFORMS = ("win_amd64", "macosx_11_0_arm64", "macosx_13_0_x86_64", "manylinux_2_17_x86_64")


class NoWheels(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """They could not be fetched."""


def carried_packages() -> list[str]:
    """Names and versions, from pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["livelink"]["carried-wheels"]


def fetch_wheels() -> list[Path]:
    """All wheels, downloaded once and kept; NoWheels where that is impossible."""
    wanted = carried_packages()
    stamp = KEPT / "fetched"
    if not (stamp.exists() and stamp.read_text() == "\n".join(wanted)):
        _fetch(wanted)
        stamp.write_text("\n".join(wanted))
    return sorted(KEPT.glob("*.whl"))


def _fetch(wanted: list[str]) -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    for old in KEPT.glob("*.whl"):
        old.unlink()
    for python in PYTHONS:
        for platform in PLATFORMS:
            _download(wanted, python, platform)


def _download(wanted: list[str], python: str, platform: str) -> None:
    target = ["--implementation", "cp", "--python-version", python, "--platform", platform]
    quietly = ["-q", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:", "-d", str(KEPT)]
    command = [sys.executable, "-m", "pip", "download", *quietly, *target, *wanted]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NoWheels(f"The wheels for Python {python} on {platform} could not be fetched.")
