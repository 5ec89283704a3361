# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""HOST:PORT as typed on the command line."""

from __future__ import annotations

from .report import WrongInput


def host_and_port(text: str, default_port: int) -> tuple[str, int]:
    """Split HOST[:PORT]; one sentence when it is neither."""
    host, colon, port = text.rpartition(":")
    if not colon:
        return text, default_port
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise WrongInput(f"{text} should read HOST:PORT, with a port from 1 to 65535.")
    return host or "127.0.0.1", int(port)
