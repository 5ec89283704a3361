# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bytes to frames and back: what tells the dialects apart and converses with phones; each has a module in dialects."""
