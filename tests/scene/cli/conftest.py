# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
import bpy
import pytest

from tests.scene.heads import make_head


@pytest.fixture
def blend(scene, tmp_path):
    """A file with one head of 52 keys."""
    make_head()
    path = tmp_path / "hero.blend"
    bpy.ops.wm.save_as_mainfile(filepath=str(path), copy=True)
    return path
