# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-2.0-or-later
"""The camera as a web page on this computer: works everywhere with nothing installed, for browsers and OBS alike.

Only 127.0.0.1 listens, the Host header must name it and the path begins with a token, so no web page can look in.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable

import numpy as np

from .outputs import CameraTroubleError
from .page_server import PageServer, open_server
from .picture_codes import jpeg_encoder, png
from .show import Picture

PORT = 18753


class PictureFeed:
    """The newest picture in one code, made only while somebody waits for it; slow clients skip pictures."""

    def __init__(self, kind: str, encode: Callable[[np.ndarray], bytes]) -> None:
        self.kind = kind
        self._encode = encode
        self._changed = threading.Condition()
        self._watchers = 0
        self._number, self._code = 0, b""
        self._raw: np.ndarray | None = None
        self._waiting = self._ended = False
        self._thread = threading.Thread(target=self._work, name=f"page {kind}", daemon=True)
        self._thread.start()

    def offer(self, rgba: np.ndarray) -> None:
        """Here is the picture of this beat; copied only if the encoder is free and somebody watches."""
        with self._changed:
            if self._watchers == 0 or self._waiting:
                return
            if self._raw is None or self._raw.shape != rgba.shape:
                self._raw = np.empty_like(rgba)
            np.copyto(self._raw, rgba)
            self._waiting = True
            self._changed.notify_all()

    def watch(self, here: bool) -> None:
        """A client comes or goes."""
        with self._changed:
            self._watchers += 1 if here else -1

    def next_code(self, after: int, patience: float) -> tuple[int, bytes] | None:
        """The newest picture that is newer than number `after`; None when none came in time or the page has ended."""
        with self._changed:
            self._changed.wait_for(lambda: self._number > after or self._ended, patience)
            return (self._number, self._code) if self._number > after and not self._ended else None

    def close(self) -> None:
        """End the encoder and wake all who wait."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()
        self._thread.join(5)

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._ended)
                if self._ended:
                    return
                raw = self._raw
            code = self._encode(raw)
            with self._changed:
                self._number, self._code, self._waiting = self._number + 1, code, False
                self._changed.notify_all()


class PreviewPage:
    """An output that serves itself."""

    def __init__(self, name: str, port: int = PORT, token: str | None = None) -> None:
        self.name, self.address = name, ""
        self._port, self._token = port, token or secrets.token_urlsafe(9)
        self._server: PageServer | None = None
        self._feeds: dict[str, PictureFeed] = {}

    def open(self, width: int, height: int, fps: float) -> None:
        """Listen; on another port when the wanted one is taken."""
        self._feeds = _feeds()
        try:
            self._server = open_server(self._port, self._token, self._feeds)
        except OSError as error:
            raise CameraTroubleError(f"The preview page could not be opened ({error}).") from error
        self._port = self._server.server_address[1]
        self.address = f"http://127.0.0.1:{self._port}/{self._token}/"

    def send(self, picture: Picture) -> None:
        """Offer the picture to those who watch."""
        for feed in self._feeds.values():
            feed.offer(picture.rgba)

    def may_change_size(self) -> bool:
        """Browsers take any size at any time."""
        return True

    def close(self) -> None:
        """Stop serving; may be called twice."""
        if self._server is not None:
            self._server.end()
            self._server = None
        for feed in self._feeds.values():
            feed.close()
        self._feeds = {}


def _feeds() -> dict[str, PictureFeed]:
    """The streams by their names in the path; without simplejpeg the plain one is PNG, too."""
    jpeg = jpeg_encoder()
    plain = PictureFeed("image/jpeg", jpeg) if jpeg else PictureFeed("image/png", lambda rgba: png(rgba, False))
    return {"stream": plain, "alpha": PictureFeed("image/png", lambda rgba: png(rgba, True))}
