"""``receipts`` and ``audit``: what an answer stood on, and whether the record of decisions is whole."""

from __future__ import annotations

from typing import Any

from agent.control import Invocation
from agent.governance.anchors import parse_anchor
from agent.wiring import Application


def show(application: Application, invocation: Invocation) -> dict[str, Any]:
    """The receipt's document; only for the person it belongs to and for owners."""
    scope = application.directory.scope_for(application.person(invocation.user))
    return application.receipts.show(str(invocation.arguments.get("id", "")), scope)


def export_csv(application: Application, invocation: Invocation) -> dict[str, Any]:
    """The receipt's last table, whole, as CSV; only for those who may still see all of it."""
    scope = application.directory.scope_for(application.person(invocation.user))
    return application.export(str(invocation.arguments.get("id", "")), scope).to_json()


def replay(application: Application, invocation: Invocation) -> dict[str, Any]:
    """Compute the receipt's tool calls again and compare."""
    scope = application.directory.scope_for(application.person(invocation.user))
    return application.replay(str(invocation.arguments.get("id", "")), scope)


def verify_audit(application: Application, invocation: Invocation) -> dict[str, Any]:
    """Check the chain from end to end, and against anchors that were copied from Slack."""
    return application.verify_audit([parse_anchor(str(text)) for text in invocation.arguments.get("anchors") or ()])
