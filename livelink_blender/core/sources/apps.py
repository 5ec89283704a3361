# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Other face apps by the names people know: the port each sends to, how each can be asked, what is not sure of it."""

from __future__ import annotations

from dataclasses import dataclass

from ..wire.dialects import companion, facecap, ifacialmocap, openseeface, own_osc, vmc, vtubestudio
from ..wire.requests import IFACIALMOCAP_TCP
from .relay import PORTS


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
    "ifacialmocap": PortOf("iFacialMocap", PORTS[ifacialmocap.V2]),
    "ifacialmocap_tcp": PortOf("iFacialMocap, TCP", PORTS[IFACIALMOCAP_TCP], by_tcp=True),
    "vmc": PortOf("VMC", PORTS[vmc.DIALECT]),
    "facecap": PortOf("Face Cap", PORTS[facecap.DIALECT]),
    "companion": PortOf("iFacialMocap, PC", PORTS[companion.DIALECT]),
    "openseeface": PortOf("OpenSeeFace", PORTS[openseeface.DIALECT]),
    "own": PortOf("Another app", PORTS[own_osc.DIALECT]),
}
"""The lines of the panel; any app is understood at any of them."""

ASKED: dict[str, Asked] = {
    "IFACIALMOCAP": Asked("iFacialMocap", ifacialmocap.V2, "ifacialmocap"),
    "IFACIALMOCAP_TCP": Asked("iFacialMocap, TCP", IFACIALMOCAP_TCP, "ifacialmocap_tcp"),
    "FACEMOTION3D": Asked("Facemotion3d", ifacialmocap.FACEMOTION, "ifacialmocap"),
    "FMV3": Asked("iFacialMocap, FMV3", "fmv3", "ifacialmocap"),
    "VTUBESTUDIO": Asked("VTube Studio or MeowFace", vtubestudio.DIALECT),
}

HANDED: dict[str, tuple[str, str]] = {
    "LIVELINK": ("Live Link Face", "livelink"),
    "VMC": ("VMC", vmc.DIALECT),
    "IFACIALMOCAP": ("iFacialMocap", ifacialmocap.V1),
    "IFACIALMOCAP_2": ("iFacialMocap, version 2", ifacialmocap.V2),
    "FMV3": ("FMV3", "fmv3"),
    "FACECAP": ("Face Cap", facecap.DIALECT),
    "OPENSEEFACE": ("OpenSeeFace", openseeface.DIALECT),
    "OSC": ("OSC", own_osc.DIALECT),
}
"""What a face may be handed on as: (name, dialect). None by TCP, which would keep Blender waiting."""

UNVERIFIED = frozenset({companion.DIALECT, openseeface.DIALECT, vtubestudio.DIALECT})
"""Dialects whose directions nobody could compare with a real phone yet: their users are asked for one look."""
