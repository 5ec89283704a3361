# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is sending: packets in, one performer per (sender, device, subject), with newest frame, rate and loss."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Sequence
from itertools import islice

from ..face.frame import BadPacket, Frame, PerformerKey
from ..face.mouth_swap import MouthSwap
from ..wire.conversations import Conversations
from ..wire.dialects import whole
from ..wire.recognise import decode_packet
from ..wire.table import Packets, ways

MOST_PERFORMERS = 32
MOST_REASONS = 32
MOST_DEVICES = 64
SILENT_AFTER = 1.0  # seconds without a packet
MOST_RECENT = 512  # frames kept for who looks seldom: eight seconds at 60
FORGOTTEN_AFTER = 60.0
REPLACED_AFTER = 5.0  # a full house lets a new face in for one that has been silent for so long
RATE_WINDOW = 1.0
LATE_FRAMES = 16  # a number that goes back by no more than this arrived late; one that goes back further begins anew
LATE_IN_A_ROW = 3  # so many late ones one after another are a restart after all
LONGEST_GAP = 600  # frames; a longer jump is an app that paused or a clock that was set, not a loss
TRUST = 8
NOT_LOCKED = "not the locked sender"  # the reasons under which it is counted what was left out
TOO_MANY = "more faces than fit"
_KEPT_AS_THEY_CAME = frozenset(one.begins for one in ways(Packets) if one.is_kept)


class Losses:
    """Counts gaps; tolerates restarts, 32-bit wraps, doubled and late packets, and senders that count in twos."""

    __slots__ = ("_last", "_late", "_step", "_trust", "doubled", "lost")

    def __init__(self) -> None:
        self.lost = 0
        self.doubled = 0
        self._last: int | None = None
        self._late = 0
        self._step = 1  # what a number usually grows by: 2 where 30 samples a second are counted at 60
        self._trust = 1

    def count(self, number: int | None) -> bool:
        """Take the number of a packet that arrived; False where it is older than one that was there before."""
        if number is None:
            return True
        if self._last is None:
            self._last = number
            return True
        ahead = (number - self._last + 2**31) % 2**32 - 2**31
        if -LATE_FRAMES <= ahead < 0 and self._late < LATE_IN_A_ROW:
            self._late += 1
            self.lost = max(0, self.lost - 1)  # it had been counted as lost
            return False
        self._late = 0
        self._last = number
        if ahead == 0:
            self.doubled += 1
        elif 0 < ahead <= LONGEST_GAP:
            self._count_gap(ahead)
        return True

    def _count_gap(self, ahead: int) -> None:
        """The usual step is what the majority of the last steps was; what is missing beside it was lost."""
        if ahead == self._step:
            self._trust = min(self._trust + 1, TRUST)
            return
        self._trust -= 1
        if self._trust <= 0:
            self._step, self._trust = ahead, 1
        self.lost += max(0, ahead // self._step - 1)


class Performer:
    """One face that is sending."""

    __slots__ = (
        "_arrivals", "_first", "_losses", "_recent", "heard", "key", "latest", "latest_face", "received", "swap",
    )  # fmt: skip

    def __init__(self, first: Frame, swap: MouthSwap) -> None:
        self.key = first.key
        self.latest = first
        self.latest_face: Frame | None = None
        self.received = 0
        self.heard = 0  # frames that came in order
        self.swap = swap
        self._recent: deque[Frame] = deque(maxlen=MOST_RECENT)
        self._arrivals: deque[float] = deque(maxlen=256)
        self._first = first.arrival
        self._losses = Losses()

    def take(self, frame: Frame) -> None:
        """Count a frame, learn from its face, and make it the newest unless it arrived late."""
        self.received += 1
        self._arrivals.append(frame.arrival)
        newest = self._losses.count(frame.number)
        if frame.values is not None:
            self.swap.feed(frame.values)
        if newest:
            self.heard += 1
            self._recent.append(frame)
            self.latest = frame
            if frame.values is not None:
                self.latest_face = frame

    def since(self, heard: int) -> list[Frame]:
        """The frames after so many had been `heard`, oldest first; of very many, the last ones."""
        new = min(self.heard - heard, len(self._recent))
        if new <= 1:
            return [self.latest] if new == 1 else []
        return list(islice(self._recent, len(self._recent) - new, None))

    @property
    def name(self) -> str:
        """What the user calls it: the subject, else the device, else the address."""
        sender, device, subject = self.key
        return subject or device or sender

    @property
    def lost(self) -> int:
        """Packets that never arrived, by the sender's frame numbers."""
        return self._losses.lost

    def rate(self, now: float) -> float:
        """Packets a second, measured over the last second."""
        recent = sum(1 for arrival in self._arrivals if -RATE_WINDOW < arrival - now <= RATE_WINDOW)
        age = now - self._first
        if 0.0 < age < RATE_WINDOW:
            return max(0, recent - 1) / age
        return recent / RATE_WINDOW

    def age(self, now: float) -> float:
        """Seconds since the last packet; never negative, even when the clock was set back."""
        return max(0.0, now - self._arrivals[-1])

    def state(self, now: float) -> str:
        """The word beside the light: "live", "no face" or "silent"."""
        if self.age(now) > SILENT_AFTER:
            return "silent"
        return "no face" if self.latest.values is None else "live"


Received = tuple[Performer | None, Sequence[bytes]]
"""(who sent the packet, None where it was no frame that counts; what a tape keeps of it)"""
_NOBODY: Received = (None, ())


class Roster:
    """Everybody who sends, and what else arrived. Bounded: whatever arrives, it stays small and never raises."""

    def __init__(self, recall_swap: Callable[[str], MouthSwap] | None = None) -> None:
        """`recall_swap(device)` makes the mouth swap of a device that was not heard before, with what is kept of it."""
        self.performers: dict[PerformerKey, Performer] = {}
        self.bad: Counter[str] = Counter()
        self.advice = ""
        self.locked: PerformerKey | None = None
        self.swaps: dict[str, MouthSwap] = {}  # by device: it is the app that exchanges the sides, not the face
        self.conversations = Conversations()
        self._recall_swap = recall_swap or (lambda device: MouthSwap())

    def receive(self, packet: bytes, arrival: float, sender: str) -> Received:
        """Whose packet this was, and what a tape keeps of it: nothing of what is counted among the bad ones."""
        if self.locked is not None and sender != self.locked[0]:
            self._refuse_stranger()
            return _NOBODY
        if packet[:1] not in _KEPT_AS_THEY_CAME:
            return self._receive_piece(packet, arrival, sender)
        frame = decode_packet(packet, arrival, sender)
        if isinstance(frame, BadPacket):
            self._refuse(frame.reason, frame.advice)
            return _NOBODY
        performer = self.take(frame)
        return _NOBODY if performer is None else (performer, (packet,))

    def _receive_piece(self, packet: bytes, arrival: float, sender: str) -> Received:
        """Other dialects: a packet may be a piece of a frame, or hold several; a tape keeps the frames instead."""
        kept: list[bytes] = []
        performer = None
        for frame in self.conversations.hear(packet, arrival, sender):
            if isinstance(frame, BadPacket):
                self._refuse(frame.reason, frame.advice)
                continue
            taken = self.take(frame)
            if taken is not None:
                performer = taken
                kept.append(whole.encode(frame))
        return performer, kept

    def take(self, frame: Frame) -> Performer | None:
        """The performer of a frame that some other source made; the same rules hold."""
        key = frame.key
        if self.locked is not None and key != self.locked:
            return self._refuse_stranger()
        performer = self.performers.get(key)
        if performer is None:
            performer = self._enter(frame)
        if performer is not None:
            performer.take(frame)
        return performer

    def lock(self, key: PerformerKey | None) -> None:
        """From now on only this performer is heard; None opens the door to everybody again."""
        self.locked = key

    def forget_silent(self, now: float) -> None:
        """Let go of who has been silent for a minute; the locked one stays."""
        gone = [key for key, one in self.performers.items() if one.age(now) > FORGOTTEN_AFTER and key != self.locked]
        for key in gone:
            del self.performers[key]

    def _enter(self, frame: Frame) -> Performer | None:
        if len(self.performers) >= MOST_PERFORMERS and not self._make_room(frame.arrival):
            return self._refuse(
                TOO_MANY, f"More than {MOST_PERFORMERS} faces send to this port: lock the one you want."
            )
        performer = Performer(frame, self._swap_of(frame.device))
        self.performers[frame.key] = performer
        self.advice = ""  # a face came in: what was wrong is right now, or will be said again
        return performer

    def _swap_of(self, device: str) -> MouthSwap:
        if device not in self.swaps:
            if len(self.swaps) >= MOST_DEVICES:
                del self.swaps[next(iter(self.swaps))]
            self.swaps[device] = self._recall_swap(device)
        return self.swaps[device]

    def _make_room(self, now: float) -> bool:
        quietest = max(self.performers, key=lambda key: self.performers[key].age(now) if key != self.locked else -1.0)
        if self.performers[quietest].age(now) < REPLACED_AFTER or quietest == self.locked:
            return False
        del self.performers[quietest]
        return True

    def _refuse_stranger(self) -> None:
        """Said only while the locked one is not there: its phone may have got another address."""
        missing = self.locked not in self.performers
        self._refuse(
            NOT_LOCKED, "Only the locked phone is listened to: open the lock to hear another." if missing else ""
        )

    def _refuse(self, reason: str, advice: str) -> None:
        if reason not in self.bad and len(self.bad) >= MOST_REASONS:
            reason = "other"
        self.bad[reason] += 1
        if advice:
            self.advice = advice
