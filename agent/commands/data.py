"""``load`` and ``sync``: filling the mirror."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from agent.control import Invocation
from agent.errors import BadInputError, UnavailableError
from agent.wiring import Application

SAMPLE = "complete-journey"
SAMPLE_ZONE = ZoneInfo("America/New_York")


def load(application: Application, invocation: Invocation) -> dict[str, Any]:
    """Load canonical files or the sample; members found on the way go to the operational database."""
    sample = str(invocation.arguments.get("sample") or "")
    if sample:
        if sample != SAMPLE:
            raise BadInputError(f"--sample: there is no sample “{sample}”; the one there is is called {SAMPLE}.")
        today = str(invocation.arguments.get("today") or "")
        return load_the_sample(application, date.fromisoformat(today) if today else None)
    from connectors.files import load_folder

    report = load_folder(application.mirror, Path(str(invocation.arguments["folder"])))
    if report.members is not None:
        application.directory.replace_members(report.members)
    members = len(report.members or ())
    return {"folder": str(report.folder), "rows": report.rows, "members": members, "seconds": report.seconds}


def load_the_sample(
    application: Application, today: date | None, on_feed: Callable[[], object] = lambda: None
) -> dict[str, Any]:
    """Load the sample chain as of ``today`` (the stores' present date when None) with its people and channels."""
    from agent.sandbox_people import sandbox_channels, sandbox_members
    from connectors.sandbox.sample.load import load_sample

    day = today or application.clock.now().astimezone(SAMPLE_ZONE).date()
    report = load_sample(application.mirror, application.home, day, on_feed)
    application.directory.replace_members(sandbox_members())
    application.directory.replace_channels(sandbox_channels())
    return asdict(report)


def sync(application: Application, invocation: Invocation) -> dict[str, Any]:
    """Pull from every connection, or from the one named."""
    from connectors.mirror.sync import sync_connection

    wanted = str(invocation.arguments.get("connection") or "")
    readers = application.readers
    if not readers:
        raise UnavailableError("sync: no POS is connected; set SQUARE_ACCESS_TOKEN.")
    if wanted and wanted not in readers:
        raise BadInputError(f"--connection: there is no connection “{wanted}”; there is {', '.join(readers)}.")
    reports = []
    for name, reader in readers.items():
        if wanted in ("", name):
            until = application.clock.now()
            full = bool(invocation.arguments.get("full"))
            reports.append(asdict(sync_connection(reader, application.mirror, until=until, full=full)))
    return {"connections": reports}
