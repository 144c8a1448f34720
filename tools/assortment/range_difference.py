"""What some stores sell and others do not, with what those others have, or had, of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from tools.amounts import figure, money_said, money_text, percent_said, percent_text, stands_on
from tools.analysis.calendar import day_text
from tools.context import ToolContext
from tools.directory import Store, visible_stores
from tools.errors import BadArgumentError, NoDataError, NotAllowedError
from tools.frame import Frame, caveats, coverage, frame, one_currency
from tools.metrics.range_difference_query import build_range_difference, build_range_total
from tools.metrics.stock_query import build_freshness
from tools.part import DEPARTMENT_HELP, part_of
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.stock.frame import (
    Levels,
    StockFrame,
    names_of,
    product_group,
    quantity,
    spoken_quantity,
    stock_caveats,
)
from tools.stores import StoreSet, resolve_stores
from tools.wording import listed

_NAMED = 5
_MANY = {"product": "products", "category": "categories", "department": "departments", "brand": "brands"}


class RangeDifferenceArguments(Arguments):
    """Arguments of ``range_difference``."""

    stores: str | None = Field(
        default=None, max_length=300, description="Where it sells. Leave out for every other store (“elsewhere”)."
    )
    not_at: str | None = Field(
        default=None,
        max_length=300,
        description="Where it does not sell: a store's name, or “ours”. Leave out for every other store (“only at”).",
    )
    period: str = Field(default="last 4 weeks", max_length=120, description="When, in the asker's own words.")
    by: Literal["product", "category", "department", "brand"] = Field(
        default="product", description="What is held against each other."
    )
    each: bool = Field(
        default=False, description="True where it must sell at every one of “stores”; else at one of them is enough."
    )
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    limit: int = Field(default=20, ge=1, le=100, description="How many are listed, best sellers first.")


@dataclass(frozen=True, slots=True)
class _Sides:
    """The question's frame over both sides, the stores that sell and those that do not, and what was asked."""

    asked: Frame
    here: StoreSet
    there: StoreSet
    by: str
    stock: StockFrame

    @property
    def noun(self) -> str:
        return _MANY[self.by]


@tool()
def range_difference(arguments: RangeDifferenceArguments, context: ToolContext) -> ToolResult:
    """What one store (or several) sells and another does not: products, categories, departments or brands.

    Use it for “what sells at Harbor Point but not at Market Street”, “items sold only at Harbor Point” (stores),
    “what sells elsewhere that we don't carry” (not_at “ours”), “products every store but Maple Avenue sells” (not_at,
    each). Best sellers first, with units and net sales, and whether the other stores have it on hand, had it, or never
    sold it: out of stock is not the same as not carried. In how many stores goods sell is ``store_spread``; how two
    stores compare in sales is ``compare_periods`` or ``sales_summary``.
    """
    made = _sides(arguments, context)
    asked, currency = made.asked, made.asked.currency
    days, covered = coverage(asked, asked.windows())
    for side in (made.here, made.there):
        silent = [store.name for store in side.stores if store.store_id not in days]
        if len(silent) == len(side.stores):
            raise NoDataError(
                f"No sales of {listed(silent)} are recorded {asked.when}, so what is sold there cannot be compared."
            )
    only = asked.part.only if asked.part else None
    windows = asked.windows()
    statement = build_range_difference(
        windows, context.scope, here=made.here.ids, there=made.there.ids, by=made.by, only=only,
        through_on=max(store.today(asked.now) for store in made.there.stores), limit=arguments.limit,
        fewest=len(made.here.stores) if arguments.each else 1,
    )  # fmt: skip
    whole = build_range_total(windows, context.scope, here=made.here.ids, by=made.by, only=only)
    rows = context.mirror.query(statement.sql, statement.params).dicts()
    total = context.mirror.query(whole.sql, whole.params).dicts()[0]
    names = _names(rows, made, context)
    found, net = (int(rows[0]["found"]), Decimal(rows[0]["found_net"] or 0)) if rows else (0, Decimal(0))
    headline = _headline(made, found, net, total, each=arguments.each)
    text = [headline]
    if rows:
        shown = [_said(row, names[row["key"]], currency) for row in rows[:_NAMED]]
        text += [f"Best sellers of those: {'; '.join(shown)}.", _classes(made, rows[0])]
    return ToolResult(
        headline=headline,
        text=" ".join(text),
        figures=tuple(_figures(made, found, net, rows, names, context)),
        table=_table(made, rows, names) if rows else None,
        caveats=tuple(_caveats(made, days)),
        follow_ups=(_other_way(made),) if max(len(made.here.ids), len(made.there.ids)) <= _NAMED else (),
        provenance=stands_on(
            asked, ("product_count", "net_sales", "units"), [statement, whole, covered], ("inventory",)
        ),
    )


def _sides(arguments: RangeDifferenceArguments, context: ToolContext) -> _Sides:
    """Both sides of the question, within the scope.

    Raises:
        BadArgumentError: no side is named, or a store is on both.
        NotAllowedError: the asker sees one side only.
    """
    if not (arguments.stores or arguments.not_at):
        raise BadArgumentError("Name in “stores” where it sells, in “not_at” where it does not, or both.")
    visible = visible_stores(context)
    first = resolve_stores(arguments.stores, context) if arguments.stores else None
    second = resolve_stores(arguments.not_at, context) if arguments.not_at else None
    named = {*(first.ids if first else ()), *(second.ids if second else ())}
    if len(named) == len(visible) and not (first and second):
        if len(visible) > 1:
            raise BadArgumentError(
                f"Which store do you mean? That names all of {listed([store.name for store in visible])}, and leaves"
                " none to hold it against."
            )
        raise NotAllowedError(
            f"You may see {visible[0].name} only, so what other stores sell cannot be held against it."
        )
    others = [store for store in visible if store.store_id not in named]
    here = first or _rest(others)
    there = second or _rest(others)
    if both := set(here.ids) & set(there.ids):
        if len(visible) in (len(here.ids), len(there.ids)):
            said = arguments.stores if len(here.ids) == len(visible) else arguments.not_at
            raise BadArgumentError(
                f"Which store do you mean by “{said}”?"
                f" Here that is all of {listed([store.name for store in visible])}; name the one you mean."
            )
        raise BadArgumentError(
            f"{listed([here.name(one) for one in sorted(both)])} cannot be where it sells and where it does not; leave"
            " it out of “stores” or of “not_at”."
        )
    wanted = {*here.ids, *there.ids}
    asked = frame(arguments.period, "all stores", context)
    chosen = tuple(store for store in visible if store.store_id in wanted)
    label = f"{here.label} against {there.label}"
    asked = replace(
        asked, stores=StoreSet(chosen, label), periods={one.store_id: asked.periods[one.store_id] for one in chosen},
        period=asked.periods[chosen[0].store_id],
    )  # fmt: skip
    one_currency(asked, None)
    asked = replace(asked, part=part_of(None, arguments.department, asked.stores, context))
    return _Sides(asked, here, there, arguments.by, _stock(asked, there))


def _stock(asked: Frame, there: StoreSet) -> StockFrame:
    """What is known of the stock of the stores that did not sell it."""
    statement = build_freshness(there.ids, asked.context.scope)
    rows = asked.context.mirror.query(statement.sql, statement.params).rows
    periods = {one: asked.periods[one] for one in there.ids}
    return StockFrame(
        replace(asked, stores=there, periods=periods),
        {row[0]: Levels(int(row[1]), row[2], bool(row[3])) for row in rows},
    )


def _rest(stores: Sequence[Store]) -> StoreSet:
    names = [store.name for store in stores]
    label = names[0] if len(names) == 1 else f"the other {len(names)} stores"
    return StoreSet(tuple(stores), label)


def _headline(made: _Sides, found: int, net: Decimal, total: Mapping[str, Any], *, each: bool) -> str:
    asked, here = made.asked, made.here.stores
    where = made.here.label if len(here) == 1 or not each else f"each of {made.here.label}"
    none = made.there.label
    nouns = made.noun if found != 1 else made.by
    verb = "was" if found == 1 else "were"
    if not found:
        return f"No {made.by}{asked.subject} was sold at {where} and not at {none} {asked.when}."
    return (
        f"{found:,} {nouns}{asked.subject} {verb} sold at {where} and not at {none} {asked.when}:"
        f" {money_said(net, asked.currency)} of net sales, {percent_said(net, total['net_minor'])} of what"
        f" {made.here.label} sold{asked.subject}."
    )


def _other_way(made: _Sides) -> str:
    here, there = ([store.name for store in side.stores] for side in (made.here, made.there))
    return f"Which {made.noun} sell at {listed(there, 'or')} but not at {listed(here, 'or')}?"


def _classes(made: _Sides, row: Mapping[str, Any]) -> str:
    """How many are on hand at the stores without sales, how many were sold there before, how many never."""
    found, held, before = int(row["found"]), int(row["held"]), int(row["before"])
    name, has = made.there.label, "has" if len(made.there.stores) == 1 else "have"
    begins = min((store.first_on for store in made.there.stores if store.first_on), default=None)
    since = f" since {day_text(begins)}, where the data begins, and" if begins else " and"
    return (
        f"Of these {found:,}, {name} {has} {held:,} on hand; {before:,} not on hand sold there at other times;"
        f" {found - held - before:,} not on hand never sold there{since} so not carried as far as the data tells."
    )


def _there(row: Mapping[str, Any]) -> str:
    """What the other stores have or had of it."""
    on_hand, last_on = row["on_hand"], row["last_on"]
    sold = f"last sold there {day_text(last_on)}" if last_on else "never sold there"
    if on_hand is not None and on_hand > 0:
        return f"{spoken_quantity(on_hand)} on hand there, {sold}"
    return f"none on hand there, {sold}" if on_hand is not None else f"no stock recorded there, {sold}"


def _said(row: Mapping[str, Any], name: str, currency: str) -> str:
    units = f"{_units(row['units'])}, " if row["units"] else ""
    return f"{name} ({units}{money_said(row['net_minor'], currency)}; {_there(row)})"


def _units(value: Decimal) -> str:
    return "1 unit" if value == 1 else f"{spoken_quantity(value)} units"


def _names(rows: Sequence[Mapping[str, Any]], made: _Sides, context: ToolContext) -> dict[str, str]:
    if made.by != "product":
        return {row["key"]: _title(str(row["key"]), made.by) for row in rows}
    known = names_of(rows, context)
    return {
        row["key"]: known[row["variant_id"]].name if row["variant_id"] in known else str(row["variant_id"])
        for row in rows
    }


def _title(key: str, by: str) -> str:
    department, _, category = key.partition(" / ")
    return f"{category} ({department})" if by == "category" else key


def _figures(
    made: _Sides, found: int, net: Decimal, rows: Sequence[Mapping[str, Any]], names: Mapping[str, str],
    context: ToolContext,
) -> list[Figure]:  # fmt: skip
    asked, here = made.asked, made.here.ids
    without = {"not_at": ", ".join(made.there.ids)}
    figures = [
        figure(asked, "product_count" if made.by == "product" else f"{made.by}_count", found, "count", without,
               stores=here),
        figure(asked, "net_sales", money_text(net, asked.exponent), asked.currency, without, stores=here),
    ]  # fmt: skip
    known = names_of(rows, context) if made.by == "product" else {}
    for row in rows:
        product = known.get(row["variant_id"])
        group = product_group(product) if product else {made.by: names[row["key"]]}
        group = {**group, **without}
        stores = tuple(str(row["named"]).split(","))
        amount = money_text(row["net_minor"], asked.exponent)
        figures.append(figure(asked, "net_sales", amount, asked.currency, group, stores=stores))
        if row["units"]:
            figures.append(figure(asked, "units", quantity(row["units"]), "units", group, stores=stores))
    return figures


def _table(made: _Sides, rows: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> Table:
    currency, exponent = made.asked.currency, made.asked.exponent
    columns = [
        TableColumn({"product": "Product"}.get(made.by, made.by.capitalize()), "text"),
        TableColumn("Units", "units"),
        TableColumn("Net sales", currency),
        TableColumn("Of these", "%"),
        TableColumn("Sold at", "text"),
        TableColumn("On hand where not sold", "units"),
        TableColumn("Last sold there", "text"),
    ]
    net = rows[0]["found_net"]
    return Table(
        tuple(columns),
        [
            (
                names[row["key"]], quantity(row["units"]) if row["units"] else None,
                money_text(row["net_minor"], exponent), percent_text(row["net_minor"], net),
                listed([made.here.name(one) for one in str(row["named"]).split(",")]),
                None if row["on_hand"] is None else quantity(row["on_hand"]),
                row["last_on"].isoformat() if row["last_on"] else "never",
            )
            for row in rows
        ],
    )  # fmt: skip


def _caveats(made: _Sides, days: Mapping[str, int]) -> list[str]:
    said = caveats(made.asked, (), days)
    if made.stock.levels:
        said += stock_caveats(made.stock)
    else:
        said.append(f"No stock levels are recorded for {made.there.label}, so what is on hand there is not known.")
    if len(made.asked.stores.connections) != 1 and made.by == "product":
        said.append(
            "These stores are on different accounts or files: a product is the same in both where its barcode is, so"
            " one without a barcode may be sold in both and still be listed."
        )
    if made.by == "brand":
        said.append("Products without a recorded brand are left out.")
    return said
