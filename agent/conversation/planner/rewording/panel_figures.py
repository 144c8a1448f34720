"""What is typed at a desk, put into the plainer words: reports by their titles, ranks at the end, starts of periods."""

from __future__ import annotations

_MONTHS = (
    "(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul"
    "|aug|sept?|oct|nov|dec)"
)
_SPANS = r"(?:day|week|month|weekday|hour)"
_MOST = r"(?:highest|lowest|most|least|fewest|best|worst|biggest|largest|smallest|strongest|weakest)"
_NUMBER = r"(?:\d{1,2}|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty)"
_ENDS = r"(?:top|bottom|best|worst|highest|lowest|biggest|largest|smallest|first)"
PANEL_ROWS: tuple[tuple[str, str], ...] = (
    # --- “since the start of September” is one date
    (rf"\b(?P<lead>since|from) (?:the )?(?:start|beginning|first) of (?P<when>{_MONTHS})\b", r"since \g<when>"),
    # --- “week with the highest sales”
    (
        (
            r"^\W*(?:(?:show|give|tell|find)(?: me| us)? |what(?:'s| is| was| were)? )?(?:the "
            rf"|our )?(?P<span>{_SPANS})s? (?:with|that had|which had|of) (?:the |our )?(?P<most>{_MOST})\b"
        ),
        r"which \g<span> had the \g<most>",
    ),
    # --- reports by their titles
    (
        r"\blabou?r (?:costs? )?(?:vs\.?|versus) (?:net )?sales\b(?: report)?",
        "net sales, labor cost and labor cost percentage",
    ),
    # --- how many of a kind of household bought something
    (
        (
            r"\b(?:what |which )?(?:share|percent(?:age)?|proportion|fraction|%) of (?:our |the "
            "|all )*(?P<who>(?:households|customers|shoppers|families|people) (?:with|without|earning|making|over"
            r"|under|aged|between|who)\b.{2,30}?|seniors|homeowners|renters|(?:un)?married (?:couples|households"
            r"|customers)) (?P<do>bought|buys?|purchased?) (?!more\b|less\b|again\b|nothing\b|anything\b|in\b|at\b)"
        ),
        r"how many \g<who> bought ",
    ),
    (
        (
            r"\b(?P<how>(?:how many (?:\w+ ){1,2}?|(?:customers|households|shoppers) (?:that |who )?)(?:make up"
            r"|account for|make|bring in|drive|generate)) (?:one |a )?half (?=of\b)"
        ),
        r"\g<how> 50% ",
    ),
    # --- “category sales last week, top 8”
    (
        (
            r"^\W*(?P<part>category|department|brand|store) (?P<what>sales|revenue|units"
            rf"|margin)(?=.*,? {_ENDS} {_NUMBER}\W*$)"
        ),
        r"\g<what> by \g<part>",
    ),
    (
        (
            ",? (?:and )?(?:show |give |list )?(?:me )?(?:only "
            rf"|just )?(?:the )?(?P<end>{_ENDS}) (?P<n>{_NUMBER})(?: only)?(?=\W*$)"
        ),
        r", \g<end> \g<n>",
    ),
    # --- “fastest growing categories”
    (
        (
            rf"\b(?:(?:top|the) )?(?:(?P<n>{_NUMBER}) )?(?:fastest|quickest"
            r"|most strongly)[- ]growing (?P<part>categories|departments|stores)\b"
        ),
        r"which \g<part> grew the most",
    ),
    (
        (
            r"\b(?:(?:top|the) )?(?:slowest[- ]growing|fastest[- ](?:declining|falling|shrinking)) (?P<part>categories"
            r"|departments|stores)\b"
        ),
        r"which \g<part> fell the most",
    ),
)
"""``(pattern, words)``: each holds whatever else is asked."""
