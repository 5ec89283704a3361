# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The running session and what goes with it: its tick, Blender's events, what is said below the buttons."""
