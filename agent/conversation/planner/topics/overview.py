"""Questions about the business as a whole: how it does overall, and what needs attention first."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.surroundings import Surroundings

OVERVIEW = "business_overview"
_US = r"(?:my|our|the|this)"
_SUMMARY = re.compile(
    rf"\bsummari[sz]e (?:{_US} )?(?:whole |entire )?(?:business|company|chain|operations?|performance)\b|\b(?:business"
    r"|company|executive|management|overall) (?:summary|overview|review|health|status|snapshot|recap)\b|\b(?:summary"
    rf"|overview|review|snapshot|recap) of (?:{_US} )?(?:whole |entire )?(?:business|company|chain)\b"
    r"|\bhealth[- ]?check\b|^\W*(?:(?:give|show|send|get|read)(?: me| us)? )?(?:an? |the |my "
    r"|our )?(?:\w+ )?(?:morning|daily|today's) (?:briefing|brief|update|report|summary|recap|digest)\W*$"
    r"|^\W*(?:brief me|catch me up|what did i miss)\b|^\W*(?:so |and |ok |okay |hi |hey )*how(?:'s| is| are) (?:we"
    "|things|everything|business|the business|it all)(?: (?:doing|going|looking))?(?: (?:so far|lately|these days"
    r"|right now|now|at the moment|generally))?(?: (?:at|in) [\w ]+)?\W*$|\bstate of (?:the|my|our) business\b"
    rf"|\bhow(?:'s| is| are| was| did| has)? (?:{_US}|we|things) (?:\w+ )?(?:business |company |chain )?(?:been "
    rf"|perform(?:ing|ed)? |do(?:ing)? )?(?:\w+ )?overall\b|\bhow(?:'s| is| was| has) {_US} (?:business"
    r"|company)(?: been)? (?:perform\w*|doing)\b|\boverall (?:business )?performance\b|\bhow healthy (?:is"
    r"|are) (?:the|my|our) (?:business|stores?|company)\b"
)
_HEALTHY = re.compile(
    r"^\W*(?:how healthy )?(?:is|are)\b.*\b(?:healthy|in (?:good|bad|great|poor) (?:shape|health))\b|^\W*how"
    r" healthy (?:is|are)"
    r"\b|\b(?:health|shape) of\b|^\W*(?:is|are) (?:the |our |my )?(?:business|company|chain) (?:doing )?(?:ok"
    r"|okay|well|fine|alright)\W*$"
)
"""Whether it is healthy, of the business or of a store by its name; of a figure it is another question."""
_PRIORITY = re.compile(
    r"\b(?:top|first|main|biggest|most important|number one|#1|key|highest) priorit(?:y|ies)\b|\bpriorit(?:y"
    r"|ies) (?:for )?(?:today|this|right now|now|of the)\b|\bwhat (?:are|is) (?:my|our|the|today's) priorit"
    r"|\bwhat (?:should|must|do|can) (?:i|we|management|leadership|my team|the team|the stores?|ops"
    r"|operations) (?:\w+ )?(?:focus|work|prioriti[sz]e|tackle|look at|attend|concentrate"
    r"|deal with|do first|do today|worry)\b|\bwhere (?:should|must|do) (?:i|we) (?:\w+ )?(?:focus|start|look|begin)\b"
    r"|\b(?:need|needs|requires?|require|deserves?|want|wants)(?: \w+){0,2} attention\b"
    r"|\banything (?:\w+ ){0,4}(?:worry|concern\w*|know|attention|urgent)\b|\bwhat(?:'s| is) (?:most )?urgent\b"
    r"|\bbiggest (?:problems?|issues?|concerns?|risks?)\b|\bred flags?\b"
)
_OTHER = re.compile(
    r"\b(?:why|customers?|cohorts?|segments?|products?|items?|skus?|categor\w+|departments?|inventory|stock|suppliers?"
    "|employees?|cashiers?|staff|shifts?|promotions?|campaigns?|coupons?|feedback|reviews? (?:from|by)|guests?"
    r"|orders?|aisles?|shelf|shelves|sections?|forecast\w*|planogram|tasks?|registers?|tills?|refunds?|voids?"
    r"|discounts?|weather|brands?)\b"
)
_WORDS = re.compile(
    r"\b(?:summari[sz]e|summary|overview|review|snapshot|recap|business|company|chain|executive|management|overall"
    r"|health|status|health[- ]?check|check|state|of|shape|healthy|shops?|stores?|okay|ok|well|fine|alright|good"
    r"|bad|great|poor|operations?|performance|perform\w*|doing|been|healthy|whole"
    r"|entire|things|top|first|main|biggest|most|important|number|key|highest|priorit\w+|focus(?: on)?|work on|tackle"
    "|look at|attend|concentrate|deal with|worry|worried|should|must|management|leadership|team|ops|fix|start|begin"
    "|look|needs?|requires?|deserves?"
    r"|wants?|attention|going|looking|lately|these days|generally|everything|at the moment|so far|brief\w*|morning"
    r"|daily|update|report|recap|digest|catch|miss|anything|know|about|concern\w*|urgent|problems?|issues?|risks?"
    r"|red flags?|right now|on|immediate(?:ly)?)\b"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about the whole business; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    first = _PRIORITY.search(whole) is not None
    healthy = not first and _SUMMARY.search(whole) is None and _HEALTHY.search(whole) is not None
    if not (first or healthy or _SUMMARY.search(whole)) or _OTHER.search(whole) or names_the_future(whole):
        return None
    slots = take_slots(reading, around, _WORDS)
    if slots.product or slots.department or (healthy and slots.unknown):
        return None
    if slots.unknown:
        return not_understood(slots.unknown)
    # What to do first today follows from the days that are over, so "today" is no period there.
    period = None if first and slots.period in ("today", "right now", "this morning") else slots.period
    shared = {"period": period, "stores": slots.stores, "focus": "priorities" if first else None}
    return calls_for(OVERVIEW, shared, [])
