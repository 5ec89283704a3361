# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small PipeWire program that watches a camera node: when each picture came, and the last one's pixels."""

import ctypes
import time
from fractions import Fraction

import numpy as np

from livelink_blender.io.camera import pipewire_library as pw
from livelink_blender.io.camera.pipewire import PIXEL_BYTES, RGB, RGBA, RGBX
from livelink_blender.io.camera.spa_pod import offered_format

PROCESS = ctypes.CFUNCTYPE(None, ctypes.c_void_p)
DIRECTION_INPUT, AUTOCONNECT = 0, 1
KINDS = {"RGBX": RGBX, "RGBA": RGBA, "RGB": RGB}


class PipeWireReader:
    """Watches the node of this name in one pixel format."""

    def __init__(self, node: str, size: tuple[int, int], fps: int, kind: str = "RGBX") -> None:
        self.times, self.last = [], None
        self._size, self._channels = size, PIXEL_BYTES[KINDS[kind]]
        self._library = pw.load()
        self._loop = self._library.pw_thread_loop_new(b"reader", None)
        self._library.pw_thread_loop_start(self._loop)
        self._process = PROCESS(self._on_process)
        self._events = pw.StreamEvents(version=0, process=ctypes.cast(self._process, ctypes.c_void_p))
        self._library.pw_thread_loop_lock(self._loop)
        words = f'media.type = "Video" media.category = "Capture" media.role = "Camera" target.object = "{node}"'
        properties = self._library.pw_properties_new_string(words.encode())
        loop = self._library.pw_thread_loop_get_loop(self._loop)
        self._stream = self._library.pw_stream_new_simple(loop, b"reader", properties, ctypes.byref(self._events), None)
        array, self._keep = pw.pointers([offered_format(KINDS[kind], *size, Fraction(fps))])
        flags = AUTOCONNECT | pw.FLAG_MAP_BUFFERS
        self._library.pw_stream_connect(self._stream, DIRECTION_INPUT, pw.ANY_ID, flags, array, 1)
        self._library.pw_thread_loop_unlock(self._loop)

    def _on_process(self, _data) -> None:
        now = time.perf_counter()
        buffer = self._library.pw_stream_dequeue_buffer(self._stream)
        if not buffer:
            return
        data = buffer.contents.buffer.contents.datas[0]
        if data.data and data.chunk.contents.size:
            memory = ctypes.string_at(data.data, self._size[0] * self._size[1] * self._channels)
            self.last = np.frombuffer(memory, np.uint8).reshape(self._size[1], self._size[0], self._channels)
            self.times.append(now)
        self._library.pw_stream_queue_buffer(self._stream, buffer)

    def close(self) -> None:
        self._library.pw_thread_loop_lock(self._loop)
        self._library.pw_stream_destroy(self._stream)
        self._library.pw_thread_loop_unlock(self._loop)
        self._library.pw_thread_loop_stop(self._loop)
        self._library.pw_thread_loop_destroy(self._loop)
