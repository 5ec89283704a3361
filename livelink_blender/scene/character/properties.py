# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a .blend remembers of characters: their objects and bones, their map, what lies between a face and them."""

import json
from typing import TYPE_CHECKING

import bpy
from bpy.props import (
    BoolProperty,
    CollectionProperty,
    EnumProperty,
    FloatProperty,
    FloatVectorProperty,
    IntProperty,
    PointerProperty,
    StringProperty,
)
from bpy.types import PropertyGroup

from ...core.face.channels import CHANNELS
from ...core.face.smoothing import DEFAULT_SMOOTHING
from ..state import touch

if TYPE_CHECKING:
    from ...core.face.frame import PerformerKey


def performer_text(key: "PerformerKey | None") -> str:
    """A performer as it is kept in a text property; empty for none."""
    return json.dumps(list(key)) if key else ""


def performer_key(text: str) -> "PerformerKey | None":
    """The performer kept in a text property; None where the text is empty or no performer."""
    try:
        parts = json.loads(text or "null")
    except ValueError:
        return None
    if not isinstance(parts, list) or len(parts) != 3 or not all(isinstance(part, str) for part in parts):
        return None
    return (parts[0], parts[1], parts[2])


def _search_shape(_group: object, _context: object, typed: str) -> list[str]:
    return [name for name in CHANNELS if typed.lower() in name.lower()]


MOVABLE = {"MESH", "ARMATURE", "EMPTY", "CURVE", "LATTICE", "SURFACE"}
"""Types of objects that a character may be made of."""


def _may_be_tied(_group: object, candidate: bpy.types.Object) -> bool:
    return candidate.type in MOVABLE


_AXES = [
    ("AUTO", "Automatic", "Worked out from the rest pose, so that any bone roll works"),
    ("X", "Own X", "Turn about the target's own X axis"),
    ("Y", "Own Y", "Turn about the target's own Y axis"),
    ("Z", "Own Z", "Turn about the target's own Z axis"),
]


def _axis(name: str, what: str) -> EnumProperty:
    return EnumProperty(name=name, description=f"The axis that {what} turns about", items=_AXES, update=touch)


def _flip(name: str, what: str) -> BoolProperty:
    return BoolProperty(name=name, description=f"Reverse the direction of {what}", default=False, update=touch)


def _seconds(name: str, default: float, text: str, high: float = 10.0) -> FloatProperty:
    return FloatProperty(
        name=name, description=text, default=default, min=0.0, soft_max=high, unit="TIME_ABSOLUTE", update=touch
    )


def _cutoff(region: str, hertz: float) -> FloatProperty:
    return FloatProperty(
        name=f"{region} Cut-off", description=f"{region}: lower is calmer when nearly still (Hz)", default=hertz,
        min=0.05, soft_max=10.0, max=100.0, update=touch,
    )


def _beta(region: str, beta: float) -> FloatProperty:
    return FloatProperty(
        name=f"{region} Speed", description=f"{region}: higher follows fast motion with less lag", default=beta,
        min=0.0, soft_max=20.0, max=1000.0, update=touch,
    )


class LiveLinkPose(PropertyGroup):
    """Something that turns: an object, or a bone of an armature."""

    object: PointerProperty(
        name="Object", description="The object, empty or armature that turns", type=bpy.types.Object, update=touch
    )
    bone: StringProperty(
        name="Bone", description="The bone that turns; empty turns the whole object", update=touch
    )
    strength: FloatProperty(
        name="Strength", description="1 turns as far as the performer does", default=1.0, soft_min=0.0, soft_max=2.0,
        min=-5.0, max=5.0, update=touch,
    )
    turn_axis: _axis("Turn Axis", "looking left and right")
    nod_axis: _axis("Nod Axis", "looking up and down")
    tilt_axis: _axis("Tilt Axis", "tilting to a shoulder")
    flip_turn: _flip("Flip Turn", "left and right")
    flip_nod: _flip("Flip Nod", "up and down")
    flip_tilt: _flip("Flip Tilt", "the tilt")
    neck_bone: StringProperty(
        name="Neck", description="A bone of the same armature that takes its share of the head's rotation", update=touch
    )
    object_rest: FloatVectorProperty(
        name="Rest", description="The object's rotation before a take was baked onto it", size=4,
        subtype="QUATERNION", options={"HIDDEN"},
    )
    neck_share: FloatProperty(
        name="Neck Share", description="How much of the head's rotation the neck takes", default=0.35, min=0.0, max=1.0,
        subtype="FACTOR", update=touch,
    )


class LiveLinkObject(PropertyGroup):
    """One object of a character. A pointer, so that renaming the object breaks nothing."""

    object: PointerProperty(
        name="Object", description="A mesh with shape keys, or a rig, that belongs to this character",
        type=bpy.types.Object, poll=_may_be_tied, update=touch,
    )


class LiveLinkAssignment(PropertyGroup):
    """One line of the map that was set by hand; it replaces what was matched for its shape."""

    shape: StringProperty(
        name="Shape", description="The ARKit shape that moves the target", search=_search_shape, update=touch
    )
    target: StringProperty(
        name="Target", update=touch,
        description="key:NAME, bone:NAME:CHANNEL or prop:NAME; empty leaves the shape unused",
    )
    weight: FloatProperty(
        name="Weight", description="The target's value when the shape is at 1; rotations in radians",
        default=1.0, update=touch
    )
    offset: FloatProperty(
        name="Offset", description="Added to the target's value", default=0.0, update=touch
    )
    object: PointerProperty(
        name="Only On", description="Use this line on this object only; empty: on every object that has the target",
        type=bpy.types.Object, update=touch,
    )


class LiveLinkCharacter(PropertyGroup):
    """The objects and bones that one performer drives, and how."""

    name: StringProperty(name="Name", description="What this character is called", default="Character")
    enabled: BoolProperty(
        name="Driven", description="Off leaves this character alone while live", default=True, update=touch
    )
    objects: CollectionProperty(type=LiveLinkObject, name="Objects", description="Meshes and rigs of this character")
    active_object: IntProperty(name="Active Object", description="The object shown in the list", min=0)
    assignments: CollectionProperty(
        type=LiveLinkAssignment, name="Set by Hand", description="Lines of the map that were set by hand"
    )
    active_assignment: IntProperty(name="Active Assignment", description="The line shown in the list", min=0)
    map_json: StringProperty(
        name="Map", description="A map from shapes to targets, as JSON; empty matches the names", update=touch
    )
    performer: StringProperty(
        name="Phone", description="Which phone drives this character; empty takes the first that sends"
    )
    head: PointerProperty(type=LiveLinkPose, name="Head", description="What turns with the performer's head")
    left_eye: PointerProperty(type=LiveLinkPose, name="Left Eye", description="What turns with the left eye")
    right_eye: PointerProperty(type=LiveLinkPose, name="Right Eye", description="What turns with the right eye")
    jaw: PointerProperty(
        type=LiveLinkPose, name="Jaw", description="A bone that opens the mouth, on heads whose jaw is no shape key"
    )
    eyes_by: EnumProperty(
        name="Eyes Turn By", default="AUTO", update=touch,
        description="What moves the eyes, so that they never move twice",
        items=[
            ("AUTO", "Automatic", "Bones turn only where the meshes have no eyeLook keys"),
            ("BONES", "Bones Only", "Bones turn, the eyeLook keys stay at zero"),
            ("KEYS", "Keys Only", "The eyeLook keys move, the bones stay"),
            ("BOTH", "Both", "Keys for the lids and bones for the balls"),
        ],
    )
    gain: FloatProperty(
        name="Strength", description="Makes every shape stronger or weaker", default=1.0, min=0.0, soft_max=2.0,
        max=5.0, update=touch,
    )
    calibration: StringProperty(
        name="Calibration", description="Neutral face, gains and limits, as JSON; empty for none", update=touch
    )
    checked_signs: StringProperty(
        name="Checked Apps", description="Apps whose directions were checked by a look to the left"
    )


class LiveLinkSmoothing(PropertyGroup):
    """One-Euro smoothing of each region: lower cut-off is smoother, higher beta is quicker in fast motion."""

    enabled: BoolProperty(name="Smooth", description="Take the jitter out of the face", default=True, update=touch)
    lids_cutoff: _cutoff("Lids", DEFAULT_SMOOTHING["lids"].min_cutoff)
    lids_beta: _beta("Lids", DEFAULT_SMOOTHING["lids"].beta)
    gaze_cutoff: _cutoff("Gaze", DEFAULT_SMOOTHING["gaze"].min_cutoff)
    gaze_beta: _beta("Gaze", DEFAULT_SMOOTHING["gaze"].beta)
    mouth_cutoff: _cutoff("Mouth", DEFAULT_SMOOTHING["mouth"].min_cutoff)
    mouth_beta: _beta("Mouth", DEFAULT_SMOOTHING["mouth"].beta)
    brows_cutoff: _cutoff("Brows", DEFAULT_SMOOTHING["brows"].min_cutoff)
    brows_beta: _beta("Brows", DEFAULT_SMOOTHING["brows"].beta)
    head_cutoff: _cutoff("Head", DEFAULT_SMOOTHING["head"].min_cutoff)
    head_beta: _beta("Head", DEFAULT_SMOOTHING["head"].beta)


class LiveLinkPresence(PropertyGroup):
    """What a character does when no face is seen."""

    hold: _seconds("Hold", 0.25, "How long the last face stays when the face is lost")
    ease: _seconds("Ease Out", 0.6, "How long the way back to the neutral face takes")
    idle_after: _seconds("Idle After", 2.0, "When the character begins to breathe and blink by itself", 60.0)
    back: _seconds("Ease In", 0.3, "How long the way to the live face takes when it is seen again")
    idle: BoolProperty(
        name="Idle", description="Breathe and blink while no face is seen", default=True, update=touch
    )


CLASSES: tuple[type, ...] = (
    LiveLinkPose, LiveLinkObject, LiveLinkAssignment, LiveLinkCharacter, LiveLinkSmoothing, LiveLinkPresence,
)
