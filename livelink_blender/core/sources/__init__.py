# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where faces come from and go to: who is sending, what was lost, the apps by name, handing a face on."""
