"""How often goods stood on a display or were in the mailer: products, departments, and the places themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from tools.amounts import figure, percent_said, percent_text, stands_on
from tools.context import ToolContext
from tools.errors import BadArgumentError, NoDataError
from tools.frame import Frame, frame
from tools.metrics.placements_query import PLACES, build_placements
from tools.part import DEPARTMENT_HELP, part_of
from tools.products import unnamed
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.search import lookup, words_of
from tools.wording import counted, listed

SHOWN = 5
_THINGS = {"display": "on a display", "mailer": "in the mailer"}


class PromotionPlacementsArguments(Arguments):
    """Arguments of ``promotion_placements``."""

    by: Literal["product", "department", "category", "brand", "store", "display", "mailer", "promotion"] = Field(
        default="product", description="What is counted by; display and mailer are the places themselves."
    )
    support: Literal["display", "mailer"] | None = Field(default=None, description="Only displays, or only the mailer.")
    place: str | None = Field(
        default=None,
        max_length=60,
        description="Only there, in the asker's own words: “front”, “end cap”, “front page”.",
    )
    period: str = Field(default="last 8 weeks", max_length=120, description="When, in the asker's own words.")
    stores: str | None = Field(default=None, max_length=300, description="Which stores, in the asker's own words.")
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    order: Literal["top", "bottom"] = Field(default="top", description="Most or fewest first.")
    limit: int = Field(default=10, ge=1, le=100, description="How many rows.")


@dataclass(frozen=True, slots=True)
class _Counted:
    """All that is shown."""

    asked: Frame
    arguments: PromotionPlacementsArguments
    rows: Sequence[Mapping[str, Any]]
    names: Mapping[str, str]
    placements: int
    products: int
    where: str


@tool()
def promotion_placements(arguments: PromotionPlacementsArguments, context: ToolContext) -> ToolResult:
    """How often products were on display or in the mailer, by product, department, store or place.

    Use it for “which products were on display most often”, “which display location is used most”, “how many products
    were on the front page of the mailer”, “which department is advertised most”, “products on an end cap”. A placement
    is one product in one store in one promotion. What it did to sales is ``promotion_lift``; what is on promotion now
    is ``promotions_running``.
    """
    asked = frame(arguments.period, arguments.stores, context)
    part = part_of(None, arguments.department, asked.stores, context)
    places = [(str(row[0]), str(row[1])) for row in context.mirror.query(PLACES).rows]
    if not places:
        raise NoDataError(
            "No displays or mailers are recorded. They are the columns display and mailer of promotion_item, from the"
            " point of sale or a file."
        )
    displays, mailers, where = _chosen(arguments, places)
    statement = build_placements(
        arguments.by, asked.stores.ids, (asked.start_on, asked.end_on), context.scope,
        displays=displays, mailers=mailers, only=part.only if part else None,
    )  # fmt: skip
    rows = context.mirror.query(statement.sql, statement.params).dicts()
    about = f"{part.label} " if part else ""
    if not rows:
        raise NoDataError(f"Nothing of {about or 'the range '}was {where} {asked.when}, {asked.stores.label}.")
    everything, products = int(rows[0]["all_placements"]), int(rows[0]["all_products"])
    if arguments.by == "display":
        rows = [row for row in rows if row["key"] != "no display"]
    elif arguments.by == "mailer":
        rows = [row for row in rows if row["key"] != "not in the mailer"]
    if arguments.order == "bottom":
        rows = rows[::-1]
    made = _Counted(
        asked, arguments, rows, _names(arguments.by, rows[: arguments.limit], asked), everything, products,
        f"{f'of {part.label} ' if part else ''}{where}",
    )  # fmt: skip
    first = _headline(made)
    return ToolResult(
        headline=first,
        text=" ".join([first, *_sentences(made)]),
        figures=tuple(_figures(made)),
        table=_table(made),
        caveats=(
            (
                "Counted from the plans: a placement is one product in one store in one promotion; what was sold of it"
                " is another matter."
            ),
            *_undated(rows),
        ),
        follow_ups=("Promotion lift by display and mailer", "What is on promotion this week?"),
        provenance=stands_on(asked, ("placements", "promoted_products"), [statement]),
    )


def _undated(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """How many placements are of promotions whose start is not recorded."""
    number = int(rows[0]["all_undated"]) if rows else 0
    verb = "is of a promotion" if number == 1 else "are of promotions"
    return [f"{counted(number, 'placement')} {verb} without a recorded start, taken as begun before."] if number else []


def _chosen(
    arguments: PromotionPlacementsArguments, places: Sequence[tuple[str, str]]
) -> tuple[list[str] | None, list[str] | None, str]:
    """The displays and mailers that count, None where they do not matter, and how to speak of them.

    Raises:
        BadArgumentError: no recorded place is called that.
    """
    support = arguments.support or (arguments.by if arguments.by in _THINGS and not arguments.place else None)
    if arguments.place is None:
        if support is None:
            return [], [], "on a display or in the mailer"
        return ([], None, _THINGS["display"]) if support == "display" else (None, [], _THINGS["mailer"])
    wanted = set(words_of(arguments.place))
    fitting = [
        (kind, name) for kind, name in places if wanted <= set(words_of(name)) and (support is None or kind == support)
    ]
    if not fitting:
        known = listed([name for kind, name in places if support is None or kind == support], "or", most=12)
        raise BadArgumentError(f"“place” is nothing recorded: “{arguments.place[:40]}”. There is {known}.")
    displays = [name for kind, name in fitting if kind == "display"]
    mailers = [name for kind, name in fitting if kind == "mailer"]
    said = [f"on display ({listed(displays, 'or')})"] if displays else []
    said += [f"in the mailer ({listed(mailers, 'or')})"] if mailers else []
    return displays or None, mailers or None, listed(said, "or")


def _names(by: str, rows: Sequence[Mapping[str, Any]], asked: Frame) -> dict[str, str]:
    keys = [str(row["key"]) for row in rows]
    if by == "store":
        return {key: asked.stores.name(key) for key in keys}
    if by == "product":
        known = lookup(keys, asked.context)
        return {key: (known.get(key) or unnamed(key)).name for key in keys}
    return {key: key for key in keys}


def _headline(made: _Counted) -> str:
    asked, by = made.asked, made.arguments.by
    first = made.rows[0]
    number = int(first["placements"])
    rank = "fewest" if made.arguments.order == "bottom" else "most"
    name = made.names[str(first["key"])]
    what = (
        f"Products {made.where} {asked.when}, {asked.stores.label}: {made.products:,} in {made.placements:,} placements"
    )
    more = f" in {counted(int(first['stores']), 'store')}" if by != "store" else ""
    return f"{what}; by {by}, {name} has the {rank} with {number:,} ({percent_said(number, made.placements)}){more}."


def _sentences(made: _Counted) -> list[str]:
    rest = made.rows[1 : min(SHOWN, made.arguments.limit)]
    if not rest:
        return []
    told = "; ".join(
        f"{place}. {made.names[str(row['key'])]} {int(row['placements']):,}" for place, row in enumerate(rest, 2)
    )
    return [f"Then {told} ({counted(len(made.rows), 'group')} in all)."]


def _figures(made: _Counted) -> list[Figure]:
    found = [
        figure(made.asked, "placements", made.placements, "count"),
        figure(made.asked, "promoted_products", made.products, "count"),
    ]
    for row in made.rows[: made.arguments.limit]:
        group = {str(made.arguments.by): made.names[str(row["key"])]}
        found.append(figure(made.asked, "placements", int(row["placements"]), "count", group))
        found.append(figure(made.asked, "promoted_products", int(row["products"]), "count", group))
    return found


def _table(made: _Counted) -> Table:
    columns = (
        TableColumn(made.arguments.by.capitalize(), "text"), TableColumn("Placements", "count"),
        TableColumn("Share", "%"), TableColumn("Products", "count"), TableColumn("Stores", "count"),
        TableColumn("Promotions", "count"),
    )  # fmt: skip
    rows = [
        (
            made.names[str(row["key"])], int(row["placements"]), percent_text(row["placements"], made.placements),
            int(row["products"]), int(row["stores"]), int(row["promotions"]),
        )
        for row in made.rows[: made.arguments.limit]
    ]  # fmt: skip
    return Table(columns, rows)
