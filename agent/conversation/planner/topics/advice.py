"""Questions how to do better: what the figures say stands in the way, never a wisdom of our own."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan, calls_for, not_understood
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.places import take_named_stores
from agent.conversation.planner.slots.usual import take_slots
from agent.conversation.surroundings import Surroundings

_HOW = (
    r"\b(?:how (?:can|do|could|should|would|might|to) ?(?:i|we|you)?|ways? (?:for (?:us|me) )?to|(?:suggest|give me"
    r"|any|recommend) (?:\w+ )?(?:ideas?|tips?|recommendations?|suggestions?|strategies|improvements?) (?:to|for)"
    r"|help (?:me"
    "|us)(?: to)?|what (?:can|should|could) (?:i|we) do to)"
)
_BETTER = (
    r"(?:increas\w+|improv\w+|boost\w*|rais\w+|grow\w*|lift\w*|maximi[sz]\w+|get (?:more|better|higher)|drive"
    r"|optimi[sz]\w+)"
)
_LESS = r"(?:reduc\w+|lower\w*|cut(?:ting)?|minimi[sz]\w+|decreas\w+|prevent\w*|avoid\w*)"
_OFFER = r"(?:promotions?|promos?|sales?|offers?|deals?|specials?|discounts?)"
_TOO_MUCH = (
    "What there is too much of is what the data says to that; what offers brought before is in “promotion lift by "
    "category last month”."
)
_OURS = (
    r"(?:my|our|the|more|average)? ?(?:my|our|the|more|average)? ?"
    r"(?:(?:daily|weekly|monthly|overall|total|net|store|the store's|'s) )?"
)
_ROWS: tuple[tuple[str, tuple[tuple[str, dict[str, str]], ...], str], ...] = (
    (
        (
            rf"{_HOW}\b.*\b{_BETTER} {_OURS}(?:aov|atv|upt|baskets?|order|transaction|ticket|basket|cart|check"
            r"|spend)\w*"
        ),
        (("cross_sell", {}), ("basket_statistics", {})),
        "What customers buy together elsewhere and not here, and how large baskets are, is what the data says.",
    ),
    (
        rf"{_HOW}\b.*\b{_BETTER} {_OURS}(?:gross )?(?:margins?|profits?|profitability)",
        (("product_profitability", {"show": "losing"}), ("optimal_discount", {})),
        "What loses money, and which discounts cost more than they bring, is what the data says to that.",
    ),
    (
        rf"{_HOW}\b.*\b{_LESS} {_OURS}(?:waste|shrink\w*|spoilage|losses|food waste)",
        (("shrink_and_waste", {"by": "department"}), ("overstock", {})),
        "Where goods are lost, and where too much is held, is what the data says to that.",
    ),
    (
        rf"{_HOW}\b.*\b{_LESS} {_OURS}(?:stock[- ]?outs?|out[- ]of[- ]stocks?|lost sales)",
        (("lost_sales", {}), ("stockout_risk", {})),
        "What was missed, and what runs out next, is what the data says to that.",
    ),
    (
        (
            rf"{_HOW}\b.*\b(?:{_BETTER}|keep|win back|attract"
            rf"|bring(?: in)?) {_OURS}(?:customer )?(?:new )?(?:retention|loyalty|customers|shoppers|people|repeat\w*"
            "|customers? (?:coming )?back)"
        ),
        (("customers_at_risk", {}), ("new_and_returning", {})),
        "Who stays away longer than usual, and how many come back, is what the data says to that.",
    ),
    (
        rf"{_HOW}\b.*\b{_BETTER} {_OURS}(?:inventory|stock)[- ]?turn\w*",
        (
            ("stock_productivity", {"metric": "stock_turn", "by": "department"}),
            ("overstock", {}),
            ("dead_stock", {}),
        ),
        "Where stock turns slowly, and what lies, is what the data says to that.",
    ),
    (
        r"\b(?:which|what) (?:products?|items?|skus?) (?:need|needs|require) (?:an? )?(?:new )?pric\w+(?: \w+)?",
        (("markdown_candidates", {}), ("product_profitability", {"show": "losing"})),
        "What has too much stock for its sales, and what sells below cost, is what the data says to that.",
    ),
    (
        (
            r"\b(?:which|what) (?:products?|items?|skus?) (?:should|could|can|do) (?:i"
            "|we) (?:need to )?(?:stop (?:carrying|selling|stocking)|drop|discontinue|delist|cut|remove|get rid of"
            r"|phase out)\b"
        ),
        (("dead_stock", {}), ("slow_stock", {})),
        "What has not sold, and what sells too slowly for its stock, is what the data says to that.",
    ),
    (
        (
            r"\b(?:which|what)(?: (?:(?:kind|sort|type)s? of )?(?:products?|items?|skus?|goods|things|dishes|drinks))?"
            r" (?:should|could|can|would|shall) (?:i|we|you) (?:best )?(?:promote|push|feature|advertise"
            rf"|put on (?:an? )?{_OFFER})\b|\b(?:which|what)(?: (?:kind|sort|type)s? of)? {_OFFER} (?:should"
            rf"|could|can|would"
            r"|shall) (?:i|we|you) (?:run|do|offer|plan|make|launch|start|have|set up|schedule|consider|try)\b"
        ),
        (("markdown_candidates", {}), ("overstock", {})),
        _TOO_MUCH,
    ),
    (
        (
            rf"{_HOW}\b.*\b(?:{_BETTER} {_OURS}(?:sales|revenue|business|performance|store|stores|operations|results"
            rf"|traffic)|do better|make more money|{_LESS} {_OURS}costs?)|\b(?:what|which|any|where are (?:the|our"
            r"|my)) (?:\w+ )?opportunit\w+\b|\bwhat (?:should|can|could) (?:i|we) (?:improve|optimi[sz]e)\b"
            r"|\b(?:business|strategic|operational|optimi[sz]ation|improvement) (?:insights?|recommendations?"
            r"|suggestions?|ideas?|tips?)\b|\bwhat (?:should|can|could) (?:i|we) do about (?:slow|low|falling|weak"
            r"|bad|poor) (?:sales|business|revenue|traffic)\b|\b(?:something|anything|what(?:'s| is)) interesting\b"
            r"|\bsurprise me\b|\bsuggest improvements?\b|\bstrengths and weaknesses\b|\bkey (?:trends|insights"
            r"|takeaways|findings)\b|\b(?:quick wins?|low[- ]hanging fruit)\b|\bmissed opportunit\w+\b"
        ),
        (("business_overview", {}), ("business_overview", {"focus": "priorities"})),
        "",
    ),
)
WHERE_IT_STANDS = (
    "What to do about it is yours to decide: where it stands and what needs attention is what the data says to that."
)
_SUBJECTS = tuple((re.compile(pattern), calls, said) for pattern, calls, said in _ROWS)
_OTHER = re.compile(
    r"\b(?:cross[- ]?sell\w*|up[- ]?sell\w*|transfer\w*|mark ?downs?|price of|promo(?!te)\w+|campaigns?|elasticit\w+"
    r"|why|suppliers?|add[- ]?on|bundl\w+|discount)\b"
)
_WORDS = re.compile(
    r"\b(?:how|average|can|could|should|would|might|to|ways?|ideas?|tips?|recommendations?|suggestions?|strateg\w+"
    rf"|improvements?|suggest|any|help|{_BETTER}|{_LESS}|aov|atv|upt|baskets?|orders?|transactions?|tickets?|carts?"
    r"|checks?|spend|value|size|margins?|profits?|profitability|waste|shrink\w*|spoilage|losses|food|stock[- ]?outs?"
    r"|out[- ]of[- ]stocks?|lost|sales|retention|loyalty|repeat\w*|customers?|coming|back|inventory|stock|turn\w*"
    r"|revenue|business|performance|results|traffic|operations|opportunit\w+|insights?|strategic|operational"
    r"|optimi[sz]\w*|strengths|weaknesses|and|key|trends|takeaways|findings|quick|wins?|generate|biggest|missed"
    "|growth|costs?|more|better|do|get|some|of|for|in|by|keep|win|what|which|are|the|there|rates?|something"
    "|interesting|surprise|tell|slow|low|falling|weak|bad|poor|about|door|through|attract|new|shoppers|people"
    r"|prices?|pric\w+|change|update|need|needs|an?|products?|items?|skus?|should|stop|carrying|selling|stocking|drop"
    r"|discontinue|delist|cut|remove|rid|phase|out|promote|push|feature|advertise|put|on|promotions?|promos?"
    r"|offers?|sales?|deals?|specials?|discounts?|run|plan|make"
    r"|launch|start|have|set|schedule|consider|try|kinds?|sorts?|types?|best|next|menu|range|shelf|flyer|mailer|goods"
    r"|things|dishes|drinks|i|we|you)(?!\w)"
)


def read(text: str, around: Surroundings) -> Plan | None:
    """The calls whose figures bear on a question how to do better; None for every other."""
    reading = Reading.of(text)
    whole = reading.text
    without = Reading(whole, reading.source)
    take_named_stores(without, around)
    placeless = " ".join(without.text.split())  # “how can we improve Harbor Point's performance”
    found = next(
        ((calls, said) for pattern, calls, said in _SUBJECTS if pattern.search(whole) or pattern.search(placeless)),
        None,
    )
    if found is None or (_OTHER.search(whole) and found[1] != _TOO_MUCH):
        return None
    calls, said = found
    said = said or (WHERE_IT_STANDS if re.search(_HOW, whole) else "")
    slots = take_slots(reading, around, _WORDS)
    if slots.unknown or slots.product or slots.department:
        return not_understood(slots.unknown or slots.product or slots.department or "")
    shared = slots.args("stores")
    if slots.period and calls[0][0] == "business_overview":
        shared["period"] = slots.period
    return Plan(tuple(call for name, args in calls for call in calls_for(name, {**args, **shared}, []).calls), said)
