"""Kinds of household held against each other in words, “do larger families spend more?”, as a split.

The split shows both sides and everybody between them, so the one that spends more is in the answer either way.
"""

from __future__ import annotations

_WHO = r"(?:households?|famil(?:y|ies)|customers?|shoppers?|members?|people|buyers?|groups?)"
_BUY = r"(?:spend|buy|purchase|shop for|pay)"
_TRIP = r"(?:trip|visit|basket|transaction|order|shopping trip)"
_KIND = (
    "(?:age|income|household size|family size|marital status|home ownership|household composition"
    "|number of (?:children|kids))"
)
_BANDS = r"(?: (?:levels?|groups?|bands?|brackets?|ranges?|categor(?:y|ies)|segments?))?"
_SORTS = (
    (r"(?:larger|bigger|smaller|large|big|small)", "household size"),
    (r"(?:younger|older|young|elderly)", "age"),
    (r"(?:richer|wealthier|poorer|(?:high|higher|low|lower)(?:er|est)?[- ](?:income|earning))", "income"),
)
_SIDES = (
    (rf"{_WHO} (?:with|without|with no|who have)(?: any)? (?:kids|children)", "number of children"),
    (rf"(?:un)?(?:married|single) (?:couples|{_WHO})", "marital status"),
    (r"(?:home ?owners|renters)(?: households)?", "home ownership"),
)


def _comparisons() -> tuple[tuple[str, str], ...]:
    rows: list[tuple[str, str]] = []
    for sort, by in _SORTS:
        said = rf"{sort} {_WHO}"
        if by == "income":
            said = rf"(?:{said}|{_WHO} with (?:an? )?(?:high|higher|low|lower|more|less) incomes?)"
        start = rf"^\W*(?:do|does|are|is) (?:the |our )?{said} (?:tend to |usually |typically )?"
        rows += [
            (
                (
                    rf"{start}{_BUY} (?:more|less)(?: money)?(?: (?:per|each|a|every"
                    rf"|on each) {_TRIP})(?: on average)?(?=\W*$)"
                ),
                f"spend per visit by {by}, all time",
            ),
            (
                rf"{start}{_BUY} (?:more|less)(?: money)?(?: on average)?(?: than [^?]*)?(?=\W*$)",
                f"spend per customer by {by}, all time",
            ),
            (
                (
                    rf"{start}{_BUY} (?:more|less) (?:on )?(?P<g>(?!.* by )[a-z][\w &'-]+?)(?: (?:products"
                    r"|items))?(?: than [^?]*)?(?=\W*$)"
                ),
                rf"spend per customer on \g<g> by {by}, all time",
            ),
            (
                rf"{start}(?:shop|visit|come|buy) (?:more|less) (?:often|frequently)(?: than [^?]*)?(?=\W*$)",
                f"how often do customers shop by {by}, all time",
            ),
        ]
    return tuple(rows)


def _sides() -> tuple[tuple[str, str], ...]:
    rows: list[tuple[str, str]] = []
    for side, by in _SIDES:
        for verb in (_BUY, "shop (?:for)?"):
            start = rf"^\W*(?:do|does|did) (?:the |our )?{side} {verb} (?:more|less|fewer)(?: money)?"
            end = (
                rf"(?: on average)? than (?:do |those |the ones )?(?:{side}|without(?: any)?(?: (?:kids|children))?"
                r"|others?)(?=\W*$)"
            )
            rows += [
                (rf"{start} per {_TRIP}{end}", f"spend per visit by {by}, all time"),
                (rf"{start}{end}", f"spend per customer by {by}, all time"),
                (
                    rf"{start} (?:on )?(?P<g>(?!.* by )[a-z][\w &'-]+?)(?: (?:products|items))?{end}",
                    rf"spend per customer on \g<g> by {by}, all time",
                ),
            ]
    return tuple(rows)


HOUSEHOLD_ROWS: tuple[tuple[str, str], ...] = (
    *_comparisons(),
    (rf"\b(?P<k>{_KIND}) (?:levels?|brackets?)\b", r"\g<k> group"),
    (r"\b(?P<n>\d|three|four|two|five) or more (?:members|people|persons)\b", r"\g<n> or more people"),
    (
        r"\b(?P<w>with|of|having) at least (?P<n>\d|three|four|two|five) (?:members|people|persons)\b",
        r"\g<w> \g<n> or more people",
    ),
    # --- who bought at all is in who spent
    (
        (
            rf"\b(?P<who>{_WHO}) (?:who|that) (?:have |has )?(?:ordered|bought|shopped|purchased|visited|came)"
            r"(?: (?:here|something|anything|with us|from us))? (?P<when>(?:(?:in|over|during|within) )?(?:the )?"
            r"(?:last|past) \d+ (?:days|weeks|months)|(?:in |during )?(?:last|this) (?:week|month|quarter|year))"
            r" and (?:who |that )?(?:have |has )?(?P<spent>spent"
            r" (?:more than|over|under|less than|at least|above|below) [$€£]?[\d,.]+)(?=\W*$)"
        ),
        r"\g<who> who \g<spent> \g<when>",
    ),
    # --- who spends most each
    (
        (
            rf"^\W*(?:which|what) (?P<k>{_KIND}){_BANDS}(?: of (?:customers|households|shoppers))? (?:spends?"
            r"|spent) (?:the )?(?:most|least)(?: (?:money|per household|per customer|each))?(?: on average)?(?=\W*$)"
        ),
        r"average spend per household by \g<k>, all time",
    ),
    (
        (
            r"^\W*(?:(?:is|are) there (?:an? |any )?(?:significant )?differences? in|how (?:does|do)|does"
            r"|do) (?:the )?(?:average |mean )?(?:spend(?:ing)?|sales|purchas\w+)(?: per (?:household"
            "|customer))?(?: (?:vary|varies|differ|change))? (?:by|between|across|among|with"
            rf"|depending on) (?:different )?(?:customers' )?(?P<k>{_KIND}){_BANDS}(?=\W*$)"
        ),
        r"average spend per household by \g<k>, all time",
    ),
    (
        rf"^\W*show me spending var(?:ies|y) by (?P<k>{_KIND}){_BANDS}(?=\W*$)",
        r"average spend per household by \g<k>, all time",
    ),
    # --- the same goods, two kinds of household
    *_sides(),
    # --- one kind makes more of a figure
    (
        (
            r"\b(?P<who>(?:un)?married (?:versus|vs\.?|or|and) (?:un)?married (?:customers|households"
            r"|shoppers)) (?:produce|make|generate|have|account for) more (?P<f>transactions|units|sales|revenue)\b"
        ),
        r"\g<f> by marital status",
    ),
    # --- the same once more
    (
        (
            r"\b(?P<a>[\w ]{4,40}?) by (?P<b>[\w ]{3,20})\. (?:then|now) do the same (?:for|by"
            r"|with) (?P<c>[\w ]{3,20}?)s?(?=\W*$)"
        ),
        r"\g<a> by \g<b>? \g<a> by \g<c>",
    ),
)
"""``(pattern, words)``: the split that holds the kinds of household against each other."""
