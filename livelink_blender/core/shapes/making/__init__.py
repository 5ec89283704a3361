# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The 52 shapes: fields fitted to heads, brought to any other one, closed where lids and lips must touch."""
