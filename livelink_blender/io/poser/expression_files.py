# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The user's own expressions, one small JSON file each in the user's folder."""

from __future__ import annotations

import re
from pathlib import Path

from ...core.poser.expressions import LONGEST_NAME, Expression, ExpressionError
from ..files.folders import expressions_folder
from ..files.whole_files import write_whole

LARGEST_BYTES = 1 << 16
MOST_FILES = 300


class CannotKeep(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """Says in one sentence why an expression could not be saved or deleted."""


def read_all() -> tuple[dict[Path, Expression], list[str]]:
    """The expressions by file, in order of their file names, and one sentence for each file that is none."""
    found: dict[Path, Expression] = {}
    troubles = []
    for path in sorted(_files())[:MOST_FILES]:
        try:
            found[path] = read(path)
        except ExpressionError as error:
            troubles.append(f"{path.name}: {error}")
    return found, troubles


def read(path: Path) -> Expression:
    """One file; what is no expression raises ExpressionError, a sentence."""
    try:
        with path.open("rb") as file:
            given = file.read(LARGEST_BYTES + 1)
        if len(given) > LARGEST_BYTES:
            raise ExpressionError("It is too large for an expression.")
        return Expression.from_json(given.decode("utf-8"), path.stem[:LONGEST_NAME])
    except (OSError, UnicodeDecodeError) as error:
        raise ExpressionError("It could not be read as text.") from error


def keep(expression: Expression) -> Path:
    """Write it beside and rename; one of the same name is replaced."""
    path = file_of(expression.name)
    try:
        write_whole(path, expression.to_json())
    except OSError as error:
        raise CannotKeep(f"The expression could not be saved: {error.strerror}.") from error
    return path


def delete(path: Path) -> None:
    """Remove one file of the folder; harmless when it is gone."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise CannotKeep(f"The expression could not be deleted: {error.strerror}.") from error


def file_of(name: str) -> Path:
    """Where an expression of this name lies, or would lie: where it was read from, else a new file."""
    for path, expression in read_all()[0].items():
        if expression.name == name:
            return path
    folder, plain = expressions_folder(), re.sub(r"[^\w-]+", "_", name)[:LONGEST_NAME].strip("_") or "expression"
    numbers = ("", *(f"_{number}" for number in range(2, MOST_FILES + 2)))
    free = (folder / f"{plain}{number}.json" for number in numbers)
    return next((path for path in free if not path.exists()), folder / f"{plain}.json")


def _files() -> list[Path]:
    return [path for path in expressions_folder().glob("*.json") if path.is_file()]
