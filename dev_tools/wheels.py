# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fetches and builds the wheels that the extension carries: for all of Blender's Pythons and platforms."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "build" / "wheels"
PYTHONS = ("311", "313", "314")  # Blender 4.5 and 5.0; 5.1 and later; Debian's 5.2
PLATFORMS = ("win_amd64", "macosx_11_0_arm64", "macosx_13_0_x86_64", "manylinux_2_17_x86_64")


class NoWheels(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """They could not be fetched."""


def carried_packages() -> tuple[list[str], list[str]]:
    """Names and versions from pyproject.toml: those with a wheel for each platform, and those of Python alone."""
    known = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["livelink"]
    return known["carried-wheels"], known["carried-pure"]


def fetch_wheels() -> list[Path]:
    """All wheels, made once and kept; NoWheels where that is impossible."""
    binary, pure = carried_packages()
    stamp, wanted = KEPT / "fetched", "\n".join([*binary, *pure])
    if not (stamp.exists() and stamp.read_text() == wanted):
        _fetch(binary, pure)
        stamp.write_text(wanted)
    return sorted(KEPT.glob("*.whl"))


def _fetch(binary: list[str], pure: list[str]) -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    for old in KEPT.glob("*.whl"):
        old.unlink()
    for package in pure:
        _build_pure(package)
    for python in PYTHONS:
        for platform in PLATFORMS:
            _download(binary, python, platform)


def _build_pure(package: str) -> None:
    """From its source, without the compiled parts that it can do without: one wheel for every Python and platform.

    A wheel for one Python would make Blender refuse the whole add-on on all others."""
    name = package.partition("==")[0]
    with tempfile.TemporaryDirectory() as folder:
        quietly = ["-q", "--disable-pip-version-check", "--no-deps", f"--no-binary={name}", "-w", folder]
        _run(["pip", "wheel", *quietly, package], f"The wheel of {name} could not be built.")
        made = next(Path(folder).glob("*.whl"))
        tags = ["--python-tag", "py3", "--abi-tag", "none", "--platform-tag", "any", "--remove"]
        _run(["wheel", "tags", *tags, str(made)], f"The wheel of {name} could not be renamed.")
        made = next(Path(folder).glob("*-py3-none-any.whl"))
        (KEPT / made.name).write_bytes(made.read_bytes())


def _download(wanted: list[str], python: str, platform: str) -> None:
    target = ["--implementation", "cp", "--python-version", python, "--platform", platform]
    quietly = ["-q", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:", "-d", str(KEPT)]
    complaint = f"The wheels for Python {python} on {platform} could not be fetched."
    _run(["pip", "download", *quietly, *target, *wanted], complaint)


def _run(module: list[str], complaint: str) -> None:
    plain = {**os.environ, "SKIP_CYTHON": "1"}  # zeroconf's own word for: Python alone
    done = subprocess.run([sys.executable, "-m", *module], env=plain, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NoWheels(complaint)
