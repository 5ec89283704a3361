# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The session and a phone that is remotely controlled: takes begin together, its files come, its recording is used."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import bpy
import numpy as np
import pytest

from livelink_blender.core.remote.remote import NOT_BEGUN
from livelink_blender.core.takes.captures import read_capture
from livelink_blender.core.wire.common import osc
from livelink_blender.io.demo_phone.remote_phone import RemotePhone
from livelink_blender.io.errors import DoorError
from livelink_blender.io.sources import phone_memory
from livelink_blender.io.takes import shelf
from livelink_blender.scene.live import session
from livelink_blender.scene.live.engine import Session
from livelink_blender.scene.remote import phone_take
from livelink_blender.scene.takes import bake
from tests.scene.heads import make_character, make_head
from tests.scene.phones import free_port

HERE = "127.0.0.1"
UNTIL = {"length": 50} if bpy.app.version >= (5, 0) else {"frame_end": 51}


@pytest.fixture
def stage(scene, tmp_path, monkeypatch):
    """A scene with a head, ready for the remote control of a phone on this computer."""
    monkeypatch.setenv("LIVELINK_HOME", str(tmp_path))
    scene.livelink.port = free_port()
    scene.livelink.record.play_timeline = False
    scene.livelink.remote.address = HERE
    scene.render.fps = 24
    make_character(make_head())
    yield scene
    session.stop()


@pytest.fixture
def phone(stage) -> Iterator[RemotePhone]:
    stop = threading.Event()
    with RemotePhone(0, loses=0.2) as served:
        thread = threading.Thread(target=served.serve, args=(None, stop.is_set), daemon=True)
        thread.start()
        stage.livelink.remote.port = served.port
        stage.livelink.remote.is_on = True
        yield served
        stop.set()
        thread.join(5.0)


def until(live: Session, condition, seconds: float = 10.0) -> bool:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        live.tick(time.time())
        time.sleep(0.005)
    return condition()


def connected(scene) -> Session:
    live = session.start(scene, HERE)
    assert until(live, lambda: live.remote.control is not None and live.remote.control.battery is not None)
    assert until(live, lambda: len(live.roster.performers) == 1)
    return live


def recorded(live: Session, seconds: float = 1.5) -> Path:
    path = live.takes.begin(time.time())
    until(live, lambda: False, seconds)
    live.takes.end()
    return path


def fetched(live: Session) -> Path:
    path = recorded(live)
    assert until(live, lambda: shelf.phone_file(path, "video").exists() and not live.remote.fetch.is_busy)
    return path


def line(live: Session):
    return live.remote.line(live.scene().livelink.remote, time.time())


def test_connected_by_the_phone_s_address_alone(stage, phone):
    live = connected(stage)
    shown = line(live)
    assert (shown.word, shown.percent, shown.heat, shown.advice) == ("connected", 83, "cool", "")
    assert not live.roster.bad, "the phone's answers are no bad packets"
    assert phone_memory.known_phones() == [HERE]


def test_slate_and_take_are_shown_on_the_phone(stage, phone):
    live = connected(stage)
    stage.livelink.record.slate, stage.livelink.record.take = "sc04", 12
    assert until(live, lambda: (phone.phone.slate, phone.phone.take) == ("sc04", 12))


def test_the_phone_records_along_and_its_files_come_to_the_take(stage, phone):
    live = connected(stage)
    stage.livelink.record.slate = "sc04"
    path = live.takes.begin(time.time())
    assert until(live, lambda: phone.phone.recording is not None)
    assert until(live, lambda: line(live).is_recording) and line(live).word == "recording"
    until(live, lambda: False, 1.0)
    live.takes.end()
    assert until(live, lambda: shelf.phone_file(path, "video").exists())
    assert shelf.phone_file(path, "face").read_text().startswith("Timecode,BlendShapeCount,")
    assert "sc04_1" in shelf.notes_of(path).phone_face
    assert line(live).fetch.trouble == "" and "video is here" in line(live).fetch.done
    assert sorted(one.name for one in path.parent.iterdir() if one.suffix == ".part") == []


def test_nothing_is_fetched_or_recorded_that_is_not_wanted(stage, phone):
    stage.livelink.remote.fetch = {"FACE"}
    live = connected(stage)
    path = recorded(live, 0.5)
    assert until(live, lambda: shelf.phone_file(path, "face").exists())
    until(live, lambda: False, 0.3)
    assert not shelf.phone_file(path, "video").exists()
    stage.livelink.remote.record_too = False
    recorded(live, 0.3)
    until(live, lambda: False, 0.3)
    assert len(phone.phone.files) == 2


def test_a_phone_that_does_not_answer_costs_the_take_nothing(stage, phone):
    live = connected(stage)
    phone.phone.hear = lambda packet, now: []
    path = live.takes.begin(time.time())
    assert until(live, lambda: line(live).advice == NOT_BEGUN, 5.0)
    live.takes.end()
    assert len(read_capture(path.read_bytes(), path.name).frames) > 60
    assert bake.bake_tape(stage, path)


def test_nobody_at_the_address_is_one_sentence_and_the_session_goes_on(stage):
    stage.livelink.remote.port = free_port()
    stage.livelink.remote.is_on = True
    live = session.start(stage, HERE)
    until(live, lambda: False, 0.3)
    assert line(live).word == "asked, no answer yet"
    later = live.remote.line(stage.livelink.remote, time.time() + 6.0)
    assert later.word == "no answer" and "switch on OSC" in later.advice
    assert live.is_running


def test_a_wrong_address_is_one_sentence(stage):
    stage.livelink.remote.address = "my phone"
    stage.livelink.remote.is_on = True
    live = session.start(stage, HERE)
    live.tick(time.time())
    assert "in numbers" in line(live).advice and live.is_running


def test_a_failed_transfer_leaves_no_mess_and_can_be_tried_again(stage, phone, monkeypatch):
    live = connected(stage)
    monkeypatch.setattr("livelink_blender.core.remote.incoming.CALL_S", 0.3)
    bring, phone._bring = phone._bring, lambda to, path: None
    path = recorded(live, 0.5)
    assert until(live, lambda: line(live).fetch.trouble != "" and not live.remote.fetch.is_busy)
    assert "still on the phone" in line(live).fetch.trouble and line(live).fetch.can_retry
    assert sorted(one.name for one in path.parent.iterdir()) == [path.name, f"{path.name}.json"]
    phone._bring = bring
    live.remote.fetch.retry()
    assert until(live, lambda: shelf.phone_file(path, "video").exists())
    assert line(live).fetch.trouble == "" and not line(live).fetch.can_retry


def test_cancelled_and_fetched_later(stage, phone):
    live = connected(stage)
    path = recorded(live, 0.5)
    assert until(live, lambda: live.remote.fetch.is_busy)
    live.remote.fetch.cancel()
    assert not live.remote.fetch.is_busy and line(live).fetch.can_retry
    assert phone_take.fetch(live.remote, path, ("face",)).endswith("asked for its recording.")
    assert until(live, lambda: shelf.phone_file(path, "face").exists())


def test_stop_in_the_middle_ends_the_phone_s_recording(stage, phone):
    live = connected(stage)
    live.takes.begin(time.time())
    assert until(live, lambda: phone.phone.recording is not None)
    session.stop()
    end = time.monotonic() + 3.0
    while phone.phone.recording is not None and time.monotonic() < end:
        time.sleep(0.01)
    assert phone.phone.recording is None
    with pytest.raises(DoorError, match="Connect the phone first"):
        phone_take.fetch(live.remote, live.recorder.path, ("face",))


def test_answers_of_strangers_are_not_believed(stage, phone):
    live = connected(stage)
    with RemotePhone(0, "127.0.0.5") as stranger:
        stranger.phone.answers_to = (HERE, live.door.port)
        stranger.say(osc.message("/Battery", 0.01), osc.message("/RecordStopConfirm", "0", "/a.csv", "/b.mov"))
        until(live, lambda: False, 0.3)
    assert line(live).percent == 83 and not live.remote.fetch.is_busy


def test_the_phone_s_recording_takes_the_place_of_the_live_one(stage, phone):
    live = connected(stage)
    path = fetched(live)
    session.stop()
    ours = read_capture(path.read_bytes(), path.name).frames
    became = phone_take.use_phone(path)
    made = became.path
    theirs = read_capture(made.read_bytes(), made.name).frames
    assert "lined up by the timecode" in became.sentence and became.added == len(theirs) - len(ours)
    assert made.stem == f"{path.stem}_phone"
    steps = np.diff([one.arrival for one in theirs])
    assert len(theirs) > 1.15 * len(ours) and np.percentile(steps, 99) < 1.5 / 60
    assert {one.key for one in theirs} == {one.key for one in ours}
    assert path.exists(), "the live take stays as it is"


def test_both_bake_to_the_same_frames_of_the_timeline(stage, phone):
    stage.livelink.smoothing.enabled = False
    stage.livelink.mouth_swap = "OFF"
    live = connected(stage)
    path = fetched(live)
    session.stop()
    made = phone_take.use_phone(path).path
    stage.frame_set(50)
    curves = []
    for one in (path, made):
        bake.bake_tape(stage, one)
        keys = bpy.data.objects["Head"].data.shape_keys
        action, slot = keys.animation_data.action, keys.animation_data.action_slot
        bag = action.layers[0].strips[0].channelbag(slot)
        curves.append({curve.data_path: curve for curve in bag.fcurves})
    live_range, phone_range = (next(iter(each.values())).range() for each in curves)
    assert abs(live_range[0] - phone_range[0]) <= 1.0
    path_of_jaw = 'key_blocks["jawOpen"].value'
    frames = range(int(live_range[0]) + 3, int(live_range[1]) - 3)
    both = [[each[path_of_jaw].evaluate(frame) for frame in frames] for each in curves]
    assert np.abs(np.subtract(*both)).max() < 0.05


def test_only_gaps_and_a_take_without_a_recording(stage, phone):
    live = connected(stage)
    path = fetched(live)
    session.stop()
    made = phone_take.use_phone(path, only_gaps=True).path
    assert made.exists()
    shelf.phone_file(path, "face").unlink()
    with pytest.raises(DoorError, match="fetch it first"):
        phone_take.use_phone(path)


def test_a_recording_of_another_take_is_refused(stage, phone):
    live = connected(stage)
    path = fetched(live)
    session.stop()
    csv = shelf.phone_file(path, "face")
    rows = csv.read_text().splitlines()
    still = [rows[0], *("01:00:00:" + row.split(":", 3)[3] for row in rows[1:9])]
    csv.write_text("\n".join(still))
    with pytest.raises(DoorError, match=r"does not belong|no face"):
        phone_take.use_phone(path)
    csv.write_bytes(b"\xff\xfe rubbish")
    with pytest.raises(DoorError):
        phone_take.use_phone(path)


@pytest.mark.parametrize("fps", [24, 30])
def test_video_and_sound_lie_where_the_take_lies(stage, phone, fps):
    stage.render.fps = fps
    stage.frame_set(101)
    live = connected(stage)
    path = fetched(live)
    session.stop()
    said = phone_take.add_video(stage, path)
    strips = {one.type: one for one in stage.sequence_editor.strips}
    assert set(strips) == ({"MOVIE", "SOUND"} if fps == 30 else {"MOVIE", "SOUND", "SPEED"})
    assert abs(strips["MOVIE"].frame_final_start - 101) <= 4 and "with its sound" in said
    assert strips["SOUND"].frame_final_start == strips["MOVIE"].frame_final_start
    assert abs(strips["MOVIE"].frame_final_duration - strips["SOUND"].frame_final_duration) <= 2
    assert 0.0 <= strips["SOUND"].sound_offset < 1 / fps
    assert not stage.render.use_sequencer, "a render still shows the scene, not the phone's video"
    phone_take.add_video(stage, path)
    assert len(stage.sequence_editor.strips) == len(strips), "twice is once"


def test_who_renders_the_sequencer_goes_on_doing_so(stage, phone):
    live = connected(stage)
    path = fetched(live)
    session.stop()
    stage.sequence_editor_create().strips.new_effect("mine", "COLOR", 1, 1, **UNTIL)
    phone_take.add_video(stage, path)
    assert stage.render.use_sequencer and stage.sequence_editor.strips["mine"].channel == 1


def test_a_file_that_is_no_video_is_one_sentence(stage, phone):
    live = connected(stage)
    path = fetched(live)
    session.stop()
    shelf.phone_file(path, "video").write_bytes(b"no film" * 100)
    with pytest.raises(DoorError, match="could not be read as a video"):
        phone_take.add_video(stage, path)
    assert not stage.sequence_editor.strips


def test_the_phone_s_files_go_along_with_the_take(stage, phone):
    live = connected(stage)
    path = fetched(live)
    session.stop()
    renamed = shelf.rename(path, "better_name")
    assert shelf.phone_file(renamed, "face").exists() and shelf.phone_file(renamed, "video").exists()
    binned = shelf.put_into_bin(renamed)
    assert shelf.phone_file(binned, "video").exists() and not shelf.phone_file(renamed, "video").exists()
