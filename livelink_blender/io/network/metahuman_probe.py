# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Asks by multicast, in the local network only, which phones are in MetaHuman mode."""

from __future__ import annotations

import contextlib
import socket

from ...core.wire import metahuman_discovery

MOST_ANSWERS = 16
_LARGEST = 2048


class MetaHumanProbe:
    """`ask()` a few times, `answers()` now and then, `close()` at the end."""

    def __init__(self, addresses: list[str]) -> None:
        """`addresses` are ours: each network is asked by its own. OSError where there is no multicast."""
        self._addresses = addresses
        self._names: dict[str, str] = {}
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            self._socket.setblocking(False)
            for option in ("SO_REUSEADDR", "SO_REUSEPORT"):  # Unreal on this computer listens there, too
                if hasattr(socket, option):
                    self._socket.setsockopt(socket.SOL_SOCKET, getattr(socket, option), 1)
            self._socket.bind(("", metahuman_discovery.PORT))
            self._socket.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 1)
            for address in addresses:
                group = socket.inet_aton(metahuman_discovery.GROUP) + socket.inet_aton(address)
                self._socket.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group)
        except OSError:
            self._socket.close()
            raise

    def ask(self) -> None:
        """One question into each network; what can't be sent is not."""
        for address in self._addresses:
            with contextlib.suppress(OSError):
                self._socket.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(address))
                self._socket.sendto(metahuman_discovery.QUESTION, (metahuman_discovery.GROUP, metahuman_discovery.PORT))

    def answers(self) -> dict[str, str]:
        """The names of the phones that have answered so far, by their addresses."""
        for _ in range(MOST_ANSWERS):
            try:
                packet, (sender, _) = self._socket.recvfrom(_LARGEST)
            except OSError:
                break
            name = metahuman_discovery.read_name(packet)
            if name is not None and sender not in self._addresses and len(self._names) < MOST_ANSWERS:
                self._names[sender] = name
        return self._names

    def close(self) -> None:
        """May be called twice."""
        self._socket.close()
