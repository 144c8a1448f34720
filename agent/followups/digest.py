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

from agent.db.tables import Followup, Proposal
from agent.followups.digest_words import digest_text, many
from agent.followups.finding import Verdict
from agent.followups.store import KEPT, MEASURED, POSTED, FollowupStore
from agent.followups.timetable import DAY, END, WEEK, StorePlace
from agent.proposals.transitions import Status
from connectors.currency import minor_exponent

_ORDER = {DAY: 0, WEEK: 1, END: 2}
_SUMMED = {"net_sales": "Net sales", "gross_margin": "Gross margin"}


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
        "decisions": dict(Counter(row.status for row in made if not _took_back(row))),
        "rejections": [{"kind": row.kind, "reason": row.decision_reason} for row in made if row.status == "rejected"],
        "findings": [dict(row.document or {}) for row in newest],
        "sums": _sums(newest, place.currency),
        "stock": dict(_stock(newest)),
        "people": _people(newest, name_of),
    }
    document["text"] = digest_text(document)
    return document


def digest_of_several(documents: Sequence[Mapping[str, Any]], name: str) -> dict[str, Any]:
    """The same week of several stores in one document of that shape, with ``stores``: a line for each.

    Sums are by currency; intervals of independent changes add as squares.

    Args:
        documents: of ``week_digest``, at least one.
        name: what the stores are called together.
    """
    decisions: Counter[str] = Counter()
    stock: Counter[str] = Counter()
    for one in documents:
        decisions.update(one["decisions"])
        stock.update(one["stock"])
    document = {
        "store_id": "",
        "store_name": name,
        "starts_on": documents[0]["starts_on"],
        "ends_on": documents[0]["ends_on"],
        "decisions": dict(decisions),
        "rejections": [rejection for one in documents for rejection in one["rejections"]],
        "findings": [finding for one in documents for finding in one["findings"]],
        "sums": _added([line for one in documents for line in one["sums"]]),
        "stock": dict(stock),
        "people": _merged([person for one in documents for person in one["people"]]),
        "stores": [_store_line(one) for one in documents],
    }
    document["text"] = digest_text(document)
    return document


def is_empty(document: Mapping[str, Any]) -> bool:
    """Whether a week has nothing to tell: nothing was proposed, and nothing came up for a look."""
    return not document["decisions"] and not document["findings"]


def _took_back(proposal: Proposal) -> bool:
    """Whether it took another back, which is told as carried out and taken back: the two are one proposal."""
    return proposal.undoes is not None and proposal.status == Status.EXECUTED.value


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


def _added(lines: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Sums of several stores by measure and currency."""
    apart: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for line in lines:
        apart.setdefault((line["name"], line["unit"]), []).append(line)
    made = []
    for (name, unit), same in apart.items():
        exponent = minor_exponent(unit)
        total = sum((Decimal(one["difference"]) for one in same), Decimal(0))
        squares = sum((Decimal(one["high"]) - Decimal(one["difference"])) ** 2 for one in same)
        reach = Decimal(squares).sqrt()
        made.append(
            {
                "name": name,
                "label": same[0]["label"],
                "unit": unit,
                "changes": sum(int(one["changes"]) for one in same),
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


def _merged(people: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each person once, though they proposed in several stores."""
    merged: dict[str, dict[str, Any]] = {}
    for one in people:
        known = merged.setdefault(one["user_id"], {**one, "changes": 0, **{verdict.value: 0 for verdict in Verdict}})
        for name in ("changes", *(verdict.value for verdict in Verdict)):
            known[name] += one[name]
    return sorted(merged.values(), key=lambda one: (-int(str(one["worked"])), str(one["name"])))


def _store_line(document: Mapping[str, Any]) -> str:
    """What one of several stores came to."""
    verdicts = [one["verdict"] for one in document["findings"]]
    judged = sum(one != Verdict.CANNOT_TELL for one in verdicts)
    looked = f"; {verdicts.count(Verdict.WORKED)} of {many(judged, 'change')} worked" if judged else ""
    if unsure := len(verdicts) - judged:
        looked += f"; {many(unsure, 'change')} cannot be told"
    return f"{document['store_name']}: {many(sum(document['decisions'].values()), 'proposal')}{looked}."
