# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Recordings: the tape, other files, what is noted beside them, and their way to keys on the timeline."""
