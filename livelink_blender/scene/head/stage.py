# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the template head stands in: camera, four lights, a plain background."""

from __future__ import annotations

import math

import bpy
from mathutils import Vector

from .meshes import EYE_HEIGHT
from .nodes import Nodes

LENS = 65.0
AIM_BELOW_EYES = 0.060  # metres: puts the eyes on the upper third
CAMERA_DISTANCE = 1.15

# name, place from the eyes (x, y, z), size, watts, colour
LIGHTS = (
    ("Light.Key", (-0.62, -0.95, 0.48), 0.30, 21.0, (1.0, 0.88, 0.76)),
    ("Light.Fill", (0.85, -0.75, 0.05), 0.9, 3.0, (0.78, 0.88, 1.0)),
    ("Light.Rim.L", (0.60, 0.70, 0.45), 0.06, 5.5, (0.90, 0.95, 1.0)),
    ("Light.Rim.R", (-0.65, 0.62, 0.30), 0.06, 4.0, (1.0, 0.93, 0.85)),
)


def add_stage(collection: bpy.types.Collection) -> str:
    """Camera, lights and background in the collection; the camera's name."""
    for light in LIGHTS:
        collection.objects.link(_light(*light))
    collection.objects.link(_background())
    camera = bpy.data.cameras.new("HeadCamera")
    camera.lens = LENS
    made = bpy.data.objects.new("HeadCamera", camera)
    made.location = (0.0, -CAMERA_DISTANCE, EYE_HEIGHT - AIM_BELOW_EYES)
    made.rotation_euler = (math.radians(90.0), 0.0, 0.0)
    collection.objects.link(made)
    return made.name


def prepare_render(scene: bpy.types.Scene, camera: str, size: tuple[int, int] = (1280, 720)) -> None:
    """Set a scene up for EEVEE pictures of the head: engine, samples, size, camera, a dim world where there is none."""
    names = {item.identifier for item in scene.render.bl_rna.properties["engine"].enum_items}
    scene.render.engine = "BLENDER_EEVEE_NEXT" if "BLENDER_EEVEE_NEXT" in names else "BLENDER_EEVEE"
    scene.eevee.taa_render_samples = 16
    scene.eevee.shadow_resolution_scale = 0.5  # a moving face has its shadows drawn anew for each picture
    scene.render.resolution_x, scene.render.resolution_y = size
    scene.camera = bpy.data.objects[camera]
    scene.view_settings.look = "AgX - Medium High Contrast"
    if scene.world is None:
        scene.world = _dim_world()


def _dim_world() -> bpy.types.World:
    """Even, faint light from everywhere."""
    world = bpy.data.worlds.new("HeadWorld")
    world.use_nodes = True
    background = next(node for node in world.node_tree.nodes if node.type == "BACKGROUND")
    background.inputs["Color"].default_value = (0.62, 0.70, 0.80, 1.0)
    background.inputs["Strength"].default_value = 0.16
    return world


def _light(name: str, place: tuple, size: float, watts: float, colour: tuple) -> bpy.types.Object:
    """An area light that looks at the face."""
    light = bpy.data.lights.new(name, "AREA")
    light.size, light.energy, light.color = size, watts, colour
    light.use_shadow = name != "Light.Fill"  # the fill's would add nothing but grain, and time
    made = bpy.data.objects.new(name, light)
    face = Vector((0.0, 0.0, EYE_HEIGHT - 0.03))
    made.location = Vector(place) + Vector((0.0, 0.0, EYE_HEIGHT))
    made.rotation_euler = (face - made.location).to_track_quat("-Z", "Y").to_euler()
    return made


def _background() -> bpy.types.Object:
    """A plane behind the head that glows evenly, a little lighter behind the face."""
    mesh = bpy.data.meshes.new("Background")
    corners = [(-2.4, 0.9, -1.2), (2.4, 0.9, -1.2), (2.4, 0.9, 1.9), (-2.4, 0.9, 1.9)]
    mesh.from_pydata(corners, [], [(0, 1, 2, 3)])
    mesh.uv_layers.new(name="UVMap").uv.foreach_set("vector", [0, 0, 1, 0, 1, 1, 0, 1])
    mesh.materials.append(_background_material())
    made = bpy.data.objects.new("Background", mesh)
    made.visible_shadow = False
    return made


def _background_material() -> bpy.types.Material:
    """Light that falls off from the middle."""
    material = bpy.data.materials.new("Background")
    material.use_backface_culling = True
    material.use_nodes = True
    material.node_tree.nodes.clear()
    nodes = Nodes(material.node_tree)
    radius, _rays = nodes.polar(nodes.coordinates("UV"), 0.32)
    stops = [(0.0, (0.235, 0.285, 0.31)), (0.5, (0.15, 0.19, 0.215)), (1.0, (0.065, 0.085, 0.105))]
    colour = nodes.ramp(radius, stops, reach=1.0)
    glow = nodes.add("ShaderNodeEmission")
    nodes.link(colour, glow.inputs["Color"])
    output = nodes.add("ShaderNodeOutputMaterial")
    nodes.link(glow.outputs["Emission"], output.inputs["Surface"])
    return material
