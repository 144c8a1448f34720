"""An exception report in figures and rows. The sentences are those of ``exceptions_words``."""

from __future__ import annotations

from tools.amounts import figure, money_text, percent_text, stands_on
from tools.analysis.opening_hours import clock
from tools.exceptions import payments
from tools.exceptions.cash import CashFinding
from tools.exceptions.rates import Finding, Unit
from tools.exceptions.report import Report
from tools.exceptions.words import (
    NO_PROOF,
    chance_text,
    count_text,
    discount_shares,
    facts,
    headline,
    remarks,
    sentences,
)
from tools.frame import caveats
from tools.metrics import METRICS
from tools.result import Figure, Table, TableColumn, ToolResult
from tools.wording import counted

MOST_ROWS = 20
_MOST_SENTENCES = 5
_Row = tuple[str | int | None, ...]
_RATES = {
    "discounts": "hand_discount_rate",
    "refunds": "refund_rate_by_count",
    "voids": "void_rate",
    "no_sales": "no_sale_rate",
    "price_overrides": "price_override_rate",
    "paid_outs": "paid_out_rate",
}


def shown(report: Report) -> ToolResult:
    """The report as an answer."""
    first = headline(report)
    more = [*sentences(report)[:_MOST_SENTENCES], *facts(report), *([NO_PROOF] if report.number else [])]
    table = _days_table(report) if report.measure == "opening" else _table(report)
    table = table if table.rows or not report.paid else payments.table(report.asked, report.paid)
    return ToolResult(
        headline=first,
        text=" ".join([first, *more]),
        figures=(*_figures(report), *payments.figures(report.asked, report.paid)),
        table=table if table.rows else None,
        caveats=(*caveats(report.asked, [METRICS[name] for name in _counted(report)], report.days), *remarks(report)),
        follow_ups=_follow_ups(report),
        provenance=stands_on(report.asked, _metrics(report), report.statements),
    )


def _counted(report: Report) -> tuple[str, ...]:
    return ("transactions", "payments") if report.paid else ("transactions",)


def _table(report: Report) -> Table:
    currency = report.asked.currency
    columns = tuple(
        TableColumn(*pair)
        for pair in (
            ("Who or what", "text"), ("What", "text"), ("Number", "count"), ("Of", "count"), ("Rate", "%"),
            ("Expected", "count"), ("Amount", currency), ("By chance", "text"), ("Stands out", "text"),
        )
    )  # fmt: skip
    rows = [_rate_row(report, one) for one in _rates_shown(report)]
    rows += [_cash_row(report, one) for one in _cash_shown(report)]
    if report.measure is None:
        for one in report.irregular[:MOST_ROWS]:
            what = f"{one.what} by {one.minutes} min on {one.on.isoformat()}"
            rows.append((report.asked.stores.name(one.store_id), what, 1, None, None, None, None, None, "yes"))
    return Table(columns, rows[: 2 * MOST_ROWS])


def _rate_row(report: Report, one: Finding) -> _Row:
    return (
        report.who(one.unit),
        one.measure.label,
        one.events,
        one.occasions,
        percent_text(one.events, one.occasions),
        count_text(one.by_count.expected) if one.enough else None,
        money_text(one.value, report.asked.exponent),
        chance_text(one.chance) if one.enough else "too little to judge",
        "yes" if one.stands_out else "no",
    )


def _cash_row(report: Report, one: CashFinding) -> _Row:
    return (
        report.who(one.unit),
        "unusual cash differences",
        one.unusual,
        one.closings,
        percent_text(one.unusual, one.closings),
        count_text(one.expected),
        money_text(one.net, report.asked.exponent),
        chance_text(one.chance),
        "yes" if one.stands_out else "no",
    )


def _rates_shown(report: Report) -> list[Finding]:
    """All units where one measure is asked for; else what stands out and the nearest to it of each measure."""
    ordered = sorted(report.findings, key=lambda one: (not one.stands_out, not one.enough, one.chance, one.unit.key))
    if report.measure:
        return ordered[:MOST_ROWS]
    out = [one for one in ordered if one.stands_out]
    covered = {one.measure.name for one in out}
    for one in ordered:
        if one.enough and one.measure.name not in covered:
            out.append(one)
            covered.add(one.measure.name)
    return out[:MOST_ROWS]


def _cash_shown(report: Report) -> list[CashFinding]:
    ordered = sorted(report.cash, key=lambda one: (not one.stands_out, one.chance, -abs(one.net), one.unit.key))
    return ordered[:MOST_ROWS] if report.measure else ordered[: max(1, len(report.drawers_out))]


def _days_table(report: Report) -> Table:
    names = ("Store", "Day", "What", "At", "Due", "Minutes", "Usual minutes", "Seen by")
    units = ("text", "date", "text", "text", "text", "count", "count", "text")
    rows: list[tuple[str | int | None, ...]] = [
        (
            report.asked.stores.name(one.store_id), one.on.isoformat(), one.what, clock(one.at), clock(one.due),
            one.minutes, one.usual, "drawer" if one.by_drawer else "sales",
        )
        for one in report.irregular[:MOST_ROWS]
    ]  # fmt: skip
    bad = {one.store_id for one in report.irregular}
    rows += [
        (
            report.asked.stores.name(store.store_id), None, f"on time on {counted(store.days, 'day')}", None, None,
            None, store.usual_opening, "drawer" if store.by_drawer else "sales",
        )
        for store in report.opening
        if store.store_id not in bad and store.judged
    ]  # fmt: skip
    return Table(tuple(TableColumn(*pair) for pair in zip(names, units, strict=True)), rows)


def _figures(report: Report) -> list[Figure]:
    asked, made = report.asked, []
    for one in _rates_shown(report):
        group = _group(report, one.unit) | {
            "measure": one.measure.name,
            "stands_out": "yes" if one.stands_out else "no",
        }
        stores = (one.unit.store_id,)
        made.append(figure(asked, one.measure.name, one.events, "count", group, stores=stores))
        rate = percent_text(one.events, one.occasions)
        made.append(figure(asked, _RATES[one.measure.name], rate, "%", group, stores=stores))
        if one.enough:
            expected = count_text(one.by_count.expected)
            made.append(figure(asked, f"expected_{one.measure.name}", expected, "count", group, stores=stores))
        if one.value is not None:
            value = money_text(one.value, asked.exponent)
            made.append(figure(asked, f"{one.measure.name}_value", value, asked.currency, group, stores=stores))
    for drawer in _cash_shown(report):
        group = _group(report, drawer.unit) | {"stands_out": "yes" if drawer.stands_out else "no"}
        stores = (drawer.unit.store_id,)
        net = money_text(drawer.net, asked.exponent)
        made.append(figure(asked, "cash_over_short", net, asked.currency, group, stores=stores))
        made.append(figure(asked, "unusual_cash_differences", drawer.unusual, "count", group, stores=stores))
    for odd in report.drawers.odd[:MOST_ROWS]:
        group = {"store": odd.store_id, "day": odd.on.isoformat(), "drawer": odd.register_id or "not named"}
        text = money_text(odd.difference, asked.exponent)
        on = (odd.on, odd.on)
        made.append(figure(asked, "cash_difference", text, asked.currency, group, stores=(odd.store_id,), days=on))
    for irregular in report.irregular[:MOST_ROWS]:
        metric = irregular.what.replace(" ", "_") + "_minutes"
        on = (irregular.on, irregular.on)
        group = {"store": irregular.store_id, "day": irregular.on.isoformat()}
        made.append(figure(asked, metric, irregular.minutes, "minutes", group, stores=(irregular.store_id,), days=on))
    if report.measure == "discounts":
        for store, (given, gross) in sorted(discount_shares(report).items()):
            rate = percent_text(given, gross)
            made.append(figure(asked, "discount_rate", rate, "%", {"store": store}, stores=(store,)))
    made.append(figure(asked, "exceptions", report.number, "count"))
    return made


def _group(report: Report, unit: Unit) -> dict[str, str]:
    group = {"store": unit.store_id}
    if unit.level != "store":
        group[unit.level] = unit.ident
    if unit.ident in report.names and unit.level == "employee":
        group["name"] = report.names[unit.ident]
    return group


def _metrics(report: Report) -> list[str]:
    names = ["transactions", *(one.name for one in report.measures)]
    return names + [name for name, there in (("cash_over_short", report.cash), ("opening", report.opening)) if there]


def _follow_ups(report: Report) -> tuple[str, ...]:
    when, same = report.asked.when_again, report.asked.same_part_and_stores
    asks = []
    if report.measure is None:
        asks += [f"Unusual discounts by register {when}{same}", f"Cash drawer differences {when}{same}"]
    else:
        asks.append(f"Exception report {when}{same}")
    if report.measure != "opening":
        asks.append(f"Did all stores open on time {when}{same}" if not same else f"Late openings {when}{same}")
    asks.append(f"Refund rate {when} by store{same}")
    return tuple(asks[:3])
