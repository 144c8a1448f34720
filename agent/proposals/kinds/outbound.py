"""Changes that leave as a signed webhook: a customer list, a note on a store's record, a playlist of the screens."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal
from zoneinfo import ZoneInfo

from pydantic import Field

from agent.proposals.facts import Facts, Value
from agent.proposals.payload import Payload, Risk, sha256_of
from connectors.base import ActionKind

MOST_NOTE = 1900
"""So long that a card still shows all of it: what is approved has to be seen."""

People = Annotated[str, Field(pattern=r"^\d{1,7}$")]


class _Outbound(Payload):
    """``receiver`` is the name of the target in the settings."""

    far_end: ClassVar[str] = "receiver"

    receiver: str
    time_zone: str

    def target(self) -> dict[str, Any]:
        """The store it is about."""
        return {"store_id": self.store_id}

    def look_up(self) -> str:
        """Where to look."""
        return f"Please look in {self.receiver} for it."

    def _local(self, at: datetime) -> str:
        return f"{at.astimezone(ZoneInfo(self.time_zone)):%a %d %b %Y, %H:%M}"


class CustomerListExport(_Outbound):
    """Pseudonyms of the people of a segment who agreed to be written to; the list itself is made when it is sent.

    ``rule`` is the segment over ``period_days`` days before ``as_of``; ``count`` is the most people it may be.
    """

    action_kind: ClassVar[ActionKind] = ActionKind.CUSTOMER_LIST
    risk: ClassVar[Risk] = Risk.HIGH
    noun: ClassVar[str] = "customer list"

    kind: Literal["customer_list_export"] = "customer_list_export"
    segment: str
    period_days: int
    as_of: datetime
    count: People
    offer: str = ""

    def target_key(self) -> str:
        """The same segment for the same receiver."""
        return f"{self.kind}:{self.store_id}:{sha256_of([self.receiver, self.segment, self.offer])[:16]}"

    def change(self) -> dict[str, Any]:
        """The rule, as of when, and how many at most."""
        return {
            "name": self.segment,
            "rule": {"segment": self.segment, "period_days": str(self.period_days)},
            "as_of": self.as_of.isoformat(),
            "count": self.count,
            **({"offer": self.offer} if self.offer else {}),
        }

    def facts(self) -> Facts:
        """Who gets how many of whom, and never a name."""
        notes = (
            f"{int(self.count):,} people who agreed to be written to, by pseudonym; no names, no addresses",
            f"By their visits in the {self.period_days} days up to {self._local(self.as_of)}",
            f"Offer: {self.offer}" if self.offer else "",
        )
        return Facts(
            title="Customer list export",
            subject=f"{self.segment} → {self.receiver}",
            values=(Value("People", "", self.count, "units"),),
            notes=tuple(note for note in notes if note),
            consequence=(
                "Approving sends the list out of floorwalker; it cannot be taken back. It is made anew from the rule: "
                "if that gives more people than shown, nothing is sent."
            ),
            verb="Send the list",
        )

    def done(self) -> str:
        """That it was sent."""
        return (
            f"List “{self.segment}” of {self.store_name} (at most {int(self.count):,} people) sent to {self.receiver}."
        )

    def moved(self, live: Mapping[str, Any]) -> str:
        """How many it would be now."""
        return (
            f"Nothing was sent: “{self.segment}” at {self.store_name} is {live.get('count', 'another number of')} "
            f"people now, and the approval was for {self.count}. Ask me again to propose it as it is now."
        )


class StoreNote(_Outbound):
    """A note on the store's record."""

    action_kind: ClassVar[ActionKind] = ActionKind.STORE_NOTE
    risk: ClassVar[Risk] = Risk.MEDIUM
    noun: ClassVar[str] = "note"

    kind: Literal["store_note"] = "store_note"
    title: Annotated[str, Field(min_length=1, max_length=150)]
    text: Annotated[str, Field(min_length=1, max_length=MOST_NOTE)]

    def target_key(self) -> str:
        """The same note."""
        return f"{self.kind}:{self.store_id}:{sha256_of([self.receiver, self.title, self.text])[:16]}"

    def change(self) -> dict[str, Any]:
        """The words."""
        return {"title": self.title, "text": self.text}

    def facts(self) -> Facts:
        """The words, whole."""
        return Facts(
            title="Store note",
            subject=f"{self.title} → {self.receiver}",
            notes=(self.text,),
            consequence="Approving writes the note on the store’s record there; it cannot be taken back from here.",
            verb="Write the note",
        )

    def done(self) -> str:
        """That it was written."""
        return f"Note “{self.title}” on {self.store_name} sent to {self.receiver}."


class SignageUpdate(_Outbound):
    """What a playlist of the screens shall show, from when and until when."""

    action_kind: ClassVar[ActionKind] = ActionKind.SIGNAGE
    risk: ClassVar[Risk] = Risk.MEDIUM
    noun: ClassVar[str] = "playlist"

    kind: Literal["signage_update"] = "signage_update"
    playlist: Annotated[str, Field(min_length=1, max_length=100)]
    content: Annotated[str, Field(min_length=1, max_length=200)]
    starts_at: datetime
    ends_at: datetime | None = None

    def target_key(self) -> str:
        """One playlist of one store."""
        return f"{self.kind}:{self.store_id}:{sha256_of([self.receiver, self.playlist])[:16]}"

    def change(self) -> dict[str, Any]:
        """What, from when, until when."""
        until = {"ends_at": self.ends_at.isoformat()} if self.ends_at else {}
        return {
            "playlist": self.playlist,
            "content": self.content,
            "starts_at": self.starts_at.isoformat(),
            **until,
        }

    def pointless_after(self) -> datetime | None:
        """Its end."""
        return self.ends_at

    def facts(self) -> Facts:
        """What is shown when."""
        until = f" until {self._local(self.ends_at)}" if self.ends_at else ", without an end"
        return Facts(
            title="Signage playlist",
            subject=f"{self.playlist} → {self.receiver}",
            values=(Value("Content", "", self.content),),
            notes=(f"From {self._local(self.starts_at)}{until}",),
            consequence="Approving changes what customers see on the screens; what they show now is not known here.",
            verb="Change the playlist",
        )

    def done(self) -> str:
        """That it was sent."""
        return f"Playlist “{self.playlist}” of {self.store_name} sent to {self.receiver}: {self.content}."
