# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section Other Apps, closed until wanted: ports, phones that are asked, programs that get the face, odd signs."""

from __future__ import annotations

from time import time

from bpy.types import Context, Panel, UILayout

from ...core.face.look_check import MOVES
from ...core.sources.apps import ASKED, HANDED, PORTS_OF
from ...core.wire.dialect_facts import FACTS
from ...scene.live import session
from ..common.sidebar import Sidebar, sentence
from ..common.watch import fresh_status

BUTTONS = {
    "left": ("Turn Left", "TRIA_LEFT"), "up": ("Look Up", "TRIA_UP"),
    "right shoulder": ("Lean to the Right Shoulder", "LOOP_FORWARDS"),
}  # fmt: skip


class LIVELINK_PT_apps(Sidebar, Panel):
    """Other face apps than Live Link Face, and other programs that want the face"""

    bl_label = "Other Apps"
    bl_order = 7
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: Context) -> None:
        fresh_status()
        layout, settings, live = self.layout, context.scene.livelink.sources, session.running()
        _ask(layout, context, settings, live)
        for name, title, draw in PARTS:
            head, body = layout.panel(f"livelink_{name}", default_closed=True)
            head.label(text=title)
            if body:
                draw(body, context, settings, live)


def _ask(layout: UILayout, context: Context, settings, live) -> None:
    """Phones that wait to be asked, and how it stands with each."""
    box = layout.box()
    box.label(text="Ask a phone for its face")
    box.prop(settings.typed, "app", text="")
    row = box.split(factor=0.72, align=True)
    row.prop(settings.typed, "address", text="", placeholder="Phone's address")
    row.prop(settings.typed, "port", text="")
    box.operator("livelink.ask_phone", icon="QUESTION")
    draw_search(box, context, live)
    now = time()
    for number, phone in enumerate(settings.asked):
        row = box.row(align=True)
        row.prop(phone, "is_on", text=phone.address)
        row.operator("livelink.forget_phone", text="", icon="X").number = number
        name, word = ASKED[phone.app].name, live.sources.asked_word(phone, now) if live else "asked when live"
        _say(box, context, f"{name}: {word}")


def draw_search(layout: UILayout, context: Context, live) -> None:
    """The button; while it runs, how far; and whom it has found."""
    search = live.sources.search if live is not None else None
    if search is None or not search.is_on:
        layout.operator("livelink.search_phones", icon="VIEWZOOM")
    else:
        row = layout.row(align=True)
        row.progress(factor=search.share, text="Searching")
        row.operator("livelink.end_search", text="", icon="X")
    if search is None or not search.has_searched:
        return
    for phone in search.found:
        _found_phone(layout, context, phone)
    nobody = "" if search.found or search.is_on else "No phone has answered: open its app, and join the same Wi-Fi."
    _say(layout, context, nobody, icon="INFO")
    _say(layout, context, search.trouble, icon="ERROR")


def _found_phone(layout: UILayout, context: Context, phone) -> None:
    if not phone.app:
        sentence(layout, context, phone.advice, icon="ERROR")
        return
    row = layout.split(factor=0.72)
    row.label(text=ASKED[phone.app].name, icon="CHECKMARK")
    button = row.operator("livelink.ask_phone", text="Ask")
    button.address, button.app = phone.address, phone.app
    sentence(layout, context, phone.address, icon="BLANK1")


def _ports(layout: UILayout, context: Context, settings, live) -> None:
    sentence(layout, context, f"Any app may also send to port {context.scene.livelink.port}.", icon="INFO")
    column = layout.column(align=True)
    for line, app in PORTS_OF.items():
        row = column.split(factor=0.62, align=True)
        row.prop(settings, line, text=app.name)
        port = row.row(align=True)
        port.active = getattr(settings, line)
        port.prop(settings, f"{line}_port", text="")
        trouble = live.sources.troubles.get((line, getattr(settings, f"{line}_port")), "") if live else ""
        _say(column, context, trouble, icon="ERROR")
    layout.prop(settings, "osc_map")
    for fault in live.sources.map_faults[:4] if live else ():
        sentence(layout, context, fault, icon="ERROR")


def _hand_on(layout: UILayout, context: Context, settings, live) -> None:
    for number, receiver in enumerate(settings.receivers):
        box = layout.box()
        row = box.row(align=True)
        row.prop(receiver, "is_on", text="")
        row.prop(receiver, "app", text="")
        row.operator("livelink.remove_receiver", text="", icon="X").number = number
        row = box.split(factor=0.62, align=True)
        row.prop(receiver, "address", text="")
        row.prop(receiver, "port", text="")
        box.prop(receiver, "subject", text="", placeholder="Whose face: the first")
        if FACTS[HANDED[receiver.app][1]].takes_map:
            box.prop(receiver, "osc_map", text="", placeholder="OSC map: /face/jawOpen")
        _say(box, context, live.sources.receiver_word(receiver) if live else "")
    layout.operator("livelink.add_receiver", icon="ADD")


def _find(layout: UILayout, context: Context, settings, live) -> None:
    from ...core.network.neighbours import KINDS, OWN_KIND

    layout.prop(settings, "find")
    if not (settings.find and live):
        return
    neighbours = live.sources.neighbours
    for one in neighbours.found:
        row = layout.row(align=True)
        row.label(text=one.name, icon="WORLD")
        button = row.operator("livelink.add_receiver", text="", icon="EXPORT")
        button.address, button.port = one.address, one.port
        button.app = "LIVELINK" if one.kind == KINDS[OWN_KIND] else "OSC"
        sentence(layout, context, f"{one.kind}, {one.address} : {one.port}", icon="BLANK1")
    _say(layout, context, neighbours.trouble or ("" if neighbours.found else "Nothing found yet."), icon="INFO")


def _signs(layout: UILayout, context: Context, settings, live) -> None:
    sentence(layout, context, "If the head turns the wrong way: press, do it with your own head, and hold it.")
    column = layout.column(align=True)
    for move in MOVES:
        text, icon = BUTTONS[move]
        button = column.operator("livelink.check_look", text=text, icon=icon)
        button.move = move.upper().replace(" ", "_")


def _say(layout: UILayout, context: Context, text: str, icon: str = "BLANK1") -> None:
    if text:
        sentence(layout, context, text, icon=icon)


PARTS = (
    ("ports", "Ports of Other Apps", _ports),
    ("hand_on", "Hand the Face On", _hand_on),
    ("find", "Other Programs in the Network", _find),
    ("signs", "The Head Turns the Wrong Way", _signs),
)
CLASSES = (LIVELINK_PT_apps,)
