# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong at a door."""

from __future__ import annotations


class DoorError(OSError):
    """A door that could not be opened; the message is one plain sentence for the user."""
