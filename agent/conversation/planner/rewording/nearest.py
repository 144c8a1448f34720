"""Questions that only a near one can answer: the near one, and the sentence that tells how it differs.

A row of the other tables means the same as what it replaces. A row here does not, so its answer never stands alone: it
carries a sentence that says what was asked, what is answered instead, and how to ask for what else there is.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from agent.conversation.planner.rewording.near_operations import NEAR_ROWS
from agent.conversation.planner.rewording.near_questions import COURSE_NEAR, MERCHANT_NEAR

_GOODS = r"(?:products?|items?|skus?|goods|categor(?:y|ies)|departments?)"
_RESPOND = (
    "(?:(?:is|are) (?:the )?(?:most|best|more) (?:responsive|sensitive) to|responds? (?:the )?(?:best|most) to"
    "|reacts? (?:the )?(?:best|most|strongest|more strongly) to)"
)


class _Near(NamedTuple):
    asked: re.Pattern[str]
    answered: str
    said: str


def _row(asked: str, answered: str, said: str) -> _Near:
    return _Near(re.compile(asked, re.IGNORECASE), answered, said)


_ROWS: tuple[_Near, ...] = (
    _row(
        rf"^\W*(?:which|what) {_GOODS} {_RESPOND} (?P<support>displays?|mailers?)\b",
        "promotion lift by category",
        (
            "You asked what responds most to {support}: lift is not split by goods and support at once, so this"
            " is the lift"
            " of promotions of any kind by category. Ask “did displays or mailers work better?” for the two"
            " compared."
        ),
    ),
    _row(
        rf"^\W*(?:which|what) (?:products?|items?|skus?) {_RESPOND} (?:promotions?|offers|deals)\b",
        "promotion lift by category",
        (
            "You asked for single products: most sell too little for a lift of their own, so this is the lift by"
            " category."
            " Name one product and I work out its lift."
        ),
    ),
    _row(
        (
            rf"^\W*(?:which|what) {_GOODS} should (?:get|have|go on|be on|go in|be in) (?:an? |the )?"
            r"(?P<place>end ?caps?)(?: placement| displays?)?\b"
        ),
        "which displays worked best",
        (
            "You asked what should go on an {place}: no forecast of a placement is made here, so this is how each"
            " kind of"
            " display did so far. Ask “promotion lift by category” for the goods that gained most from"
            " promotions."
        ),
    ),
    _row(
        r"\bhow many (?P<place>end ?caps?|displays?) (?:do we have |are |have we )?(?:on|in|for) promo(?:tion)?s?\b",
        "what promotions are running",
        (
            "You asked for {place}: fixtures are not counted in the data, so these are the products on promotion,"
            " with how"
            " many of them are on display."
        ),
    ),
    _row(
        (
            r"^\W*(?:which|what) (?P<part>categor(?:y|ies)|departments?) (?:needs?|needing|should be|requires?"
            "|must be|to)"
            r" (?:be )?(?:re-?stock(?:ing|ed)?|re-?order(?:ing|ed)?|replenish(?:ing|ed|ment)?)\b"
        ),
        r"out of stock by \g<part>",
        (
            "You asked for {part}: what is due to be ordered is worked out product by product, so this is how"
            " much is out"
            " of stock in each. Ask “what should I reorder?” for the list itself."
        ),
    ),
    _row(
        (
            r"^\W*why (?:is|are|has|have|did|does) (?:my |our |the )?(?:customer )?(?:retention|repeat)(?: rate|"
            " purchases?)?"
            r" (?:been )?(?:drop|fall|declin|go|fell|gone|get|wors|low|decreas|slip|chang|so )\w*(?: (?:down"
            r"|worse|low))?\b"
        ),
        "customer retention by cohort",
        (
            "You asked why: reasons are worked out for sales and their parts, not for retention, so this is how"
            " many of each"
            " month's first buyers came back. Ask “customers at risk” for who stays away now."
        ),
    ),
    _row(
        (
            r"^\W*(?:please )?(?:summari[sz]e|show(?: me)?|list|give me|display|get)(?: all)? (?:my |our |the )?"
            r"(?:most )?(?:recent|latest|last) (?P<docs>orders|transactions|sales|receipts|purchases)(?=\W*$)"
        ),
        "transactions and net sales and average transaction value of the last 7 days",
        (
            "You asked for single {docs}: receipts are not listed one after the other here, so this is what the"
            " last days came"
            " to. One is looked up by its number, and “largest transactions yesterday” has the largest."
        ),
    ),
    _row(
        (
            r"^\W*(?:please )?(?:which|what|list|show(?: me)?|give me)(?: all| are| the| our| my)* (?:active "
            "|current |running |live |valid |open )+"
            r"(?P<what>discount codes?|discounts?|promo(?:tion)? codes?|coupon codes?|coupons?|vouchers?)\b"
            r"|^\W*(?:which|what) (?P<named>discount codes?|promo(?:tion)? codes?|coupon codes?|coupons?"
            r"|vouchers?|discounts?) (?:are|is) (?:currently |now |still )?(?:active|running|live|valid|open)\b"
        ),
        "discounts used by name last 4 weeks",
        (
            "You asked for {what}{named} that are set up: what is set up at the till is not in the data, so these"
            " are the"
            " discounts that were used lately. “What promotions are running” has the offers of today."
        ),
    ),
    _row(
        (
            r"^\W*(?:please )?(?:suggest|recommend|plan|create|design|give me|what)(?: me)?(?: an?| some| is a"
            " good)? (?:promo(?:tion)?s?|offers?|deals?|happy hour)"
            " (?:for|in|during|to fill|at) (?:my |our |the )?(?:quiet(?:est)?|slow(?:est)?|off[- ]peak|dead)"
            r" (?:hours?|times?|periods?|days?)\b"
        ),
        "quietest times? what should we mark down",
        (
            "An offer cannot be bound to hours of the day here and is not invented: these are the quietest times,"
            " and the"
            " goods of which there is too much, which could be offered then."
        ),
    ),
    _row(
        (
            r"^\W*(?:(?:at )?(?:what|which) (?:time|hours?|times)(?: of (?:the )?day)? (?:should|could|do|can)"
            " (?:i|we) (?:run|launch"
            "|make|do|start|offer)|(?:when|(?:at )?(?:what|which) (?:time|hours?|times)(?: of (?:the )?day)?)"
            " (?:should|could|do|can) (?:i|we) (?:push|send(?: out)?|post|announce|advertise))"
            r" (?:my |our |the |an? )?(?:offers?|promotions?|promos?|deals?|campaigns?|discounts?)\b"
        ),
        "busiest hours",
        (
            "At what time an offer works best is not in the data: promotions run for whole days. These are the"
            " hours in which"
            " most people buy."
        ),
    ),
    _row(
        (
            r"^\W*(?:which|what|who are)(?: of)? (?:my |our |the )?(?:loyal|regular|repeat) (?:customers?"
            r"|shoppers?) (?:are |is )?(?:slipping|drifting|fading|leaving|cooling)(?: away| off)?\b"
        ),
        "customers at risk",
        "These are the customers with a habit of coming who stay away longer than usual for them.",
    ),
    *(_row(*row) for row in (*COURSE_NEAR, *MERCHANT_NEAR, *NEAR_ROWS)),
    _row(
        (
            r"^\W*(?:who|(?:which|what) (?:customers|shoppers|households)|(?:list|show(?: me)?) (?:the"
            " )?customers (?:who|that))"
            " (?:has |have )?(?:bought|purchased|ordered|buys?|purchases?|orders?) (?P<both>both )?"
            "(?!(?:the )?(?:most|more|least|less|often|again|nothing|anything|something|only|twice|once|online"
            "|mostly|from"
            "|at|in|on|items?|products?|goods|things|many|few|it|them|and|for|when|before|after|during|recently"
            r"|together)\b)"
            r"(?=[\w#\"])"
        ),
        r"how many customers bought \g<both>",
        "You asked who: single customers are not listed, so this is how many there were.",
    ),
    _row(
        (
            r"^\W*(?:who are |what are |which are |show(?: me)? |list )?(?:the |our |my )?(?:top|best|biggest"
            "|main) (?:customers|buyers|shoppers)"
            " (?:for|of) (?=(?:sku|product|item) )"
        ),
        "how many customers bought ",
        (
            "You asked for the top customers of a product: customers are ranked by all they spend (“top"
            " customers”), so this is"
            " how many bought it."
        ),
    ),
    _row(
        (
            r"^\W*(?:which|what|who are the) (?:customers|shoppers|households) (?:who |that )?(?:buy|shop|visit"
            "|come|order|purchase)(?: from us| in)?"
            r" (?:the )?most (?:often|frequently|regularly)\b"
        ),
        "how many customers came 10 times or more",
        (
            "You asked who: single customers are not listed by their visits, so this is how many came how often."
            " “Top customers”"
            " has those who spend most."
        ),
    ),
    _row(
        (
            r"^\W*(?:which|what) (?:customers|shoppers|households) (?:have|has|had|with) (?:the )?(?:highest"
            "|largest|biggest|best) (?:average )?"
            r"(?:order|basket|transaction|spend per visit)s?(?: (?:values?|sizes?))?\b"
        ),
        "customer segments",
        (
            "You asked for single customers by their basket: they are not listed, so these are the segments, with"
            " the basket of"
            " each."
        ),
    ),
    _row(
        (
            r"^\W*(?:which|what) (?:customers|shoppers|households) (?:have |has )?(?:placed |made |bought |came "
            "|come |shopped |ordered )+(?:only |just )"
            r"(?:one (?:order|purchase|time|visit)|once|a single (?:order|time))\b"
        ),
        "how many customers came only once",
        "You asked which: single customers are not listed, so this is how many there are.",
    ),
    _row(
        (
            r"^\W*(?:do|will) (?:we|i) have enough (?:stock|inventory) (?:for|to (?:hit|reach|meet|make)) (?:the "
            r"|our |my )?(?:this |next )?(?:month|week|quarter)?(?:'s)? ?(?:sales |revenue )?targets?\b"
        ),
        "days of cover by department",
        "Stock is not held against a sales target: this is how many days the stock lasts at the present rate of sale.",
    ),
    _row(
        r"^\W*how many (?:users|accounts|registered users) (?:do (?:we|i) have|are there|have (?:we|i))\b",
        "how many customers do we have",
        "You asked for users: accounts are not in the data, so these are the customers who are known by a card.",
    ),
    _row(
        (
            r"^\W*(?:how many|which|what) (?:products|items|skus) (?:have|has|with|are at|are in) (?:an?"
            " )?(?:healthy|good|sufficient|adequate|optimal|normal|right)"
            r" (?:stock|inventory)(?: levels?)?\b"
        ),
        "inventory health check",
        "“Healthy” has no fixed line here: this is the stock, and what of it runs out, does not sell or is too much.",
    ),
    _row(
        (
            r"\b(?:what(?:'s| is) the )?(?:relationship|link|connection) between (?:the"
            " )?discount(?:s|ing| rates?| depth| percentages?)? and (?:the )?"
            r"(?:total )?(?:profits?|sales|revenue|margins?|units|volume)\b"
            r"|\bhow (?:does|do|did) (?:the )?discount (?:percentages?|rates?|depth|levels?|size) (?:affect"
            "|impact|influence|change|drive) (?:the |our |my |total )*"
            r"(?:profits?|sales|revenue|margins?|units|volume)\b"
        ),
        "do our discounts pay",
        (
            "This is what discounts of each depth did to the gross margin, category by category; a discount's"
            " effect on sales is"
            " in “price elasticity of” a product or category."
        ),
    ),
    _row(
        (
            r"^\W*(?:i have|with|given) (?:an? )?(?:total )?budget of \$? ?[\d,.]+ ?k?\b.*\b(?:re-?order|order"
            r"|stock up|buy|purchase order|restock)\b.*$"
        ),
        "what should we reorder",
        (
            "The list is not cut to a budget: it is all that is due, best sellers first, with its cost, so take"
            " it from the top."
        ),
    ),
    _row(
        (
            r"^\W*how (?:is|are|was|were) (?:my |our |the )?(?P<x>(?!stock\b|inventory\b)[a-z][a-z &-]{2,30}?)"
            r" (?:inventory|stock) (?:performing|doing|moving|turning)\b"
        ),
        r"inventory turnover of \g<x>",
        "This is how often the stock of {x} turns over; ask “stock levels of {x}” for what there is.",
    ),
    _row(
        (
            r"^\W*(?:if )?(?:i|we) (?:had|have|got) [$€£] ?[\d,.]+ ?k? (?:to (?:spend|put|invest)|for"
            r"|left)\b[^?]*\b(?:buy|order|reorder|stock up on|restock)\b.*$"
        ),
        "what should we reorder",
        (
            "The list is not cut to a budget: it is all that is due, best sellers first, with its cost, so take"
            " it from the top."
        ),
    ),
    _row(
        (
            r"^\W*what (?:should|do|must) (?:i|we) (?:re-?stock|re-?order|order) (?:for|over|to cover) (?:the"
            r" )?(?:next|coming) (?:few|one|two|three|four|five|six|\d+)? ?(?:days?|weeks?|months?)(?=\W*$)"
            r"|^\W*(?:give me|show me|make|write|get)? ?(?:my |our |the |an? )?(?:order|re-?order|buying) list"
            r" for (?:next|this|the coming|the next) (?:\d+ |few |two |three )?(?:days|weeks?|months?)(?=\W*$)"
            r"|^\W*how (?:much|many) of each (?:product|item|sku) (?:do|should|will) (?:i|we) (?:need|order"
            r"|buy)[^?]*?(?:next|coming) (?:few |one |two |three |four |\d+ )?(?:days?|weeks?|months?)(?=\W*$)"
        ),
        "what should we reorder",
        (
            "You named a span to order for: the list reckons each product up to its supplier's lead time and next"
            " order, not to a date."
        ),
    ),
    _row(
        (
            r"^\W*(?:will|do|could|might|am|are) (?:i|we) (?:going to )?run out of (?:anything"
            r"|something)\b[^?]*?before (?:the |my |our )?(?:next )?(?:delivery|deliveries|order|truck"
            "|shipment).*$"
            r"|^\W*(?:which|what) (?:pos?|purchase orders?|deliveries|orders) (?:will )?(?:lands?|arrives?|comes?"
            r"|come in) (?:after|too late)\b.*$"
        ),
        "what will run out",
        (
            "Stock is not held against the dates of single deliveries: this is what runs out at the present rate"
            " of sale; “open purchase orders” has what is on its way."
        ),
    ),
    _row(
        (
            r"^\W*(?:is (?:there )?(?:anything|something) wrong|are there (?:any )?(?:errors|problems|gaps"
            r"|issues)|what(?:'s| is) wrong) (?:with|in) (?:my |our |the )?data(?=\W*$)"
        ),
        "how fresh is the data",
        (
            "I cannot say that all is right with the data: this is where they come from and how far they go."
            " Stock that cannot be right is in “negative stock” and “phantom stock”."
        ),
    ),
    _row(
        (
            r"^\W*(?:which|what) (?:products|skus|items|goods) (?:are losing|lose|make a loss|lost) (?:us |me"
            " )?(?:money )?(?:after|net of|including) (?:all )?(?:fees|commissions?|shipping|ads?|advertising"
            r"|overheads?)(?=\W*$)"
        ),
        "which products lose money",
        "Fees and other costs are not known by product: this is what sells below the cost of the goods.",
    ),
    _row(
        (
            r"^\W*(?:what(?:'s| is) |how (?:much|big|large) is )?(?:my |our |the )?(?:outstanding |unredeemed "
            r"|total |open )*gift ?cards? (?:liability|balances?)(?: outstanding)?(?=\W*$)"
        ),
        "gift cards sold and redeemed",
        "What is still to be redeemed is known to the point of sale only: this is what was sold and redeemed.",
    ),
    _row(
        (
            r"\b(?:did (?:i|we) (?:make|sell|earn|take) more(?: money)? in|was it better in|which was better,?)"
            r" the first (?:half )?or (?:the )?second half of (?=(?:last|this) month\b)"
        ),
        "sales by week ",
        "Halves of a month are not put beside each other by themselves: these are its weeks.",
    ),
    _row(
        (
            r"\b(?:how much )?(?:revenue|sales|money) (?:came |comes |was made |is |was )?from discounted"
            r" (?:orders|sales|transactions|tickets|baskets)\b"
        ),
        "sales with a discount",
        "Tickets with a discount are not totalled by themselves: these are all sales and the discounts given in them.",
    ),
    _row(
        (
            r"^\W*should (?:i|we) (?:be )?(?:chang(?:e|ing)|adjust(?:ing)?|review(?:ing)?) (?:any |some |our |my "
            r"|the )*prices?(?=\W*$)"
        ),
        "what should we mark down",
        (
            "Of changes of price I can propose cuts for goods that lie too long; how buyers took earlier changes"
            " is in “price elasticity of” a product or category."
        ),
    ),
)


def nearest(text: str) -> tuple[str, str]:
    """The question that can be answered for this one, and the sentence that tells the difference.

    Where the question itself can be answered it comes back as it is, with an empty sentence. What is said around the
    words that were replaced (a store, a period) stays.
    """
    if '"' in text:
        return text, ""
    for near in _ROWS:
        if found := near.asked.search(text):
            said = near.said.format(**{name: what.lower() for name, what in found.groupdict("").items()})
            return f"{text[: found.start()]}{found.expand(near.answered)}{text[found.end() :]}", said
    return text, ""
