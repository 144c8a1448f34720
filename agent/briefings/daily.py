"""The morning briefing as a document: yesterday, what it is held against, what stands out, the month so far.

Pure: words and choices over figures that tools returned. The document is what Slack, the terminal and ``brief
--json`` show; `agent.briefings.service` adds the receipt.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from agent.briefings.facts import NORM_WEEKS, Change, DailyFacts
from agent.briefings.standouts import missing_days, occasion, standouts, total_range
from agent.briefings.words import amount, day, difference, moment, span
from connectors.mirror.rows import Snapshot
from tools.analysis.normal_range import PART_WIDTH, Verdict, normal_range
from tools.frame import GAPS
from tools.result import Comparison, Figure

_LABELS = {
    "net_sales": "Net sales",
    "transactions": "Transactions",
    "average_transaction_value": "Average transaction",
    "gross_margin_pct": "Gross margin",
}
_LEAST_DEPARTMENT = Decimal("0.02")
_BEST_AND_WORST = 2


def marker(store_id: str, on: object) -> str:
    """What a posted briefing carries, so that it can be found again in its channel."""
    return f"briefing:{store_id}:{on}"


def daily_document(facts: DailyFacts, snapshot: Snapshot, caveats: Sequence[str]) -> dict[str, Any]:
    """The briefing as a plain document.

    ``figures`` have the contract's shape plus ``label``, ``shown`` and ``delta`` for people, ``as_of`` has
    ``as_of_shown`` on the store's clock; ``on`` is the morning it is for and ``day`` the one it tells about.
    """
    return {
        "kind": "daily",
        "store_id": facts.store.store_id,
        "store_name": facts.store.name,
        "on": facts.on.isoformat(),
        "day": facts.day.isoformat(),
        "marker": marker(facts.store.store_id, facts.on),
        "headline": _headline(facts),
        "figures": [_figure(name, change, facts) for name, change in facts.headline.items()],
        "sections": _sections(facts),
        "caveats": [*(() if facts.has_sales else (_freshness(facts, snapshot),)), *_notes(facts, caveats)],
        **_as_of(snapshot, facts.store.timezone),
        "follow_ups": _follow_ups(facts),
        "sources_note": _sources_note(snapshot),
    }


def _headline(facts: DailyFacts) -> str:
    name, when = facts.store.name, f"yesterday ({day(facts.day)})"
    net = facts.headline.get("net_sales")
    if not facts.has_sales or net is None or net.figure.value is None:
        return f"{name}: no sales are recorded for {when}."
    held = _held_against(net, facts)
    usual = total_range(facts)
    verdict = ""
    if usual is not None:
        word = {Verdict.HIGH: "an unusually good", Verdict.LOW: "an unusually weak"}
        verdict = f", {word.get(usual.judge(Decimal(net.figure.value)), 'a normal')} {facts.day:%A}"
    return f"{name} took {amount(Decimal(net.figure.value), net.figure.unit)} net {when}{verdict}{held}."


def _held_against(change: Change, facts: DailyFacts) -> str:
    delta = _delta(change, facts)
    return f": {delta}" if delta else ""


def _delta(change: Change, facts: DailyFacts) -> str:
    parts = []
    if change.last_week is not None:
        parts.append(f"{_against(change.last_week, change.figure)} on last {facts.day:%A}")
    if change.norm is not None and facts.norm_days:
        days = "" if facts.norm_days == NORM_WEEKS else f" ({facts.norm_days} of {NORM_WEEKS} days have data)"
        parts.append(f"{_against(change.norm, change.figure)} on the four-week norm{days}")
    return ", ".join(parts)


def _against(comparison: Comparison, figure: Figure) -> str:
    pct = None if comparison.change_pct is None else Decimal(comparison.change_pct)
    return difference(Decimal(comparison.change), pct, figure.unit)


def _figure(name: str, change: Change, facts: DailyFacts) -> dict[str, Any]:
    document = change.figure.to_json()
    if change.last_week is not None:
        document["compared_to"] = change.last_week.to_json()
    if change.norm is not None:
        document["norm"] = {**change.norm.to_json(), "days_with_data": facts.norm_days, "days": NORM_WEEKS}
    value = change.figure.value
    shown = "not known" if value is None else amount(Decimal(value), change.figure.unit)
    return {"label": _LABELS.get(name, name), **document, "shown": shown, "delta": _delta(change, facts)}


def _sections(facts: DailyFacts) -> list[dict[str, Any]]:
    if not facts.has_sales:
        return [{"title": "Why it may be empty", "lines": [_why_empty(facts), *missing_days(facts)]}]
    titled = (
        ("Departments against their four-week norm", _departments(facts)),
        ("What stands out", standouts(facts)),
        ("Month to date", _month(facts)),
    )
    return [{"title": title, "lines": lines} for title, lines in titled if lines]


def _why_empty(facts: DailyFacts) -> str:
    if not facts.daily_net:
        return "The data holds no sale of this store in the last eight weeks."
    if not facts.weekdays_with_sales:
        return f"None of the last {len(facts.weekdays)} {facts.day:%A}s has sales either: the store seems closed then."
    last = max(facts.daily_net)
    if facts.occasions:
        return f"{occasion(facts)}, and the store may have been closed. The last day with any sale is {day(last)}."
    return f"Earlier {facts.day:%A}s do have sales. The last day with any is {day(last)}; check the till's connection."


def _departments(facts: DailyFacts) -> list[str]:
    net = facts.headline["net_sales"]
    least = _LEAST_DEPARTMENT * Decimal(net.norm.value if net.norm else net.figure.value or 0)
    sized = [
        (name, change)
        for name, change in facts.departments.items()
        if change.norm and max(Decimal(change.figure.value or 0), Decimal(change.norm.value)) >= least
    ]
    ranked = sorted(sized, key=lambda each: (Decimal(each[1].norm.change) if each[1].norm else Decimal(0), each[0]))
    worst = [each for each in ranked if each[1].norm and Decimal(each[1].norm.change) < 0][:_BEST_AND_WORST]
    best = [each for each in reversed(ranked) if each[1].norm and Decimal(each[1].norm.change) > 0][:_BEST_AND_WORST]
    return [
        *(_department_line("Best", name, change, facts) for name, change in best),
        *(_department_line("Weakest", name, change, facts) for name, change in worst),
    ]


def _department_line(rank: str, name: str, change: Change, facts: DailyFacts) -> str:
    figure, norm = change.figure, change.norm
    if figure.value is None or norm is None:
        return f"{rank}: {name}"
    value = Decimal(figure.value)
    usual = normal_range(list(facts.department_history.get(name, {}).values()), width=PART_WIDTH)
    noise = " (normal variation)" if usual is not None and usual.judge(value) is Verdict.NORMAL else ""
    sign = "+" if Decimal(norm.change) > 0 else ""
    change_words = f"{sign}{amount(Decimal(norm.change), figure.unit)}"
    if norm.change_pct is not None:
        change_words += f", {_against(norm, figure)}"
    return f"{rank}: {name} {amount(value, figure.unit)}, {change_words}{noise}"


def _month(facts: DailyFacts) -> list[str]:
    figure = facts.month
    if figure is None or figure.value is None:
        return []
    taken = f"{amount(Decimal(figure.value), figure.unit)} net {span(figure.start_on, figure.end_on)}"
    before = figure.compared_to
    if before is None:
        return [f"{taken}; there are no figures for the same days of the month before."]
    earlier = f"{amount(Decimal(before.value), figure.unit)} {span(before.start_on, before.end_on)}"
    return [" ".join([f"{taken}, {_against(before, figure)} on {earlier}.", *facts.month_notes])]


def _notes(facts: DailyFacts, caveats: Sequence[str]) -> list[str]:
    """What the tools said, once; days without sales are named by their dates, and the month's notes stand beside it."""
    said = [one for one in dict.fromkeys(caveats) if one not in facts.month_notes]
    return [one for one in said if not one.startswith(GAPS)]


def _freshness(facts: DailyFacts, snapshot: Snapshot) -> str:
    """How far the data reaches; where there are sales, the tools say it themselves."""
    source = snapshot.sources.get("sales")
    if source is None:
        return "The mirror does not say how far its sales reach."
    reached = moment(source.as_of_at, facts.store.timezone)
    if source.as_of_at < facts.store.starts_at(facts.on):
        return f"Sales are known only up to {reached}: sales of {day(facts.day)} may still come in."
    return f"Sales are known up to {reached}, so {day(facts.day)} is complete."


def _as_of(snapshot: Snapshot, timezone: str) -> dict[str, str | None]:
    source = snapshot.sources.get("sales")
    if source is None:
        return {"as_of": None, "as_of_shown": "an unknown time"}
    return {"as_of": source.as_of_at.isoformat(), "as_of_shown": moment(source.as_of_at, timezone)}


def _follow_ups(facts: DailyFacts) -> list[str]:
    if not facts.has_sales:
        return [f"What did {facts.store.name} sell last week by day?"]
    return [
        "Compare yesterday with the four-week norm by department",
        "What were our top 10 products yesterday by margin?",
        "How is this month to date against last month?",
    ]


def _sources_note(snapshot: Snapshot) -> str:
    """What the sales are; what is simulated beside them stands among the caveats."""
    source = snapshot.sources.get("sales")
    return "" if source is None else f"Sales: {source.note or source.source}"
