"""What is said of the answer above before the next question: “oh no data today yet ok. then yesterday”.

Its words are no part of what is asked then, and its days are not asked for again.
"""

from __future__ import annotations

import re

_SAYS = (
    r"(?:(?:oh|ah|ok(?:ay)?|hm+|right|alright|i see|got it|too bad|bummer|damn|fine|lol|haha|true|yeah|no worries"
    r"|whatever"
    r"|makes sense|fair enough|never ?mind|interesting|wow|nice|great|good|cool|thanks|thx)\b[ ,.!;-]*)"
)
_NOTHING_YET = (
    r"(?:(?:so )?(?:there(?:'s|s| is) )?(?:nothing|(?:no|not any) (?:data|figures?|numbers?|sales))"
    r"(?: (?:yet|so far|there|in|for|today|that|it|now|this (?:week|month)))*(?!\w)[ ,.!;-]*)"
)
_REMARK = re.compile(
    rf"^\W*{_SAYS}*{_NOTHING_YET}{_SAYS}*(?:(?:then|so|what about|how about|try|give me"
    rf"|show me)\b[ ,]*)+(?P<asked>\S.*)$",
    re.IGNORECASE,
)


def without_remark(question: str) -> str:
    """The question behind a remark that there is nothing yet; as it is where no such remark stands before it.

    >>> without_remark("oh no data today yet ok. then yesterday")
    'yesterday'
    """
    found = _REMARK.match(question)
    return found["asked"] if found is not None else question
