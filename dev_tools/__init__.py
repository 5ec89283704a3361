# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What dev.py runs: environment, build, benches, pictures. Nothing of it is in the extension."""
