# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later

import pytest

from livelink_blender.core.face.mouth_swap import MouthSwap
from livelink_blender.io.sources import device_memory


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("LIVELINK_HOME", str(tmp_path))
    return tmp_path


def test_a_device_never_seen_is_automatic():
    assert device_memory.recall_swap("phone").mode == "auto"


def test_what_was_set_and_found_comes_back():
    device_memory.remember_swap("phone", MouthSwap("on"))
    device_memory.remember_swap("other", MouthSwap("auto", found=True))
    assert device_memory.recall_swap("phone").mode == "on"
    assert device_memory.recall_swap("other").found is True


@pytest.mark.parametrize("text", ["", "[]", '{"phone": 3}', '{"phone": {"mouth_swap": "sideways"}}', "\x00"])
def test_a_damaged_file_counts_as_none(own_folder, text):
    (own_folder / device_memory.FILE).write_text(text)
    assert device_memory.recall_swap("phone").mode == "auto"


def test_it_does_not_grow_without_bound(own_folder):
    for number in range(device_memory.MOST_DEVICES + 10):
        device_memory.remember_swap(f"phone {number}", MouthSwap("on"))
    assert device_memory.recall_swap("phone 0").mode == "auto"
    assert device_memory.recall_swap(f"phone {device_memory.MOST_DEVICES + 9}").mode == "on"
