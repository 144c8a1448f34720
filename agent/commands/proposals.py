"""``proposals``: the same state machine as the buttons, with the same checks."""

from __future__ import annotations

from typing import Any

from agent.control import Invocation
from agent.wiring import Application

_WAIT_SECONDS = 60.0


def listing(application: Application, invocation: Invocation) -> list[dict[str, Any]]:
    """Proposals of the stores this person may see, newest first."""
    scope = application.directory.scope_for(application.person(invocation.user))
    status = str(invocation.arguments.get("status") or "") or None
    return [view.to_json() for view in application.proposals.find(scope, status=status)]


def show(application: Application, invocation: Invocation) -> dict[str, Any]:
    """One proposal with its history."""
    scope = application.directory.scope_for(application.person(invocation.user))
    return application.proposals.view(_id(invocation), scope).to_json()


def approve(application: Application, invocation: Invocation) -> dict[str, Any]:
    """Approve what is stored and wait until the POS has answered."""
    scope = application.directory.scope_for(application.person(invocation.user))
    application.run_jobs()
    application.proposals.approve(_id(invocation), scope)
    return application.proposals.wait(_id(invocation), timeout_seconds=_WAIT_SECONDS).to_json()


def reject(application: Application, invocation: Invocation) -> dict[str, Any]:
    """Reject it, with the reason on record."""
    scope = application.directory.scope_for(application.person(invocation.user))
    reason = str(invocation.arguments.get("reason") or "")
    return application.proposals.reject(_id(invocation), scope, reason=reason).to_json()


def undo(application: Application, invocation: Invocation) -> dict[str, Any]:
    """Propose the inverse; it waits for approval like any other change."""
    scope = application.directory.scope_for(application.person(invocation.user))
    return application.proposals.undo(_id(invocation), scope).to_json()


def settle(application: Application, invocation: Invocation) -> dict[str, Any]:
    """Close an unclear change as this person found it in the far end."""
    scope = application.directory.scope_for(application.person(invocation.user))
    found = bool(invocation.arguments["took_effect"])
    return application.proposals.settle(_id(invocation), scope, took_effect=found).to_json()


def _id(invocation: Invocation) -> str:
    return str(invocation.arguments.get("id", "")).strip()
