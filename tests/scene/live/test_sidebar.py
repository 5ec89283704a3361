# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the sidebar says: tooltips everywhere, plain words on buttons, one snapshot in every state of Blender."""

import re
from time import time
from types import SimpleNamespace

import bpy
import pytest

from livelink_blender import registration
from livelink_blender.scene import properties
from livelink_blender.scene.live import notices, session
from livelink_blender.scene.live.binding import assign_performers
from livelink_blender.scene.panel_state import status
from livelink_blender.scene.state import touch

from .. import heads
from ..whole_addon import whole_addon

HOUSE_WORDS = re.compile(r"\b(performer|source|bind|binding|session|roster|solver)s?\b", re.IGNORECASE)
OWN = {"rna_type", "name"}


@pytest.fixture(scope="module")
def classes(registered: None):
    """All classes of the add-on, registered."""
    with whole_addon():
        yield registration.UI_CLASSES


def operators(classes) -> list:
    return [cls for cls in classes if issubclass(cls, bpy.types.Operator)]


def tooltip(operator) -> str:
    """As Blender shows it."""
    return getattr(bpy.ops.livelink, operator.bl_idname.partition(".")[2]).get_rna_type().description


def own_properties(cls) -> list:
    return [one for one in cls.bl_rna.properties if one.identifier not in OWN and not one.identifier.startswith("bl_")]


def test_every_operator_and_each_of_its_properties_has_a_tooltip(classes) -> None:
    for cls in operators(classes):
        assert tooltip(cls), cls.bl_idname
        inherited = {one.identifier for base in (bpy.types.Operator,) for one in base.bl_rna.properties}
        for one in own_properties(cls):
            if one.identifier not in inherited and one.identifier not in ("filepath", "check_existing"):
                assert one.description, f"{cls.bl_idname}.{one.identifier}"


def test_every_property_of_the_scene_has_a_tooltip(classes) -> None:
    for cls in properties.CLASSES:
        for one in own_properties(cls):
            assert one.description, f"{cls.__name__}.{one.identifier}"


def test_tooltips_end_without_a_full_stop_for_blender_adds_one(classes) -> None:
    for cls in operators(classes):
        assert not tooltip(cls).endswith("."), cls.bl_idname


def test_buttons_and_panels_speak_plainly(classes) -> None:
    labels = [cls.bl_label for cls in classes if hasattr(cls, "bl_label")]
    labels += [one.name for cls in (*properties.CLASSES, *operators(classes)) for one in own_properties(cls)]
    assert [label for label in labels if HOUSE_WORDS.search(label)] == []


def test_operators_that_cannot_run_say_what_is_missing(classes) -> None:
    bpy.ops.wm.read_homefile(use_empty=True)
    session.stop()
    silent = []
    for name in ("start_take", "end_take", "recenter", "neutral_face", "bake_again", "use_selected", "fix_unmatched"):
        with pytest.raises(RuntimeError, match=r"poll\(\) \w+") as refusal:
            getattr(bpy.ops.livelink, name)()
        if "context is incorrect" in str(refusal.value):
            silent.append(name)
    assert silent == []


def test_a_snapshot_can_be_taken_of_an_empty_file(classes) -> None:
    bpy.ops.wm.read_homefile(use_empty=True)
    session.stop()
    shown = status.take(time())
    assert (shown.light, shown.characters) == ("off", ())


def test_a_snapshot_names_what_was_found_and_what_stands_in_the_way(classes, scene) -> None:
    head = heads.make_head(keys=("jawOpen", "mouthSmileLeft", "mouthSmileRight", "tongueOut"))
    head.data.shape_keys.key_blocks["jawOpen"].mute = True
    heads.make_character(head)
    touch()
    line = status.take(time()).characters[0]
    assert line.summary.startswith("1 mesh, 4 of 52")
    assert len(line.missing) == 48
    assert [obstacle.button for obstacle in line.obstacles] == ["Unmute"]


def test_a_snapshot_survives_that_everything_is_deleted(classes, scene) -> None:
    heads.make_character(heads.make_head())
    status.take(time())
    for thing in list(bpy.data.objects):
        bpy.data.objects.remove(thing)
    assert "Nothing here can be moved" in status.take(time()).characters[0].summary


def test_the_newest_sentence_is_shown(classes, scene) -> None:
    scene.livelink.port = 54321
    live = session.start(scene, "127.0.0.1")
    notices.tell("Your neutral face is set.")
    assert notices.present() == ("Your neutral face is set.", False)
    live.stop("Stopped: another file was opened.")
    assert notices.present() == ("Stopped: another file was opened.", False)
    notices.tell("")


def phone(name: str, age: float):
    return SimpleNamespace(key=("", "", name), age=lambda now: age)


def tie(wanted=None):
    return SimpleNamespace(wanted=wanted, performer=None)


def test_a_silent_phone_is_left_for_one_that_sends_but_a_sending_one_is_kept() -> None:
    silent, sending, late = phone("silent", 9.0), phone("sending", 0.1), phone("late", 0.1)
    character = tie()
    assign_performers([character], [silent], 0.0)
    assert character.performer is silent
    assign_performers([character], [silent, sending], 0.0)
    assert character.performer is sending
    assign_performers([character], [silent, late, sending], 0.0)
    assert character.performer is sending


def test_two_characters_share_out_two_phones_and_both_take_a_single_one() -> None:
    first, second = tie(), tie()
    one, other = phone("one", 0.1), phone("other", 0.1)
    assign_performers([first, second], [one], 0.0)
    assert (first.performer, second.performer) == (one, one)
    first.performer = second.performer = None
    assign_performers([first, second], [one, other], 0.0)
    assert (first.performer, second.performer) == (one, other)


def test_a_chosen_phone_is_taken_even_while_it_is_silent() -> None:
    wanted = phone("wanted", 99.0)
    character, anybody = tie(wanted.key), tie()
    assign_performers([character, anybody], [wanted, phone("other", 0.1)], 0.0)
    assert character.performer is wanted
    assert anybody.performer.key[2] == "other"
