# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sockets that faces come in and go out by, and what is remembered of phones."""
