"""``signals``: weather, holidays and local events, brought up to date now."""

from __future__ import annotations

from typing import Any

from agent.control import Invocation
from agent.signals import refresh
from agent.wiring import Application


def signals(application: Application, _invocation: Invocation) -> dict[str, Any]:
    """Read every source of signals and say what was stored and what could not be had."""
    report = refresh(application.settings, application.mirror, application.clock.now())
    return {"rows": report.rows, "problems": report.problems}
