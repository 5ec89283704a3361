# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the made-up performance consists of: sounds, smiles, expressions, head poses, looks, blinks."""

from __future__ import annotations

PERFORMANCE_SECONDS = 16.0

# Viseme and length in hundredths of a second; capitals are loud (stressed), a number alone is a pause.
_SPEECH = (
    (2.10, "K7 E11 L7 O24"),  # hello
    (3.05, "S9 I11 S9 I9 S8 M9 A20 I8 F10 E14 I9 S12"),  # this is my face
    (4.80, "M10 U15 F9 I9 K7 I10 L8 A10 I9 F9"),  # moving live
    (6.55, "I9 K8 S8 M8 A16 I9 L8 S12"),  # it smiles
    (7.60, "I10 R9 E13 I9 S9 I9 S8 A9 I7 F9 R9 A15 U13"),  # it raises a brow
    (9.30, "E9 K7 U10 S8 SH10 A9 K8 S9 I10 S9 K7 E14 L9"),  # and it shakes its head
    (11.20, "K7 O15 F9 O14 U10 K8 I9 S10"),  # no phone needed
    (12.20, "R9 I9 K7 O18 R9 K8"),
    (13.00, "M9 U10 F9 M9 I11 S10"),
)


def _sounds() -> list[tuple[float, float, str, float]]:
    """(begin, seconds, viseme, loudness) of everything that is said, with rests around each phrase."""
    sounds = []
    for begin, phrase in _SPEECH:
        at = begin
        sounds.append((at - 0.12, 0.10, "rest", 1.0))
        for number, word in enumerate(phrase.split()):
            name = word.rstrip("0123456789")
            seconds = int(word[len(name) :]) / 100.0
            sounds.append((at, seconds, name, 1.0 if number % 3 else 1.15))
            at += seconds
        sounds.append((at + 0.04, 0.18, "rest", 1.0))
    return sounds


WORDS = _sounds()

# begin, hold, size
SMILES = ((0.35, 0.75, 0.8), (6.9, 0.45, 0.45), (13.65, 0.6, 1.0))

_RAISE = {"browInnerUp": 0.42, "browOuterUpLeft": 0.34, "browOuterUpRight": 0.30}
_QUIRK = {
    "browOuterUpLeft": 0.72,
    "browInnerUp": 0.18,
    "browDownRight": 0.30,
    "eyeWideLeft": 0.12,
    "mouthLeft": 0.26,
    "jawLeft": 0.12,
}
_STERN = {
    "browDownLeft": 0.48,
    "browDownRight": 0.44,
    "noseSneerLeft": 0.08,
    "noseSneerRight": 0.07,
    "mouthFrownLeft": 0.22,
    "mouthFrownRight": 0.20,
}
# begin, hold, how far
EXPRESSIONS = (
    (0.60, 0.5, {"browInnerUp": 0.16, "browOuterUpLeft": 0.14, "browOuterUpRight": 0.12}),
    (2.12, 0.22, _RAISE),
    (3.62, 0.16, {"browInnerUp": 0.30, "browOuterUpLeft": 0.16, "browOuterUpRight": 0.16}),
    (5.00, 0.30, {"browInnerUp": 0.22, "browOuterUpLeft": 0.20, "browOuterUpRight": 0.24}),
    (8.05, 0.75, _QUIRK),
    (9.75, 0.70, _STERN),
    (11.25, 0.25, {"browInnerUp": 0.50, "browOuterUpLeft": 0.22, "browOuterUpRight": 0.20}),
    (12.50, 0.20, {"browInnerUp": 0.24, "browOuterUpLeft": 0.18, "browOuterUpRight": 0.18}),
    (14.30, 0.60, {"browInnerUp": 0.20, "browOuterUpLeft": 0.22, "browOuterUpRight": 0.20}),
)

# second, yaw (to the left), pitch (up), roll (towards the right shoulder), in degrees; begins and ends straight ahead
HEAD_POSES = (
    (0.00, 0, 0, 0),
    (0.40, 0, 0, 0),
    (1.10, 2, 2, 4),
    (2.00, 1, 0, 2),
    (2.35, 0, -5, 0),  # a nod with hello
    (2.80, 1, 1, -1),
    (3.50, 3, -2, -2),
    (4.40, -3, 0, -3),
    (5.20, -16, 2, -5),  # turns to the right
    (6.20, -13, 1, -4),
    (7.00, 3, 0, 3),
    (7.90, 14, 1, 5),  # and to the left
    (8.90, 12, -3, 7),
    (9.70, 0, -5, 1),
    (9.98, 8, -4, 0),  # shakes
    (10.28, -8, -4, 0),
    (10.58, 6, -3, 0),
    (10.90, -2, -1, 0),
    (11.60, -4, 4, -3),
    (12.40, -2, -4, -1),  # nods
    (12.75, 0, 2, 0),
    (13.10, 1, -4, 1),
    (14.00, 2, 0, 2),
    (14.80, 3, 3, 6),
    (15.80, 0, 0, 0),
    (16.00, 0, 0, 0),
)

# second, to the left, up, in degrees of the room: mostly at the one who watches; small jumps keep the eyes alive
GAZES = (
    (0.90, 1.5, 0.5),
    (1.75, -1.0, 0.0),
    (2.60, 0.5, -0.5),
    (3.40, -2.0, 0.5),
    (4.45, -22.0, 4.0),
    (5.35, -18.0, -3.0),
    (6.05, 0.0, 0.0),
    (6.80, 1.5, 1.0),
    (7.35, 20.0, -9.0),
    (8.20, 16.0, 8.0),
    (8.95, 0.0, 0.5),
    (9.80, -1.0, -1.0),
    (10.95, 0.5, 0.0),
    (11.50, -9.0, 12.0),
    (12.15, 0.0, 0.0),
    (13.20, 1.5, -0.5),
    (14.40, -1.0, 0.5),
    (15.55, 0.0, 0.0),
)

# second, height: with big jumps of the gaze, between phrases, one double
BLINKS = (
    (1.72, 1.0),
    (4.42, 1.0),
    (6.02, 0.95),
    (7.32, 1.0),
    (8.92, 1.0),
    (11.02, 1.0),
    (11.42, 0.85),
    (13.92, 1.0),
    (15.15, 1.0),
)
