# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares generated shapes with artists' shapes on reference heads, as a table for the docs.

python -m dev_tools.score_shapes HEADS_FOLDER [--leave-one-out] [--per-shape]
With --leave-one-out the fields are fitted anew for each artist, without that artist's heads.
nmve: area-weighted error over area-weighted motion (100 = did nothing), pooled over shapes; cos: likeness of the
displacement fields; IoU: of the regions that move more than a tenth of the peak; flips: triangles turned over,
mean per shape; peak: largest motion against the artist's, median.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from dev_tools.fit_fields import COUNT, average_layout, fit_table
from dev_tools.reference_heads import ReferenceHead, own_heads, read_head
from livelink_blender.core.shapes.finding.pieces import triangulate
from livelink_blender.core.shapes.making import fields, generate
from livelink_blender.core.shapes.making.unflip import normals

COLUMNS = ("nmve", "cos", "worst", "iou", "flips", "peak")


def score_shape(head: ReferenceHead, made: np.ndarray, truth: np.ndarray) -> dict[str, float] | None:
    """The measures of one shape on the scored skin; None where the artist left the shape empty."""
    weight = head.area * head.scored
    size, wanted = np.linalg.norm(made, axis=1), np.linalg.norm(truth, axis=1)
    if wanted[head.scored].max() < 5e-3 * head.unit:
        return None
    norms = np.sqrt((weight * size**2).sum() * (weight * wanted**2).sum())
    active = (size > 0.1 * size[head.scored].max()), (wanted > 0.1 * wanted[head.scored].max())
    union = (weight * (active[0] | active[1])).sum()
    return {
        "error": float((weight * np.linalg.norm(made - truth, axis=1)).sum()),
        "motion": float((weight * wanted).sum()),
        "cos": float((weight * (made * truth).sum(1)).sum() / max(norms, 1e-12)),
        "iou": 100.0 * float((weight * (active[0] & active[1])).sum() / max(union, 1e-12)),
        "peak": float(size[head.scored].max() / wanted[head.scored].max()),
    }


def score_head(head: ReferenceHead, shapes: dict[str, np.ndarray]) -> dict[str, dict[str, float]]:
    """The measures of every shape that the artist made."""
    triangles = triangulate(head.mesh)
    triangles = triangles[head.scored[triangles].all(1)]
    before = normals(head.mesh.points, triangles)
    out = {}
    for name, truth in head.shapes.items():
        found = score_shape(head, shapes[name].astype(float), truth)
        if found:
            after = normals(head.mesh.points + shapes[name], triangles)
            out[name] = found | {"flips": float(((after * before).sum(1) < 0).sum())}
    return out


def summary(scores: dict[str, dict[str, float]]) -> dict[str, float]:
    """One row of the table."""
    rows = list(scores.values())

    def mean(key: str) -> float:
        return float(np.mean([r[key] for r in rows]))

    pooled = 100.0 * sum(r["error"] for r in rows) / sum(r["motion"] for r in rows)
    worst = min(r["cos"] for r in rows)
    peak = float(np.median([r["peak"] for r in rows]))
    return {
        "nmve": pooled,
        "cos": mean("cos"),
        "worst": worst,
        "iou": mean("iou"),
        "flips": mean("flips"),
        "peak": peak,
    }


def print_row(label: str, row: dict[str, float]) -> None:
    """A line of a Markdown table."""
    print(
        f"| {label} | "
        + " | ".join(f"{row[k]:.2f}" if k in ("cos", "worst", "peak") else f"{row[k]:.1f}" for k in COLUMNS)
        + " |"
    )


def main() -> None:
    """Prints the table."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("heads", type=Path)
    ask.add_argument("--leave-one-out", action="store_true")
    ask.add_argument("--per-shape", action="store_true")
    a = ask.parse_args()
    heads = [read_head(p) for p in sorted(a.heads.glob("*.npz"))]
    shipped = fields.load_table()
    tables = dict.fromkeys({h.artist for h in heads}, shipped)
    if a.leave_one_out:
        all_heads, layout = [*heads, *own_heads()], average_layout(heads)
        tables = {out: fit_table([h for h in all_heads if h.artist != out], COUNT, layout=layout) for out in tables}
    print("| head | " + " | ".join(COLUMNS) + " |\n|" + "---|" * (len(COLUMNS) + 1))
    for head in heads:
        generate.load_table = lambda table=tables[head.artist]: table
        scores = score_head(head, generate.generate_shapes(head.mesh, head.parts, head.points))
        print_row(head.name, summary(scores))
        if a.per_shape:
            for name, row in scores.items():
                print_row("  " + name, row | {"nmve": 100 * row["error"] / row["motion"], "worst": row["cos"]})


if __name__ == "__main__":
    main()
