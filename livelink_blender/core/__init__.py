# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-2.0-or-later
"""What is true without Blender: names, frames, filters, maps, takes, shapes. No bpy, no sockets, no clock."""
