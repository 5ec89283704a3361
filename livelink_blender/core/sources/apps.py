# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Other face apps by the names people know: the port each sends to, how each can be asked, what is not sure of it."""

from __future__ import annotations

from dataclasses import dataclass

PORTS: dict[str, int] = {
    "livelink": 11111, "ifacialmocap": 49983, "ifacialmocap-v2": 49983, "ifacialmocap-tcp": 49986,
    "facemotion3d": 49983, "vts": 21412, "vmc": 39539, "facecap": 9001, "companion": 50002, "openseeface": 11573,
    "osc": 9000, "fmv3": 49983,
}  # fmt: skip
"""Where receivers of each dialect listen unless they are told otherwise."""


@dataclass(frozen=True, slots=True)
class PortOf:
    """A port that some app sends to unless it is told otherwise."""

    name: str
    port: int
    by_tcp: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """An app that sends when it is asked."""

    name: str
    dialect: str
    answers_at: str = ""  # the line of PORTS_OF that it answers at; "": wherever it was asked from


PORTS_OF: dict[str, PortOf] = {
    "ifacialmocap": PortOf("iFacialMocap", PORTS["ifacialmocap-v2"]),
    "ifacialmocap_tcp": PortOf("iFacialMocap, TCP", PORTS["ifacialmocap-tcp"], by_tcp=True),
    "vmc": PortOf("VMC", PORTS["vmc"]),
    "facecap": PortOf("Face Cap", PORTS["facecap"]),
    "companion": PortOf("iFacialMocap, PC", PORTS["companion"]),
    "openseeface": PortOf("OpenSeeFace", PORTS["openseeface"]),
    "own": PortOf("Another app", PORTS["osc"]),
}
"""The lines of the panel; any app is understood at any of them."""

ASKED: dict[str, Asked] = {
    "IFACIALMOCAP": Asked("iFacialMocap", "ifacialmocap-v2", "ifacialmocap"),
    "IFACIALMOCAP_TCP": Asked("iFacialMocap, TCP", "ifacialmocap-tcp", "ifacialmocap_tcp"),
    "FACEMOTION3D": Asked("Facemotion3d", "facemotion3d", "ifacialmocap"),
    "FMV3": Asked("iFacialMocap, FMV3", "fmv3", "ifacialmocap"),
    "VTUBESTUDIO": Asked("VTube Studio or MeowFace", "vts"),
}

HANDED: dict[str, tuple[str, str]] = {
    "LIVELINK": ("Live Link Face", "livelink"),
    "VMC": ("VMC", "vmc"),
    "IFACIALMOCAP": ("iFacialMocap", "ifacialmocap"),
    "IFACIALMOCAP_2": ("iFacialMocap, version 2", "ifacialmocap-v2"),
    "FMV3": ("FMV3", "fmv3"),
    "FACECAP": ("Face Cap", "facecap"),
    "OPENSEEFACE": ("OpenSeeFace", "openseeface"),
    "OSC": ("OSC", "osc"),
}
"""What a face may be handed on as: (name, dialect). None by TCP, which would keep Blender waiting."""

UNVERIFIED = frozenset({"companion", "openseeface", "vts"})
"""Dialects whose directions nobody could compare with a real phone yet: their users are asked for one look."""
