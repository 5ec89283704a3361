# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bytes to frames: one module per dialect, and one that tells the dialect by the bytes."""
