"""Stock is known as it is now: courses and rates of earlier days, its classes and places; rows as in ``near``."""

from __future__ import annotations

_OUT = r"(?:out[- ]of[- ]stocks?|stock-?outs?|oos|in[- ]stock)"
_WAY = (
    r"(?:better|worse|up|down|higher|lower|improv\w+|worsen\w+|ris\w+|fall\w+|grow\w+|increas\w+|decreas\w+"
    r"|declin\w+)"
)
_PLACE = r"(?: (?:at|in|for|of) [a-z][\w ]*?)?"
_STOCK = r"(?:stock|inventory)"
_TURN = rf"(?:{_STOCK} turn(?:over|s)?|turnover of (?:our |the )?{_STOCK})"
_GOODS = r"(?:products?|items?|skus?|lines?|goods|sellers?)"
_CLASS = (
    r"(?:(?:abc )?(?:(?-i:[ABC])|[bc]|a(?=[- ](?:class )?\w+s\b))(?:[- ]class| class)?[- ]"
    r"|class (?-i:[ABC]) )(?:class )?" + _GOODS
)
_ASKED = r"^\W*(?:(?:which|what|show|list|give|me|our|the|how many|how much|any|of|all|are|is|was|were|do|we|have) )*"
_PAST = (
    r"(?:last|past|previous|yesterday|in (?:january|february|march|april|may|june|july|august|september|october"
    r"|november|december)|since)\b"
)
_BACK = r"(?:back ?rooms?|stock ?rooms?)"
_CLASSES = (
    "Which class a product is in is not told one by one: {what}. “ABC analysis” gives each class with its sales and"
    " stock."
)
_NOT_THEN = (
    "How much was out in earlier weeks is not kept, so I cannot say how it went: this is what is out now. How often"
    " goods ran out can be had for two periods: “stock-outs last month”, “stock-outs in September”."
)
STOCK_NOW_NEAR: tuple[tuple[str, str, str], ...] = (
    (
        (
            rf"^\W*(?:is|are|has|have|did|do|does) (?:the |our )?{_OUT}(?: (?:rates?|levels?|numbers?|position))?"
            r"(?: been| got(?:ten)?)?(?: getting| going| gone| become| becoming| any)? "
            rf"{_WAY}(?:(?:,| or| and) ?{_WAY})*(?P<rest>{_PLACE})"
            r"(?: (?:over time|lately|recently|now|this \w+|or not))?\W*$"
        ),
        r"what is out of stock\g<rest>",
        _NOT_THEN,
    ),
    (
        rf"^\W*(?:show |the |our |me )*{_OUT}(?: rates?)? (?:trends?|course|over time)(?P<rest>{_PLACE})\W*$",
        r"what is out of stock\g<rest>",
        _NOT_THEN,
    ),
    (
        (
            r"^\W*(?:show |the |our |me )*in[- ]stock(?: rates?| ?%| percent\w*| levels?)? (?:trends?|course|over time"
            r"|history)\W*$"
        ),
        "in-stock rate",
        _NOT_THEN,
    ),
    (
        (
            rf"{_ASKED}{_OUT}[ -]rates?(?P<by> (?:by|per|for each) (?:store|department|dept|category|categories))"
            rf"(?P<rest> (?:(?:at|in) [a-z][\w ]*? )?(?:for |over |in )?(?:the )?{_PAST}[\w ]*)\W*$"
        ),
        r"stock-outs\g<by>\g<rest>",
        "Which share was out is known of now alone: for days that are over I can tell how often goods ran out.",
    ),
    (
        (
            rf"^\W*(?:(?:how (?:is|are|did)|explain|show|the|our|me|what is|what are|what's) )*{_TURN}(?: rates?)?"
            r" (?:trends?|trending|over time|develop\w*|chang\w+)\b(?P<rest>[^?]*)\W*$"
        ),
        r"stock turn by department\g<rest>",
        (
            "How it went from month to month is not told: this is the last four weeks. “Stock turn last month” and"
            " “stock turn in September” set two side by side."
        ),
    ),
    (
        (
            rf"{_ASKED}{_CLASS}(?P<b> .*\b(?:out of stock|sold out|stocked out)\b.*"
            r"|(?: are| is)? (?:out|gone)\b.*)$"
        ),
        r"what is out of stock \g<b>",
        _CLASSES.format(what="these are all that are out, the best sellers first"),
    ),
    (
        (
            rf"{_ASKED}{_CLASS}(?: (?:with|have|has|hold|carry|by) (?:the )?(?:most|highest|biggest|largest) | by )"
            rf"{_STOCK}(?: value| on hand| levels?)?(?P<rest>[^?]*)\W*$"
        ),
        r"abc analysis\g<rest>",
        _CLASSES.format(what="this is the stock of each class, with its largest product"),
    ),
    (
        (
            rf"^\W*(?:what(?:'s| is| are| do we have)?|how much(?: {_STOCK})?(?: is| do we have)?|show(?: me)?|list"
            rf"|{_STOCK})(?: (?:sitting|lying|left|there|kept|{_STOCK}|is|the|our))* in (?:the |our )?{_BACK}"
            rf"(?P<rest>{_PLACE})(?: (?:right )?now)?\W*$|^\W*{_BACK} {_STOCK}(?P<more>{_PLACE})\W*$"
        ),
        r"stock on hand\g<rest>\g<more>",
        (
            "Shelf and back room stand apart only where the source gives a level for each, product by product (“shelf"
            " and back room of oat milk”): this is both together."
        ),
    ),
)
