"""Proposing what leaves by webhook: a customer list, a note on a store's record, a playlist of the screens."""

from __future__ import annotations

import re
from datetime import date, timedelta

from pydantic import Field

from tools.analysis.business_day import day_begins, day_ends
from tools.analysis.calendar import PeriodError
from tools.analysis.rfm import SEGMENTS
from tools.analysis.until import resolve_until
from tools.context import ToolContext
from tools.directory import Store
from tools.drafts import CustomerListDraft, SignageDraft, StoreNoteDraft
from tools.errors import BadArgumentError
from tools.proposing.filing import REASON_HELP, STORE_HELP, file, one_store, proposals_of
from tools.registry import Arguments, tool
from tools.result import ToolResult
from tools.wording import listed

_RECEIVER_HELP = "Which connected system, if the asker named one."


class ProposeCustomerListArguments(Arguments):
    """Arguments of ``propose_customer_list``."""

    segment: str = Field(
        min_length=1, max_length=80, description="The segment's name as customer_segments gives it: “At risk”."
    )
    weeks: int = Field(default=12, ge=1, le=52, description="By the visits of how many weeks.")
    offer: str | None = Field(default=None, max_length=200, description="What they shall be offered, if said.")
    store: str | None = Field(default=None, max_length=300, description=STORE_HELP)
    receiver: str | None = Field(default=None, max_length=60, description=_RECEIVER_HELP)
    reason: str | None = Field(default=None, max_length=300, description=REASON_HELP)


@tool(proposes=True)
def propose_customer_list(arguments: ProposeCustomerListArguments, context: ToolContext) -> ToolResult:
    """File a proposal to send a segment of customers to the marketing platform, for an offer. Nothing is sent yet.

    Use it for “send the at-risk customers of Market Street to the newsletter with 10 % off coffee”. Only people who
    agreed to be written to, by pseudonym, and never fewer than five; nobody is named.
    """
    proposals_of(context)
    store = one_store(arguments.store, context, "A customer list is made")
    draft = CustomerListDraft(
        store.store_id,
        _segment(arguments.segment),
        arguments.weeks * 7,
        arguments.offer or "",
        arguments.receiver or "",
        arguments.reason or "",
    )
    return file(draft, store, context, f"What are the customer segments at {store.name}?")


class ProposeStoreNoteArguments(Arguments):
    """Arguments of ``propose_store_note``."""

    title: str = Field(min_length=1, max_length=150, description="What the note is about, in a few words.")
    text: str = Field(min_length=1, max_length=1900, description="The note, in the asker's own words.")
    store: str | None = Field(default=None, max_length=300, description=STORE_HELP)
    receiver: str | None = Field(default=None, max_length=60, description=_RECEIVER_HELP)
    reason: str | None = Field(default=None, max_length=300, description=REASON_HELP)


@tool(proposes=True)
def propose_store_note(arguments: ProposeStoreNoteArguments, context: ToolContext) -> ToolResult:
    """File a proposal to write a note on the store's record in the operations platform. Nothing is written yet.

    Use it for “note on Harbor Point's record that the freezer was repaired”. Only words that the asker gave.
    """
    proposals_of(context)
    store = one_store(arguments.store, context, "A note is written")
    draft = StoreNoteDraft(
        store.store_id, arguments.title, arguments.text, arguments.receiver or "", arguments.reason or ""
    )
    return file(draft, store, context)


class ProposeSignageArguments(Arguments):
    """Arguments of ``propose_signage``."""

    playlist: str = Field(min_length=1, max_length=100, description="The playlist of the screens: “Entrance”.")
    content: str = Field(
        min_length=1, max_length=200, description="What it shall show, as the signage system knows it."
    )
    start: str | None = Field(default=None, max_length=120, description="First day; left out, now.")
    until: str | None = Field(default=None, max_length=120, description="Last day: “Sunday”; left out, no end.")
    store: str | None = Field(default=None, max_length=300, description=STORE_HELP)
    receiver: str | None = Field(default=None, max_length=60, description=_RECEIVER_HELP)
    reason: str | None = Field(default=None, max_length=300, description=REASON_HELP)


@tool(proposes=True)
def propose_signage(arguments: ProposeSignageArguments, context: ToolContext) -> ToolResult:
    """File a proposal to change what a playlist of the store's screens shows. Nothing changes until it is approved.

    Use it for “show holiday-2026 on the Entrance playlist until Sunday”.
    """
    proposals_of(context)
    store = one_store(arguments.store, context, "A playlist is changed")
    now = context.clock.now()
    first, last = _day(arguments.start, "start", store, context), _day(arguments.until, "until", store, context)
    begins = day_begins(first, store.timezone, store.day_starts_at) if first else now
    ends = day_ends(last, store.timezone, store.day_starts_at) - timedelta(seconds=1) if last else None
    draft = SignageDraft(
        store.store_id,
        arguments.playlist,
        arguments.content,
        max(begins, now),
        ends,
        arguments.receiver or "",
        arguments.reason or "",
    )
    return file(draft, store, context)


def _segment(phrase: str) -> str:
    """The segment's own name, also of one that was joined with its neighbours (“Champions and Loyal customers”).

    Raises:
        BadArgumentError: there is none of that name.
    """
    words = _bare(phrase)
    called = (words, words.removesuffix(" customers"), f"{words} customers")
    found = next((name for name in SEGMENTS if _bare(name) in called), None)
    if found is not None:
        return found
    parts = [_bare(part) for part in re.split(r" and |, ", phrase)]
    if all(part in {_bare(name) for name in SEGMENTS} for part in parts):
        return phrase
    raise BadArgumentError(f"segment: there is none called “{phrase}”. There are {listed(SEGMENTS, most=9)}.")


def _bare(text: str) -> str:
    return " ".join(re.sub(r"[-,]", " ", text.lower()).split())


def _day(phrase: str | None, field: str, store: Store, context: ToolContext) -> date | None:
    if not phrase:
        return None
    try:
        return resolve_until(phrase, today=store.today(context.clock.now()))
    except PeriodError as error:
        raise BadArgumentError(f"{field}: {error}") from error
