# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The phone as a remote: what Live Link Face is told by OSC, what it answers, and the recording it made itself."""

PORT = 8000
"""Where Live Link Face listens, unless it was changed in the app: known without the rest."""
