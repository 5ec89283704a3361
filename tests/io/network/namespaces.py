# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Networks of a test's own, joined by a wire that leads nowhere else: what is sent there, nobody outside hears."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
_numbers = itertools.count()


class Namespace:
    """One network namespace with one address."""

    def __init__(self, name: str, address: str) -> None:
        self.name, self.address = name, address

    def start(self, *command: str, **options: object) -> subprocess.Popen:
        """A process that sees this network only."""
        inside = ["ip", "netns", "exec", self.name, *command]
        return subprocess.Popen(inside, cwd=ROOT, stdout=subprocess.PIPE, text=True, **options)

    def python(self, source: str, *arguments: str) -> subprocess.Popen:
        """The same for lines of Python, which may import ours."""
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
        return self.start(sys.executable, "-c", source, *arguments, env=environment)


@contextlib.contextmanager
def joined(*addresses: str, prefix: int = 28) -> Iterator[list[Namespace]]:
    """As many namespaces as addresses (of one network), each on one port of a bridge in a namespace of its own."""
    if shutil.which("ip") is None or os.geteuid() != 0:
        pytest.skip("network namespaces need root and iproute2")
    number = f"{os.getpid()}-{next(_numbers)}"
    middle, names = f"ll-{number}-m", [f"ll-{number}-{at}" for at in range(len(addresses))]
    try:
        _ip("netns", "add", middle, or_skip=True)
        _ip("-n", middle, "link", "add", "bridge", "type", "bridge", "mcast_snooping", "0", or_skip=True)
        _ip("-n", middle, "link", "set", "bridge", "up")
        for at, (name, address) in enumerate(zip(names, addresses, strict=True)):
            _ip("netns", "add", name)
            _ip("-n", middle, "link", "add", f"port{at}", "type", "veth", "peer", "name", "eth0", "netns", name)
            _ip("-n", middle, "link", "set", f"port{at}", "master", "bridge", "up")
            _ip("-n", name, "address", "add", f"{address}/{prefix}", "dev", "eth0")
            _ip("-n", name, "link", "set", "lo", "up")
            _ip("-n", name, "link", "set", "eth0", "up")
            _ip("-n", name, "route", "add", "224.0.0.0/4", "dev", "eth0")
        yield [Namespace(*pair) for pair in zip(names, addresses, strict=True)]
    finally:
        for name in (middle, *names):
            subprocess.run(["ip", "netns", "delete", name], capture_output=True, check=False)


def _ip(*words: str, or_skip: bool = False) -> None:
    done = subprocess.run(["ip", *words], capture_output=True, text=True, check=False)
    if done.returncode and or_skip:
        pytest.skip(f"network namespaces can't be made here: {done.stderr.strip()}")
    assert done.returncode == 0, done.stderr
