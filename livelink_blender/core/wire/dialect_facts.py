# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The dialects by name: what people call them, their ports, where the panels list them. Plain values that cost nothing.

How each is read, written and asked for stands in `table.py`, by the same names in the same order.
"""

from __future__ import annotations

from typing import NamedTuple

LIVELINK_PORT = 11111
"""Where Live Link Face sends to, and where it brings files by TCP, so that a firewall needs one number."""
LIVELINK = "livelink"


class Line(NamedTuple):
    """A line of the panel with ports."""

    key: str  # of the properties in a .blend
    name: str = ""  # where it is not the app's


class Asked(NamedTuple):
    """An app of the panel's list of those that send when they are asked."""

    key: str
    number: int  # its place in the list, which a .blend keeps
    answers_at: str = ""  # the line that it answers at; "": wherever it was asked from
    of_everybody: bool = False  # when phones are searched for; apps of the same maker understand the same question


class Handed(NamedTuple):
    """What a face may be handed on as. None by TCP, which would keep Blender waiting."""

    key: str
    number: int  # its place in the list, which a .blend keeps
    name: str = ""  # where it is not the app's


class DialectFacts(NamedTuple):
    """One dialect."""

    name: str  # the word that Frame.dialect and the command line have for it
    app: str  # the name that people know
    port: int  # where receivers listen unless they are told otherwise
    by_tcp: bool = False
    asked_at: int = 0  # the phone's port; 0: the app sends without being asked
    is_verified: bool = True  # False: nobody could compare its directions with a real phone yet
    takes_map: bool = False  # it can be said at a user's own OSC addresses
    line: Line | None = None
    asked: Asked | None = None
    handed: Handed | None = None


_ALL = (
    DialectFacts(LIVELINK, "Live Link Face", LIVELINK_PORT, handed=Handed("LIVELINK", 0)),
    DialectFacts("ifacialmocap", "iFacialMocap", 49983, asked_at=49983, handed=Handed("IFACIALMOCAP", 2)),
    DialectFacts(
        "ifacialmocap-v2", "iFacialMocap", 49983, asked_at=49983, line=Line("ifacialmocap"),
        asked=Asked("IFACIALMOCAP", 0, "ifacialmocap", of_everybody=True),
        handed=Handed("IFACIALMOCAP_2", 3, "iFacialMocap, version 2"),
    ),
    DialectFacts(
        "ifacialmocap-tcp", "iFacialMocap, TCP", 49986, by_tcp=True, asked_at=49983, line=Line("ifacialmocap_tcp"),
        asked=Asked("IFACIALMOCAP_TCP", 1, "ifacialmocap_tcp"),
    ),
    DialectFacts(
        "facemotion3d", "Facemotion3d", 49983, asked_at=49993, asked=Asked("FACEMOTION3D", 2, "ifacialmocap")
    ),
    DialectFacts(
        "vts", "VTube Studio or MeowFace", 21412, asked_at=21412, is_verified=False,
        asked=Asked("VTUBESTUDIO", 4, of_everybody=True),
    ),
    DialectFacts("vmc", "VMC", 39539, line=Line("vmc"), handed=Handed("VMC", 1)),
    DialectFacts("facecap", "Face Cap", 9001, line=Line("facecap"), handed=Handed("FACECAP", 5)),
    DialectFacts("companion", "iFacialMocap, PC", 50002, is_verified=False, line=Line("companion")),
    DialectFacts(
        "openseeface", "OpenSeeFace", 11573, is_verified=False, line=Line("openseeface"),
        handed=Handed("OPENSEEFACE", 6),
    ),
    DialectFacts("osc", "OSC", 9000, takes_map=True, line=Line("own", "Another app"), handed=Handed("OSC", 7)),
    DialectFacts(
        "fmv3", "iFacialMocap, FMV3", 49983, asked_at=49983, asked=Asked("FMV3", 3, "ifacialmocap"),
        handed=Handed("FMV3", 4, "FMV3"),
    ),
)  # fmt: skip
FACTS: dict[str, DialectFacts] = {one.name: one for one in _ALL}
"""Every dialect there is."""
