"""Known customers in bands of what they did: how many, their share, their net sales; a band of few people is empty."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tools.amounts import money_text, percent_text
from tools.analysis.few import tellable
from tools.customers.known import Known, KnownCustomer
from tools.result import Chart, Table, TableColumn

Bands = Sequence[tuple[str, Sequence[KnownCustomer]]]
"""The name of each band and who is in it, in order; every customer of the question is in one."""


def band_table(known: Known, heading: str, bands: Bands) -> Table:
    """A row a band: its name, customers, share of customers in per cent, net sales in the currency, share of them."""
    currency = known.asked.currency
    columns = (heading, "text"), ("Customers", "count"), ("Share of customers", "%"), ("Net sales", currency), \
        ("Share of net sales", "%")  # fmt: skip
    everybody = sum(len(found) for _, found in bands)
    body: list[tuple[str | int | None, ...]] = []
    for (name, found), told in zip(bands, tellable([len(found) for _, found in bands]), strict=True):
        net = sum((one.net_minor for one in found), Decimal(0))
        share, worth = percent_text(len(found), everybody), money_text(net, known.asked.exponent)
        row = (len(found), share, worth, percent_text(net, known.net_minor))
        body.append((name, *row) if told else (name, None, None, None, None))
    return Table(tuple(TableColumn(*column) for column in columns), body)


def band_chart(known: Known, title: str, bands: Bands) -> Chart | None:
    """Customers by band as bars; None for fewer than two that may be told."""
    told = tellable([len(found) for _, found in bands])
    rows = [(name, len(found)) for (name, found), may in zip(bands, told, strict=True) if may and found]
    if len(rows) < 2:
        return None
    heading = f"{title}, {known.asked.stores.label}, {known.asked.when}"
    return Chart(
        "bar", heading, tuple(name for name, _ in rows), {"Customers": tuple(float(n) for _, n in rows)}, "count"
    )
