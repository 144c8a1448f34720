"""What one store could give another: short here, plentiful there, within a district."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from pydantic import Field

from tools.analysis.transfers import Position, match
from tools.context import ToolContext
from tools.errors import BadArgumentError
from tools.metrics.mix_query import build_uneven
from tools.part import DEPARTMENT_HELP, PRODUCT_HELP
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.search import Product
from tools.stock.cover import DAYS_HELP
from tools.stock.frame import (
    STORES_HELP,
    StockFrame,
    amount,
    names_of,
    new_goods,
    product_group,
    quantity,
    rounded,
    spoken_quantity,
    stock_caveats,
    stock_figure,
    stock_frame,
    stock_provenance,
)
from tools.stores import resolve_stores
from tools.wording import counted, money


class TransferArguments(Arguments):
    """Arguments of ``transfer_candidates``."""

    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    giver: str | None = Field(default=None, max_length=300, description="Only from this store, in the asker's words.")
    taker: str | None = Field(default=None, max_length=300, description="Only to this store.")
    product: str | None = Field(default=None, max_length=200, description=PRODUCT_HELP)
    department: str | None = Field(default=None, max_length=120, description=DEPARTMENT_HELP)
    wanted_days: int = Field(default=14, ge=1, le=90, description="Cover that the short store is to be lifted to.")
    keep_days: int = Field(default=28, ge=1, le=180, description="Cover that must stay in the giving store.")
    days: int = Field(default=28, ge=7, le=365, description=DAYS_HELP)
    limit: int = Field(default=10, ge=1, le=50, description="How many transfers, most sales first.")


@dataclass(frozen=True, slots=True)
class _Move:
    """One suggested transfer with both ends."""

    variant_id: str
    quantity: Decimal
    giver: Mapping[str, Any]
    taker: Mapping[str, Any]

    @property
    def retail(self) -> Decimal:
        """What the pieces sell for in the store that takes them, in major units; 0 where no price is known."""
        return self.quantity * (self.taker["unit_price"] or Decimal(0))


@tool()
def transfer_candidates(arguments: TransferArguments, context: ToolContext) -> ToolResult:
    """Store-to-store transfers worth a look: a product short in one store and plentiful in another of its district.

    Use it for “what can we transfer between stores?”, “who has surplus oat milk?”, “can another store help out Harbor
    Point?” (stores), “what should Harbor Street send to Harbor Point” (giver, taker). The giver keeps 28 days of its
    own demand, the taker is lifted to 14, whole pieces, what is on order counted. It suggests; nothing is moved.
    """
    asked = stock_frame(
        None, context, days=arguments.days, product=arguments.product, department=arguments.department, several=True
    )
    target = stock_frame(arguments.stores, context, days=arguments.days, needs_levels=False)
    if len(asked.stores.stores) < 2:
        raise BadArgumentError(
            f"You see one store, {asked.stores.label}; a transfer needs a second one of its district. Ask your district"
            " manager."
        )
    statement = build_uneven(
        asked.windows,
        context.scope,
        asked.asked.now,
        keep_days=arguments.keep_days,
        wanted_days=arguments.wanted_days,
        only=asked.only,
    )
    rows = context.mirror.query(statement.sql, statement.params).dicts()
    moves = _moves(rows, arguments.keep_days, arguments.wanted_days)
    if arguments.stores:
        wanted = set(target.stores.ids)
        moves = [one for one in moves if one.giver["store_id"] in wanted or one.taker["store_id"] in wanted]
    ends = {"giver": arguments.giver, "taker": arguments.taker}
    named = {end: resolve_stores(phrase, context) for end, phrase in ends.items() if phrase}
    for end, chosen in named.items():
        moves = [one for one in moves if getattr(one, end)["store_id"] in chosen.ids]
    moves.sort(key=lambda one: (-one.retail, one.variant_id, one.giver["store_id"], one.taker["store_id"]))
    shown = moves[: arguments.limit]
    names = names_of([{"variant_id": one.variant_id} for one in shown], context)
    pieces = sum((one.quantity for one in moves), Decimal(0))
    where = f" to or from {target.stores.label}" if arguments.stores else f", {asked.stores.label}"
    if named:
        words = {"giver": "from", "taker": "to"}
        where = "".join(f" {words[end]} {chosen.label}" for end, chosen in named.items())
    if moves:
        headline = (
            f"{counted(len(moves), 'transfer')}{asked.asked.subject} would help{where}: {spoken_quantity(pieces)}"
            f" pieces"
            f" of {counted(len({one.variant_id for one in moves}), 'product')}."
        )
    else:
        headline = (
            f"No transfer{asked.asked.subject} would help{where}: nothing is short in one store and plentiful in"
            " another of its district."
        )
    first = [
        f"{quantity(one.quantity)} {_name(names, one.variant_id)} from {_store(asked, one.giver)} to"
        f" {_store(asked, one.taker)}"
        for one in shown[:3]
    ]
    return ToolResult(
        headline=headline,
        text=" ".join(
            [
                headline,
                *([f"First: {'; '.join(first)}."] if first else []),
                "Nothing has been moved; this is a suggestion.",
            ]
        ),
        figures=tuple(_figures(asked, moves, shown, names)),
        table=_table(asked, shown, names) if shown else None,
        caveats=(
            (
                f"A giver keeps {arguments.keep_days} days of cover and a taker is lifted to {arguments.wanted_days},"
                f" at the mean rate of {asked.asked.when}; carriage costs are not known."
            ),
            *new_goods(rows),
            *stock_caveats(asked, ("inventory",), sold=True),
        ),
        follow_ups=("Which products will stock out soon?", "Which products are overstocked?"),
        provenance=stock_provenance(asked, ("stock_on_hand", "units_per_day"), [statement], ("inventory", "sales")),
    )


def _moves(rows: Sequence[Mapping[str, Any]], keep_days: int, wanted_days: int) -> list[_Move]:
    made = []
    for (_, variant), group in groupby(rows, key=lambda row: (row["district"], row["variant_id"])):
        found = {row["store_id"]: row for row in group}
        positions = [
            Position(
                store,
                row["on_hand"],
                row["open"] or Decimal(0),
                Decimal(row["units"] or 0),
                int(row["trading_days"] or 0),
            )
            for store, row in found.items()
        ]
        made += [
            _Move(variant, one.quantity, found[one.giver], found[one.taker])
            for one in match(positions, keep_days=keep_days, wanted_days=wanted_days)
        ]
    return made


def _name(names: Mapping[str, Product], variant_id: str) -> str:
    return names[variant_id].name if variant_id in names else variant_id


def _store(asked: StockFrame, row: Mapping[str, Any]) -> str:
    return asked.stores.name(row["store_id"])


def _figures(
    asked: StockFrame, moves: Sequence[_Move], shown: Sequence[_Move], names: Mapping[str, Product]
) -> list[Figure]:
    total = sum((one.quantity for one in moves), Decimal(0))
    figures = [
        stock_figure(asked, "transfer_candidates", str(len(moves)), "count"),
        stock_figure(asked, "transfer_units", quantity(total), "units"),
    ]
    for one in shown:
        known = names.get(one.variant_id)
        group = {
            **(product_group(known) if known else {"variant_id": one.variant_id}),
            "from_store": one.giver["store_id"],
            "to_store": one.taker["store_id"],
        }
        stores = (one.giver["store_id"], one.taker["store_id"])
        figures.append(
            stock_figure(asked, "transfer_units", quantity(one.quantity), "units", stores=stores, group=group)
        )
    return figures


def _table(asked: StockFrame, shown: Sequence[_Move], names: Mapping[str, Product]) -> Table:
    titles = (
        "Product",
        "From",
        "On hand there",
        "Cover left there",
        "To",
        "On hand here",
        "Cover here",
        "Pieces",
        "Sells for",
    )
    units = ("text", "text", "units", "days", "text", "units", "days", "units", "text")
    body = []
    for one in shown:
        taker = next(store for store in asked.stores.stores if store.store_id == one.taker["store_id"])
        body.append(
            (
                _name(names, one.variant_id),
                _store(asked, one.giver),
                quantity(one.giver["on_hand"]),
                _days(one.giver, -one.quantity),
                taker.name,
                quantity(one.taker["on_hand"]),
                _days(one.taker, Decimal(0)),
                quantity(one.quantity),
                money(Decimal(amount(one.retail, taker.currency) or 0), taker.currency)
                if one.taker["unit_price"]
                else None,
            )
        )
    return Table(tuple(TableColumn(*pair) for pair in zip(titles, units, strict=True)), body)


def _days(row: Mapping[str, Any], moved: Decimal) -> str | None:
    if not row["units"] or not row["trading_days"]:
        return None
    return rounded((row["on_hand"] + moved) * row["trading_days"] / Decimal(row["units"]))
