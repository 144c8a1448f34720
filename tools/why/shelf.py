"""What went on at the shelf: promotions that began or ended, and fast sellers that fell silent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from tools.analysis.coincidences import SURPRISE, Silence, is_unusual, longest_silence, whole_days
from tools.directory import Store
from tools.metrics.why_findings_query import build_campaigns, build_on_hand, build_promotions, build_silent
from tools.metrics.why_query import SCALE
from tools.why.finding import Finding
from tools.why.sides import Sides, store_days
from tools.wording import counted, listed, money, span

BASE_DAYS = 28
LEAST_DAYS = 12
LONGEST_DAYS = 31
MATERIAL = 0.002
"""A silence is worth naming when it would have sold this share of the net sales of the period."""
_MOST_SILENT = 2


@dataclass(frozen=True, slots=True)
class _Silent:
    """A product that fell silent; ``worth`` is what it would have sold, in major units."""

    store: Store
    variant_id: str
    name: str
    silence: Silence
    per_day: float
    worth: Decimal


def silence_findings(sides: Sides) -> list[Finding]:
    """Products that sold nothing for longer than chance explains, judged by the four weeks before the period."""
    asked = sides.asked
    if asked.period.days > LONGEST_DAYS:
        return []
    earlier = [
        replace(
            window, start_on=window.start_on - timedelta(days=BASE_DAYS), end_on=window.start_on - timedelta(days=1)
        )
        for window in sides.now
    ]
    only = asked.part.only if asked.part else None
    statement = build_silent(
        sides.now,
        earlier,
        asked.context.scope,
        least=LEAST_DAYS,
        days=asked.period.days,
        quiet=int(SURPRISE * BASE_DAYS),
        only=only,
    )
    rows = sides.rows(statement)
    traded = store_days(sides)
    ranked: list[tuple[float, _Silent]] = []
    for store_id, variant_id, name, units, net, before, sold in rows:
        period = asked.periods[str(store_id)]
        start = period.start_on - timedelta(days=BASE_DAYS)
        store = next(one for one in asked.stores.stores if one.store_id == store_id)
        past = [day for day in whole_days(start, period.start_on - timedelta(days=1)) if not store.closed_on(day)]
        open_days = [day for day in whole_days(period.start_on, period.end_on) if (store.store_id, day) in traded]
        silence = longest_silence(open_days, _dates(sold))
        per_day = float(str(units)) / len(past)
        if silence is None or not is_unusual(silence, per_day, longest_silence(past, _dates(before))):
            continue
        daily = Decimal(str(net)) / len(past)
        worth = (daily * silence.days).scaleb(-asked.exponent)
        ranked.append((float(worth), _Silent(store, str(variant_id), str(name), silence, per_day, worth)))
    net = sum((one.net for one in traded.values()), Decimal(0)).scaleb(-asked.exponent)
    ranked = sorted((pair for pair in ranked if pair[0] >= float(net) * MATERIAL), key=lambda pair: -pair[0])
    return [Finding("fact", "stock_out", _said(sides, one)) for _, one in ranked[:_MOST_SILENT]]


def _dates(cell: object) -> set[date]:
    return {date.fromisoformat(part[:10]) for part in str(cell).split(",")} if cell else set()


def _said(sides: Sides, one: _Silent) -> str:
    (on_hand,) = sides.rows(build_on_hand(one.store.store_id, one.variant_id, sides.asked.context.scope))[0]
    stock = ""
    if on_hand is not None:
        quantity = Decimal(str(on_hand))
        stock = " The latest recorded stock is " + (f"{quantity:f}".rstrip("0").rstrip(".") if quantity else "0") + "."
    usual = money(one.worth.quantize(Decimal(1).scaleb(-sides.asked.exponent)), sides.asked.currency)
    silence = one.silence
    return (
        f"{one.name} sold nothing at {one.store.name} on {span(silence.first_on, silence.last_on)} "
        f"({counted(silence.days, 'day')}), after {one.per_day:.1f} a day in the four weeks before, about {usual} in "
        f"that time; it may have been out of stock or off the shelf.{stock}"
    )


def promotion_findings(sides: Sides) -> list[Finding]:
    """Products whose promotion began or ended between the two sides, with what they sold on both."""
    asked = sides.asked
    only = asked.part.only if asked.part else None
    found = []
    rows = {
        str(row[0]): row for row in sides.rows(build_promotions(sides.now, sides.before, asked.context.scope, only))
    }
    said = []
    for state, words in (("started", "promoted only now"), ("ended", "promoted only before")):
        if state not in rows:
            continue
        _, products, now, before, begins = rows[state]
        if isinstance(begins, date) and begins > sides.before_days[0]:
            return _campaigns(sides)  # promotions were not recorded yet for all of the other side
        moved = (Decimal(str(now)) - Decimal(str(before)) / sides.parts_of_norm) / SCALE
        moved = moved.scaleb(-asked.exponent)
        moved = moved.quantize(Decimal(1).scaleb(-asked.exponent))
        if not moved:
            continue
        sign = "-" if moved < 0 else "+"
        said.append(
            f"{counted(int(str(products)), 'product')} {words} changed by {sign}{money(abs(moved), asked.currency)}"
        )
    if said:
        both = f" ({counted(int(str(rows['both'][1])), 'product')} promoted on both sides)" if "both" in rows else ""
        found.append(Finding("fact", "promotion", f"Net sales of {listed(said)}{both}."))
    return [*found, *_campaigns(sides)]


def _campaigns(sides: Sides) -> list[Finding]:
    """Named promotions of the point of sale that began or ended inside either period."""
    low, high = min(sides.before_days[0], sides.asked.start_on), max(sides.before_days[1], sides.asked.end_on)
    said = []
    store = sides.asked.stores.stores[0]
    for name, starts_at, ends_at in sides.rows(build_campaigns(low - timedelta(days=1), high + timedelta(days=1))):
        for at, verb in ((starts_at, "began"), (ends_at, "ended")):
            day = store.today(at) if isinstance(at, datetime) else None
            if day is not None and low <= day <= high:
                said.append(f"“{name}” {verb} on {span(day, day)}")
    return [Finding("coincidence", "promotion", f"Promotion {listed(said, most=3)}.")] if said else []
