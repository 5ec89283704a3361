# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The phone's side of the conversation, for a phone that is not there: what it answers to whom, what it records."""

from __future__ import annotations

from dataclasses import replace

from ..face.frame import Frame
from ..remote.movie import FPS, film
from ..takes.csv_out import csv_lines, csv_name
from ..wire.common import osc

Address = tuple[str, int]
DEVICE = "Simulator"
FIRST_BATTERY = 0.83
DRAIN_A_MINUTE = 0.01
MOST_TARGETS = 4
MOST_KEPT = 8


class MadeUpPhone:
    """Hears packets, gives answers; keeps frames while it records and makes files of them."""

    def __init__(self, began: float) -> None:
        self._began = began
        self.answers_to: Address | None = None
        self.face_targets: list[Address] = []
        self.is_streaming = True
        self.heat = 0
        self.slate, self.take = "MySlate", 1
        self.recording: list[Frame] | None = None
        self.files: dict[str, bytes] = {}  # by the path on the phone
        self.wanted: list[tuple[Address, str]] = []
        """Files to be brought: taken out by whoever has the sockets."""

    def hear(self, packet: bytes, now: float) -> list[bytes]:
        """What it answers to its target."""
        answers: list[bytes] = []
        for address, arguments in osc.read(packet) or ():
            answers += self._do(address, list(arguments), now)
        return answers

    def keep(self, frame: Frame) -> None:
        """A frame of its camera."""
        if self.recording is not None:
            self.recording.append(frame)

    def battery(self, now: float) -> float:
        """It empties slowly."""
        return max(0.0, FIRST_BATTERY - DRAIN_A_MINUTE * (now - self._began) / 60.0)

    def _do(self, address: str, given: list, now: float) -> list[bytes]:
        match address, given:
            case "/OSCSetSendTarget", [str(host), int(port), *_]:
                self.answers_to = (host, port)
                return [osc.message("/OSCSetSendTargetConfirm")]
            case "/AddLiveLinkAddress", [str(host), int(port), *_]:
                kept = [one for one in self.face_targets if one != (host, port)]
                self.face_targets = [*kept, (host, port)][-MOST_TARGETS:]
            case "/ClearAllLiveLinkAddresses", _:
                self.face_targets = []
            case "/LiveLinkStreamStart" | "/LiveLinkStreamStop", _:
                self.is_streaming = address.endswith("Start")
            case "/BatteryQuery", _:
                return [osc.message("/Battery", self.battery(now))]
            case "/ThermalsQuery", _:
                return [osc.message("/Thermals", self.heat)]
            case "/Slate", [str(name), *_]:
                self.slate = name
            case "/Take", [int(number), *_]:
                self.take = number
            case _:
                return self._recording(address, given)
        return []

    def _recording(self, address: str, given: list) -> list[bytes]:
        match address, given:
            case "/RecordStart", [str(name), int(number), *_]:
                self.slate, self.take = name, number
                self.recording = [] if self.recording is None else self.recording
                return [osc.message("/RecordStartConfirm", "00:00:00.000")]
            case "/RecordStop", _ if self.recording is not None:
                frames, self.recording = self.recording, None
                return [osc.message("/RecordStopConfirm", "00:00:00.000", *self._files_of(frames))]
            case "/Transport", [str(to), str(path), *_]:
                host, _, port = to.rpartition(":")
                if port.isdigit():
                    self.wanted.append(((host, int(port)), path))
        return []

    def _files_of(self, frames: list[Frame]) -> tuple[str, str]:
        """The face as CSV, and a film of the same length; the oldest recording makes room."""
        face = csv_name(self.slate, self.take, DEVICE)
        folder = f"/Documents/{self.slate}_{self.take}"
        seconds = frames[-1].arrival - frames[0].arrival if frames else 0.0
        by_its_clock = [replace(one, arrival=one.time) for one in frames]
        faces = "\n".join(csv_lines(by_its_clock)) + "\n" if frames else ""
        video = face.removesuffix(".csv") + ".mov"
        made = {f"{folder}/{face}": faces.encode(), f"{folder}/{video}": film(seconds + 1 / FPS)}
        self.files |= made
        self.files = dict(list(self.files.items())[-2 * MOST_KEPT :])
        self.take += 1
        return tuple(made)
