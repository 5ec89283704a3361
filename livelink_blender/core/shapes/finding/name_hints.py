# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an object's name says about its role. A name only ever breaks a tie: geometry decides."""

from __future__ import annotations

import re

_WORDS = (
    ("lashes", ("lash", "lashes", "eyelash", "eyelashes", "wimpern")),
    ("brow", ("brow", "brows", "eyebrow", "eyebrows", "augenbrauen")),
    ("tongue", ("tongue", "zunge")),
    ("teeth", ("teeth", "tooth", "gum", "gums", "denture", "dentures", "zaehne")),
    ("eye_shell", ("cornea", "tear", "tearline", "wetness", "occlusion", "eyewet", "lacrimal")),
    ("eye", ("eye", "eyes", "eyeball", "eyeballs", "iris", "sclera", "auge", "augen")),
    ("other", ("hair", "beard", "glasses", "hat", "helmet", "shirt", "cloth", "clothes", "shoe", "shoes", "pants")),
    ("skin", ("skin", "body", "head", "face", "kopf", "koerper")),
)


def role_word(name: str) -> str | None:
    """"eye", "eye_shell", "teeth", "tongue", "brow", "lashes", "other" or "skin" when the name tells it."""
    spaced = re.sub(r"([a-z])([A-Z])", r"\1 \2", name)
    words = set(re.split(r"[^a-z]+", spaced.lower()))
    for role, known in _WORDS:
        if words & set(known):
            return role
    return None
