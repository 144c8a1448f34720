"""``delegations``: the right to approve, lent while somebody is away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from agent.control import Invocation
from agent.errors import BadInputError
from agent.wiring import Application

_ZONES = (
    "SELECT DISTINCT timezone FROM store "
    "WHERE timezone IS NOT NULL AND store_id IN (SELECT UNNEST(CAST($stores AS VARCHAR[])))"
)


def listing(application: Application, invocation: Invocation) -> list[dict[str, Any]]:
    """Every delegation that holds now, for members."""
    application.directory.scope_for(application.person(invocation.user))
    return [lent.to_json() for lent in application.delegations.running()]


def lend(application: Application, invocation: Invocation) -> dict[str, Any]:
    """Lend a right until the end of a day, or until an instant."""
    by = application.person(invocation.user)
    arguments = invocation.arguments
    lender = str(arguments.get("lender") or "") or by
    until = _until(str(arguments.get("until") or ""), lender, application)
    return application.delegations.lend(lender, str(arguments.get("to") or ""), until, by=by).to_json()


def end(application: Application, invocation: Invocation) -> dict[str, Any]:
    """Take it back now."""
    by = application.person(invocation.user)
    return application.delegations.end(str(invocation.arguments.get("id") or ""), by=by).to_json()


def _until(text: str, lender: str, application: Application) -> datetime:
    """An instant, or the end of a day by the clock of the lender's stores: of several, where that day ends first."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadInputError(f"--until: “{text}” is no date; write it like 2026-11-30.") from error
    if at.tzinfo is not None:
        return at.astimezone(UTC)
    person = application.directory.person(lender)
    stores = list(application.directory.store_ids(person)) if person else []
    zones = application.mirror.reader.query(_ZONES, {"stores": stores}).rows or [("UTC",)]
    # A bare date means the whole of that day.
    local = at + timedelta(days=1) if len(text) == len("2026-11-30") else at
    return min(local.replace(tzinfo=ZoneInfo(str(zone))).astimezone(UTC) for (zone,) in zones)
