"""Proposing tasks for the people of a store."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from pydantic import Field

from tools.analysis.business_day import day_ends
from tools.analysis.calendar import PeriodError
from tools.analysis.until import resolve_until
from tools.context import ToolContext
from tools.directory import Store
from tools.drafts import TaskDraft
from tools.errors import BadArgumentError, ClarifyError
from tools.kinds import names_a_family
from tools.proposing.filing import REASON_HELP, STORE_HELP, file, one_store, proposals_of
from tools.registry import Arguments, tool
from tools.result import ToolResult
from tools.search import resolve_product
from tools.stores import StoreSet
from tools.tasks import Colleague, task_port
from tools.wording import listed

_ASSIGNEE_HELP = "Whom it is for: a colleague's name, “me”, “staff” or “the store manager”. Left out: anybody there."
_DUE_HELP = "The day by whose end it shall be done: “tonight”, “tomorrow”, “Friday”."
_ROLES = (
    (re.compile(r"(?:the )?(?:staff|team|crew|associates?|everyone|everybody|employees|floor team)"), "staff"),
    (re.compile(r"(?:the |our )?(?:store )?manager"), "store_manager"),
    (re.compile(r"(?:the |our )?district manager"), "district_manager"),
    (re.compile(r"(?:the |our )?owner"), "owner"),
)


class ProposeStoreTaskArguments(Arguments):
    """Arguments of ``propose_store_task``."""

    title: str = Field(min_length=1, max_length=150, description="What is to be done: “Restock aisle 5”.")
    type: Literal["general", "restock", "price_check", "cleaning", "display"] = Field(
        default="general", description="What sort of task it is."
    )
    place: str | None = Field(default=None, max_length=100, description="Where in the store: “Aisle 5”, “bakery”.")
    product: str | None = Field(
        default=None, max_length=200, description="The product it is about, in the asker's own words; usually left out."
    )
    detail: str | None = Field(default=None, max_length=500, description="More words, if the asker said any.")
    assignee: str | None = Field(default=None, max_length=120, description=_ASSIGNEE_HELP)
    due: str | None = Field(default=None, max_length=120, description=_DUE_HELP)
    store: str | None = Field(default=None, max_length=300, description=STORE_HELP)
    reason: str | None = Field(default=None, max_length=300, description=REASON_HELP)


@tool(proposes=True)
def propose_store_task(arguments: ProposeStoreTaskArguments, context: ToolContext) -> ToolResult:
    """File a proposal to put a task on a store's list. It is on the list once a person approves the card.

    Use it for “create a restocking task for Aisle 5”, “have somebody clean the freezer by tonight”, “assign Ellis a
    price check in dairy”. For counting stock use propose_count_task.
    """
    proposals_of(context)
    store = one_store(arguments.store, context, "A task is")
    variant = _variant(arguments.product, store, context)
    draft = _draft(arguments, store, context, arguments.type, arguments.title, variant)
    return file(draft, store, context, f"Which tasks are open at {store.name}?")


class ProposeCountTaskArguments(Arguments):
    """Arguments of ``propose_count_task``."""

    product: str | None = Field(
        default=None, max_length=200, description="What shall be counted: a product, its id, SKU or barcode."
    )
    place: str | None = Field(
        default=None, max_length=100, description="Or the place where everything is counted: “Aisle 5”, “dairy”."
    )
    detail: str | None = Field(default=None, max_length=500, description="More words, if the asker said any.")
    assignee: str | None = Field(default=None, max_length=120, description=_ASSIGNEE_HELP)
    due: str | None = Field(default=None, max_length=120, description=_DUE_HELP)
    store: str | None = Field(default=None, max_length=300, description=STORE_HELP)
    reason: str | None = Field(default=None, max_length=300, description=REASON_HELP)


@tool(proposes=True)
def propose_count_task(arguments: ProposeCountTaskArguments, context: ToolContext) -> ToolResult:
    """File a proposal to have people count stock. Nothing is counted or changed by it; it is a task once approved.

    Use it for “ask the team to count avocados tonight”, “recount aisle 5 tomorrow”. A number that was counted already
    goes to propose_stock_count.
    """
    proposals_of(context)
    if not arguments.product and not arguments.place:
        raise BadArgumentError("product: what shall be counted? Name a product, or give the place in place.")
    if arguments.product and not arguments.place and names_a_family(arguments.product):
        # “Count the dairy”: a part of the range is a place to count, not one product of hundreds.
        arguments = arguments.model_copy(update={"place": arguments.product, "product": None})
    store = one_store(arguments.store, context, "Stock is counted")
    variant = _variant(arguments.product, store, context)
    title = f"Count {variant[1] if variant else arguments.place}"
    draft = _draft(arguments, store, context, "count", title, variant)
    return file(draft, store, context, f"Which tasks are open at {store.name}?")


def _variant(phrase: str | None, store: Store, context: ToolContext) -> tuple[str, str] | None:
    if not phrase:
        return None
    found = resolve_product(phrase, context, StoreSet((store,), store.name))
    return found.variant_id, found.name


def _draft(
    arguments: ProposeStoreTaskArguments | ProposeCountTaskArguments,
    store: Store,
    context: ToolContext,
    kind: str,
    title: str,
    variant: tuple[str, str] | None,
) -> TaskDraft:
    role, person = _assignee(arguments.assignee, store, context)
    return TaskDraft(
        store_id=store.store_id,
        type=kind,
        title=title[:150],
        detail=arguments.detail or "",
        place=arguments.place or "",
        variant_id=variant[0] if variant else "",
        assignee_role=role,
        assignee_id=person.user_id if person else "",
        assignee_name=person.name if person else "",
        due_at=_due(arguments.due, store, context),
        reason=arguments.reason or "",
    )


def _assignee(phrase: str | None, store: Store, context: ToolContext) -> tuple[str, Colleague | None]:
    """The role and the person that are meant; nobody in particular gives ("", None).

    Raises:
        BadArgumentError: nobody at the store is called that.
        ClarifyError: several are.
    """
    words = " ".join((phrase or "").lower().split())
    if words in ("", "anybody", "anyone", "somebody", "someone", "nobody"):
        return "", None
    for pattern, role in _ROLES:
        if pattern.fullmatch(words):
            return role, None
    people = task_port(context).colleagues(store.store_id)
    if words in ("me", "myself", "i"):
        mine = next((one for one in people if one.user_id == context.scope.user_id), None)
        return "", mine or Colleague(context.scope.user_id, "", context.scope.role.value)
    found = _called(words, people)
    if not found:
        names = [one.name for one in people if one.name]
        known = f" There are {listed(names)}." if names else ""
        raise BadArgumentError(f"assignee: nobody on the team of {store.name} is called “{phrase}”.{known}")
    if len(found) > 1:
        names = [one.name for one in found]
        raise ClarifyError(f"Who is meant: {listed(names, 'or')}?", names[:5])
    return "", found[0]


def _called(words: str, people: Sequence[Colleague]) -> list[Colleague]:
    whole = [one for one in people if words in (one.name.lower(), one.user_id.lower())]
    return whole or [one for one in people if words in one.name.lower().split()]


def _due(phrase: str | None, store: Store, context: ToolContext) -> datetime | None:
    """The last second of the business day meant, in UTC."""
    if not phrase:
        return None
    try:
        last = resolve_until(phrase, today=store.today(context.clock.now()))
    except PeriodError as error:
        raise BadArgumentError(f"due: {error}") from error
    return day_ends(last, store.timezone, store.day_starts_at) - timedelta(seconds=1)
