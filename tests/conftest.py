# SPDX-FileCopyrightText: 2026 Face Live Link contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all tests share: a clean end, for the 4.5 wheel hangs at exit when anything of Blender's is left registered."""

import os
import sys

import pytest
from hypothesis import HealthCheck, settings

# A busy machine is no fault of the code: examples may take their time. The gate takes the same examples every time.
settings.register_profile("house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

EXIT_STATUS = 0


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    global EXIT_STATUS
    EXIT_STATUS = int(exitstatus)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    if "bpy" in sys.modules:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(EXIT_STATUS)
