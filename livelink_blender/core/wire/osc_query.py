# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""OSCQuery: what OSC we understand, told as JSON to whoever asks by HTTP; and what others tell of themselves.

Nothing of a face is told, only addresses: every one of them may be written to and none read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from math import pi

from ..face.channels import CHANNELS, SHAPE_COUNT
from .common.bounded_json import read_object
from .common.names import clean_text
from .dialects import own_osc
from .table import Messages, ways

HOST_INFO = "HOST_INFO"
ATTRIBUTES = ("FULL_PATH", "CONTENTS", "TYPE", "ACCESS", "RANGE", "DESCRIPTION", "VALUE")
_WRITE_ONLY = 2
_EXTENSIONS = {"ACCESS": True, "RANGE": True, "DESCRIPTION": True, "VALUE": False}


def namespace() -> dict:
    """The whole tree."""
    root = _container("/")
    for number, name in enumerate(CHANNELS):
        is_shape = number < SHAPE_COUNT
        low, high = (0.0, 1.0) if is_shape else (-pi, pi)
        what = f"How far {name} goes" if is_shape else f"{name} in radians"
        leaf = _leaf(own_osc.PREFIX + name, "f", what)
        _place(root, leaf | {"RANGE": [{"MIN": low, "MAX": high}]})
    for address, (letters, what) in [told for one in ways(Messages) for told in one.told.items()]:
        _place(root, _leaf(address, letters, what))
    return root


def _container(path: str) -> dict:
    return {"FULL_PATH": path, "ACCESS": 0, "CONTENTS": {}}


def _leaf(path: str, letters: str, what: str) -> dict:
    return {"FULL_PATH": path, "ACCESS": _WRITE_ONLY, "TYPE": letters, "DESCRIPTION": what}


def _place(root: dict, leaf: dict) -> None:
    """Into the containers on its way, made as they are needed."""
    *way, name = leaf["FULL_PATH"].strip("/").split("/")
    node, path = root, ""
    for part in way:
        path += f"/{part}"
        node = node["CONTENTS"].setdefault(part, _container(path))
    node["CONTENTS"][name] = leaf


class Answers:
    """What to answer to each request; the tree is made once."""

    def __init__(self, name: str, address: str, port: int) -> None:
        """`address` and `port`: where OSC is to be sent."""
        told = {"NAME": name, "OSC_PORT": port, "OSC_TRANSPORT": "UDP", "EXTENSIONS": _EXTENSIONS}
        self._host_info = told | ({"OSC_IP": address} if address else {})
        self._root = namespace()

    def to(self, target: str) -> tuple[int, str]:
        """(HTTP status, JSON) for a path with or without ?ATTRIBUTE."""
        path, _, attribute = target[:512].partition("?")
        if attribute == HOST_INFO:
            return 200, json.dumps(self._host_info)
        node = self._node(path)
        if node is None:
            return 404, ""
        if not attribute:
            return 200, json.dumps(node)
        if attribute not in ATTRIBUTES:
            return 400, ""
        return (200, json.dumps({attribute: node[attribute]})) if attribute in node else (204, "")

    def _node(self, path: str) -> dict | None:
        node = self._root
        for part in filter(None, path.split("/")):
            node = node.get("CONTENTS", {}).get(part)
            if node is None:
                return None
        return node


@dataclass(frozen=True, slots=True)
class HostInfo:
    """What an OSCQuery program tells of itself."""

    name: str
    osc_port: int  # 0: the one that it told of itself by


def read_host_info(body: bytes) -> HostInfo | None:
    """The name and the OSC port; None where it is no such answer."""
    found = read_object(body)
    if found is None:
        return None
    name, port = found.get("NAME"), found.get("OSC_PORT")
    is_port = type(port) is int and 0 < port < 65536
    told = clean_text(name) if isinstance(name, str) else ""
    return HostInfo(told, port if is_port else 0)
