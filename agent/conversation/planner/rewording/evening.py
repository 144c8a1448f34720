"""What is typed when the day is over: what grew since then, who sold most, what nobody wanted, how it was by the norm.

As in the other tables a row only puts plainer words for the same thing; every condition around it stays as it was said.
"""

from __future__ import annotations

_MOVED = (
    "(?:grew|grown|grow|fell|fallen|rose|risen|dropped|improved|declined|changed|gained|lost|shrank|increased"
    "|decreased)"
)
_PEOPLE = r"(?:shoppers|customers|people|visitors|guests)"
EVENING_ROWS: tuple[tuple[str, str], ...] = (
    # --- figures
    (
        (
            rf"\b(?P<a>{_MOVED}(?: the)?(?: most| least| fastest| furthest)?) since (?=(?:last|the previous) (?:week"
            r"|month|quarter|year)\b)"
        ),
        r"\g<a> compared to ",
    ),
    (r"\b(?:our|its|their) (?:usual |four-week )?norm\b", "the four-week norm"),
    (
        (
            r"\b(?:did|does|do|has|have) each (?P<each>registers?|tills?|employees?|cashiers?|stores?"
            r"|departments?) (?:handle[ds]?|take|took|get|got|sell|sold|ring|rang|see|saw|bring in)\b"
        ),
        r"by \g<each>",
    ),
    (
        (
            r"\bwho (?:are|is|were|was) (?:my|our|the) (?P<rank>top|best|worst)(?P<n> \d{1,2}| two| three| five"
            r"| ten)? sellers?\b"
        ),
        r"\g<rank>\g<n> employees by net sales",
    ),
    (
        (
            rf"\b(?:how many )?{_PEOPLE} (?:per|an|each|by the) hour (?:do (?:we|i) (?:get|have|see)|come in"
            "|are there)?"
        ),
        "visitors by hour ",
    ),
    (
        (
            r"\b(?:which|what) (?:hours|times) (?:should|could|can|do) (?:i|we) (?:close|shut|open)(?: early| earlier"
            r"| late| later| up)?\b"
        ),
        "quietest hours",
    ),
    # --- goods
    (
        (
            r"\b(?P<who>which|what) (?P<what>products?|items?|skus?|goods) did (?:nobody|no one|no-one"
            r"|no customers?) (?:buy|want|purchase|take)\b"
        ),
        r"\g<who> \g<what> in stock have not sold",
    ),
    (
        (r"^\W*(?:which|what) (?:stores?|shops?|locations?) needs? (?:more )?stock(?: the)?(?: most| more)?\W*$"),
        "out of stock by store",
    ),
    # --- tasks and promotions
    (
        (r"\b(?P<a>tasks?) (?:that are )?(?:assigned to|with|of|belonging to) (?:nobody|no one|no-one)\b"),
        r"unassigned \g<a>",
    ),
    (
        (
            r"^\W*(?:please )?put (?P<what>[\w &'-]{2,40}?) on (?:promotion|promo)[, ]+(?:at |for "
            r"|with )?(?P<n>\d{1,2}) ?(?:%|percent|per cent)(?: off| discount)?(?P<rest> (?:until|till|through|from"
            r"|this)[^?]*)?\W*$"
        ),
        r"create a promotion of \g<n>% off \g<what>\g<rest>",
    ),
    # --- guests and shelves
    (
        (
            r"\bwhat (?:did|do) (?:our |the )?(?:guests|customers|people|shoppers) (?:like|love|dislike|hate|enjoy"
            r"|appreciate)(?: about us)?(?: the)?(?: most| best| least)?\b"
        ),
        "what are guests saying",
    ),
    (
        (
            r"\b(?:which|what) planogram (?:positions?|places?|spots?) (?:are|is) (?:wrong|off|out of place|misplaced"
            r"|not right)\b"
        ),
        "planogram check",
    ),
)
