# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ten thousand datagrams of rubbish a second on the one open port, beside a live phone at 60 a second."""

from __future__ import annotations

import random
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from livelink_blender.core.sources.performers import Roster
from livelink_blender.core.wire.table import WRITTEN
from livelink_blender.io.sources.intake import Intake
from livelink_blender.io.sources.udp import UdpDoor

from .fuzz import dialect_samples, mutated

A_SECOND = 10_000
TICK_S = 1 / 60
_DIFFERENT = 20_000
_FROM = "127.0.0.2"
_LIVE = "Live"


@dataclass
class Flood:
    """What became of the live face."""

    kept: int  # its frames
    lost: int
    packets_a_second: float
    slowest_tick_ms: float
    growth: float  # of memory, from the first quarter to the end

    @property
    def lost_share(self) -> float:
        return self.lost / max(self.kept + self.lost, 1)


def flood(seconds: float) -> Flood:
    """Tick as a session does, headless at 60 Hz."""
    root = Path(__file__).resolve().parents[1]
    with UdpDoor(0, "127.0.0.1") as door:
        to = f"127.0.0.1:{door.port}"
        rubbish = [sys.executable, "-m", "dev_tools.bench_flood", "--send", str(door.port), str(seconds + 2)]
        simulate = [sys.executable, "-m", "livelink_blender", "simulate", "--to", to, "--subject", _LIVE]
        with (
            subprocess.Popen(rubbish, cwd=root) as sender,
            subprocess.Popen([*simulate, "--seconds", str(seconds)], cwd=root, stdout=subprocess.DEVNULL) as phone,
        ):
            outcome = _hear_while(door, phone)
            sender.terminate()
    return outcome


class _Nobody:
    """Keeps nothing: what is measured is the live face."""

    def keep(self, arrival: float, sender: str, packet: bytes) -> None:
        pass

    def flush(self) -> None:
        pass


def _hear_while(door: UdpDoor, phone: subprocess.Popen) -> Flood:
    roster, memory, slowest = Roster(), [], 0.0
    intake = Intake(door, roster, _Nobody(), _Nobody(), "auto")
    began = due = time.monotonic()
    while phone.poll() is None:
        tick = time.perf_counter()
        intake.receive(time.time())
        intake.do_chores(time.time())
        slowest = max(slowest, time.perf_counter() - tick)
        memory.append(_resident())
        due = max(due + TICK_S, time.monotonic() - 1.0)
        time.sleep(max(0.0, due - time.monotonic()))
    live = next(one for key, one in roster.performers.items() if key[2] == _LIVE)
    early = memory[len(memory) // 4]
    growth = memory[-1] / early if early else 1.0
    total = roster.bad.total() + sum(one.received for one in roster.performers.values())
    return Flood(live.received, live.lost, total / (time.monotonic() - began), slowest * 1e3, growth)


def _resident() -> int:
    """Pages of memory in use; 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0


def lost_share() -> float:
    """Share of the live face's frames that were lost in a minute of it."""
    return flood(60.0).lost_share


def _send(port: int, seconds: float) -> None:
    """The sender of rubbish, in a process of its own."""
    samples = [packet for dialect in WRITTEN for packet in dialect_samples(dialect)]
    pool = [packet[:1400] for packet in mutated(samples, _DIFFERENT, seed=random.randrange(1000))]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
        out.bind((_FROM, 0))
        out.connect(("127.0.0.1", port))
        began, sent = time.monotonic(), 0
        while (spent := time.monotonic() - began) < seconds:
            while sent < spent * A_SECOND:
                sent += 1
                try:
                    out.send(pool[sent % _DIFFERENT])
                except OSError:
                    continue
            time.sleep(0.002)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--send"]:
        _send(int(sys.argv[2]), float(sys.argv[3]))
    else:
        print(flood(float(sys.argv[1]) if sys.argv[1:] else 60.0))
