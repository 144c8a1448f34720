"""A copy of the stores' tasks in a Slack List, where the app may keep Lists; what is ticked there changes nothing here.

Lists need a paid plan and scopes of their own, so their absence is no fault: nothing is tried, and ``doctor`` says so.
The list is made once; its id and columns lie in the state folder. A task whose copy a crash lost is copied again.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlalchemy import select

from agent.db.engine import Database
from agent.db.tables import StoreTask
from agent.slack.delivery.send import error_code
from agent.slack.stores import StoreLabel

log = structlog.get_logger(__name__)

SCOPES = frozenset({"lists:read", "lists:write"})
_NAME = "Store tasks"
_AT_ONCE = 20
_COLUMNS = (
    {"key": "task", "name": "Task", "type": "text", "is_primary_column": True},
    {"key": "store", "name": "Store", "type": "text"},
    {"key": "place", "name": "Where", "type": "text"},
    {"key": "whose", "name": "For", "type": "text"},
    {"key": "status", "name": "Status", "type": "text"},
)


def missing_scopes(client: WebClient) -> list[str]:
    """Which scopes the bot token lacks for Lists.

    Raises:
        SlackApiError: Slack refuses the token.
    """
    granted = str(client.auth_test().headers.get("x-oauth-scopes", ""))
    return sorted(SCOPES - {scope.strip() for scope in granted.split(",")})


class TaskList:
    """Copies new and changed tasks. ``kept`` is the file that remembers the list; ``label`` names a store."""

    def __init__(self, client: WebClient, database: Database, kept: Path, label: Callable[[str], StoreLabel]) -> None:
        self._client = client
        self._database = database
        self._kept = kept
        self._label = label
        self._able: bool | None = None

    def copy(self) -> int:
        """Bring the copy up to date, some tasks at a time; how many were copied. Never raises for what Slack says."""
        try:
            if self._able is None:
                missing = missing_scopes(self._client)
                self._able = not missing
                if missing:
                    log.info("task_list.left_out", missing=missing)
            return self._copy() if self._able else 0
        except SlackApiError as error:
            log.warning("task_list.refused", error=error_code(error))
            if error_code(error) in ("missing_scope", "not_allowed_token_type", "paid_only", "feature_not_enabled"):
                self._able = False
            return 0
        except OSError as error:
            log.warning("task_list.unreachable", error=type(error).__name__)
            return 0

    def _copy(self) -> int:
        with self._database.reading() as session:
            rows = [row for row in session.scalars(select(StoreTask).order_by(StoreTask.created_at)) if _differs(row)]
        if not rows:
            return 0
        place = self._list()
        for row in rows[:_AT_ONCE]:
            item = row.list_item.partition(" ")[0]
            if item:
                self._update(place, item, row)
            else:
                item = self._create(place, row)
            with self._database.session() as session:
                stored = session.get(StoreTask, row.id)
                if stored is not None:
                    stored.list_item = f"{item} {row.status}"
        return len(rows[:_AT_ONCE])

    def _list(self) -> dict[str, Any]:
        """The list's id and its columns by key, made when there is none yet."""
        if self._kept.exists():
            kept: dict[str, Any] = json.loads(self._kept.read_text(encoding="utf-8"))
            return kept
        made = self._client.slackLists_create(name=_NAME, schema=[dict(column) for column in _COLUMNS], todo_mode=True)
        schema = (made.get("list_metadata") or {}).get("schema") or []
        columns = {str(column.get("key") or column["type"]): str(column["id"]) for column in schema}
        columns |= {str(column["type"]): str(column["id"]) for column in schema if column["type"].startswith("todo_")}
        document = {"list_id": str(made["list_id"]), "columns": columns}
        self._kept.write_text(json.dumps(document), encoding="utf-8")
        return document

    def _create(self, place: dict[str, Any], row: StoreTask) -> str:
        fields = [
            {"column_id": place["columns"][name], **value}
            for name, value in self._values(row).items()
            if name in place["columns"]
        ]
        made = self._client.slackLists_items_create(list_id=place["list_id"], initial_fields=fields)
        return str((made.get("item") or {})["id"])

    def _update(self, place: dict[str, Any], item: str, row: StoreTask) -> None:
        values = self._values(row)
        cells = [
            {"row_id": item, "column_id": place["columns"][name], **values[name]}
            for name in ("status", "todo_completed")
            if name in place["columns"]
        ]
        self._client.slackLists_items_update(list_id=place["list_id"], cells=cells)

    def _values(self, row: StoreTask) -> dict[str, dict[str, Any]]:
        label = self._label(row.store_id)
        values: dict[str, dict[str, Any]] = {
            "task": _text(row.title),
            "store": _text(label.name),
            "place": _text(row.place or row.product),
            "whose": _text(row.assignee_name or row.assignee_id or row.assignee_role.replace("_", " ") or "anybody"),
            "status": _text(row.status),
            "todo_completed": {"checkbox": row.status != "open"},
        }
        if row.assignee_id:
            values["todo_assignee"] = {"user": [row.assignee_id]}
        if row.due_at is not None:
            values["todo_due_date"] = {"date": [f"{label.local(row.due_at):%Y-%m-%d}"]}
        return values


def _differs(row: StoreTask) -> bool:
    return row.list_item.partition(" ")[2] != row.status


def _text(words: str) -> dict[str, Any]:
    """A text cell; Slack takes text only as rich text."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": words or "–"}]}
    return {"rich_text": [{"type": "rich_text", "elements": [section]}]}
