# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""No packets: what to look at, likeliest cause first. Each line says what was tested from here and what came out."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..sources.performers import NOT_LOCKED

BYTES_A_PACKET = 1280  # what a Linux kernel counts for one Live Link packet, with its own bookkeeping (measured)
SECONDS_ENOUGH = 8.0
OK, BAD, UNKNOWN = "ok", "bad", "unknown"
_ORDER = (BAD, UNKNOWN, OK)


@dataclass(slots=True)
class NetworkFacts:
    """What could be found out from here; the defaults say: not known."""

    port: int
    addresses: tuple[str, ...] = ()  # this computer's own, likeliest first
    listening: bool = False  # our door is open
    port_trouble: str = ""  # why it could not be opened, in one sentence
    other_program: str = ""  # who holds the port instead
    local_only: bool = False  # only packets from this computer are heard
    online_access: bool | None = None  # Blender's preference; None outside of Blender
    firewall: str = UNKNOWN  # "ok": lets packets in or is off | "bad": keeps them out | "unknown"
    firewall_text: str = ""
    network: str = UNKNOWN  # "private" | "public" | "unknown" | "alike": this system makes no difference
    vpns: tuple[str, ...] = ()  # interfaces that look like a VPN
    granted_bytes: int = 0  # what the system gave the socket; 0: not asked
    faces: int = 0  # performers heard
    bad_packets: dict[str, int] = field(default_factory=dict)  # counts by reason
    advice: str = ""  # what the newest bad packet asks for


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the list."""

    title: str
    result: str  # ok | bad | unknown
    text: str


def checklist(facts: NetworkFacts) -> list[Check]:
    """All checks: what is surely wrong first, then what can't be told from here, each in the order of likelihood."""
    checks = [
        *_online_access(facts),
        *_lock(facts),
        _address(facts),
        _app_mode(facts),
        _port(facts),
        _firewall(facts),
        _network(facts),
        _vpn(facts),
        _guest_network(facts),
        *_buffer(facts),
    ]
    return sorted(checks, key=lambda check: _ORDER.index(check.result))


def _online_access(facts: NetworkFacts) -> list[Check]:
    if facts.online_access is None:
        return []
    if facts.online_access:
        return [Check("Online access", OK, "Blender allows network access.")]
    return [Check("Online access", BAD, "Blender's preference Allow Online Access is off: allow it, then start again.")]


def _lock(facts: NetworkFacts) -> list[Check]:
    """A lock that was kept from another day, when the phone had another address, would leave everybody out."""
    count = facts.bad_packets.get(NOT_LOCKED, 0)
    if not count or facts.faces:
        return []
    return [
        Check("Lock", BAD, f"{count} packets of other phones were left out: open the lock, then choose your phone.")
    ]


def _address(facts: NetworkFacts) -> Check:
    title = "Address on the phone"
    if facts.faces:
        return Check(title, OK, "A face has been heard, so the address is right.")
    if facts.local_only:
        return Check(title, BAD, "Only this computer is listened to: choose the whole network to hear a phone.")
    if not facts.addresses:
        return Check(title, BAD, "This computer has no network address: join the phone's Wi-Fi first.")
    others = f" (or {', '.join(facts.addresses[1:3])})" if len(facts.addresses) > 1 else ""
    typed = f"{facts.addresses[0]}{others} and port {facts.port}"
    text = f"Type {typed} in the app; what stands there can't be seen from here."
    return Check(title, UNKNOWN, text)


def _app_mode(facts: NetworkFacts) -> Check:
    title = "ARKit mode in the app"
    if facts.faces:
        return Check(title, OK, "A face has been heard, so the mode is right.")
    bad = {reason: count for reason, count in facts.bad_packets.items() if reason != NOT_LOCKED}
    if bad:
        count = sum(bad.values())
        common = max(bad, key=lambda reason: bad[reason])
        advice = facts.advice or "Use Live Link Face in ARKit mode."
        return Check(title, BAD, f"{count} packets arrived, but hold no face ({common}). {advice}")
    return Check(title, UNKNOWN, "Nothing arrived yet. In Live Link Face: Settings > Capture Mode > Live Link ARKit.")


def _port(facts: NetworkFacts) -> Check:
    title = f"Port {facts.port}"
    if facts.listening:
        return Check(title, OK, "Open and listening; the app must name the same number.")
    if facts.other_program:
        return Check(
            title, BAD, f"Held by {facts.other_program}: close it, or choose another port here and in the app."
        )
    if facts.port_trouble:
        return Check(title, BAD, facts.port_trouble)
    return Check(title, UNKNOWN, "Not listening now: press Start.")


def _firewall(facts: NetworkFacts) -> Check:
    fallback = f"Could not be read from here: allow incoming UDP on port {facts.port} for Blender."
    return Check("Firewall", facts.firewall, facts.firewall_text or fallback)


def _network(facts: NetworkFacts) -> Check:
    title = "Private network"
    if facts.network == "private":
        return Check(title, OK, "The system takes this network for a private one.")
    if facts.network == "alike":
        return Check(title, OK, "This system makes no difference between private and public networks.")
    if facts.network == "public":
        return Check(title, BAD, "The system takes this network for a public one and hides from it: set it to private.")
    return Check(title, UNKNOWN, "Could not be read from here: at home, the network should count as private.")


def _vpn(facts: NetworkFacts) -> Check:
    if not facts.vpns:
        return Check("VPN", OK, "None was found on this computer; the phone's can't be seen from here.")
    return Check(
        "VPN", UNKNOWN, f"{', '.join(facts.vpns)} may lead packets away: switch it off for a try, on the phone too."
    )


def _guest_network(facts: NetworkFacts) -> Check:
    if facts.faces:
        return Check("Same Wi-Fi", OK, "A face has been heard, so the network lets packets through.")
    text = (
        "Guest and hotel Wi-Fi keep devices apart; this can't be tested from here. Put both on the same home network."
    )
    return Check("Same Wi-Fi", UNKNOWN, text)


def _buffer(facts: NetworkFacts) -> list[Check]:
    """How long Blender may be busy: a first frame drawn with EEVEE can take eight seconds."""
    if not facts.granted_bytes:
        return []
    seconds = facts.granted_bytes / BYTES_A_PACKET / 60.0
    text = f"Holds {seconds:.1f} s of one phone while Blender is busy."
    if seconds >= SECONDS_ENOUGH:
        return [Check("Buffer", OK, text)]
    return [Check("Buffer", UNKNOWN, text + " On Linux, sudo sysctl net.core.rmem_max=4194304 makes room for more.")]
