"""``followups``: what executed changes did, one by one and summed by the week."""

from __future__ import annotations

from datetime import date
from typing import Any

from agent.control import Invocation
from agent.db.tables import Followup
from agent.errors import BadInputError
from agent.followups.digest import Week, week_digest
from agent.followups.looking import place_of
from agent.followups.store import FollowupStore
from agent.wiring import Application
from tools.context import Scope


def listing(application: Application, invocation: Invocation) -> list[dict[str, Any]]:
    """Looks at changes in the asker's stores, latest first: those measured, and those to come."""
    scope = application.directory.scope_for(application.person(invocation.user))
    wanted = str(invocation.arguments.get("store") or "")
    stores = [_store(wanted, scope)] if wanted else list(scope.store_ids)
    rows = FollowupStore(application.database).rows(Followup.store_id.in_(stores), Followup.due != "none")
    return [_document(row) for row in reversed(rows)]


def digest(application: Application, invocation: Invocation) -> dict[str, Any]:
    """The week of a store."""
    scope = application.directory.scope_for(application.person(invocation.user))
    wanted = str(invocation.arguments.get("store") or "")
    if not wanted and len(scope.store_ids) != 1:
        raise BadInputError(f"--store: name a store; yours are {', '.join(scope.store_ids) or 'none'}.")
    place = place_of(application.mirror.reader, _store(wanted or scope.store_ids[0], scope))
    if place is None:
        raise BadInputError(f"--store: there is no store “{wanted}” in the data.")
    on = _day(str(invocation.arguments.get("week") or "")) or place.date_of(application.clock.now())

    def name_of(user_id: str) -> str:
        person = application.directory.person(user_id)
        return (person.name if person else "") or user_id

    return week_digest(FollowupStore(application.database), place, Week.of(on), name_of)


def _store(wanted: str, scope: Scope) -> str:
    if wanted not in scope.store_ids:
        raise BadInputError(f"--store: “{wanted}” is no store of yours; there are {', '.join(scope.store_ids)}.")
    return wanted


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInputError(f"--week: “{text}” is not a date; write any day of the week as YYYY-MM-DD.") from error


def _document(row: Followup) -> dict[str, Any]:
    document = row.document or {}
    return {
        "proposal_id": row.proposal_id,
        "due": row.due,
        "store_id": row.store_id,
        "due_at": row.due_at.isoformat(),
        "status": row.status,
        "verdict": row.verdict,
        "headline": document.get("headline", ""),
        "receipt_id": row.receipt_id,
        "document": document,
    }
