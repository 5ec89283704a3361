# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all sections share: the sidebar's tab, icons, viewports, how operators go about it, a fresh snapshot."""
