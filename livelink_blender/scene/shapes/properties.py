# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a .blend remembers of the shape wizard: how far it is, which objects, what was corrected, how strong."""

import bpy
from bpy.props import BoolProperty, CollectionProperty, EnumProperty, FloatProperty, PointerProperty, StringProperty
from bpy.types import PropertyGroup

from ...core.face.channels import SHAPES, region_of

WEAKEST, STRONGEST = 0.1, 2.0
REGIONS = {"lids": "Lids", "gaze": "Gaze", "mouth": "Mouth, Nose, Cheeks", "brows": "Brows"}


def strength_of(settings: PropertyGroup, name: str) -> float:
    """How strong a shape shall be; mouthClose goes with jawOpen, for it closes what that opens."""
    own = settings.shape_strength(name)
    return own * settings.shape_strength("jawOpen") if name == "mouthClose" else own


def _redraw(_settings: PropertyGroup, context: bpy.types.Context) -> None:
    """What is painted over the viewport depends on the step."""
    for window in context.window_manager.windows:
        for area in window.screen.areas:
            if area.type == "VIEW_3D":
                area.tag_redraw()


def _rescale(settings: PropertyGroup, _context: object) -> None:
    """Watch the shapes grow and shrink while the slider moves."""
    from . import key_strength

    objects = [tied.object for tied in settings.objects if tied.object is not None]
    key_strength.rescale(objects, {name: strength_of(settings, name) for name in SHAPES})


def _rescale_one(_item: PropertyGroup, context: bpy.types.Context) -> None:
    _rescale(context.scene.livelink.shapes, context)


def _search_shape(_group: object, _context: object, typed: str) -> list[str]:
    return [name for name in SHAPES if typed.lower() in name.lower()]


def _is_mesh(_group: object, candidate: bpy.types.Object) -> bool:
    return candidate.type == "MESH"


def _strength(name: str, what: str, update) -> FloatProperty:
    return FloatProperty(
        name=name, description=f"Makes {what} stronger or weaker", default=1.0, min=WEAKEST, soft_min=0.5,
        soft_max=1.5, max=STRONGEST, step=1, update=update,
    )


class LiveLinkShapeObject(PropertyGroup):
    """One mesh of the head that gets shapes. A pointer, so that renaming the object breaks nothing."""

    object: PointerProperty(
        name="Object", description="A mesh that belongs to the head", type=bpy.types.Object, poll=_is_mesh
    )


class LiveLinkShapeStrength(PropertyGroup):
    """How strong one shape is; its name is the shape's."""

    strength: _strength("Strength", "this shape", _rescale_one)


class LiveLinkShapes(PropertyGroup):
    """The shape wizard of one scene."""

    step: EnumProperty(
        name="Step", default="PARTS", update=_redraw, description="How far the making of shapes is",
        items=[
            ("PARTS", "Parts", "What is skin, eye, tooth: found by itself, to be corrected"),
            ("POINTS", "Points", "Where eyes, nose and mouth are: found by itself, to be dragged"),
            ("GENERATE", "Generate", "Check the mesh and make the shapes"),
            ("CHECK", "Check", "How good the shapes are, and how strong they shall be"),
        ],
    )
    objects: CollectionProperty(type=LiveLinkShapeObject, name="Objects", description="The meshes of the head")
    marks: StringProperty(name="Corrected Parts", description="Parts that were corrected by hand, as JSON")
    hints: StringProperty(name="Moved Points", description="Points that were moved by hand, as JSON")
    mirror_points: BoolProperty(
        name="Both Sides", description="A point that is moved takes its mirror image on the other side along",
        default=True,
    )
    show_parts: BoolProperty(
        name="Show in Colour", description="Paint the parts over the head while this step is open", default=True,
        update=_redraw,
    )
    existing: EnumProperty(
        name="Keys There", default="keep", description="What happens to face shapes that the head has already",
        items=[
            ("keep", "Keep", "Leave the head's own shapes as they are and make the others"),
            ("replace", "Replace", "Overwrite the head's own shapes, except those that were sculpted here"),
            ("rename", "Rename", "Keep the head's own shapes under another name (jawOpen.old)"),
        ],
    )
    template: PointerProperty(
        name="Shapes From", type=bpy.types.Collection,
        description="A collection with a head that has shapes of its own, which are carried over; empty makes them",
    )
    lids: _strength("Lids", "all shapes of the lids", _rescale)
    gaze: _strength("Gaze", "all shapes of looking", _rescale)
    mouth: _strength("Mouth", "all shapes of mouth, jaw, nose and cheeks", _rescale)
    brows: _strength("Brows", "all shapes of the brows", _rescale)
    strengths: CollectionProperty(
        type=LiveLinkShapeStrength, name="Strengths", description="Shapes whose own strength was changed"
    )
    shape: StringProperty(
        name="Shape", description="The shape to look at, adjust, make again or sculpt", default="jawOpen",
        search=_search_shape,
    )
    sculpted: StringProperty(name="Sculpted", description="The shape that is being sculpted, and on what, as JSON")

    def shape_strength(self, name: str) -> float:
        """What region and shape say together."""
        own = self.strengths.get(name)
        return getattr(self, region_of(name)) * (own.strength if own is not None else 1.0)


CLASSES: tuple[type, ...] = (LiveLinkShapeObject, LiveLinkShapeStrength, LiveLinkShapes)
