# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the command line, finds the verb, and turns every failure into one sentence and an exit code."""

from __future__ import annotations

import argparse
import importlib
import os
from collections.abc import Sequence
from typing import NoReturn

from .report import Report, WorkFailed, WrongInput

VERBS: dict[str, str] = {
    "demo": "the whole way through on this machine, without a phone",
    "simulate": "a phone that is not there: plays a capture or a made-up performance as real packets",
    "phone": "Live Link Face as a remote: battery, recording on the phone, fetching what it recorded",
    "relay": "hands a face on, in another dialect if wanted",
    "decode": "a capture, tape or CSV as JSON lines",
    "record": "receive, drive, and leave an action on the timeline",
    "bake": "a take, capture or CSV to an action in a .blend",
    "shapes": "the 52 ARKit shape keys for a head that has none, with a report card",
    "stream": "receive, drive, draw, and send the picture to a camera",
    "clip": "a take as a video of the character",
    "search": "looks for phones whose apps wait to be asked, in the local network only",
    "doctor": "what is wrong between the phone and Blender, in plain words",
}
"""Verb and what it does; each is a module of this package with add_arguments(parser) and run(options, report)."""


DEBUG = "LIVELINK_DEBUG"


class _Parser(argparse.ArgumentParser):
    """argparse without sys.exit, which would end Blender."""

    def error(self, message: str) -> NoReturn:
        raise WrongInput(f"{message[:1].upper()}{message[1:]}. See `{self.prog} --help`.")

    def print_help(self, file: object = None) -> NoReturn:
        raise _Helped(self.format_help())

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        raise _Helped


class _Helped(Exception):  # noqa: N818 - not an error
    """The text that was asked for: standard output is the report's, so argparse's own printing would be lost."""


def run_verb(arguments: Sequence[str]) -> int:
    """Run one verb; 0 done, 1 the work failed, 2 wrong arguments or files."""
    report = Report(as_json="--json" in arguments)
    try:
        options = _parser(arguments).parse_args(list(arguments))
        return _module(options.verb).run(options, report) or 0
    except _Helped as helped:
        report.show(str(helped))
        return 0
    except WrongInput as error:
        report.complain(str(error))
        return 2
    except WorkFailed as error:
        report.complain(str(error))
        return 1
    except KeyboardInterrupt:
        report.complain("Stopped.")
        return 130
    except BrokenPipeError:
        return 0  # whoever read our lines has seen enough
    except Exception as error:
        report.complain(f"This should not have happened: {type(error).__name__}: {error}. {DEBUG}=1 shows where.")
        if os.environ.get(DEBUG):
            raise
        return 1
    finally:
        report.close()


def _parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    parser = _Parser(
        prog="livelink", description="Face Live Link: a face in front of a phone moves a character in Blender."
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for name, purpose in VERBS.items():
        verb = verbs.add_parser(name, help=purpose, description=f"{purpose[:1].upper()}{purpose[1:]}.")
        verb.add_argument("--json", action="store_true", help="machine-readable output: JSON lines on standard output")
        if name in arguments[:1]:  # the others' modules need not be imported
            _module(name).add_arguments(verb)
    return parser


def _module(verb: str):
    return importlib.import_module(f".{verb}", __package__)
