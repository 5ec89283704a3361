# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The phone's remote control without a phone: what is said when, what answers mean, what silence means."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from livelink_blender.core.demo_phone.remote_phone import MadeUpPhone
from livelink_blender.core.remote import words
from livelink_blender.core.remote.remote import NOT_BEGUN, NOT_ENDED, PhoneRecording, PhoneRemote
from livelink_blender.core.wire.common import osc

BATTERY, BEGUN = osc.message("/Battery", 0.5), osc.message("/RecordStartConfirm", "00:00:00.000")
ENDED = osc.message("/RecordStopConfirm", "00:00:00.000", "/a/sc_1_phone.csv", "/a/sc_1_phone.mov")


def said(packets: list[bytes]) -> list[str]:
    return [message[0] for packet in packets for message in osc.read(packet)]


def connected() -> PhoneRemote:
    control = PhoneRemote("192.0.2.1", 11111, brings_face=False)
    control.tick(0.0)
    assert control.hear(BATTERY, 0.1)
    return control


def test_the_first_words_tell_the_phone_where_to_send_and_ask_how_it_is():
    packets = PhoneRemote("192.0.2.1", 11111).tick(0.0)
    assert said(packets) == ["/OSCSetSendTarget", "/BatteryQuery", "/ThermalsQuery", "/AddLiveLinkAddress"]
    assert osc.read(packets[0]) == [("/OSCSetSendTarget", ("192.0.2.1", 11111))]


def test_a_phone_that_sends_its_face_already_is_not_told_to():
    assert "/AddLiveLinkAddress" not in said(PhoneRemote("192.0.2.1", 11111).tick(0.0, face_arrives=True))
    assert "/AddLiveLinkAddress" not in said(PhoneRemote("192.0.2.1", 11111, brings_face=False).tick(0.0))


def test_a_face_that_does_not_come_is_asked_for_three_times_and_no_more():
    control = PhoneRemote("192.0.2.1", 11111)
    asked = []
    for second in range(60):
        asked += [second] * ("/AddLiveLinkAddress" in said(control.tick(float(second))))
        control.hear(BATTERY, float(second))
    assert asked == [0, 3, 6]


def test_it_knocks_ever_more_gently_and_says_what_to_look_at():
    control = PhoneRemote("192.0.2.1", 11111, 8123, brings_face=False)
    knocks = [second for second in range(120) if control.tick(float(second))]
    assert knocks[:6] == [0, 1, 2, 4, 8, 16] and max(b - a for a, b in itertools.pairwise(knocks)) == 8
    assert control.word(120.0) == "no answer" and "8123" in control.advice(120.0)
    assert not control.advice(3.0) and control.word(3.0) == "asked, no answer yet"


def test_battery_and_heat_are_asked_for_every_half_minute():
    control = connected()
    asked = []
    for second in range(1, 100):
        if packets := control.tick(float(second)):
            asked.append((second, said(packets)))
            control.hear(BATTERY, float(second))
    assert [second for second, _ in asked] == [30, 60, 90]
    assert asked[0][1] == ["/BatteryQuery", "/ThermalsQuery"]


def test_a_phone_that_falls_silent_is_knocked_at_again():
    control = connected()
    later = [packet for second in range(1, 90) for packet in control.tick(float(second))]
    assert "/OSCSetSendTarget" in said(later) and control.word(89.0) == "no answer"
    control.hear(BATTERY, 90.0)
    assert control.word(90.0) == "connected"


def test_low_battery_and_heat_are_warned_of_in_words():
    control = connected()
    assert control.advice(1.0) == ""
    control.hear(osc.message("/Battery", 0.12), 1.0)
    assert "12%" in control.advice(1.0)
    control.hear(osc.message("/Thermals", 3), 1.0)
    assert "too hot" in control.advice(1.0)
    control.hear(osc.message("/AppDeactivated"), 1.0)
    assert "background" in control.advice(1.0) and control.word(1.0) == "app in the background"
    control.hear(osc.message("/AppActivated"), 2.0)
    assert control.word(2.0) == "connected" and said(control.tick(2.0)) == ["/BatteryQuery", "/ThermalsQuery"]


def test_a_take_is_begun_and_ended_and_its_files_are_told():
    control = connected()
    control.record("sc_001", "sc", 1, 1.0)
    assert [osc.read(one)[0] for one in control.tick(1.0)] == [("/RecordStart", ("sc", 1))]
    control.hear(BEGUN, 1.1)
    assert control.is_recording and control.tick(2.0) == []
    control.stop_recording(5.0)
    assert said(control.tick(5.0)) == ["/RecordStop"]
    control.hear(ENDED, 5.4)
    assert control.recorded == [PhoneRecording("sc_001", "/a/sc_1_phone.csv", "/a/sc_1_phone.mov")]
    assert not control.is_recording and not control.is_waiting and control.advice(6.0) == ""


def test_an_order_without_an_answer_is_given_once_more_then_one_sentence_says_so():
    control = connected()
    control.record("sc_001", "sc", 1, 1.0)
    packets = [packet for tenth in range(10, 60) for packet in control.tick(tenth / 10)]
    assert said(packets) == ["/RecordStart", "/RecordStart"]
    assert control.advice(6.0) == NOT_BEGUN and not control.is_waiting
    control.stop_recording(10.0)
    packets = [packet for tenth in range(100, 200) for packet in control.tick(tenth / 10)]
    assert said(packets) == ["/RecordStop", "/RecordStop"] and control.advice(20.0) == NOT_ENDED


def test_an_answer_that_comes_late_still_counts():
    control = connected()
    control.record("one", "sc", 1, 1.0)
    control.stop_recording(2.0)
    for second in range(2, 12):
        control.tick(float(second))
    control.hear(ENDED, 12.0)
    assert control.recorded == [PhoneRecording("one", "/a/sc_1_phone.csv", "/a/sc_1_phone.mov")]
    assert control.sentence == ""


def test_the_end_of_one_take_that_comes_during_the_next_is_the_first_one_s():
    control = connected()
    control.record("one", "sc", 1, 1.0)
    control.stop_recording(2.0)
    control.record("two", "sc", 2, 3.0)
    control.hear(ENDED, 3.1)
    control.hear(BEGUN, 3.2)
    assert [one.take for one in control.recorded] == ["one"] and control.is_recording


def test_slate_and_take_are_told_when_they_change():
    control = connected()
    control.name_next("sc", 4)
    control.name_next("sc", 4)
    assert [osc.read(one)[0] for one in control.tick(1.0)] == [("/Slate", ("sc",)), ("/Take", (4,))]
    early = PhoneRemote("192.0.2.1", 1)
    early.name_next("sc", 5)
    assert "/Slate" not in said(early.tick(0.0))
    early.hear(BATTERY, 0.2)
    assert said(early.tick(0.3)) == ["/Slate", "/Take"]


def test_a_recording_that_runs_is_ended_with_the_goodbye():
    control = connected()
    assert control.goodbye() == []
    control.record("one", "sc", 1, 1.0)
    assert control.goodbye() == [words.RECORD_STOP]


def test_paths_are_told_by_their_endings_and_bounded():
    def told(*arguments):
        return words.understand(osc.message("/RecordStopConfirm", *arguments))[0]

    assert told("/x.MOV", "/y.csv") == words.Recorded("/y.csv", "/x.MOV")
    assert told() == words.Recorded("", "")
    assert told("1", "/" + "a" * 2000 + ".csv") == words.Recorded("", "")


def test_odd_figures_of_battery_and_heat_are_taken_for_what_they_are():
    def told(address, *arguments):
        return words.understand(osc.message(address, *arguments))[0]

    assert told("/Battery", 80) == words.Battery(0.8)
    assert told("/Battery", -1.0) == told("/Battery") == told("/Battery", float("nan")) == words.Alive()
    assert told("/Thermals", 99) == words.Heat(3) and told("/Thermals", 1.0) == words.Heat(1)
    assert words.understand(osc.message("/HT", 1.0, 2.0, 3.0)) == []


@given(st.binary(max_size=200))
def test_no_bytes_make_it_stumble(packet):
    control = connected()
    control.record("one", "sc", 1, 1.0)
    control.hear(packet, 1.0)
    control.tick(2.0)
    assert control.battery is None or 0.0 <= control.battery <= 1.0


@given(st.sampled_from(sorted(words._KNOWN)), st.lists(st.one_of(
    st.integers(-(2**31), 2**31 - 1), st.floats(width=32), st.text(max_size=40)), max_size=5))
def test_no_arguments_make_either_side_stumble(address, arguments):
    packet = osc.message(address, *arguments)
    control = connected()
    assert control.hear(packet, 1.0)
    assert words.is_answer(packet)
    assert all(isinstance(answer, bytes) for answer in MadeUpPhone(0.0).hear(packet, 1.0))


ORDERS = "OSCSetSendTarget AddLiveLinkAddress RecordStart RecordStop Transport Take Slate LiveLinkStreamStop".split()


@given(st.sampled_from(ORDERS), st.lists(st.one_of(st.integers(-9, 2**31 - 1), st.text(max_size=9)), max_size=3))
def test_the_made_up_phone_takes_anything(address, arguments):
    phone = MadeUpPhone(0.0)
    phone.hear(osc.message("/RecordStart", "sc", 1), 0.0)
    phone.hear(osc.message(f"/{address}", *arguments), 1.0)
