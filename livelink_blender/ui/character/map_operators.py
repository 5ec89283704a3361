# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What moves what: gaps filled by hand, lines of the map, maps as files."""

from typing import TYPE_CHECKING

from bpy.props import CollectionProperty, StringProperty
from bpy.types import Context, Event, Operator, PropertyGroup
from bpy_extras.io_utils import ExportHelper, ImportHelper

from ...scene.character import map_files
from ..common.operators import ShownAtOnce
from .shown import ChangesCharacter, OnCharacter, character_changed, line_of, panel_character

if TYPE_CHECKING:
    from ...scene.panel_state.characters import CharacterLine

MOST_GAPS = 10
"""Never 52 rows at once: what is left comes when Fix is pressed again."""
_ONLY_JSON = StringProperty(name="Files", description="Kind of file", default="*.json", options={"HIDDEN"})


def _search_key(_gap: object, context: Context, typed: str) -> list[str]:
    """The keys of the panel's character."""
    return [name for name in map_files.key_names(panel_character(context)) if typed.lower() in name.lower()]


class LiveLinkGap(PropertyGroup):
    """A shape that moves nothing yet, and the key chosen for it."""

    shape: StringProperty(name="Shape", description="The shape that moves nothing yet")
    key: StringProperty(name="Key", description="The shape key that it shall move; empty leaves it", search=_search_key)


class LIVELINK_OT_fix_unmatched(OnCharacter, Operator):
    """Say which keys the shapes without a match shall move; likely ones are filled in"""

    bl_idname = "livelink.fix_unmatched"
    bl_label = "Fix"
    bl_options = {"REGISTER", "UNDO"}

    gaps: CollectionProperty(type=LiveLinkGap, name="Gaps", description="Shapes without a match")

    def invoke(self, context: Context, event: Event) -> set[str]:
        line = line_of(panel_character(context).name)
        if line is None or not line.missing:
            self.report({"INFO"}, "Every shape has found its key.")
            return {"CANCELLED"}
        self._fill(line)
        return context.window_manager.invoke_props_dialog(self, width=380, title="Which key shall they move?")

    def _fill(self, line: "CharacterLine") -> None:
        likely = dict(line.suggestions)
        self.gaps.clear()
        for shape in sorted(line.missing, key=lambda shape: shape not in likely)[:MOST_GAPS]:
            gap = self.gaps.add()
            gap.shape, gap.key = shape, likely.get(shape, "")

    def draw(self, context: Context) -> None:
        character = panel_character(context)
        line = line_of(character.name) if character else None
        column = self.layout.column(align=True)
        for gap in self.gaps:
            row = column.split(factor=0.45, align=True)
            row.label(text=gap.shape)
            row.prop(gap, "key", text="", icon="SHAPEKEY_DATA", placeholder="Choose a key")
        more = len(line.missing) - len(self.gaps) if line else 0
        if more > 0:
            column.label(text=f"and {more} more: press Fix again afterwards")

    def execute(self, context: Context) -> set[str]:
        character = panel_character(context)
        chosen = [(gap.shape, gap.key) for gap in self.gaps if gap.key and character]
        for shape, key in chosen:
            line = character.assignments.add()
            line.shape, line.target = shape, f"key:{key}"
        character_changed()
        return {"FINISHED"} if chosen else {"CANCELLED"}


class LIVELINK_OT_add_assignment(ChangesCharacter, Operator):
    """Add a line: which shape moves what, and how far"""

    bl_idname = "livelink.add_assignment"
    bl_label = "Add Line"
    bl_options = {"REGISTER", "UNDO", "INTERNAL"}

    def act(self, context: Context) -> None:
        character = panel_character(context)
        character.assignments.add()
        character.active_assignment = len(character.assignments) - 1


class LIVELINK_OT_remove_assignment(ChangesCharacter, Operator):
    """Remove this line; its shape is matched by name again"""

    bl_idname = "livelink.remove_assignment"
    bl_label = "Remove Line"
    bl_options = {"REGISTER", "UNDO", "INTERNAL"}

    @classmethod
    def why_not(cls, context: Context) -> str:
        if reason := super().why_not(context):
            return reason
        if not panel_character(context).assignments:
            return "There is no line set by hand"
        return ""

    def act(self, context: Context) -> None:
        character = panel_character(context)
        character.assignments.remove(character.active_assignment)
        character.active_assignment = max(0, character.active_assignment - 1)


class _MapFile(OnCharacter):
    """A mixin: a map as a file, proposed where maps lie. Blender's file dialogue comes behind it."""

    trouble = map_files.CannotUseFile

    def invoke(self, context: Context, event: Event) -> set[str]:
        self.filepath = str(map_files.proposed_path(panel_character(context)))
        return super().invoke(context, event)


class LIVELINK_OT_save_map(_MapFile, ShownAtOnce, Operator, ExportHelper):
    """Save what moves what as a file, to use it on other characters or share it"""

    bl_idname = "livelink.save_map"
    bl_label = "Save Map"
    bl_options = {"REGISTER"}

    filename_ext = ".json"
    filter_glob: _ONLY_JSON

    def act(self, context: Context) -> str:
        map_files.save(panel_character(context), self.filepath)
        return "The map is saved."


class LIVELINK_OT_load_map(_MapFile, ChangesCharacter, Operator, ImportHelper):
    """Load what moves what from a file"""

    bl_idname = "livelink.load_map"
    bl_label = "Load Map"
    bl_options = {"REGISTER", "UNDO"}

    filter_glob: _ONLY_JSON

    def act(self, context: Context) -> None:
        map_files.load(panel_character(context), self.filepath)


class LIVELINK_OT_forget_map(ChangesCharacter, Operator):
    """Use no map file; names are matched again"""

    bl_idname = "livelink.forget_map"
    bl_label = "Forget Map"
    bl_options = {"REGISTER", "UNDO", "INTERNAL"}

    def act(self, context: Context) -> None:
        panel_character(context).map_json = ""


CLASSES = (
    LiveLinkGap,
    LIVELINK_OT_fix_unmatched,
    LIVELINK_OT_add_assignment,
    LIVELINK_OT_remove_assignment,
    LIVELINK_OT_save_map,
    LIVELINK_OT_load_map,
    LIVELINK_OT_forget_map,
)
