# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Report card: do the lids cover the eye, does the mouth open and close again."""

from __future__ import annotations

import numpy as np

from ..making.attached_parts import role_mask
from ..making.closing import MOUTH_PARTS, seen_pixels
from ..making.contact import lip_gap

AT_THE_LIPS = 0.2  # of the peak of mouthClose: beyond, it only fades out


def check_blinks(report, maker, moved: dict[str, np.ndarray]) -> None:
    """Visible eye and new penetration of the ball in each blink."""
    still = np.zeros_like(maker.fields.similar_all)
    for side in ("left", "right"):
        name, eye = "eyeBlink" + side.capitalize(), role_mask(maker.parts, "eye_" + side)
        if name not in moved or eye.sum() < 12:
            continue
        points = maker.fields.similar_all[eye]
        centre = points.mean(0)
        half = 2.2 * float(np.abs(points - centre).max())
        open_eye = max(seen_pixels(maker, still, eye, centre, half), 1)
        share = 100.0 * seen_pixels(maker, moved[name], eye, centre, half) / open_eye
        report.add(
            "blink_visible",
            name,
            share,
            "% of the eye",
            (0.5, 4.0),
            "The lids do not close: check the lid points, then generate this shape again.",
        )
        _check_penetration(report, maker, moved, name, side)


def _check_penetration(report, maker, moved: dict[str, np.ndarray], name: str, side: str) -> None:
    ball = maker.balls[side]
    if ball is None:
        return
    rest = maker.fields.similar
    before = np.maximum(ball.radius - np.linalg.norm(rest - ball.centre, axis=1), 0.0)
    after = np.maximum(ball.radius - np.linalg.norm(rest + moved[name][maker.fields.ids] - ball.centre, axis=1), 0.0)
    deeper = 100.0 * float((after - before).max(initial=0.0)) / ball.radius
    report.add(
        "eye_penetration",
        name,
        deeper,
        "% of the ball's radius",
        (2.0, 8.0),
        "The lid cuts into the eye: generate this shape again, or sculpt the lid outwards.",
    )


def check_mouth(report, maker, moved: dict[str, np.ndarray]) -> None:
    """The mouth opens as far as its jaw turns, and mouthClose closes it again."""
    if "jawOpen" not in moved:
        return
    seam = maker.seams.get("lips")
    if seam is not None:
        gap = lip_gap(seam, maker.fields.hinge, maker.local, moved["jawOpen"][maker.fields.ids])
        report.add(
            "lip_gap",
            "jawOpen",
            abs(gap - 1.0),
            f"off: the gap is {100 * gap:.0f} % of the expected one",
            (0.2, 0.4),
            "The mouth opens too little or too far: check the lip points, then adjust the strength of jawOpen.",
        )
    if "mouthClose" in moved:
        _check_closing(report, maker, moved["jawOpen"], moved["mouthClose"])


def check_corrective(opened: np.ndarray, closing: np.ndarray) -> float:
    """How much mouthClose goes against jawOpen where it works, at the lips: 1 entirely, 0 not at all."""
    size = np.linalg.norm(closing, axis=1)
    lips = size > AT_THE_LIPS * size.max(initial=0.0)
    opened, closing = opened[lips], closing[lips]
    return float(-(opened * closing).sum() / max(np.sqrt((closing**2).sum() * (opened**2).sum()), 1e-12))


def _check_closing(report, maker, opened: np.ndarray, closing: np.ndarray) -> None:
    against = check_corrective(opened, closing)
    report.add(
        "close_is_corrective",
        "mouthClose",
        1.0 - against,
        "away from the reverse of jawOpen",
        (0.35, 0.7),
        "mouthClose is no corrective of jawOpen: with both at 1 the lips should meet. Generate it again.",
    )
    inside = role_mask(maker.parts, *MOUTH_PARTS)
    if not inside.any():
        return
    centre = maker.fields.similar_all[inside].mean(0)
    shown = seen_pixels(maker, opened, inside, centre, 0.9)
    if shown < 20:
        report.add(
            "jaw_shows_mouth",
            "jawOpen",
            1,
            "",
            (0, 0),
            "The open jaw shows no teeth or tongue: are the lips cut open?",
        )
        return
    share = 100.0 * seen_pixels(maker, opened + closing, inside, centre, 0.9) / shown
    report.add(
        "close_visible",
        "jawOpen + mouthClose",
        share,
        "% of the open mouth",
        (1.0, 5.0),
        "The lips do not meet over the open jaw: check the lip points and generate mouthClose again.",
    )
