# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""This computer's own addresses, the one to type on the phone first. Asks the system only: no packet is sent."""

from __future__ import annotations

import ipaddress
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

from .interfaces import UNKNOWN_PREFIX, interfaces

VPN_STARTS = (
    "tun",
    "tap",
    "wg",
    "utun",
    "ppp",
    "ipsec",
    "tailscale",
    "zt",
    "nordlynx",
    "proton",
    "wireguard",
    "cscotun",
)
VIRTUAL_STARTS = (
    "docker",
    "br-",
    "veth",
    "virbr",
    "vmnet",
    "vboxnet",
    "lxc",
    "lxd",
    "podman",
    "cni",
    "flannel",
    "bridge",
)
_VPN_NETS = [ipaddress.ip_network("100.64.0.0/10")]  # carrier addresses; at home that is Tailscale
_VIRTUAL_NETS = [ipaddress.ip_network(net) for net in ("192.168.56.0/24", "192.168.122.0/24", "172.17.0.0/16")]
_SCORES = {"wifi": 60, "ethernet": 50, "unknown": 40, "virtual": 10, "vpn": 5, "link-local": 1}
_BY_DEFAULT = 30  # a phone is most likely in the network that the rest of the traffic takes


@dataclass(frozen=True, slots=True)
class Address:
    """One address that a phone could send to."""

    ip: str
    interface: str  # "" where the system does not tell
    kind: str  # wifi | ethernet | unknown | virtual | vpn | link-local
    score: int  # the higher the likelier
    prefix: int = UNKNOWN_PREFIX  # how many leading bits all addresses of its network have in common


def own_addresses() -> list[Address]:
    """All IPv4 addresses but loopback, likeliest first; [] without a network."""
    default = default_address()
    found = {ip: (name, prefix) for ip, name, prefix in interfaces()}
    if default:
        found.setdefault(default, ("", UNKNOWN_PREFIX))
    rated = (rate(ip, name, ip == default, prefix) for ip, (name, prefix) in found.items())
    return sorted(rated, key=lambda one: (-one.score, one.ip))


def searched_networks() -> list[tuple[str, int]]:
    """(our address, its network's prefix) where a phone may be: no VPN, no virtual machine's, nothing public."""
    likely = [one for one in own_addresses() if one.kind in ("wifi", "ethernet", "unknown")]
    return [(one.ip, one.prefix) for one in likely if ipaddress.ip_address(one.ip).is_private]


def rate(ip: str, interface: str, is_default: bool, prefix: int = UNKNOWN_PREFIX) -> Address:
    """How likely a phone reaches this address."""
    kind = kind_of(ip, interface)
    private = ipaddress.ip_address(ip).is_private
    useful = kind in ("wifi", "ethernet", "unknown")
    score = _SCORES[kind] + (_BY_DEFAULT if is_default and useful else 0) + (5 if private and useful else 0)
    return Address(ip, interface, kind, score, prefix)


def kind_of(ip: str, interface: str) -> str:
    """What sort of network an address belongs to, by the interface's name and the address itself."""
    address, name = ipaddress.ip_address(ip), interface.lower()
    if address.is_link_local:
        return "link-local"
    if name.startswith(VPN_STARTS) or any(address in net for net in _VPN_NETS):
        return "vpn"
    if name.startswith(VIRTUAL_STARTS) or any(address in net for net in _VIRTUAL_NETS):
        return "virtual"
    if name.startswith("wl") or (interface and Path("/sys/class/net", interface, "wireless").is_dir()):
        return "wifi"
    if name.startswith(("eth", "enp", "eno", "ens", "enx")):
        return "ethernet"
    return "wifi" if sys.platform == "darwin" and name == "en0" else "unknown"


def default_address() -> str:
    """The address that traffic to the world leaves by; "" without one."""
    ip = address_toward("192.0.2.1")  # an address reserved for documentation: the route is all that is asked for
    return "" if ip.startswith("127.") or ip == "0.0.0.0" else ip


def address_toward(host: str) -> str:
    """Our address as that computer sees us; "" where no way leads there. Connecting a UDP socket sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((host, 9))
            return probe.getsockname()[0]
        except OSError:
            return ""
