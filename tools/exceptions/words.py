"""An exception report in sentences. “Stands out” is all they say of anybody."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tools.amounts import money_said, percent_text
from tools.analysis.opening_hours import clock
from tools.exceptions.cash import CashFinding
from tools.exceptions.days import Irregular
from tools.exceptions.payments import agreement, left_out
from tools.exceptions.rates import FEWEST_EVENTS, FEWEST_OCCASIONS, Finding
from tools.exceptions.report import Report
from tools.wording import counted, listed

_MOST_NAMED = 3
NO_PROOF = "Standing out is a reason to look, not an explanation: ask before judging."
_NO_COUNTS = "no drawer was counted in the data, so which was short or over is not known"
NO_EVENTS = (
    "No register events were ever recorded for these stores, so voids, no-sales, price overrides, paid-outs and drawer"
    " counts cannot be looked at; they come with what the till writes down."
)
"""Said alike whether the period has data or not."""


def _subject(report: Report) -> str:
    if report.measure is None:
        return "Exception report"
    if report.measure in ("cash", "opening"):
        return {"cash": "Cash differences", "opening": "Opening and closing"}[report.measure]
    label = report.measures[0].label
    return f"{label[:1].upper()}{label[1:]}"


def headline(report: Report) -> str:
    """What stands out, or that nothing does among how much, or what is missing to say so."""
    asked = report.asked
    lead = f"{_subject(report)}, {asked.when}, {asked.stores.label}"
    if not report.number:
        missing = _missing(report)
        if missing and (paid := agreement(asked, report.paid)):
            return f"{lead}: {_NO_COUNTS}; {paid}."
        return f"{lead}: {missing}" if missing else f"{lead}: nothing stands out among {_looked_at(report)}."
    things = "1 thing stands out" if report.number == 1 else f"{report.number} things stand out"
    return f"{lead}: {things}: {listed(_named(report), most=_MOST_NAMED)}."


def _named(report: Report) -> list[str]:
    named = [f"{report.who(one.unit)} in {one.measure.label}" for one in report.rates]
    named += [f"{report.who(one.unit)} in cash differences" for one in report.drawers_out]
    named += [
        f"{report.asked.stores.name(one.store_id)} {one.what} by {one.minutes} min on {_day(one.on)}"
        for one in report.irregular
    ]
    return named


def _missing(report: Report) -> str:
    """What keeps a particular question from being answered; empty when it can be."""
    if report.measure == "opening":
        if any(store.judged for store in report.opening):
            return ""
        if report.opening:
            return "it cannot be told, because sales are recorded before the opening hours on many days."
        return "no opening hours are known for these stores."
    if report.measure == "cash":
        if report.drawers.number:
            return ""
        if report.events_recorded:
            return "no drawer was closed with an expected and a counted amount."
        return NO_EVENTS[:1].lower() + NO_EVENTS[1:]
    if report.measure is None:
        judged = report.findings or report.drawers.number or any(store.judged for store in report.opening)
        return "" if judged else "nothing is recorded here that could be judged; what is missing stands below."
    measure = report.measures[0]
    if not report.levels or report.rows.has(measure):
        return "" if report.levels else " ".join(report.notes)
    if measure.name == "discounts":
        return _no_hand_discounts(report)
    if measure.kinds and not report.events_recorded:
        return NO_EVENTS[:1].lower() + NO_EVENTS[1:]
    return f"no {measure.label} are recorded."


def discount_shares(report: Report) -> dict[str, tuple[int, int]]:
    """All discounts, whoever gave them, and gross sales by store, in minor units; stores without sales are left out."""
    given, gross = report.rows.by_store("given_minor", "automatic_minor"), report.rows.by_store("gross_minor")
    return {store: (given[store], gross[store]) for store in gross if gross[store] > 0}


def _all_discounts(report: Report) -> list[str]:
    shares = discount_shares(report)
    ordered = sorted(shares, key=lambda store: Decimal(shares[store][0]) / shares[store][1])
    if not ordered:
        return []
    given, gross = (sum(pair[n] for pair in shares.values()) for n in (0, 1))
    said = f"All discounts together, whoever gave them, are {percent_text(given, gross)} % of gross sales"
    if len(ordered) > 1:
        low, high = (
            f"{report.asked.stores.name(one)} {percent_text(*shares[one])} %" for one in (ordered[0], ordered[-1])
        )
        said += f": highest {high}, lowest {low}"
    return [f"{said}."]


def _no_hand_discounts(report: Report) -> str:
    automatic = report.rows.total("automatic_minor")
    if not automatic:
        return "no discounts are recorded."
    said = money_said(automatic, report.asked.currency)
    return f"no discount was given by hand; {said} was given by the register itself (loyalty, coupons, promotions)."


def _looked_at(report: Report) -> str:
    units: dict[str, set[str]] = {}
    for unit in [*(one.unit for one in report.findings), *(one.unit for one in report.cash)]:
        units.setdefault(unit.level, set()).add(unit.key)
    said = [counted(len(keys), level) for level, keys in units.items()]
    if report.drawers.number:
        said.append(counted(report.drawers.number, "closed drawer"))
    if report.opening:
        said.append(counted(sum(store.days for store in report.opening if store.judged), "store day"))
    return listed(said) if said else counted(len(report.asked.stores.stores), "store")


def sentences(report: Report) -> list[str]:
    """One sentence for each thing that stands out: value, expected, number, how unusual."""
    said = [_rate_said(report, one) for one in report.rates]
    said += [_cash_said(report, one) for one in report.drawers_out]
    said += [_day_said(report, one) for one in report.irregular]
    return said


def _rate_said(report: Report, one: Finding) -> str:
    who = report.who(one.unit)
    who = f"{who[:1].upper()}{who[1:]}"
    base = "documents" if one.measure.name in ("refunds", "voids") else "transactions"
    said = f"{who} stands out: {one.events:,} {one.measure.one} in {one.occasions:,} {base}"
    said += f" ({percent_text(one.events, one.occasions)} %)"
    said += f", where the others' rates in the same hours would give about {count_text(one.by_count.expected)}"
    if one.value is not None:
        said += f", worth {money_said(one.value, report.asked.currency)}"
    if one.in_money:
        said += f"; in money {one.leading.ratio:.1f} times what is expected"
    return f"{said}; by chance {chance_text(one.chance)}."


def _cash_said(report: Report, one: CashFinding) -> str:
    who = report.who(one.unit)
    currency = report.asked.currency
    return (
        f"{who[:1].upper()}{who[1:]} stands out: {counted(one.unusual, 'unusual difference')} in"
        f" {counted(one.closings, 'closed drawer')} (about {count_text(one.expected)} expected),"
        f" {_net(one.net, currency)} in all, the largest {money_said(one.largest, currency)};"
        f" by chance {chance_text(one.chance)}."
    )


def _odd_named(report: Report) -> str:
    """The largest unusual differences: ``: Elm A1R1 on Thu 19 Nov $45.00 short``."""
    named = [
        f"{report.asked.stores.name(one.store_id)}{f' {one.register_id}' if one.register_id else ''} on {_day(one.on)}"
        f" {_net(one.difference, report.asked.currency)}"
        for one in report.drawers.odd[:_MOST_NAMED]
    ]
    more = len(report.drawers.odd) - len(named)
    return f": {'; '.join(named)}{f'; and {more:,} more' if more else ''}" if named else ""


def _net(net: int, currency: str) -> str:
    return f"{money_said(abs(net), currency)} {'short' if net < 0 else 'over'}"


def _day_said(report: Report, one: Irregular) -> str:
    name = report.asked.stores.name(one.store_id)
    seen = "drawer" if one.by_drawer else "sale"
    first = f"the first {seen} at" if one.what == "opened late" else f"the last {seen} at"
    side = "after opening at" if one.what == "opened late" else "before closing at"
    habit = f"usually {one.usual} min" if one.usual else "usually on time"
    return (
        f"{name} {one.what} on {_day(one.on)}: {first} {clock(one.at)}, {one.minutes} min {side}"
        f" {clock(one.due)} ({habit})."
    )


def facts(report: Report) -> list[str]:
    """What is worth saying although it does not stand out."""
    said = _all_discounts(report) if report.measure == "discounts" else []
    paid = agreement(report.asked, report.paid)
    if paid and paid not in headline(report):
        said.append(f"{paid[:1].upper()}{paid[1:]}.")
    currency = report.asked.currency
    if report.drawers.number and report.measure == "cash":
        said.append(f"{counted(report.drawers.number, 'drawer')} closed, {_net(report.drawers.net, currency)} in all;"
                    f" {len(report.drawers.odd)} with an unusual difference{_odd_named(report)}.")  # fmt: skip
    elif report.drawers.odd:
        number = counted(len(report.drawers.odd), "closed drawer")
        said.append(f"{number} of {report.drawers.number:,} with an unusual difference{_odd_named(report)}.")
    judged = [store for store in report.opening if store.judged]
    if judged and report.measure == "opening":
        days = sum(store.days for store in judged)
        bad = len({(one.store_id, one.on) for store in judged for one in store.irregular})
        said.append(f"{days - bad:,} of {counted(days, 'store day')} were on time.")
    silent = [
        f"{report.asked.stores.name(store.store_id)} {listed([_day(day) for day in store.silent])}"
        for store in report.opening
        if store.silent
    ]
    if silent:
        said.append(f"Nothing at all is recorded on open days: {'; '.join(silent)}.")
    return said


def remarks(report: Report) -> list[str]:
    """What could not be judged and how the rest was."""
    first = headline(report)
    said = [note for note in report.notes if note not in first]
    if not report.events_recorded and (report.measure is None or report.paid):
        said += [NO_EVENTS] if NO_EVENTS[1:] not in first else []
    said += left_out(report.asked, report.paid)
    if report.measure is None and report.rows.documents.number and not report.rows.has(report.measures[0]):
        said.append(f"Discounts: {_no_hand_discounts(report)}")
    few = [one for one in report.findings if 0 < one.occasions < FEWEST_OCCASIONS and one.events]
    if few:
        units = len({one.unit.key for one in few})
        said.append(f"{counted(units, 'unit')} with fewer than {FEWEST_OCCASIONS} documents cannot be judged.")
    alone = [one for one in report.findings if one.by_count.alone >= 0.5 and one.events >= FEWEST_EVENTS]
    if alone:
        named = [f"{report.who(one.unit)} {one.events:,} {one.measure.one} of {one.occasions:,}" for one in alone[:3]]
        said.append(f"Not judged, because hardly anybody else works in these hours: {listed(named)}.")
    if report.findings:
        said.append(
            "Expected is what all others did in the same hours, allowing for each store's own level; with all that was"
            " looked at, the risk that something ordinary is named is at most about 5 %."
        )
    unclear = [report.asked.stores.name(store.store_id) for store in report.opening if not store.judged]
    if unclear:
        said.append(
            f"Opening on time is not judged for {listed(unclear)}: sales are recorded before the opening hours on many"
            " days, and no drawer opening is recorded."
        )
    if any(not store.by_drawer for store in report.opening if store.irregular):
        said.append("Where no drawer opening is recorded the first sale counts, and a quiet morning looks the same.")
    return said


def count_text(value: float) -> str:
    """An expected count to 0.1."""
    return f"{value:.1f}"


def _day(on: date) -> str:
    return f"{on:%a} {on.day} {on:%b}"


def chance_text(chance: float) -> str:
    """``about once in 4,000``."""
    if chance > 0.2:
        return "nothing unusual"
    if chance < 1e-6:
        return "less than once in a million"
    number = round(1 / chance)
    size = 10 ** max(len(str(number)) - 2, 0)
    return f"about once in {number // size * size:,}"
