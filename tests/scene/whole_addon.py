# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole add-on registered for a test, in a process where other tests have its properties alone."""

from collections.abc import Iterator
from contextlib import contextmanager

import bpy

from livelink_blender import registration
from livelink_blender.scene import properties


@contextmanager
def whole_addon() -> Iterator[None]:
    """Everything registered; afterwards as before."""
    properties_only = hasattr(bpy.types.Scene, "livelink")
    if properties_only:
        properties.unregister()
    registration.register()
    try:
        yield
    finally:
        registration.unregister()
        if properties_only:
            properties.register()
