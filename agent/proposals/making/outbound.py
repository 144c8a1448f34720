"""Changes that leave as a signed webhook: which receiver takes them, and whom a list is for."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from agent.proposals.catalogue import Place
from agent.proposals.ground import Ground
from agent.proposals.kinds.outbound import MOST_NOTE, CustomerListExport, SignageUpdate, StoreNote
from connectors.base import ActionKind, Support
from connectors.outbound.target import LEAST_PEOPLE, PREFIX
from tools.drafts import CustomerListDraft, SignageDraft, StoreNoteDraft
from tools.errors import BadArgumentError, NoDataError, ToolError

MOST_PEOPLE = 50_000
_LATE = timedelta(minutes=5)
_LONGEST = timedelta(days=366)
_WORDS = {
    ActionKind.CUSTOMER_LIST: ("customer lists", "customer_list"),
    ActionKind.STORE_NOTE: ("store notes", "store_note"),
    ActionKind.SIGNAGE: ("signage playlists", "signage"),
}


def customer_list(draft: CustomerListDraft, ground: Ground, now: datetime) -> CustomerListExport:
    """The export a draft means, with how many people it would be now.

    Raises:
        BadArgumentError: the store, the receiver or the period is none.
        ToolError: fewer than five people agreed, or too many are in it.
    """
    if not 7 <= draft.period_days <= 366:
        raise BadArgumentError("period: a segment is by the visits of 7 to 366 days.")
    shared = _shared(draft.store_id, draft.receiver, draft.reason, ActionKind.CUSTOMER_LIST, ground)
    made = CustomerListExport(
        **shared,
        segment=draft.segment.strip()[:80],
        period_days=draft.period_days,
        as_of=now,
        count="0",
        offer=draft.offer.strip()[:200],
    )
    seen = ground.look(made.action("look"), made.connection, f"the segment “{made.segment}”")
    count = int(seen.before.get("count", 0))
    if count < LEAST_PEOPLE:
        raise NoDataError(
            f"Fewer than {LEAST_PEOPLE} people of “{made.segment}” at {made.store_name} agreed to be written to, so no "
            "list of them is made."
        )
    if count > MOST_PEOPLE:
        raise ToolError(f"“{made.segment}” is {count:,} people; a list can have {MOST_PEOPLE:,} at most.")
    return made.model_copy(update={"count": str(count)})


def note(draft: StoreNoteDraft, ground: Ground, now: datetime) -> StoreNote:  # noqa: ARG001
    """The note a draft means.

    Raises:
        BadArgumentError: the store or the receiver is none, or the words are missing or too many.
    """
    title, text = " ".join(draft.title.split()), " ".join(draft.text.split())
    # Slack writes these three signs as five characters.
    length = len(text) + 4 * sum(text.count(sign) for sign in "&<>")
    if not title or len(title) > 150 or not text or length > MOST_NOTE:
        raise BadArgumentError(f"A note needs a title of at most 150 and a text of at most {MOST_NOTE:,} characters.")
    return StoreNote(
        **_shared(draft.store_id, draft.receiver, draft.reason, ActionKind.STORE_NOTE, ground), title=title, text=text
    )


def signage(draft: SignageDraft, ground: Ground, now: datetime) -> SignageUpdate:
    """The playlist a draft means.

    Raises:
        BadArgumentError: the store or the receiver is none, or the words or times cannot be used.
    """
    playlist, content = draft.playlist.strip(), draft.content.strip()
    if not playlist or len(playlist) > 100 or not content or len(content) > 200:
        raise BadArgumentError("Name the playlist in at most 100 and its content in at most 200 characters.")
    if draft.starts_at < now - _LATE:
        raise BadArgumentError("The playlist would begin in the past; please name a later day.")
    if draft.ends_at is not None and not timedelta(0) < draft.ends_at - draft.starts_at <= _LONGEST:
        raise BadArgumentError("The playlist must end after it begins, and within a year.")
    return SignageUpdate(
        **_shared(draft.store_id, draft.receiver, draft.reason, ActionKind.SIGNAGE, ground),
        playlist=playlist,
        content=content,
        starts_at=draft.starts_at,
        ends_at=draft.ends_at,
    )


def _shared(store_id: str, receiver: str, reason: str, kind: ActionKind, ground: Ground) -> dict[str, Any]:
    place: Place | None = ground.catalogue.place(store_id)
    if place is None or not place.active:
        raise BadArgumentError("I do not know that store, or it is closed, so I cannot send anything about it.")
    connection = _receiver(receiver, kind, ground)
    return {
        "connection": connection,
        "receiver": connection.removeprefix(PREFIX),
        "store_id": place.store_id,
        "store_name": place.name,
        "store_external_id": place.external_id,
        "currency": place.currency,
        "time_zone": place.time_zone,
        "reason": reason.strip()[:500],
    }


def _receiver(name: str, kind: ActionKind, ground: Ground) -> str:
    what, word = _WORDS[kind]
    able = [
        connection
        for connection, live in ground.readers.items()
        if connection.startswith(PREFIX)
        and (offered := live.capabilities().get(kind)) is not None
        and offered.write is Support.YES
    ]
    if not able:
        raise ToolError(
            f"Nothing is set up that takes {what}. Whoever runs me can name one in the file of FLOORWALKER_OUTBOUND, "
            f"with “{word}” among its kinds."
        )
    wanted = [one for one in able if one.removeprefix(PREFIX).casefold() == name.strip().casefold()] if name else able
    if len(wanted) != 1:
        names = ", ".join(one.removeprefix(PREFIX) for one in able)
        raise BadArgumentError(f"receiver: which of these shall get it: {names}?")
    return wanted[0]
