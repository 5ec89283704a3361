# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Long work of which there is one at a time: begun, asked how far it is, cancelled, ended."""

from __future__ import annotations

from typing import Generic, Protocol, TypeVar


class LongJob(Protocol):
    """What somebody waits for."""

    is_wanted: bool

    def close(self) -> None:
        """No process and no files are left but what was wanted."""


OneKind = TypeVar("OneKind", bound=LongJob)


class AtWork(Generic[OneKind]):
    """The one job of its kind, if there is one. Each kind has a class of its own, for `state.part`."""

    def __init__(self) -> None:
        self.job: OneKind | None = None

    def begin(self, job: OneKind) -> OneKind:
        """This one from now on; an older one has been ended."""
        self.job = job
        return job

    def cancel(self) -> None:
        """The user does not want it any more; whoever waits for it ends it."""
        if self.job is not None:
            self.job.is_wanted = False

    def end(self) -> None:
        """Nothing of ours is left at work; harmless when called again."""
        if self.job is not None:
            self.job.close()
            self.job = None
