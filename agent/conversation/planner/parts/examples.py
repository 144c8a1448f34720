"""“Give me the total and up to three examples”: how many rows to show of what the question before it asks for.

Every answer that lists has its total, so the clause is taken off and only the number is put into the calls.
"""

from __future__ import annotations

import re
from dataclasses import replace

from agent.conversation.planner.outcome import Plan
from tools.registry import catalogue

_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}
_EXAMPLES = re.compile(
    r"(?:\s*[.?!;,:]\s*|\s+(?=and (?:give|show|list|name|tell|include)\b))(?:and |also |please |then |, )*"
    r"(?:(?:give|show|list|name|tell|include|share)(?: me| us)? )?(?:the |a |an )?(?:(?:overall |full |exact |grand )?"
    r"(?:totals?|counts?|numbers?)(?: counts?| number)?)?(?:,? ?(?:and|with|plus|along with|then) )*(?:(?:give"
    r"|show|list"
    r"|name)(?: me| us)? )?(?:up to |at most |no more than |a maximum of |max(?:imum)? |the top |top |about )*"
    rf"(?P<n>\d{{1,2}}|{'|'.join(_NUMBERS)}) (?:\w+ )?examples?(?:,? (?:of (?:each|them|those)|please|only|too))*\W*$",
    re.IGNORECASE,
)
_FIELDS = ("top", "limit")
"""How tools call the number of rows they show."""


def without_examples(text: str) -> tuple[str, int | None]:
    """A question without the clause at its end that says how many examples to show, and their number.

    >>> without_examples("How many offers end this week? Give the total and up to three examples.")
    ('How many offers end this week', 3)
    """
    found = _EXAMPLES.search(text)
    if found is None or len(text[: found.start()].split()) < 2:
        return text, None
    said = found["n"].lower()
    return text[: found.start()].rstrip(" ,;:"), _NUMBERS.get(said) or int(said)


def with_examples(decided: Plan, number: int, bare: str) -> Plan:
    """The plan with as many rows as examples were asked for, where its tools take a number and none was said.

    Args:
        decided: the plan for the question without the clause.
        number: how many examples were asked for.
        bare: that question; a number in it is how many it wants itself.
    """
    own_number = re.search(r"\d", bare) is not None
    calls = []
    for name, args in decided.calls:
        spec = catalogue().get(name)
        fields = spec.arguments.model_fields if spec else {}
        field = next((one for one in _FIELDS if one in fields), None)
        if name == "sales_breakdown" and not args.get("by"):
            field = None
        said = own_number and any(args.get(one) for one in _FIELDS)
        calls.append((name, {**args, field: number} if field and not said else args))
    return replace(decided, calls=tuple(calls))
