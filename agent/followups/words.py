"""A finding as a document: what is stored, posted in the thread and printed. All words are code's, none a model's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from agent.db.tables import Proposal
from agent.followups.finding import Finding, Verdict
from agent.followups.looking import Look
from agent.followups.timetable import DAY, END, WEEK

VERDICTS: Mapping[str, str] = {
    Verdict.WORKED.value: "It worked",
    Verdict.AGAINST.value: "It went the wrong way",
    Verdict.EVEN.value: "No measurable difference",
    Verdict.CANNOT_TELL.value: "Cannot tell",
}
"""A verdict in words."""

_WHEN = {DAY: "after one day", WEEK: "after a week", END: "now that it is over"}


def document_of(proposal: Proposal, look: Look, finding: Finding) -> dict[str, Any]:
    """The finding as it is stored.

    ``{proposal_id, due, kind, store_id, store_name, marker, title, subject, proposed_by, decided_by, first_on,
    last_on, currency, verdict, headline, lines, caveats, measures, counts, text}``.
    """
    facts = look.payload.facts()
    document = {
        "proposal_id": proposal.id,
        "due": look.due.name,
        "kind": proposal.kind,
        "store_id": proposal.store_id,
        "store_name": look.place.name,
        "marker": marker(proposal.id, look.due.name),
        "title": f"{facts.title} {_WHEN[look.due.name]}: {VERDICTS[finding.verdict.value]}",
        "subject": _subject(look),
        "proposed_by": proposal.proposed_by,
        "decided_by": proposal.decided_by,
        "first_on": look.due.first_on.isoformat(),
        "last_on": look.due.last_on.isoformat(),
        "currency": look.place.currency,
        **finding.to_json(),
    }
    document["text"] = text_of(document)
    return document


def marker(proposal_id: str, due: str) -> str:
    """The block id by which a posted finding is found again."""
    return f"followup:{proposal_id}:{due}"


def text_of(document: Mapping[str, Any]) -> str:
    """The whole finding as plain lines."""
    parts = [
        f"{document['title']}",
        f"{document['subject']}",
        f"{document['headline']}",
        *(f"• {line}" for line in document["lines"]),
        *(f"({caveat})" for caveat in document["caveats"]),
    ]
    return "\n".join(parts)


def _subject(look: Look) -> str:
    facts = look.payload.facts()
    changes = [f"{one.before} → {one.after} {one.unit}".strip() if one.before else one.after for one in facts.values]
    what = f" ({', '.join(changes)})" if changes else ""
    return f"{facts.subject}{what}, {look.place.name}"
