"""What is taken at the till and is no sale: tax, tips, other charges; gift cards, a debt until they are redeemed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from pydantic import Field

from connectors.currency import minor_exponent
from tools.amounts import figure, money_said, money_text, percent_said, percent_text, simulated, stands_on
from tools.calendars import WEEK_START
from tools.colleagues import require_names
from tools.context import ToolContext
from tools.documents.tender_mix import CHART_POINTS, PERIOD_HELP, STORES_HELP, Split
from tools.errors import NOT_RECORDED, NoDataError
from tools.frame import Frame, caveats, coverage, frame, one_currency, require_sales
from tools.metrics.evaluate import Group, decimal, fold, group_days, total
from tools.metrics.query import Statement
from tools.metrics.tenders_query import build_charges, build_gift_cards, build_taxes_and_tips
from tools.recorded import recorded_first
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.splits import SQL_SPLIT, title
from tools.wording import counted, listed


class TaxesAndTipsArguments(Arguments):
    """Arguments of ``taxes_and_tips``."""

    period: str = Field(default="last month", max_length=120, description=PERIOD_HELP)
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    show: Literal["both", "tax", "tips", "service", "shipping", "rounding"] = Field(
        default="both", description="Which was asked for: tax and tips, one of them, or another charge."
    )
    by: Split | Literal["employee"] | None = Field(default=None, description="Split the answer by this.")


class GiftCardsArguments(Arguments):
    """Arguments of ``gift_cards``."""

    period: str = Field(default="last 4 weeks", max_length=120, description=PERIOD_HELP)
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    by: Split | None = Field(default=None, description="Split the answer by this.")


_TAXES = {
    "tax": ("sales_tax", "Sales tax", "% of net sales"),
    "tips": ("tips", "Tips", "% of net sales"),
    "service": ("service_charges", "Service charges", "% of net sales"),
    "shipping": ("shipping_charges", "Shipping charges", "% of net sales"),
    "rounding": ("cash_rounding", "Rounding of cash", "% of net sales"),
}
_IN_ROLLUPS = ("both", "tax", "tips")


@tool()
@recorded_first
def taxes_and_tips(arguments: TaxesAndTipsArguments, context: ToolContext) -> ToolResult:
    """Sales tax and tips collected in a period, and their share of net sales; also service, shipping and rounding.

    Use it for “how much sales tax did we collect last month”, “tips by day last week”, “tips by employee”, “service
    charges last month”, “shipping revenue by store”. What was given back with a refund is taken off, on the day of the
    refund. None is part of net sales.
    """
    if arguments.by == "employee":
        require_names(context.scope)
    asked, by = frame(arguments.period, arguments.stores, context), arguments.by
    one_currency(asked, by or "")
    windows = asked.windows()
    days, covered = coverage(asked, windows)
    require_sales(asked, days)
    split = SQL_SPLIT.get(by or "", by)
    people = by == "employee"
    statements = [build_taxes_and_tips(windows, None if people else split, context.scope)]
    groups = _groups(context, statements[0], ("tax", "tips", "net", "transactions"), None if people else by)
    whole = total(groups)
    if people or arguments.show not in _IN_ROLLUPS:
        statements.append(build_charges(windows, split, context.scope))
        charged = _groups(context, statements[-1], (*_TAXES, "transactions"), by)
        nets = {} if people else {one.key: one.sums["net"] for one in groups}
        groups = [Group(one.key, {**one.sums, "net": nets.get(one.key)}, one.rows) for one in charged]
        whole = Group("", {**total(groups).sums, "net": whole.sums["net"]})
    wanted = ["tax", "tips"] if arguments.show == "both" else [arguments.show]
    shown = [name for name in wanted if whole.sums.get(name)]
    if not shown:
        what = listed([_TAXES[name][1].lower() for name in wanted], "or")
        raise NoDataError(
            f"No {what} is recorded for {asked.stores.label}, {asked.when}: the documents of these stores carry none. "
            "Either none is charged there, or the point of sale does not pass it on.",
            NOT_RECORDED,
        )
    headline = _taxes_headline(asked, shown, whole, groups)
    absent = [f"No {_TAXES[name][1].lower()} is recorded in this period." for name in wanted if name not in shown]
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_extremes(asked, groups, by, shown[0], _TAXES[shown[0]][1])]),
        figures=tuple(_taxes_figures(asked, shown, whole, groups, by)),
        table=_taxes_table(asked, shown, whole, groups, by),
        chart=_chart(asked, groups, by, shown[0], _TAXES[shown[0]][1]),
        caveats=(*absent, *caveats(asked, (), days)),
        follow_ups=_follow_ups(asked, by, _TAXES[shown[0]][1]),
        provenance=stands_on(asked, [_TAXES[name][0] for name in shown], [*statements, covered]),
    )


@tool()
@recorded_first
def gift_cards(arguments: GiftCardsArguments, context: ToolContext) -> ToolResult:
    """Gift cards sold and gift cards redeemed in a period.

    Use it for “how many gift cards did we sell last month”, “gift card redemptions this quarter”. A gift card sold is
    a debt and no revenue; it becomes a sale when it is redeemed.
    """
    asked, by = frame(arguments.period, arguments.stores, context), arguments.by
    one_currency(asked, by or "")
    windows = asked.windows()
    days, covered = coverage(asked, windows)
    require_sales(asked, days)
    statement = build_gift_cards(windows, SQL_SPLIT.get(by or "", by), context.scope)
    groups = _groups(context, statement, ("sold", "cards", "redeemed", "redemptions", "put_back"), by)
    whole = total(groups)
    if not any(whole.sums.get(name) for name in ("sold", "cards", "redeemed", "redemptions", "put_back")):
        raise NoDataError(
            f"No gift card was sold or redeemed at {asked.stores.label}, {asked.when}, as far as the till says.",
            NOT_RECORDED,
        )
    headline = _cards_headline(asked, whole, groups)
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_cards_sentences(asked, whole)]),
        figures=tuple(_cards_figures(asked, whole, groups, by)),
        table=_cards_table(asked, whole, groups, by),
        chart=_chart(asked, groups, by, "sold", "Gift cards sold"),
        caveats=(
            "Gift cards sold are a debt and not in net sales.",
            *caveats(asked, (), days),
            *simulated(asked, "tender", "Payments are"),
        ),
        follow_ups=_follow_ups(asked, by, "Gift cards"),
        provenance=stands_on(asked, ("gift_cards_sold", "gift_cards_redeemed"), [statement, covered], ("tender",)),
    )


def _groups(context: ToolContext, statement: Statement, names: Sequence[str], by: str | None) -> list[Group]:
    rows = context.mirror.query(statement.sql, statement.params).dicts()
    groups = [Group(row["key"], {name: decimal(row[name]) for name in names}) for row in rows]
    return fold(groups, by, WEEK_START) if by in SQL_SPLIT else groups


def _currency(asked: Frame, by: str | None, group: Group) -> str:
    if by == "store":
        return next(store.currency for store in asked.stores.stores if store.store_id == group.key)
    return asked.currency


def _by_currency(asked: Frame, groups: Sequence[Group], name: str, label: str) -> str:
    said = [
        f"{asked.stores.name(one.key)} {money_said(one.sums.get(name), _currency(asked, 'store', one))}"
        for one in groups
    ]
    return f"{label} {asked.when}: {listed(said)}."


def _taxes_headline(asked: Frame, shown: Sequence[str], whole: Group, groups: Sequence[Group]) -> str:
    if len(asked.stores.currencies) > 1:
        return _by_currency(asked, groups, shown[0], _TAXES[shown[0]][1])
    net = whole.sums["net"]
    said = [
        f"{_TAXES[name][1].lower()} {money_said(whole.sums[name], asked.currency)} "
        f"({percent_said(whole.sums[name], net)} of net sales)"
        for name in shown
    ]
    return f"Collected {asked.when}, {asked.stores.label}: {listed(said)}."


def _extremes(asked: Frame, groups: Sequence[Group], by: str | None, name: str, label: str) -> list[str]:
    known = sorted((one.sums.get(name) or Decimal(0), one.key) for one in groups)
    if not by or len(known) < 2 or len(asked.stores.currencies) > 1:
        return []
    (low, worst), (high, best) = known[0], known[-1]
    return [
        f"{label} were highest for {title(by, best, asked.stores)} with {money_said(high, asked.currency)} and lowest "
        f"for {title(by, worst, asked.stores)} with {money_said(low, asked.currency)}."
        if label.endswith("s")
        else f"{label} was highest for {title(by, best, asked.stores)} with {money_said(high, asked.currency)} and "
        f"lowest for {title(by, worst, asked.stores)} with {money_said(low, asked.currency)}."
    ]


def _taxes_figures(
    asked: Frame, shown: Sequence[str], whole: Group, groups: Sequence[Group], by: str | None
) -> list[Figure]:
    made = []
    for name in shown:
        metric = _TAXES[name][0]
        if len(asked.stores.currencies) == 1:
            made.append(figure(asked, metric, money_text(whole.sums[name], asked.exponent), asked.currency))
            made.append(figure(asked, f"{metric}_rate", percent_text(whole.sums[name], whole.sums["net"], 2), "%"))
        made += _each(asked, groups, by, metric, name)
    return made


def _each(asked: Frame, groups: Sequence[Group], by: str | None, metric: str, name: str) -> list[Figure]:
    """A money figure for each group of a split."""
    made = []
    for one in groups if by else ():
        currency = _currency(asked, by, one)
        made.append(
            figure(
                asked,
                metric,
                money_text(one.sums.get(name), minor_exponent(currency)),
                currency,
                {str(by): one.key},
                stores=(one.key,) if by == "store" else (),
                days=group_days(str(by), one.key, asked.start_on, asked.end_on),
            )
        )
    return made


def _taxes_table(asked: Frame, shown: Sequence[str], whole: Group, groups: Sequence[Group], by: str | None) -> Table:
    mixed = len(asked.stores.currencies) > 1
    unit = "text" if mixed else asked.currency
    people = by == "employee"
    columns = [TableColumn(by.capitalize() if by else "Period", "text")]
    for name in shown:
        columns.append(TableColumn(_TAXES[name][1], unit))
        columns += [] if people else [TableColumn(f"{_TAXES[name][1]} {_TAXES[name][2]}", "%")]
    columns += [
        TableColumn("Transactions", "count") if people else TableColumn("Net sales", unit),
        *([TableColumn("Currency", "text")] if mixed else []),
    ]
    rows: list[tuple[str | int | None, ...]] = []
    for one in groups if by else [whole]:
        currency = _currency(asked, by, one)
        digits, net = minor_exponent(currency), one.sums.get("net")
        cells: list[str | int | None] = [title(by, one.key, asked.stores) if by else asked.when]
        for name in shown:
            cells.append(money_text(one.sums.get(name), digits))
            cells += [] if people else [percent_text(one.sums.get(name), net, 2)]
        last = int(one.sums.get("transactions") or 0) if people else money_text(net, digits)
        rows.append((*cells, last, *([currency] if mixed else [])))
    return Table(tuple(columns), rows)


def _cards_headline(asked: Frame, whole: Group, groups: Sequence[Group]) -> str:
    if len(asked.stores.currencies) > 1:
        return _by_currency(asked, groups, "sold", "Gift cards sold")
    return (
        f"Gift cards {asked.when}, {asked.stores.label}: {int(whole.sums['cards'] or 0):,} sold for "
        f"{money_said(whole.sums['sold'], asked.currency)}; "
        f"{money_said(whole.sums['redeemed'], asked.currency)} redeemed "
        f"in {counted(int(whole.sums['redemptions'] or 0), 'payment')}."
    )


def _cards_sentences(asked: Frame, whole: Group) -> list[str]:
    if len(asked.stores.currencies) > 1:
        return []
    put_back = whole.sums["put_back"] or Decimal(0)
    owed = (whole.sums["sold"] or Decimal(0)) - (whole.sums["redeemed"] or Decimal(0)) - put_back
    said = [f"{money_said(-put_back, asked.currency)} was refunded onto gift cards."] if put_back else []
    verb = "grew" if owed >= 0 else "shrank"
    return [*said, f"So what is owed to card holders {verb} by {money_said(abs(owed), asked.currency)}."]


_CARDS = (
    ("gift_cards_sold", "sold"),
    ("gift_cards_redeemed", "redeemed"),
)


def _cards_figures(asked: Frame, whole: Group, groups: Sequence[Group], by: str | None) -> list[Figure]:
    made = []
    for metric, name in _CARDS:
        if len(asked.stores.currencies) == 1:
            made.append(figure(asked, metric, money_text(whole.sums[name], asked.exponent), asked.currency))
        made += _each(asked, groups, by, metric, name)
    made.append(figure(asked, "gift_cards_sold_count", int(whole.sums["cards"] or 0), "count"))
    made.append(figure(asked, "gift_card_redemptions", int(whole.sums["redemptions"] or 0), "count"))
    return made


def _cards_table(asked: Frame, whole: Group, groups: Sequence[Group], by: str | None) -> Table:
    mixed = len(asked.stores.currencies) > 1
    unit = "text" if mixed else asked.currency
    named = (
        (by.capitalize() if by else "Period", "text"), ("Cards sold", "count"), ("Sold", unit),
        ("Redemptions", "count"), ("Redeemed", unit), ("Refunded onto cards", unit),
    )  # fmt: skip
    rows: list[tuple[str | int | None, ...]] = []
    for one in groups if by else [whole]:
        digits = minor_exponent(_currency(asked, by, one))
        rows.append(
            (
                title(by, one.key, asked.stores) if by else asked.when,
                int(one.sums["cards"] or 0),
                money_text(one.sums["sold"], digits),
                int(one.sums["redemptions"] or 0),
                money_text(one.sums["redeemed"], digits),
                money_text(-(one.sums["put_back"] or Decimal(0)), digits),
                *([_currency(asked, by, one)] if mixed else []),
            )
        )
    columns = [TableColumn(*pair) for pair in named] + ([TableColumn("Currency", "text")] if mixed else [])
    return Table(tuple(columns), rows)


def _chart(asked: Frame, groups: Sequence[Group], by: str | None, name: str, label: str) -> Chart | None:
    if not by or not 2 <= len(groups) <= CHART_POINTS or len(asked.stores.currencies) > 1:
        return None
    values = tuple(float((one.sums.get(name) or Decimal(0)).scaleb(-asked.exponent)) for one in groups)
    kind = "bar" if by in ("store", "weekday", "employee") else "line"
    heading = f"{label} by {by}, {asked.stores.label}, {asked.when}"
    return Chart(
        kind, heading, tuple(title(by, one.key, asked.stores) for one in groups), {label: values}, asked.currency
    )


def _follow_ups(asked: Frame, by: str | None, subject: str) -> tuple[str, ...]:
    when, same = asked.when_again, asked.same_part_and_stores
    asks = []
    if by != "store" and len(asked.stores.stores) > 1:
        asks.append(f"{subject} {when} by store{same}")
    if by != "day" and 1 < asked.period.days <= 31:
        asks.append(f"{subject} {when} by day{same}")
    return (*asks, f"Payment mix {when}{same}")
