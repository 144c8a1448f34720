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
    r"(?:(?:is|are) (?:the )?(?:most|best|more) (?:responsive|sensitive) to|responds? (?:the )?(?:best|most) to"
    r"|reacts? (?:the )?(?:best|most|strongest|more strongly) to)"
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
        "You asked what responds most to {support}: lift is not split by goods and support at once, so this is the lift"
        " of promotions of any kind by category. Ask “did displays or mailers work better?” for the two compared.",
    ),
    _row(
        rf"^\W*(?:which|what) (?:products?|items?|skus?) {_RESPOND} (?:promotions?|offers|deals)\b",
        "promotion lift by category",
        "You asked for single products: most sell too little for a lift of their own, so this is the lift by category."
        " Name one product and I work out its lift.",
    ),
    _row(
        rf"^\W*(?:which|what) {_GOODS} should (?:get|have|go on|be on|go in|be in) (?:an? |the )?"
        r"(?P<place>end ?caps?)(?: placement| displays?)?\b",
        "which displays worked best",
        "You asked what should go on an {place}: no forecast of a placement is made here, so this is how each kind of"
        " display did so far. Ask “promotion lift by category” for the goods that gained most from promotions.",
    ),
    _row(
        r"\bhow many (?P<place>end ?caps?|displays?) (?:do we have |are |have we )?(?:on|in|for) promo(?:tion)?s?\b",
        "what promotions are running",
        "You asked for {place}: fixtures are not counted in the data, so these are the products on promotion, with how"
        " many of them are on display.",
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
