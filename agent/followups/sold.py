"""What a price or a promotion did: units, net sales and gross margin per day, each against its forecast."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from agent.briefings.words import span
from agent.followups.finding import Finding, Measure, Verdict, cannot_tell
from agent.followups.looking import Look, days_of, signed
from agent.proposals.kinds.price_change import PriceChange
from agent.proposals.kinds.price_list import PriceList
from agent.proposals.kinds.product_flags import ProductFlags
from agent.proposals.kinds.promotions import PromotionCreate, PromotionEnd
from agent.proposals.payload import Payload
from tools.analysis.effect import BASELINE_WEEKS, CannotTell, Effect, baseline_days, effect
from tools.analysis.intervals import Estimate
from tools.metrics.effect_query import build_days, build_on_hand, build_promoted
from tools.metrics.query import Statement

_NAMES = {"units": "Units", "net": "Net sales", "margin": "Gross margin"}


def goods_of(payload: Payload, look: Look) -> tuple[str, ...] | None:
    """The variants that a change of sales is about; empty for everything, None where it is not known."""
    if isinstance(payload, PromotionEnd):
        return tuple(str(row["variant_id"]) for row in look.rows(build_promoted(payload.promotion_id))) or None
    return named_goods(payload)


def named_goods(payload: Payload) -> tuple[str, ...]:
    """The variants that a payload names itself, without looking anything up."""
    if isinstance(payload, (PriceChange, ProductFlags)):
        return (payload.variant_id,)
    if isinstance(payload, PriceList):
        return tuple(line.variant_id for line in payload.lines)
    if isinstance(payload, PromotionCreate):
        return tuple(item.variant_id for item in payload.items)
    return ()


def days_before(look: Look, variants: Sequence[str]) -> tuple[list[dict[str, Any]], Statement]:
    """The four weeks before the change, a row per day on which the store sold; plain values that can be stored."""
    days = baseline_days(look.due.changed_on)
    statement = build_days([look.window(days[0], days[-1])], variants, look.scope, apart=look.apart)
    return [_plain(row) for row in look.rows(statement)], statement


def measure_sold(look: Look) -> Finding:
    """Actual against forecast over the days of a look."""
    variants = goods_of(look.payload, look)
    if variants is None:
        return cannot_tell("the point of sale does not say which products the promotion was for.")
    if look.due.last_on < look.due.first_on:
        return cannot_tell("it held for less than one whole business day.")
    if look.disturbed:
        return cannot_tell(look.disturbed)
    before, read = _before(look, variants)
    window = look.window(look.due.first_on, look.due.last_on)
    statement = build_days([window], variants, look.scope, apart=look.apart)
    after = [_plain(row) for row in look.rows(statement)]
    statements = (read, statement)
    found: dict[str, Effect] = {}
    why = ""
    for name in _NAMES:
        if name == "margin" and _unknown_costs(before, after):
            continue
        one = effect(
            days_of(before, name, look.exponent),
            days_of(after, name, look.exponent),
            counted=name == "units",
            has_rest=bool(variants),
        )
        if isinstance(one, CannotTell):
            why = one.why
            break
        found[name] = one
    if why:
        return cannot_tell(why[:1].lower() + why[1:], *statements)
    if not found["net"].actual and not found["net"].forecast:
        return cannot_tell("nothing of it was sold in the four weeks before, nor since.", *statements)
    return _finding(look, variants, found, before, after, statements)


def measure_flags(look: Look) -> Finding:
    """What a product that was taken into or out of sale sold, and that nothing is comparable to it."""
    payload = look.payload
    if not isinstance(payload, ProductFlags):
        raise TypeError(f"{type(payload).__name__} is not about flags")
    before, first = days_before(look, (payload.variant_id,))
    window = look.window(look.due.first_on, look.due.last_on)
    statement = build_days([window], (payload.variant_id,), look.scope)
    after = [_plain(row) for row in look.rows(statement)]
    sold = sum(float(row["units"]) for row in after)
    usual = sum(float(row["units"]) for row in before) / max(len(before), 1)
    if payload.after.get("active") == "false":
        why = f"{payload.product} is out of sale, and what customers bought in its place is not recorded."
        lines = (f"Before, it sold {usual:.1f} units a day; since, {sold:g} in {len(after)} days.",)
    else:
        why = f"{payload.product} was not for sale before, so there is nothing to hold it against."
        lines = (f"Since, it sold {sold:g} units in {len(after)} days.",)
    return cannot_tell(why, first, statement, lines=lines)


def _before(look: Look, variants: Sequence[str]) -> tuple[list[dict[str, Any]], Statement]:
    """The goods as they were noted, where they were; the rest as it is read now, when what is apart is known."""
    rows, statement = days_before(look, variants)
    if look.forecast is None:
        return rows, statement
    rest = {row["business_on"]: row["rest"] for row in rows}
    noted = [{**row, "rest": rest.get(row["business_on"], row["rest"])} for row in look.forecast]
    return noted, statement


def _finding(
    look: Look,
    variants: Sequence[str],
    found: Mapping[str, Effect],
    before: Sequence[Mapping[str, Any]],
    after: Sequence[Mapping[str, Any]],
    statements: tuple[Statement, ...],
) -> Finding:
    judged = "margin" if "margin" in found else "net"
    measures = {name: _measure(name, one, look) for name, one in found.items()}
    by_weight = all(not float(row["units"]) for row in (*before, *after))
    shown = [name for name in found if not (name == "units" and by_weight)]
    lines = [_line(_NAMES[name], found[name], look, money=name != "units") for name in shown]
    caveats = [*_about(found["net"], bool(variants)), *_caveats(look, variants, "margin" in found)]
    return Finding(
        _verdict(found[judged].difference),
        _headline(look, found, judged, shown),
        tuple(lines),
        tuple(caveats),
        tuple(measures[name] for name in shown),
        statements=statements,
    )


def _verdict(difference: Estimate) -> Verdict:
    if difference.above:
        return Verdict.WORKED
    return Verdict.AGAINST if difference.below else Verdict.EVEN


def _headline(look: Look, found: Mapping[str, Effect], judged: str, shown: Sequence[str]) -> str:
    days = (look.due.last_on - look.due.first_on).days + 1
    count = "the first whole day" if days == 1 else f"{days} whole days"
    since = f"Over {count} ({span(look.due.first_on, look.due.last_on)})"
    first = shown[0]
    verb = "were" if first == "units" else "was"
    moved = "" if first == judged else f"{_NAMES[first].lower()} {verb} {_against(found[first])}, and "
    money, of = found[judged].difference, _NAMES[judged].lower()
    if money.above or money.below:
        word = "more" if money.above else "less"
        told = f"{of} was {look.money(abs(money.value))} a day {word} than forecast"
        return f"{since}: {moved}{told}."
    return f"{since}: {moved}whether {of} changed cannot be told from the usual ups and downs."


def _against(one: Effect) -> str:
    if not (one.difference.above or one.difference.below):
        return "not measurably different from forecast"
    side = "above" if one.difference.above else "below"
    return f"{side} forecast" if one.percent is None else f"{abs(one.percent.value):.0f} % {side} forecast"


def _line(label: str, one: Effect, look: Look, *, money: bool) -> str:
    def text(value: float) -> str:
        return look.money(value) if money else f"{value:.1f}"

    line = f"{label} a day: {text(one.actual)}, forecast {text(one.forecast)}"
    if one.percent is None:
        return f"{line} (95 % interval of the difference {text(one.difference.low)} to {text(one.difference.high)})"
    value, low, high = (signed(f"{part:.1f}") for part in (one.percent.value, one.percent.low, one.percent.high))
    return f"{line} ({value} %, 95 % interval {low} % to {high} %)"


def _about(one: Effect, has_rest: bool) -> list[str]:
    said = f"n = {one.days} day{'s' if one.days > 1 else ''} against {one.baseline_days} of the same weekdays in the "
    said += f"{BASELINE_WEEKS} weeks before"
    if one.factor is not None:
        change = signed(f"{(one.factor - 1) * 100:.1f}")
        return [f"{said}; the rest of the store did {change} % against then, which is taken out."]
    if has_rest:
        return [f"{said}; the rest of the store sold too little to take the season out."]
    return [f"{said}; it was for everything, so the season cannot be taken out."]


def _caveats(look: Look, variants: Sequence[str], has_margin: bool) -> list[str]:
    made = []
    if not has_margin:
        made.append("Gross margin cannot be told: the cost is not known for every sale.")
    if look.payload.at_other_stores():
        made.append(f"Measured at {look.place.name} alone; the change holds in other stores too.")
    if len(variants) == 1:
        level = look.rows(build_on_hand(look.place.store_id, variants, look.executed_at, ("receive",), look.scope))
        if level and level[0]["on_hand"] is not None and level[0]["on_hand"] <= 0:
            made.append("It is out of stock now, so it may have sold less than it could.")
    return made


def _unknown_costs(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> bool:
    return any(row["margin"] is None or int(row["unknown_lines"] or 0) for row in (*before, *after))


def _measure(name: str, one: Effect, look: Look) -> Measure:
    digits = 2 if name == "units" else look.exponent

    def text(value: float, places: int = digits) -> str:
        return f"{round(Decimal(str(value)), places):f}"

    percent = one.percent
    return Measure(
        {"net": "net_sales", "margin": "gross_margin"}.get(name, name),
        "units" if name == "units" else look.place.currency,
        one.days,
        text(one.forecast),
        text(one.actual),
        text(one.difference.value),
        text(one.difference.low),
        text(one.difference.high),
        None if percent is None else text(percent.value, 1),
        None if percent is None else text(percent.low, 1),
        None if percent is None else text(percent.high, 1),
    )


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """Decimals as text and dates as ISO, so that the row can be stored."""
    return {name: value if value is None or isinstance(value, int) else str(value) for name, value in row.items()}


def is_forecast(payload: Payload) -> bool:
    """Whether a change is held against a forecast from the days before it."""
    return isinstance(payload, (PriceChange, PriceList, PromotionCreate, PromotionEnd))


def forecast_of(look: Look) -> list[dict[str, Any]] | None:
    """What to note of the days before as soon as the change is seen executed; None where nothing is forecast."""
    if not is_forecast(look.payload):
        return None
    variants = goods_of(look.payload, look)
    return None if variants is None else days_before(look, variants)[0]


def complete_before(look: Look) -> bool:
    """Whether the days before the change are all in the mirror."""
    sales = look.mirror.snapshot().sources.get("sales")
    return sales is not None and sales.as_of_at >= look.place.begins(look.due.changed_on)
