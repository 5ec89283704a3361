# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Small vocabulary for writing node trees by code."""

from __future__ import annotations

from collections.abc import Sequence

import bpy

Socket = bpy.types.NodeSocket


class Nodes:
    """One node tree that is being written."""

    def __init__(self, tree: bpy.types.NodeTree):
        self._tree = tree

    def add(self, kind: str, **settings) -> bpy.types.Node:
        """A new node with these attributes."""
        node = self._tree.nodes.new(kind)
        for name, value in settings.items():
            setattr(node, name, value)
        return node

    def link(self, source: Socket, target: Socket) -> None:
        """Join two sockets."""
        self._tree.links.new(source, target)

    def put(self, target: Socket, value) -> None:
        """Give an input a number or another node's output."""
        if isinstance(value, bpy.types.NodeSocket):
            self.link(value, target)
        else:
            target.default_value = value

    def coordinates(self, kind: str) -> Socket:
        """Texture coordinates: Generated or UV."""
        return self.add("ShaderNodeTexCoord").outputs[kind]

    def maths(self, operation: str, *values) -> Socket:
        """A maths node."""
        node = self.add("ShaderNodeMath", operation=operation)
        for target, value in zip(node.inputs, values, strict=False):
            self.put(target, value)
        return node.outputs[0]

    def between(self, value: Socket, start: float, end: float, low: float = 0.0, high: float = 1.0) -> Socket:
        """The value from low..high mapped to start..end and clamped."""
        node = self.add("ShaderNodeMapRange", clamp=True)
        self.link(value, node.inputs["Value"])
        for name, number in (("From Min", low), ("From Max", high), ("To Min", start), ("To Max", end)):
            node.inputs[name].default_value = number
        return node.outputs["Result"]

    def noise(self, vector: Socket, scale: float, detail: float, stretch: Sequence[float] | None = None) -> Socket:
        """Noise, stretched along the axes if wanted."""
        node = self.add("ShaderNodeTexNoise")
        if stretch is not None:
            mapping = self.add("ShaderNodeMapping")
            mapping.inputs["Scale"].default_value = stretch
            self.link(vector, mapping.inputs["Vector"])
            vector = mapping.outputs["Vector"]
        self.link(vector, node.inputs["Vector"])
        node.inputs["Scale"].default_value = scale
        node.inputs["Detail"].default_value = detail
        return node.outputs[0]

    def bump(self, height: Socket, strength: float, distance: float) -> Socket:
        """A normal from a height."""
        node = self.add("ShaderNodeBump")
        self.link(height, node.inputs["Height"])
        node.inputs["Strength"].default_value = strength
        node.inputs["Distance"].default_value = distance
        return node.outputs["Normal"]

    def mix(self, first: Socket, second: Socket, share: Socket | float, blend: str = "MIX") -> Socket:
        """Two colours mixed."""
        node = self.add("ShaderNodeMix", data_type="RGBA", blend_type=blend)
        self.put(node.inputs[0], share)
        self.link(first, node.inputs[6])
        self.link(second, node.inputs[7])
        return node.outputs[2]

    def tint(self, colour: Socket, factor: Socket) -> Socket:
        """A colour made lighter or darker."""
        node = self.add("ShaderNodeVectorMath", operation="SCALE")
        self.link(colour, node.inputs[0])
        self.link(factor, node.inputs["Scale"])
        return node.outputs["Vector"]

    def ramp(self, value: Socket, stops: Sequence[tuple[float, tuple]], reach: float) -> Socket:
        """A colour ramp whose stops are given in the value's own unit, from 0 to `reach`."""
        node = self.add("ShaderNodeValToRGB")
        elements = node.color_ramp.elements
        while len(elements) > 1:
            elements.remove(elements[-1])
        for index, (at, colour) in enumerate(stops):
            element = elements[0] if index == 0 else elements.new(at / reach)
            element.position = at / reach
            element.color = (*colour, 1.0)
        self.link(self.maths("DIVIDE", value, reach), node.inputs["Fac"])
        return node.outputs["Color"]

    def polar(self, uv: Socket, edge: float) -> tuple[Socket, Socket]:
        """Distance from the middle of the texture in units of `edge`, and a vector that makes noise run in rays."""
        offset = self.add("ShaderNodeVectorMath", operation="SUBTRACT")
        self.link(uv, offset.inputs[0])
        offset.inputs[1].default_value = (0.5, 0.5, 0.0)
        length = self.add("ShaderNodeVectorMath", operation="LENGTH")
        self.link(offset.outputs[0], length.inputs[0])
        radius = self.maths("DIVIDE", length.outputs["Value"], edge)
        unit = self.add("ShaderNodeVectorMath", operation="NORMALIZE")
        self.link(offset.outputs[0], unit.inputs[0])
        rays = self.add("ShaderNodeVectorMath", operation="SCALE")
        self.link(unit.outputs[0], rays.inputs[0])
        rays.inputs["Scale"].default_value = 9.0
        depth = self.add("ShaderNodeCombineXYZ")
        self.link(self.maths("MULTIPLY", radius, 1.3), depth.inputs["Z"])
        total = self.add("ShaderNodeVectorMath", operation="ADD")
        self.link(rays.outputs[0], total.inputs[0])
        self.link(depth.outputs[0], total.inputs[1])
        return radius, total.outputs[0]

    def lid_shadow(self) -> Socket:
        """Darker where the surface looks up: the shadow that lid and lashes throw on the ball."""
        split = self.add("ShaderNodeSeparateXYZ")
        self.link(self.add("ShaderNodeNewGeometry").outputs["Normal"], split.inputs[0])
        return self.between(split.outputs["Z"], 1.0, 0.30, low=0.05, high=0.50)
