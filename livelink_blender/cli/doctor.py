# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`livelink doctor`: what is wrong between phone and Blender; with a file, with that avatar's shapes."""

from __future__ import annotations

import argparse
from time import sleep, time

from ..core.network.checklist import checklist
from ..core.sources.performers import Roster
from ..core.wire.dialect_facts import LIVELINK_PORT
from ..io.network.checks import gather_facts
from ..io.sources.udp import DoorError, UdpDoor
from .report import Report

MARKS = {"ok": "ok     ", "bad": "PROBLEM", "unknown": "?      "}
GRADES = {"red": "PROBLEM", "amber": "look at"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, or which file to look at."""
    parser.add_argument("file", nargs="?", help="an avatar that shall be looked at: .blend, .glb, .vrm, .fbx")
    parser.add_argument(
        "--port", type=int, default=LIVELINK_PORT, help=f"the UDP port that the phone sends to ({LIVELINK_PORT})"
    )
    parser.add_argument("--seconds", type=float, default=3.0, help="how long to listen for packets (3)")
    parser.add_argument("--map", metavar="FILE", help="a map from shapes to targets, as JSON")


def run(options: argparse.Namespace, report: Report) -> int:
    """1 when something is found to be wrong."""
    if options.file:
        return _look_at_avatar(options, report)
    return _look_at_network(options, report)


def _look_at_network(options: argparse.Namespace, report: Report) -> int:
    roster, granted, problem = _listen(options.port, options.seconds)
    facts = gather_facts(options.port, roster=roster, granted_bytes=granted, door_problem=problem)
    checks = checklist(facts)
    for check in checks:
        report.result(
            {"check": check.title, "result": check.result, "text": check.text},
            f"{MARKS[check.result]} {check.title}: {check.text}",
        )
    return 1 if any(check.result == "bad" for check in checks) else 0


def _listen(port: int, seconds: float) -> tuple[Roster, int, str]:
    """Hear what comes for a moment; what the socket was granted, or why it could not be opened."""
    roster = Roster()
    try:
        door = UdpDoor(port)
    except DoorError as error:
        return roster, 0, str(error)
    until = time() + seconds
    while time() < until:
        for arrival, sender, packet in door.drain():
            roster.receive(packet, arrival, sender)
        sleep(0.02)
    granted = door.granted_bytes
    door.close()
    return roster, granted, ""


def _look_at_avatar(options: argparse.Namespace, report: Report) -> int:
    from .blender import ensure_character, open_avatar, wake

    wake()
    from ..scene.character.character import Character

    scene = open_avatar(options.file)
    ensure_character(scene, options.map, report)
    is_ill = False
    for index, character in enumerate(scene.livelink.characters):
        summary = Character.build(scene, index).summary()
        card = _card(character, report)
        data = _as_dict(character.name, summary) | {"card": card.as_json() if card else None}
        report.result(data, "\n".join([_as_text(character.name, summary), *_card_lines(card)]))
        is_ill |= bool(summary.missing or summary.obstacles or (card and card.grade == "red"))
    return int(is_ill)


def _card(character, report: Report):
    """What measuring its shapes says; None with a note where there is no face to measure."""
    from ..scene.shapes import in_one_call
    from ..scene.shapes.known_head import CannotShape

    try:
        return in_one_call.check_avatar([tied.object for tied in character.objects])
    except CannotShape as trouble:
        report.note(str(trouble))
        return None


def _card_lines(card) -> list[str]:
    """Findings that are not good, those with the same advice in one line."""
    if card is None:
        return []
    groups: dict[tuple[str, str], list] = {}
    for found in card.sorted_findings():
        if found.grade != "green" and found.measure != "missing":  # what is missing was said above
            groups.setdefault((found.grade, found.advice), []).append(found)
    lines = [f"  {GRADES[grade]} {_subjects(every)}: {advice}" for (grade, advice), every in groups.items()]
    return lines or ["  The shapes are in order."]


def _subjects(findings: list) -> str:
    shown = [found.subject for found in findings[:4]]
    return ", ".join(shown) + (f" and {len(findings) - 4} more" if len(findings) > 4 else "")


def _as_dict(name: str, summary) -> dict:
    return {
        "character": name,
        "meshes": summary.meshes,
        "matched": summary.matched,
        "of": summary.of,
        "missing": list(summary.missing),
        "unmatched": [list(pair) for pair in summary.unmatched],
        "obstacles": [obstacle.text for obstacle in summary.obstacles],
        "head": summary.head,
        "eyes": summary.eyes,
    }


def _as_text(name: str, summary) -> str:
    lines = [f"{name}: {summary.meshes} meshes, {summary.matched} of {summary.of} shapes"]
    if summary.missing:
        lines.append(f"  not there: {', '.join(summary.missing)}")
    lines += [
        f"  {key} moves nothing; it may be {guess}" if guess else f"  {key} moves nothing"
        for key, guess in summary.unmatched
    ]
    lines += [f"  {obstacle.text}" for obstacle in summary.obstacles]
    return "\n".join(lines)
