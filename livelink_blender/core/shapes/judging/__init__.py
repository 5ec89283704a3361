# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How good shapes are: the report card, and whether a mesh is fit for shapes at all."""
