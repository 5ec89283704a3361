# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
import http.client
import io
import socket
import struct
import threading
import time
import zlib

import numpy as np
import pytest

from livelink_blender.io.camera import preview_page
from livelink_blender.io.camera.picture_feed import jpeg_encoder, png
from livelink_blender.io.camera.preview_page import PreviewPage
from livelink_blender.io.camera.preview_server import MOST_CLIENTS


class Still:
    """A picture that never changes."""

    def __init__(self, width, height):
        self.rgba = np.full((height, width, 4), 255, np.uint8)
        self.rgba[: height // 2, :, :3] = (30, 180, 60)
        self.rgba[height // 2 :, :, :3] = (200, 40, 30)

    @property
    def rgb(self):
        return self.rgba[..., :3]


class Sender(threading.Thread):
    """Sends a picture sixty times a second, as the beat would."""

    def __init__(self, page, picture):
        super().__init__(daemon=True)
        self.page, self.picture, self.ended, self.longest = page, picture, threading.Event(), 0.0

    def run(self):
        while not self.ended.wait(1 / 60):
            start = time.perf_counter()
            self.page.send(self.picture)
            self.longest = max(self.longest, time.perf_counter() - start)


@pytest.fixture
def page():
    page = PreviewPage("page", port=0, token="t0ken")
    page.open(64, 36, 30)
    sender = Sender(page, Still(64, 36))
    sender.start()
    page.sender = sender
    yield page
    sender.ended.set()
    sender.join()
    page.close()
    page.close()


def port_of(page):
    return int(page.address.split(":")[2].split("/")[0])


def ask(page, path, host=None):
    connection = http.client.HTTPConnection("127.0.0.1", port_of(page), timeout=5)
    connection.request("GET", path, headers={"Host": host} if host else {})
    return connection.getresponse()


def first_parts(response, count):
    """The bodies of the first parts of a multipart stream."""
    parts = []
    boundary = response.getheader("Content-Type").split("boundary=")[1].encode()
    assert response.readline() == b"--" + boundary + b"\r\n"
    while len(parts) < count:
        length = 0
        while (line := response.readline()) != b"\r\n":
            name, _, value = line.decode().partition(":")
            length = int(value) if name == "Content-Length" else length
        parts.append(response.read(length))
        assert response.readline() == b"\r\n"
        assert response.readline() == b"--" + boundary + b"\r\n"
    return parts


def decode_png(data):
    """Our own PNGs back to pixels: one IDAT, every row's filter is 'up'."""
    width, height, _, kind = struct.unpack_from(">IIBB", data, 16)
    channels = 4 if kind == 6 else 3
    start = data.index(b"IDAT")
    body = data[start + 4 : start + 4 + struct.unpack_from(">I", data, start - 4)[0]]
    rows = np.frombuffer(zlib.decompress(body), np.uint8).reshape(height, 1 + width * channels)
    assert (rows[:, 0] == 2).all()
    return np.cumsum(rows[:, 1:], axis=0, dtype=np.uint8).reshape(height, width, channels)


def test_the_page_shows_its_stream(page):
    answer = ask(page, "/t0ken/")
    assert answer.status == 200
    assert b'src="/t0ken/stream"' in answer.read()


@pytest.mark.parametrize("path", ["/", "/wrong/", "/t0ken/../", "/wrong/stream", "/t0ken/other", "/t0ken/stream/more"])
def test_without_the_token_there_is_nothing(page, path):
    assert ask(page, path).status == 404


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1", "evil.localhost:80", "127.0.0.1.example.org:80"])
def test_a_page_that_reaches_us_by_another_name_is_refused(page, host):
    assert ask(page, "/t0ken/stream", host).status == 403


def test_the_alpha_stream_carries_the_exact_picture(page):
    for part in first_parts(ask(page, "/t0ken/alpha"), 2):
        assert np.array_equal(decode_png(part), page.sender.picture.rgba)


@pytest.mark.skipif(jpeg_encoder() is None, reason="simplejpeg is not installed here")
def test_the_stream_carries_the_picture_the_right_way_up():
    import simplejpeg

    page = PreviewPage("page", port=0)
    page.open(64, 36, 30)
    sender = Sender(page, Still(64, 36))
    sender.start()
    part = first_parts(ask(page, f"/{page.address.split('/')[3]}/stream"), 1)[0]
    sender.ended.set()
    sender.join()
    page.close()
    seen = simplejpeg.decode_jpeg(part, "RGB").astype(int)
    assert abs(seen[4, 30] - (30, 180, 60)).max() <= 12
    assert abs(seen[-4, 30] - (200, 40, 30)).max() <= 12


def test_without_simplejpeg_the_stream_is_png(monkeypatch):
    monkeypatch.setattr(preview_page, "jpeg_encoder", lambda: None)
    feeds = preview_page._feeds()
    assert feeds["stream"].kind == "image/png"
    for feed in feeds.values():
        feed.close()


def test_a_client_that_never_reads_neither_holds_up_the_beat_nor_other_clients(page):
    page.sender.picture = Still(640, 360)
    page.sender.picture.rgba[..., :3] = np.random.default_rng(1).integers(0, 256, (360, 640, 3), np.uint8)
    sleeper = socket.create_connection(("127.0.0.1", port_of(page)))
    sleeper.sendall(f"GET /t0ken/stream HTTP/1.1\r\nHost: 127.0.0.1:{port_of(page)}\r\n\r\n".encode())
    time.sleep(0.2)
    assert len(first_parts(ask(page, "/t0ken/stream"), 5)) == 5
    assert page.sender.longest < 1.0  # a stuck client would hold it for ten
    sleeper.close()


def test_more_clients_than_places_are_sent_away(page):
    connections = [ask(page, "/t0ken/stream") for _ in range(MOST_CLIENTS)]
    assert {connection.status for connection in connections} == {200}
    assert ask(page, "/t0ken/stream").status == 503
    for connection in connections:
        connection.close()


def test_nothing_is_encoded_while_nobody_watches(page):
    time.sleep(0.1)
    assert all(feed._number == 0 for feed in page._feeds.values())


def test_a_taken_port_gives_way_to_a_free_one(page):
    other = PreviewPage("other", port=port_of(page))
    other.open(64, 36, 30)
    assert port_of(other) != port_of(page)
    other.close()


def test_a_closed_page_is_gone_and_its_port_free_again():
    page = PreviewPage("page", port=0, token="t0ken")
    page.open(64, 36, 30)
    port, threads = port_of(page), threading.active_count()
    page.close()
    assert threading.active_count() < threads
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))


def test_a_png_without_alpha_has_three_channels():
    picture = Still(16, 8)
    assert np.array_equal(decode_png(png(picture.rgba, False)), picture.rgb)
    assert io.BytesIO(png(picture.rgba, False)).read(8) == b"\x89PNG\r\n\x1a\n"
