"""Tasks for the people of a store."""

from __future__ import annotations

from datetime import datetime
from typing import Any, get_args

from agent.proposals.ground import Ground
from agent.proposals.kinds.task import OWN_TASKS, CountTask, StoreTask, TaskType
from agent.proposals.payload import Payload
from tools.drafts import TaskDraft
from tools.errors import BadArgumentError

_TYPES = get_args(TaskType)


def task(draft: TaskDraft, ground: Ground, now: datetime) -> Payload:
    """The task a draft means. No point of sale is asked: the list of tasks is our own.

    Raises:
        BadArgumentError: the store or the product is unknown, a word is missing or no kind of task, or it is due in
            the past.
    """
    place = ground.catalogue.place(draft.store_id)
    if place is None or not place.active:
        raise BadArgumentError("I do not know that store, or it is closed, so I cannot put a task on its list.")
    title = " ".join(draft.title.split())[:150]
    if not title:
        raise BadArgumentError("title: please say what is to be done.")
    if draft.due_at is not None and draft.due_at <= now:
        raise BadArgumentError("due: that time is already past; please name a later one.")
    named: dict[str, Any] = {}
    if draft.variant_id:
        item = ground.catalogue.item(draft.store_id, draft.variant_id)
        if item is None:
            raise BadArgumentError("I do not know that product at that store, so I cannot name it in a task.")
        named = {"variant_id": item.variant_id, "product": item.product, "sku": item.sku}
    words: dict[str, Any] = {
        "connection": OWN_TASKS,
        "store_id": place.store_id,
        "store_name": place.name,
        "store_external_id": place.external_id,
        "currency": place.currency,
        "reason": draft.reason.strip()[:500],
        "title": title,
        "detail": draft.detail.strip()[:500],
        "place": draft.place.strip()[:100],
        "assignee_role": draft.assignee_role,
        "assignee_id": draft.assignee_id,
        "assignee_name": draft.assignee_name[:100],
        "due_at": draft.due_at,
        "time_zone": place.time_zone,
        **named,
    }
    if draft.type == "count":
        return CountTask(**words)
    if draft.type not in _TYPES:
        raise BadArgumentError(f"type: “{draft.type}” is not one of count, {', '.join(_TYPES)}.")
    return StoreTask(**words, type=draft.type)
