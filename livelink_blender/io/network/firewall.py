# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the system's firewall does with our port, as far as it may be read without asking for a password."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path, PureWindowsPath

from ...core.network.checklist import BAD, OK, UNKNOWN

Verdict = tuple[str, str]
"""(ok | bad | unknown, one plain sentence)"""

_MAC_TOOL = "/usr/libexec/ApplicationFirewall/socketfilterfw"
_RULES_KEY = r"SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy\FirewallRules"
_UDP = "17"


def firewall(port: int, program: str = "") -> Verdict:
    """The verdict on this computer; `program` is the path of Blender's own executable."""
    if sys.platform == "win32":
        return judge_windows(_windows_rules(), port, program)
    if sys.platform == "darwin":
        return judge_mac(run_briefly([_MAC_TOOL, "--getglobalstate"]))
    return judge_linux(_readable("/etc/ufw/ufw.conf"), _readable("/etc/ufw/user.rules"), _is_running("firewalld"), port)


def judge_windows(rules: Iterable[str], port: int, program: str) -> Verdict:
    """By the rules in the registry ("v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=17|App=...|"); a block wins."""
    actions = {fields.get("Action") for fields in map(_fields, rules) if _concerns(fields, port, program)}
    if "Block" in actions:
        return BAD, "Windows Firewall has a rule that blocks Blender: delete it under Allowed apps, then allow Blender."
    if "Allow" in actions:
        return OK, "Windows Firewall has a rule that lets these packets in."
    return UNKNOWN, f"Windows Firewall has no rule for Blender: allow it when Windows asks, or allow UDP {port}."


def _fields(rule: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in rule.split("|") if "=" in part)


def _concerns(fields: dict[str, str], port: int, program: str) -> bool:
    """Whether an incoming UDP rule is about this program or this very port."""
    if fields.get("Active") != "TRUE" or fields.get("Dir") != "In" or fields.get("Protocol", _UDP) != _UDP:
        return False
    ours = fields.get("App")
    if ours and PureWindowsPath(ours).name.lower() != PureWindowsPath(program).name.lower():
        return False
    ports = fields.get("LPort")
    if ports and not (ports == str(port) or _within(ports, port)):
        return False
    return bool(ours or ports)


def _within(ports: str, port: int) -> bool:
    first, _, last = ports.partition("-")
    return first.isdigit() and last.isdigit() and int(first) <= port <= int(last)


def judge_mac(answer: str) -> Verdict:
    """By what the system's own tool says."""
    if "disabled" in answer:
        return OK, "The Mac's firewall is off."
    if "enabled" in answer:
        return UNKNOWN, "The Mac's firewall is on: allow Blender in System Settings > Network > Firewall > Options."
    return UNKNOWN, ""


def judge_linux(ufw: str | None, ufw_rules: str | None, firewalld: bool, port: int) -> Verdict:
    """By ufw's files (the rules are readable for root only) and by whether firewalld runs."""
    if ufw is not None and "enabled=yes" in ufw.lower().replace(" ", ""):
        command = f"sudo ufw allow {port}/udp"
        if ufw_rules is None:
            return UNKNOWN, f"The firewall ufw is on, its rules can't be read from here: if in doubt, type {command}."
        if f"dport {port}" in ufw_rules:
            return OK, f"The firewall ufw is on and has a rule for port {port}."
        return BAD, f"The firewall ufw is on and has no rule for port {port}: type {command}."
    if firewalld:
        return UNKNOWN, f"The firewall firewalld is on: if in doubt, type sudo firewall-cmd --add-port={port}/udp."
    return OK, "Neither ufw nor firewalld is on."


def run_briefly(command: list[str]) -> str:
    """What a system tool prints; "" where it is missing, fails or takes longer than two seconds."""
    hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=2, errors="replace", creationflags=hidden, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout


def _readable(path: str) -> str | None:
    try:
        return Path(path).read_text(errors="replace")
    except OSError:
        return None


def _is_running(name: str) -> bool:
    return any(_readable(str(comm)) == f"{name}\n" for comm in Path("/proc").glob("[0-9]*/comm"))


def _windows_rules() -> list[str]:
    import winreg

    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, _RULES_KEY) as key:
            return [str(winreg.EnumValue(key, index)[1]) for index in range(winreg.QueryInfoKey(key)[1])]
    except OSError:
        return []
