# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-2.0-or-later
"""libpipewire by ctypes: the structures and calls that one video source needs."""

from __future__ import annotations

import ctypes
import os
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_int32, c_int64, c_uint32, c_uint64, c_void_p
from pathlib import Path

LIBRARY = "libpipewire-0.3.so.0"
DIRECTION_OUTPUT = 1
ANY_ID = 0xFFFFFFFF
FLAG_MAP_BUFFERS, FLAG_DRIVER = 1 << 2, 1 << 3
STATE_ERROR, STATE_UNCONNECTED, STATE_CONNECTING, STATE_STREAMING = -1, 0, 1, 3


class Chunk(Structure):
    """struct spa_chunk."""

    _fields_ = [("offset", c_uint32), ("size", c_uint32), ("stride", c_int32), ("flags", c_int32)]


class Data(Structure):
    """struct spa_data."""

    _fields_ = [
        ("type", c_uint32),
        ("flags", c_uint32),
        ("fd", c_int64),
        ("mapoffset", c_uint32),
        ("maxsize", c_uint32),
        ("data", c_void_p),
        ("chunk", POINTER(Chunk)),
    ]


class Buffer(Structure):
    """struct spa_buffer."""

    _fields_ = [("n_metas", c_uint32), ("n_datas", c_uint32), ("metas", c_void_p), ("datas", POINTER(Data))]


class StreamBuffer(Structure):
    """The known beginning of struct pw_buffer."""

    _fields_ = [("buffer", POINTER(Buffer)), ("user_data", c_void_p), ("size", c_uint64)]


STATE_CHANGED = CFUNCTYPE(None, c_void_p, c_int, c_int, c_char_p)
PARAM_CHANGED = CFUNCTYPE(None, c_void_p, c_uint32, c_void_p)


class StreamEvents(Structure):
    """struct pw_stream_events, version 0: what later versions add is left out."""

    _fields_ = [
        ("version", c_uint32),
        ("destroy", c_void_p),
        ("state_changed", STATE_CHANGED),
        ("control_info", c_void_p),
        ("io_changed", c_void_p),
        ("param_changed", PARAM_CHANGED),
        ("add_buffer", c_void_p),
        ("remove_buffer", c_void_p),
        ("process", c_void_p),
        ("drained", c_void_p),
    ]


_CALLS = {
    "pw_init": (None, c_void_p, c_void_p),
    "pw_thread_loop_new": (c_void_p, c_char_p, c_void_p),
    "pw_thread_loop_get_loop": (c_void_p, c_void_p),
    "pw_thread_loop_start": (c_int, c_void_p),
    "pw_thread_loop_stop": (None, c_void_p),
    "pw_thread_loop_lock": (None, c_void_p),
    "pw_thread_loop_unlock": (None, c_void_p),
    "pw_thread_loop_destroy": (None, c_void_p),
    "pw_properties_new_string": (c_void_p, c_char_p),
    "pw_stream_new_simple": (c_void_p, c_void_p, c_char_p, c_void_p, POINTER(StreamEvents), c_void_p),
    "pw_stream_connect": (c_int, c_void_p, c_int, c_uint32, c_int, POINTER(c_void_p), c_uint32),
    "pw_stream_update_params": (c_int, c_void_p, POINTER(c_void_p), c_uint32),
    "pw_stream_dequeue_buffer": (POINTER(StreamBuffer), c_void_p),
    "pw_stream_queue_buffer": (c_int, c_void_p, POINTER(StreamBuffer)),
    "pw_stream_trigger_process": (c_int, c_void_p),
    "pw_stream_destroy": (None, c_void_p),
}


def load() -> ctypes.CDLL:
    """The library with its calls declared; OSError when this system has none."""
    library = ctypes.CDLL(LIBRARY)
    for name, (result, *arguments) in _CALLS.items():
        call = getattr(library, name)
        call.restype, call.argtypes = result, arguments
    library.pw_init(None, None)
    return library


def is_running() -> bool:
    """Whether this user has a PipeWire daemon to talk to."""
    folder = os.environ.get("PIPEWIRE_RUNTIME_DIR") or os.environ.get("XDG_RUNTIME_DIR")
    return bool(folder) and Path(folder, os.environ.get("PIPEWIRE_REMOTE") or "pipewire-0").is_socket()


def pointers(pods: list[bytes]) -> tuple[ctypes.Array, list[ctypes.Array]]:
    """An array of pointers to these PODs, and the memory that must live as long as it is used."""
    memory = [ctypes.create_string_buffer(pod, len(pod)) for pod in pods]
    return (c_void_p * len(pods))(*(ctypes.addressof(block) for block in memory)), memory


def bytes_of_pod(address: int) -> bytes:
    """A copy of the POD at this address."""
    size = ctypes.cast(address, POINTER(c_uint32))[0]
    return ctypes.string_at(address, size + 8)
