# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Recordings: the tape, other files, what is noted beside them, and their way to keys on the timeline."""

FADE = 0.2
"""Seconds in which a part of a best-of comes and goes, unless it is set: known without the rest."""
