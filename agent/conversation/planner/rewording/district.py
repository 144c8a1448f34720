"""How managers of several stores ask put into plainer words: what shrink cost, the rest of the chain, whom to visit.

As in the other tables a row only puts plainer words for the same thing; every condition around it stays as it was said.
"""

from __future__ import annotations

_STORES = r"(?:stores?|shops?|locations?|branch(?:es)?)"
_WORK = r"(?:cycle counts?|inventory counts?|stock counts?|counts?)"

DISTRICT_ROWS: tuple[tuple[str, str], ...] = (
    # --- losses
    (
        (
            r"\bhow much (?:money )?(?:did|do|have|are) (?:we|i) (?:lose|lost|losing) (?:to|on|through|from"
            r"|with) (?P<what>shrink(?:age)?|waste|spoilage)\b"
        ),
        r"\g<what>",
    ),
    # --- one store beside the others
    (
        (
            r"\bhow (?:does|do|did|is|has) (?P<who>[\w' ]{3,40}?) (?:compare[ds]?|stack(?:ing)? up|fare[ds]?|do|doing"
            r"|rank) (?:to|with|against|versus|vs\.?) (?:the )?(?:rest of (?:the |our )?(?:chain|stores|district"
            "|company|fleet)"
            rf"|other {_STORES}|others|chain average|average|rest|(?:chain|district|company))(?=\W*$| (?:last|this|on"
            r"|in|for)\b)"
        ),
        r"rank the stores",
    ),
    # --- work left undone
    (
        (
            rf"\b(?:which|what) {_STORES} (?:have|has|did)(?:n't| not|nt) (?:yet )?(?:completed?|finish(?:ed)?|done"
            rf"|do)(?: yet)? (?:their|its|the|all|all their) {_WORK}\b"
        ),
        "which count tasks are open",
    ),
    (
        (
            rf"\b(?:which|what) {_STORES} (?:have|has|did)(?:n't| not|nt) (?:yet )?(?:completed?|finish(?:ed)?|done"
            r"|do)(?: yet)? (?:their|its|the|all|all their) (?P<what>(?:\w+ )?tasks?|to-?dos?)\b"
        ),
        r"which \g<what> are open",
    ),
)
"""``(pattern, words)``: each holds whatever else is asked."""

FIRST_ROWS: tuple[tuple[str, str], ...] = (
    # --- whom to look after
    (
        (
            rf"\b(?:which|what) {_STORES} should (?:i|we) (?:visit|go to|look at|check(?: on)?|call|see|focus on"
            "|worry about)(?: (?:first|next|most))?(?: (?:this week|today|tomorrow|now|on my next (?:trip|visit)))?"
        ),
        "which stores need attention last week",
    ),
)
"""Read before the trade's own words, which would keep a “this week” that is about the visit and not the figures."""
