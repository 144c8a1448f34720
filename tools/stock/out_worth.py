"""What goods that are out of stock sell in a usual week: what is at stake while they are gone, not what was lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tools.amounts import money_said
from tools.context import ToolContext
from tools.metrics.attention_query import build_out_worth
from tools.metrics.cover_query import build_paced
from tools.metrics.query import Filter, Statement
from tools.result import Figure, TableColumn
from tools.stock.absences import Absence
from tools.stock.frame import StockFrame, amount, stock_figure
from tools.wording import counted, listed

_WEEK = 7
AT_STAKE = (
    "A usual week is a week's part of what these goods sold for over the days named, days they were already out among"
    " them: what is at stake, not what was lost, which is what lost sales measure."
)


def usual_week(net_minor: Decimal | int | None, days: int) -> Decimal:
    """A week's part, in minor units, of what was sold over so many days."""
    return Decimal(net_minor or 0) * _WEEK / days


@dataclass(frozen=True, slots=True)
class Worth:
    """Positions that are out and what those of them that still sold took, in minor units by currency.

    ``departments`` has each department's positions and amounts, most money first, of several currencies most positions.
    """

    days: int
    found: int
    selling: int
    net: Mapping[str, Decimal]
    departments: Sequence[tuple[str, int, Mapping[str, Decimal]]]

    def said(self) -> str:
        """``$22,929.12``, of several currencies each."""
        return listed([money_said(net, currency) for currency, net in self.net.items()]) or "nothing"

    def week_said(self, net: Mapping[str, Decimal] | None = None) -> str:
        """``$5,732.28``: a usual week of all, or of a part."""
        return listed([money_said(usual_week(one, self.days), currency) for currency, one in (net or self.net).items()])

    def by_department(self) -> list[str]:
        """The departments that sell most of it, as a sentence; nothing where there is one only."""
        known = [one for one in self.departments if one[2]]
        if len(self.departments) < 2 or not known:
            return []
        each = [f"{name} {self.week_said(net)} ({counted(found, 'case')})" for name, found, net in known[:5]]
        more = f", and {len(known) - 5} more" if len(known) > 5 else ""
        return [f"A usual week by department: {'; '.join(each)}{more}."]

    def figures(self, asked: StockFrame) -> list[Figure]:
        """The money of all, and of each department."""
        made = []
        for currency, net in self.net.items():
            made += _figures(asked, currency, net, self.days, {})
        for name, _, parts in self.departments if len(self.departments) > 1 else ():
            for currency, net in parts.items():
                made += _figures(asked, currency, net, self.days, {"department": name})
        return made


def _figures(asked: StockFrame, currency: str, net: Decimal, days: int, group: Mapping[str, str]) -> list[Figure]:
    stores = [one for one in asked.stores.stores if one.currency == currency]
    exponent, ids = stores[0].exponent, [one.store_id for one in stores]
    return [
        stock_figure(
            asked, name, amount(minor.scaleb(-exponent), currency), currency, stores=ids, group=group, over_days=True
        )
        for name, minor in (("net_sales_of_goods_out", net), ("usual_week_of_goods_out", usual_week(net, days)))
    ]


def worth_of_out(
    asked: StockFrame, context: ToolContext, *, where: str = "completely", only: Filter | None = None
) -> tuple[Worth, Statement]:
    """What the goods that are out sold for over the days of the frame."""
    statement = build_out_worth(asked.windows, context.scope, where=where, only=only)
    rows = context.mirror.query(statement.sql, statement.params).dicts()
    currency = {one.store_id: one.currency for one in asked.stores.stores}
    whole: dict[str, Decimal] = defaultdict(Decimal)
    parts: dict[str, dict[str, Decimal]] = {}
    found: dict[str, int] = defaultdict(int)
    for row in rows:
        found[row["department"]] += int(row["found"])
        own = parts.setdefault(row["department"], defaultdict(Decimal))
        if row["selling"]:
            whole[currency[row["store_id"]]] += row["net_minor"] or 0
            own[currency[row["store_id"]]] += row["net_minor"] or 0
    mixed = len(asked.stores.currencies) > 1
    ranked = sorted(
        parts, key=lambda name: (Decimal(0) if mixed else -sum(parts[name].values(), Decimal(0)), -found[name], name)
    )
    departments = [(name, found[name], dict(parts[name])) for name in ranked]
    selling = sum(int(row["selling"] or 0) for row in rows)
    return Worth(asked.days, sum(found.values()), selling, dict(whole), departments), statement


def lost_beside(
    asked: StockFrame, context: ToolContext, measured: Sequence[Absence], only: Filter | None
) -> tuple[list[str], list[Statement]]:
    """What is out now beside the absences that were measured: how many of them are, and what a usual week sells.

    Nothing where no level is recorded, or nothing is out.
    """
    if not asked.levels:
        return [], []
    worth, statement = worth_of_out(asked, context, only=only)
    if not worth.found:
        return [], [statement]
    statements, among = [statement], 0
    if measured:
        held = Filter(variants=tuple(sorted({one.variant_id for one in measured})))
        statements.append(build_paced(asked.windows, context.scope, asked.asked.now, only=held, valued=False))
        rows = context.mirror.query(statements[1].sql, statements[1].params).dicts()
        gone = {(row["store_id"], row["variant_id"]) for row in rows if row["active"] and row["on_hand"] <= 0}
        among = len({(one.store_id, one.variant_id) for one in measured} & gone)
    week = f", which bring in {worth.week_said()} in a usual week" if worth.net else ""
    of_them = f"{among:,} of them {'is' if among == 1 else 'are'}" if among else "none of them is"
    return [f"Out of stock now: {counted(worth.found, 'case')}{week}; {of_them} in this figure."], statements


def week_column(asked: StockFrame) -> TableColumn:
    """The heading of a usual week; with several currencies its cells say theirs."""
    return TableColumn("Usual week", asked.currency if len(asked.stores.currencies) == 1 else "text")


def week_cell(asked: StockFrame, store_id: str, net_minor: Decimal | None) -> str | None:
    """A usual week of one row; of what did not sell there is none."""
    if net_minor is None:
        return None
    store = next(one for one in asked.stores.stores if one.store_id == store_id)
    week = usual_week(net_minor, asked.days)
    if len(asked.stores.currencies) > 1:
        return money_said(week, store.currency)
    return amount(week.scaleb(-store.exponent), store.currency)
