"""Whether what was paid agrees with the totals of the receipts, which is known where no drawer is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tools.amounts import figure, money_said, money_text
from tools.frame import Frame
from tools.result import Figure, Table, TableColumn
from tools.wording import counted, listed

_NAMED = 5


@dataclass(frozen=True, slots=True)
class Paid:
    """Of one store: receipts with total and payment, how many differ, by how much and in all, and those unpaid."""

    store_id: str
    receipts: int
    differ: int
    off: int
    net: int
    unpaid: int


def agreement(asked: Frame, paid: Sequence[Paid]) -> str:
    """``payments differ from the totals of 3 of 90 receipts, by $12.30 in all (Elm 2, $12.00)``; empty if unknown."""
    receipts, differ = sum(one.receipts for one in paid), sum(one.differ for one in paid)
    if not receipts:
        return ""
    if not differ:
        return f"payments agree with the totals of all {counted(receipts, 'receipt')}"
    off = money_said(sum(one.off for one in paid), asked.currency)
    most = sorted((one for one in paid if one.differ), key=lambda one: (-one.off, one.store_id))
    each = [f"{asked.stores.name(one.store_id)} {one.differ:,}, {money_said(one.off, asked.currency)}" for one in most]
    by_store = f" ({'; '.join(each[:_NAMED])})" if len(paid) > 1 else ""
    return f"payments differ from the totals of {differ:,} of {counted(receipts, 'receipt')}, by {off} in all{by_store}"


def left_out(asked: Frame, paid: Sequence[Paid]) -> list[str]:
    """What could not be held against each other, and what is held."""
    if not any(one.receipts for one in paid):
        return []
    unpaid = [f"{asked.stores.name(one.store_id)} {one.unpaid:,}" for one in paid if one.unpaid]
    said = (
        "Payments are held against the total of each receipt, tax, tips and refunds included; failed payments are none."
    )
    return [said, *([f"Receipts without a payment are left out: {listed(unpaid, most=_NAMED)}."] if unpaid else [])]


def figures(asked: Frame, paid: Sequence[Paid]) -> list[Figure]:
    """By store: receipts, how many differ, and by how much."""
    made = []
    for one in paid:
        group, stores = {"store": one.store_id}, (one.store_id,)
        made += [
            figure(asked, "receipts_with_payment", one.receipts, "count", group, stores=stores),
            figure(asked, "receipts_that_differ", one.differ, "count", group, stores=stores),
            figure(
                asked,
                "difference_of_payments",
                money_text(one.off, asked.exponent),
                asked.currency,
                group,
                stores=stores,
            ),
        ]
    return made


def table(asked: Frame, paid: Sequence[Paid]) -> Table:
    """A row a store."""
    columns = (
        TableColumn("Store", "text"), TableColumn("Receipts", "count"), TableColumn("Payments differ", "count"),
        TableColumn("Difference", asked.currency), TableColumn("Paid less totals", asked.currency),
    )  # fmt: skip
    rows = [
        (
            asked.stores.name(one.store_id), one.receipts, one.differ, money_text(one.off, asked.exponent),
            money_text(one.net, asked.exponent),
        )
        for one in sorted(paid, key=lambda one: (-one.off, one.store_id))
    ]  # fmt: skip
    return Table(columns, rows)
