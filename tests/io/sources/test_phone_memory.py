# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later

import pytest

from livelink_blender.core.face.mouth_swap import MouthSwap
from livelink_blender.io.sources import phone_memory


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("LIVELINK_HOME", str(tmp_path))
    return tmp_path


def test_a_device_never_seen_is_automatic():
    assert phone_memory.recall_swap("phone").mode == "auto"


def test_what_was_set_and_found_comes_back():
    phone_memory.remember_swap("phone", MouthSwap("on"))
    phone_memory.remember_swap("other", MouthSwap("auto", found=True))
    assert phone_memory.recall_swap("phone").mode == "on"
    assert phone_memory.recall_swap("other").found is True


@pytest.mark.parametrize("text", ["", "[]", '{"phone": 3}', '{"phone": {"mouth_swap": "sideways"}}', "\x00"])
def test_a_damaged_file_counts_as_none(own_folder, text):
    (own_folder / phone_memory.DEVICES_FILE).write_text(text)
    assert phone_memory.recall_swap("phone").mode == "auto"


def test_it_does_not_grow_without_bound(own_folder):
    for number in range(phone_memory.MOST_DEVICES + 10):
        phone_memory.remember_swap(f"phone {number}", MouthSwap("on"))
    assert phone_memory.recall_swap("phone 0").mode == "auto"
    assert phone_memory.recall_swap(f"phone {phone_memory.MOST_DEVICES + 9}").mode == "on"
