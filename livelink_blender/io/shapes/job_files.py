# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A shape job and its answer as files, for the process that makes shapes: plain arrays and JSON, nothing pickled."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from ...core.shapes.head_mesh import HeadMesh, Parts, Points
from ...core.shapes.job import Answer, Job

MESH_ARRAYS = ("points", "loops", "loop_starts", "object_of_vertex")

def write_job(path: Path, job: Job) -> None:
    """To be read by the other process."""
    told = {
        "sure": job.parts.sure, "hints": job.hints, "names": job.names, "strength": job.strength,
        "others": job.others, "shapes": list(job.shapes), "object_names": job.mesh.object_names,
        "template_names": job.template.object_names if job.template else None, "carried": list(job.template_shapes),
    }  # fmt: skip
    arrays = {"role": job.parts.role, "piece": job.parts.piece, **_mesh_arrays("head", job.mesh)}
    if job.template is not None:
        arrays |= _mesh_arrays("template", job.template)
    _save(path, told, arrays, {**job.shapes, **{f"carried {k}": v for k, v in job.template_shapes.items()}})


def read_job(path: Path) -> Job:
    """The job as it was written."""
    told, arrays = _load(path)
    parts = Parts(arrays["role"], arrays["piece"], {int(piece): sure for piece, sure in told["sure"].items()})
    both = _shapes([*told["shapes"], *(f"carried {name}" for name in told["carried"])], arrays)
    return Job(
        _mesh("head", told["object_names"], arrays), parts, told["hints"], told["names"], told["strength"],
        {name: both[name] for name in told["shapes"]}, told["others"],
        _mesh("template", told["template_names"], arrays) if told["template_names"] is not None else None,
        {name: both[f"carried {name}"] for name in told["carried"]},
    )  # fmt: skip


def _mesh_arrays(whose: str, mesh: HeadMesh) -> dict[str, np.ndarray]:
    return {f"{whose} {name}": getattr(mesh, name) for name in MESH_ARRAYS}


def _mesh(whose: str, object_names: list[str], arrays: dict[str, np.ndarray]) -> HeadMesh:
    return HeadMesh(*(arrays[f"{whose} {name}"] for name in MESH_ARRAYS), tuple(object_names))


def write_answer(path: Path, answer: Answer) -> None:
    """To be read by the parent; complete as soon as it is there."""
    told = {
        "shapes": list(answer.shapes), "card": answer.card, "findings": answer.findings, "sure": answer.points.sure,
        "position": {name: np.asarray(place).tolist() for name, place in answer.points.position.items()},
    }  # fmt: skip
    part = path.with_suffix(".part.npz")
    _save(part, told, {f"rim {name}": rim for name, rim in answer.points.rims.items()}, answer.shapes)
    part.replace(path)


def read_answer(path: Path) -> Answer:
    """The answer as it was written."""
    told, arrays = _load(path)
    position = {name: np.array(place) for name, place in told["position"].items()}
    rims = {name[4:]: array for name, array in arrays.items() if name.startswith("rim ")}
    return Answer(Points(position, told["sure"], rims), _shapes(told["shapes"], arrays), told["card"], told["findings"])


def _save(path: Path, told: dict, arrays: dict[str, np.ndarray], shapes: dict[str, np.ndarray]) -> None:
    numbered = {f"shape {number}": moved for number, moved in enumerate(shapes.values())}
    text = np.frombuffer(json.dumps(told).encode(), np.uint8)
    np.savez(path, told=text, **arrays, **numbered)


def _load(path: Path) -> tuple[dict, dict[str, np.ndarray]]:
    with np.load(path, allow_pickle=False) as kept:
        arrays = {name: kept[name] for name in kept.files}
    return json.loads(arrays.pop("told").tobytes()), arrays


def _shapes(names: list[str], arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    return {name: arrays[f"shape {number}"] for number, name in enumerate(names)}
