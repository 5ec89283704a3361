# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What touches Blender's data, and the one running session, which joins io to the scene."""
