"""Baskets with a coupon, a discount or goods on promotion or display beside those without: how many, value, pieces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from connectors.currency import minor_exponent
from tools.amounts import figure, money_said, money_text, number_text, percent_said, percent_text, ratio, stands_on
from tools.analysis.calendar import WEEKDAYS
from tools.breakdown.promoted_since import promotions_known
from tools.context import ToolContext
from tools.documents.tender_mix import PERIOD_HELP, STORES_HELP
from tools.errors import NoDataError
from tools.frame import Frame, caveats, coverage, frame, one_currency, require_sales
from tools.metrics.baskets_apart_query import build_baskets_apart
from tools.metrics.dimensions import DIMENSIONS
from tools.registry import Arguments, tool
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.splits import title

Having = Literal["coupon", "discount", "promotion", "display", "mailer", "support"]
_WITH = {
    "coupon": "a coupon", "discount": "a discount", "promotion": "goods on promotion", "display": "goods on display",
    "mailer": "goods in the mailer", "support": "goods on display or in the mailer",
}  # fmt: skip
_PLACES = ("display", "mailer", "support")
_OF_OFFERS = ("promotion", *_PLACES)
_WHAT = {
    "coupon": "A basket with a coupon is one with a discount that names a coupon, or with a manufacturer's coupon among"
    " its payments.",
    "discount": "A basket with a discount is one where any amount was taken off; a loyalty price counts.",
    "promotion": "A basket with goods on promotion holds at least one product that was on promotion, on display or in"
    " the mailer at that store on that day.",
    **{
        one: f"A basket with {_WITH[one]} holds at least one product that was so at that store on that day, and counts"
        " with all that is in it."
        for one in _PLACES
    },
}
_LARGER = (
    "A large basket holds such goods more easily than a small one, so the difference does not say that {it} made it"
    " larger."
)
_MISSING = {
    "coupon": "No basket with a coupon is recorded at {stores} {when}. They are known where discounts name a coupon or"
    " payments are coupons.",
    "discount": "No discount is recorded at {stores} {when}.",
    **{
        one: f"No {_WITH[one]} were sold at {{stores}} {{when}}, as far as promotions are recorded."
        for one in _OF_OFFERS
    },
}


class BasketsApartArguments(Arguments):
    """Arguments of ``baskets_apart``."""

    having: Having = Field(
        description="What sets them apart: coupon, discount (any amount off), or goods on promotion, on display, in the"
        " mailer or in either (support)."
    )
    period: str = Field(default="last 4 weeks", max_length=120, description=PERIOD_HELP)
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    by: Literal["store", "weekday", "week", "month"] | None = Field(
        default=None, description="Split the answer by this."
    )


@dataclass(frozen=True, slots=True)
class _Side:
    """The baskets of one side: how many, net sales in minor units, pieces."""

    baskets: int
    net: Decimal
    pieces: Decimal

    @property
    def value(self) -> Decimal | None:
        return ratio(self.net, self.baskets)


@dataclass(frozen=True, slots=True)
class _Group:
    """A group's baskets with and without; ``off`` is what was taken off in those with, in minor units."""

    key: str
    having: _Side
    others: _Side
    off: Decimal

    @property
    def all_baskets(self) -> int:
        return self.having.baskets + self.others.baskets


@tool()
def baskets_apart(arguments: BasketsApartArguments, context: ToolContext) -> ToolResult:
    """Baskets with a coupon, discount, promoted or displayed goods against those without: share, value, items.

    Use it for “average basket with coupon vs without”, “what share of baskets has a discount”, “do baskets with
    promoted goods come to more, by store”, “average transaction value by display or mailer”: the whole basket
    counts. These are baskets, known customer or not; households that redeem coupons are ``redeemers_compared``.
    """
    asked, by = frame(arguments.period, arguments.stores, context), arguments.by
    one_currency(asked, by or "")
    windows = asked.windows()
    days, covered = coverage(asked, windows)
    require_sales(asked, days)
    known = promotions_known([DIMENSIONS["promotion"]], asked) if arguments.having in _OF_OFFERS else []
    statements = [build_baskets_apart(windows, arguments.having, None, context.scope)]
    if by:
        statements.append(build_baskets_apart(windows, arguments.having, by, context.scope))
    found = [
        [_group(row) for row in context.mirror.query(statement.sql, statement.params).dicts()]
        for statement in statements
    ]
    if not found[0] or not found[0][0].having.baskets:
        raise NoDataError(_MISSING[arguments.having].format(stores=asked.stores.label, when=asked.when))
    whole, split = found[0][0], found[1] if by else []
    several = len(asked.stores.currencies) > 1
    headline = _headline(asked, arguments.having, whole, split, several=several)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *([] if several else _sentences(asked, arguments.having, whole, split, by))]),
        figures=tuple(_figures(asked, arguments.having, whole, split, by, several=several)),
        table=_split_table(asked, split, by) if by else _table(asked, arguments.having, whole),
        caveats=(
            _WHAT[arguments.having],
            _LARGER.format(it=_WITH[arguments.having]),
            *known,
            *caveats(asked, (), days),
        ),
        follow_ups=_follow_ups(asked, arguments.having, by),
        provenance=stands_on(
            asked, ("transactions", "average_transaction_value", "units_per_transaction"), [*statements, covered]
        ),
    )


def _group(row: Mapping[str, Any]) -> _Group:
    having = _Side(int(row["with_baskets"]), Decimal(row["with_net"]), Decimal(row["with_pieces"]))
    others = _Side(
        int(row["baskets"]) - having.baskets, row["net"] - having.net, Decimal(row["pieces"]) - having.pieces
    )
    return _Group(str(row["key"]), having, others, Decimal(row["with_discount"]))


def _title(asked: Frame, by: str, key: str) -> str:
    return WEEKDAYS[int(key) - 1].title() if by == "weekday" else title(by, key, asked.stores)


def _currency(asked: Frame, by: str | None, key: str) -> str:
    if by != "store":
        return asked.currency
    return next(store.currency for store in asked.stores.stores if store.store_id == key)


def _headline(asked: Frame, having: str, whole: _Group, split: Sequence[_Group], *, several: bool) -> str:
    what = _WITH[having]
    if several:
        said = [
            f"{asked.stores.name(one.key)} {money_said(one.having.value, _currency(asked, 'store', one.key))} against"
            f" {money_said(one.others.value, _currency(asked, 'store', one.key))}"
            for one in split
        ]
        return f"Average basket with {what} against those without {asked.when}: {'; '.join(said)}."
    without = (
        f"{money_said(whole.others.value, asked.currency)} without" if whole.others.baskets else "there are no others"
    )
    return (
        f"{percent_said(whole.having.baskets, whole.all_baskets)} of baskets {asked.when}, {asked.stores.label}, have"
        f" {what} ({whole.having.baskets:,} of {whole.all_baskets:,}):"
        f" {money_said(whole.having.value, asked.currency)} on average, {without}."
    )


def _sentences(asked: Frame, having: str, whole: _Group, split: Sequence[_Group], by: str | None) -> list[str]:
    said = []
    if whole.others.baskets:
        pieces = [number_text(ratio(one.pieces, one.baskets)) for one in (whole.having, whole.others)]
        said.append(f"They hold {pieces[0]} pieces against {pieces[1]}.")
    share = percent_said(whole.having.net, whole.having.net + whole.others.net)
    said.append(f"They make {share} of net sales.")
    if having == "discount":
        off = money_said(ratio(whole.off, whole.having.baskets), asked.currency)
        said.append(f"On average {off} is taken off such a basket; the amounts here are what was paid after that.")
    shown = [one for one in split if one.having.baskets and one.others.baskets]
    if by and len(shown) > 1:
        ranked = sorted(shown, key=_times)
        most, least = (
            f"{_title(asked, by, one.key)} ({money_said(one.having.value, asked.currency)} against"
            f" {money_said(one.others.value, asked.currency)})"
            for one in (ranked[-1], ranked[0])
        )
        said.append(f"Furthest apart: {most}; least: {least}.")
    return said


def _times(one: _Group) -> Decimal:
    """How many times the others' value a basket with it comes to."""
    return ratio(one.having.value, one.others.value) or Decimal(0)


def _figures(
    asked: Frame, having: str, whole: _Group, split: Sequence[_Group], by: str | None, *, several: bool
) -> list[Figure]:
    made = [] if several else _of_group(asked, having, whole, {}, (), asked.currency)
    for one in split:
        stores = (one.key,) if by == "store" else ()
        key = _title(asked, str(by), one.key) if by == "weekday" else one.key
        made += _of_group(asked, having, one, {str(by): key}, stores, _currency(asked, by, one.key))
    return made


def _of_group(
    asked: Frame, having: str, one: _Group, key: Mapping[str, str], stores: Sequence[str], currency: str
) -> list[Figure]:
    exponent = minor_exponent(currency)
    share = percent_text(one.having.baskets, one.all_baskets)
    made = [figure(asked, f"transactions_with_{having}_share", share, "%", key, stores=stores)]
    for name, side in (("with", one.having), ("without", one.others)):
        group = {**key, having: name}
        values = (
            ("transactions", str(side.baskets), "count"),
            ("average_transaction_value", money_text(side.value, exponent), currency),
            ("units_per_transaction", number_text(ratio(side.pieces, side.baskets)), "ratio"),
            ("net_sales", money_text(side.net, exponent), currency),
        )
        made += [figure(asked, metric, value, unit, group, stores=stores) for metric, value, unit in values]
    return made


def _table(asked: Frame, having: str, whole: _Group) -> Table:
    unit = asked.currency
    columns = (
        TableColumn("Baskets", "text"), TableColumn("Transactions", "count"), TableColumn("Share", "%"),
        TableColumn("Average value", unit), TableColumn("Pieces", "ratio"), TableColumn("Net sales", unit),
    )  # fmt: skip
    rows = [
        (
            name,
            side.baskets,
            percent_text(side.baskets, whole.all_baskets),
            money_text(side.value, asked.exponent),
            number_text(ratio(side.pieces, side.baskets)),
            money_text(side.net, asked.exponent),
        )
        for name, side in ((f"with {_WITH[having]}", whole.having), ("without", whole.others))
    ]
    return Table(columns, rows)


def _split_table(asked: Frame, split: Sequence[_Group], by: str) -> Table:
    mixed = len(asked.stores.currencies) > 1
    unit = "text" if mixed else asked.currency
    columns = [
        TableColumn(by.capitalize(), "text"), TableColumn("With", "count"), TableColumn("Without", "count"),
        TableColumn("Share with", "%"), TableColumn("Average with", unit), TableColumn("Average without", unit),
        *([TableColumn("Currency", "text")] if mixed else []),
    ]  # fmt: skip
    rows = []
    for one in split:
        currency = _currency(asked, by, one.key)
        exponent = minor_exponent(currency)
        rows.append(
            (
                _title(asked, by, one.key),
                one.having.baskets,
                one.others.baskets,
                percent_text(one.having.baskets, one.all_baskets),
                money_text(one.having.value, exponent),
                money_text(one.others.value, exponent),
                *([currency] if mixed else []),
            )
        )
    return Table(tuple(columns), rows)


def _follow_ups(asked: Frame, having: str, by: str | None) -> tuple[str, ...]:
    when, same = asked.when_again, asked.same_part_and_stores
    asks = f"Average basket with {having} vs without {when}"
    again = having not in _PLACES and by != "store" and len(asked.stores.stores) > 1
    made = [f"{asks} by store{same}"] if again else []
    return (*made, f"Median basket {when}{same}")
