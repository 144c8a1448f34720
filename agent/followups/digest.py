"""The week of a store: what was proposed and decided, what the executed changes did in sum, whose proposals worked.

Everything comes from stored rows: follow-ups that were measured, and proposals as they are. A change that was looked
at twice counts once, by its longest look.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from math import sqrt
from typing import Any

from agent.briefings.words import amount, listed, rounded, span
from agent.db.tables import Followup, Proposal
from agent.followups.finding import Verdict
from agent.followups.store import KEPT, MEASURED, POSTED, FollowupStore
from agent.followups.timetable import DAY, END, WEEK, StorePlace
from connectors.currency import minor_exponent

_ORDER = {DAY: 0, WEEK: 1, END: 2}
_SUMMED = {"net_sales": "Net sales", "gross_margin": "Gross margin"}
_DECIDED = {
    "executed": "carried out",
    "undone": "carried out and taken back",
    "approved": "approved, not carried out yet",
    "executing": "being carried out",
    "failed": "approved, but it failed",
    "unknown": "approved, outcome unknown",
    "rejected": "rejected",
    "expired": "expired",
    "superseded": "replaced by another",
    "cancelled": "cancelled",
    "pending": "waiting",
}
_MOST_REASONS = 5


@dataclass(frozen=True, slots=True)
class Week:
    """Seven business days from a Monday on."""

    starts_on: date

    @classmethod
    def of(cls, on: date) -> Week:
        """The week that holds a day."""
        return cls(on - timedelta(days=on.weekday()))

    @property
    def ends_on(self) -> date:
        """Its Sunday."""
        return self.starts_on + timedelta(days=6)


def week_digest(store: FollowupStore, place: StorePlace, week: Week, name_of: Callable[[str], str]) -> dict[str, Any]:
    """``{store_id, store_name, starts_on, ends_on, decisions, rejections, findings, sums, stock, people, text}``.

    Args:
        store: the rows.
        place: whose week; it is counted on that store's clock.
        week: which.
        name_of: a person's name by id.
    """
    begins, ends = place.begins(week.starts_on), place.begins(week.ends_on + timedelta(days=1))
    made = store.proposals(
        Proposal.store_id == place.store_id, Proposal.proposed_at >= begins, Proposal.proposed_at < ends
    )
    rows = store.rows(
        Followup.store_id == place.store_id,
        Followup.status.in_((MEASURED, POSTED, KEPT)),
        Followup.due_at >= begins,
        Followup.due_at < ends,
        limit=5000,
    )
    newest = _longest_look(rows)
    document = {
        "store_id": place.store_id,
        "store_name": place.name,
        "starts_on": week.starts_on.isoformat(),
        "ends_on": week.ends_on.isoformat(),
        "decisions": dict(Counter(row.status for row in made)),
        "rejections": [{"kind": row.kind, "reason": row.decision_reason} for row in made if row.status == "rejected"],
        "findings": [dict(row.document or {}) for row in newest],
        "sums": _sums(newest, place.currency),
        "stock": dict(_stock(newest)),
        "people": _people(newest, name_of),
    }
    document["text"] = digest_text(document)
    return document


def digest_text(document: Mapping[str, Any]) -> str:
    """The digest in lines."""
    days = span(date.fromisoformat(document["starts_on"]), date.fromisoformat(document["ends_on"]))
    lines = [f"What became of proposals at {document['store_name']}, {days}", _decisions(document["decisions"])]
    reasons = [one["reason"] for one in document["rejections"] if one["reason"]][:_MOST_REASONS]
    if reasons:
        lines.append("Reasons given for rejecting: " + "; ".join(f"“{reason}”" for reason in reasons) + ".")
    findings = document["findings"]
    if not findings:
        return "\n".join([*lines, "No executed change came up for a look this week."])
    verdicts = Counter(one["verdict"] for one in findings)
    lines.append(
        f"Looked at {_many(len(findings), 'executed change')}: {verdicts[Verdict.WORKED]} worked, "
        f"{verdicts[Verdict.AGAINST]} went the wrong way, {verdicts[Verdict.EVEN]} without a measurable difference, "
        f"{verdicts[Verdict.CANNOT_TELL]} cannot be told."
    )
    lines += [_sum_line(one) for one in document["sums"]]
    if document["stock"]:
        avoided, followed = document["stock"].get("avoided", 0), document["stock"].get("followed", 0)
        lines.append(f"Stock-outs: {avoided} avoided, {followed} followed all the same.")
    lines += [_person_line(one) for one in document["people"]]
    lines += [f"• {one['subject']}: {one['headline']}" for one in findings]
    return "\n".join(lines)


def _longest_look(rows: Sequence[Followup]) -> list[Followup]:
    kept: dict[str, Followup] = {}
    for row in rows:
        known = kept.get(row.proposal_id)
        if known is None or _ORDER.get(row.due, 0) >= _ORDER.get(known.due, 0):
            kept[row.proposal_id] = row
    return list(kept.values())


def _sums(rows: Sequence[Followup], currency: str) -> list[dict[str, Any]]:
    """Per measure the differences from forecast added up; intervals of independent changes add as squares."""
    exponent = minor_exponent(currency)
    made = []
    for name, label in _SUMMED.items():
        measures = [one for row in rows for one in (row.document or {}).get("measures", ()) if one["name"] == name]
        if not measures:
            continue
        total = sum((Decimal(one["difference"]) * one["days"] for one in measures), Decimal(0))
        squares = sum((float(one["high"]) - float(one["difference"])) ** 2 * one["days"] ** 2 for one in measures)
        reach = Decimal(str(round(sqrt(squares), exponent)))
        made.append(
            {
                "name": name,
                "label": label,
                "unit": currency,
                "changes": len(measures),
                "difference": f"{round(total, exponent):f}",
                "low": f"{round(total - reach, exponent):f}",
                "high": f"{round(total + reach, exponent):f}",
            }
        )
    return made


def _stock(rows: Sequence[Followup]) -> Counter[str]:
    told: Counter[str] = Counter()
    for row in rows:
        for outcome, count in (row.document or {}).get("counts", {}).items():
            if outcome in ("ran_out", "probably_out"):
                told["followed"] += count
            elif outcome == "avoided":
                told["avoided"] += count
    return told


def _people(rows: Sequence[Followup], name_of: Callable[[str], str]) -> list[dict[str, Any]]:
    """Who proposed what was looked at, those with most that worked first."""
    tallies: dict[str, Counter[str]] = {}
    for row in rows:
        tallies.setdefault(str((row.document or {}).get("proposed_by", "")), Counter())[row.verdict] += 1
    people = [
        {"user_id": user, "name": name_of(user), "changes": tally.total(), **{one.value: tally[one] for one in Verdict}}
        for user, tally in tallies.items()
    ]
    return sorted(people, key=lambda one: (-int(str(one["worked"])), str(one["name"])))


def _decisions(counts: Mapping[str, int]) -> str:
    if not counts:
        return "Nothing was proposed."
    parts = [f"{counts[status]} {words}" for status, words in _DECIDED.items() if counts.get(status)]
    return f"{_many(sum(counts.values()), 'proposal')}: {listed(parts)}."


def _sum_line(one: Mapping[str, Any]) -> str:
    def text(name: str) -> str:
        return amount(rounded(Decimal(one[name]), minor_exponent(one["unit"])), one["unit"])

    return (
        f"{one['label']} against forecast, {_many(one['changes'], 'change')} in sum: {text('difference')} "
        f"(95 % interval {text('low')} to {text('high')})."
    )


def _person_line(one: Mapping[str, Any]) -> str:
    judged = one["changes"] - one[Verdict.CANNOT_TELL.value]
    told = f"{one[Verdict.WORKED.value]} of {judged} worked" if judged else "none can be told yet"
    return f"Proposed by {one['name']}: {_many(one['changes'], 'change')}, {told}."


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' if count != 1 else ''}"
