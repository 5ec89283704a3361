# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-2.0-or-later
"""In and out of the process: sockets, tapes on disk, addresses, folders. No bpy."""
