# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings of other face apps: which ports are open for them, who is asked, whom the face is handed on to."""

import bpy
from bpy.props import BoolProperty, CollectionProperty, EnumProperty, IntProperty, PointerProperty, StringProperty
from bpy.types import PropertyGroup

from ...core.sources.apps import ASKED, HANDED, PORTS_OF
from ...core.wire.dialect_facts import FACTS


def _wanted(app: str) -> BoolProperty:
    name = PORTS_OF[app].name
    return BoolProperty(name=name, description=f"Also listen at the port that {name} sends to", default=False)


def _port(app: str) -> IntProperty:
    one = PORTS_OF[app]
    return IntProperty(
        name="Port", description=f"The {'TCP' if one.by_tcp else 'UDP'} port that {one.name} sends to",
        default=one.port, min=1024, max=65535,
    )


def suggested_phones(_group: object, _context: object, typed: str) -> list[str]:
    """The addresses of phones that were heard before, newest first, for a text field."""
    from ...io.sources.phone_memory import known_phones

    return [address for address in known_phones() if typed in address]


def _usual_port(group: "LiveLinkReceiver", _context: object) -> None:
    group.port = FACTS[HANDED[group.app][1]].port


def _port_of_the_app(group: "LiveLinkAskedPhone", _context: object) -> None:
    group.port = FACTS[ASKED[group.app].dialect].asked_at


class LiveLinkAskedPhone(PropertyGroup):
    """A phone that sends when it is asked."""

    is_on: BoolProperty(name="Ask", description="Ask this phone for its face while live", default=True)
    app: EnumProperty(
        name="App", description="The app that runs on the phone", default="IFACIALMOCAP", update=_port_of_the_app,
        items=[(key, one.name, f"Ask {one.name} for its face") for key, one in ASKED.items()],
    )
    address: StringProperty(
        name="Phone", description="The phone's address in numbers, as its app or its Wi-Fi settings show it",
        maxlen=64, search=suggested_phones, search_options={"SUGGESTION"},
    )
    port: IntProperty(
        name="Port", description="The port that the app listens at; 0 for its usual one",
        default=49983, min=0, max=65535,
    )


class LiveLinkReceiver(PropertyGroup):
    """A program that the face is handed on to."""

    is_on: BoolProperty(name="Hand On", description="Send the face on to this program while live", default=True)
    app: EnumProperty(
        name="As", description="The language that the other program understands", default="VMC", update=_usual_port,
        items=[(key, name, f"Send the face as {name} does") for key, (name, _) in HANDED.items()],
    )
    address: StringProperty(
        name="To", description="The other program's address in numbers; 127.0.0.1 is this computer",
        default="127.0.0.1", maxlen=64,
    )
    port: IntProperty(
        name="Port", description="The other program's port", default=FACTS[HANDED["VMC"][1]].port, min=1, max=65535
    )
    subject: StringProperty(
        name="Whose Face", description="Name or address of the phone whose face is sent; empty for the first", maxlen=64
    )
    osc_map: StringProperty(
        name="OSC Map", description="A JSON file of OSC addresses and shapes, to say it in; empty for /face/jawOpen",
        subtype="FILE_PATH", maxlen=1024,
    )


class LiveLinkSources(PropertyGroup):
    """Other face apps. Nothing of this is on until somebody wants it."""

    typed: PointerProperty(type=LiveLinkAskedPhone, name="Ask a Phone", description="The phone to ask next")
    asked: CollectionProperty(type=LiveLinkAskedPhone, name="Asked Phones", description="Phones that are asked")
    receivers: CollectionProperty(
        type=LiveLinkReceiver, name="Receivers", description="Programs that the face is handed on to"
    )
    find: BoolProperty(
        name="Find Other Programs", default=False,
        description="Look for programs and other Blenders in the local network, and let them find this one, while live",
    )
    osc_map: StringProperty(
        name="OSC Map", description="A JSON file of OSC addresses and shapes, for apps that are not known here",
        subtype="FILE_PATH", maxlen=1024,
    )


for _line in PORTS_OF:  # a switch and a port for each line of the table
    LiveLinkSources.__annotations__ |= {_line: _wanted(_line), f"{_line}_port": _port(_line)}
CLASSES: tuple[type, ...] = (LiveLinkAskedPhone, LiveLinkReceiver, LiveLinkSources)


def ports_wanted(settings: LiveLinkSources) -> dict[str, int]:
    """Which lines are on, with their ports."""
    return {app: getattr(settings, f"{app}_port") for app in PORTS_OF if getattr(settings, app)}


def osc_map_path(settings: LiveLinkSources | LiveLinkReceiver) -> str:
    """The map's file; "" without one."""
    return bpy.path.abspath(settings.osc_map) if settings.osc_map else ""
