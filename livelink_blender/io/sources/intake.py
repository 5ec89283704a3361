# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""All that comes in while live: drained from the doors, told to the performers, kept on tapes, handed on to others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from ...core.sources.performers import Roster
from .handshakes import Handshake
from .outlets import ForwardedFace
from .phone_memory import remember_swap
from .tcp import TcpDoor
from .udp import Arrival, UdpDoor

PACKETS_A_SECOND = 30_000
"""A flood is worked off in slices, which cost a third of the time at most: a packet takes about 10 us."""
FEWEST, MOST = 512, 8192
"""Packets of one slice: however often, and however seldom, Blender comes to it."""

Door = UdpDoor | TcpDoor


class Keeper(Protocol):
    """Whoever keeps packets as they came: the black box, the take being recorded."""

    def keep(self, arrival: float, sender: str, packet: bytes) -> None:
        """One packet that was a face's, or a piece of one."""

    def note_played(self, now: float, character: str, note: bytes) -> None:
        """What shows on a character from now on: expressions that were played."""

    def flush(self) -> None:
        """Hand what was kept to the operating system."""


class Intake:
    """The first door, what `Sources` opens beside it, and where packets go from there."""

    def __init__(self, door: UdpDoor, roster: Roster, black_box: Keeper, recorder: Keeper, swap_mode: str):
        self.door = door
        self.more_doors: list[Door] = []
        self.forwarded: list[ForwardedFace] = []
        self.asking: list[Handshake] = []
        self.last_packet_at: float | None = None
        self.first_listener: Callable[[bytes, float, str], bool] = lambda packet, arrival, sender: False
        """Who takes a packet that is no face's, such as what a phone answers to its remote control."""
        self._roster = roster
        self._recorder = recorder
        self._keepers: Sequence[Keeper] = (black_box, recorder)
        self._swap_mode = swap_mode
        self._received_at = float("-inf")

    def receive(self, now: float) -> None:
        """Take what waits at every door; of a flood a slice, the larger the longer it was waited for."""
        waited, self._received_at = now - self._received_at, now
        most = int(min(MOST, max(FEWEST, waited * PACKETS_A_SECOND)))
        for door in (self.door, *self.more_doors):
            self._receive_by(door, most)

    def receive_rest(self) -> None:
        """Take all that waits, before something ends that is to hold it."""
        for door in (self.door, *self.more_doors):
            self._receive_by(door, MOST)

    def _receive_by(self, door: Door, most: int) -> None:
        """In pieces, so that no more than a piece of a flood is held in memory."""
        for _ in range(0, most, FEWEST):
            packets = door.drain(FEWEST)
            self._take(packets)
            if packets:
                self._answer(door, self._roster.conversations.replies)
            if len(packets) < FEWEST:
                break

    def _take(self, packets: list[Arrival]) -> None:
        for arrival, sender, packet in packets:
            if self.first_listener(packet, arrival, sender):
                continue
            performer, on_tape = self._roster.receive(packet, arrival, sender)
            if performer is None:
                continue
            self.last_packet_at = arrival
            for receiver in self.forwarded:
                receiver.take(performer.latest, arrival)
            for kept in on_tape:
                for keeper in self._keepers:
                    keeper.keep(arrival, sender, kept)
        if packets:
            self._recorder.flush()  # a crash loses nothing that was asked to be kept

    def _answer(self, door: Door, replies: list[tuple[str, bytes]]) -> None:
        for sender, reply in replies:
            door.answer(sender, reply)
        replies.clear()

    def note_played(self, now: float, character: str, note: bytes) -> None:
        """Expressions have changed on a character."""
        for keeper in self._keepers:
            keeper.note_played(now, character, note)

    def do_chores(self, now: float) -> None:
        """Forget who has gone, ask again who waits to be asked."""
        self._roster.forget_silent(now)
        for handshake in self.asking:
            here = (one for key, one in self._roster.performers.items() if key[0] == handshake.phone)
            handshake.tick(now, arriving=any(one.state(now) != "silent" for one in here))

    def set_swap(self, mode: str) -> None:
        """A choice made in the panel holds for every phone that is there; without one each keeps what is remembered."""
        if mode == self._swap_mode:
            return
        self._swap_mode = mode
        for performer in self._roster.performers.values():
            performer.swap.mode = mode
            remember_swap(performer.key[1], performer.swap)

    def close(self) -> None:
        """Say goodbye, close every door, remember what was learnt of the phones."""
        self._answer(self.door, self._roster.conversations.goodbyes())
        for handshake in self.asking:
            handshake.stop()
        for door in (self.door, *self.more_doors, *self.forwarded):
            door.close()
        for performer in self._roster.performers.values():
            if performer.swap.found is not None:
                remember_swap(performer.key[1], performer.swap)
