# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section Phone: what to type on it, who is sending, what is wrong when nobody is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import bpy
from bpy.types import Context, Panel, UILayout

from ...scene.character.properties import performer_text
from ...scene.live import demo_phone, session
from ...scene.network import checks
from ..common import lights
from ..common.sidebar import Sidebar, sentence
from ..common.watch import fresh_status
from ..network.address_views import draw_code
from .app_panel import draw_search

if TYPE_CHECKING:
    from ...scene.panel_state.status import PhoneLine, Status

MOST_ROWS = 6
ANSWER_ICONS = {"ok": "CHECKMARK", "bad": "ERROR", "unknown": "QUESTION"}
KINDS = {"wifi": "Wi-Fi", "ethernet": "cable", "vpn": "VPN", "virtual": "virtual", "link-local": "no router"}


class LIVELINK_PT_phone(Sidebar, Panel):
    """Address, permission, phones, checklist"""

    bl_label = "Phone"
    bl_order = 1

    def draw(self, context: Context) -> None:
        layout, shown = self.layout, fresh_status()
        if not bpy.app.online_access:
            _permission(layout, context)
        if not shown.phones:
            _address(layout, context, shown)
        if shown.is_running:
            _phones(layout, context, shown)
        _bad_packets(layout, context, shown)
        if checks.answers() and (shown.is_quiet or not shown.phones):
            _answers(layout, context)
        _trial(layout, context, shown)


def _permission(layout: UILayout, context: Context) -> None:
    box = layout.box()
    sentence(box, context, "Blender may not use the network yet, so no phone can be heard.", icon="INTERNET_OFFLINE")
    row = box.row()
    row.scale_y = 1.3
    row.operator("livelink.allow_network", icon="INTERNET")


def _address(layout: UILayout, context: Context, shown: Status) -> None:
    """Our address, large: what has to be typed on the phone."""
    box = layout.box()
    box.label(text="Type on the phone")
    if not shown.addresses:
        sentence(box, context, "This computer is in no network: join the phone's Wi-Fi.", icon="ERROR")
    for number, address in enumerate(shown.addresses[:3]):
        row = box.row(align=True)
        row.scale_y = 1.0 if number else 1.8
        row.operator("livelink.copy_address", text=_named(address, number)).address = address.ip
    row = box.row()
    row.active = not shown.is_running
    row.enabled = not shown.is_running
    row.prop(context.scene.livelink, "port")
    if shown.addresses and bpy.app.online_access:
        draw_code(box, context)


def _named(address: checks.AddressLine, number: int) -> str:
    kind = KINDS.get(address.kind, "")
    return f"or  {address.ip}  {kind}".rstrip() if number else address.ip


def _phones(layout: UILayout, context: Context, shown: Status) -> None:
    if not shown.phones:
        _nobody(layout, context, shown)
        return
    if not checks.answers() and shown.is_quiet:
        _nobody(layout, context, shown)
    box = layout.box()
    for line in shown.phones[:MOST_ROWS]:
        _phone(box, line)
    if len(shown.phones) > MOST_ROWS:
        box.label(text=f"and {len(shown.phones) - MOST_ROWS} more")
    if shown.addresses:
        small = layout.column()
        small.active = False
        small.label(text=f"Heard at {shown.addresses[0].ip} : {context.scene.livelink.port}", icon="BLANK1")
    if shown.unsure_app:
        _unsure(layout.box(), context, shown.unsure_app)
    swap = layout.split(factor=0.36)
    swap.label(text="Mouth L/R")
    swap.prop(context.scene.livelink, "mouth_swap", text="")
    if context.scene.livelink.mouth_swap == "AUTO":
        sentence(layout, context, f"Mouth: {_swap_verdict(shown)}", icon="BLANK1")


def _unsure(box: UILayout, context: Context, app: str) -> None:
    """One look sets the signs of an app that nobody has compared with a real phone yet."""
    text = f"Does the head turn the right way with {app}? Press, look left yourself, and hold."
    sentence(box, context, text, icon="INFO")
    box.operator("livelink.check_look", text="Look Left", icon="TRIA_LEFT").move = "LEFT"


def _nobody(layout: UILayout, context: Context, shown: Status) -> None:
    row = layout.row()
    row.label(text="No packets yet" if not shown.has_heard else "No packets now", icon_value=lights.icon("waiting"))
    if shown.is_quiet:
        row.operator("livelink.find_fault")
        if bpy.app.online_access:
            draw_search(layout, context, session.running())


def _phone(box: UILayout, line: PhoneLine) -> None:
    """Light with its word, name, rate, loss or age, and the lock."""
    part = box.column(align=True)
    row = part.row(align=True)
    row.label(text=line.name, icon_value=lights.icon(line.light))
    word = line.light.capitalize()
    age = f"{word}, last heard {line.age:.0f} s ago"
    figures = part.row()
    figures.scale_y = 0.8
    figures.label(text=age if line.light == "silent" else f"{word}, {line.rate:.0f}/s, {_loss(line)}", icon="BLANK1")
    lock = row.operator("livelink.only_this_phone", text="", icon="LOCKED" if line.is_only else "UNLOCKED",
                        depress=line.is_only)
    lock.phone = "" if line.is_only else performer_text(line.key)


def _loss(line: PhoneLine) -> str:
    return f"{line.loss:.1%} lost" if line.loss else "none lost"


def _swap_verdict(shown: Status) -> str:
    return next((line.swap for line in shown.phones if line.name == shown.phone), shown.phones[0].swap)


def _answers(layout: UILayout, context: Context) -> None:
    box = layout.box()
    head = box.row()
    head.label(text="What's wrong?")
    head.operator("livelink.find_fault", text="", icon="FILE_REFRESH")
    head.operator("livelink.close_checklist", text="", icon="X")
    for check in checks.answers():
        part = box.column(align=True)
        part.label(text=check.title, icon=ANSWER_ICONS[check.result])
        sentence(part, context, check.text, icon="BLANK1")


def _bad_packets(layout: UILayout, context: Context, shown: Status) -> None:
    """What came and is no face: open while no phone is heard, else a single line that can be unfolded."""
    if not shown.bad:
        return
    if shown.advice:
        sentence(layout.box(), context, shown.advice, icon="ERROR")
    left_out = f"{sum(count for _, count in shown.bad):,} packets left out"
    if shown.phones:
        head, body = layout.panel("livelink_left_out", default_closed=True)
        head.label(text=left_out)
    else:
        body = layout.box()
        body.label(text=left_out)
    for reason, count in shown.bad if body else ():
        sentence(body, context, f"{count:,}: {reason}", icon="BLANK1")


def _trial(layout: UILayout, context: Context, shown: Status) -> None:
    if demo_phone.trouble():
        sentence(layout.box(), context, demo_phone.trouble(), icon="ERROR")
    if demo_phone.is_on():
        layout.operator("livelink.end_trial", icon="X")
    elif not shown.has_heard:
        layout.operator("livelink.try_without_phone", icon="GHOST_ENABLED")


CLASSES = (LIVELINK_PT_phone,)
