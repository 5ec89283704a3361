# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names that came over the network, made fit to be shown and kept."""

from __future__ import annotations

LONGEST_NAME = 80


def clean_name(raw: bytes) -> str:
    """At most 80 printable characters; what is no UTF-8 or would break a line is shown as a question mark or cut."""
    text = raw[: 4 * LONGEST_NAME].decode("utf-8", "replace")[:LONGEST_NAME]
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else "?" for c in text.rstrip("\0"))


def clean_text(text: str) -> str:
    """The same of a name that was read as text already."""
    return clean_name(text.encode("utf-8", "replace"))
