"""What needs attention, by the money at stake. Rules, not opinions: each says its arithmetic and what to ask next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from tools.amounts import rounded
from tools.exceptions.report import Report
from tools.metrics.attention_query import SELLING_DAYS
from tools.overview.facts import Facts
from tools.result import Figure
from tools.stock.out_worth import usual_week
from tools.wording import counted, listed, money

MOST = 5
WORTH = Decimal("0.005")
"""What is less than this share of the period's net sales is not listed."""
_POINTS = Decimal("0.5")
_CONVERSION_POINTS = Decimal(1)
_NAMED = 2


@dataclass(frozen=True, slots=True)
class Priority:
    """One thing to look at; ``at_stake`` in major units, ``ask`` the question that leads deeper."""

    about: str
    at_stake: Decimal
    said: str
    ask: str


def priorities(facts: Facts) -> list[Priority]:
    """Up to five things, the dearest first. The amounts may overlap, so they are not to be added up."""
    least = WORTH * (facts.value("net_sales") or Decimal(0))
    found = [
        one
        for rule in (_stores, _targets, _department, _margin, _labour, _conversion, _stock, _orders, _exceptions)
        for one in rule(facts)
    ]
    worth = [one for one in found if one.at_stake >= least or one.about in ("exceptions", "orders")]
    return sorted(worth, key=lambda one: (-one.at_stake, one.about))[:MOST]


def _money(facts: Facts, amount: Decimal) -> str:
    return money(rounded(amount, facts.asked.exponent), facts.asked.currency)


def _at(facts: Facts, store_id: str) -> str:
    return facts.asked.stores.name(store_id)


def _stores(facts: Facts) -> Iterator[Priority]:
    """Stores below their own norm: outside their usual range, or by 5 % where the range is unknown."""
    for one in facts.norms:
        if one.norm is None or not one.below:
            continue
        net, norm = (value.scaleb(-facts.asked.exponent) for value in (one.net, one.norm))
        name = _at(facts, one.store_id)
        short = f" on {one.days} of {counted(one.due, 'open day')}" if one.days < one.due else ""
        took = f"took {_money(facts, net)}{short}" if one.days else "has no sales on record"
        yield Priority(
            "store",
            norm - net,
            f"{name} {took} where its own norm for these weekdays is {_money(facts, norm)}:"
            f" {_money(facts, norm - net)} less",
            f"Compare {facts.asked.when_again} with the period before by department at {name}",
        )


def _targets(facts: Facts) -> Iterator[Priority]:
    for one in facts.targets:
        if one.behind and one.gap is not None:
            yield Priority(
                "target",
                -one.gap,
                f"{one.store.name} has {_money(facts, one.actual or Decimal(0))} of the {_money(facts, one.due)} of its"
                f" target due by now: {_money(facts, -one.gap)} short",
                "Which stores are behind their target this month?",
            )


def _moved(figure: Figure | None) -> tuple[Decimal, Decimal, Decimal] | None:
    """Value, value before, change."""
    if figure is None or figure.value is None or figure.compared_to is None:
        return None
    return Decimal(figure.value), Decimal(figure.compared_to.value), Decimal(figure.compared_to.change)


def _department(facts: Facts) -> Iterator[Priority]:
    """The department that fell most against the like period."""
    falls = [(moved[2], one, moved) for one in facts.departments if (moved := _moved(one)) and moved[2] < 0]
    if falls:
        fall, one, moved = min(falls, key=lambda each: each[0])
        name = one.group["department"]
        yield Priority(
            "department",
            -fall,
            f"{name} took {_money(facts, moved[0])} after {_money(facts, moved[1])} in the like period:"
            f" {_money(facts, -fall)} less",
            f"Compare {facts.asked.when_again} with the period before by store in {name}",
        )


def _margin(facts: Facts) -> Iterator[Priority]:
    yield from _points(facts, "gross_margin_pct", "Gross margin", -1, "of net sales kept", "margin %")


def _labour(facts: Facts) -> Iterator[Priority]:
    yield from _points(facts, "labour_cost_pct", "Labour cost", 1, "of net sales spent", "labour cost %")


def _points(facts: Facts, metric: str, label: str, worse: int, words: str, ask: str) -> Iterator[Priority]:
    """A share that moved the wrong way, times net sales."""
    moved, net, exact = _moved(facts.total(metric)), facts.value("net_sales"), facts.exact.get(metric)
    if moved is None or exact is None or net is None or moved[2] * worse < _POINTS:
        return
    at_stake = abs(exact[0] - exact[1]) / 100 * net
    yield Priority(
        metric,
        at_stake,
        f"{label} is {moved[0]} % {words}, after {moved[1]} %: the difference is {_money(facts, at_stake)} of"
        f" {_money(facts, net)}",
        f"Compare {ask} {facts.asked.when_again} with the period before by store{facts.asked.same_part_and_stores}",
    )


def _conversion(facts: Facts) -> Iterator[Priority]:
    moved, visitors = _moved(facts.total("conversion")), facts.value("visitors")
    basket, exact = facts.value("average_transaction_value"), facts.exact.get("conversion")
    if moved is None or exact is None or visitors is None or basket is None or -moved[2] < _CONVERSION_POINTS:
        return
    lost = visitors * (exact[1] - exact[0]) / 100
    yield Priority(
        "conversion",
        lost * basket,
        f"Conversion is {moved[0]} % after {moved[1]} %: of {visitors:,} visitors {rounded(lost, 0):,} fewer bought, at"
        f" {_money(facts, basket)} each {_money(facts, lost * basket)}",
        f"Compare conversion {facts.asked.when_again} with the period before by store"
        f"{facts.asked.same_part_and_stores}",
    )


def _stock(facts: Facts) -> Iterator[Priority]:
    """A week's sales of what sells and is gone."""
    gone = facts.out_of_stock
    if gone is None:
        return
    week = usual_week(gone.net, SELLING_DAYS).scaleb(-facts.asked.exponent)
    goods = counted(gone.found, "product")
    yield Priority(
        "stock",
        week,
        f"{goods} by store that sold in the last four weeks {'is' if gone.found == 1 else 'are'} at or"
        f" below zero on hand, worth {_money(facts, week)} a week at that rate; the dearest"
        f" {gone.name}, {_at(facts, gone.store_id)}",
        f"Which products are out of stock{facts.asked.same_part_and_stores}?",
    )


def _orders(facts: Facts) -> Iterator[Priority]:
    if not facts.overdue:
        return
    worth = sum((one.outstanding for one in facts.overdue if one.outstanding), Decimal(0))
    number = len(facts.overdue)
    yield Priority(
        "orders",
        worth,
        f"{counted(number, 'purchase order')} {'is' if number == 1 else 'are'} past the due date, with"
        f" {_money(facts, worth)} of goods outstanding at cost",
        f"Which purchase orders are overdue{facts.asked.same_part_and_stores}?",
    )


def _exceptions(facts: Facts) -> Iterator[Priority]:
    """What stands out at the registers, with what was given, refunded or is missing there in all."""
    report = facts.report
    if report is None or not report.number:
        return
    minor = sum(one.value or 0 for one in report.rates) + sum(max(-one.net, 0) for one in report.drawers_out)
    worth = Decimal(minor).scaleb(-facts.asked.exponent)
    number = report.number
    among = f", {_money(facts, worth)} of discounts, refunds and missing cash among them" if worth else ""
    yield Priority(
        "exceptions",
        worth,
        f"{counted(number, 'thing')} {'stands' if number == 1 else 'stand'} out at the registers in the last four"
        f" weeks{among}: {listed(_what_stands_out(report), most=_NAMED)}",
        f"Exception report for the last 4 weeks{facts.asked.same_part_and_stores}",
    )


def _what_stands_out(report: Report) -> list[str]:
    """Stores and measures; people are only named to who asks for the report itself."""
    name = report.asked.stores.name
    found = [f"{name(one.unit.store_id)} in {one.measure.label}" for one in report.rates]
    found += [f"{name(one.unit.store_id)} in cash differences" for one in report.drawers_out]
    found += [f"{name(one.store_id)} {one.what} by {one.minutes} min" for one in report.irregular]
    return list(dict.fromkeys(found))
