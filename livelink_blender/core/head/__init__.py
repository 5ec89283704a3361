# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A head authored by code: form, parts and the 52 shapes, for any identity. Pure numpy; the meshes are CC0."""

from __future__ import annotations

from .author import author_head
from .identity import Identity
from .model import HeadModel, HeadPart

__all__ = ["HeadModel", "HeadPart", "Identity", "author_head"]
