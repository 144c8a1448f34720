"""Which discounts were given: by name, promotion, coupon, code or kind, and by whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any, Literal

from pydantic import Field

from tools.amounts import figure, money_said, money_text, percent_said, percent_text, ratio, stands_on
from tools.colleagues import require_names
from tools.context import ToolContext
from tools.documents.tender_mix import CHART_POINTS, PERIOD_HELP, STORES_HELP
from tools.each_currency import each_currency
from tools.errors import NoDataError
from tools.frame import Frame, caveats, coverage, frame, one_currency, require_sales
from tools.metrics import METRICS
from tools.metrics.discounts_query import build_discounts
from tools.metrics.evaluate import fetch, total
from tools.metrics.query import build
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.splits import title
from tools.together import together
from tools.wording import counted

By = Literal["name", "kind", "code", "promotion", "coupon", "store", "day", "department", "employee"]
_TITLES = {"name": "Discount", "employee": "Employee"}
_ABSENT = {
    "code": "no discount of these names a code",
    "promotion": "no discount of these is tied to a promotion",
    "coupon": "no discount of these is tied to a coupon",
    "employee": "the sales of these stores do not say who rang them up",
}


class DiscountsUsedArguments(Arguments):
    """Arguments of ``discounts_used``."""

    period: str = Field(default="last 4 weeks", max_length=120, description=PERIOD_HELP)
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    by: By = Field(
        default="name", description="What to list them by; by employee only for those who answer for a store."
    )
    name: str | None = Field(
        default=None, max_length=80, description="Only discounts with these words in their name, code or promotion."
    )
    limit: int = Field(default=10, ge=1, le=50, description="How many rows.")


@dataclass(frozen=True, slots=True)
class _Used:
    """What was found: rows by amount, and gross sales, discounts and transactions of all sales."""

    rows: Sequence[Mapping[str, Any]]
    gross: Decimal
    discounts: Decimal
    transactions: Decimal

    @property
    def amount(self) -> Decimal:
        return sum((row["amount"] for row in self.rows), Decimal(0))

    @property
    def named(self) -> list[Mapping[str, Any]]:
        """The rows that say what was asked for."""
        return [row for row in self.rows if row["key"]]


@tool()
@each_currency
def discounts_used(arguments: DiscountsUsedArguments, context: ToolContext) -> ToolResult:
    """Discounts given in a period by name, promotion, coupon, code, kind, department, store, day or employee.

    Use it for “which discounts did we give last month”, “who gave the most discounts”, “how often was code SPRING
    used”, “discounts by department”. It shows the amount, how many lines and transactions had them, and the share of
    gross sales. Whether a discount paid off is another question.
    """
    asked, by = frame(arguments.period, arguments.stores, context), arguments.by
    one_currency(asked, "")
    if by == "employee":
        require_names(context.scope)
    windows = asked.windows()
    words = (arguments.name or "").lower().split()
    statement = build_discounts(windows, by, context.scope, named=words)
    sums = build([METRICS[one] for one in ("gross_sales", "discounts", "transactions")], windows, None, context.scope)
    given, (days, covered), groups = together(
        partial(context.mirror.query, statement.sql, statement.params),
        partial(coverage, asked, windows),
        partial(fetch, context.mirror, sums),
    )
    require_sales(asked, days)
    whole = total(groups).sums
    used = _Used(
        given.dicts(),
        *(whole[f"n_{one}"] or Decimal(0) for one in ("gross_sales", "discounts", "transactions")),
    )
    _require(asked, used, arguments)
    headline = _headline(asked, used, arguments)
    shown = used.named[: arguments.limit]
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_sentences(asked, used, arguments)]),
        figures=tuple(_figures(asked, used, shown, by)),
        table=_table(asked, used, shown, by),
        chart=_chart(asked, used, by),
        caveats=(*_differences(asked, used, arguments), *caveats(asked, (), days)),
        follow_ups=_follow_ups(asked, by),
        provenance=stands_on(asked, ("discounts", "discount_rate"), [statement, sums, covered]),
    )


def _require(asked: Frame, used: _Used, arguments: DiscountsUsedArguments) -> None:
    """Refuse where nothing says what was asked for.

    Raises:
        NoDataError: no discount was given, none fits the name, or none says who or what.
    """
    where = f"at {asked.stores.label} {asked.when}"
    if not used.rows and arguments.name:
        raise NoDataError(f"No discount with “{arguments.name}” in its name, code or promotion was given {where}.")
    if not used.rows and used.discounts:
        raise NoDataError(
            f"Discounts of {money_said(used.discounts, asked.currency)} were given {where}, but the point of sale does "
            "not itemise them, so their names are not known."
        )
    if not used.rows:
        raise NoDataError(f"No discount was given {where}.")
    if not used.named:
        why = _ABSENT.get(arguments.by, "it is not recorded")
        raise NoDataError(f"Discounts cannot be shown by {arguments.by} {where}: {why}.")


def _label(asked: Frame, by: str, row: Mapping[str, Any]) -> str:
    if by in ("store", "day"):
        return title(by, row["key"], asked.stores)
    if by == "coupon" and row["label"] not in (row["key"], ""):
        return f"{row['key']} ({row['label']})"
    return str(row["key"]).replace("_", " ") if by == "kind" else str(row["key"])


def _headline(asked: Frame, used: _Used, arguments: DiscountsUsedArguments) -> str:
    first, by = used.named[0], arguments.by
    where = f"{asked.when}, {asked.stores.label}"
    worth = money_said(used.amount, asked.currency)
    share = percent_said(used.amount, used.gross)
    lead = f"Discounts with “{arguments.name}”" if arguments.name else "Discounts"
    most = f"{_label(asked, by, first)} with {money_said(first['amount'], asked.currency)}"
    if by == "employee":
        return f"{lead} {where}: {most} gave the most; all together {worth}, {share} of gross sales."
    return f"{lead} {where}: {worth}, {share} of gross sales; most by {most}."


def _sentences(asked: Frame, used: _Used, arguments: DiscountsUsedArguments) -> list[str]:
    said = [
        f"{_label(asked, arguments.by, row)} {money_said(row['amount'], asked.currency)} in "
        f"{counted(row['documents'], 'transaction')} ({percent_said(row['documents'], used.transactions)}),"
        f" {money_said(ratio(row['amount'], row['documents']), asked.currency)} each"
        for row in used.named[:4]
    ]
    return [f"{'; '.join(said)}."]


def _figures(asked: Frame, used: _Used, shown: Sequence[Mapping[str, Any]], by: str) -> list[Figure]:
    made = [
        figure(asked, "discounts", money_text(used.amount, asked.exponent), asked.currency),
        figure(asked, "discount_rate", percent_text(used.amount, used.gross), "%"),
    ]
    for row in shown:
        group = {by: str(row["key"])}
        stores = (row["key"],) if by == "store" else ()
        amount = money_text(row["amount"], asked.exponent)
        made.append(figure(asked, "discounts", amount, asked.currency, group, stores=stores))
        made.append(figure(asked, "discounted_transactions", row["documents"], "count", group, stores=stores))
        share = percent_text(row["amount"], used.amount)
        made.append(figure(asked, "share_of_discounts", share, "%", group, stores=stores))
    return made


def _table(asked: Frame, used: _Used, shown: Sequence[Mapping[str, Any]], by: str) -> Table:
    unit = asked.currency
    named = (
        (_TITLES.get(by, by.capitalize()), "text"), ("Amount", unit), ("Share of these discounts", "%"),
        ("Share of gross sales", "%"), ("Transactions", "count"), ("Share of transactions", "%"),
        ("Times given", "count"),
    )  # fmt: skip
    rows = [
        (
            _label(asked, by, row),
            money_text(row["amount"], asked.exponent),
            percent_text(row["amount"], used.amount),
            percent_text(row["amount"], used.gross, 2),
            int(row["documents"]),
            percent_text(row["documents"], used.transactions),
            int(row["uses"]),
        )
        for row in shown
    ]
    return Table(tuple(TableColumn(*pair) for pair in named), rows)


def _chart(asked: Frame, used: _Used, by: str) -> Chart | None:
    rows = sorted(used.named, key=lambda row: row["key"]) if by == "day" else used.named
    if not 2 <= len(rows) <= CHART_POINTS:
        return None
    values = tuple(float(row["amount"].scaleb(-asked.exponent)) for row in rows)
    heading = f"Discounts by {by}, {asked.stores.label}, {asked.when}"
    labels = tuple(_label(asked, by, row) for row in rows)
    return Chart("line" if by == "day" else "bar", heading, labels, {"Discounts": values}, asked.currency)


def _differences(asked: Frame, used: _Used, arguments: DiscountsUsedArguments) -> list[str]:
    """What the itemised discounts leave open."""
    said = []
    rest = used.discounts - used.amount
    if not arguments.name and rest:
        more = "more" if rest > 0 else "less"
        said.append(
            f"The lines were reduced by {money_said(used.discounts, asked.currency)}, "
            f"{money_said(abs(rest), asked.currency)} {more} than the discounts that are itemised here."
        )
    nameless = [row for row in used.rows if not row["key"]]
    if nameless:
        amount = money_said(nameless[0]["amount"], asked.currency)
        said.append(f"{amount} of them do not say the {'name' if arguments.by == 'name' else arguments.by}.")
    if len(used.named) > arguments.limit:
        said.append(f"The first {arguments.limit} of {len(used.named):,} are listed.")
    if arguments.by == "employee":
        said.append("Who serves more customers gives more discounts; this is no judgement of a person.")
    return said


def _follow_ups(asked: Frame, by: str) -> tuple[str, ...]:
    when, same = asked.when_again, asked.same_part_and_stores
    asks = [f"Discounts used {when} by department{same}"] if by != "department" else [f"Discounts used {when}{same}"]
    if by != "store" and len(asked.stores.stores) > 1:
        asks.append(f"Discounts used {when} by store{same}")
    return (*asks, f"Discount rate {when} by department{same}")
