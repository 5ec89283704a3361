# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes on the shelf: listed, noted, renamed, binned; the tape itself is never changed and nothing is erased."""

from __future__ import annotations

import os
import time
from pathlib import Path

import numpy as np
import pytest

from livelink_blender.core.face.channels import CHANNEL_COUNT
from livelink_blender.core.face.frame import Frame
from livelink_blender.core.takes.tape import FORMAT, pack_header, pack_record
from livelink_blender.core.wire.dialects.livelink import encode
from livelink_blender.io.errors import DoorError
from livelink_blender.io.takes import shelf
from livelink_blender.io.takes.black_box import PIECES, RollingTape, rescue
from livelink_blender.io.takes.tape_file import TapeWriter, load_tape

BEGAN = 1.79e9


def write(path: Path, count: int = 120, meta: dict | None = None) -> Path:
    face = np.full(CHANNEL_COUNT, 0.25, np.float32)
    with TapeWriter(path, meta or {"began": BEGAN}) as tape:
        for i in range(count):
            frame = Frame(0.0, "", "phone", "face", i / 60, i, 60.0, face if i % 4 else None)
            tape.append(BEGAN + i / 60, "192.0.2.1", encode(frame))
    return path


def test_a_take_of_a_newer_version_is_listed_and_says_so(tmp_path):
    path = tmp_path / "tomorrow.facetape"
    path.write_bytes(pack_header({"format": FORMAT + 1}) + pack_record(BEGAN, "192.0.2.1", b"?"))
    (take,) = shelf.takes_in(tmp_path)
    assert "newer Face Live Link" in take.notes.facts.sentence
    assert "newer Face Live Link" in shelf.inspect(path).sentence


def test_takes_are_listed_newest_first_with_their_length(tmp_path):
    write(tmp_path / "a.facetape", 1200)
    write(tmp_path / "b.facetape", 120, {"began": BEGAN + 100})
    listed = shelf.takes_in(tmp_path)
    assert [take.title for take in listed] == ["b", "a"]
    assert listed[1].seconds == pytest.approx(1199 / 60, abs=1e-3), "told by the two ends of a long tape"
    assert shelf.takes_in(tmp_path / "nowhere") == []


def test_a_tape_without_packets_and_a_stranger_are_listed_without_length(tmp_path):
    write(tmp_path / "empty.facetape", 0)
    (tmp_path / "stranger.facetape").write_bytes(b"hello")
    assert [take.seconds for take in shelf.takes_in(tmp_path)] == [0.0, 0.0]


def test_notes_stay_with_the_take_and_the_tape_stays_as_it_is(tmp_path):
    path = write(tmp_path / "a.facetape")
    before = path.read_bytes()
    shelf.change_notes(path, stars=4, notes="the good one")
    facts = shelf.inspect(path)
    assert (facts.moments, facts.faceless) == (120, 30)
    listed = shelf.take_at(path)
    assert (listed.notes.stars, listed.notes.notes, listed.notes.facts) == (4, "the good one", facts)
    assert path.read_bytes() == before


def test_facts_of_a_tape_that_has_grown_since_are_not_believed(tmp_path):
    path = write(tmp_path / "a.facetape")
    shelf.inspect(path)
    with path.open("ab") as file:
        file.write(bytes(64))
    assert shelf.take_at(path).notes.facts.moments == 0


def test_renaming_takes_the_notes_along_and_overwrites_nothing(tmp_path):
    path, other = write(tmp_path / "a.facetape"), write(tmp_path / "b.facetape")
    shelf.change_notes(path, stars=3)
    renamed = shelf.rename(path, "sc04: the one/7")
    assert renamed.name == "sc04_the_one_7.facetape"
    assert shelf.notes_of(renamed).stars == 3
    assert not path.exists()
    with pytest.raises(DoorError, match="already"):
        shelf.rename(renamed, "b")
    with pytest.raises(DoorError, match="name of a file"):
        shelf.rename(renamed, "../..")
    assert other.exists()


def test_what_is_deleted_lies_in_the_bin_whole(tmp_path):
    for _ in range(2):
        path = write(tmp_path / "a.facetape")
        shelf.change_notes(path, notes="kept")
        binned = shelf.put_into_bin(path)
        assert len(load_tape(binned)) == 120
        assert shelf.notes_of(binned).notes == "kept"
    assert shelf.takes_in(tmp_path) == []
    assert len(shelf.takes_in(tmp_path / shelf.BIN)) == 2


def test_a_take_that_is_gone_is_one_sentence(tmp_path):
    for verb in (shelf.put_into_bin, shelf.inspect, lambda path: shelf.rename(path, "x")):
        with pytest.raises(DoorError, match="gone"):
            verb(tmp_path / "gone.facetape")


def test_the_folder_beside_the_blend_is_chosen_by_its_file(tmp_path, monkeypatch):
    monkeypatch.setenv("LIVELINK_HOME", str(tmp_path / "home"))
    assert shelf.shelf_folder(tmp_path / "shot.blend") == tmp_path / shelf.FOLDER_BESIDE_BLEND
    assert shelf.shelf_folder() == tmp_path / "home" / "takes"


def box_with(folder: Path, seconds: int, crashed: bool = True) -> RollingTape:
    box = RollingTape(folder)
    for i in range(seconds * 10):
        box.append(BEGAN + i / 10, "192.0.2.1", b"\6packet" * 40)
    box.flush()
    if crashed:  # nothing closes it, nothing touches it any more
        for path in folder.rglob("*.facetape"):
            os.utime(path, (BEGAN, BEGAN + 600))
    return box


def test_after_a_crash_at_least_the_last_two_minutes_are_a_take(tmp_path):
    box_with(tmp_path / "box", 600)
    (found,) = rescue(tmp_path, BEGAN + 1000, tmp_path / "box")
    arrivals = load_tape(found).arrivals
    assert arrivals[-1] == pytest.approx(BEGAN + 599.9)
    assert 120 <= np.ptp(arrivals) <= 250
    assert list((tmp_path / "box").iterdir()) == []
    assert rescue(tmp_path, BEGAN + 1000, tmp_path / "box") == []


def test_the_box_on_disk_is_bounded(tmp_path):
    box_with(tmp_path, 1200)
    assert len(list(tmp_path.rglob("*.facetape"))) == PIECES


def test_a_box_that_is_being_written_is_left_alone(tmp_path):
    box = box_with(tmp_path / "box", 60, crashed=False)
    assert rescue(tmp_path, time.time(), tmp_path / "box") == []
    box.close()
    assert list((tmp_path / "box").iterdir()) == [], "in good order nothing is left behind"


def test_a_disk_that_refuses_does_not_stop_the_session(tmp_path):
    (tmp_path / "box").write_bytes(b"a file, where a folder should be")
    box = RollingTape(tmp_path / "box")
    box.append(BEGAN, "a", b"x")
    box.flush()
    box.touch(BEGAN)
    box.close()
