"""Questions that only a near one can answer: the near one, and the sentence that tells how it differs.

A row of the other tables means the same as what it replaces. A row here does not, so its answer never stands alone: it
carries a sentence that says what was asked, what is answered instead, and how to ask for what else there is.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from agent.conversation.planner.rewording.near_operations import NEAR_ROWS
from agent.conversation.planner.rewording.near_questions import COURSE_NEAR, MERCHANT_NEAR

_GOODS = r"(?:products?|items?|skus?|goods|categor(?:y|ies)|departments?)"
_RESPOND = (
    "(?:(?:is|are) (?:the )?(?:most|best|more) (?:responsive|sensitive) to|responds? (?:the )?(?:best|most) to"
    "|reacts? (?:the )?(?:best|most|strongest|more strongly) to)"
)


class _Near(NamedTuple):
    asked: re.Pattern[str]
    answered: str
    said: str


def _row(asked: str, answered: str, said: str) -> _Near:
    return _Near(re.compile(asked, re.IGNORECASE), answered, said)


_ROWS: tuple[_Near, ...] = (
    _row(
        rf"^\W*(?:which|what) {_GOODS} {_RESPOND} (?P<support>displays?|mailers?)\b",
        "promotion lift by category",
        (
            "You asked what responds most to {support}: lift is not split by goods and support at once, so this"
            " is the lift"
            " of promotions of any kind by category. Ask “did displays or mailers work better?” for the two"
            " compared."
        ),
    ),
    _row(
        rf"^\W*(?:which|what) (?:products?|items?|skus?) {_RESPOND} (?:promotions?|offers|deals)\b",
        "promotion lift by category",
        (
            "You asked for single products: most sell too little for a lift of their own, so this is the lift by"
            " category."
            " Name one product and I work out its lift."
        ),
    ),
    _row(
        (
            rf"^\W*(?:which|what) {_GOODS} should (?:get|have|go on|be on|go in|be in) (?:an? |the )?"
            r"(?P<place>end ?caps?)(?: placement| displays?)?\b"
        ),
        "which displays worked best",
        (
            "You asked what should go on an {place}: no forecast of a placement is made here, so this is how each"
            " kind of"
            " display did so far. Ask “promotion lift by category” for the goods that gained most from"
            " promotions."
        ),
    ),
    _row(
        r"\bhow many (?P<place>end ?caps?|displays?) (?:do we have |are |have we )?(?:on|in|for) promo(?:tion)?s?\b",
        "what promotions are running",
        (
            "You asked for {place}: fixtures are not counted in the data, so these are the products on promotion,"
            " with how"
            " many of them are on display."
        ),
    ),
    _row(
        (
            r"^\W*(?:which|what) (?P<part>categor(?:y|ies)|departments?) (?:needs?|needing|should be|requires?"
            "|must be|to)"
            r" (?:be )?(?:re-?stock(?:ing|ed)?|re-?order(?:ing|ed)?|replenish(?:ing|ed|ment)?)\b"
        ),
        r"out of stock by \g<part>",
        (
            "You asked for {part}: what is due to be ordered is worked out product by product, so this is how"
            " much is out"
            " of stock in each. Ask “what should I reorder?” for the list itself."
        ),
    ),
    _row(
        (
            r"^\W*why (?:is|are|has|have|did|does) (?:my |our |the )?(?:customer )?(?:retention|repeat)(?: rate|"
            " purchases?)?"
            r" (?:been )?(?:drop|fall|declin|go|fell|gone|get|wors|low|decreas|slip|chang|so )\w*(?: (?:down"
            r"|worse|low))?\b"
        ),
        "customer retention by cohort",
        (
            "You asked why: reasons are worked out for sales and their parts, not for retention, so this is how"
            " many of each"
            " month's first buyers came back. Ask “customers at risk” for who stays away now."
        ),
    ),
    _row(
        (
            r"^\W*(?:please )?(?:summari[sz]e|show(?: me)?|list|give me|display|get)(?: all)? (?:my |our |the )?"
            r"(?:most )?(?:recent|latest|last) (?P<docs>orders|transactions|sales|receipts|purchases)(?=\W*$)"
        ),
        "transactions and net sales and average transaction value of the last 7 days",
        (
            "You asked for single {docs}: receipts are not listed one after the other here, so this is what the"
            " last days came"
            " to. One is looked up by its number, and “largest transactions yesterday” has the largest."
        ),
    ),
    _row(
        (
            r"^\W*(?:please )?(?:which|what|list|show(?: me)?|give me)(?: all| are| the| our| my)* (?:active "
            "|current |running |live |valid |open )+"
            r"(?P<what>discount codes?|discounts?|promo(?:tion)? codes?|coupon codes?|coupons?|vouchers?)\b"
            r"|^\W*(?:which|what) (?P<named>discount codes?|promo(?:tion)? codes?|coupon codes?|coupons?"
            r"|vouchers?|discounts?) (?:are|is) (?:currently |now |still )?(?:active|running|live|valid|open)\b"
        ),
        "discounts used by name last 4 weeks",
        (
            "You asked for {what}{named} that are set up: what is set up at the till is not in the data, so these"
            " are the"
            " discounts that were used lately. “What promotions are running” has the offers of today."
        ),
    ),
    _row(
        (
            r"^\W*(?:please )?(?:suggest|recommend|plan|create|design|give me|what)(?: me)?(?: an?| some| is a"
            " good)? (?:promo(?:tion)?s?|offers?|deals?|happy hour)"
            " (?:for|in|during|to fill|at) (?:my |our |the )?(?:quiet(?:est)?|slow(?:est)?|off[- ]peak|dead)"
            r" (?:hours?|times?|periods?|days?)\b"
        ),
        "quietest times? what should we mark down",
        (
            "An offer cannot be bound to hours of the day here and is not invented: these are the quietest times,"
            " and the"
            " goods of which there is too much, which could be offered then."
        ),
    ),
    _row(
        (
            r"^\W*(?:(?:at )?(?:what|which) (?:time|hours?|times)(?: of (?:the )?day)? (?:should|could|do|can)"
            " (?:i|we) (?:run|launch"
            "|make|do|start|offer)|(?:when|(?:at )?(?:what|which) (?:time|hours?|times)(?: of (?:the )?day)?)"
            " (?:should|could|do|can) (?:i|we) (?:push|send(?: out)?|post|announce|advertise))"
            r" (?:my |our |the |an? )?(?:offers?|promotions?|promos?|deals?|campaigns?|discounts?)\b"
        ),
        "busiest hours",
        (
            "At what time an offer works best is not in the data: promotions run for whole days. These are the"
            " hours in which"
            " most people buy."
        ),
    ),
    _row(
        (
            r"^\W*(?:which|what|who are)(?: of)? (?:my |our |the )?(?:loyal|regular|repeat) (?:customers?"
            r"|shoppers?) (?:are |is )?(?:slipping|drifting|fading|leaving|cooling)(?: away| off)?\b"
        ),
        "customers at risk",
        "These are the customers with a habit of coming who stay away longer than usual for them.",
    ),
    *(_row(*row) for row in (*COURSE_NEAR, *MERCHANT_NEAR, *NEAR_ROWS)),
)


def nearest(text: str) -> tuple[str, str]:
    """The question that can be answered for this one, and the sentence that tells the difference.

    Where the question itself can be answered it comes back as it is, with an empty sentence. What is said around the
    words that were replaced (a store, a period) stays.
    """
    if '"' in text:
        return text, ""
    for near in _ROWS:
        if found := near.asked.search(text):
            said = near.said.format(**{name: what.lower() for name, what in found.groupdict("").items()})
            return f"{text[: found.start()]}{found.expand(near.answered)}{text[found.end() :]}", said
    return text, ""
