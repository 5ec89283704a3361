# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What this computer can tell about itself: addresses, firewall, who holds the port, the user's folder."""

from __future__ import annotations

import ipaddress
import socket
import subprocess
import sys

import pytest

from livelink_blender.core.network.checklist import checklist
from livelink_blender.core.sources.performers import Roster
from livelink_blender.io.files import folders
from livelink_blender.io.network import checks, firewall
from livelink_blender.io.network.addresses import kind_of, own_addresses, rate
from livelink_blender.io.sources.udp import UdpDoor

RULE = "v2.30|Action={}|Active=TRUE|Dir=In|Protocol=17|App=C:\\Program Files\\Blender\\blender.exe|Name=blender|"
HOLDER = """
import socket, sys
door = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
door.bind(("127.0.0.1", 0))
print(door.getsockname()[1], flush=True)
sys.stdin.read()
"""
PROGRAM = "D:\\other place\\Blender.exe"


def test_own_addresses_are_addresses_likeliest_first():
    found = own_addresses()
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert all(not ipaddress.ip_address(one.ip).is_loopback for one in found)


@pytest.mark.parametrize(
    ("ip", "interface", "kind"),
    [
        ("192.168.1.5", "wlan0", "wifi"),
        ("192.168.1.5", "wlp3s0", "wifi"),
        ("192.168.1.5", "enp4s0", "ethernet"),
        ("10.8.0.2", "tun0", "vpn"),
        ("10.2.0.2", "wg0", "vpn"),
        ("100.101.2.3", "", "vpn"),
        ("172.17.0.1", "docker0", "virtual"),
        ("192.168.56.1", "", "virtual"),
        ("169.254.3.4", "eth0", "link-local"),
        ("192.168.1.5", "", "unknown"),
    ],
)
def test_kinds_of_networks_are_told_by_name_and_number(ip, interface, kind):
    assert kind_of(ip, interface) == kind


def test_the_home_network_goes_before_vpn_and_virtual_ones():
    wifi, wire = rate("192.168.1.5", "wlan0", False), rate("192.168.1.6", "eth0", False)
    vpn, virtual = rate("10.8.0.2", "tun0", True), rate("172.17.0.1", "docker0", False)
    assert wifi.score > wire.score > virtual.score > vpn.score
    assert rate("192.168.1.6", "eth0", True).score > wifi.score, "where the rest of the traffic goes"


@pytest.mark.parametrize(
    ("rules", "verdict"),
    [
        ([RULE.format("Allow")], "ok"),
        ([RULE.format("Allow"), RULE.format("Block")], "bad"),
        ([RULE.format("Block").replace("TRUE", "FALSE")], "unknown"),
        ([RULE.format("Block").replace("Dir=In", "Dir=Out")], "unknown"),
        ([RULE.format("Block").replace("=17", "=6")], "unknown"),
        ([RULE.format("Block").replace("blender.exe", "other.exe")], "unknown"),
        (["v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=17|LPort=11111|Name=x|"], "ok"),
        (["v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=17|LPort=11000-12000|Name=x|"], "ok"),
        (["v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=17|LPort=5353|Name=x|", "", "||="], "unknown"),
        ([], "unknown"),
    ],
)
def test_windows_rules_are_judged_and_a_block_wins(rules, verdict):
    result, text = firewall.judge_windows(rules, 11111, PROGRAM)
    assert result == verdict
    assert text.endswith(".")


@pytest.mark.parametrize(
    ("ufw", "rules", "firewalld", "verdict", "word"),
    [
        ("ENABLED=yes\n", "-A x -p udp --dport 11111 -j ACCEPT\n", False, "ok", "has a rule"),
        ("ENABLED=yes\n", "-A x -p udp --dport 22 -j ACCEPT\n", False, "bad", "sudo ufw allow 11111/udp"),
        ("ENABLED=yes\n", None, False, "unknown", "sudo ufw allow 11111/udp"),
        ("ENABLED=no\n", None, False, "ok", "Neither"),
        (None, None, True, "unknown", "firewall-cmd"),
        (None, None, False, "ok", "Neither"),
    ],
)
def test_linux_firewalls_are_judged_by_what_can_be_read(ufw, rules, firewalld, verdict, word):
    result, text = firewall.judge_linux(ufw, rules, firewalld, 11111)
    assert (result, word in text) == (verdict, True)


@pytest.mark.parametrize(
    ("answer", "verdict"), [("Firewall is disabled.", "ok"), ("is enabled.", "unknown"), ("", "unknown")]
)
def test_the_macs_firewall_is_judged_by_its_own_tool(answer, verdict):
    assert firewall.judge_mac(answer)[0] == verdict


def test_a_system_tool_that_is_missing_fails_or_hangs_says_nothing():
    assert firewall.run_briefly(["no-such-tool-here"]) == ""
    assert firewall.run_briefly([sys.executable, "-c", "print(5)"]) == "5\n"


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_who_holds_a_port_is_named_unless_it_is_this_process():
    child = subprocess.Popen([sys.executable, "-c", HOLDER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        port = int(child.stdout.readline())
        assert f"process {child.pid}" in checks.port_holder(port)
    finally:
        child.communicate(timeout=10)
    assert checks.port_holder(port) == ""


def test_tables_of_other_systems_are_read():
    netstat = "\r\n  Proto  Local  Remote\r\n  UDP    0.0.0.0:11111   *:*    4711\r\n"
    assert "4711" in checks.windows_holder(netstat, 11111)
    assert checks.windows_holder(netstat, 1111) == ""
    assert checks.mac_holder("p55\ncobs\n") == "obs (process 55)"
    assert checks.mac_holder("") == ""


def test_windows_dates_sort_by_time():
    monday = b"\xea\x07\x0b\x00\x01\x00\x10\x00" + bytes(8)
    sunday_before = b"\xea\x07\x0b\x00\x00\x00\x0f\x00" + bytes(8)
    assert checks._as_numbers(monday) > checks._as_numbers(sunday_before)


def test_facts_are_gathered_without_sending_anything(monkeypatch):
    def refuse(*_):
        raise AssertionError("a packet was sent, or a name looked up")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "gethostbyname", refuse)
    with UdpDoor(0) as door:
        facts = checks.gather_facts(
            door.port, roster=Roster(), door_problem="", granted_bytes=door.granted_bytes
        )
    assert facts.listening
    assert facts.other_program == ""
    assert {check.result for check in checklist(facts)} <= {"ok", "bad", "unknown"}


def test_a_port_that_could_not_be_opened_is_a_fact():
    facts = checks.gather_facts(11111, door_problem="It is in use.", online_access=True)
    assert (facts.listening, facts.port_trouble, facts.online_access) == (False, "It is in use.", True)


def test_the_environment_wins_over_what_the_extension_told(tmp_path, monkeypatch):
    monkeypatch.setenv(folders.ENVIRONMENT, str(tmp_path / "home"))
    folders.set_user_folder(tmp_path / "told")
    try:
        assert folders.takes_folder() == tmp_path / "home" / "takes"
        assert folders.takes_folder().is_dir()
        monkeypatch.delenv(folders.ENVIRONMENT)
        assert folders.maps_folder() == tmp_path / "told" / "maps"
    finally:
        folders.set_user_folder(None)


def test_without_either_the_systems_place_is_used(tmp_path, monkeypatch):
    monkeypatch.delenv(folders.ENVIRONMENT, raising=False)
    for name in ("XDG_DATA_HOME", "APPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    assert folders.user_folder().is_relative_to(tmp_path)
