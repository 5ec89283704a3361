# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m livelink_blender` is the console script."""

from .cli import main

main()
