# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The extension's door: Blender calls register and unregister, the house is in livelink_blender."""


def register() -> None:
    """Put everything of ours into Blender."""
    from .livelink_blender import registration

    registration.register()


def unregister() -> None:
    """Take everything of ours out of Blender, the running session first."""
    from .livelink_blender import registration

    registration.unregister()
