# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What several dialects have in common: OSC, JSON that is bounded, names, which way angles turn."""
