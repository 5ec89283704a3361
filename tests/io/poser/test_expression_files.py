# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Expressions on disk: kept, replaced, deleted; a damaged file is one sentence."""

import pytest

from livelink_blender.core.poser.expressions import Expression
from livelink_blender.core.poser.starting_set import FACES
from livelink_blender.io.files.folders import expressions_folder
from livelink_blender.io.poser import expression_files


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("LIVELINK_HOME", str(tmp_path))
    return expressions_folder()


def test_what_is_kept_is_read_again_and_replaced_by_its_name() -> None:
    first = expression_files.keep(FACES[0])
    assert expression_files.keep(FACES[0].with_key(8)) == first
    read, troubles = expression_files.read_all()
    assert [(one.name, one.key) for one in read.values()] == [("Smile", 8)] and not troubles
    expression_files.delete(first)
    expression_files.delete(first)
    assert expression_files.read_all() == ({}, [])


def test_a_name_never_leads_out_of_the_folder_nor_over_another(folder) -> None:
    names = ["../../x", "a/b", "a:b", "", "Ä ö", ".."]
    paths = [expression_files.keep(Expression.of(name, {"jawOpen": 1.0})) for name in names]
    assert {path.parent for path in paths} == {folder} and len(set(paths)) == len(names)


def test_damaged_files_are_one_sentence_each(folder) -> None:
    expression_files.keep(FACES[0])
    (folder / "broken.json").write_bytes(b"\xff\xfe{")
    (folder / "half.json").write_text('{"values": {"jawOpen"')
    (folder / "huge.json").write_text(" " * (expression_files.LARGEST_BYTES + 1))
    (folder / "sub.json").mkdir()
    read, troubles = expression_files.read_all()
    assert len(read) == 1
    assert [line.partition(":")[0] for line in troubles] == ["broken.json", "half.json", "huge.json"]
    assert all(line.endswith(".") and "\n" not in line for line in troubles)


def test_more_files_than_anybody_needs_are_not_read(folder) -> None:
    for number in range(expression_files.MOST_FILES + 5):
        (folder / f"{number:04}.json").write_text('{"jawOpen": 1}')
    assert len(expression_files.read_all()[0]) == expression_files.MOST_FILES
