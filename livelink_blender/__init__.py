# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-2.0-or-later
"""Face Live Link: a face in front of a phone moves a character in Blender."""
