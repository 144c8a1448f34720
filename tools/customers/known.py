"""Customers that the point of sale knows by a pseudonym: what each bought, and how much of the sales that is.

Nobody is named, and every answer says which part of the sales its figures stand for: sales without a known customer
are in none of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from tools.analysis.few import FEWEST
from tools.analysis.rfm import Customer
from tools.context import Role, ToolContext
from tools.errors import NoDataError
from tools.frame import Frame, caveats, coverage, frame, one_currency, provenance, require_sales
from tools.metrics import METRICS
from tools.metrics.evaluate import fetch, total
from tools.metrics.query import Statement, Window, build
from tools.metrics.segments_query import IS_THERE, build_customers
from tools.result import Figure, Provenance
from tools.together import together
from tools.wording import money

PERIOD = "the last 52 weeks"
STORES_HELP = "Which stores, in the asker's own words: “Harbor Point”, “north stores”. Leave out if not said."
MAY_SEE_KEYS = frozenset({Role.OWNER, Role.ANALYST, Role.DISTRICT_MANAGER})
"""Who may see single customers, by pseudonym; everybody else sees groups."""

_METRICS = ("net_sales", "transactions")
_EVER = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class KnownCustomer:
    """One customer's sums over the period; money in minor units."""

    key: str
    visits: int
    net_minor: Decimal
    sale_net_minor: Decimal
    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True)
class Known:
    """The known customers of a question, and what of all sales is theirs."""

    asked: Frame
    customers: tuple[KnownCustomer, ...]
    net_minor: Decimal
    all_net_minor: Decimal
    days: Mapping[str, int]
    statements: tuple[Statement, ...]

    @property
    def share(self) -> Decimal | None:
        """Net sales with a known customer, in per cent of all net sales."""
        return self.net_minor * 100 / self.all_net_minor if self.all_net_minor else None

    def money(self, minor: Decimal) -> str:
        """An amount of minor units as people read it."""
        return money(self.major(minor), self.asked.currency)

    def plain(self, minor: Decimal) -> str:
        """The same as a plain decimal string."""
        return METRICS["net_sales"].text(self.major(minor), self.asked.exponent) or "0"

    def major(self, minor: Decimal) -> Decimal:
        """Rounded to the minor unit, in major units."""
        return METRICS["net_sales"].rounded(minor.scaleb(-self.asked.exponent), self.asked.exponent)

    def caveats(self) -> list[str]:
        """What must be said beside any figure about customers."""
        said = caveats(self.asked, [METRICS[name] for name in _METRICS], self.days)
        return [*said, f"{self.denominator()} Shares are of sales with a known customer."]

    def denominator(self) -> str:
        """Which part of the sales has a known customer."""
        if self.share is None:
            return "Net sales of the period are zero."
        return f"{self.share:.1f} % of net sales have a known customer."

    def totals(self) -> list[Figure]:
        """How many known customers there are, their net sales, and which share of all net sales that is."""
        asked = self.asked
        share = None if self.share is None else f"{self.share:.1f}"
        values = (
            ("customers", str(len(self.customers)), "count"),
            ("known_customer_net_sales", self.plain(self.net_minor), asked.currency),
            ("known_customer_share", share, "%"),
        )
        return [
            Figure(name, value, unit, asked.stores.ids, asked.start_on, asked.end_on) for name, value, unit in values
        ]

    def provenance(self, *more: Statement) -> Provenance:
        """What the answer stands on; who was put into which group is said as a number, never as a list of people."""
        told = [Statement(one.sql, {name: _told(value) for name, value in one.params.items()}) for one in more]
        return provenance(self.asked, [METRICS[name] for name in _METRICS], [*self.statements, *told])


def known_customers(period: str, stores: str | None, context: ToolContext, *, by_store: bool = False) -> Known:
    """The customers of a period; ``by_store`` says that the question can be asked by store.

    Raises:
        NoDataError: no sale of these stores names a customer, or too few people are behind them.
        tools.errors.ToolError: see ``frame``.
    """
    asked = frame(period, stores, context)
    if asked.unfinished() and asked.start_on < asked.end_on:
        asked = asked.without_today()
    return customers_of(asked.in_data(), by_store=by_store)


def customers_of(asked: Frame, *, by_store: bool = False) -> Known:
    """The customers of a question whose stores and dates are known; raises like ``known_customers``."""
    context = asked.context
    one_currency(asked, "" if by_store else None)
    if not context.mirror.query(IS_THERE).rows[0][0]:
        raise NoDataError(
            "The sums per customer are not there yet: this data was written by an older floorwalker. Run `floorwalker"
            " sync` or `floorwalker load` once, which adds them."
        )
    windows = asked.windows()
    sums = build([METRICS[name] for name in _METRICS], windows, None, context.scope)
    statement = build_customers(windows, context.scope)
    found, (days, covered), groups = together(
        partial(context.mirror.query, statement.sql, statement.params),
        partial(coverage, asked, windows),
        partial(fetch, context.mirror, sums),
    )
    require_sales(asked, days)
    whole = total(groups)
    everyone = tuple(
        KnownCustomer(
            row["customer_key"],
            int(row["visits"]),
            Decimal(row["net_minor"]),
            Decimal(row["sale_net_minor"]),
            row["first_on"],
            row["last_on"],
        )
        for row in found.dicts()
    )
    customers = tuple(one for one in everyone if one.visits > 0)  # who only brought something back did not buy
    if not customers:
        raise NoDataError(
            f"No sale of {asked.stores.label} {asked.when} names a customer. Customers come from the point of sale's"
            " customer profiles or a loyalty card, as a pseudonym."
        )
    if len(customers) < FEWEST:
        raise NoDataError(
            f"Fewer than {FEWEST} known customers bought at {asked.stores.label} {asked.when}; nothing is said"
            " about so few people."
        )
    net = sum((one.net_minor for one in everyone), Decimal(0))
    all_net = whole.sums.get("n_net_sales") or Decimal(0)
    return Known(asked, customers, net, all_net, days, (statement, sums, covered))


def _told(value: Any) -> Any:
    """A bound value as provenance may keep it: a list is one of customers or of their groups."""
    return f"{len(value)} values, not kept" if isinstance(value, list) else value


def measured(known: Known) -> list[Customer]:
    """The customers as ``analysis.rfm`` and ``analysis.clustering`` want them; recency at the end of the period."""
    end_on = known.asked.end_on
    return [Customer(one.key, one.visits, one.net_minor, (end_on - one.last_on).days) for one in known.customers]


def since_the_beginning(asked: Frame) -> list[Window]:
    """The windows of the question, reaching back to the first sale."""
    return [replace(window, start_on=_EVER) for window in asked.windows()]


def share_of(part: Decimal, whole: Decimal) -> str:
    """Per cent with one digit; ``0.0`` of nothing."""
    return f"{part * 100 / whole:.1f}" if whole else "0.0"


def total_of(customers: Iterable[KnownCustomer]) -> Decimal:
    """Their net sales in minor units."""
    return sum((one.net_minor for one in customers), Decimal(0))


def grouped(known: Known, groups: Mapping[str, str]) -> dict[str, list[KnownCustomer]]:
    """The customers of each group, in the order in which groups first occur."""
    made: dict[str, list[KnownCustomer]] = {}
    for one in known.customers:
        if one.key in groups:
            made.setdefault(groups[one.key], []).append(one)
    return made


def in_order(names: Iterable[str], order: Sequence[str]) -> list[str]:
    """Names of (joined) segments by where their first part stands in ``order``."""
    places = {name: place for place, name in enumerate(order)}
    return sorted(names, key=lambda name: places.get(name.split(" and ", 1)[0], places.get(name, len(places))))
