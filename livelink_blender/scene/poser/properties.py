# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faces made by hand and how expressions are played: all of it on the scene, every slider can be keyed and driven."""

from math import pi, radians

import numpy as np
from bpy.props import BoolProperty, CollectionProperty, EnumProperty, FloatProperty, IntProperty, StringProperty
from bpy.types import Context, PropertyGroup, Scene

from ...core.face.channels import CHANNELS, REGIONS, SHAPE_COUNT
from ...core.face.layers import ADD, Layer
from ...core.poser.sliders import LEADER, SECTIONS, hand_face, label

_ANGLE_WAYS = {
    "headYaw": "to the character's left", "headPitch": "up", "headRoll": "towards the right shoulder",
    "leftEyeYaw": "to the character's right", "rightEyeYaw": "to the character's right",
    "leftEyePitch": "down", "rightEyePitch": "down",
}  # fmt: skip
_MODE_ITEMS = [
    ("off", "Off", "These sliders do nothing"),
    ("add", "Add", "The sliders are added to the live face"),
    ("replace", "Replace", "The sliders are shown in place of the live face"),
]
_WIDEST = radians(90)
KEYABLE = (*CHANNELS, "look_turn", "look_up")


def _slider(channel: str) -> FloatProperty:
    if channel in CHANNELS[:SHAPE_COUNT]:
        return FloatProperty(
            name=label(channel),
            description=f"How far {channel} goes",
            min=-1.0,
            soft_min=0.0,
            max=1.0,
            subtype="FACTOR",
        )
    way = _ANGLE_WAYS.get(channel, "clockwise")
    return FloatProperty(
        name=label(channel), description=f"{channel}: positive is {way}", min=-pi, max=pi,
        soft_min=-_WIDEST / 2, soft_max=_WIDEST / 2, subtype="ANGLE",
    )  # fmt: skip


def _mode(region: str) -> EnumProperty:
    return EnumProperty(
        name=region.capitalize(), description=f"What the sliders of the {region} do with the live face",
        items=_MODE_ITEMS, default=ADD,
    )  # fmt: skip


def _untied(face: PropertyGroup, _context: Context) -> None:
    """When the sides part, the right one begins where the left one has led it."""
    if not face.together:
        put_values(face, values_of(face)[LEADER])


class _Sliders:
    """One slider for every channel, and what each region does."""

    __annotations__ = {
        **{channel: _slider(channel) for channel in CHANNELS},
        **{f"{region}_mode": _mode(region) for region in REGIONS},
        "together": BoolProperty(
            name="Left and Right Together", default=True, update=_untied,
            description="One slider moves both sides; both eyes look the same way",
        ),
        "look_turn": FloatProperty(
            name="Look Left", description="Both eyes to the character's left; negative to its right", subtype="ANGLE",
            min=-_WIDEST, max=_WIDEST, soft_min=-radians(35), soft_max=radians(35),
        ),
        "look_up": FloatProperty(
            name="Look Up", description="Both eyes up; negative is down", subtype="ANGLE",
            min=-_WIDEST, max=_WIDEST, soft_min=-radians(30), soft_max=radians(30),
        ),
        "strength": FloatProperty(
            name="Strength", description="How much of this face is shown; key it to fade the face in and out",
            default=1.0, min=0.0, max=1.0, subtype="FACTOR",
        ),
        "character": StringProperty(
            name="Character", description="The character that these sliders move; empty moves all of them"
        ),
    }  # fmt: skip


class LiveLinkHandFace(_Sliders, PropertyGroup):
    """A face made by hand."""


class LiveLinkPoser(PropertyGroup):
    """The sliders and the expressions of one scene."""

    faces: CollectionProperty(type=LiveLinkHandFace, name="Faces", description="Faces made by hand")
    active: IntProperty(name="Face", description="The face whose sliders are shown", min=0)
    section: EnumProperty(
        name="Part of the Face", description="Which sliders are shown", default="brows",
        items=[(name, name.capitalize(), f"Sliders of the {name}") for name in SECTIONS],
    )  # fmt: skip
    typed: StringProperty(
        name="Filter", description="Show the sliders of the whole face that have this in their name",
        options={"TEXTEDIT_UPDATE"},
    )  # fmt: skip
    fade: FloatProperty(
        name="Fade", description="How long an expression takes to come and to go", default=0.25, min=0.0, soft_max=2.0,
        max=30.0, subtype="TIME_ABSOLUTE",
    )  # fmt: skip
    use_keys: BoolProperty(
        name="Keys 1 to 9", default=False,
        description="Play expressions with 1 to 9 while live and with the mouse over the 3D view. Off: the keys keep "
        "their usual meaning",
    )  # fmt: skip
    while_held: BoolProperty(name="While Held", description="The expression goes when the key is let go", default=False)


def values_of(face: LiveLinkHandFace) -> np.ndarray:
    """The sliders as they stand, (61,)."""
    return np.array([getattr(face, channel) for channel in CHANNELS], np.float32)


def put_values(face: LiveLinkHandFace, values: np.ndarray) -> None:
    """Move every slider."""
    for channel, value in zip(CHANNELS, values.tolist(), strict=True):
        setattr(face, channel, value)


def shown_values(face: LiveLinkHandFace) -> np.ndarray:
    """The face that the sliders make."""
    return hand_face(values_of(face), face.together, face.look_turn, face.look_up)


def layer_of(face: LiveLinkHandFace) -> Layer:
    """The face, and what each region does with it."""
    return Layer(shown_values(face), {region: getattr(face, f"{region}_mode") for region in REGIONS})


def layers_for(scene: Scene, character: str) -> list[tuple[float, Layer]]:
    """The sliders that move a character now, each with its strength."""
    faces = (face for face in scene.livelink.poser.faces if face.character in ("", character))
    return [(face.strength, layer_of(face)) for face in faces if face.strength > 0.0]


CLASSES: tuple[type, ...] = (LiveLinkHandFace, LiveLinkPoser)
