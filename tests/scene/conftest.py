# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scene tests run inside the embedded Blender: each one begins with an empty file that knows our properties."""

from collections.abc import Iterator

import pytest

bpy = pytest.importorskip("bpy")

from livelink_blender.scene import properties  # noqa: E402


@pytest.fixture(scope="session")
def registered() -> Iterator[None]:
    """Our properties hang on every scene, once for the whole run."""
    already = hasattr(bpy.types.Scene, "livelink")
    if not already:
        properties.register()
    yield
    if not already and hasattr(bpy.types.Scene, "livelink"):
        properties.unregister()


@pytest.fixture
def scene(registered: None) -> "bpy.types.Scene":
    """An empty file's scene with `scene.livelink`."""
    bpy.ops.wm.read_homefile(use_empty=True)
    return bpy.context.scene
