# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes from Record to the timeline: where they begin, what they keep, which keys they may touch, how they play."""

from pathlib import Path
from time import time

import bpy
import numpy as np
import pytest

from livelink_blender.core.face.channels import CHANNEL_COUNT
from livelink_blender.core.face.frame import Frame
from livelink_blender.core.wire.dialects.livelink import encode
from livelink_blender.io.errors import DoorError
from livelink_blender.io.takes import shelf as shelf_door
from livelink_blender.io.takes.tape_file import TapeWriter, load_tape
from livelink_blender.scene.live import session
from livelink_blender.scene.takes import bake, mixes, playback, record
from livelink_blender.scene.takes import shelf as take_shelf
from livelink_blender.scene.takes.record import CannotRecord, plan_take
from tests.scene.heads import make_character, make_head
from tests.scene.phones import TestPhone

BEGAN = 1.79e9
FPS = 24.0


def value(name: str = "jawOpen") -> float:
    return round(bpy.data.objects["Head"].data.shape_keys.key_blocks[name].value, 4)


def write_take(path: Path, seconds: float = 4.0, level: float | None = None, **meta) -> Path:
    """A take at 60 whose jaw opens by a tenth a second, or stands at a level."""
    with TapeWriter(path, {"began": BEGAN, "frame": 1, **meta}) as tape:
        for i in range(int(seconds * 60) + 1):
            values = np.zeros(CHANNEL_COUNT, np.float32)
            values[:] = i / 600 if level is None else level
            frame = Frame(0.0, "", "phone", "face", i / 60, i, 60.0, values)
            tape.append(BEGAN + i / 60, "192.0.2.1", encode(frame))
    return path


def in_folder(name: str, **how) -> Path:
    return write_take(shelf_door.shelf_folder() / f"{name}.facetape", **how)


def jaw_keys() -> dict[float, float]:
    """Frame and value of every key of the jaw."""
    animation = bpy.data.objects["Head"].data.shape_keys.animation_data
    bag = animation.action.layers[0].strips[0].channelbag(animation.action_slot)
    curve = bag.fcurves.find('key_blocks["jawOpen"].value')
    return {point.co[0]: point.co[1] for point in curve.keyframe_points}


def live_with(scene, *faces: float):
    """A session that has heard these jaws."""
    live = session.start(scene, "127.0.0.1")
    phone = TestPhone(live.door.port)
    for jaw in faces:
        phone.send(jawOpen=jaw)
        live.tick(time())
    return live, phone


def test_what_just_happened_becomes_a_take(stage):
    live, phone = live_with(stage, 0.1, 0.2, 0.3)
    path = live.takes.keep_last(30.0, time())
    assert len(load_tape(path)) == 3
    assert session.current().last_take == path
    session.stop()
    assert len(load_tape(session.current().takes.keep_last(30.0, time()))) == 3, "also after Stop"
    with pytest.raises(CannotRecord, match="Nothing came in the last 30 seconds"):
        session.current().takes.keep_last(30.0, time() + 100)
    phone.close()


def test_preroll_takes_in_what_came_before_record(stage):
    stage.livelink.takes.preroll = 5.0
    stage.frame_current = 200
    live, phone = live_with(stage, 0.1, 0.2)
    path = live.takes.begin(time())
    phone.send(jawOpen=0.9)
    live.tick(time())
    live.takes.end()
    phone.close()
    meta = load_tape(path).meta
    assert len(load_tape(path)) == 3
    assert (meta["frame"], meta.get("first")) == (200 - 5 * FPS, None)
    bake.bake_tape(stage, path)
    assert 80 <= min(jaw_keys()) <= 200, "what came before belongs to the take"


def test_a_take_with_the_timeline_keeps_its_pace_and_gives_the_setting_back(stage):
    stage.livelink.record.play_timeline, stage.livelink.takes.begin_at = True, "START"
    stage.livelink.takes.preroll, stage.frame_start, stage.frame_current = 1.0, 101, 130
    stage.sync_mode = "NONE"
    live, phone = live_with(stage, 0.1)
    live.takes.begin(time())
    assert (stage.sync_mode, stage.frame_current) == ("FRAME_DROP", 77)
    for _ in range(2):
        live.takes.end()
    assert stage.sync_mode == "NONE"
    phone.close()


def test_a_session_that_stops_gives_that_setting_back_too(stage):
    stage.livelink.record.play_timeline, stage.sync_mode = True, "NONE"
    live, phone = live_with(stage, 0.1)
    path = live.takes.begin(time())
    session.stop()
    assert stage.sync_mode == "NONE"
    assert shelf_door.notes_of(path).zero is not None
    phone.close()


def test_moments_lie_where_they_were_while_it_played(stage):
    stage.livelink.record.play_timeline, stage.frame_current = True, 10
    plan = plan_take(stage)
    for i in range(50):
        plan.hear(11 + i, BEGAN + 0.4 + i / FPS + 0.03 * (i % 3))  # it began late, and frames are shown late
    assert plan.zero(BEGAN) == pytest.approx(BEGAN + 0.4 - 11 / FPS, abs=1e-6)
    plan.hear(10, BEGAN + 9)
    plan.hear(11, BEGAN + 9.04)
    assert plan.zero(BEGAN) == pytest.approx(BEGAN + 0.4 - 11 / FPS, abs=1e-6), "a loop teaches nothing"


def test_a_marked_range_must_be_there(stage):
    stage.livelink.takes.punch_in = True
    live, phone = live_with(stage, 0.1)
    with pytest.raises(CannotRecord, match="Mark the range first"):
        live.takes.begin(time())
    assert not live.recorder.is_recording
    phone.close()


def test_a_marked_range_is_through_when_its_last_frame_was_played_and_what_was_sent_has_come(stage):
    stage.livelink.takes.punch_in = stage.use_preview_range = True
    stage.frame_preview_start, stage.frame_preview_end = 50, 60
    for frames in ((52, 55, 60), (52, 58, 50)):
        plan = plan_take(stage)
        for frame in frames:
            assert not plan.is_through(BEGAN + 100)
            plan.hear(frame, BEGAN + frame / FPS)
        assert not plan.is_through(BEGAN + 60 / FPS)
        assert plan.is_through(BEGAN + 60 / FPS + 0.3)


def test_a_punch_in_plays_its_preroll_and_gives_the_range_back(stage):
    stage.livelink.takes.punch_in = stage.use_preview_range = True
    stage.livelink.takes.preroll = 1.0
    stage.frame_preview_start, stage.frame_preview_end, stage.frame_start, stage.frame_end = 50, 60, 40, 55
    live, phone = live_with(stage, 0.1)
    live.takes.begin(time())
    assert (stage.use_preview_range, stage.frame_start, stage.frame_end, stage.frame_current) == (False, 26, 60, 26)
    live.takes.end()
    assert (stage.use_preview_range, stage.frame_start, stage.frame_end) == (True, 40, 55)
    phone.close()


def test_a_punch_in_touches_the_keys_of_its_range_only(stage, tmp_path):
    stage.livelink.takes.punch_fade = 0.0
    bake.bake_tape(stage, in_folder("first", seconds=4.0))
    before = jaw_keys()
    bake.bake_tape(stage, in_folder("second", seconds=4.0, level=0.9, range=[30, 50]))
    after = jaw_keys()
    outside = {frame: key for frame, key in before.items() if not 30 <= frame <= 50}
    assert {frame: key for frame, key in after.items() if not 30 <= frame <= 50} == outside
    assert {frame for frame in after if 30 <= frame <= 50} == {30.0, 50.0}, "what rests needs only its ends"
    assert after[30.0] == after[50.0] == pytest.approx(0.9)
    assert len([action for action in bpy.data.actions if action.users]) == 1


def test_a_punch_in_goes_over_softly_at_both_ends(stage):
    stage.livelink.takes.punch_fade = 0.25
    bake.bake_tape(stage, in_folder("first", seconds=4.0))
    before = jaw_keys()
    bake.bake_tape(stage, in_folder("second", seconds=4.0, level=0.9, range=[30, 50]))
    after = jaw_keys()
    assert {f: key for f, key in after.items() if not 30 <= f <= 50} == {
        f: key for f, key in before.items() if not 30 <= f <= 50
    }
    steps = [abs(after[f + 1.0] - after[f]) for f in range(25, 35)]
    assert max(steps) < 0.5 * (0.9 - before[30.0]), "no jump into the range"
    assert before[30.0] < after[30.0] < after[33.0] < after[36.0] == pytest.approx(0.9, abs=1e-4)
    assert after[50.0] < after[47.0] < after[44.0] == pytest.approx(0.9, abs=1e-4)


def test_a_punch_in_at_the_end_of_a_take_fades_only_where_old_keys_go_on(stage):
    bake.bake_tape(stage, in_folder("first", seconds=2.0))
    bake.bake_tape(stage, in_folder("second", seconds=4.0, level=0.9, range=[40, 90]))
    assert jaw_keys()[90.0] == pytest.approx(0.9)
    assert jaw_keys()[40.0] < 0.5


def test_baking_a_range_again_marks_its_gaps_once(stage):
    bake.bake_tape(stage, in_folder("first", seconds=4.0))
    path = shelf_door.shelf_folder() / "gap.facetape"
    with TapeWriter(path, {"began": BEGAN, "frame": 1, "range": [20, 60]}) as tape:
        for i in (i for i in range(241) if not 80 < i < 120):
            frame = Frame(0.0, "", "phone", "face", i / 60, i, 60.0, np.full(CHANNEL_COUNT, 0.5, np.float32))
            tape.append(BEGAN + i / 60, "192.0.2.1", encode(frame))
    for _ in range(3):
        bake.bake_tape(stage, path)
    action = bpy.data.objects["Head"].data.shape_keys.animation_data.action
    assert [mark.name for mark in action.pose_markers] == ["face lost", "face back"]


def test_a_punch_in_goes_above_keys_that_an_animator_made(stage):
    keys = bpy.data.objects["Head"].data.shape_keys
    keys.key_blocks["jawOpen"].value = 0.33
    keys.key_blocks["jawOpen"].keyframe_insert("value", frame=40)
    own = keys.animation_data.action
    bake.bake_tape(stage, in_folder("second", seconds=4.0, level=0.9, range=[30, 50]))
    assert keys.animation_data.action in (own, None)
    (point,) = own.layers[0].strips[0].channelbags[0].fcurves[0].keyframe_points
    assert tuple(point.co) == pytest.approx((40.0, 0.33))
    assert len(keys.animation_data.nla_tracks) >= 1


def test_two_phones_lie_on_one_timeline(stage):
    other = make_head("Other")
    make_character(other, name="Second")
    path = shelf_door.shelf_folder() / "two.facetape"
    with TapeWriter(path, {"began": BEGAN, "frame": 1}) as tape:
        for i in range(241):
            values = np.full(CHANNEL_COUNT, i / 600, np.float32)
            for name, late in (("a", 0.0), ("b", 1.0)):
                frame = Frame(0.0, "", name, "face", 7.0 + i / 60, i, 60.0, values)
                tape.append(BEGAN + late + i / 60, "192.0.2.1", encode(frame))
    assert len(bake.bake_tape(stage, path)) == 2
    starts = [
        min(point.co[0] for point in bag.fcurves[0].keyframe_points)
        for action in bpy.data.actions
        for bag in action.layers[0].strips[0].channelbags
    ]
    assert sorted(starts) == [1.0, 25.0]


def test_a_cut_take_baked_twice_has_the_same_keys_to_the_bit(stage):
    path = in_folder("t")
    shelf_door.change_notes(path, begin=0.513, end=2.777)
    bake.bake_tape(stage, path)
    once = jaw_keys()
    bake.bake_tape(stage, path)
    assert jaw_keys() == once


def test_a_trimmed_take_is_baked_as_trimmed_and_the_tape_stays_whole(stage):
    path = in_folder("t")
    shelf_door.change_notes(path, begin=1.0, end=2.0)
    bake.bake_tape(stage, path)
    assert (min(jaw_keys()), max(jaw_keys())) == (25.0, 49.0)
    assert jaw_keys()[25.0] == pytest.approx(0.1, abs=1e-4)
    assert len(load_tape(path)) == 241


def test_a_take_can_be_put_at_the_playhead_in_fewer_keys(stage):
    stage.livelink.takes.land, stage.livelink.takes.reduce, stage.frame_current = "PLAYHEAD", True, 500
    (said,) = bake.bake_tape(stage, in_folder("t"))
    assert min(jaw_keys()) == 500.0
    assert len(jaw_keys()) < 10
    assert "% of the keys" in said


def test_baking_leaves_what_was_missing_beside_the_tape(stage):
    path = in_folder("t")
    bake.bake_tape(stage, path)
    assert shelf_door.take_at(path).notes.facts.moments == 241


def test_a_take_plays_without_keys_and_gives_back_what_was_there(stage):
    bpy.data.objects["Head"].data.shape_keys.key_blocks["jawOpen"].value = 0.77
    playing = playback.start(stage, in_folder("t"))
    assert playing.span == pytest.approx((1.0, 97.0), abs=1e-4)
    for frame in (25, 73, 1, 49, 500, -20):
        stage.frame_set(frame)
        assert value() == pytest.approx(min(max((frame - 1) / 24, 0.0), 4.0) / 10, abs=0.004), frame
    assert bpy.data.objects["Head"].data.shape_keys.animation_data is None
    playback.stop()
    assert value() == pytest.approx(0.77)
    stage.frame_set(73)
    assert value() == pytest.approx(0.77), "no handler is left"


def test_a_file_saved_while_a_take_plays_holds_the_rest(stage, tmp_path):
    stage.frame_set(49)
    playback.start(stage, in_folder("t"))
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "a.blend"), copy=True)
    assert value() == pytest.approx(0.2, abs=0.01)
    playback.stop()
    bpy.ops.wm.open_mainfile(filepath=str(tmp_path / "a.blend"))
    assert value() == 0.0


def test_going_live_ends_the_playback_and_playing_waits_for_stop(stage):
    playback.start(stage, in_folder("t"))
    session.start(stage, "127.0.0.1")
    assert playback.current() is None
    with pytest.raises(playback.CannotPlay, match="Press Stop first"):
        playback.start(stage, in_folder("u"))


def test_a_deleted_mesh_does_not_break_the_playback(stage):
    playback.start(stage, in_folder("t"))
    bpy.data.objects.remove(bpy.data.objects["Head"])
    stage.frame_set(30)
    playback.stop()


def test_what_can_t_be_played_is_one_sentence(stage, tmp_path):
    empty = tmp_path / "empty.facetape"
    empty.write_bytes(b"")
    with pytest.raises(playback.CannotPlay, match="holds no face"):
        playback.start(stage, empty)
    with pytest.raises(playback.CannotPlay, match="could not be read"):
        playback.start(stage, tmp_path / "gone.facetape")
    stage.livelink.characters.clear()
    with pytest.raises(playback.CannotPlay, match="Choose a character first"):
        playback.start(stage, in_folder("t"))
    assert playback.current() is None


def test_the_list_shows_the_folder_and_edits_are_kept_beside_the_tape(stage):
    first, second = in_folder("a"), in_folder("b", seconds=1.0)
    assert take_shelf.refresh(stage) == 2
    lines = bpy.context.window_manager.livelink_shelf.lines
    by_name = {line.name: line for line in lines}
    assert by_name["b"].seconds == pytest.approx(1.0, abs=0.01)
    by_name["a"].stars, by_name["a"].notes = 4, "lips late"
    assert (shelf_door.notes_of(first).stars, shelf_door.notes_of(first).notes) == (4, "lips late")
    assert shelf_door.notes_of(second).stars == 0
    assert take_shelf.inspect(stage, second) == "b: nothing is missing."


def test_a_take_that_plays_is_trimmed_where_the_playhead_stands(stage):
    path = in_folder("t")
    playback.start(stage, path)
    stage.frame_set(25)
    assert take_shelf.trim_to_playhead(stage, "BEGIN") == "t is 3.0 s long now."
    stage.frame_set(73)
    assert take_shelf.trim_to_playhead(stage, "END") == "t is 2.0 s long now."
    stage.frame_set(1)
    with pytest.raises(DoorError, match="Nothing would be left"):
        take_shelf.trim_to_playhead(stage, "END")
    assert take_shelf.trim_to_playhead(stage, "WHOLE") == "t is 4.0 s long now."


def test_a_take_leaves_the_list_for_the_bin_even_while_it_plays(stage):
    path = in_folder("t")
    playback.start(stage, path)
    renamed = take_shelf.rename(stage, path, "sc04 7")
    assert playback.current() is None
    assert take_shelf.chosen_take() == renamed
    take_shelf.put_into_bin(stage, renamed)
    assert len(bpy.context.window_manager.livelink_shelf.lines) == 0


def test_the_take_being_recorded_stays(stage):
    live, phone = live_with(stage, 0.1)
    path = live.takes.begin(time())
    with pytest.raises(DoorError, match="being recorded"):
        take_shelf.put_into_bin(stage, path)
    phone.close()


def test_takes_may_lie_beside_the_blend(stage, tmp_path):
    stage.livelink.takes.folder = "BLEND"
    assert record.folder_of(stage) == shelf_door.shelf_folder(), "not saved yet"
    (tmp_path / "shot").mkdir()
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "shot" / "a.blend"))
    assert record.folder_of(bpy.context.scene) == tmp_path / "shot" / "face takes"


def test_best_of_is_a_take_with_the_chosen_regions(stage):
    base, mouth = in_folder("base", level=0.1), in_folder("mouth", level=0.9)
    with pytest.raises(DoorError, match="Add a part first"):
        mixes.make(stage, base)
    part = stage.livelink.takes.parts.add()
    part.take, part.regions, part.begin, part.end, part.fade = str(mouth), {"mouth"}, 1.0, 3.0, 0.0
    mixed = mixes.make(stage, base)
    assert load_tape(mixed).meta["best_of"][1]["take"] == "mouth"
    bake.bake_tape(stage, mixed)
    keys = jaw_keys()
    assert keys[10.0] == pytest.approx(0.1)
    assert keys[49.0] == pytest.approx(0.9)
    assert keys[90.0] == pytest.approx(0.1)


def test_parts_that_were_acted_to_the_timeline_lie_where_they_were_acted(stage):
    base, late = in_folder("base", level=0.0), in_folder("late", seconds=2.0, level=0.9)
    shelf_door.change_notes(base, zero=BEGAN, begin=0.5)
    shelf_door.change_notes(late, zero=BEGAN - 1.5)  # its first moment came at second 1.5 of the timeline
    part = stage.livelink.takes.parts.add()
    part.take, part.regions, part.fade = str(late), {"mouth"}, 0.0
    mixed = mixes.make(stage, base)
    assert (shelf_door.notes_of(mixed).zero, shelf_door.notes_of(mixed).begin) == (BEGAN, 0.5)
    bake.bake_tape(stage, mixed)
    keys = jaw_keys()
    assert min(keys) == pytest.approx(12.0)
    assert [keys[frame] for frame in (35.0, 37.0, 83.0, 86.0)] == pytest.approx([0.0, 0.9, 0.9, 0.0])


def test_other_recordings_come_in_and_csv_goes_out(stage, tmp_path):
    written = tmp_path / "take_1_phone.csv"
    assert take_shelf.export_csv(in_folder("t"), written) == "t is written as take_1_phone.csv."
    path = take_shelf.import_take(stage, written)
    assert len(load_tape(path)) == 241
    assert take_shelf.chosen_take() == path
    with pytest.raises(DoorError, match="no face"):
        (tmp_path / "x.csv").write_text("hello")
        take_shelf.import_take(stage, tmp_path / "x.csv")
