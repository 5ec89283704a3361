# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-2.0-or-later
"""The camera process: `python -m livelink_blender.io.camera.worker`, ordered which file, and how fast.

It takes Blender's frames from a mapped file and sends them on at an even beat, the last one again while Blender is
busy. Commands come as further lines, and reports go back. It ends with its standard input, so it never outlives
Blender.
"""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path
from typing import Any

from ..processes.parent import GRACE, GRACE_WITH_FILE, Parent
from .beat import Beat
from .commands import Commands
from .mapped_frames import FrameReader, clock, remove_file
from .outputs import Outputs
from .pictures import ShownPictures

REPORT_EVERY = 1.0
SHORT_SWITCH = 0.001  # of the interpreter's lock: a thread that encodes must not hold up the beat


class CameraWorker:
    """The loop: wait for the beat, obey, take a picture, send it."""

    def __init__(self, frames: Path, fps: float, parent: Parent) -> None:
        reader = FrameReader(frames)
        size = (reader.width, reader.height)
        reader.close()
        self.shown, self.outputs = ShownPictures(*size, fps), Outputs(*size, fps)
        self.shown.source(frames)
        self.commands = Commands(self.shown, self.outputs)
        self.beat = Beat(fps, clock())
        self.parent = parent
        self.sent, self.latency = 0, 0.0
        self.news = threading.Event()
        self.news.set()  # the first report says that we are here

    def run(self) -> None:
        """Beat until told to end, or until whoever started us is gone."""
        while not (self.parent.ended.is_set() or self.commands.end_wanted):
            time.sleep(max(0.0, self.beat.due - clock()))
            self.one_beat()
        self.outputs.close()
        self.shown.close()
        if not self.commands.end_wanted:
            self.shown.away(None)  # which removes its still; Blender may have died: nobody else will
            remove_file(self.shown.path)

    def one_beat(self) -> None:
        """Send the picture that is due now."""
        now = clock()
        picture, fresh = self.shown.picture()
        self.outputs.send(picture)
        if fresh:
            self.latency += 0.1 * (clock() - picture.stamp.time - self.latency)
            self.beat.follow(now - self.shown.newest_time)
        self.sent += 1
        self._obey()
        self.beat.step(clock())

    def _obey(self) -> None:
        for line in self.parent.lines():
            self.commands.obey(line)
            self.parent.grace = GRACE_WITH_FILE if self.commands.writes_video else GRACE
            self.news.set()
        if self.outputs.changed.is_set():
            self.outputs.changed.clear()
            self.news.set()

    def report(self) -> dict[str, Any]:
        """How it goes, for the panel."""
        return {
            "sent": self.sent,
            "late": self.beat.missed,
            "dropped": self.shown.dropped,
            "repeated": self.shown.repeated,
            "latency_ms": round(self.latency * 1000, 1),
            "showing": self.shown.showing,
            "mirror": self.shown.mirror,
            "size": list(self.outputs.size),
            "outputs": self.outputs.report(),
            "trouble": self.commands.trouble,
        }


class Reporter:
    """Tells a report a second and when there is news, in a thread: a pipe that nobody reads must not stop the beat."""

    def __init__(self, worker: CameraWorker) -> None:
        self._worker = worker
        self._measured = {"fps": 0.0, "cpu_ms": 0.0}
        self._since = (clock(), time.process_time(), 0)
        threading.Thread(target=self._work, name="reports", daemon=True).start()

    def _work(self) -> None:
        while True:
            self._worker.news.wait(max(0.0, self._since[0] + REPORT_EVERY - clock()))
            self._worker.news.clear()
            self._measure()
            self._worker.parent.tell("report", of=self._worker.report() | self._measured)

    def _measure(self) -> None:
        now, spent, sent = clock(), time.process_time(), self._worker.sent
        before, spent_before, sent_before = self._since
        if now - before >= REPORT_EVERY:
            beats = sent - sent_before
            self._measured["fps"] = round(beats / (now - before), 2)
            self._measured["cpu_ms"] = round((spent - spent_before) / max(1, beats) * 1000, 2)
            self._since = (now, spent, sent)


def main() -> int:
    """Run until the end of standard input; the exit status."""
    parent = Parent()
    order = parent.order()
    sys.setswitchinterval(SHORT_SWITCH)
    worker = CameraWorker(Path(order["frames"]), float(order["fps"]), parent)
    Reporter(worker)
    worker.run()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
