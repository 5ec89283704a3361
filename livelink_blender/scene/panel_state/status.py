# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the panels show: one snapshot of session, phones, characters and takes, taken at most four times a second.

Drawing a panel reads `latest()` and searches for nothing; whatever state Blender is in, a snapshot can be taken."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import bpy

from ..live import look_check, notices, session
from ..network import checks
from ..remote.lines import RemoteLine
from ..state import state
from .characters import CharacterLine, character_lines

if TYPE_CHECKING:
    from ...core.face.frame import PerformerKey
    from ...core.sources.performers import Performer

CHECKLIST_AFTER_S = 3.0
"""So long without a packet, and something is wrong."""


@dataclass(frozen=True, slots=True)
class PhoneLine:
    """One phone, or one face of it, that is sending."""

    key: PerformerKey
    name: str
    light: str  # "live" | "no face" | "silent": the light and its word
    rate: float
    loss: float  # share of packets that never arrived, 0 to 1
    age: float  # seconds since the last packet
    is_only: bool  # the one that is listened to, all others are not
    swap: str  # what is known of its mouth's left and right


@dataclass(frozen=True, slots=True)
class Status:
    """Everything that is shown, as plain values."""

    is_running: bool = False
    light: str = "off"  # "off" | "waiting" | "live" | "no face" | "silent" | "recording" | "error"
    word: str = "Off"
    phone: str = ""
    rate: float = 0.0
    lag_ms: float = 0.0
    smoothing_ms: float = 0.0
    message: str = ""  # one sentence below the buttons, where there is something to say
    is_trouble: bool = False  # the message is an error
    phones: tuple[PhoneLine, ...] = ()
    is_quiet: bool = False  # running for a while, and nothing comes
    unsure_app: str = ""  # its directions were never compared with a real phone, and nobody has looked yet
    has_heard: bool = False  # a packet has come since the start
    bad: tuple[tuple[str, int], ...] = ()
    advice: str = ""
    addresses: tuple[checks.AddressLine, ...] = ()
    characters: tuple[CharacterLine, ...] = ()
    is_recording: bool = False
    recording_name: str = ""
    take_trouble: str = ""
    last_take: str = ""
    last_take_s: float = 0.0
    remote: RemoteLine = field(default_factory=RemoteLine)


class _Latest:
    """The snapshot that was taken last."""

    def __init__(self) -> None:
        self.status = Status()


def latest() -> Status:
    """The snapshot that was taken last."""
    return state.part(_Latest).status


def refresh(now: float) -> bool:
    """Take a new snapshot; whether it differs from the last one."""
    kept = state.part(_Latest)
    before, kept.status = kept.status, take(now)
    return kept.status != before


def awaits_phone_at() -> tuple[str, int] | None:
    """Address and port to type on the phone, while a session runs that could hear one and has heard nothing yet."""
    live, addresses = session.running(), latest().addresses
    if live is None or live.intake.last_packet_at is not None or not (addresses and bpy.app.online_access):
        return None
    return addresses[0].ip, live.door.port


def take(now: float) -> Status:
    """The state of everything at `now`."""
    live = session.running()
    scene = live.scene() if live else bpy.context.scene
    lines = character_lines(scene, live, now) if scene else ()
    shown = _while_live(live, lines, now) if live else _at_rest(lines)
    newest = session.current()
    if newest is None or newest.last_take is None:
        return shown
    return replace(shown, last_take=newest.last_take.stem, last_take_s=newest.recorder.seconds)


def _at_rest(characters: tuple[CharacterLine, ...]) -> Status:
    message, is_trouble = notices.present()
    return Status(
        light="error" if is_trouble else "off", word="Error" if is_trouble else "Off", message=message,
        is_trouble=is_trouble, addresses=checks.addresses(), characters=characters,
    )


def _while_live(live: session.Session, characters: tuple[CharacterLine, ...], now: float) -> Status:
    phones = tuple(_phone_line(live, one, now) for one in live.roster.performers.values())
    shown = _shown_phone(live, phones)
    light, word = _light(live, shown, now)
    message, is_trouble = notices.present()
    return Status(
        is_running=True, light=light, word=word, message=message, is_trouble=is_trouble, phones=phones,
        phone=shown.name if shown else "", rate=shown.rate if shown else 0.0,
        lag_ms=_most(binding.lag_ms(now) for binding in live.bindings),
        smoothing_ms=_most(binding.chain.lag_ms for binding in live.bindings if binding.performer),
        is_quiet=_silence(live, now) > CHECKLIST_AFTER_S, has_heard=live.intake.last_packet_at is not None,
        unsure_app=_unsure_app(live), bad=_bad_packets(live),
        advice=live.roster.advice,
        addresses=checks.addresses(), characters=characters,
        is_recording=live.recorder.is_recording,
        recording_name=live.is_recording_to.stem if live.is_recording_to else "",
        take_trouble=live.recorder.trouble,
        remote=live.remote.line(live.scene().livelink.remote, now) if live.scene() else RemoteLine(),
    )


def _unsure_app(live: session.Session) -> str:
    scene = live.scene()
    index = scene.livelink.active_character if scene else -1
    return live.performer_of(index).name if look_check.is_unsure(live, index) else ""


def _bad_packets(live: session.Session) -> tuple[tuple[str, int], ...]:
    """In plainer words than the roster's."""
    from ...core.sources.performers import NOT_LOCKED, TOO_MANY

    words = {NOT_LOCKED: "from other phones", TOO_MANY: "from too many phones at once"}
    return tuple((words.get(reason, reason), count) for reason, count in live.roster.bad.most_common(4))


def _phone_line(live: session.Session, performer: Performer, now: float) -> PhoneLine:
    sent = performer.received + performer.lost
    return PhoneLine(
        key=performer.key, name=performer.name, light=performer.state(now), rate=round(performer.rate(now)),
        loss=performer.lost / sent if sent else 0.0, age=round(performer.age(now), 1),
        is_only=performer.key == live.roster.locked, swap=performer.swap.verdict,
    )


def _shown_phone(live: session.Session, phones: tuple[PhoneLine, ...]) -> PhoneLine | None:
    """The phone of the status row: the one of the character in the panel, else the first that is live."""
    scene = live.scene()
    driver = live.performer_of(scene.livelink.active_character) if scene else None
    of_character = [line for line in phones if driver is not None and line.key == driver.key]
    is_live = [line for line in phones if line.light == "live"]
    return next(iter([*of_character, *is_live, *phones]), None)


def _light(live: session.Session, shown: PhoneLine | None, now: float) -> tuple[str, str]:
    if live.recorder.is_recording:
        return "recording", f"Rec {clock(_recorded(live, now))}"
    if shown is None:
        return "waiting", "No packets" if _silence(live, now) > CHECKLIST_AFTER_S else "Waiting"
    return shown.light, {"live": "Live", "no face": "No face", "silent": "Silent"}[shown.light]


def _silence(live: session.Session, now: float) -> float:
    """Seconds since the last packet that was a face's, or since the start."""
    since = live.intake.last_packet_at if live.intake.last_packet_at is not None else live.started_at
    return max(0.0, now - since) if since is not None else 0.0


def _recorded(live: session.Session, now: float) -> float:
    first = live.recorder.first_arrival
    return round(max(0.0, now - first), 1) if live.recorder.is_recording and first is not None else 0.0


def _most(figures) -> float:
    return round(max(figures, default=0.0))


def clock(seconds: float) -> str:
    """Minutes and seconds, as on a clock."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
