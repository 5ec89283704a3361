# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Gathers what the checklist wants to know about this computer. Reads and asks the system; sends nothing."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from ...core.network.checklist import UNKNOWN, NetworkFacts
from ...core.sources.performers import Roster
from .addresses import own_addresses
from .firewall import firewall, run_briefly

_NETWORKS_KEY = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\NetworkList\Profiles"
_CATEGORIES = {0: "public", 1: "private", 2: "private"}


def gather_facts(
    port: int, *, program: str = "", roster: Roster | None = None, door_problem: str | None = None, **known: object
) -> NetworkFacts:
    """What can be told from here. The caller adds what it knows: who was heard, why the port could not be opened (""
    where it was), the path of Blender's `program` for the firewall's rules, and any other of the facts by name.
    """
    if roster is not None:
        known |= {"faces": len(roster.performers), "bad_packets": dict(roster.bad), "advice": roster.advice}
    if door_problem is not None:
        known |= {"listening": not door_problem, "port_trouble": door_problem}
    addresses = own_addresses()
    verdict, text = firewall(port, program)
    return NetworkFacts(
        port=port,
        addresses=tuple(one.ip for one in addresses if one.kind not in ("vpn", "link-local")),
        other_program="" if known.get("listening") else port_holder(port),
        firewall=verdict,
        firewall_text=text,
        network=network_kind(),
        vpns=tuple(one.interface or one.ip for one in addresses if one.kind == "vpn"),
        **known,
    )


def network_kind() -> str:
    """Only Windows tells "private" and "public" (or "unknown") networks apart; elsewhere all are "alike"."""
    return _windows_network() if sys.platform == "win32" else "alike"


def port_holder(port: int) -> str:
    """The other program that listens on a UDP port, as far as this user may see it; "" for nobody."""
    if sys.platform == "linux":
        return _linux_holder(port)
    if sys.platform == "win32":
        return windows_holder(run_briefly(["netstat", "-ano", "-p", "UDP"]), port)
    return mac_holder(run_briefly(["lsof", "-nP", f"-iUDP:{port}", "-Fc"]))


def _linux_holder(port: int) -> str:
    inodes = {inode for table in ("udp", "udp6") for inode in listening_inodes(_lines(f"/proc/net/{table}"), port)}
    if not inodes:
        return ""
    wanted = {f"socket:[{inode}]" for inode in inodes}
    for process in Path("/proc").glob("[0-9]*"):
        if process.name != str(os.getpid()) and _holds(process, wanted):
            return f"{_lines(process / 'comm')[0]} (process {process.name})"
    return "another user's program"


def listening_inodes(table: list[str], port: int) -> list[str]:
    """The sockets on this port in a table as /proc/net/udp has it."""
    rows = (line.split() for line in table[1:])
    return [row[9] for row in rows if len(row) > 9 and row[1].rpartition(":")[2] == f"{port:04X}"]


def _holds(process: Path, wanted: set[str]) -> bool:
    try:
        return any(os.readlink(entry) in wanted for entry in (process / "fd").iterdir())
    except OSError:
        return False


def _lines(path: str | Path) -> list[str]:
    try:
        return Path(path).read_text(errors="replace").splitlines() or [""]
    except OSError:
        return [""]


def windows_holder(table: str, port: int) -> str:
    """By what netstat -ano prints."""
    for line in table.splitlines():
        row = line.split()
        if len(row) >= 4 and row[0] == "UDP" and row[1].endswith(f":{port}") and row[-1] != str(os.getpid()):
            return f"process {row[-1]} (see the Task Manager's Details)"
    return ""


def mac_holder(answer: str) -> str:
    """By what lsof -Fc prints: p and the process, c and its command."""
    process = ""
    for line in answer.splitlines():
        if line.startswith("p"):
            process = line[1:]
        elif line.startswith("c") and process != str(os.getpid()):
            return f"{line[1:]} (process {process})"
    return ""


def _windows_network() -> str:
    """The category of the network that was joined last."""
    import winreg

    seen = []
    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, _NETWORKS_KEY) as profiles:
            for index in range(winreg.QueryInfoKey(profiles)[0]):
                with winreg.OpenKey(profiles, winreg.EnumKey(profiles, index)) as one:
                    joined = winreg.QueryValueEx(one, "DateLastConnected")[0]
                    seen.append((_as_numbers(joined), winreg.QueryValueEx(one, "Category")[0]))
    except OSError:
        return UNKNOWN
    return _CATEGORIES.get(max(seen)[1], UNKNOWN) if seen else UNKNOWN


def _as_numbers(system_time: bytes) -> list[int]:
    """A Windows SYSTEMTIME (year, month, weekday, day, hour, ...) as numbers that sort by time."""
    numbers = [int.from_bytes(system_time[at : at + 2], "little") for at in range(0, len(system_time), 2)]
    return numbers[:2] + numbers[3:]
