# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-2.0-or-later
"""A camera in PipeWire, which every current Linux desktop has: no kernel module, no compiler, no GStreamer."""

from __future__ import annotations

import ctypes
from fractions import Fraction

import numpy as np

from ...core.camera.pixels import whole_pixels
from . import pipewire_library as pw
from .outputs import CameraTroubleError
from .pictures import Picture
from .spa_pod import PARAM_FORMAT, chosen_format, offered_format, wanted_buffers

RGBX, BGRX, RGBA, RGB = 7, 8, 11, 15
PIXEL_BYTES = {RGBX: 4, RGBA: 4, BGRX: 4, RGB: 3}


class PipeWireCamera:
    """One node that browsers and OBS list as a camera by its label; it drives its own graph, one cycle a picture."""

    def __init__(self, name: str, label: str = "Face Live Link", alpha: bool = False) -> None:
        self._kinds = sorted(PIXEL_BYTES, key=lambda kind: kind != RGBA) if alpha else list(PIXEL_BYTES)
        self.name, self.address, self.label = name, label, label
        self._library = self._loop = self._stream = None
        self._state, self._error, self._format = pw.STATE_CONNECTING, "", None
        self._keep: list[object] = []

    def open(self, width: int, height: int, fps: float) -> None:
        """Connect the node; CameraTroubleError without library or daemon."""
        if not pw.is_running():
            raise CameraTroubleError("PipeWire is not running in this session.")
        try:
            self._library = pw.load()
        except OSError as error:
            raise CameraTroubleError("PipeWire's library (libpipewire-0.3) is not installed.") from error
        self._size, self._rate = (width, height), Fraction(fps).limit_denominator(1001)
        self._loop = self._library.pw_thread_loop_new(b"face-live-link", None)
        if self._library.pw_thread_loop_start(self._loop) < 0:
            raise CameraTroubleError("PipeWire's thread could not be started.")
        self._locked(self._connect)

    def send(self, picture: Picture) -> None:
        """Hand the picture to whoever watches; nothing to do while nobody does."""
        if self._state in (pw.STATE_ERROR, pw.STATE_UNCONNECTED):
            raise CameraTroubleError(f"PipeWire has closed the camera ({self._error or 'the connection is gone'}).")
        if self._state == pw.STATE_STREAMING:
            self._locked(lambda: self._put(picture))

    def may_change_size(self) -> bool:
        """Only while no program watches."""
        return self._state != pw.STATE_STREAMING

    def close(self) -> None:
        """Take the node away; may be called twice."""
        if self._loop is None:
            return
        if self._stream is not None:
            self._locked(lambda: self._library.pw_stream_destroy(self._stream))
        self._library.pw_thread_loop_stop(self._loop)
        self._library.pw_thread_loop_destroy(self._loop)
        self._loop = self._stream = None
        self._state = pw.STATE_CONNECTING

    def _locked(self, act) -> None:
        self._library.pw_thread_loop_lock(self._loop)
        try:
            act()
        finally:
            self._library.pw_thread_loop_unlock(self._loop)

    def _connect(self) -> None:
        self._events = pw.StreamEvents(
            version=0,
            state_changed=pw.STATE_CHANGED(self._on_state),
            param_changed=pw.PARAM_CHANGED(self._on_param),
        )
        properties = self._library.pw_properties_new_string(_properties(self.label))
        loop = self._library.pw_thread_loop_get_loop(self._loop)
        label = self.label.encode()
        self._stream = self._library.pw_stream_new_simple(loop, label, properties, ctypes.byref(self._events), None)
        if not self._stream:
            raise CameraTroubleError("PipeWire refused the connection.")
        formats = [offered_format(kind, *self._size, self._rate) for kind in self._kinds]
        array, self._keep = pw.pointers(formats)
        flags = pw.FLAG_DRIVER | pw.FLAG_MAP_BUFFERS
        answer = self._library.pw_stream_connect(
            self._stream, pw.DIRECTION_OUTPUT, pw.ANY_ID, flags, array, len(formats)
        )
        if answer < 0:
            raise CameraTroubleError(f"PipeWire refused the camera (error {-answer}).")

    def _on_state(self, _data, _old: int, state: int, error: bytes | None) -> None:
        self._state, self._error = state, (error or b"").decode("utf-8", "replace")

    def _on_param(self, _data, param: int, address: int | None) -> None:
        if param != PARAM_FORMAT or not address:
            return
        self._format = chosen_format(pw.bytes_of_pod(address))
        if self._format not in PIXEL_BYTES:
            return
        width, height = self._size
        array, self._keep = pw.pointers([wanted_buffers(width * PIXEL_BYTES[self._format], height)])
        self._library.pw_stream_update_params(self._stream, array, 1)

    def _put(self, picture: Picture) -> None:
        """Fill one free buffer and start a cycle; a reader that gives none back in time misses this picture."""
        free = self._library.pw_stream_dequeue_buffer(self._stream)
        if free:
            data = free.contents.buffer.contents.datas[0]
            if data.data and self._format in PIXEL_BYTES:
                self._fill(data, picture)
            self._library.pw_stream_queue_buffer(self._stream, free)
        self._library.pw_stream_trigger_process(self._stream)

    def _fill(self, data: pw.Data, picture: Picture) -> None:
        width, height = self._size
        stride = width * PIXEL_BYTES[self._format]
        if data.maxsize < stride * height:
            return
        memory = (ctypes.c_uint8 * (stride * height)).from_address(data.data)
        target = np.frombuffer(memory, np.uint8).reshape(height, width, -1)
        _convert(target, picture, self._format)
        chunk = data.chunk.contents
        chunk.offset, chunk.size, chunk.stride, chunk.flags = 0, stride * height, stride, 0


def _convert(target: np.ndarray, picture: Picture, kind: int) -> None:
    if kind == RGB:
        np.copyto(target, picture.rgb)
    elif kind == BGRX:
        target[...] = picture.rgba[..., (2, 1, 0, 3)]
    else:
        np.copyto(whole_pixels(target), whole_pixels(picture.rgba))


def _properties(label: str) -> bytes:
    quoted = label.replace("\\", "").replace('"', "'")
    node = "".join(letter if letter.isalnum() else "-" for letter in label.lower())
    return (
        f'media.class = "Video/Source" media.role = "Camera" media.type = "Video" media.category = "Capture" '
        f'node.name = "{node}" node.description = "{quoted}" node.nick = "{quoted}" media.name = "{quoted}"'
    ).encode()
