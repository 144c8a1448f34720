"""What a view of the gate is: names for people, SQL over the mirror, and who may see which column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from tools.context import Role

FACTOR = "@factor@"
"""Stands for major units per minor unit, which depends on the stores' currencies."""

MONEY = "@money@"
"""Stands for the type of an amount in major units."""


class People(IntEnum):
    """How much a column tells of a member of staff; a role sees everything up to its own level."""

    NOTHING = 0
    ID = 1
    NAME_AND_PAY = 2


_LEVELS: Mapping[Role, People] = {
    Role.OWNER: People.NAME_AND_PAY,
    Role.DISTRICT_MANAGER: People.NAME_AND_PAY,
    Role.STORE_MANAGER: People.NAME_AND_PAY,
    Role.ANALYST: People.ID,
    Role.STAFF: People.NOTHING,
}


@dataclass(frozen=True, slots=True)
class ViewColumn:
    """One column: its type and meaning as people read them, and the SQL that makes it out of the view's relation."""

    name: str
    type: str
    about: str
    sql: str
    people: People = People.NOTHING


@dataclass(frozen=True, slots=True)
class View:
    """One view.

    Attributes:
        name: how a query names it.
        about: one row of it, in words.
        relation: what stands after FROM; ``x`` has ``store_id``, and ``business_on`` where the view is dated.
            ``@stores@`` stands for the scope's stores, ``@days:d@`` for the days as a condition on ``d``.
        joins: alias and SQL of what else may be joined, in order; only what the wanted columns need is.
        columns: every column that anybody may see.
        dated: true if ``business_on`` limits its rows.
        by_store: false for the few lists that belong to the whole chain; ``condition`` limits those.
        condition: a further condition, always applied.
        people: the least a role must be allowed to know to see the view at all.
        sources: topics of the snapshot whose freshness and origin matter.
    """

    name: str
    about: str
    relation: str
    columns: tuple[ViewColumn, ...]
    joins: tuple[tuple[str, str], ...] = ()
    dated: bool = True
    by_store: bool = True
    condition: str = ""
    people: People = People.NOTHING
    sources: tuple[str, ...] = ("sales",)

    def column(self, name: str) -> ViewColumn | None:
        """The column of this name."""
        return next((column for column in self.columns if column.name == name), None)


def columns_for(view: View, role: Role) -> tuple[ViewColumn, ...]:
    """The columns of a view that this role may see."""
    return tuple(column for column in view.columns if column.people <= _LEVELS[role])


def views_for(views: Mapping[str, View], role: Role) -> dict[str, View]:
    """The views that this role may see at all."""
    return {name: view for name, view in views.items() if view.people <= _LEVELS[role]}


def text(name: str, about: str, sql: str = "", people: People = People.NOTHING) -> ViewColumn:
    """A text column, by default ``x.<name>``."""
    return ViewColumn(name, "text", about, sql or f"x.{name}", people)


def day(name: str, about: str, sql: str = "") -> ViewColumn:
    """A date column."""
    return ViewColumn(name, "date", about, sql or f"x.{name}")


def moment(name: str, about: str, sql: str) -> ViewColumn:
    """An instant by the store's own clock, without a zone."""
    return ViewColumn(name, "timestamp", about, sql)


def whole(name: str, about: str, sql: str = "") -> ViewColumn:
    """A whole number."""
    return ViewColumn(name, "whole", about, f"CAST({sql or f'x.{name}'} AS BIGINT)")


def number(name: str, about: str, sql: str = "") -> ViewColumn:
    """A decimal number."""
    return ViewColumn(name, "number", about, sql or f"x.{name}")


def flag(name: str, about: str, sql: str = "") -> ViewColumn:
    """True or false."""
    return ViewColumn(name, "yes/no", about, sql or f"COALESCE(x.{name}, FALSE)")


def money(name: str, about: str, minor: str, people: People = People.NOTHING) -> ViewColumn:
    """An amount in major units, exact: minor units are multiplied, never divided."""
    return ViewColumn(name, "money", about, f"CAST(({minor}) * {FACTOR} AS {MONEY})", people)


def price(name: str, about: str, sql: str = "") -> ViewColumn:
    """A unit price or cost, which the mirror keeps in major units."""
    return ViewColumn(name, "money", about, sql or f"x.{name}")
