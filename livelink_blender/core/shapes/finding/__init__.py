# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the face is on a head: its frame, parts, openings, rims and points."""
