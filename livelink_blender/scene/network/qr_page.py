# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The network test: a QR code whose page the phone loads if the way to this computer is free."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import bpy
import numpy as np

from ...io.errors import DoorError
from ..state import state

if TYPE_CHECKING:
    from ...io.network.qr_page import NetworkPage


class CannotTest(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """Says in one sentence why there is nothing to scan."""


@dataclass(frozen=True, slots=True)
class TestLine:
    """What the panel shows of it."""

    url: str  # "" until the page is there
    sentence: str
    is_fine: bool = False
    is_over: bool = False


class _Test:
    """The page that is served, if one is."""

    def __init__(self) -> None:
        self.page: NetworkPage | None = None


def begin(port: int, host: str = "") -> None:
    """Serve the page until `end`, at our likeliest address unless told another; CannotTest where that can't be."""
    from ...io.network.qr_page import NetworkPage
    from . import checks

    end()
    if not bpy.app.online_access:
        raise CannotTest("Blender may not use the network yet: allow it first.")
    ours = checks.addresses()
    if not (host or ours):
        raise CannotTest("This computer is in no network: join the phone's Wi-Fi.")
    try:
        state.part(_Test).page = NetworkPage(host or ours[0].ip, port)
    except DoorError as trouble:
        raise CannotTest(str(trouble)) from trouble


def end() -> None:
    """Serve it no more; harmless when called again."""
    test = state.part(_Test)
    if test.page is not None:
        test.page.close()
        test.page = None


def is_on() -> bool:
    """Whether a code is to be shown."""
    return state.part(_Test).page is not None


def present() -> TestLine | None:
    """How it stands; None while there is no test."""
    page = state.part(_Test).page
    if page is None:
        return None
    visitors = [who for who in page.loaded_by if who != page.host]
    if visitors:
        return TestLine(page.url, f"The path is fine: {visitors[-1]} has loaded the page.", is_fine=True)
    if not page.is_running:
        return TestLine("", page.trouble or "The code is not valid any more: show it again.", is_over=True)
    if page.loaded_by:
        return TestLine(page.url, "Loaded on this computer: now scan it with the phone.")
    return TestLine(page.url, "Scan it with the phone's camera. If the page loads, the path is fine.")


def modules(url: str) -> np.ndarray:
    """The QR code's modules for this address, True for black."""
    from ...core.network.qr import qr_code

    return qr_code(url)
