# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The apps are a table without the dialects' code, for Blender's panels: here it is held against that code."""

from livelink_blender.core.sources import apps
from livelink_blender.core.sources.relay import DIALECTS
from livelink_blender.core.wire.dialects import (
    companion,
    facecap,
    ifacialmocap,
    livelink,
    openseeface,
    own_osc,
    vmc,
    vtubestudio,
)
from livelink_blender.core.wire.requests import IFACIALMOCAP_TCP, asking


def test_the_names_of_dialects_are_the_dialects_own() -> None:
    assert {key: one.dialect for key, one in apps.ASKED.items()} == {
        "IFACIALMOCAP": ifacialmocap.V2, "IFACIALMOCAP_TCP": IFACIALMOCAP_TCP, "FMV3": "fmv3",
        "FACEMOTION3D": ifacialmocap.FACEMOTION, "VTUBESTUDIO": vtubestudio.DIALECT,
    }  # fmt: skip
    assert {key: dialect for key, (_name, dialect) in apps.HANDED.items()} == {
        "LIVELINK": "livelink", "VMC": vmc.DIALECT, "IFACIALMOCAP": ifacialmocap.V1, "IFACIALMOCAP_2": ifacialmocap.V2,
        "FMV3": "fmv3", "FACECAP": facecap.DIALECT, "OPENSEEFACE": openseeface.DIALECT, "OSC": own_osc.DIALECT,
    }  # fmt: skip
    assert apps.UNVERIFIED == {companion.DIALECT, openseeface.DIALECT, vtubestudio.DIALECT}


def test_every_dialect_has_its_port() -> None:
    assert set(apps.PORTS) == set(DIALECTS)
    assert apps.PORTS["livelink"] == livelink.PORT


def test_every_app_that_waits_to_be_asked_can_be() -> None:
    assert all(asking(one.dialect, [1]) is not None for one in apps.ASKED.values())
