# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is sending: states, rate, loss, locks and bounds, with made-up times."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livelink_blender.core.face.frame import Frame
from livelink_blender.core.face.mouth_swap import MouthSwap
from livelink_blender.core.sources.performers import FORGOTTEN_AFTER, MOST_PERFORMERS, MOST_REASONS, Losses, Roster
from livelink_blender.core.wire.common.osc import message
from livelink_blender.core.wire.dialects import whole
from livelink_blender.core.wire.dialects.livelink import encode

FACE = np.full(61, 0.1, np.float32)


def packet(number=0, device="phone", subject="Face", values=FACE) -> bytes:
    return encode(Frame(0.0, "", device, subject, None, number, 60.0, values))


def roster_with(numbers, **kind) -> Roster:
    roster = Roster()
    for index, number in enumerate(numbers):
        roster.receive(packet(number, **kind), index / 60, "192.0.2.1")
    return roster


def only(roster: Roster):
    (performer,) = roster.performers.values()
    return performer


def lost(numbers) -> int:
    losses = Losses()
    for number in numbers:
        losses.count(number)
    return losses.lost


@pytest.mark.parametrize(
    ("numbers", "missing"),
    [
        (range(100), 0),
        ([*range(50), *range(58, 100)], 8),
        ([0, 1, 2, 4, 5, 7, 8, 9, 12], 4),
        (range(0, 200, 2), 0),  # 30 samples a second, counted at 60
        ([*range(0, 100, 2), *range(106, 200, 2)], 3),
        ([*range(5000, 5100), *range(60)], 0),  # the app was started again
        ([*range(2**31 - 5, 2**31), *range(-(2**31), -(2**31) + 5)], 0),  # a 32-bit wrap
        ([5_183_998, 5_183_999, 0, 1, 2], 0),  # midnight
        ([0, 1, 1, 2, 2, 2, 3], 0),  # doubled
        ([0, 1, 3, 2, 4, 5], 0),  # overtaken on the way
        ([0, 1, 2, 100_000, 100_001], 0),  # a pause
        ([7] * 50, 0),
        ([None] * 5, 0),
        (range(50, 0, -1), 0),
    ],
)
def test_losses_are_counted_from_frame_numbers(numbers, missing):
    assert lost(numbers) == missing


@settings(max_examples=60)
@given(st.lists(st.none() | st.integers(-(2**31), 2**31 - 1), max_size=60))
def test_losses_survive_any_numbers(numbers):
    assert lost(numbers) >= 0


@settings(max_examples=60)
@given(st.sets(st.integers(20, 400), max_size=80))
def test_each_packet_that_is_missing_is_counted_once(missing):
    assert lost([number for number in range(420) if number not in missing]) == len(missing)


def test_rate_is_measured_over_the_last_second():
    performer = only(roster_with(range(180)))
    assert performer.rate(179 / 60) == pytest.approx(60, abs=1)
    assert performer.rate(179 / 60 + 0.5) == pytest.approx(30, abs=1)
    assert performer.rate(179 / 60 + 2) == 0


def test_rate_is_right_before_a_second_has_passed():
    assert only(roster_with(range(31))).rate(0.5) == pytest.approx(60, abs=1)


def test_state_names_what_is_seen():
    roster = roster_with(range(3))
    performer = only(roster)
    assert performer.state(0.1) == "live"
    roster.receive(packet(4, values=None), 0.2, "192.0.2.1")
    assert performer.state(0.2) == "no face"
    assert performer.state(9.0) == "silent"
    assert performer.age(9.0) == pytest.approx(8.8)
    assert performer.age(0.0) == 0.0, "a clock that was set back makes no negative age"


def test_the_last_face_stays_when_the_face_is_lost():
    roster = roster_with([0, 1])
    roster.receive(packet(2, values=None), 0.1, "192.0.2.1")
    performer = only(roster)
    assert performer.latest.values is None
    assert performer.latest_face.number == 1


def test_a_packet_that_was_overtaken_is_not_the_newest():
    assert only(roster_with([0, 1, 3, 2])).latest.number == 3


def test_performers_are_told_apart_by_sender_device_and_subject():
    roster = Roster()
    for sender, device, subject in (
        ("a", "d", "s"),
        ("b", "d", "s"),
        ("a", "e", "s"),
        ("a", "d", "t"),
        ("a", "d", "s"),
    ):
        roster.receive(packet(device=device, subject=subject), 0.0, sender)
    assert len(roster.performers) == 4


def test_faces_of_one_device_share_its_mouth_swap():
    asked = []

    def recall(device):
        asked.append(device)
        return MouthSwap("on")

    roster = Roster(recall)
    for device, subject in (("d", "s"), ("d", "t"), ("e", "s")):
        roster.receive(packet(device=device, subject=subject), 0.0, "a")
    first, second, third = roster.performers.values()
    assert first.swap is second.swap
    assert third.swap is not first.swap
    assert (asked, first.swap.mode) == (["d", "e"], "on")


def test_a_lock_leaves_all_others_out_and_counts_them():
    roster = roster_with(range(3))
    roster.lock(only(roster).key)
    assert roster.receive(packet(9), 1.0, "192.0.2.66")[0] is None
    assert roster.receive(packet(9, subject="Other"), 1.0, "192.0.2.1")[0] is None
    assert roster.receive(b"noise", 1.0, "192.0.2.66")[0] is None
    assert roster.receive(packet(9), 1.0, "192.0.2.1")[0] is only(roster)
    assert dict(roster.bad) == {"not the locked sender": 3}
    roster.lock(None)
    assert roster.receive(packet(9), 1.0, "192.0.2.66")[0] is not None


def test_a_lock_on_an_absent_phone_says_how_to_open_it():
    roster = Roster()
    roster.lock(("192.0.2.7", "phone", "Face"))
    roster.receive(packet(), 0.0, "192.0.2.8")
    assert "open the lock" in roster.advice


def test_advice_goes_when_a_face_comes_in():
    roster = Roster()
    roster.receive(b"FMV3" + bytes(60), 0.0, "a")
    roster.receive(packet(), 0.1, "a")
    assert roster.advice == ""


def test_the_silent_are_forgotten_but_never_the_locked():
    roster = roster_with([0])
    roster.receive(packet(0), 0.0, "192.0.2.2")
    roster.lock(("192.0.2.2", "phone", "Face"))
    roster.forget_silent(FORGOTTEN_AFTER + 1)
    assert list(roster.performers) == [("192.0.2.2", "phone", "Face")]


def test_a_flood_of_names_stays_bounded_and_keeps_who_was_there():
    roster = roster_with([0])
    for number in range(500):
        roster.receive(packet(device=f"flood {number}"), 0.001, "192.0.2.9")
    assert len(roster.performers) == MOST_PERFORMERS
    assert ("192.0.2.1", "phone", "Face") in roster.performers
    assert roster.bad["more faces than fit"] == 500 - MOST_PERFORMERS + 1


def test_a_tape_keeps_a_phones_packet_itself_frames_instead_of_pieces_and_nothing_of_noise():
    roster, sent = Roster(), packet(3)
    performer, kept = roster.receive(sent, 0.0, "a")
    assert performer is only(roster) and kept == (sent,)
    assert roster.receive(sent[:40], 0.1, "a") == (None, ()) and roster.receive(b"noise", 0.1, "a") == (None, [])
    performer, kept = roster.receive(message("/face/jawOpen", 0.5), 0.2, "a")
    (frame,) = kept
    assert performer.latest.dialect == "osc" and frame.startswith(whole.MAGIC)
    assert roster.receive(b"FMV3" + bytes(60), 0.3, "a") == (None, [])


def test_a_full_house_lets_a_new_face_in_for_a_silent_one():
    roster = Roster()
    for number in range(MOST_PERFORMERS):
        roster.receive(packet(device=str(number)), 0.0, "a")
    assert roster.receive(packet(device="new"), 20.0, "a")[0] is not None
    assert len(roster.performers) == MOST_PERFORMERS


def test_bad_packets_are_counted_by_reason_and_the_advice_is_kept():
    roster = Roster()
    for _ in range(3):
        assert roster.receive(b"\xde\xad\xbe\xef", 0.0, "a")[0] is None
    roster.receive(b"", 0.0, "a")
    assert sorted(roster.bad.values()) == [1, 3]
    assert "ARKit" in roster.advice


def test_reasons_are_bounded_too():
    roster = Roster()
    for number in range(MOST_REASONS + 5):
        roster._refuse(f"reason {number}", "")
    assert len(roster.bad) == MOST_REASONS + 1
    assert roster.bad["other"] == 5


@settings(max_examples=40)
@given(st.lists(st.tuples(st.binary(max_size=60), st.floats(allow_nan=False), st.text(max_size=3)), max_size=10))
def test_whatever_arrives_nothing_is_raised(arrivals):
    roster = Roster()
    for raw, arrival, sender in arrivals:
        roster.receive(raw, arrival, sender)
        roster.receive(packet(subject=sender) + raw, arrival, sender)
    for performer in roster.performers.values():
        assert performer.rate(0.0) >= 0
        assert performer.state(0.0) in ("live", "no face", "silent")
