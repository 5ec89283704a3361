# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding each other: phones, programs, QR codes, and what to look at when nothing comes."""
