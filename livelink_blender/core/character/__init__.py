# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a character is: its names matched, maps from shapes to targets, rotations whichever way bones point."""
