"""Questions about the figures themselves: what they mean, how fresh they are, why another report has others."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.wording.words import take_metrics
from agent.conversation.surroundings import Surroundings

ABOUT = "about_figures"
_OTHER_REPORT = re.compile(
    r"(?:\bdiffer(?:s|ent)?|(?:not|n't)(?: \w+){0,3} (?:match|agree|tie|add up)|mismatch|disagree\w*|reconcil\w*"
    r"|(?<!\d)(?<!\d%)(?<!\d %)(?<!percent )off)\b.*\b(?:finance|accounting|books|ledger|quickbooks|xero|p&l|report"
    "|dashboard|spreadsheet|pos|system|square|shopify|lightspeed|clover|tills?|registers?|z[- ]?reports?"
    "|x[- ]?reports?|z[- ]?reads?|bank|deposits?|excel|sheet|drawers?|receipts?|till roll|cash(?:ing)?[- ]?up"
    r"|accountant|bookkeeper|sales summary|summary|payments?|payouts?|my (?:own )?(?:count|total)s?)\b|\b(?:finance"
    r"|accounting)(?:'s)? (?:report|numbers?|figures?)\b"
)
_MEANING = re.compile(
    r"^\W*(?:how (?:is|are|do you|do we) (?:the |our |your )?[\w -]{2,40}(?:calculated|defined|computed|measured"
    r"|worked out)|how (?:do|are|is) (?:you|we|they|it)? ?(?:define|calculat\w+|comput\w+|count\w*|work out|measured?)"
    "|what (?:do you mean by|does .+ mean|counts? as|is (?:the )?(?:definition|meaning) of|is (?:in|ex)cluded (?:in"
    r"|from))|define|what(?:'s| is) (?:included|excluded|left out))\b"
)
_CONTAINS = re.compile(
    r"^\W*(?:and |but )?(?:does|do|is|are|did) (?:the |this |that |these |those |your |our |it"
    r"|they)*(?:[\w%]+ ){0,3}?(?:includ\w+|exclud\w+|count(?:ed|s)?|contain\w*|before|after|net of|with|without"
    r"|gross of)\b.*\b(?:tax|taxes|vat|returns?|refunds?|discounts?|gift cards?|tips?|shipping|service charges?|fuel"
    "|voids?|coupons?|cost|waste|shrink(?:age)?|wages|labou?r|online orders?|web orders?|online sales"
    r"|pick-?up orders?|overtime|benefits|bonus\w*|payroll tax\w*|managers?|salar\w+|rent|fees|delivery|postage"
    r"|fuel)\b|^\W*(?:is|are|was|were) (?:sales )?(?:tax|taxes|vat"
    r"|returns?|refunds?|discounts?|gift cards?|tips?|shipping|voids?)(?: \w+){0,3} (?:includ\w+|exclud\w+|counted"
    r"|in (?:here|there|it|this|that|the))\b"
)
_TRUST = re.compile(
    r"\bwhy (?:is|are|does|do) (?:the |my |our )?(?:shopify|square|toast|lightspeed|clover|quickbooks|xero"
    r"|excel|finance"
    r"|accounting|dashboards?|accountant|tills?|registers?|z[- ]?reports?|bank|back ?office)\b[^?]*\b(?:show\w*|say\w*"
    r"|ha(?:s|ve|ving)|report\w*|giv\w*|tell\w*)\b[^?]*\b(?:different\w*|differ\w*|(?:other|more|less"
    r"|higher|lower)(?= |\W*$))"
    r"|\bwhy (?:is|are|does|do) (?:your|the) (?:stock|inventory) (?:counts?|levels?|figures?|numbers?"
    r"|records?) (?:differ\w*|not"
    r" match|different)\b|"
    r"\b(?:which|what) (?:numbers|figures|data) can (?:i|we) trust\b|\bdiffer\w* (?:from|than) (?:mine|ours|my own"
    r"|our own|what (?:i|we) (?:have|see|get|count)|(?:what )?(?:you|it|the bot) (?:said|told|gave|showed))\b"
    r"|\b(?:numbers?|figures?|data|totals?|sales"
    r"|report) (?:do(?:es)?n't|don't|do not|does not|did not|didn't) (?:match|agree|tie|add up|reconcile)\b"
    r"|\b(?:report|dashboard|system|spreadsheet|finance|accounting|pos|till)\b.*\b(?:says?|shows?|has"
    "|gives?) (?:something|anything|a|another|different)(?: else| different| other)?(?: numbers?| figures?"
    r"| totals?)?\b|\b(?:my|our|the) (?:\w+ )?(?:spreadsheet|sheet|excel|accountant|bookkeeper|books|till|z[- ]?report"
    r"|dashboard|bank|pos) (?:says?|shows?|has|had|gives?|gave|said|got|tells? me)\b|\b(?:numbers?|figures?|totals?"
    "|sales|it|that|this) (?:was|were|is|are|looks?|has|have)(?: been)? (?:different|changed|not the same|other"
    "|higher|lower)(?: numbers?)? (?:this morning|earlier|before|an hour ago|when i (?:asked|looked)|yesterday when"
    r"|from what you (?:said|told)|than (?:what )?you (?:said|told)|since this morning)\b|\b(?:was|were|is"
    r"|are) (?:the |your |my |our |\w+'s )*(?:numbers?|figures?|totals?|sales) (?:\w+ )?(?:different|changed"
    r"|not the same) (?:this morning|earlier|before|from|than|yesterday|now|today)\b|\byou (?:said|told me"
    r"|gave me) .{3,40} (?:earlier|before|this morning|yesterday|an hour ago)\b|^\W*(?:is|are) (?:yesterday|today"
    r"|last \w+|this \w+|it|that|the (?:day|week|month))(?:'s)?(?: data| numbers| figures| sales)? (?:complete|final"
    r"|finished|all in|closed|definitive|fully in)\b|\bwhich (?:numbers?|figures?|one|report) (?:should|can|do"
    r"|shall) (?:i|we) (?:trust|believe|use|go (?:with|by))\b|\bwhich (?:one )?is (?:right|correct|the truth)\b"
    r"|\b(?:are|is) (?:the|these|this|those|your|that) (?:figures?|numbers?|data|totals?) (?:final|complete|reliable"
    r"|accurate|correct|audited|right|trustworthy|up to date|current|preliminary|provisional)\b|\b(?:can|should) (?:i"
    r"|we) trust (?:this|these|your|the)\b|\bwhere (?:do|does|did) (?:the|this|these|your) (?:data|figures?"
    r"|numbers?) come from\b"
)
_ELSEWHERE = (
    r"(?:reports?|summar(?:y|ies)|dashboards?|spreadsheets?|sheet|excel|finance|accounting|accountant|bookkeeper|books"
    r"|ledger|quickbooks|xero|p&l|pos|tills?|registers?|bank|system|square|shopify|lightspeed|clover|toast"
    r"|back ?office)"
)
_SHOWS = r"(?:say|show|ha(?:s|ve|d)|give|gave|got|tell|read|report)(?:s|ed|ing)?"
_TWO_REPORTS = re.compile(
    rf"\b{_ELSEWHERE} (?:\w+ )?{_SHOWS}\b[^?]*\b(?:but|and|while|whereas|,|yet) ?(?:you|yours?|your \w+|the bot|it"
    rf"|floorwalker) ?(?:{_SHOWS})\b"
    rf"|\b(?:you|yours?|your \w+) {_SHOWS}\b[^?]*\b(?:but|and|while|whereas|yet) (?:my|our|the)? ?(?:\w+ )?"
    rf"{_ELSEWHERE} {_SHOWS}\b"
    rf"|\bwhy (?:is|are|does|do|did) (?:the |my |our )(?:\w+ )?{_ELSEWHERE}\b[^?]*\b(?:and|but|while|whereas|than|not"
    rf" what|when|vs\.?) (?:the |my |our )(?:\w+ )?{_ELSEWHERE}\b"
    r"|\bwhy (?:is|are) your \w+ (?:so |much |a lot )?(?:lower|higher|less|more|smaller|bigger|different|other)"
    r" (?:than|from|to) (?:mine|ours|what (?:i|we)\b)"
)
"""Two numbers from two places: the question is of what each of them counts, and not of a change."""
_POINTED = re.compile(
    r"^\W*(?:and |but |so )*how (?:is|was|are|were|do you get|did you get|do you work out) (?:this|that|these|those|it)"
    r"(?: (?:number|figure|total|value|result|metric|one)s?)?(?: (?:calculated|computed|worked out|determined|derived"
    r"|measured|defined|arrived at|made up))?(?=\W|$)(?! (?:store|shop|going|doing))|\b(?:which|what) (?:kind of )?"
    r"(?:revenue|sales|margin|profit)(?: (?:number|figure|definition|total))? (?:is|was) (?:this|that|it)\b|\b(?:who"
    r"|which|what)(?:/(?:which|what|who))?(?: (?:orders|sales|transactions|customers|data|documents|receipts|days))?"
    r" (?:are|is|were|was) (?:included|counted|left out|excluded)(?: (?:in|from) (?:this|that|it|here|the"
    r"|these)(?: (?:number|figure|total)s?)?)?\W*$"
)
"""About a figure that is only pointed at: with nothing before it, net sales are meant."""
_OF_IT = re.compile(
    r"^\W*(?:and |but )?(?:does|do|is|are|did) (?:this|that|it|these|those|they|the (?:number|figure|total)s?)\b"
)
_FRESH = re.compile(
    r"\bdata (?:freshness|recency|age)\b|\b(?:how (?:fresh|recent|old|current|up to date) (?:is|are) (?:the|your|this"
    "|our|my) (?:data|figures|numbers)|when (?:was|were) (?:the |your |this )?(?:data|figures"
    r"|numbers) (?:last )?(?:updated|refreshed|synced)|last (?:sync|update|refresh))\b"
)


def read(text: str, around: Surroundings) -> Plan | None:  # noqa: ARG001
    """The call for a question about what a figure is."""
    reading = Reading.of(text)
    whole = reading.text
    asks = (_OTHER_REPORT, _FRESH, _TRUST, _TWO_REPORTS, _CONTAINS, _POINTED)
    if not (any(one.search(whole) for one in asks) or _MEANING.search(whole.strip())):
        return None
    metrics = () if _CONTAINS.search(whole) and _OF_IT.match(whole) else take_metrics(reading)
    if metrics == ("transactions",) and not _MEANING.search(whole.strip()):
        metrics = ()  # the receipts or orders of which the figure is made, and not their number
    if not metrics and not _POINTED.search(whole) and not _CONTAINS.search(whole) and _MEANING.search(whole.strip()):
        return None
    return Plan(((ABOUT, {"metric": metrics[0]} if metrics else {}),))
