# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-2.0-or-later
"""The camera as a web page on this computer: works everywhere with nothing installed, for browsers and OBS alike.

Only 127.0.0.1 listens, the Host header must name it and the path begins with a token, so no web page can look in.
"""

from __future__ import annotations

import secrets

from . import PORT
from .outputs import CameraTroubleError
from .picture_feed import PictureFeed, jpeg_encoder, png
from .pictures import Picture
from .preview_server import PreviewServer, open_server


class PreviewPage:
    """An output that serves itself."""

    def __init__(self, name: str, port: int = PORT, token: str | None = None) -> None:
        self.name, self.address = name, ""
        self._port, self._token = port, token or secrets.token_urlsafe(9)
        self._server: PreviewServer | None = None
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
