# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Window tests drive a real Blender in a real window, as a person does; skipped where there is none."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = Path(__file__).parent / "scripts"
PICTURES = ROOT / "out" / "window"
RUNNER = ROOT.parent / "shared" / "tools" / "blender_gui"
POLL_S = 0.05


def why_not() -> str:
    """Why there can be no window here; empty where there can."""
    if not RUNNER.exists():
        return f"no real Blender: {RUNNER.name} is not here"
    folder = os.environ.get("BLENDER_SID") or Path.home() / ".cache" / "blender-sid"
    if not (Path(folder) / "usr" / "bin" / "blender").exists():
        return "no real Blender: run `blender_gui setup` first"
    missing = [tool for tool in ("xdotool", "import") if shutil.which(tool) is None]
    return f"missing: {', '.join(missing)}" if missing else ""


@pytest.fixture(scope="session")
def extension() -> Path:
    """The zip as a user gets it."""
    if why_not():
        pytest.skip(why_not())
    subprocess.run([sys.executable, "-m", "dev_tools.build"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return next((ROOT / "build").glob("livelink_blender-*.zip"))


@pytest.fixture(scope="session")
def start_file(extension: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with one selected head."""
    made = tmp_path_factory.mktemp("start") / "start.blend"
    command = ["blender", "-b", "--factory-startup", "--python", str(SCRIPTS / "make_start.py"), "--", str(made)]
    binds = ["--bind", str(ROOT), "--bind", str(made.parent)]
    subprocess.run([str(RUNNER), "exec", *binds, "--", *command], check=True, stdout=subprocess.DEVNULL, timeout=120)
    return made


def _free_port() -> int:
    """A port that nobody listens on now, so that tests can run beside each other."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


class Window:
    """One Blender with a home of its own, run by a script that asks us for clicks, keys and pictures."""

    def __init__(self, home: Path, extension: Path, start_file: Path) -> None:
        self.home = home
        self.start_file = Path(shutil.copy(start_file, home))
        self.extension = Path(shutil.copy(extension, home))
        self.mail = home / "mail"
        self.output = ""
        self._others: list[subprocess.Popen] = []  # programs beside Blender on its screen
        for folder in (self.mail, home / "resources", home / "livelink", home / "autosave", PICTURES):
            folder.mkdir(parents=True, exist_ok=True)

    def install(self) -> str:
        """Install the zip by Blender's own command."""
        words = ["blender", "--command", "extension", "install-file", "-r", "user_default", "-e"]
        return self.execute(*words, str(self.extension))

    def execute(self, *command: str) -> str:
        """Run a command beside that Blender, without a window; what it printed."""
        done = subprocess.run(
            [str(RUNNER), "exec", *self._places(), "--", *command],
            cwd=self.home, capture_output=True, text=True, timeout=120, check=False,
        )
        assert done.returncode == 0 and "ERROR" not in done.stdout, done.stdout + done.stderr
        return done.stdout

    def run(self, script: str, limit: float = 120.0, *, new_file: bool = False, switches: tuple[str, ...] = ()) -> dict:
        """Run a script to its end, on the file with one head or on Blender's own new file; what it found out."""
        answer = self.mail / "answer.json"
        for old in self.mail.iterdir():
            old.unlink()
        command = [
            str(RUNNER), "run", *self._places(Path(script).stem), "--timeout", str(int(limit)), "--",
            *switches, *([] if new_file else [str(self.start_file)]), "--python", str(SCRIPTS / script),
        ]
        with (self.home / "output.txt").open("w+") as output:
            blender = subprocess.Popen(command, cwd=self.home, stdout=output, stderr=subprocess.STDOUT)
            try:
                self._serve(blender)
            finally:
                self._end_others()
                blender.wait(limit + 30)
            output.seek(0)
            self.output = output.read()
        assert answer.exists(), f"{script} gave no answer:\n{self.output[-4000:]}"
        found = json.loads(answer.read_text())
        shutil.copy(answer, PICTURES / f"{Path(script).stem}.json")
        assert "error" not in found, found["error"] + "\n" + self.output[-2000:]
        assert "Traceback" not in self.output, self.output[-4000:]
        return found

    def _places(self, script: str = "") -> list[str]:
        """What is bound and set; each script has a user folder of its own."""
        environment = {
            "BLENDER_USER_RESOURCES": self.home / "resources",
            "LIVELINK_HOME": self.home / "livelink" / script,
            "ALSOFT_DRIVERS": "null",  # a sound card that plays to nowhere, in real time
            "LIVELINK_TEST_MAIL": self.mail,
            "LIVELINK_TEST_SCRIPTS": SCRIPTS,
            "LIVELINK_TEST_HOME": self.home,
            "LIVELINK_TEST_ROOT": ROOT,
            "LIVELINK_TEST_PORT": _free_port(),
            "LIVELINK_TEST_ZIP": self.extension,
        }
        binds = ["--bind", str(self.home), "--bind", str(ROOT)]
        return [*binds, *(part for name, value in environment.items() for part in ("--env", f"{name}={value}"))]

    def _serve(self, blender: subprocess.Popen) -> None:
        """Do what the script asks for, until Blender has ended."""
        while blender.poll() is None:
            for request in sorted(self.mail.glob("*.request")):
                wish = json.loads(request.read_text())
                self._fulfil(wish)
                request.rename(request.with_suffix(".done"))
            time.sleep(POLL_S)

    def _fulfil(self, wish: dict) -> None:
        environment = {**os.environ, "DISPLAY": wish["display"]}
        match wish:
            case {"do": "picture", "name": name}:
                command = ["import", "-window", "root", str(PICTURES / name)]
            case {"do": "crop", "name": name, "area": (left, top, width, height)}:
                area = f"{width}x{height}+{left}+{top}"
                command = ["import", "-window", "root", "-crop", area, "+repage", str(PICTURES / name)]
            case {"do": "move", "at": (left, top)}:
                command = ["xdotool", "mousemove", str(left), str(top)]
            case {"do": "click", "at": (left, top)}:
                command = ["xdotool", "mousemove", str(left), str(top), "sleep", "0.15", "click", "1"]
            case {"do": "input", "arguments": arguments}:
                command = ["xdotool", *arguments]
            case {"do": "show", "arguments": arguments}:
                quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
                self._others.append(subprocess.Popen(arguments, env=environment, cwd=self.home, **quiet))
                return
            case {"do": "end"}:
                self._end_others()
                return
        subprocess.run(command, env=environment, check=True, timeout=20)


    def _end_others(self) -> None:
        while self._others:
            other = self._others.pop()
            other.terminate()
            other.wait(20)


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory, extension: Path, start_file: Path) -> Window:
    """A Blender that knows nothing of us, with our zip beside it."""
    unaware = Window(tmp_path_factory.mktemp("fresh"), extension, start_file)
    unaware.execute("blender", "-b", "--python", str(SCRIPTS / "set_preferences.py"))
    return unaware


@pytest.fixture(scope="session")
def window(tmp_path_factory: pytest.TempPathFactory, extension: Path, start_file: Path) -> Window:
    """A Blender in which our zip is installed and enabled; its autosave comes every minute."""
    installed = Window(tmp_path_factory.mktemp("installed"), extension, start_file)
    installed.install()
    installed.execute("blender", "-b", "--python", str(SCRIPTS / "set_preferences.py"))
    return installed
