"""Is everything in its place: the planogram against audit and pick scans, and where a product is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from pydantic import Field

from tools.context import ToolContext
from tools.errors import NoDataError
from tools.metrics.planogram_query import build_check, build_places
from tools.metrics.query import Filter, Statement
from tools.metrics.stock_query import build_positions
from tools.part import DEPARTMENT_HELP, PRODUCT_HELP
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.search import Product
from tools.shelves.frame import (
    ShelfFrame,
    place,
    require_planogram,
    require_scans,
    shelf_caveats,
    shelf_frame,
    shelf_provenance,
)
from tools.stock.frame import (
    STORES_HELP,
    names_of,
    product_group,
    quantity,
    quoted,
    rounded,
    stock_caveats,
    stock_figure,
)
from tools.wording import counted, listed, moment

_STATES = ("right", "misplaced", "missing", "unplanned", "unseen")
_SHOWN = ("misplaced", "missing", "unplanned")


class PlanogramCheckArguments(Arguments):
    """Arguments of ``planogram_check``."""

    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    days: int = Field(default=7, ge=1, le=90, description="Scans of so many last days count.")
    limit: int = Field(default=20, ge=1, le=100, description="How many rows, misplaced first.")


class ProductLocationArguments(Arguments):
    """Arguments of ``product_location``."""

    product: str = Field(
        min_length=1, max_length=200, description=PRODUCT_HELP.replace(" Leave out for the whole range.", "")
    )
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)


@tool()
def planogram_check(arguments: PlanogramCheckArguments, context: ToolContext) -> ToolResult:
    """Planogram compliance: what stands in its place, what is misplaced (and where it should go), what is missing.

    Use it for “planogram compliance”, “what is misplaced?”, “which items are in the wrong spot?”, “suggested moves”.
    The
    planned place is held against the last audit or pick scans. An item is missing only where its fixture was audited;
    where nobody audited nothing is said about it.
    """
    asked = shelf_frame(arguments.stores, context, days=arguments.days, department=arguments.department)
    require_planogram(asked)
    require_scans(asked, arguments.days)
    frame = asked.held.asked
    statement = build_check(
        asked.planned_stores,
        context.scope,
        asked.held.stores.stores[0].today(frame.now),
        asked.since,
        frame.now,
        only=asked.held.only,
    )
    rows = context.mirror.query(statement.sql, statement.params).dicts()
    states = Counter(row["state"] for row in rows)
    judged = states["right"] + states["misplaced"] + states["missing"]
    if not judged and not states["unplanned"]:
        raise NoDataError(
            f"None of the planned places{frame.subject} at {asked.label} was scanned in the last {arguments.days} days."
        )
    share = Decimal(states["right"]) * 100 / judged if judged else None
    shown = sorted((row for row in rows if row["state"] in _SHOWN), key=lambda row: _SHOWN.index(row["state"]))
    names = names_of(shown[: arguments.limit], context)
    right = "" if share is None else f"{rounded(share)} % of {counted(judged, 'checked place')} right"
    headline = (
        f"Planogram{frame.subject}, {asked.label}, scans of the last {counted(arguments.days, 'day')}:"
        f" {right or 'nothing to judge'};"
        f" {states['misplaced']:,} misplaced, {states['missing']:,} missing, {states['unplanned']:,} not planned."
    )
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_moves(asked, shown[: arguments.limit], names)]),
        figures=(
            stock_figure(asked.held, "planogram_compliance", rounded(share), "%"),
            *(stock_figure(asked.held, f"places_{state}", str(states[state]), "count") for state in _STATES),
        ),
        table=_table(asked, shown[: arguments.limit], names) if shown else None,
        caveats=(
            *(
                [
                    (
                        f"{counted(states['unseen'], 'planned place')} on fixtures that nobody audited: nothing is said"
                        f" about them."
                    )
                ]
                if states["unseen"]
                else []
            ),
            *shelf_caveats(asked, arguments.days),
        ),
        follow_ups=(
            f"Where are the shelf gaps{frame.same_part_and_stores}?",
            f"Space-to-sales analysis{frame.same_part_and_stores}",
        ),
        provenance=replace(
            shelf_provenance(asked, ("planogram_compliance",), [statement]),
            start_on=asked.held.stores.stores[0].today(asked.since),
            end_on=asked.held.stores.stores[0].today(frame.now),
        ),
    )


def _name(names: Mapping[str, Product], row: Mapping[str, Any]) -> str:
    known = names.get(row["variant_id"])
    return known.name if known else str(row["variant_id"])


def _moves(asked: ShelfFrame, rows: Sequence[Mapping[str, Any]], names: Mapping[str, Product]) -> list[str]:
    """The first moves that would put things right."""
    several = len(asked.held.stores.stores) > 1
    moves: list[str] = []
    for row in rows:
        where = f" ({asked.held.stores.name(row['store_id'])})" if several else ""
        if row["state"] == "misplaced" and len(moves) < 3:
            moves.append(
                f"{_name(names, row)} from {place(row['found_fixture'], row['found_position'])} to"
                f" {place(row['fixture'], row['position'])}{where}"
            )
    return [f"Suggested moves: {'; '.join(moves)}."] if moves else []


def _table(asked: ShelfFrame, rows: Sequence[Mapping[str, Any]], names: Mapping[str, Product]) -> Table:
    titles = ("What", "Product", "Store", "Planned", "Scanned at", "When")
    body = []
    for row in rows:
        store = next(one for one in asked.held.stores.stores if one.store_id == row["store_id"])
        body.append(
            (
                row["state"],
                _name(names, row),
                store.name,
                place(row["fixture"], row["position"]) if row["fixture"] else None,
                place(row["found_fixture"], row["found_position"]) if row["found_fixture"] else None,
                moment(row["found_at"], store.timezone) if row["found_at"] else None,
            )
        )
    return Table(tuple(TableColumn(title, "text") for title in titles), body)


@tool()
def product_location(arguments: ProductLocationArguments, context: ToolContext) -> ToolResult:
    """Where a product is in the store: its place in the planogram, its last scan, its stock on shelf and in the back.

    Use it for “where is the oat milk?”, “which aisle is butter in?”, “where do we keep X at Harbor Point?”. Without a
    planogram it says so and gives the department and the stock. Of a category or department it tells the fixtures.
    """
    asked = shelf_frame(arguments.stores, context, days=30, product=arguments.product)
    held, frame, only = asked.held, asked.held.asked, asked.held.only or Filter()
    places = build_places(
        held.stores.ids, context.scope, held.stores.stores[0].today(frame.now), asked.since, frame.now, only=only
    )
    rows = context.mirror.query(places.sql, places.params).dicts()
    if not only.variants:
        return _of_a_group(asked, rows, places)
    stock = build_positions(held.stores.ids, context.scope, frame.now, only=only)
    levels = context.mirror.query(stock.sql, stock.params).dicts()
    names = names_of([{"variant_id": variant} for variant in only.variants], context)
    if not names:
        raise NoDataError(f"{frame.part.label if frame.part else 'That'} is not in the catalogue.")
    headline = _where(asked, rows, names)
    on_hand = sum((max(row["on_hand"], Decimal(0)) for row in levels), Decimal(0))
    having = len({row["store_id"] for row in levels if row["on_hand"] > 0})
    several = counted(len(held.stores.stores), "store")
    where = several if having == len(held.stores.stores) else f"{having} of {several}"
    said = [f"{quantity(on_hand)} on hand in {where}."] if levels else []
    if not any(row["planned"] for row in rows):
        said.insert(0, "No planogram places it, so its shelf is not known; a planogram file would tell.")
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *said]),
        figures=tuple(_figures(asked, levels, names)),
        table=_place_table(asked, rows, levels, names),
        caveats=tuple(stock_caveats(held)) if levels else (),
        follow_ups=(f"Do we have {quoted(frame)} in stock?",),
        provenance=shelf_provenance(asked, ("stock_on_hand",), [places, stock]),
    )


def _of_a_group(asked: ShelfFrame, rows: Sequence[Mapping[str, Any]], places: Statement) -> ToolResult:
    """The fixtures on which a department or category is planned, with how many of its products each has."""
    frame, held = asked.held.asked, asked.held
    label = frame.part.label if frame.part else "That"
    fixtures: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        if row["planned"]:
            fixtures.setdefault((row["store_id"], place(row["fixture"], None)), set()).add(row["variant_id"])
    if not fixtures:
        raise NoDataError(
            f"Where {label} stands in {asked.label} is not recorded: no planogram places it. A planogram file would"
            f" tell; what there is of it is in “stock of {label.partition(' (')[0]}”."
        )
    most = sorted(fixtures.items(), key=lambda one: (-len(one[1]), one[0]))
    several = len(held.stores.stores) > 1
    spots = [
        f"{fixture}{f' at {held.stores.name(store)}' if several else ''} ({counted(len(goods), 'product')})"
        for (store, fixture), goods in most
    ]
    headline = f"{label} should stand at {listed(spots[:5])}{f' and {len(spots) - 5} more' if spots[5:] else ''}."
    columns = tuple(TableColumn(title, "text") for title in ("Store", "Fixture", "Products"))
    return ToolResult(
        headline=headline,
        text=headline,
        figures=tuple(
            stock_figure(
                held, "planned_products", str(len(goods)), "count", stores=(store,), group={"fixture": fixture}
            )
            for (store, fixture), goods in most
        ),
        table=Table(columns, tuple((held.stores.name(store), at, str(len(goods))) for (store, at), goods in most)),
        caveats=tuple(frame.part.notes) if frame.part else (),
        provenance=shelf_provenance(asked, (), [places]),
    )


def _figures(asked: ShelfFrame, levels: Sequence[Mapping[str, Any]], names: Mapping[str, Product]) -> list[Figure]:
    return [
        stock_figure(
            asked.held,
            "stock_on_hand",
            quantity(row["on_hand"]),
            "units",
            stores=(row["store_id"],),
            group={**product_group(names[row["variant_id"]]), "store": row["store_id"]},
        )
        for row in levels
        if row["variant_id"] in names
    ]


def _where(asked: ShelfFrame, rows: Sequence[Mapping[str, Any]], names: Mapping[str, Product]) -> str:
    first = next(iter(names.values()))
    label = first.name if len(names) == 1 else (asked.held.asked.part.label if asked.held.asked.part else first.name)
    planned = [row for row in rows if row["planned"]]
    if planned:
        spots = [_spot(asked, row, several=len(asked.held.stores.stores) > 1) for row in planned]
        return f"{label} should stand at {listed(spots)}."
    scanned = [row for row in rows if not row["planned"]]
    if scanned:
        spots = [_spot(asked, row, several=len(asked.held.stores.stores) > 1) for row in scanned]
        return f"{label} was last scanned at {listed(spots)}."
    shelves = listed(list(dict.fromkeys(f"{one.category} ({one.department})" for one in names.values())))
    return f"{label} belongs to {shelves}; where it stands in {asked.label} is not recorded."


def _spot(asked: ShelfFrame, row: Mapping[str, Any], *, several: bool) -> str:
    where = f" at {asked.held.stores.name(row['store_id'])}" if several else ""
    return f"{place(row['fixture'], row['position'])}{where}"


def _place_table(
    asked: ShelfFrame,
    rows: Sequence[Mapping[str, Any]],
    levels: Sequence[Mapping[str, Any]],
    names: Mapping[str, Product],
) -> Table | None:
    keys = dict.fromkeys((row["variant_id"], row["store_id"]) for row in (*rows, *levels))
    body = []
    for variant, store_id in keys:
        store = next(one for one in asked.held.stores.stores if one.store_id == store_id)
        mine = [row for row in rows if row["variant_id"] == variant and row["store_id"] == store_id]
        level = next((row for row in levels if row["variant_id"] == variant and row["store_id"] == store_id), None)
        scan = next((row for row in mine if not row["planned"]), None)
        body.append(
            (
                names[variant].name if variant in names else variant,
                store.name,
                "; ".join(place(row["fixture"], row["position"]) for row in mine if row["planned"]) or None,
                f"{place(scan['fixture'], scan['position'])}, {moment(scan['at'], store.timezone)}" if scan else None,
                quantity(level["on_hand"]) if level else None,
                quantity(level["floor"]) if level else None,
                quantity(level["backroom"]) if level else None,
            )
        )
    titles = ("Product", "Store", "Planned", "Last scanned", "On hand", "Shelf", "Back room")
    units = ("text", "text", "text", "text", "units", "units", "units")
    return Table(tuple(TableColumn(*pair) for pair in zip(titles, units, strict=True)), body) if body else None
