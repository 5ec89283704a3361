# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drawing off-screen with EEVEE's neighbour Workbench, and pixels to files and back."""

import bpy
import numpy as np
import pytest

from livelink_blender.scene.camera.offscreen import NoDrawing, OffscreenView
from livelink_blender.scene.camera.picture_files import contact_sheet, write_clip, write_picture


def picture(red: int, width: int = 32, height: int = 16) -> np.ndarray:
    """Red below, blue above: asymmetric, so that an upside-down picture is noticed."""
    pixels = np.zeros((height, width, 4), np.uint8)
    pixels[: height // 2, :, 0], pixels[height // 2 :, :, 2], pixels[..., 3] = red, 200, 255
    return pixels


def test_a_png_holds_the_pixels_the_right_way_up(scene, tmp_path):
    write_picture(picture(100), tmp_path / "a.png")
    image = bpy.data.images.load(str(tmp_path / "a.png"))
    loaded = np.array(image.pixels[:]).reshape(16, 32, 4)
    assert np.round(loaded[0, 0] * 255).tolist() == [100, 0, 0, 255]
    assert np.round(loaded[-1, -1] * 255).tolist() == [0, 0, 200, 255]
    assert not list(tmp_path.glob("*.part*"))


def test_a_contact_sheet_begins_top_left():
    sheet = contact_sheet([picture(10), picture(20), picture(30)], columns=2, gap=2)
    assert sheet[-2 - 16, 2, 0] == 10 and sheet[-2 - 16, 2 + 32 + 2, 0] == 20 and sheet[2, 2, 0] == 30


def test_a_clip_is_written_and_leaves_no_scene_behind(scene, tmp_path):
    write_clip([picture(50), picture(200)] * 3, 12, tmp_path / "a.mp4")
    assert (tmp_path / "a.mp4").stat().st_size > 500
    assert [s.name for s in bpy.data.scenes] == [scene.name]


def test_a_cube_in_front_of_the_camera_is_drawn_and_the_viewport_left_alone(scene):
    bpy.ops.mesh.primitive_cube_add()
    camera = bpy.data.objects.new("Camera", bpy.data.cameras.new("Camera"))
    camera.location.z = 8
    scene.collection.objects.link(camera)
    scene.camera = camera
    bpy.context.view_layer.update()
    spaces = [area.spaces.active for screen in bpy.data.screens for area in screen.areas if area.type == "VIEW_3D"]
    before = [(space.shading.type, space.overlay.show_overlays) for space in spaces]
    view = OffscreenView(64, 64, "SOLID")
    drawn = view.draw(scene)
    assert drawn[32, 32].tolist() != drawn[2, 2].tolist()
    assert [(space.shading.type, space.overlay.show_overlays) for space in spaces] == before


def test_without_a_camera_it_says_so(scene):
    with pytest.raises(NoDrawing, match="camera"):
        OffscreenView(16, 16).draw(scene)
