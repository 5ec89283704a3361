# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the Python environments that dev.py runs in, on a machine that may have nothing but Python 3.11."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NEWEST = "5.0"
FOLDERS = {"5.0": ".venv", "4.5": ".venv-4.5"}
LIBRARIES = (
    "libgl1 libx11-6 libxi6 libxrender1 libxfixes3 libxext6 libxkbcommon0 libsm6 libice6 "
    "libegl1 libegl-mesa0 libgl1-mesa-dri libglx-mesa0"
).split()
"""What the bpy wheel links against, and software OpenGL to draw with."""


class SetupError(Exception):
    """One sentence that says what to type."""


def python(wheel: str = NEWEST, *, for_tests: bool = True) -> Path:
    """The interpreter of the environment that holds this Blender wheel; made now if it is not there yet.

    What only tests need comes with the first test: a newcomer's demo shall not wait for it."""
    if wheel not in FOLDERS:
        raise SetupError(f"There is no environment for Blender {wheel}: choose one of {', '.join(FOLDERS)}.")
    folder = ROOT / FOLDERS[wheel]
    interpreter = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    blender = f"blender-{wheel.replace('.', '-')}"
    base = _packages(blender)
    _once(folder / "ready", [*base, str(ROOT)], lambda: _make(folder, interpreter, wheel, base))
    if for_tests:
        # named together, so that no package is brought to a version that Blender's wheel can't do with
        wanted = _packages(blender, "test", "lint")
        _once(folder / "ready-tests", wanted, lambda: _install(interpreter, wanted))
    return interpreter


def _once(stamp: Path, wanted: list[str], make: Callable[[], None]) -> None:
    """Again when what is wanted changes, so that an old environment is brought up to date."""
    fingerprint = hashlib.sha256("\n".join(wanted).encode()).hexdigest()
    if not (stamp.exists() and stamp.read_text() == fingerprint):
        make()
        stamp.write_text(fingerprint)


def _make(folder: Path, interpreter: Path, wheel: str, packages: list[str]) -> None:
    print(f"Setting up {folder.name} (Blender {wheel}, about 1 GB, once) ...", flush=True)
    base = _python_311()
    _install_system_packages(base)
    if not interpreter.exists():
        _checked([base, "-m", "venv", str(folder)], "making the environment failed")
    _install(interpreter, packages)
    _checked([*_pip(interpreter), "--no-deps", "-e", str(ROOT)], "installing the console script failed")


def _install(interpreter: Path, packages: list[str]) -> None:
    _checked([*_pip(interpreter), *packages], "installing the packages failed; is the network there?")


def _pip(interpreter: Path) -> list[str]:
    return [str(interpreter), "-m", "pip", "install", "-q", "--disable-pip-version-check"]


def _python_311() -> str:
    """The wheels of Blender are for Python 3.11 alone."""
    if sys.version_info[:2] == (3, 11):
        return sys.executable
    found = shutil.which("python3.11")
    if not found:
        raise SetupError("Blender's wheels want Python 3.11: install it, then type `python3.11 dev.py ...`.")
    return found


def _install_system_packages(base: str) -> None:
    """On Debian and Ubuntu: the libraries, and the venv module that Debian leaves out of Python."""
    missing = _missing_packages(base)
    if not missing:
        return
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing]
    if os.geteuid() != 0:
        raise SetupError(f"Some system packages are missing: type `sudo {' '.join(command)}`.")
    quiet = {"env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, "stdout": subprocess.DEVNULL}
    _checked(["apt-get", "update", "-qq"], "apt-get update failed", **quiet)
    _checked(command, f"installing failed: type `{' '.join(command)}` and see why", **quiet)


def _missing_packages(base: str) -> list[str]:
    if not shutil.which("dpkg-query") or not shutil.which("apt-get"):
        return []
    shown = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n"], capture_output=True, text=True, check=False
    )
    installed = {line.split()[0] for line in shown.stdout.splitlines() if line.endswith(" installed")}
    missing = [name for name in LIBRARIES if name not in installed and f"{name}t64" not in installed]
    has_venv = subprocess.run([base, "-c", "import venv, ensurepip"], capture_output=True, check=False).returncode == 0
    return missing if has_venv else [*missing, "python3-venv"]


def _packages(*groups: str) -> list[str]:
    """Of these groups, and what the extension carries as wheels."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    carried = project["tool"]["livelink"]
    listed = [one for group in groups for one in project["dependency-groups"][group]]
    return [*listed, *carried["carried-wheels"], *carried["carried-pure"]]


def _checked(command: list[str], complaint: str, **options: object) -> None:
    if subprocess.run(command, check=False, **options).returncode != 0:
        raise SetupError(f"Face Live Link's set-up stopped: {complaint}.")
