# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shape wizard's maths: finding a face on any head, making its 52 shapes, judging them."""
