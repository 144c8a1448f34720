"""A week's digest in words: as plain lines, and in the sections in which it is posted. All words are code's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from agent.briefings.words import amount, listed, rounded, span
from agent.followups.finding import Verdict
from connectors.currency import minor_exponent

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
_MOST_FINDINGS = 12
_NOTHING_LOOKED_AT = "No executed change came up for a look this week."


def sections_of(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The digest as it is posted: ``[{title, lines}]``, all words ours, names and reasons as data."""
    findings = document["findings"]
    reasons = [f"Rejected because “{reason}”" for reason in _reasons(document)]
    effects = [_verdicts(findings), *_effects(document)] if findings else [_NOTHING_LOOKED_AT]
    one_by_one = [f"{one['subject']}: {one['headline']}" for one in findings]
    more = len(one_by_one) - _MOST_FINDINGS
    if more > 0:
        one_by_one = [*one_by_one[:_MOST_FINDINGS], f"… and {more} more, in `floorwalker followups digest`"]
    titled = (
        ("Decided", [_decisions(document["decisions"]), *reasons]),
        ("Against forecast", effects),
        ("Store by store", list(document.get("stores", ()))),
        ("Whose proposals worked", [_person_line(one) for one in document["people"]]),
        ("One by one", one_by_one),
    )
    return [{"title": title, "lines": lines} for title, lines in titled if lines]


def digest_text(document: Mapping[str, Any]) -> str:
    """The digest in lines."""
    lines = [title_of(document), _decisions(document["decisions"])]
    reasons = _reasons(document)
    if reasons:
        lines.append("Reasons given for rejecting: " + "; ".join(f"“{reason}”" for reason in reasons) + ".")
    lines += document.get("stores", ())
    findings = document["findings"]
    if not findings:
        return "\n".join([*lines, _NOTHING_LOOKED_AT])
    lines += [_verdicts(findings), *_effects(document)]
    lines += [_person_line(one) for one in document["people"]]
    lines += [f"• {one['subject']}: {one['headline']}" for one in findings]
    return "\n".join(lines)


def title_of(document: Mapping[str, Any]) -> str:
    """``What became of proposals at Market Street, 16–22 Nov``."""
    days = span(date.fromisoformat(document["starts_on"]), date.fromisoformat(document["ends_on"]))
    return f"What became of proposals at {document['store_name']}, {days}"


def _decisions(counts: Mapping[str, int]) -> str:
    if not counts:
        return "Nothing was proposed."
    parts = [f"{counts[status]} {words}" for status, words in _DECIDED.items() if counts.get(status)]
    return f"{many(sum(counts.values()), 'proposal')}: {listed(parts)}."


def _reasons(document: Mapping[str, Any]) -> list[str]:
    return [one["reason"] for one in document["rejections"] if one["reason"]][:_MOST_REASONS]


def _verdicts(findings: Sequence[Mapping[str, Any]]) -> str:
    verdicts = Counter(one["verdict"] for one in findings)
    return (
        f"Looked at {many(len(findings), 'executed change')}: {verdicts[Verdict.WORKED]} worked, "
        f"{verdicts[Verdict.AGAINST]} went the wrong way, {verdicts[Verdict.EVEN]} without a measurable difference, "
        f"{verdicts[Verdict.CANNOT_TELL]} cannot be told."
    )


def _effects(document: Mapping[str, Any]) -> list[str]:
    lines = [_sum_line(one) for one in document["sums"]]
    if document["stock"]:
        avoided, followed = document["stock"].get("avoided", 0), document["stock"].get("followed", 0)
        lines.append(f"Stock-outs: {avoided} avoided, {followed} followed all the same.")
    return lines


def _sum_line(one: Mapping[str, Any]) -> str:
    def text(name: str) -> str:
        return amount(rounded(Decimal(one[name]), minor_exponent(one["unit"])), one["unit"])

    return (
        f"{one['label']} against forecast, {many(one['changes'], 'change')} in sum: {text('difference')} "
        f"(95 % interval {text('low')} to {text('high')})."
    )


def _person_line(one: Mapping[str, Any]) -> str:
    judged = one["changes"] - one[Verdict.CANNOT_TELL.value]
    told = f"{one[Verdict.WORKED.value]} of {judged} worked" if judged else "none can be told yet"
    return f"Proposed by {one['name']}: {many(one['changes'], 'change')}, {told}."


def many(count: int, noun: str) -> str:
    """``1 change``, ``2 changes``."""
    return f"{count} {noun}{'s' if count != 1 else ''}"
