"""Questions about proposals: what waits for a decision, and what became of those before."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.surroundings import Surroundings

LIST = "list_proposals"
_ABOUT = re.compile(
    r"\bproposals?\b|\b(?:pending|open|waiting|outstanding|unapproved|unanswered) (?:\w+ )?(?:approvals?|changes)\b"
    r"|\b(?:pending|open|waiting|outstanding|unapproved|unanswered) requests?\b(?! for (?!approvals?\b))"
    r"|\b(?:wait\w*|pending|left|up|ready|needs?|awaits?|awaiting|requir\w+|wants?) (?:for )?(?:an? |my |our |the "
    r"|your )?(?:approvals?|decisions?|sign[- ]?off|go[- ]ahead)\b|\b(?:what|which|anything"
    r"|something)\b.*\b(?:to (?:be )?approved?|to sign off|to decide)\b|\bto (?:be )?approved?\W*$"
    r"|\bmy (?:changes|requests)\b.*\b(?:approved"
    r"|rejected|turned down|declined)\b"
)
_ACTS = re.compile(
    r"^\W*(?:please |can you |could you |kindly )*(?:approve|reject|decline|cancel|undo|withdraw|accept|create|make"
    r"|file|write|draft|send|execute|submit|propose)\b"
)
_OTHER = re.compile(r"\b(?:refunds?|voids?|discounts?|orders?|shifts?|vendor|supplier|pickup|budget|why|who)\b")
_ORDERS = re.compile(r"\b(?:purchase |draft |supplier |vendor |re)-?orders?\b")
"""Orders to a supplier are proposed here; what a customer orders is not."""
_STATES = (
    (re.compile(r"\b(?:reject\w*|turned down|declined?|refused|denied|withdrawn|cancell?ed)\b"), "rejected"),
    (re.compile(r"\b(?:fail\w*|did not (?:work|go through)|didn'?t (?:work|go through)|went wrong)\b"), "failed"),
    (re.compile(r"\b(?:unclear|unknown|unsettled)\b"), "unclear"),
    (re.compile(r"\b(?:expired?|lapsed|replaced|superseded|timed out)\b"), "expired"),
    (
        re.compile(r"\b(?:pending|open|wait\w*|outstanding|un\w+ed|need\w*|left|undecided|to (?:be )?approved?)\b"),
        "waiting",
    ),
    (
        re.compile(
            r"\b(?:approved|carried out|executed|done|went through|gone through|accepted|applied|completed|undone)\b"
        ),
        "carried_out",
    ),
    (re.compile(r"\b(?:all|every|history|ever|so far|recent|latest|last|what (?:became|happened)|status)\b"), "all"),
)
_KINDS = (
    ("transfers", re.compile(r"\b(?:stock |inventory )?transfers?\b")),
    ("prices", re.compile(r"\b(?:price|pricing) (?:changes?|proposals?|updates?|cuts?|increases?)\b|\bprices\b")),
    ("orders", re.compile(r"\b(?:purchase |draft |supplier |vendor |reorder )orders?\b|\bpos\b|\breorders?\b")),
    ("shifts", re.compile(r"\b(?:draft )?shifts?\b|\bschedule changes?\b")),
    ("promotions", re.compile(r"\b(?:promotions?|promos?|markdowns?)\b")),
    ("tasks", re.compile(r"\btasks?\b")),
    ("stock", re.compile(r"\b(?:stock|inventory) (?:adjustments?|counts?|corrections?)\b")),
)
"""What the changes are about, as the tool names it."""
_MINE = re.compile(
    r"\b(?:my (?:own )?(?:(?!approval)\w+ ){0,2}?(?:proposals?|changes|requests)|i (?:have )?(?:proposed|asked for"
    r"|filed)|of mine)\b"
)
_UNDECIDED = re.compile(r"\b(?:not|haven'?t|hasn'?t|nobody|never)\b.*\b(?:approved?|decided?|answered|signed)\b")
_WORDS = re.compile(
    r"\b(?:proposals?|proposed|changes?|approvals?|approved?|decisions?|decided?|sign(?:ed)?[- ]?off|go[- ]ahead"
    r"|requests?|pending|open|wait\w*|outstanding|unapproved|unanswered|undecided|left|up|ready|needs?|await\w*"
    r"|requir\w+|wants?|reject\w*|turned down|declined?|refused|denied|withdrawn|cancell?ed|fail\w*|went wrong"
    r"|did not (?:work|go through)|didn'?t (?:work|go through)|unclear|unknown|unsettled|expired?|lapsed|replaced"
    r"|superseded|timed out|carried out|executed|done|went through|gone through|accepted|applied|completed|undone|all"
    r"|every|history|ever|so far|recent|latest|last|became|become|happened|happen|status|my|own|mine|me|i|have|has|had"
    r"|asked|filed|anything|something|still|currently|right now|now|list|queue|to be|be|been|was|were|that|there|many"
    r"|how|what|which|show|of|for|to|the|are|is|any|did|do|does|a|an|your|our|yet|answered|nobody|haven'?t|hasn'?t"
    r"|not)\b"
)
_NOT_THEN = "Proposals are listed newest first, as they stand now; I cannot limit them to “{said}”."


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about proposals; None for every other, and for whatever wants one decided."""
    reading = Reading.of(text)
    whole = reading.text
    if not _ABOUT.search(whole) or _ACTS.search(whole) or _OTHER.search(_ORDERS.sub("", whole)):
        return None
    mine = "me" if _MINE.search(whole) else None
    undecided = "waiting" if _UNDECIDED.search(whole) else None
    state = undecided or next(
        (word for pattern, word in _STATES if pattern.search(whole)), "all" if mine else "waiting"
    )
    about = next((name for name, pattern in _KINDS if reading.take(pattern)), None)
    slots = take_slots(reading, around, _WORDS)
    if " not " in f" {whole} " and not undecided and state not in ("failed", "waiting"):
        return not_understood("not")
    if slots.unknown or slots.product or slots.department:
        return not_understood(slots.unknown or slots.product or slots.department or "")
    limited = slots.period or (f"{slots.limit}" if slots.limit else "")
    said = _NOT_THEN.format(said=limited) if limited else ""
    shared = {"status": None if state == "waiting" else state, "whose": mine, "about": about, **slots.args("stores")}
    return calls_for(LIST, shared, [{}], said)
