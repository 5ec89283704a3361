# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be done with takes: play, trim, rename, delete, hand on, make the best of several."""

from pathlib import Path

import bpy
from bpy.props import EnumProperty, IntProperty, StringProperty
from bpy.types import Context, Event, Operator

from ...scene.state import state
from ...scene.takes import shelf
from ..common.operators import SaysWhyNot, done, refuse


class OnATake(SaysWhyNot):
    """An operator on a take: the one it is told, else the one that is chosen in the list."""

    @classmethod
    def why_not(cls, context: Context) -> str:
        if shelf.chosen_take() is None:
            return "Choose a take in the list first; Refresh reads the folder anew"
        return ""

    def execute(self, context: Context) -> set[str]:
        path = Path(self.path) if self.path else shelf.chosen_take()
        if path is None:
            return refuse(self, "Choose a take in the list first.")
        try:
            return done(self, self.do(context, path))
        except shelf.Refused as trouble:
            return refuse(self, str(trouble))


def take_path() -> object:
    """The property of an operator on a take."""
    return StringProperty(
        name="Take", description="The take's file; empty for the chosen one", subtype="FILE_PATH", options={"SKIP_SAVE"}
    )


class LIVELINK_OT_refresh_takes(Operator):
    """Read the folder with the takes anew"""

    bl_idname = "livelink.refresh_takes"
    bl_label = "Refresh"
    bl_options = {"INTERNAL"}

    def execute(self, context: Context) -> set[str]:
        try:
            shelf.refresh(context.scene)
        except shelf.Refused as trouble:
            context.window_manager.livelink_shelf.folder = "-"  # asked, and not to be asked again at each drawing
            return refuse(self, str(trouble))
        return done(self, "")


class LIVELINK_OT_play_take(OnATake, Operator):
    """Show the take on the character without making keys: play the timeline, or drag the playhead"""

    bl_idname = "livelink.play_take"
    bl_label = "Play on Character"
    bl_options = {"REGISTER"}

    path: take_path()

    def do(self, context: Context, path: Path) -> str:
        from ...scene.takes import playback

        try:
            playing = playback.start(context.scene, path)
        except playback.CannotPlay as trouble:
            raise shelf.Refused(str(trouble)) from trouble
        first, last = playing.span
        return f"{path.stem} shows on frames {first:.0f} to {last:.0f}: play the timeline or drag the playhead."


class LIVELINK_OT_stop_playing_take(Operator):
    """Stop showing the take, and give back what the character held before"""

    bl_idname = "livelink.stop_playing_take"
    bl_label = "Stop Playing"
    bl_options = {"REGISTER"}

    def execute(self, context: Context) -> set[str]:
        from ...scene.takes import playback

        playback.stop()
        return done(self, "")


class LIVELINK_OT_trim_take(SaysWhyNot, Operator):
    """Let the take that plays begin or end where the playhead stands; the tape itself stays whole"""

    bl_idname = "livelink.trim_take"
    bl_label = "Trim"
    bl_options = {"REGISTER"}

    side: EnumProperty(
        name="Side", description="What is set to the playhead",
        items=[
            ("BEGIN", "Begin Here", "The take begins at the playhead"),
            ("END", "End Here", "The take ends at the playhead"),
            ("WHOLE", "Whole Again", "The take is all of its tape again"),
        ],
    )

    @classmethod
    def why_not(cls, context: Context) -> str:
        if state.playing is None:
            return "Play the take first: it is trimmed where the playhead stands"
        return ""

    def execute(self, context: Context) -> set[str]:
        try:
            return done(self, shelf.trim_to_playhead(context.scene, self.side))
        except shelf.Refused as trouble:
            return refuse(self, str(trouble))


class LIVELINK_OT_look_through_take(OnATake, Operator):
    """Read the whole take and say what was lost or missing: gaps, packets, the face"""

    bl_idname = "livelink.look_through_take"
    bl_label = "Look Through"
    bl_options = {"REGISTER"}

    path: take_path()

    def do(self, context: Context, path: Path) -> str:
        return shelf.inspect(context.scene, path)


class LIVELINK_OT_rename_take(OnATake, Operator):
    """Give the take another name; its notes go along"""

    bl_idname = "livelink.rename_take"
    bl_label = "Rename Take"
    bl_options = {"REGISTER"}

    path: take_path()
    new_name: StringProperty(name="Name", description="The new name of the take and its file")

    def invoke(self, context: Context, event: Event) -> set[str]:
        self.new_name = shelf.chosen_take().stem
        return context.window_manager.invoke_props_dialog(self)

    def do(self, context: Context, path: Path) -> str:
        return f"The take is called {shelf.rename(context.scene, path, self.new_name).stem} now."


class LIVELINK_OT_delete_take(OnATake, Operator):
    """Put the take into the folder "bin" beside the others, from where it can be taken back"""

    bl_idname = "livelink.delete_take"
    bl_label = "Put into Bin"
    bl_options = {"REGISTER"}

    path: take_path()

    def invoke(self, context: Context, event: Event) -> set[str]:
        return context.window_manager.invoke_confirm(self, event)

    def do(self, context: Context, path: Path) -> str:
        binned = shelf.put_into_bin(context.scene, path)
        return f"{path.stem} lies in the bin: {binned.parent}."


class LIVELINK_OT_reveal_take(OnATake, Operator):
    """Show the take's file in the file browser of this computer"""

    bl_idname = "livelink.reveal_take"
    bl_label = "Show File"
    bl_options = {"INTERNAL"}

    path: take_path()

    def do(self, context: Context, path: Path) -> str:
        shelf.reveal(path)
        return ""


class LIVELINK_OT_export_take(OnATake, Operator):
    """Write the take as CSV with the columns of Live Link Face, so that other programs can read it"""

    bl_idname = "livelink.export_take"
    bl_label = "Export CSV"
    bl_options = {"REGISTER"}

    path: take_path()
    filepath: StringProperty(name="File", description="The CSV that is written", subtype="FILE_PATH")
    filter_glob: StringProperty(default="*.csv", options={"HIDDEN"})

    def invoke(self, context: Context, event: Event) -> set[str]:
        self.filepath = f"{shelf.chosen_take().stem}.csv"
        context.window_manager.fileselect_add(self)
        return {"RUNNING_MODAL"}

    def do(self, context: Context, path: Path) -> str:
        target = Path(bpy.path.abspath(self.filepath))
        if not self.filepath or not target.name:
            raise shelf.Refused("Choose a name for the CSV first.")
        return shelf.export_csv(path, target.with_suffix(".csv"))


class LIVELINK_OT_take_in(Operator):
    """Make a take of a recording: Live Link Face's CSV, packets saved with nc, .gesichter, texts of other apps"""

    bl_idname = "livelink.take_in"
    bl_label = "Import Recording"
    bl_options = {"REGISTER"}

    filepath: StringProperty(name="File", description="The recording", subtype="FILE_PATH")

    def invoke(self, context: Context, event: Event) -> set[str]:
        context.window_manager.fileselect_add(self)
        return {"RUNNING_MODAL"}

    def execute(self, context: Context) -> set[str]:
        try:
            path = shelf.import_take(context.scene, Path(bpy.path.abspath(self.filepath)))
        except shelf.Refused as trouble:
            return refuse(self, str(trouble))
        return done(self, f"{path.stem} is a take now.")


class LIVELINK_OT_add_mix_part(OnATake, Operator):
    """Take regions of the chosen take over into the best-of"""

    bl_idname = "livelink.add_mix_part"
    bl_label = "Add Part"
    bl_options = {"REGISTER", "UNDO"}

    path: take_path()

    def do(self, context: Context, path: Path) -> str:
        context.scene.livelink.takes.parts.add().take = str(path)
        return f"{path.stem} is a part: choose its regions and range, then the base take in the list."


class LIVELINK_OT_remove_mix_part(Operator):
    """Leave this part out of the best-of"""

    bl_idname = "livelink.remove_mix_part"
    bl_label = "Remove Part"
    bl_options = {"REGISTER", "UNDO"}

    index: IntProperty(name="Part", description="Which part, counted from 0", min=0)

    def execute(self, context: Context) -> set[str]:
        parts = context.scene.livelink.takes.parts
        if self.index >= len(parts):
            return refuse(self, "There is no such part.")
        parts.remove(self.index)
        return {"FINISHED"}


class LIVELINK_OT_make_best_of(OnATake, Operator):
    """Make a new take: the chosen one with the parts laid over it; none of them is changed"""

    bl_idname = "livelink.make_best_of"
    bl_label = "Make Best Of"
    bl_options = {"REGISTER"}

    path: take_path()

    def do(self, context: Context, path: Path) -> str:
        from ...scene.takes import mixes

        made = mixes.make(context.scene, path)
        return f"{made.stem} is made of {path.stem} and {len(context.scene.livelink.takes.parts)} parts."


CLASSES = (
    LIVELINK_OT_refresh_takes, LIVELINK_OT_play_take, LIVELINK_OT_stop_playing_take,
    LIVELINK_OT_trim_take, LIVELINK_OT_look_through_take, LIVELINK_OT_rename_take, LIVELINK_OT_delete_take,
    LIVELINK_OT_reveal_take, LIVELINK_OT_export_take, LIVELINK_OT_take_in,
    LIVELINK_OT_add_mix_part, LIVELINK_OT_remove_mix_part, LIVELINK_OT_make_best_of,
)  # fmt: skip
