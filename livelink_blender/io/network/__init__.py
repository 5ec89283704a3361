# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""This computer's addresses and firewall, finding phones and programs, small servers."""
