# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is seen and clicked: a folder for each subject; common is below them all, registration hands them to Blender."""

import bpy  # noqa: F401 - first of all, for outside Blender its modules blf and gpu are there only after it
