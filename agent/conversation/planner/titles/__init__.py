"""Subjects of merchants, planners and district managers by all their names, put into the question the readers know.

A report's title asks as much as a full sentence does. Each table names the subjects of one trade, with the plainer
question that answers them and, where that only comes near, the sentence that tells the difference.
"""

from __future__ import annotations

import re

from agent.conversation.planner.titles.grammar import plainer
from agent.conversation.planner.titles.nested import one_within_another
from agent.conversation.planner.titles.prices import PRICES
from agent.conversation.planner.titles.promotions import PROMOTIONS
from agent.conversation.planner.titles.ranges import RANGES
from agent.conversation.planner.titles.sales import SALES
from agent.conversation.planner.titles.steps import step_by_step, with_years
from agent.conversation.planner.titles.stock import STOCK
from agent.conversation.planner.titles.stores import STORES

ROWS = (*PROMOTIONS, *PRICES, *RANGES, *STOCK, *STORES, *SALES)
_PLAN = re.compile(
    r"\b(?P<how>miss(?:ed|ing|es)?|below|under|behind|vs\.?|versus|against|gap to|hit(?:ting)?|beat(?:ing)?"
    "|exceed(?:ed|ing)?|ahead of|above|over) (?P<whose>(?:the |our |their |its |monthly |weekly |sales )*)(?:plan"
    r"|budget|quota)(?:s)?\b(?! (?:for|to) (?:mark|promot))",
    re.IGNORECASE,
)
_ROLLING = re.compile(
    r"\b(?:rolling|trailing) (?P<n>\d+|two|three|four|six|eight|twelve) (?P<u>week|month)s?\b(?! (?:\w+ )?(?:averages?"
    r"|avg|means?|totals?|sums?|\w+ by)\b)",
    re.IGNORECASE,
)
_COMP = re.compile(r"\bcomps?(?:[- ]store)? (?P<f>sales|revenue|growth)\b", re.IGNORECASE)
NOT_COMPARABLE = (
    "Targets are kept of stores as they are, not of like-for-like stores, so this is every store against its target. "
    "Like for like is told against an earlier period: “like-for-like sales last month vs the month before”."
)
_COMP_PLAN = re.compile(
    r"\b(?:comps?(?:[- ]stores?)?|like[- ]for[- ]like|same[- ]stores?|lfl)(?: stores?)? (?P<f>sales|revenue|growth)?"
    r" ?(?=(?:vs\.?|versus|against|to|on) (?:the |our )*(?:\w+ )?(?:plan|budget|targets?|goals?)\b)",
    re.IGNORECASE,
)
_SEVERAL_FIGURES = (
    (_COMP, r"like-for-like \g<f>"),
    (_PLAN, r"\g<how> \g<whose>target"),
    (_ROLLING, r"last \g<n> \g<u>s"),
)


def titled(text: str) -> tuple[str, str]:
    """The plainer question for a subject named by its title, and the sentence that tells how it differs.

    A question that no row fits comes back as it is, with an empty sentence; so does one with something in quotes.

    >>> titled("Assortment breadth analysis by category")
    ('how many products does each category have', '')
    """
    if '"' in text:
        return text, ""
    difference = NOT_COMPARABLE if _COMP_PLAN.search(text) else ""
    text = _COMP_PLAN.sub(r"\g<f> ", text)
    for asked, plain in _SEVERAL_FIGURES:
        text = asked.sub(plain, text)
    text = one_within_another(step_by_step(with_years(text)))
    for row in ROWS:
        if (found := plainer(row, text)) is not None:
            return found[0], " ".join(filter(None, (difference, found[1])))
    return text, difference
