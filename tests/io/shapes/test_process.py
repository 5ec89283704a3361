# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The process that makes shapes: what goes in comes out, trouble is one sentence, and nothing is left behind."""

import time
from pathlib import Path

import numpy as np
import pytest

from livelink_blender.core.shapes.head_mesh import HeadMesh, Parts, Points
from livelink_blender.core.shapes.job import Answer, Job
from livelink_blender.io.errors import DoorError
from livelink_blender.io.shapes.job_files import read_answer, read_job, write_answer, write_job
from livelink_blender.io.shapes.process import ShapeProcess


def triangle() -> HeadMesh:
    corners = np.array([[0.0, 0, 0], [1, 0, 0], [0, 1, 0]])
    return HeadMesh(corners, np.arange(3, dtype=np.int32), np.array([0, 3], np.int32), np.zeros(3, np.int32), ("Só",))


def parts() -> Parts:
    return Parts(np.zeros(3, np.int8), np.zeros(3, np.int32), {0: 0.5})


def test_a_job_comes_back_as_it_was(tmp_path: Path) -> None:
    moved = np.ones((3, 3), np.float32)
    hints, strength = {"chin": [1.0, 2.0, 3.0]}, {"jawOpen": 0.5}
    job = Job(triangle(), parts(), hints, ["jawOpen"], strength, {"cheekPuff": moved}, ["Own"])
    write_job(tmp_path / "job.npz", job)
    back = read_job(tmp_path / "job.npz")
    assert back.mesh.object_names == ("Só",) and back.parts.sure == {0: 0.5}
    assert np.array_equal(back.mesh.points, job.mesh.points) and np.array_equal(back.shapes["cheekPuff"], moved)
    assert (back.hints, back.names, back.strength, back.others) == (job.hints, job.names, job.strength, job.others)


def test_an_answer_comes_back_as_it_was(tmp_path: Path) -> None:
    points = Points({"chin": np.array([1.0, 2, 3])}, {"chin": 0.7}, {"lip_upper": np.array([3, 1], np.int32)})
    shapes = {"jawOpen": np.ones((3, 3), np.float32)}
    write_answer(tmp_path / "answer.npz", Answer(points, shapes, {"grade": "green"}, [["hint", "All well."]]))
    back = read_answer(tmp_path / "answer.npz")
    assert np.array_equal(back.points.position["chin"], [1, 2, 3]) and back.points.rims["lip_upper"].tolist() == [3, 1]
    assert np.array_equal(back.shapes["jawOpen"], shapes["jawOpen"]) and back.card == {"grade": "green"}


def test_a_head_that_is_none_is_told_in_one_sentence_and_leaves_nothing() -> None:
    work = ShapeProcess(Job(triangle(), parts()))
    until = time.monotonic() + 60
    while work.is_running and time.monotonic() < until:
        time.sleep(0.05)
    with pytest.raises(DoorError, match="The shapes could not be made"):
        work.answer()
    work.close()
    assert not work._folder.exists()


def test_it_can_be_ended_at_once() -> None:
    work = ShapeProcess(Job(triangle(), parts()))
    work.close()
    work.close()
    assert not work.is_running and not work._folder.exists()
