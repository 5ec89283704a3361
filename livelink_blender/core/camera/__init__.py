# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-2.0-or-later
"""What is true of pixels on their way to a camera."""
