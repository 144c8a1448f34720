"""What one colleague sold: “which articles did Maria sell last week”, “how much did Ellis sell vs Ada”.

Who sells what is asked for is a person or a store, never goods. “How much did Pepsi sell” may be either: such a name is
looked up as goods first, and read here (``sure`` is false) where there are none of it. A strict reader: a word it does
not know ends it.
"""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import BREAKDOWN, Plan, calls_for
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.slots.periods import names_the_future, take_periods
from agent.conversation.planner.slots.places import looks_like_store, take_departments, take_stores
from agent.conversation.planner.whole.hours_of_one import NOBODY
from agent.conversation.planner.wording.fillers import FILLERS
from agent.conversation.planner.wording.ordinary import is_ordinary
from agent.conversation.surroundings import Surroundings

_ONE = (
    r"(?!(?:never|ever|not|hardly|barely|already|just|also|only|still|yet)\b)[a-z][a-z.'-]*[a-z]"
    r"(?: (?!(?:and|or|vs|versus|sell|sold|ring|rang|rung)\b)[a-z][a-z'-]*[a-z])?"
)
_AND = r"(?:,? (?:and|or|vs\.?|versus|against|compared (?:to|with))) +"
_SELL = r"(?:sell|sold|ring up|rung up|rang up|ring|rung|rang)"
_GOODS = r"(?:articles?|items?|products?|skus?|goods|things)"
_ASKED = re.compile(
    rf"^ *(?:(?:so|and|please|show me|tell me) )?(?:(?P<what>(?:what|which)(?: {_GOODS})?)|how (?:much|many"
    rf"(?P<pieces> (?:units|pieces|{_GOODS}))?(?P<sales> (?:sales|transactions|receipts))?)) (?:did|has)"
    rf" +(?P<one>{_ONE})(?:{_AND}(?P<two>{_ONE}))? +{_SELL}(?: most| the most)?"
    rf" *(?:(?:vs\.?|versus|against|compared (?:to|with)) +(?P<other>{_ONE}))? *$"
)
_SO_MANY = 10


def read(text: str, around: Surroundings, *, sure: bool = True) -> Plan | None:
    """The call for what colleagues sold; None for every other question.

    Args:
        text: the question.
        around: the stores and departments there are.
        sure: only where the name can be nothing else than a person's.
    """
    reading = Reading.of(text)
    if names_the_future(reading.text):
        return None
    periods, stores = take_periods(reading), take_stores(reading, around)
    found = _ASKED.match(re.sub(r" +", " ", reading.text))
    if found is None or len(periods) > 1 or take_departments(Reading.of(text), around):
        return None
    names = [found[name] for name in ("one", "two", "other") if found[name]]
    if (sure and not found["what"]) or not all(_is_a_name(name, around) for name in names):
        return None
    whom = {"dimension": "employee", "values": [name.title() for name in names]}
    figure = "units" if found["pieces"] else "transactions" if found["sales"] else "net_sales"
    listed = {"by": "employee, product", "each": _SO_MANY} if len(names) > 1 else {"by": "product", "top": _SO_MANY}
    told = listed if found["what"] else {"by": "employee"}
    shared = {"period": periods[0].phrase if periods else None, "stores": stores}
    return calls_for(BREAKDOWN, {**told, "metrics": [figure], "where": [whom], **shared}, [])


def _is_a_name(said: str, around: Surroundings) -> bool:
    words = said.lower().split()
    if any(word in NOBODY or word in FILLERS or is_ordinary(word) for word in words):
        return False
    return not looks_like_store(said.lower(), around)
