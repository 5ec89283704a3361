# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes docs/notebook.jpg: the notebook runs behind voila, and a Chromium without a window looks at it."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
VOILA = ROOT / "build" / "voila"
SIZE = (960, 480)
PATIENCE_S = 300.0
POSE = """
together.value = False
section.value = "brows"
scene.eevee.taa_samples = 16
for name, value in {"browOuterUpRight": 0.7, "browInnerUp": 0.25, "mouthSmileRight": 0.35, "jawOpen": 0.2}.items():
    sliders[INDEX[name]] = value
open_section()
chosen.value = "Wink"
"""
IS_DRAWN = """
(() => { const picture = document.querySelector("img");
  return !!picture && picture.naturalWidth > 0 && document.querySelectorAll(".widget-slider").length > 4
    && document.body.innerText.includes("Wink") && !document.body.innerText.includes("Loading"); })()
"""


def make(target: Path) -> str:
    """The picture as a PNG; why there is none, in a sentence, else nothing."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        return "The notebook's picture needs Chromium."
    if not (VOILA / "voila").is_dir():
        install = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--target", str(VOILA)]
        if subprocess.run([*install, "voila"], check=False).returncode:
            return "The notebook's picture needs voila, which could not be installed."
    with tempfile.TemporaryDirectory() as folder, _notebook_served(Path(folder)) as url:
        with _browser(chromium, Path(folder), url) as page:
            target.write_bytes(asyncio.run(_looked_at(page)))
    return ""


@contextmanager
def _notebook_served(folder: Path) -> Iterator[str]:
    """The cells alone, in a pose that shows something."""
    book = json.loads((ROOT / "notebooks" / "poser.ipynb").read_text())
    pose = {"cell_type": "code", "source": POSE, "metadata": {}, "outputs": [], "execution_count": None}
    book["cells"] = [*(cell for cell in book["cells"] if cell["cell_type"] == "code"), pose | {"id": "pose"}]
    (folder / "shown.ipynb").write_text(json.dumps(book))
    port, share = _free_port(), VOILA / "share" / "jupyter"
    environment = {**os.environ, "PYTHONPATH": f"{VOILA}{os.pathsep}{ROOT}", "JUPYTER_PATH": str(share)}
    command = [sys.executable, "-m", "voila", "--no-browser", f"--port={port}", "--Voila.ip=127.0.0.1", "shown.ipynb"]
    with _process(command, folder, environment | {"LIVELINK_HOME": str(folder)}):
        yield f"http://127.0.0.1:{port}/"


@contextmanager
def _browser(chromium: str, folder: Path, url: str) -> Iterator[str]:
    """The address by which the page in it is asked."""
    profile = folder / "profile"
    quiet = ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"]
    places = [f"--user-data-dir={profile}", "--remote-debugging-port=0"]
    with _process([chromium, *quiet, *places, "about:blank"], folder, dict(os.environ)):
        told = profile / "DevToolsActivePort"
        _wait(lambda: told.exists() and told.read_text().count("\n") > 0)
        port = told.read_text().split()[0]
        _wait(lambda: _answers(url))
        with urlopen(f"http://127.0.0.1:{port}/json/list", timeout=20) as listed:
            page = next(one for one in json.load(listed) if one["type"] == "page")
        yield f"{page['webSocketDebuggerUrl']} {url}"


@contextmanager
def _process(command: list[str], folder: Path, environment: dict[str, str]) -> Iterator[None]:
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield
        finally:
            process.terminate()


async def _looked_at(page: str) -> bytes:
    """Wait until the head is drawn beside its sliders, then take the picture."""
    from tornado.websocket import websocket_connect

    address, url = page.split()
    line = await websocket_connect(address, max_message_size=64 << 20)

    async def ask(number: int, method: str, **parameters: object) -> dict:
        await line.write_message(json.dumps({"id": number, "method": method, "params": parameters}))
        while (told := json.loads(await line.read_message())).get("id") != number:
            continue
        return told["result"]

    width, height = SIZE
    await ask(1, "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
    await ask(2, "Page.navigate", url=url)
    end, number = time.monotonic() + PATIENCE_S, 3
    while not (await ask(number, "Runtime.evaluate", expression=IS_DRAWN))["result"].get("value"):
        if time.monotonic() > end:
            raise TimeoutError("the notebook was not drawn in time")
        await asyncio.sleep(1.0)
        number += 1
    await asyncio.sleep(3.0)
    shot = await ask(number + 1, "Page.captureScreenshot", format="png")
    return base64.b64decode(shot["data"])


def _wait(is_there) -> None:
    end = time.monotonic() + 60.0
    while not is_there() and time.monotonic() < end:
        time.sleep(0.2)


def _answers(url: str) -> bool:
    host, port = url.split("/")[2].split(":")
    with socket.socket() as line:
        return line.connect_ex((host, int(port))) == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    print(make(Path(sys.argv[1])) or "made")
