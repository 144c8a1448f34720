"""How customers paid: cash, cards, wallets, gift cards, and what it cost in fees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any, Literal

from pydantic import Field

from connectors.currency import minor_exponent
from connectors.mirror.rows import FAILED_PAYMENT, NO_PAYMENT
from tools.amounts import figure, money_said, money_text, percent_said, percent_text, simulated, stands_on
from tools.calendars import WEEK_START
from tools.context import ToolContext
from tools.errors import NOT_RECORDED, NoDataError
from tools.frame import Frame, caveats, frame, one_currency
from tools.metrics.evaluate import Group, decimal, fold, group_days, total
from tools.metrics.tenders_query import build_tenders
from tools.recorded import recorded_first
from tools.registry import Arguments, tool
from tools.result import Chart, Figure, Table, TableColumn, ToolResult
from tools.splits import SQL_SPLIT, title
from tools.with_sales import with_sales
from tools.wording import counted, listed

CHART_POINTS = 20
PERIOD_HELP = "When, in the asker's own words: “yesterday”, “last week”, “this quarter”."
STORES_HELP = "Which stores, in the asker's own words: “Harbor Point”, “north stores”."
Split = Literal["store", "day", "week", "month", "weekday"]
_LABELS = {
    "cash": "Cash",
    "card": "Card",
    "wallet": "Wallet",
    "gift_card": "Gift card",
    "store_credit": "Store credit",
    "other": "Other",
    "manufacturer_coupon": "Manufacturer coupon",
}
_SUMS = ("amount", "refunded", "payments", "tips", "fees", "fee_base")
NO_TENDERS = (
    "No payments are recorded for {stores} {when}, so the mix is not known. They come with the sales of a connected "
    "point of sale, or from a file of payments."
)


class TenderMixArguments(Arguments):
    """Arguments of ``tender_mix``."""

    period: str = Field(default="last 4 weeks", max_length=120, description=PERIOD_HELP)
    stores: str | None = Field(default=None, max_length=300, description=STORES_HELP)
    by: Split | None = Field(default=None, description="Split the mix by this.")
    show: Literal["mix", "fees"] = Field(
        default="mix", description="fees: what was charged for taking them comes first."
    )


def tender_label(kind: str) -> str:
    """How people call a kind of payment."""
    return _LABELS.get(kind, kind.replace("_", " ").capitalize())


@dataclass(frozen=True, slots=True)
class _Kind:
    """Payments of one kind, with their sums."""

    name: str
    sums: Mapping[str, Decimal]

    @property
    def label(self) -> str:
        return tender_label(self.name)

    @property
    def mean(self) -> Decimal | None:
        """The amount of a payment on average; None where there was none."""
        return self.sums["amount"] / self.sums["payments"] if self.sums["payments"] else None


@tool()
@recorded_first
def tender_mix(arguments: TenderMixArguments, context: ToolContext) -> ToolResult:
    """How sales were paid: amount, share and number of payments by cash, card, wallet, gift card and so on, with fees.

    Use it for “what is my payment mix this quarter”, “card vs cash last week”, “how much did we pay in card fees”,
    “cash share by store”. Amounts are what was received, tax and tips included, with refunds taken off.
    """
    asked = frame(arguments.period, arguments.stores, context)
    by = arguments.by
    one_currency(asked, by or "")
    windows = asked.windows()
    statement = build_tenders(windows, SQL_SPLIT.get(by or "", by), context.scope)
    days, covered, paid = with_sales(asked, windows, partial(context.mirror.query, statement.sql, statement.params))
    rows = paid.dicts()
    found = [row for row in rows if row["kind"] not in (NO_PAYMENT, FAILED_PAYMENT)]
    if not found:
        raise NoDataError(NO_TENDERS.format(stores=asked.stores.label, when=asked.when), NOT_RECORDED)
    by_key = _keyed(found, by)
    kinds = _by_kind(found)
    headline = _headline(asked, kinds, by_key)
    if arguments.show == "fees" and len(asked.stores.currencies) == 1:
        headline = f"{_fees(asked, kinds)} {headline}"
    return ToolResult(
        headline=headline,
        text=" ".join([headline, *_sentences(asked, kinds, by_key, by, fees_first=arguments.show == "fees")]),
        figures=(*_totals(asked, kinds), *_split_figures(asked, by_key, by or "")),
        table=_split_table(asked, by_key, by) if by else _mix_table(asked, kinds),
        chart=_split_chart(asked, by_key, by) if by else _mix_chart(asked, kinds),
        caveats=(
            "Shares are of all payments received, tax and tips included and refunds taken off.",
            *_given_back(found),
            *_left_out(rows),
            *caveats(asked, (), days),
            *simulated(asked, "tender", "Payments are"),
        ),
        follow_ups=_follow_ups(asked, by),
        provenance=stands_on(asked, ("payments", "payment_share"), [statement, covered], ("tender",)),
    )


def _given_back(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """How payments are counted, where some were given back."""
    if not any(row["refunded"] for row in rows):
        return []
    return ["Numbers of payments and their average count what was given back as payments of their own, below zero."]


def _keyed(rows: Sequence[Mapping[str, Any]], by: str | None) -> dict[str, list[_Kind]]:
    """Payments by group of the split and kind, in order; without a split the one key is empty."""
    kinds: dict[str, list[Group]] = {}
    for row in rows:
        kinds.setdefault(row["kind"], []).append(Group(row["key"], {name: decimal(row[name]) for name in _SUMS}))
    keyed: dict[str, list[_Kind]] = {}
    for name, groups in kinds.items():
        for group in fold(groups, by, WEEK_START) if by in SQL_SPLIT else groups:
            keyed.setdefault(group.key, []).append(_kind(name, group))
    if by == "weekday":
        whole = fold([Group(row["key"], {}) for row in rows], by, WEEK_START)
        return {group.key: keyed[group.key] for group in whole}
    return dict(sorted(keyed.items()))


def _by_kind(rows: Sequence[Mapping[str, Any]]) -> list[_Kind]:
    names = dict.fromkeys(row["kind"] for row in rows)
    groups = {
        name: total(Group("", {one: decimal(row[one]) for one in _SUMS}) for row in rows if row["kind"] == name)
        for name in names
    }
    kinds = [_kind(name, group) for name, group in groups.items()]
    return sorted(kinds, key=lambda one: (-one.sums["amount"], one.name))


def _kind(name: str, group: Group) -> _Kind:
    return _Kind(name, {one: group.sums.get(one) or Decimal(0) for one in _SUMS})


def _sum(kinds: Sequence[_Kind], name: str) -> Decimal:
    return sum((one.sums[name] for one in kinds), Decimal(0))


def _headline(asked: Frame, kinds: Sequence[_Kind], by_key: Mapping[str, Sequence[_Kind]]) -> str:
    where = f"{asked.when}, {asked.stores.label}"
    if len(asked.stores.currencies) > 1:
        said = [
            f"{asked.stores.name(key)} {percent_said(_share(found, 'card'), 1)} by card, "
            f"{percent_said(_share(found, 'cash'), 1)} in cash"
            for key, found in by_key.items()
        ]
        return f"Payments {where}: {listed(said)}."
    amount = _sum(kinds, "amount")
    mix = [f"{one.label.lower()} {percent_said(one.sums['amount'], amount)}" for one in kinds]
    return f"Payments {where}: {money_said(amount, asked.currency)}, of which {listed(mix)}."


def _share(kinds: Sequence[_Kind], name: str) -> Decimal | None:
    """The share of one kind in the amount; None where more was given back than taken."""
    whole = _sum(kinds, "amount")
    return _sum([one for one in kinds if one.name == name], "amount") / whole if whole > 0 else None


def _sentences(
    asked: Frame, kinds: Sequence[_Kind], by_key: Mapping[str, Sequence[_Kind]], by: str | None, *, fees_first: bool
) -> list[str]:
    if len(asked.stores.currencies) > 1:
        return []
    said = []
    number = _sum(kinds, "payments")
    amounts = "; ".join(
        f"{one.label.lower()} {money_said(one.sums['amount'], asked.currency)} in "
        f"{counted(int(one.sums['payments']), 'payment')}{_of_them(one, number, asked.currency)}"
        for one in kinds
    )
    said.append(f"{amounts[:1].upper()}{amounts[1:]}.")
    refunded = _sum(kinds, "refunded")
    if refunded:
        said.append(f"{money_said(-refunded, asked.currency)} given back is taken off.")
    if not fees_first:
        said.append(_fees(asked, kinds))
    if tips := _sum(kinds, "tips"):
        said.append(f"Tips in them: {money_said(tips, asked.currency)}.")
    if by and len(by_key) > 1:
        for name in ("card", "cash"):
            each = sorted((share, key) for key, found in by_key.items() if (share := _share(found, name)) is not None)
            if each and each[-1][0]:
                high, low = each[-1], each[0]
                said.append(
                    f"{tender_label(name)} share is highest for {title(by, high[1], asked.stores)}"
                    f" ({percent_said(high[0], 1)}) and lowest for {title(by, low[1], asked.stores)}"
                    f" ({percent_said(low[0], 1)})."
                )
    return said


def _of_them(one: _Kind, number: Decimal, currency: str) -> str:
    """Which part of all payments they are, and what one came to: the mix itself is of the money."""
    if one.sums["payments"] == number or one.sums["payments"] < 2:
        return ""
    return f" ({percent_said(one.sums['payments'], number)} of all, {money_said(one.mean, currency)} each)"


def _fees(asked: Frame, kinds: Sequence[_Kind]) -> str:
    """What was charged for taking the payments, or that nothing is known of it."""
    fees, base = _sum(kinds, "fees"), _sum(kinds, "fee_base")
    if not fees:
        return "No processing fees are recorded with these payments."
    return (
        f"Fees: {money_said(fees, asked.currency)}, which is {percent_said(fees, base, 2)} of the "
        f"{money_said(base, asked.currency)} that fees were charged on."
    )


def _left_out(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    without, failed = (
        sum(row["payments"] for row in rows if row["kind"] == kind) for kind in (NO_PAYMENT, FAILED_PAYMENT)
    )
    said = []
    if without:
        verb = "has no payment recorded and is" if without == 1 else "have no payment recorded and are"
        said.append(f"{counted(without, 'document')} with something to pay {verb} not in the mix.")
    if failed:
        verb = "was voided is" if failed == 1 else "were voided are"
        said.append(f"{counted(failed, 'payment')} that failed or {verb} left out.")
    return said


def _totals(asked: Frame, kinds: Sequence[_Kind]) -> list[Figure]:
    if len(asked.stores.currencies) > 1:
        return []
    made = []
    whole = _sum(kinds, "amount")
    made.append(figure(asked, "payments", money_text(whole, asked.exponent), asked.currency))
    if fees := _sum(kinds, "fees"):
        made.append(figure(asked, "payment_fees", money_text(fees, asked.exponent), asked.currency))
        made.append(figure(asked, "payment_fee_rate", percent_text(fees, _sum(kinds, "fee_base"), 2), "%"))
    for one in kinds:
        made += _kind_figures(asked, one, whole, {"tender": one.name}, asked.currency)
    return made


def _kind_figures(
    asked: Frame, one: _Kind, whole: Decimal, group: Mapping[str, str], currency: str, **where: Any
) -> list[Figure]:
    exponent = minor_exponent(currency)
    return [
        figure(asked, "payments", money_text(one.sums["amount"], exponent), currency, group, **where),
        figure(asked, "payment_share", percent_text(one.sums["amount"], max(whole, Decimal(0))), "%", group, **where),
        figure(asked, "payment_count", int(one.sums["payments"]), "count", group, **where),
        figure(asked, "average_payment", money_text(one.mean, exponent), currency, group, **where),
    ]


def _split_figures(asked: Frame, by_key: Mapping[str, Sequence[_Kind]], by: str) -> list[Figure]:
    made = []
    for key, kinds in by_key.items() if by else ():
        days = group_days(by, key, asked.start_on, asked.end_on)
        stores, currency = ((key,), _currency(asked, key)) if by == "store" else ((), asked.currency)
        whole = _sum(kinds, "amount")
        for one in kinds:
            group = {by: key, "tender": one.name}
            made += _kind_figures(asked, one, whole, group, currency, stores=stores, days=days)
    return made


def _currency(asked: Frame, store_id: str) -> str:
    return next(store.currency for store in asked.stores.stores if store.store_id == store_id)


def _mix_table(asked: Frame, kinds: Sequence[_Kind]) -> Table:
    unit, digits = asked.currency, asked.exponent
    named = [("Payment", "text"), ("Amount", unit), ("Share", "%"), ("Payments", "count"), ("Share of payments", "%")]
    more = [("Given back", "refunded", -1), ("Fees", "fees", 1), ("Tips", "tips", 1)]
    extra = [(label, name, sign) for label, name, sign in more if _sum(kinds, name)]
    named += [("Average", unit), *((label, unit) for label, _, _ in extra)]
    whole, payments = _sum(kinds, "amount"), _sum(kinds, "payments")
    rows = [
        (
            one.label,
            money_text(one.sums["amount"], digits),
            percent_text(one.sums["amount"], whole),
            int(one.sums["payments"]),
            percent_text(one.sums["payments"], payments),
            money_text(one.mean, digits),
            *(money_text(sign * one.sums[name], digits) for _, name, sign in extra),
        )
        for one in kinds
    ]
    return Table(tuple(TableColumn(*pair) for pair in named), rows)


def _split_table(asked: Frame, by_key: Mapping[str, Sequence[_Kind]], by: str) -> Table:
    """A row for each group: the amount of each kind, their sum, and the share of cards and of cash."""
    names = list(dict.fromkeys(one.name for found in by_key.values() for one in found))
    mixed = len(asked.stores.currencies) > 1
    unit = "text" if mixed else asked.currency
    columns = [TableColumn(by.capitalize(), "text")]
    columns += [TableColumn(tender_label(name), unit) for name in names]
    columns += [TableColumn("All payments", unit), TableColumn("Card share", "%"), TableColumn("Cash share", "%")]
    columns += [TableColumn("Currency", "text")] if mixed else []
    rows: list[tuple[str | int | None, ...]] = []
    for key, found in by_key.items():
        currency = _currency(asked, key) if by == "store" else asked.currency
        digits, whole = minor_exponent(currency), _sum(found, "amount")
        each = {one.name: one.sums["amount"] for one in found}
        rows.append(
            (
                title(by, key, asked.stores),
                *(money_text(each.get(name, Decimal(0)), digits) for name in names),
                money_text(whole, digits),
                *(percent_text(_share(found, name), 1) for name in ("card", "cash")),
                *([currency] if mixed else []),
            )
        )
    return Table(tuple(columns), rows)


def _mix_chart(asked: Frame, kinds: Sequence[_Kind]) -> Chart | None:
    if not 2 <= len(kinds) <= CHART_POINTS:
        return None
    values = tuple(float(one.sums["amount"].scaleb(-asked.exponent)) for one in kinds)
    heading = f"Payments, {asked.stores.label}, {asked.when}"
    return Chart("bar", heading, tuple(one.label for one in kinds), {"Amount": values}, asked.currency)


def _split_chart(asked: Frame, by_key: Mapping[str, Sequence[_Kind]], by: str) -> Chart | None:
    known = {key: share for key, found in by_key.items() if (share := _share(found, "card")) is not None}
    if not 2 <= len(known) <= CHART_POINTS:
        return None
    shares = tuple(float(share * 100) for share in known.values())
    titles = tuple(title(by, key, asked.stores) for key in known)
    kind = "bar" if by in ("store", "weekday") else "line"
    return Chart(kind, f"Card share by {by}, {asked.stores.label}, {asked.when}", titles, {"Card share": shares}, "%")


def _follow_ups(asked: Frame, by: str | None) -> tuple[str, ...]:
    when, same = asked.when_again, asked.same_part_and_stores
    asks = []
    if by != "store" and len(asked.stores.stores) > 1:
        asks.append(f"Payment mix {when} by store{same}")
    if by != "day" and 1 < asked.period.days <= 31:
        asks.append(f"Payment mix {when} by day{same}")
    return (*asks, f"Net sales {when}{same}")
