# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The figures we hold ourselves to: a table, each figure a ratio measured in this one run."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial


@dataclass
class Figure:
    """A named measurement with the most that it may be."""

    name: str
    goal: float
    measure: Callable[[], float]
    unit: str = "x"


def main(arguments: list[str]) -> int:
    """Print the table; 1 when a figure misses its goal."""
    from livelink_blender.scene import properties

    properties.register()
    missed = [figure.name for figure in figures("--long" in arguments) if not _print(figure)]
    print(f"\n{len(missed)} missed{': ' + ', '.join(missed) if missed else ''}")
    return 1 if missed else 0


def _print(figure: Figure) -> bool:
    value = figure.measure()
    met = value <= figure.goal
    print(
        f"{figure.name:<72} {value:8.3f} {figure.unit:<3} goal <= {figure.goal:<6g} {'ok' if met else 'MISSED'}",
        flush=True,
    )
    return met


def figures(long: bool) -> list[Figure]:
    """What is measured, shortest first; `long` adds what takes minutes."""
    always = [*_enable_figures(), *_live_figures(), *_bake_figures(), *_take_figures(), *_shape_figures()]
    always += _camera_figures()
    return [*always, *_long_figures()] if long else always


def _enable_figures() -> list[Figure]:
    from . import bench_enable

    return [
        Figure("enabling / import bpy, in one run", 0.25, bench_enable.share_of_import),
        Figure("modules of ours brought in by enabling", 150, bench_enable.modules_of_ours, ""),
        Figure("imports of the slowest first click", 0.3, bench_enable.slowest_first_click, "s"),
    ]


def _live_figures() -> list[Figure]:
    from . import bench_decode, bench_dialects, bench_tick

    return [
        Figure("decode one packet / frombuffer + float32 + isfinite", 3.0, bench_decode.decode_ratio),
        Figure("20,000 frames a second / what the slowest text dialect does", 1.0, bench_dialects.slowest_text_share),
        Figure("4,000 frames a second / what the slowest OSC dialect does", 1.0, bench_dialects.slowest_osc_share),
        Figure("CPU of a tick / view_layer.update(), 10k vertices, 52 keys", 0.05, bench_tick.tick_share),
        Figure("CPU of one of 8 performers / one alone", 1.1, bench_tick.crowd_factor),
    ]


def _bake_figures() -> list[Figure]:
    from . import bench_bake

    return [
        Figure("peak memory of baking an hour at 60, 61 moving channels", 2.0, bench_bake.peak_gb, "GB"),
        Figure("CPU of baking that hour / bare foreach_set", 1.5, bench_bake.unsmoothed_ratio),
        Figure("CPU of baking that hour smoothed / bare foreach_set", 2.5, bench_bake.smoothed_ratio),
        Figure("CPU of baking that hour / keyframe_insert (from a minute)", 0.01, bench_bake.insert_share),
        Figure("CPU of key reduction per key, ten minutes / a quarter of it", 1.3, bench_bake.reduction_growth),
        Figure("CPU of key reduction for a second of 61 channels", 50.0, bench_bake.reduction_ms_per_second, "ms"),
    ]


def _take_figures() -> list[Figure]:
    from . import bench_takes

    return [
        Figure("opening a two-hour tape for playback", 1.0, bench_takes.open_s, "s"),
        Figure("CPU of the worst of 300 jumps in it, 10k vertices, smoothed", 50.0, bench_takes.worst_scrub_ms, "ms"),
    ]


def _camera_figures() -> list[Figure]:
    from . import bench_camera, bench_stream

    return [
        Figure("after the read, 1280x720 / one copy of its bytes", 3.0, lambda: bench_stream.added_ratio(1280, 720)),
        Figure("after the read, 1920x1080 / one copy of its bytes", 3.0, lambda: bench_stream.added_ratio(1920, 1080)),
        Figure("camera process, CPU of a fresh picture, 720p", 2.0, lambda: bench_camera.process_ms(1280, 720), "ms"),
        Figure("camera process, CPU of a fresh picture, 1080p", 4.0, lambda: bench_camera.process_ms(1920, 1080), "ms"),
        Figure("from pixels read to the device, in frames", 1.0, lambda: bench_camera.steadiness()[1], ""),
        Figure("late pictures while Blender is blocked for 2 s, page", 0.01, lambda: bench_camera.steadiness()[0], ""),
        Figure("distance of the beat from true time in an hour, in frames", 0.51, bench_camera.drift_frames, ""),
        Figure("growth of memory in an hour of frames", 20.0, bench_camera.growth_kb, "KB"),
        Figure("packet sent to changed pixels, 640x360 at 15, beyond drawing", 2.0, bench_stream.motion_to_photon, ""),
    ]


def _shape_figures() -> list[Figure]:
    from . import bench_shapes

    sizes = ((5_000, 10.0), (20_000, 10.0), (50_000, 20.0), (100_000, 30.0))
    return [
        *(
            Figure(f"parts, points and 52 shapes at {n:,} vertices", goal, partial(bench_shapes.seconds, n), "s")
            for n, goal in sizes
        ),
        Figure("time a vertex at 100,000 / at 20,000", 1.5, bench_shapes.growth),
        Figure("memory of making the shapes at 100,000 vertices", 2.0, bench_shapes.memory_gb, "GB"),
        Figure("carrying another head's 52 shapes to 20,000 vertices", 10.0, bench_shapes.carry_seconds, "s"),
    ]


def _long_figures() -> list[Figure]:
    from . import bench_flood, bench_memory

    return [
        Figure("worst CPU of a million mutated packets a decoder; none raises", 1.0, _worst_packet_ms, "ms"),
        Figure("live frames lost in a minute of 10,000 rubbish packets a second", 0.01, bench_flood.lost_share),
        Figure("memory after two hours of packets / once the black box is full", 1.02, bench_memory.growth_once_full),
    ]


def _worst_packet_ms() -> float:
    from .fuzz import DECODERS, fuzz

    outcomes = [fuzz(decoder, 1_000_000, seed=1) for decoder in DECODERS.values()]
    faults = [fault for outcome in outcomes for fault in outcome.faults]
    print("\n".join(faults), end="", flush=True)
    return float("inf") if faults else max(outcome.slowest_ms for outcome in outcomes)


if __name__ == "__main__":
    code = main(sys.argv[1:])
    sys.stdout.flush()
    os._exit(code)
