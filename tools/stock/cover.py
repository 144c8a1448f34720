"""How long the stock lasts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from tools.bounded_groups import BoundedArguments, within, within_said
from tools.bounds import Bounds
from tools.context import ToolContext
from tools.errors import NoDataError
from tools.metrics.cover_query import build_cover, build_longest_cover
from tools.metrics.query import Filter
from tools.ordering import ORDER_HELP, Order, ends_in_order, rank
from tools.part import DEPARTMENT_HELP, PRODUCT_HELP
from tools.registry import tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.search import lookup
from tools.stock.frame import (
    STORES_HELP,
    StockFrame,
    new_goods_said,
    product_group,
    quantity,
    rounded,
    spoken_quantity,
    stock_caveats,
    stock_figure,
    stock_frame,
    stock_provenance,
)
from tools.stock.out_rates import title_of
from tools.wording import counted

DAYS_HELP = "Over how many of the last days demand is measured; 28 unless said."
LEAST_RATE = 1
"""A group that sells fewer units a day is not named for its cover: a piece more or less would move it far."""
LEAST_UNITS = 4
"""What a product has to have sold to be ranked by its cover, as for what runs out soon."""
_TOPICS = ("inventory",)
_NAMED, _SHOWN = 3, 5
_AS_IT_WAS = "Days of cover take the rate as it was; no promotion, season or delivery is foreseen in it."


class StockCoverArguments(BoundedArguments):
    """Arguments of ``stock_cover``; its bounds are days of cover."""

    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    product: str | None = Field(default=None, max_length=200, description=PRODUCT_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    by: Literal["store", "department", "category", "product", "store, department", "store, category"] | None = Field(
        default=None, description="Split the answer by this, or by stores and what is in each; products cut to limit."
    )
    days: int = Field(default=28, ge=7, le=365, description=DAYS_HELP)
    order: Order | None = Field(default=None, description=ORDER_HELP)
    limit: int = Field(default=10, ge=1, le=100, description="How many products, 1 to 100.")


@tool()
def stock_cover(arguments: StockCoverArguments, context: ToolContext) -> ToolResult:
    """Days and weeks of cover: how long the stock on hand lasts at the rate of the last days.

    Use it for “days of cover for dairy at Harbor Point”, “weeks of cover by department”, “how long will our oat milk
    last?”, “top 10 products by days of supply” (by product, order top). Days of cover are pieces on hand divided by
    mean daily units over the last 28 trading days. Departments and categories with nothing on hand, or that sell less
    than one unit a day, stand last and do not lead; products are those in stock that sold 4 units or more.
    """
    asked = stock_frame(
        arguments.stores,
        context,
        days=arguments.days,
        product=arguments.product,
        department=arguments.department,
        several=True,
    )
    bounds = arguments.bounds(arguments.by)
    by = arguments.by or ""
    if by == "product":
        return _of_products(asked, arguments, bounds)
    first, _, second = by.partition(", ")
    statement = build_cover(
        asked.windows, context.scope, asked.asked.now, only=asked.only, by=first or None, within=second or None
    )
    rows = context.mirror.query(statement.sql, statement.params).dicts()
    if not rows:
        raise NoDataError(f"No stock level of goods sold by the piece is recorded{asked.asked.subject} there.")
    whole = _pace(rows)
    members: dict[tuple[str, str | None], list[Mapping[str, Any]]] = {}
    for row in rows:
        members.setdefault((row["key"], row["inner"]), []).append(row)
    headline = _headline(asked, whole)
    order = arguments.order or "bottom"
    groups = [
        _Group(key, title_of(asked, by, {"key": key[0], "inner": key[1]}), _pace(own)) for key, own in members.items()
    ]
    apart = _too_small(groups, by)
    groups.sort(key=lambda one: (one.key in apart, *rank(one.pace.cover, order), one.key))
    split = within(groups if by else [], lambda one: one.pace.cover, bounds)
    text = [headline]
    if bounds.given and by:
        text.append(within_said(len(split), len(groups), second or first, "cover", "days", bounds))
    known = [(one.title, _said(one.pace)) for one in split if one.pace.cover is not None and one.key not in apart]
    if arguments.order and known:
        text.append(ends_in_order(known, order))
    elif len(known) > 1:
        text.append(f"Shortest: {' '.join(known[0])}; longest: {' '.join(known[-1])}.")
    text += _apart_said([one.title for one in split if one.key in apart], by)
    return ToolResult(
        headline=headline,
        text=" ".join(text),
        figures=(
            *_figures(asked, whole, {}),
            *(f for one in split for f in _figures(asked, one.pace, _keyed(by, one))),
        ),
        table=_cover_table(asked, by, split, whole) if split or not bounds.given else None,
        caveats=(
            _AS_IT_WAS,
            *([new_goods_said(new)] if (new := max((int(row["new_goods"]) for row in rows), default=0)) else []),
            *stock_caveats(asked, sold=True),
        ),
        follow_ups=(
            f"Which products will stock out soon{asked.asked.same_part_and_stores}?",
            f"Inventory value by department{asked.asked.same_part_and_stores}",
        ),
        provenance=stock_provenance(asked, ("days_of_stock", "weeks_of_cover"), [statement], (*_TOPICS, "sales")),
    )


def _of_products(asked: StockFrame, arguments: StockCoverArguments, bounds: Bounds) -> ToolResult:
    """Single products that sell, by how long they last; which they are is found first, their days exactly after."""
    context, order = asked.context, arguments.order or "bottom"
    pairs = ((">", bounds.over), (">=", bounds.least), ("<", bounds.under), ("<=", bounds.most))
    conditions = [f"l.cover {sign} {value:f}" for sign, value in pairs if value is not None]
    ranked = build_longest_cover(
        asked.windows, context.scope, asked.asked.now, least=LEAST_UNITS, order=order, limit=arguments.limit,
        conditions=conditions, only=asked.only,
    )  # fmt: skip
    found = context.mirror.query(ranked.sql, ranked.params).dicts()
    whole_of = build_cover(asked.windows, context.scope, asked.asked.now, only=asked.only)
    rows = context.mirror.query(whole_of.sql, whole_of.params).dicts()
    if not rows:
        raise NoDataError(f"No stock level of goods sold by the piece is recorded{asked.asked.subject} there.")
    whole = _pace(rows)
    keys = [str(row["variant_id"]) for row in found]
    members: dict[str, list[Mapping[str, Any]]] = {key: [] for key in keys}
    statements = [ranked, whole_of]
    if keys:
        only = Filter(variants=tuple(keys))
        each = build_cover(asked.windows, context.scope, asked.asked.now, only=only, by="product")
        statements.append(each)
        for row in context.mirror.query(each.sql, each.params).dicts():
            members[str(row["key"])].append(row)
    names = lookup(keys, context)
    split = [_Group((key, None), names[key].name if key in names else key, _pace(own)) for key, own in members.items()]
    known = [(one.title, _said(one.pace)) for one in split]
    what = f"that sold {LEAST_UNITS} units or more in these days"
    number = counted(int(found[0]["looked_at"]), "product") if found else ""
    text = [_headline(asked, whole)]
    if not found:
        text.append(f"No product {what} is in stock{' within these bounds' if bounds.given else ''}.")
    elif bounds.given:
        said = within_said(int(found[0]["found"]), int(found[0]["looked_at"]), "product", "cover", "days", bounds)
        text.append(f"{said.removesuffix('.')}; counted are those in stock {what}.")
    else:
        text.append(f"Looked at are {number} in stock {what}.")
    if found:
        end = "Longest" if order == "top" else "Shortest"
        text.append(f"{end}: {'; '.join(f'{name} {days}' for name, days in known[:_SHOWN])}.")
    return ToolResult(
        headline=text[0],
        text=" ".join(text),
        figures=(
            *_figures(asked, whole, {}),
            *(f for one in split if one.key[0] in names
              for f in _figures(asked, one.pace, product_group(names[one.key[0]]))),
        ),
        table=_cover_table(asked, "product", split, whole) if split else None,
        caveats=(_AS_IT_WAS, *stock_caveats(asked, sold=True)),
        follow_ups=(f"Which products will stock out soon{asked.asked.same_part_and_stores}?",
                    f"Overstock{asked.asked.same_part_and_stores}"),
        provenance=stock_provenance(asked, ("days_of_stock", "weeks_of_cover"), statements, (*_TOPICS, "sales")),
    )  # fmt: skip


def _headline(asked: StockFrame, whole: _Pace) -> str:
    return (
        f"Days of cover{asked.asked.subject}, {asked.stores.label}: {_said(whole)}"
        f" ({spoken_quantity(whole.pieces)} pieces on hand, {rounded(whole.rate, 2)} units a day over"
        f" {asked.asked.when})."
    )


class _Pace:
    """Pieces on hand and units a day of some stores."""

    def __init__(self, pieces: Decimal, rate: Decimal) -> None:
        self.pieces = pieces
        self.rate = rate
        self.cover = pieces / rate if rate > 0 else None


@dataclass(frozen=True, slots=True)
class _Group:
    """A store, department or category, or one within a store: its keys, its name and its stock."""

    key: tuple[str, str | None]
    title: str
    pace: _Pace


def _too_small(groups: Sequence[_Group], by: str) -> set[tuple[str, str | None]]:
    """Departments and categories too small to lead; none where no other would be left, and no store as a whole."""
    if by in ("", "store"):
        return set()
    small = {one.key for one in groups if one.pace.pieces <= 0 or one.pace.rate < LEAST_RATE}
    return small if len(small) < len(groups) else set()


def _apart_said(names: Sequence[str], by: str) -> list[str]:
    if not names:
        return []
    first, _, second = by.partition(", ")
    what = f"{counted(len(names), second or first)}{' (counting each store)' if second else ''}"
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    last = f"{'stands' if len(names) == 1 else 'stand'} last: {'; '.join(names[:_NAMED])}{more}."
    return [f"{what} with nothing on hand or under {LEAST_RATE} unit a day {last}"]


def _pace(rows: Sequence[Mapping[str, Any]]) -> _Pace:
    """Each store's units over its own trading days, added up."""
    rate = sum((Decimal(r["units"] or 0) / Decimal(r["trading_days"]) for r in rows if r["trading_days"]), Decimal(0))
    return _Pace(sum((Decimal(row["pieces"]) for row in rows), Decimal(0)), rate)


def _said(one: _Pace) -> str:
    if one.cover is None:
        return "no end, because nothing sold"
    return f"{rounded(one.cover)} days ({rounded(one.cover / 7)} weeks)"


def _figures(asked: StockFrame, one: _Pace, group: Mapping[str, str]) -> list[Figure]:
    stores = (group["store"],) if "store" in group else ()
    weeks = None if one.cover is None else one.cover / 7
    values = (
        ("days_of_stock", rounded(one.cover), "days"),
        ("weeks_of_cover", rounded(weeks), "weeks"),
        ("stock_on_hand", quantity(one.pieces), "units"),
        ("units_per_day", rounded(one.rate, 2), "units"),
    )
    return [stock_figure(asked, name, value, unit, stores=stores, group=group) for name, value, unit in values]


def _keyed(by: str, one: _Group) -> dict[str, str]:
    first, _, second = by.partition(", ")
    key, inner = one.key
    return {first: key} if inner is None else {first: key, second: inner}


def _cover_table(asked: StockFrame, by: str, split: Sequence[_Group], whole: _Pace) -> Table:
    columns = (
        *(TableColumn(name.capitalize(), "text") for name in (by or "stores").split(", ")),
        TableColumn("On hand", "units"),
        TableColumn("Units a day", "units"),
        TableColumn("Days of cover", "days"),
        TableColumn("Weeks of cover", "weeks"),
    )
    if not split:
        return Table(columns, [(asked.stores.label, *_cells(whole))])
    return Table(columns, [(*_names(asked, by, one), *_cells(one.pace)) for one in split])


def _names(asked: StockFrame, by: str, one: _Group) -> tuple[str, ...]:
    first, inner = one.key
    name = asked.stores.name(first) if by.startswith("store") else one.title if by == "product" else first
    return (name,) if inner is None else (name, inner)


def _cells(one: _Pace) -> tuple[str | None, ...]:
    weeks = None if one.cover is None else one.cover / 7
    return quantity(one.pieces), rounded(one.rate, 2), rounded(one.cover), rounded(weeks)
