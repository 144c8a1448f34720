"""What stands out about a day, and what only looks as if it did. Pure.

A part of the day is mentioned when it left its own usual range (see `tools.analysis.normal_range`) and weighs enough
for anybody to act on; everything else is said once, as normal variation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal

from agent.briefings.facts import NORM_WEEKS, PRODUCTS, DailyFacts, number
from agent.briefings.words import about, clock_hour, day, listed
from tools.analysis.normal_range import PART_WIDTH, NormalRange, Verdict, normal_range

WORTH_A_LINE = Decimal("0.02")
"""An hour or product below this share of the day's net sales is not mentioned."""

# One family's weekly shop is no rush.
_FEWEST_TRANSACTIONS = 3
_MOST_HOURS = 3
_MOST_PRODUCTS = 3
_FAR_ABOVE = Decimal(3)


def total_range(facts: DailyFacts) -> NormalRange | None:
    """The usual net sales of this weekday."""
    return normal_range([facts.daily_net[on] for on in facts.weekdays_with_sales])


def standouts(facts: DailyFacts) -> list[str]:
    """One line each; a line that says so when there is nothing but normal variation."""
    lines = [*_hours(facts), *_risers(facts), *_missing_sellers(facts)]
    if not lines:
        lines.append("No hour and no product was outside its normal variation.")
    named = [f"{occasion(facts)}; it is held against other {facts.day:%A}s all the same."] if facts.occasions else []
    return [*named, *_total(facts), *lines, *missing_days(facts)]


def occasion(facts: DailyFacts) -> str:
    """``Thu 26 Nov was Thanksgiving Day``."""
    return f"{day(facts.day)} was {listed(list(facts.occasions))}"


def missing_days(facts: DailyFacts) -> list[str]:
    """Days of the last four weeks without sales, though the store usually sells on that weekday."""
    window = [facts.day - timedelta(days=back) for back in range(1, 7 * NORM_WEEKS + 1)]
    begun = min(facts.daily_net, default=facts.day)
    gaps = [on for on in window if on >= begun and on not in facts.daily_net and _usually_open(facts, on.weekday())]
    if not gaps:
        return []
    return [
        f"No sales are recorded for {listed([day(on) for on in sorted(gaps)])}, though the store usually sells then."
    ]


def _usually_open(facts: DailyFacts, weekday: int) -> bool:
    window = [facts.day - timedelta(days=back) for back in range(1, 7 * NORM_WEEKS + 1)]
    same = [on for on in window if on.weekday() == weekday]
    return sum(on in facts.daily_net for on in same) * 2 >= len(same)


def _total(facts: DailyFacts) -> Iterator[str]:
    usual, net = total_range(facts), facts.headline.get("net_sales")
    if net is None or net.figure.value is None:
        return
    weekday = f"{facts.day:%A}"
    if usual is None:
        yield f"There are fewer than four earlier {weekday}s with sales, too few to say what is normal for one."
        return
    unit = net.figure.unit
    low, high = about(max(usual.low, Decimal(0)), unit), about(usual.high, unit)
    words = {
        Verdict.NORMAL: "within the normal range",
        Verdict.HIGH: "above the normal range",
        Verdict.LOW: "below the normal range",
    }
    verdict = words[usual.judge(Decimal(net.figure.value))]
    yield f"Net sales were {verdict} for a {weekday}: {low} to {high} over the last {usual.days} with sales."


def _hours(facts: DailyFacts) -> Iterator[str]:
    net, unit = _day_total(facts)
    found: list[tuple[Decimal, str]] = []
    for hour in sorted(facts.hours.keys() | facts.hour_history.keys()):
        usual = normal_range(list(facts.hour_history.get(hour, {}).values()), width=PART_WIDTH)
        figure = facts.hours.get(hour)
        value = (number(figure) if figure else None) or Decimal(0)
        if usual is None or max(value, usual.middle) < WORTH_A_LINE * net:
            continue
        verdict, transactions = usual.judge(value), facts.hour_transactions.get(hour, 0)
        if verdict is Verdict.LOW or (verdict is Verdict.HIGH and transactions >= _FEWEST_TRANSACTIONS):
            direction = "far above" if verdict is Verdict.HIGH else "far below"
            line = (
                f"{clock_hour(hour)} took {about(value, unit)} in {transactions} transactions, {direction} "
                f"its usual {about(usual.middle, unit)}."
            )
            found.append((abs(value - usual.middle), line))
    yield from (line for _, line in sorted(found, key=lambda each: each[0], reverse=True)[:_MOST_HOURS])


def _risers(facts: DailyFacts) -> Iterator[str]:
    """Products far above their norm.

    Where one was not among an earlier day's best sellers, the last place there is the most it can have sold, so the
    norm is overstated rather than the rise.
    """
    net, unit = _day_total(facts)
    earlier = [facts.products[on] for on in facts.weekdays[:NORM_WEEKS] if on in facts.products]
    if len(earlier) < NORM_WEEKS:
        return
    risen: list[tuple[Decimal, str]] = []
    for variant, (name, value) in facts.products.get(facts.day, {}).items():
        if value < WORTH_A_LINE * net:
            continue
        most = [best[variant][1] if variant in best else _last_place(best) for best in earlier]
        norm = sum(most, Decimal(0)) / len(most)
        if value >= _FAR_ABOVE * norm:
            line = (
                f"{name} took {about(value, unit)}; on the four {facts.day:%A}s before it came to at most "
                f"{about(norm, unit)} a day on average."
            )
            risen.append((value - norm, line))
    yield from (line for _, line in sorted(risen, key=lambda each: each[0], reverse=True)[:_MOST_PRODUCTS])


def _missing_sellers(facts: DailyFacts) -> Iterator[str]:
    """Products that were a best seller on each of the four days before and are none now."""
    earlier = [facts.products[on] for on in facts.weekdays[:NORM_WEEKS] if on in facts.products]
    today = facts.products.get(facts.day, {})
    if len(earlier) < NORM_WEEKS or not today:
        return
    net, unit = _day_total(facts)
    always = set.intersection(*(set(best) for best in earlier)) - set(today)
    lost: list[tuple[Decimal, str]] = []
    for variant in always:
        name = earlier[0][variant][0]
        norm = sum((best[variant][1] for best in earlier), Decimal(0)) / len(earlier)
        if norm >= WORTH_A_LINE * net:
            line = (
                f"{name} is not among yesterday's {PRODUCTS} best sellers, though it was on each of the four "
                f"{facts.day:%A}s before ({about(norm, unit)} a day): is it on the shelf?"
            )
            lost.append((norm, line))
    yield from (line for _, line in sorted(lost, key=lambda each: each[0], reverse=True)[:_MOST_PRODUCTS])


def _last_place(best: Mapping[str, tuple[str, Decimal]]) -> Decimal:
    values = [value for _, value in best.values()]
    return min(values) if len(values) >= PRODUCTS else Decimal(0)


def _day_total(facts: DailyFacts) -> tuple[Decimal, str]:
    figure = facts.headline["net_sales"].figure
    return number(figure) or Decimal(0), figure.unit
