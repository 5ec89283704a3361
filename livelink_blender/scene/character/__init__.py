# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a character is in Blender: keys, bones and properties as targets, and what stands in their way."""
