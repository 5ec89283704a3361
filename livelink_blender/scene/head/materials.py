# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""EEVEE materials of the template head: skin, eye, cornea, hair, mouth, cloth."""

from __future__ import annotations

import bpy

from ...core.head.colours import Palette
from .nodes import Nodes

IRIS_EDGE = 0.5 / 2.2  # radius of the iris in the eye's texture coordinates


def head_materials(palette: Palette) -> dict[str, bpy.types.Material]:
    """New materials by the names that the authored parts use."""
    makers = {
        "Skin": _skin,
        "Mouth": _mouth,
        "Eye": lambda nodes: _eye(nodes, palette),
        "Cornea": _cornea,
        "Teeth": _teeth,
        "Gums": _wet,
        "Tongue": _wet,
        "Brows": _hairs,
        "Lashes": _hairs,
        "Hair": _hair,
        "Cloth": _cloth,
    }
    return {name: _material(name, make) for name, make in makers.items()}


def _material(name: str, make) -> bpy.types.Material:
    """A new material whose node tree `make` fills."""
    material = bpy.data.materials.new(name)
    material.use_nodes = True
    material.node_tree.nodes.clear()
    nodes = Nodes(material.node_tree)
    shader = make(nodes)
    output = nodes.add("ShaderNodeOutputMaterial")
    nodes.link(shader, output.inputs["Surface"])
    if name == "Cornea":
        material.surface_render_method = "BLENDED"
        material.use_transparent_shadow = True
    return material


def _principled(nodes: Nodes, colour, **inputs) -> bpy.types.NodeSocket:
    """A principled shader; inputs by their names with spaces as underscores."""
    node = nodes.add("ShaderNodeBsdfPrincipled")
    nodes.link(colour, node.inputs["Base Color"])
    for name, value in inputs.items():
        nodes.put(node.inputs[name.replace("_", " ")], value)
    return node.outputs["BSDF"]


def _paint(nodes: Nodes) -> bpy.types.NodeSocket:
    """The vertex paint."""
    node = nodes.add("ShaderNodeVertexColor", layer_name="Paint")
    return node.outputs["Color"]


def _skin(nodes: Nodes) -> bpy.types.NodeSocket:
    """Painted skin with fine pores and freckles, shinier on lips and lids, light passing under it."""
    place = nodes.coordinates("Generated")
    mottle = nodes.noise(place, scale=9.0, detail=3.0)
    spots = nodes.noise(place, scale=95.0, detail=1.0)
    freckles = nodes.between(spots, 1.0, 0.86, low=0.62, high=0.74)
    colour = nodes.tint(nodes.tint(_paint(nodes), nodes.between(mottle, 0.90, 1.08)), freckles)
    pores = nodes.noise(place, scale=260.0, detail=2.0)
    wet = nodes.add("ShaderNodeVertexColor", layer_name="Paint").outputs["Alpha"]
    dry = nodes.between(mottle, 0.42, 0.54, low=0.3, high=0.7)
    return _principled(
        nodes,
        colour,
        Roughness=nodes.maths("MULTIPLY", dry, nodes.between(wet, 1.0, 0.62)),
        Subsurface_Weight=0.22,
        Subsurface_Radius=(0.012, 0.0045, 0.0025),
        Subsurface_Scale=1.0,
        Specular_IOR_Level=nodes.between(wet, 0.40, 0.50),
        Coat_Weight=0.05,
        Coat_Roughness=0.32,
        Normal=nodes.bump(pores, 0.06, 0.0006),
    )


def _mouth(nodes: Nodes) -> bpy.types.NodeSocket:
    return _principled(nodes, _paint(nodes), Roughness=0.7, Specular_IOR_Level=0.08)


def _teeth(nodes: Nodes) -> bpy.types.NodeSocket:
    return _principled(nodes, _paint(nodes), Roughness=0.30, Specular_IOR_Level=0.25)


def _wet(nodes: Nodes) -> bpy.types.NodeSocket:
    # Little shine: EEVEE mirrors the world even inside the mouth, and that looks grey.
    return _principled(nodes, _paint(nodes), Roughness=0.42, Specular_IOR_Level=0.16)


def _hairs(nodes: Nodes) -> bpy.types.NodeSocket:
    """Single hairs: dull, or they glitter grey."""
    return _principled(nodes, _paint(nodes), Roughness=0.65, Specular_IOR_Level=0.2)


def _cloth(nodes: Nodes) -> bpy.types.NodeSocket:
    """Fine ribs on a matte, slightly fuzzy yarn."""
    weave = nodes.noise(nodes.coordinates("UV"), scale=240.0, detail=1.0, stretch=(1.6, 0.5, 1.0))
    colour = nodes.tint(_paint(nodes), nodes.between(weave, 0.80, 1.15))
    return _principled(nodes, colour, Roughness=0.9, Sheen_Weight=0.06, Normal=nodes.bump(weave, 0.25, 0.001))


def _hair(nodes: Nodes) -> bpy.types.NodeSocket:
    """Strands as stripes along the lock: in colour, in shine and in relief."""
    strands = nodes.noise(nodes.coordinates("UV"), scale=1.0, detail=3.0, stretch=(55.0, 0.9, 1.0))
    colour = nodes.tint(_paint(nodes), nodes.between(strands, 0.35, 1.75))
    return _principled(
        nodes,
        colour,
        Roughness=nodes.between(strands, 0.38, 0.55),
        Specular_IOR_Level=0.30,
        Normal=nodes.bump(strands, 0.22, 0.0012),
    )


def _eye(nodes: Nodes, palette: Palette) -> bpy.types.NodeSocket:
    """White with a soft shadow from the upper lid; iris with fibres, dark ring and pupil."""
    radius, direction = nodes.polar(nodes.coordinates("UV"), IRIS_EDGE)
    fibres = nodes.noise(direction, scale=1.0, detail=3.0)
    iris = palette.iris
    ramp = nodes.ramp(
        radius,
        [
            (0.00, (0.0, 0.0, 0.0)),
            (0.335, (0.002, 0.002, 0.002)),
            (0.365, tuple(iris * 0.55)),
            (0.52, tuple(iris * 1.75)),
            (0.78, tuple(iris * 1.0)),
            (0.90, tuple(iris * 0.22)),
            (0.98, tuple(iris * 0.10)),
            (1.06, (0.60, 0.55, 0.53)),
        ],
        reach=1.1,
    )
    ring = nodes.between(radius, 0.0, 1.0, low=0.98, high=1.02)
    streaked = nodes.tint(ramp, nodes.between(fibres, 0.45, 1.65))
    white = nodes.ramp(
        radius, [(1.0, (0.70, 0.66, 0.63)), (1.6, (0.68, 0.60, 0.57)), (2.0, (0.55, 0.36, 0.33))], reach=2.2
    )
    colour = nodes.mix(nodes.mix(streaked, ramp, ring), white, nodes.between(radius, 0.0, 1.0, low=1.0, high=1.08))
    shade = nodes.lid_shadow()
    return _principled(nodes, nodes.tint(colour, shade), Roughness=0.35, Specular_IOR_Level=0.3)


def _cornea(nodes: Nodes) -> bpy.types.NodeSocket:
    """Clear, with sharp highlights."""
    clear = nodes.add("ShaderNodeBsdfTransparent").outputs["BSDF"]
    shine = nodes.add("ShaderNodeBsdfGlossy")
    shine.inputs["Roughness"].default_value = 0.05
    fresnel = nodes.add("ShaderNodeFresnel")
    fresnel.inputs["IOR"].default_value = 1.65
    mix = nodes.add("ShaderNodeMixShader")
    nodes.link(fresnel.outputs["Fac"], mix.inputs[0])
    nodes.link(clear, mix.inputs[1])
    nodes.link(shine.outputs["BSDF"], mix.inputs[2])
    return mix.outputs["Shader"]
