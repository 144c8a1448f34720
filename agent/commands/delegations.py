"""``delegations``: the right to approve, lent while somebody is away."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from agent.control import Invocation
from agent.errors import BadInputError
from agent.wiring import Application


def listing(application: Application, invocation: Invocation) -> list[dict[str, Any]]:
    """Every delegation that holds now, for members."""
    application.directory.scope_for(application.person(invocation.user))
    return [lent.to_json() for lent in application.delegations.running()]


def lend(application: Application, invocation: Invocation) -> dict[str, Any]:
    """Lend a right until the end of a day, or until an instant."""
    by = application.person(invocation.user)
    arguments = invocation.arguments
    until = _until(str(arguments.get("until") or ""), application)
    lender = str(arguments.get("lender") or "") or by
    return application.delegations.lend(lender, str(arguments.get("to") or ""), until, by=by).to_json()


def end(application: Application, invocation: Invocation) -> dict[str, Any]:
    """Take it back now."""
    by = application.person(invocation.user)
    return application.delegations.end(str(invocation.arguments.get("id") or ""), by=by).to_json()


def _until(text: str, application: Application) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadInputError(f"--until: “{text}” is no date; write it like 2026-11-30.") from error
    if at.tzinfo is not None:
        return at
    zones = application.mirror.reader.query("SELECT MIN(timezone) FROM store").rows
    zone = ZoneInfo(str(zones[0][0] or "UTC"))
    # A bare date means the whole of that day.
    return (at + timedelta(days=1) if len(text) == len("2026-11-30") else at).replace(tzinfo=zone)
