"""How the day of a shift went: net sales per labour hour against the same weekdays before it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from agent.briefings.words import day
from agent.followups.finding import Finding, Measure, Verdict, cannot_tell
from agent.followups.looking import Look
from tools.analysis.effect import CannotTell, usual_day
from tools.metrics import METRICS
from tools.metrics.evaluate import fetch
from tools.metrics.query import build

_WEEKS = 8
_RATE, _HOURS, _NET = "sales_per_labour_hour", "labour_hours", "net_sales"


def measure_shift(look: Look) -> Finding:
    """The day of the shift against up to eight earlier ones of its weekday."""
    on = look.due.first_on
    days = [on - timedelta(weeks=back) for back in range(_WEEKS + 1)]
    metrics = [METRICS[name] for name in (_RATE, _HOURS, _NET)]
    statement = build(metrics, [look.window(one, one) for one in days], "day", look.scope)
    groups = {date.fromisoformat(group.key): group for group in fetch(look.mirror, statement)}
    rates = {one: groups[one].value(METRICS[_RATE], look.exponent) for one in days if one in groups}
    today = rates.pop(on, None)
    if on not in groups or groups[on].value(METRICS[_NET], look.exponent) is None:
        return cannot_tell(f"the store has no sales on {day(on)}.", statement)
    if today is None:
        return cannot_tell(f"no closed time cards are known for {day(on)}, so its labour hours are not.", statement)
    earlier = [float(rate) for rate in rates.values() if rate is not None]
    compared = usual_day(float(today), earlier)
    if isinstance(compared, CannotTell):
        return cannot_tell(compared.why[:1].lower() + compared.why[1:], statement)
    usual = float(today) - compared.value
    hours = groups[on].value(METRICS[_HOURS], look.exponent)
    low, high = usual + compared.low - compared.value, usual + compared.high - compared.value
    word = "above" if compared.above else "below" if compared.below else "within"
    headline = (
        f"On {day(on)} the store sold {look.money(float(today))} per labour hour, {word} the usual "
        f"{look.money(max(low, 0))} to {look.money(high)} of a {on:%A}."
    )
    verdict = Verdict.WORKED if compared.above else Verdict.AGAINST if compared.below else Verdict.EVEN
    lines = (f"Labour hours: {hours:.1f}; usual sales per labour hour: {look.money(usual)}.",) if hours else ()
    return Finding(
        verdict,
        headline,
        lines,
        (f"n = 1 day against {len(earlier)} earlier {on:%A}s; one shift is a part of the day's hours.",),
        (_measure(look, float(today), usual, compared.low, compared.high),),
        statements=(statement,),
    )


def _measure(look: Look, today: float, usual: float, low: float, high: float) -> Measure:
    def text(value: float) -> str:
        return f"{round(Decimal(str(value)), look.exponent):f}"

    return Measure(_RATE, look.place.currency, 1, text(usual), text(today), text(today - usual), text(low), text(high))
