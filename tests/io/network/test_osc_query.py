# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""OSCQuery by HTTP: our server keeps to its bounds, and whatever another one answers, we read it or leave it."""

from __future__ import annotations

import json
import socket
import threading
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livelink_blender.core.network.neighbours import Found
from livelink_blender.io.network.osc_query import LARGEST_ANSWER, QueryServer, ask_host, body_of

HOST = "127.0.0.1"
THERE = '{"NAME":"Puppet","OSC_PORT":9001}'


@pytest.fixture(scope="module")
def server():
    ended = threading.Event()
    served = QueryServer(HOST, "Face Live Link on here", [HOST], 11111)
    thread = threading.Thread(target=served.serve, args=(ended,))
    thread.start()
    yield served.port
    ended.set()
    thread.join()


def answer_once(answer: bytes) -> int:
    """A strange server for one question; its port."""
    listening = socket.create_server((HOST, 0))

    def serve() -> None:
        line, _ = listening.accept()
        with listening, line:
            line.recv(4096)
            line.sendall(answer)

    threading.Thread(target=serve, daemon=True).start()
    return listening.getsockname()[1]


def test_the_tree_comes_whole(server):
    with urlopen(f"http://{HOST}:{server}/", timeout=5) as answer:
        assert len(json.load(answer)["CONTENTS"]["face"]["CONTENTS"]) == 62
        assert answer.headers["Content-Type"] == "application/json"
    with pytest.raises(HTTPError, match="404"):
        urlopen(f"http://{HOST}:{server}/nothing", timeout=5)


targets = st.binary(max_size=60).map(lambda raw: b"GET /" + raw + b" HTTP/1.1\r\n\r\n")


@settings(max_examples=40, deadline=None)
@given(st.one_of(st.binary(max_size=300), targets))
def test_any_request_is_answered_or_hung_up_on(server, raw):
    with socket.create_connection((HOST, server), 5.0) as line:
        line.sendall(raw)
        line.shutdown(socket.SHUT_WR)
        answer = b""
        while piece := line.recv(1 << 16):
            answer += piece
    assert answer.startswith(b"HTTP/1.1 ")


@pytest.mark.parametrize(
    "answer",
    [
        f"HTTP/1.1 200 OK\r\nContent-Length: {len(THERE)}\r\n\r\n{THERE}",
        f"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{len(THERE):x}\r\n{THERE}\r\n0\r\n\r\n",
    ],
)
def test_another_program_tells_its_name_and_its_osc_port(answer):
    port = answer_once(answer.encode())
    assert ask_host(Found("x", "OSCQuery", HOST, port)) == Found("Puppet", "OSCQuery", HOST, 9001)


@pytest.mark.parametrize(
    "answer",
    [
        b"", b"HTTP/1.1 302 Found\r\nLocation: http://192.0.2.1/\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n[1]",
        b"HTTP/1.1 200 OK\r\n\r\n" + b"{" * (3 * LARGEST_ANSWER), b"HTTP/1.1 200 OK\r\n\r\n{",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffff\r\n{}",
    ],
)  # fmt: skip
def test_what_makes_no_sense_changes_nothing(answer):
    found = Found("x", "OSCQuery", HOST, answer_once(answer))
    assert ask_host(found) == found


def test_nobody_far_away_is_asked():
    found = Found("x", "OSCQuery", "8.8.8.8", 80)
    assert ask_host(found) is found


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


@given(st.binary(max_size=200), st.sampled_from([b"", b"HTTP/1.1 200 OK\r\n", CHUNKED]))
def test_any_answer_has_a_body_no_longer_than_itself(raw, head):
    assert len(body_of(head + raw)) <= len(head + raw)
