"""``load`` and ``sync``: filling the mirror."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from agent.control import Invocation
from agent.errors import BadInputError, UnavailableError
from agent.progress import Shown, sync_progress
from agent.wiring import Application
from connectors.errors import ConnectorError

if TYPE_CHECKING:
    from connectors.base import Reader
    from connectors.mirror.sync import Progress

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

    report = load_folder(
        application.mirror,
        Path(str(invocation.arguments["folder"])),
        strict=bool(invocation.arguments.get("strict")),
        reports=application.home / "reports",
        now=application.clock.now(),
    )
    if report.members is not None:
        application.directory.replace_members(report.members)
    return {
        "folder": str(report.folder),
        "rows": report.rows,
        "loaded": report.loaded,
        "unchanged": report.unchanged,
        "quarantined": report.quarantined,
        "money": report.money,
        "rounded": report.rounded,
        "report": str(report.report) if report.report else None,
        "warning": report.warning,
        "members": len(report.members or ()),
        "seconds": report.seconds,
    }


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
    """Pull from every connection, or from the one named; with ``rebuild``, derive their rows again instead.

    Raises:
        BadInputError: there is no such connection, or the options contradict each other.
        UnavailableError: nothing is connected, or a connection could not be pulled; the others were.
    """
    wanted = str(invocation.arguments.get("connection") or "")
    full, rebuild = (bool(invocation.arguments.get(name)) for name in ("full", "rebuild"))
    if full and rebuild:
        raise BadInputError("sync: --full reads everything again, --rebuild reads nothing; give one of them.")
    readers = application.readers
    if not readers:
        raise UnavailableError(
            "sync: no POS is connected; set the access token of one (docs/connectors.md), or FLOORWALKER_CONNECTIONS."
        )
    if wanted and wanted not in readers:
        raise BadInputError(f"--connection: there is no connection “{wanted}”; there is {', '.join(readers)}.")
    chosen = [reader for name, reader in readers.items() if wanted in ("", name)]
    reports: list[dict[str, Any]] = []
    failed: dict[str, Exception] = {}
    # In the process that owns the folder nobody looks at this command's terminal.
    with sync_progress(wanted=bool(invocation.arguments.get("progress")) and application.slack is None) as shown:
        for reader in chosen:
            try:
                reports.append(_pulled(application, reader, shown, full=full, rebuild=rebuild))
            except (ConnectorError, UnavailableError) as error:
                failed[reader.connection] = error
    if len(failed) == len(chosen) == 1:
        raise next(iter(failed.values()))
    if failed:
        said = " ".join(f"{name}: {getattr(error, 'user_message', '')}" for name, error in failed.items())
        raise UnavailableError(f"sync: {len(failed)} of {len(chosen)} connections could not be pulled. {said}")
    return {"connections": reports}


def _pulled(application: Application, reader: Reader, shown: Shown, *, full: bool, rebuild: bool) -> dict[str, Any]:
    from connectors.mirror.rebuild import rebuild_connection
    from connectors.mirror.sync import sync_connection

    def on_progress(step: Progress) -> None:
        shown(reader.connection, step)

    if rebuild:
        return asdict(rebuild_connection(reader, application.mirror, on_progress=on_progress))
    until = application.clock.now()
    return asdict(sync_connection(reader, application.mirror, until=until, full=full, on_progress=on_progress))
