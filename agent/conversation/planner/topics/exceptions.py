"""Questions about what is out of line at the registers: unusual discounts and refunds, drawers, opening on time."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.planner.topics.discounts import OF_KIND
from agent.conversation.planner.whole.unusual_days import TOOL as UNUSUAL_DAYS
from agent.conversation.surroundings import Surroundings

REPORT = "exception_report"
_ODD = re.compile(
    r"\b(?:suspicious\w*|unusual\w*|abnormal\w*|anomal\w+|outliers?|irregular\w*|stands? out|out of line|excessive\w*"
    r"|strange\w*|odd(?:ly)?|questionable|too (?:many|much)|exceptions?|red flags?|fishy|weird|abus\w+|misus\w+"
    r"|out of the ordinary|above (?:the |our )?(?:\w+ )?(?:average|normal|norm|usual))\b"
)
_PEOPLE = (
    r"(?:cashiers?|employees?|associates?|staff(?: members?)?|team members?|colleagues?|servers?|order takers?|clerks?"
    r"|operators?|any(?:one|body)|who|registers?|tills?|terminals?|lanes?)"
)
_ODD_PEOPLE = re.compile(
    rf"\b{_PEOPLE}\b(?: (?:is|are|was|were|has|have|do|does|did|who|that|with|show\w*|look\w*|seem\w*|behav\w+|act\w*"
    rf"|been|being|a|an|any|the|more|most))* {_ODD.pattern}|{_ODD.pattern}(?: \w+)? {_PEOPLE}\b"
)
"""Somebody or some register that is out of line, in whatever."""
_REPORT = re.compile(
    r"\bexceptions? (?:reports?|list|summary|overview)\b|\bloss[- ]prevention\b|\b(?:register|till|cashier|pos"
    r"|checkout) (?:exceptions?|anomal\w+|irregularit\w+|outliers?)\b|\bexceptions? at the (?:registers?|tills?)\b"
    r"|\b(?:suspicious|unusual|strange|irregular|odd|fishy) (?:\w+ )?(?:activit\w+|behaviou?r|transactions?)\b"
    r"|\b(?:detect|scan for|check for|find|show(?: me)?|any|run|look for|recent|latest) (?:\w+ ){0,2}(?:unusual"
    r"|suspicious|strange|odd|anomal\w+|outliers?)(?: (?:sales )?(?:patterns?|activit\w+|behaviou?r|things|detection"
    r"|scan))?\b(?! (?:refund|void|discount|day|week|month))|^\W*(?:the |our |any |major |main |biggest "
    r"|top )*(?:anomalies"
    r"|outliers|irregularities|oddities)\b|\b(?:anything|something|what(?: was| is|'s| were)|things?) (?:was |is )?"
    r"(?:unusual|odd|strange|weird|abnormal|irregular|out of the ordinary|out of line)\b|\b(?:unusual|odd|strange|weird"
    r"|abnormal) (?:things?|events?|happenings|occurrences)\b|\banomaly (?:detection|scan|report)\b|\b(?:any|is there"
    r"|signs? of|possible|potential|employee|internal) (?:\w+ )?(?:fraud\w*|theft|stealing)\b|\b(?:is"
    r"|are) (?:any(?:one|body)|some(?:one|body)|any of \w+) (?:\w+ )?stealing\b"
)
_SUBJECTS = (
    ("cash", re.compile(
        r"\bcash (?:drawers?|differences?|variances?|discrepanc\w+|overs?\b|shorts?\b|shortages?|over/short|counts?)"
        r"|\b(?:drawers?|tills?|registers?) (?:\w+ )?(?:differences?|variances?|discrepanc\w+|short(?:ages?)?|over)\b"
        r"|\bover(?:s|ages?)?(?:/| and | or )shorts?(?:ages?)?\b|\bshort (?:drawers?|tills?)\b"
    )),
    ("opening", re.compile(
        r"\bopen(?:ed|s|ing)?(?: up)? (?:on time|late|too late|as scheduled)\b|\blate (?:store )?openings?\b"
        r"|\bclos(?:e|ed|es|ing) (?:too )?early\b|\bearly closings?\b|\b(?:opening|closing) procedures?\b"
        r"|\bopen(?:ed)? (?:\w+ ){0,2}late\b|\blate (?:to open|opening)\b"
    )),
    ("discounts", re.compile(r"\bdiscount(?:s|ed|ing)?\b|\bmoney off\b")),
    ("refunds", re.compile(r"\brefund(?:s|ed|ing)?\b|\breturns?\b")),
    ("voids", re.compile(r"\bvoid(?:s|ed|ing)?\b|\bcancellations?\b")),
    ("no_sales", re.compile(r"\bno[- ]sales?\b")),
    ("price_overrides", re.compile(r"\b(?:price )?overrid(?:es?|den|ing)\b")),
    ("paid_outs", re.compile(r"\bpaid[- ]outs?\b|\bpay[- ]outs?\b")),
)  # fmt: skip
_NO_SALE_OPENS = re.compile(r"\bno[- ]sales? (?:drawer )?(?:opens?|openings?|rates?)\b")
_TWO = 2
_SINGLE = re.compile(r"\b(?:list|every|each|all|reasons?|who|log|details?|show me (?:the|all|every))\b")
_OTHER = re.compile(
    r"\b(?:why|shrink\w*|opening hours|what time|when do|weather|customers?|promotions?|coupons?|campaigns?|suppliers?"
    r"|optimal|depth)\b"
)
_BY = (
    ("employee", re.compile(
        r"\b(?:(?:by|per|each|which|what|any|our|of) )?(?:employees?|cashiers?|associates?|colleagues?"
        r"|staff(?: members?)?|team members?|people|person|order takers?|servers?|clerks?)\b|\bwho\b|\bany(?:one"
        r"|body)\b"
    )),
    ("register", re.compile(r"\b(?:by|per|each|which|what|any) (?:registers?|tills?|terminals?|lanes?)\b")),
    ("store", re.compile(r"\b(?:by|per|each|which|what|across) (?:stores?|shops?|locations?|branch(?:es)?)\b")),
)  # fmt: skip
_WORDS = re.compile(
    r"\b(?:detect(?:ion)?|scan|look|find|run|recent|latest|patterns?|activit\w+|behaviou?r|exceptions?|reports?"
    r"|suspicious\w*|unusual\w*|abnormal\w*|anomal\w+|outliers?|irregular\w*|stands? out|out of line|excessive\w*"
    r"|strange\w*|odd(?:ly)?|questionable|too|many|much|red flags?|fishy|weird|loss[- ]prevention|fraud\w*|theft"
    r"|stealing|signs?|possible|potential|internal|activit\w+|behaviou?r|transactions?|registers?|tills?|cashiers?"
    "|employees?|associates?|staff|colleagues?|members?|team|people|person|who|any(?:one|body)?|some(?:one|body)|pos"
    r"|checkouts?|terminals?|lanes?|cash|drawers?|differences?|variances?|discrepanc\w+|over(?:s|ages?)?|shorts?"
    "|shortages?|counts?|discount(?:s|ed|ing)?|money off|refund(?:s|ed|ing)?|returns?|void(?:s|ed|ing)?"
    r"|cancellations?|no[- ]sales?|price|overrid\w+|paid[- ]outs?|pay[- ]outs?|open(?:s|ed|ing|ings)?|clos(?:e|ed|es"
    "|ing|ings)|early|late|on time|as scheduled|up|procedures?|rates?|levels?|patterns?|by|hand|manual(?:ly)?|give"
    "|gives|giving|gave|given|there|made|did|do|does|has|have|is|are|was|were|number|high|higher|highest|than|normal"
    r"|usual|expected|peers?|abus\w+|misus\w+|flag(?:ged)?|order takers?|takers?|clerks?|operators?|servers?|above"
    r"|average"
    r"|the team|store|chain|lately|recently|behav\w+|act(?:s|ing)?|been|being|with|that|or|and|out of the ordinary"
    r"|normally|more|most|anything|something|things?|events?|happen(?:ed|ing|ings)?|occurrences|major|main|biggest|top"
    r"|summari[sz]e|summary|oddities|weird|what|were|list|show\w*|look\w*|seem\w*)\b"
)


_PART_OF_DAY = re.compile(r"(?:(?P<day>yesterday)|this|today) (?:morning|afternoon|evening)")
_OF_SALES = re.compile(r"\bsales (?:patterns?|trends?|movements?)\b")
_AT_THE_TILL = re.compile(
    r"\b(?:exceptions?|registers?|tills?|cashiers?|pos|checkouts?|loss[- ]prevention|fraud\w*|theft|steal\w*"
    r"|drawers?|cash"
    r"|transactions?|behaviou?r|activit\w+|suspicious\w*|fishy|red flags?|staff|employees?|abus\w+|misus\w+)\b"
)
"""Words that leave no doubt that the registers are meant, and not days on which sales were unusual."""
_OF_GOODS = re.compile(r"\b(?:products?|items?|skus?|goods|categor(?:y|ies)|departments?|brands?|stock|inventory)\b")
WHOLE_DAYS = "What stands out at the registers is told by whole days."


def read(text: str, around: Surroundings) -> Plan | None:
    """The call for a question about what stands out at the registers; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    if (
        _OTHER.search(whole)
        or (_OF_GOODS.search(whole) and not _AT_THE_TILL.search(whole))
        or OF_KIND.search(whole)
        or names_the_future(whole)
    ):
        return None  # of a discount by its name there is no norm
    measure = _measure(whole)
    measures = _measures(whole) if measure is None else [measure]
    if not measures and not (_REPORT.search(whole) or _ODD_PEOPLE.search(whole)):
        return None
    by = next((name for name, pattern in _BY if pattern.search(whole)), None)
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.product or slots.department:
        return not_understood(slots.unknown or slots.product or slots.department or "")
    if measure == "opening" or (not measures and by == "employee"):
        by = None
    shared = {**slots.args("period", "stores"), "by": by}
    part_of_day = _PART_OF_DAY.fullmatch(slots.period or "")
    if part_of_day:
        shared["period"] = part_of_day["day"] or "today"
    said = WHOLE_DAYS if part_of_day else ""
    told = calls_for(REPORT, shared, [{"measure": one} for one in measures], said)
    if measures or by or part_of_day or _AT_THE_TILL.search(whole) or shared.get("period") == "today":
        return told
    days = calls_for(UNUSUAL_DAYS, slots.args("period", "stores"), [])
    if _OF_SALES.search(whole):
        return days
    return Plan((*days.calls, *told.calls))  # whatever is odd: in what was sold, and at the registers


def _measures(whole: str) -> list[str]:
    """The subjects of a question that looks for something odd in two of them: “unusual voids or discounts”."""
    found = [name for name, pattern in _SUBJECTS if pattern.search(whole)]
    return found if len(found) == _TWO and _ODD.search(whole) else []


def _measure(whole: str) -> str | None:
    """What is asked about: drawers and opening by themselves, the rest only where something odd is looked for."""
    found = [name for name, pattern in _SUBJECTS if pattern.search(whole)]
    if found[:1] in (["cash"], ["opening"]):
        return found[0]
    bare = _NO_SALE_OPENS.search(whole) is not None and not _SINGLE.search(whole)
    if len(found) != 1 or not (_ODD.search(whole) or bare):
        return None
    return found[0]
