# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The phone as a remote: what Live Link Face is told by OSC, what it answers, and the recording it made itself."""
