# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The network test's page: only whoever has the token gets it, nobody can keep it busy, it goes with its parent."""

from __future__ import annotations

import contextlib
import socket
import threading
from time import monotonic, sleep

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livelink_blender.io.network.qr_page import NetworkPage, NetworkPageServer
from livelink_blender.io.network.small_server import LARGEST_REQUEST, MOST_CALLERS

HOST = "127.0.0.1"


def ask(port: int, request: bytes, source: str = "127.0.0.2") -> bytes:
    with socket.create_connection((HOST, port), 5.0, (source, 0)) as line:
        line.sendall(request)
        line.shutdown(socket.SHUT_WR)
        answer = b""
        while piece := line.recv(1 << 16):
            answer += piece
    return answer


def get(port: int, path: str, host: str = "") -> bytes:
    return ask(port, f"GET {path} HTTP/1.1\r\nHost: {host or f'{HOST}:{port}'}\r\nAccept: */*\r\n\r\n".encode())


def wait_for(what, seconds: float = 5.0):
    end = monotonic() + seconds
    while not (found := what()) and monotonic() < end:
        sleep(0.02)
    return found


@pytest.fixture
def page():
    shown = NetworkPage(HOST, 11111)
    wait_for(lambda: shown.url)
    yield shown
    shown.close()


@pytest.fixture(scope="module")
def server():
    ended, loads = threading.Event(), []
    served = NetworkPageServer(HOST, 0, "token", 11111, patience=0.5)
    thread = threading.Thread(target=served.serve, args=(120.0, ended, loads.append))
    thread.start()
    yield served.port, loads
    ended.set()
    thread.join()


def test_the_page_says_address_and_port_and_that_it_was_loaded(page):
    port, path = int(page.url.split(":")[2].split("/")[0]), "/" + page.url.rpartition("/")[2]
    assert page.loaded_by == []
    answer = get(port, path)
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n") and b"<b>127.0.0.1</b>" in answer and b"<b>11111</b>" in answer
    assert b"Add Target" in answer and b"default-src 'none'" in answer
    assert wait_for(lambda: page.loaded_by) == ["127.0.0.2"]


def test_the_process_is_gone_after_close(page):
    assert page.is_running
    page.close()
    page.close()
    assert not page.is_running and page.url == ""


def test_an_address_that_is_not_ours_is_said(page):
    other = NetworkPage("192.0.2.1", 11111)
    assert wait_for(lambda: other.trouble) and other.url == ""
    other.close()


def test_a_taken_port_gives_way_to_a_free_one():
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        served = NetworkPageServer(HOST, taken.getsockname()[1], "token", 1)
        assert served.port != taken.getsockname()[1]
        served.close()


@pytest.mark.parametrize("path", ["/", "/tokem", "/token/", "/token?", "//token", "/../token", "http://127.0.0.1/token"])
def test_without_the_token_there_is_nothing(server, path):
    port, loads = server
    before = len(loads)
    assert b"404 Not Found" in get(port, path) and len(loads) == before


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "localhost", "[::1]"])
def test_a_page_that_was_led_here_by_another_name_gets_nothing(server, host):
    assert b"404 Not Found" in get(server[0], "/token", host)


def test_only_getting_is_served(server):
    for method in ("POST", "HEAD", "OPTIONS", "get"):
        assert b"404" in ask(server[0], f"{method} /token HTTP/1.1\r\nHost: {HOST}:{server[0]}\r\n\r\n".encode())


@settings(max_examples=60)
@given(st.binary(max_size=200) | st.binary(max_size=60).map(b"GET /token HTTP/1.1\r\n%b\r\n\r\n".__mod__))
def test_rubbish_is_answered_and_the_server_lives(server, rubbish):
    answer = ask(server[0], rubbish)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 404")


def test_a_request_without_end_is_cut(server):
    with contextlib.suppress(OSError):  # hung up before all of it was sent: as good
        assert b"404" in ask(server[0], b"GET /" + b"a" * (LARGEST_REQUEST * 4))
    assert b"200 OK" in get(server[0], "/token")


def test_silent_connections_are_bounded_and_make_room(server):
    silent = [socket.create_connection((HOST, server[0])) for _ in range(MOST_CALLERS * 3)]
    began = monotonic()
    assert wait_for(lambda: _answers(server[0]), 8.0)
    assert monotonic() - began < 5.0
    for one in silent:
        one.close()


def _answers(port: int) -> bool:
    try:
        return b"200 OK" in get(port, "/token")
    except OSError:
        return False
