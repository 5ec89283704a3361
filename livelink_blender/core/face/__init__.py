# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""One face: its channels, one moment of it, and all that lies between a raw frame and what a character shows."""
