"""What is asked of campaigns, prices, brands and baskets in the words of the trade; rows as in ``near``."""

from __future__ import annotations

_FIGURE = r"(?:(?:net |gross |total |daily |weekly )*(?:sales|revenue|turnover|spend(?:ing)?|visits|units|figures))"
_HELD_AGAINST = r"(?:vs\.?|versus|against|and|than|over|compared (?:to|with)|relative to|next to)"
_BEFORE = (
    r"(?:the )?(?:same (?:time|period|length|span|weeks|days)|time|period|weeks?|days|month)? ?"
    r"(?:right |just |directly )?(?:before(?:hand)?|prior|earlier)(?: (?:it|that|the campaign|then))?"
)
TRADE_NEAR: tuple[tuple[str, str, str], ...] = (
    (
        (
            rf"^\W*(?:(?:how (?:did|were|was)|what (?:were|was|did)|show(?: me)?|compare|give me) )?(?:the |our |my )*"
            rf"(?:(?:{_FIGURE}|we sell) (?:do |doing |go |change |move )?(?:during|in|while|throughout|for|over) )?"
            r"(?:the )?campaign (?P<n>\d{1,3})(?: (?:ran|was (?:on|running)|do|did|perform))?,? "
            rf"{_HELD_AGAINST} {_BEFORE}(?=\W*$)|^\W*(?:the |our )?{_FIGURE} (?:during|throughout|while) "
            r"campaign (?P<m>\d{1,3})(?: (?:ran|was (?:on|running)))?(?=\W*$)"
        ),
        r"effect of campaign \g<n>\g<m>",
        (
            "No sale is booked to a campaign: this is what its recipients bought a week, before it and while it ran, "
            "beside households sent nothing."
        ),
    ),
)
"""Of campaigns, prices, brands and baskets."""
