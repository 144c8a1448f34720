"""``tasks``: what is to be done in the stores, and closing it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from agent.control import Invocation
from agent.wiring import Application
from tools.context import Scope
from tools.result import plain
from tools.tasks import Task


def listing(application: Application, invocation: Invocation) -> list[dict[str, Any]]:
    """The tasks of the asker's stores."""
    scope = _scope(application, invocation)
    status = str(invocation.arguments.get("status") or "open")
    return [_document(task) for task in application.task_book.tasks(scope.store_ids, status)]


def done(application: Application, invocation: Invocation) -> dict[str, Any]:
    """Mark one done."""
    return _document(application.task_book.finish(_id(invocation), _scope(application, invocation)))


def reopen(application: Application, invocation: Invocation) -> dict[str, Any]:
    """Take “done” back."""
    return _document(application.task_book.reopen(_id(invocation), _scope(application, invocation)))


def _scope(application: Application, invocation: Invocation) -> Scope:
    return application.directory.scope_for(application.person(invocation.user))


def _id(invocation: Invocation) -> str:
    return str(invocation.arguments.get("id") or "")


def _document(task: Task) -> dict[str, Any]:
    document: dict[str, Any] = plain(asdict(task))
    return document
