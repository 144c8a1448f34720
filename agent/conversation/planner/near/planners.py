"""What buyers and planners ask that a neighbour answers: dependence, positions, distributions; rows as in ``near``."""

from __future__ import annotations

_WHO = r"(?:customers?|households?|shoppers?)"
_FEW = r"(?:our |the |a few |key |main |top |big |certain |single )*"
_ANY_GOODS = (
    r"^\W*(?:(?:which|what|show(?: me)?|list|find|is|are|do we have|there|of|our|my|the|any|all|we|things?)(?:'s)? )*"
    r"(?:(?:products?|items?|skus?|goods|categories|prices?) )?(?:(?:that|which|is|are|being|currently|now|have|has"
    r"|on) )*"
)
_SOLD = r"(?: (?:products?|items?|skus?|goods|lines))?(?=\W*$| (?:at|in|right now|now)\b)"
PLANNER_NEAR: tuple[tuple[str, str, str], ...] = (
    (
        (
            rf"{_ANY_GOODS}(?:over-?priced|priced (?:too high(?:ly)?|out of the market)|too (?:expensive|dear|pricey)"
            rf"|(?<=prices )too high){_SOLD}"
        ),
        "which products are the most price sensitive",
        (
            "What a fair price is cannot be told: prices of others are not in the data. These are the goods that"
            " lost most"
            " when their price went up, so far."
        ),
    ),
    (
        rf"{_ANY_GOODS}(?:under-?priced|priced too low|too cheap|(?<=prices )too low){_SOLD}",
        "which products can bear a price increase",
        "What is too cheap cannot be told: prices of others are not in the data.",
    ),
    (
        (
            rf"^\W*how (?:dependent|reliant) are we (?:up)?on {_FEW}(?P<g>supplier|vendor|manufacturer|brand)s?"
            rf"|^\W*(?:what is |how high is )?(?:our )?(?:dependen\w+|relian\w+) (?:up)?on {_FEW}(?P<h>supplier|vendor"
            r"|manufacturer|brand)s?"
        ),
        r"share of sales by \g<g>\g<h>",
        "Dependence is told as the share of sales that each one's goods make; what losing one would cost is not known.",
    ),
    (
        (
            r"\bhow (?:is|are|was) (?:the |our )?(?:sales|revenue|spend(?:ing)?) (?:distributed|spread|divided|split) "
            rf"(?:across|over|among|between) (?:the |our |all )*{_WHO}|\bdistribution of (?:sales|revenue"
            rf"|spend(?:ing)?) "
            rf"(?:across|over|among|by) (?:the |our |all )*{_WHO}"
        ),
        "how concentrated are sales on our customers",
        "Told as how much of net sales the largest tenth and fifth of known customers make.",
    ),
    (
        (
            r"^\W*(?:which|what) (?P<g>departments?|categories|brands?) (?:have|has|are|is)(?: the)? (?:most |more )?"
            r"(?:premium(?:[- ](?:positioning|pricing|priced|products?))?|high[- ](?:end|priced)|upmarket)"
        ),
        r"average selling price by \g<g>",
        "Positions in the market are not recorded: this is the average price of a unit sold, the dearest first.",
    ),
    (
        (
            r"^\W*how (?:does|do) (?:the |our |gross )*(?:margins?|profit(?:ability)?) (?:vary|differ|change) (?:by"
            r"|across"
            r"|between|with) (?:the )?price (?:tiers?|bands?|points?|levels?|ranges?|segments?)[^?]*"
        ),
        "sales by price band",
        "Margin is not split by price band: this is what sold in each. “Gross margin by category” tells it otherwise.",
    ),
    (
        (
            r"^\W*how much (?:revenue|money|margin|sales|profit) (?:are|do|did) we los(?:e|ing) (?:to|on|through|from"
            r"|with) (?:the |our |all |unnecessary |needless |excess(?:ive)? |avoidable |deep )*(?:markdowns?"
            r"|discounts?"
            r"|promotions?)"
        ),
        "discounts",
        "Which of them were needless the figures do not say: this is what all discounts at the till came to.",
    ),
    (
        (
            r"^\W*(?:which|what) (?P<g>categor(?:y|ies)|departments?) (?:are|is|have|has"
            r"|look)(?: got)? (?P<how>(?:over|under)[- ]?(?:assorted|ranged)"
            r"|too (?:many|few) (?:similar |duplicate |overlapping )?(?:products|skus|items|lines))\b[^?]*"
        ),
        r"how many products does each \g<g> have; net sales by \g<g> last 4 weeks",
        (
            "No plan of the range is in the data, and which products are alike is not recorded, so “{how}” or off "
            "plan cannot be judged: this is how many products there are, and what they sell."
        ),
    ),
    (
        (
            r"^\W*(?:which|what) (?:products?|items?|skus?) (?:have|has|show|with) (?:the )?(?:most|highest|lowest"
            r"|least"
            r"|greatest) (?:demand |sales )?(?:variability|volatility|variation|fluctuations?)"
        ),
        "ABC-XYZ analysis",
        "Told as classes: X sells evenly from week to week, Z most unevenly, with the variation of each product.",
    ),
    (
        (
            r"^(?=.*\b(?:sales|sold|sell|revenue|units)\b)(?!.*\boften\b)[^?]*\b(?:in|on) (?:a "
            r"|the )?displays? (?:in|at|on|near) (?:the )?(?:front|rear|back|side|end"
            r"|middle)\b[^?]*"
            r"(?:\?.*)?$"
        ),
        "promotion lift by display",
        (
            "Told for every kind of display by itself: what its goods sold, beside what they would have sold without "
            "it, rather than beside other goods."
        ),
    ),
    (
        (
            r"^\W*(?:are there |which |what |any )+(?:product )?(?P<g>categories|departments|brands) (?:with|have"
            r"|has|are|that) "
            r"(?:declin\w+|fall\w+|decreas\w+|shrink\w+|los\w+)(?: sales| in sales)? (?:in|among|with"
            r"|for) (?:specific|certain"
            r"|some|particular|different) (?:demographics?(?: groups?)?|customer groups?|segments?|households)"
        ),
        r"which \g<g> declined the most",
        (
            "This is of all customers: name one kind of household (“sales by category of households with kids”) "
            "for theirs."
        ),
    ),
    (
        (
            r"^\W*(?:which|what) (?:product |item )?(?:pairs|pairings|combinations)(?: of (?:products|items"
            r"|goods))? (?:drives?"
            r"|increases?|raises?|leads? to|makes?)[^?]*\bbaskets?\b[^?]*"
        ),
        "what is bought together",
        "How large the baskets with each are is not ranked: these are those that lie in one basket most.",
    ),
    (
        (
            r"\b(?P<what>gmroi|stock turns?|inventory turnover|sell[- ]through|sales|units|margin) by (?P<g>category"
            r"|department|product) (?:and|by) (?:shelf (?:position|level|location)|fixture|planogram position|facing)s?"
        ),
        r"\g<what> by \g<g>",
        "Where on the shelf goods stand is not recorded, so this is by {g} alone.",
    ),
    (
        (
            r"^\W*(?:generate|create|make|show|give|list|which|what)?[^?]{0,60}\b(?:each|every|by"
            r"|per) campaigns?\b[^?]*"
            r"\bbefore (?:and|vs\.?|versus) (?:after|during)\b[^?]*"
        ),
        "what did the campaigns bring",
        (
            "No sale is booked to a campaign, so none has revenue before and after: this is what its recipients bought "
            "while it ran beside households sent nothing."
        ),
    ),
    (
        (
            r"^\W*how (?:did|have) (?:daily |weekly )?(?:sales|revenue|units) (?:change|move|develop"
            r"|differ) (?:before and "
            r"(?:during|after)|during|before|after) (?:the )?campaign (?P<n>\d{1,3})[^?]*"
        ),
        r"effect of campaign \g<n>",
        (
            "Told as visits and net sales of its recipients a week, before and during, beside those of households sent "
            "nothing."
        ),
    ),
    (
        (
            r"^\W*(?:which|what) (?:household |customer )?(?:demographics?|demographic factors|groups"
            r"|kinds of households) "
            r"(?:are|is) (?:most )?(?:associated with|linked to|related to|tied to|likely to) (?:buy(?:ing)?"
            r"|purchas\w+) "
            r"(?:more )?(?:of )?(?:our |the )?(?:store|own|private)[- ](?:brand|label)s?(?: (?:products?|items|goods))?"
        ),
        "private label share by income? Private label share by age? Private label share by household size",
        "Told as what each kind of household spends on either kind of brand; that one goes with the other is no cause.",
    ),
)
"""Of buyers, planners and exercises on loyalty data."""
