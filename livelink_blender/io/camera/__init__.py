# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-2.0-or-later
"""The camera: a process of its own that shows Blender's pictures to meetings. Nothing is imported here on purpose."""

PORT = 18753
"""Of the preview page, unless it is set to another: known without the page's code."""
