"""How often goods ran out in a period, and for how many days: by product, department, category or store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import Field

from tools.context import ToolContext
from tools.errors import BadArgumentError
from tools.frame import Frame, caveats, coverage, frame, require_sales
from tools.metrics.query import Filter, Statement
from tools.part import DEPARTMENT_HELP, PRODUCT_HELP, part_of
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.search import Product
from tools.stock.absences import SUPPLIED, Absence, Absences, find_absences, gathered
from tools.stock.frame import (
    STORES_HELP,
    StockFrame,
    names_of,
    product_group,
    simulated,
    stock_frame,
    stock_provenance,
)
from tools.stock.out_worth import worth_of_out
from tools.wording import counted, listed, span

_WHAT = (
    "A stock-out is a run of whole trading days without stock of a product at one store; part of a day, goods not sold"
    " by the piece and goods that sold nothing in the twelve weeks up to the end are not counted."
)
_NAMED, _CHARTED = 5, 20
_ENDS = {
    ("times", "top"): "most often", ("times", "bottom"): "least often",
    ("days", "top"): "longest", ("days", "bottom"): "shortest",
}  # fmt: skip
_PLURALS = {
    "product": "products", "department": "departments", "category": "categories", "store": "stores",
    "supplier": "suppliers",
}  # fmt: skip
_NONE = "Only {groups} with at least one stock-out are ranked: one that had none is not listed and had the fewest."


class StockoutHistoryArguments(Arguments):
    """Arguments of ``stockout_history``."""

    period: str = Field(default="last 12 weeks", max_length=120, description="When, in the asker's own words.")
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    product: str | None = Field(default=None, max_length=200, description=PRODUCT_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    by: Literal["product", "department", "category", "store", "supplier"] = Field(
        default="product", description="For each."
    )
    rank_by: Literal["times", "days"] = Field(default="times", description="Most often out or for most days first.")
    order: Literal["top", "bottom"] = Field(default="top", description="bottom: the fewest first.")
    at_least: int | None = Field(default=None, ge=1, le=1_000, description="Only those out so often or more.")
    limit: int = Field(default=10, ge=1, le=100, description="How many rows.")


@dataclass(frozen=True, slots=True)
class _Group:
    """One row: what ran out, how often, for how many days of a store, which products and where; ``recorded`` of it."""

    key: str
    title: str
    times: int
    days: int
    products: int
    stores: tuple[str, ...]
    recorded: bool
    dates: str


@tool()
def stockout_history(arguments: StockoutHistoryArguments, context: ToolContext) -> ToolResult:
    """How often products ran out in a period and for how many days, by product, department, category, store, supplier.

    Use it for “which items run out most often”, “how many stock-outs last month”, “out-of-stock days by department”,
    “which supplier's goods ran out most” (by supplier),
    “how often was oat milk out of stock”, “products that ran out more than once” (at_least 2). Where the log of stock
    changes reaches back, it takes the whole trading days on which the level was zero; elsewhere runs of days without a
    sale that the product's usual demand makes improbable, which are suspected. What they cost is ``lost_sales``; what
    is out now is ``out_of_stock``.
    """
    asked = frame(arguments.period, arguments.stores, context).without_today()
    if asked.end_on < asked.start_on:
        raise BadArgumentError("Stock-outs are counted in whole days that are over: ask for one that began earlier.")
    stock = stock_frame(arguments.stores, context)
    part = part_of(arguments.product, arguments.department, asked.stores, context)
    days, covered = coverage(asked, asked.windows())
    require_sales(asked, days)
    out = find_absences(asked, part.only if part else None)
    names = names_of([{"variant_id": one.variant_id} for one in out.found], context)
    members = gathered(out.found, arguments.by, names, context)
    groups = [one for one in _grouped(asked, arguments, members, names) if one.times >= (arguments.at_least or 1)]
    now, weighed = _out_now(asked, stock, out, part.only if part else None)
    first = _headline(asked, out, groups, arguments, f" of {part.label}" if part else "") + now
    return ToolResult(
        headline=first,
        text=" ".join([first, *_sentences(asked, groups, arguments)]),
        figures=tuple(_figures(asked, out, groups, arguments, names)),
        table=_table(asked, groups, arguments) if groups else None,
        chart=_chart(groups, arguments),
        caveats=(
            *_counted_how(asked, out, stock.levels),
            *([SUPPLIED] if arguments.by == "supplier" and groups else ()),
            *([_NONE.format(groups=_PLURALS[arguments.by])] if arguments.order == "bottom" and groups else ()),
            *caveats(asked, (), days),
            *simulated(asked, ("inventory",)),
        ),
        follow_ups=(
            f"Lost sales {asked.when_again}{asked.same_part_and_stores}",
            f"Which products are out of stock{asked.same_part_and_stores}?",
        ),
        provenance=replace(
            stock_provenance(
                stock, ("stock_outs", "stock_out_days"), [covered, *out.statements, *weighed], ("sales", "inventory")
            ),
            start_on=asked.start_on,
            end_on=asked.end_on,
        ),
    )


def _grouped(
    asked: Frame,
    arguments: StockoutHistoryArguments,
    members: Mapping[str, Sequence[Absence]],
    names: Mapping[str, Product],
) -> list[_Group]:
    """The rows, most often out (or longest) first, or the other way round."""
    made = [
        _Group(
            key,
            _title(asked, arguments.by, key, names),
            sum(one.times for one in own),
            sum(one.days for one in own),
            len({one.variant_id for one in own}),
            tuple(sorted({one.store_id for one in own})),
            all(one.recorded for one in own),
            span(min(one.first_on for one in own), max(one.last_on for one in own)),
        )
        for key, own in members.items()
    ]
    by_days = arguments.rank_by == "days"
    sign = 1 if arguments.order == "bottom" else -1
    made.sort(
        key=lambda one: (
            sign * (one.days if by_days else one.times), sign * (one.times if by_days else one.days), one.title
        )
    )  # fmt: skip
    return made


def _title(asked: Frame, by: str, key: str, names: Mapping[str, Product]) -> str:
    if by == "store":
        return asked.stores.name(key)
    return names[key].name if by == "product" and key in names else key


def _headline(
    asked: Frame, out: Absences, groups: Sequence[_Group], arguments: StockoutHistoryArguments, subject: str
) -> str:
    how = "" if not out.unknown else "suspected " if not out.known else "recorded or suspected "
    if not out.found:
        found = "No product ran out for a whole day" if not out.unknown else f"No {how}stock-out is found"
        return f"{found}{subject} {asked.when}, {asked.stores.label}."
    times, days = sum(one.times for one in out.found), sum(one.days for one in out.found)
    whole = (
        f"{counted(times, f'{how}stock-out')}{subject} {asked.when}, {asked.stores.label}:"
        f" {counted(len({one.variant_id for one in out.found}), 'product')}, {counted(days, 'day')} without stock"
        f"{' (a day of a product at a store)' if len(asked.stores.stores) > 1 else ''}"
    )
    if arguments.at_least:
        few = f"{counted(len(groups), arguments.by)} {counted(arguments.at_least, 'time')} or more"
        return f"{whole}; {few}."
    lead = groups[0]
    most = _ENDS[arguments.rank_by, arguments.order]
    if _tied(groups, arguments):
        each = counted(lead.times, "time") if arguments.rank_by == "times" else counted(lead.days, "day")
        return f"{whole}; each of {counted(len(groups), arguments.by)} {each}."
    return f"{whole}; {most} {lead.title}, {_brief(asked, lead)}."


def _tied(groups: Sequence[_Group], arguments: StockoutHistoryArguments) -> bool:
    """Whether none is out more often, or longer, than another."""
    return len(groups) > 1 and len({one.days if arguments.rank_by == "days" else one.times for one in groups}) == 1


def _out_now(asked: Frame, stock: StockFrame, out: Absences, only: Filter | None) -> tuple[str, list[Statement]]:
    """How many are out now by the levels, where no log says when they ran out: those may be none of the count."""
    if not out.unknown or not stock.levels or asked.end_on < stock.asked.start_on:
        return "", []
    worth, statement = worth_of_out(stock, stock.context, only=only)
    several = " (product and store)" if len(stock.stores.stores) > 1 else ""
    found = f"{counted(worth.found, 'case')}{several}" if worth.found else "nothing"
    here = " what is counted here is suspected only, from days without a sale." if out.found else ""
    return f" Out now by the levels: {found}{';' if here else '.'}{here}", [statement]


def _brief(asked: Frame, one: _Group) -> str:
    itself = one.stores == (one.key,)
    where = f" at {listed([asked.stores.name(store) for store in one.stores], most=3)}" if not itself and len(
        one.stores
    ) < len(asked.stores.stores) else ""  # fmt: skip
    return f"{counted(one.times, 'time')}, {counted(one.days, 'day')}{where}"


def _sentences(asked: Frame, groups: Sequence[_Group], arguments: StockoutHistoryArguments) -> list[str]:
    tied = _tied(groups, arguments)
    rest = groups[:_NAMED] if arguments.at_least or tied else groups[1:_NAMED]
    if not rest:
        return []
    each = "; ".join(f"{one.title} {_brief(asked, one)}" for one in rest)
    more = f" ({len(groups):,} {_PLURALS[arguments.by]} in all)" if len(groups) > _NAMED else ""
    if tied:
        return [f"These: {each}{more}."]
    lead = "Then" if not arguments.at_least else "Fewest" if arguments.order == "bottom" else "Most"
    return [f"{lead}: {each}{more}."]


def _figures(
    asked: Frame, out: Absences, groups: Sequence[_Group], arguments: StockoutHistoryArguments,
    names: Mapping[str, Product],
) -> list[Figure]:  # fmt: skip
    def figure(metric: str, value: int, unit: str, group: Mapping[str, str], stores: Sequence[str] = ()) -> Figure:
        return Figure(metric, str(value), unit, tuple(stores) or asked.stores.ids, asked.start_on, asked.end_on, group)

    made = [
        figure("stock_outs", sum(one.times for one in out.found), "count", {}),
        figure("stock_out_days", sum(one.days for one in out.found), "days", {}),
        figure("products_out", len({one.variant_id for one in out.found}), "count", {}),
    ]
    if arguments.at_least:
        made.append(figure("groups_out_so_often", len(groups), "count", {"at_least": str(arguments.at_least)}))
    for one in groups[: arguments.limit]:
        known = names.get(one.key) if arguments.by == "product" else None
        group: dict[str, str] = product_group(known) if known else {str(arguments.by): one.key}
        stores = (one.key,) if arguments.by == "store" else ()
        made.append(figure("stock_outs", one.times, "count", group, stores))
        made.append(figure("stock_out_days", one.days, "days", group, stores))
    return made


def _table(asked: Frame, groups: Sequence[_Group], arguments: StockoutHistoryArguments) -> Table:
    by = arguments.by
    columns = [TableColumn(by.capitalize(), "text"), TableColumn("Times out", "count"), TableColumn("Days out", "days")]
    if by != "product":
        columns.append(TableColumn("Products", "count"))
    if by != "store":
        columns.append(TableColumn("Stores", "text"))
    columns += [TableColumn("First to last", "text"), TableColumn("Known from", "text")]
    rows = []
    for one in groups[: arguments.limit]:
        cells: list[str | int] = [one.title, one.times, one.days]
        if by != "product":
            cells.append(one.products)
        if by != "store":
            cells.append(listed([asked.stores.name(store) for store in one.stores]))
        rows.append((*cells, one.dates, "stock log" if one.recorded else "no sales, improbable"))
    return Table(tuple(columns), rows)


def _chart(groups: Sequence[_Group], arguments: StockoutHistoryArguments) -> Chart | None:
    shown = groups[: min(arguments.limit, _CHARTED)]
    if len(shown) < 2:
        return None
    days = arguments.rank_by == "days"
    values = tuple(float(one.days if days else one.times) for one in shown)
    label = "Days out of stock" if days else "Times out of stock"
    return Chart("bar", f"{label} by {arguments.by}", tuple(one.title for one in shown), {label: values}, "count")


def _counted_how(asked: Frame, out: Absences, levels: Mapping[str, object]) -> list[str]:
    """What a stock-out is here, how it was found, and what is not looked at."""
    said = [_WHAT, *out.method(asked)]
    if out.unknown:
        said.append("Of those, a product that had not sold again by the end of the period is not counted.")
    missing = [store.name for store in asked.stores.stores if store.store_id not in levels]
    if missing:
        said.append(f"No stock levels are recorded for {listed(missing)}, so nothing is counted there.")
    return said
