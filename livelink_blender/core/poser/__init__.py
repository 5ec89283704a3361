# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faces made by hand: sliders, and named expressions that are played over a face."""

LONGEST_NAME = 60
"""Of an expression: known without the rest."""
