"""Who a person is and what they may see.

Rights live in the ``member`` table and are looked up on every question, click and execution; nothing a message, a
channel name or a model says can widen them. A channel only narrows what a question means by default.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select

from agent.db.engine import Database
from agent.db.tables import Channel, Member
from agent.errors import BadInputError, RefusedError
from tools.context import Role, Scope

SEES_EVERY_STORE = frozenset({Role.OWNER, Role.ANALYST})
APPROVES = frozenset({Role.OWNER, Role.DISTRICT_MANAGER, Role.STORE_MANAGER})


@dataclass(frozen=True, slots=True)
class Person:
    """A member as stored. ``stores`` empty means every store for owners and analysts, none for the others.

    ``approve_limit_minor`` is the largest money effect this person may approve, None for no limit of their own.
    """

    user_id: str
    role: Role
    name: str
    stores: tuple[str, ...]
    approve_limit_minor: int | None = None
    active: bool = True

    def may_see(self, store_id: str) -> bool:
        """Whether the store is among theirs."""
        return store_id in self.stores or (not self.stores and self.role in SEES_EVERY_STORE)


class Directory:
    """Members and channels. ``stores`` gives the ids of the active stores, as the mirror knows them now."""

    def __init__(self, database: Database, stores: Callable[[], Sequence[str]]) -> None:
        self._database = database
        self._stores = stores

    def scope_for(
        self,
        user_id: str,
        *,
        channel_id: str = "",
        thread_id: str = "",
        is_guest: bool = False,
        is_bot: bool = False,
        is_deleted: bool = False,
        team_ok: bool = True,
    ) -> Scope:
        """What this person may see, here.

        Args:
            user_id: who asks.
            channel_id: where; its stores become the default, as far as the person may see them.
            thread_id: the conversation.
            is_guest: a guest of the workspace or a stranger from a connected one.
            is_bot: another app.
            is_deleted: a deactivated account.
            team_ok: False when the account belongs to another workspace.

        Raises:
            RefusedError: no member, or not a person of this workspace.
        """
        if is_bot:
            raise RefusedError("I answer people, not other apps.")
        if is_deleted:
            raise RefusedError("This account is deactivated, so I cannot answer it.")
        if is_guest or not team_ok:
            raise RefusedError(
                "I share store figures with members of this workspace only, and you are here as a guest. "
                "Please ask a colleague, or ask the owner for an account of your own."
            )
        person = self.person(user_id)
        if person is None or not person.active:
            raise RefusedError(
                "I do not know you as a member of the team yet, so I cannot share store figures. "
                f"Please ask {self._owners()} to add you."
            )
        mine = self.store_ids(person)
        if not mine:
            raise RefusedError(f"You have no store yet. Please ask {self._owners()} to assign you to one.")
        here = set(self.channel_stores(channel_id)) if channel_id else set()
        default = tuple(store for store in mine if store in here) or mine
        return Scope(user_id, person.role, mine, default, thread_id=thread_id, channel_id=channel_id)

    def store_ids(self, person: Person) -> tuple[str, ...]:
        """The active stores of a person, sorted."""
        return tuple(sorted(store for store in self._stores() if person.may_see(store)))

    def person(self, user_id: str) -> Person | None:
        """One member, or None; inactive ones included."""
        with self._database.reading() as session:
            row = session.get(Member, user_id)
            return None if row is None else _person(row)

    def members(self) -> list[Person]:
        """Everybody, by id."""
        with self._database.reading() as session:
            return [_person(row) for row in session.scalars(select(Member).order_by(Member.user_id))]

    def approvers(self, store_id: str) -> list[Person]:
        """Active people whose role and stores allow them to approve changes there, nearest to the store first."""
        order = [Role.STORE_MANAGER, Role.DISTRICT_MANAGER, Role.OWNER]
        able = [p for p in self.members() if p.active and p.role in APPROVES and p.may_see(store_id)]
        return sorted(able, key=lambda p: (order.index(p.role), p.user_id))

    def channel_stores(self, channel_id: str) -> tuple[str, ...]:
        """The stores a channel is about; empty when it is about none in particular."""
        with self._database.reading() as session:
            row = session.get(Channel, channel_id)
            return () if row is None else tuple(row.stores)

    def replace_members(self, members: Sequence[Mapping[str, Any]]) -> None:
        """Store these members (SCHEMA's columns; ``stores`` a list or ``;``-separated) instead of all others.

        Raises:
            BadInputError: a row without an id, a doubled id, an unknown role, or a bad limit; nothing is changed.
        """
        rows = [_member(document, number) for number, document in enumerate(members, start=1)]
        _refuse_doubles([row.user_id for row in rows], "user_id")
        with self._database.session() as session:
            session.execute(delete(Member))
            session.add_all(rows)

    def replace_channels(self, channels: Sequence[Mapping[str, Any]]) -> None:
        """Store these channels (``channel_id``, ``name``, ``stores``) instead of all others.

        Raises:
            BadInputError: a row without an id, or a doubled id; nothing is changed.
        """
        rows = [
            Channel(
                channel_id=_word(document, "channel_id", f"channel {number}"),
                name=str(document.get("name") or ""),
                stores=_store_list(document.get("stores")),
            )
            for number, document in enumerate(channels, start=1)
        ]
        _refuse_doubles([row.channel_id for row in rows], "channel_id")
        with self._database.session() as session:
            session.execute(delete(Channel))
            session.add_all(rows)

    def channels(self) -> list[tuple[str, tuple[str, ...]]]:
        """Every channel with the stores it is about, by id."""
        with self._database.reading() as session:
            rows = session.scalars(select(Channel).order_by(Channel.channel_id))
            return [(row.channel_id, tuple(row.stores)) for row in rows]

    def channels_of(self, store_id: str) -> list[str]:
        """Channels that are about this store alone."""
        with self._database.reading() as session:
            rows = session.scalars(select(Channel).order_by(Channel.channel_id))
            return [row.channel_id for row in rows if list(row.stores) == [store_id]]

    def _owners(self) -> str:
        names = [p.name or p.user_id for p in self.members() if p.active and p.role is Role.OWNER]
        return " or ".join(names) if names else "the owner"


def _person(row: Member) -> Person:
    return Person(row.user_id, Role(row.role), row.name, tuple(row.stores), row.approve_limit_minor, row.active)


def _member(document: Mapping[str, Any], number: int) -> Member:
    place = f"member {number}"
    role = _word(document, "role", place)
    if role not in set(Role):
        raise BadInputError(f"{place}: role “{role}” is not one of {', '.join(Role)}.")
    limit = document.get("approve_limit_minor")
    try:
        limit_minor = None if limit in (None, "") else int(limit)
    except (TypeError, ValueError) as error:
        raise BadInputError(f"{place}: approve_limit_minor must be whole minor units, not “{limit}”.") from error
    if limit_minor is not None and limit_minor < 0:
        raise BadInputError(f"{place}: approve_limit_minor cannot be negative.")
    return Member(
        user_id=_word(document, "user_id", place),
        role=role,
        name=str(document.get("name") or ""),
        stores=_store_list(document.get("stores")),
        approve_limit_minor=limit_minor,
        active=bool(document.get("active", True)),
    )


def _word(document: Mapping[str, Any], field: str, place: str) -> str:
    value = str(document.get(field) or "").strip()
    if not value:
        raise BadInputError(f"{place}: {field} is missing.")
    return value


def _store_list(value: Any) -> list[str]:
    parts = value.split(";") if isinstance(value, str) else (value or [])
    return sorted({str(part).strip() for part in parts if str(part).strip()})


def _refuse_doubles(ids: Sequence[str], field: str) -> None:
    doubled = sorted({one for one in ids if ids.count(one) > 1})
    if doubled:
        raise BadInputError(f"{field} is given twice: {', '.join(doubled)}.")
