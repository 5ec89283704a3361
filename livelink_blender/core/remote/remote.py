# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The conversation with one phone's remote control: what to say when, and what is known of the phone.

No sockets, no clock: `tick(now)` gives the packets that are due, `hear(packet, now)` takes the answers."""

from __future__ import annotations

from dataclasses import dataclass

from . import words
from .words import Alive, App, Battery, Begun, Heat, Recorded

ASK_EVERY = (1.0, 1.0, 2.0, 4.0, 8.0)  # seconds between knocks at a phone that does not answer; the last for ever
LOOK_S = 30.0  # seconds between two questions for battery and heat
SILENT_S = 75.0  # without any answer for so long it is knocked at again
NO_ANSWER_S = 5.0
FACE_S, MOST_FACES_ASKED = 3.0, 3  # how often it is told to send its face, and how many times at most
BEGIN_S = 3.0
END_S = 6.0  # the phone closes its files first
AGAIN_S = 0.7  # datagrams get lost

NO_ANSWER = (
    "The phone does not answer: in Live Link Face, switch on OSC in the settings, see that its port is {port}, "
    "and that both are in the same network."
)
NOT_BEGUN = "The phone did not say that it records: the take here goes on without it."
NOT_ENDED = "The phone did not say where its recording lies: the take here is complete, look on the phone for the rest."
IN_BACK = "The app on the phone is in the background: bring it to the front."


@dataclass(frozen=True, slots=True)
class PhoneRecording:
    """A recording that lies on the phone now."""

    take: str  # as `record` was told
    face: str  # paths on the phone, "" where there is none
    video: str


@dataclass(slots=True)
class _Order:
    packet: bytes
    again_at: float
    until: float
    sentence: str  # where it is never confirmed


class OpenOrders:
    """What the phone was told and has to confirm: told once more where no answer comes, then one sentence says so."""

    def __init__(self) -> None:
        self._open: list[_Order] = []
        self.sentence = ""  # about the last one that nobody confirmed

    def __bool__(self) -> bool:
        return bool(self._open)

    def give(self, packet: bytes, now: float, limit: float, sentence: str) -> bytes:
        """One more, to be confirmed within `limit` seconds; the packet to be sent now."""
        self._open.append(_Order(packet, now + AGAIN_S, now + limit, sentence))
        return packet

    def due(self, now: float) -> list[bytes]:
        """What is to be told once more."""
        for order in [one for one in self._open if now >= one.until]:
            self._open.remove(order)
            self.sentence = order.sentence
        again = [one for one in self._open if now >= one.again_at]
        for order in again:
            order.again_at = float("inf")
        return [order.packet for order in again]

    def confirm(self, sentence: str) -> None:
        """Those of this sentence have been heard, be it late."""
        self.drop(sentence)
        if self.sentence == sentence:
            self.sentence = ""

    def drop(self, sentence: str) -> None:
        """Nobody waits for their answer any more."""
        self._open = [one for one in self._open if one.sentence != sentence]

    def holds(self, packet: bytes) -> bool:
        """Whether this one is open."""
        return any(one.packet == packet for one in self._open)


class PhoneRemote:
    """One phone."""

    def __init__(self, own_address: str, own_port: int, phone_port: int = words.PORT, brings_face: bool = True) -> None:
        """The phone is told to answer to `own_address`; with `brings_face`, to send its face there as well."""
        self._own = (own_address, own_port)
        self._phone_port = phone_port
        self._brings_face = brings_face
        self._since: float | None = None
        self._knocks = 0
        self._next_knock = float("-inf")
        self._next_look = float("-inf")
        self._next_face = float("-inf")
        self._faces_asked = 0
        self._heard_at: float | None = None
        self._orders = OpenOrders()
        self._to_say: list[bytes] = []
        self._running: str | None = None  # the take that the phone records
        self._ending: str | None = None  # the take that it was told to end
        self._named: tuple[str, int] | None = None
        self.battery: float | None = None
        self.heat: int | None = None
        self.is_active = True  # the app is at the front
        self.is_recording = False
        self.recorded: list[PhoneRecording] = []
        """Recordings that have been ended since somebody looked: to be taken out by whoever fetches them."""

    def tick(self, now: float, face_arrives: bool = False) -> list[bytes]:
        """What is to be sent now."""
        self._since = now if self._since is None else self._since
        if not self.is_answering(now):
            self._knock(now)
        elif now >= self._next_look:
            self._next_look = now + LOOK_S
            self._to_say += [words.BATTERY_QUERY, words.HEAT_QUERY]
        if self._brings_face and not face_arrives:
            self._bring_face(now)
        self._to_say += self._orders.due(now)
        said, self._to_say = self._to_say, []
        return said

    def _bring_face(self, now: float) -> None:
        """A few times: what is said gets lost, but the app may keep a list of all it was told."""
        if now >= self._next_face and self._faces_asked < MOST_FACES_ASKED:
            self._next_face = now + FACE_S
            self._faces_asked += 1
            self._to_say.append(words.add_face_target(*self._own))

    def _knock(self, now: float) -> None:
        if now < self._next_knock:
            return
        self._next_knock = now + ASK_EVERY[min(self._knocks, len(ASK_EVERY) - 1)]
        self._knocks += 1
        self._to_say += [words.set_target(*self._own), words.BATTERY_QUERY, words.HEAT_QUERY]
        self._next_look = now + LOOK_S

    def hear(self, packet: bytes, now: float) -> bool:
        """An answer of the phone; False for packets that are none."""
        told = words.understand(packet)
        for one in told:
            self._take_in(one, now)
        return bool(told)

    def _take_in(self, told: words.Told, now: float) -> None:
        first = not self.is_answering(now)
        self._heard_at, self._knocks, self._next_knock = now, 0, float("-inf")
        self.is_active = True
        match told:
            case Battery(level):
                self.battery = level
            case Heat(state):
                self.heat = state
            case App(is_active):
                self.is_active = is_active
                self._next_look = now if is_active else self._next_look
            case Begun():
                self.is_recording = self._ending is None or self._running is not None
                self._orders.confirm(NOT_BEGUN)
            case Recorded(face, video):
                self._end(face, video)
            case Alive():
                pass
        if first and self._named is not None:
            self._to_say += self._names()

    def _end(self, face: str, video: str) -> None:
        """A recording has ended: the one that was told to, else the one that runs."""
        take = self._ending if self._ending is not None else self._running
        if take is not None and take == self._running:
            self._running = None
        self._ending = None
        self.is_recording = self._running is not None
        self._orders.confirm(NOT_ENDED)
        if face or video:
            self.recorded.append(PhoneRecording(take or "", face, video))

    def record(self, take: str, slate: str, number: int, now: float) -> None:
        """Begin to record on the phone; `take` is handed back with what it has recorded."""
        self._orders.sentence = ""
        self._running, self._named = take, (slate, number)
        self._to_say.append(self._orders.give(words.record_start(slate, number), now, BEGIN_S, NOT_BEGUN))

    def stop_recording(self, now: float, begun_elsewhere: bool = False) -> None:
        """End that; harmless where nothing is recorded, unless somebody else has begun it."""
        if self._running is None and not begun_elsewhere:
            return
        self._orders.drop(NOT_BEGUN)
        self._ending, self._running, self.is_recording = self._running or "", None, False
        self._to_say.append(self._orders.give(words.RECORD_STOP, now, END_S, NOT_ENDED))

    def name_next(self, slate: str, number: int) -> None:
        """Let the phone show the slate and number of the next take; said only when they have changed."""
        if self._named == (slate, number):
            return
        self._named = (slate, number)
        if self._heard_at is not None:
            self._to_say += self._names()

    def _names(self) -> list[bytes]:
        return [words.slate(self._named[0]), words.take(self._named[1])]

    def stream(self, is_on: bool) -> None:
        """Let the phone send its face, or hold it back."""
        self._to_say.append(words.STREAM_START if is_on else words.STREAM_STOP)

    def bring(self, port: int, path: str) -> None:
        """Let the phone send a file of its own to this port of ours."""
        self._to_say.append(words.transport(self._own[0], port, path))

    def goodbye(self) -> list[bytes]:
        """What is still to be said before nobody listens any more."""
        is_open = self._running is not None or self._orders.holds(words.RECORD_STOP)
        return [words.RECORD_STOP] if is_open else []

    @property
    def sentence(self) -> str:
        """What went wrong with the last order."""
        return self._orders.sentence

    @property
    def is_waiting(self) -> bool:
        """Whether an order is not confirmed yet."""
        return bool(self._orders)

    def is_answering(self, now: float) -> bool:
        """Whether it has said anything lately."""
        return self._heard_at is not None and now - self._heard_at < SILENT_S

    def word(self, now: float) -> str:
        """How it stands with the phone."""
        if not self.is_answering(now):
            return "no answer" if self._asked_in_vain(now) else "asked, no answer yet"
        if not self.is_active:
            return "app in the background"
        return "recording" if self.is_recording else "connected"

    def advice(self, now: float) -> str:
        """One sentence where something is wrong with the phone; else ""."""
        if not self.is_answering(now):
            return self.no_answer if self._asked_in_vain(now) else ""
        if not self.is_active:
            return IN_BACK
        return self.sentence or self._weakness()

    @property
    def was_heard(self) -> bool:
        """Whether it has ever answered."""
        return self._heard_at is not None

    @property
    def no_answer(self) -> str:
        """What to look at when nothing comes back."""
        return NO_ANSWER.format(port=self._phone_port)

    def _asked_in_vain(self, now: float) -> bool:
        return self._since is not None and now - self._since >= NO_ANSWER_S

    def _weakness(self) -> str:
        if self.heat is not None and self.heat >= words.HOT:
            return f"The phone is {words.HEAT_WORDS[self.heat]}: it may send fewer frames. Let it cool down."
        if self.battery is not None and self.battery <= words.LOW_BATTERY:
            return f"The phone's battery is at {self.battery:.0%}: plug it in."
        return ""
