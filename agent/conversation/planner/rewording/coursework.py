"""A data course's way of asking put into a shop's: column names, “use a bar plot to”, “what do you notice?”.

These rows come before every other table, so that those find the words of a shop. They only take off how a result shall
be shown or handed in, and put the word for a column: what is asked for, of whom and when stays as it was said.
"""

from __future__ import annotations

import re

from agent.conversation.planner.rewording.household_words import HOUSEHOLD_ROWS

_PLOT = (
    r"(?:(?:simple|quick|nice|stacked|grouped|horizontal|vertical|interactive) )?(?:(?:bar|line|pie|column|area|box"
    r"|density|scatter|time[- ]series) ?)?(?:charts?|graphs?|plots?|histograms?|visuali[sz]ations?|boxplots?|barplots?)"
)
_SHOW = (
    "(?:plot|show|compare|visuali[sz]e|display|draw|present|explore|examine|assess(?: whether| if)?|see(?: whether"
    "| if)?|check(?: whether| if)?|illustrate)"
)
_SENTENCE = r"(?:^\W*|(?<=[.!?;] ))"
_NOTICE = r"(?:find|notice|see|observe|conclude|learn|spot|think)"
_COLUMNS = {
    "sales_value": "sales", "total sales value": "total sales", "in sales value": "in sales",
    "household_id": "household",
    "household_key": "household", "store_id": "store", "product_id": "product", "basket_id": "basket",
    "manufacturer_id": "manufacturer", "campaign_id": "campaign", "coupon_upc": "coupon", "coupon_upcs": "coupons",
    "product_category": "category", "product_type": "product type", "household_size": "household size",
    "kids_count": "number of children", "kid_count": "number of children", "marital_status": "marital status",
    "home_ownership": "home ownership", "household_comp": "household composition", "retail_disc": "discounts",
    "coupon_disc": "coupon discounts", "unit_price": "unit price", "transaction_timestamp": "time",
    "commodity_desc": "category", "sub_commodity_desc": "product type", "display_location": "display",
    "mailer_location": "mailer", "sum of quantity": "units", "sum of the quantity": "units",
    "product_line": "category", "product_lines": "categories", "gross_income": "gross profit",
    "transaction quantities": "units", "transaction quantity": "units",
}  # fmt: skip
_COLUMN = re.compile(
    r"(?<![\w-])(?:" + "|".join(map(re.escape, sorted(_COLUMNS, key=len, reverse=True))) + r")(?![\w-])", re.IGNORECASE
)
_GROUP = (
    "(?:(?:product |market )?(?:categor(?:y|ies)|departments?|brands?|manufacturers?|products?|items?|skus?|stores?"
    "|types?)|(?:age|income)(?: (?:groups?|bands?|levels?|brackets?))?|months?|weeks?|days?|hours?|weekdays?"
    "|households?|customers?)"
)
_YIELD = (
    "(?:generat(?:e|es|ed)|brings? in|brought in|driv(?:e|es)|drove|produc(?:e|es|ed)|yield(?:s|ed)?|deliver(?:s|ed)?"
    "|account(?:s|ed)? for|result(?:s|ed)? in|contribut(?:e|es|ed))"
)
_FIGURE = (
    r"(?:(?:net |gross )?sales|revenue|units|volume|transactions|profits?|(?:gross )?margin|discounts?|income|turnover)"
)
COURSE_ROWS: tuple[tuple[str, str], ...] = (
    # --- the tables to be used, the ways of showing
    (
        (
            r"^\W*(?:using|with|from|based on|working with) (?:the |our |your )?[^,?]{3,80}?(?:tables?|data(?:set"
            r"|frame)?s?|transactions|demographics|products|promotions), (?=\w)"
        ),
        "",
    ),
    (rf"{_SENTENCE}(?:please )?use (?:an? |the )?{_PLOT} to {_SHOW} (?:how |the |that )*", "show me "),
    (
        (
            rf"{_SENTENCE}(?:can|could|would) you (?:give|make|build|draw|show|create)(?: me| us)? (?:an? "
            rf"|the )?{_PLOT} (?:to |that |which )?(?:{_SHOW}s?|of|for|showing|with) (?:how |the )*"
        ),
        "show me ",
    ),
    (rf"{_SENTENCE}(?:identify|determine|examine|extract|derive) (?:all |the )*(?=\w)", "show me the "),
    (
        (
            rf"{_SENTENCE}(?:create|make|produce|build|generate|give|prepare) (?:an? |the )?(?:ranked |sorted "
            "|short )?(?:list|table|ranking|summary) of (?:all )?(?:the )?"
        ),
        "show me the ",
    ),
    # --- what is to be done with the result
    (
        (
            "(?<=[.!?;]) *(?:what|which)?,? ?(?:if anything,? )?(?:patterns? |trends? |outliers? )?(?:do|did"
            rf"|can) (?:you|we) {_NOTICE}\b[^.?!]*[.?!]*\W*$"
        ),
        "",
    ),
    (
        (
            "(?<=[.!?;]) *(?:plot|graph|visuali[sz]e|chart) (?:the |your |these |this )(?:results?|data|totals?"
            r"|counts?)\b[^.?!]*[.?!]*\W*$"
        ),
        "",
    ),
    (r",? and (?:plot|graph|visuali[sz]e|chart) (?:the|it|them|their|this|these)\b[^.?!]*(?=[.?!]*\W*$)", ""),
    (
        (
            r"(?<=[.!?;]) *(?:what does (?:this|that|it) (?:tell|say|mean|suggest)\b|does (?:this|that) (?:support"
            r"|suggest)\b|interpret\b|discuss\b|explain (?:your|the) (?:result|answer|finding)s?\b)[^.?!]*[.?!]*\W*$"
        ),
        "",
    ),
    (r",? (?:sorted |arranged |ordered )?in (?:descending|ascending) order(?: of| by)?(?=\W*$)", ""),
    (
        (
            "(?<=[.!?;]) *are (?:the|these|those) results similar to (?:what we (?:saw|found) (?:with|for) "
            "|those (?:of|for) )?(?:the )?"
        ),
        "And ",
    ),
    # --- remarks in brackets
    (r" ?\((?:on average|not transactions!?|in total|hint[^)]*|case[- ]insensitive|compared to [^)]*)\)", ""),
    (r"^\W*bonus(?: question)?\W+", ""),
    # --- verbs that only say that there was something
    (
        (
            rf"\b(?P<q>which|what) (?P<g>{_GROUP}) {_YIELD} (?:the )?(?P<m>most|highest|greatest|largest|biggest|least"
            rf"|lowest)(?P<t> total| overall)? (?P<f>{_FIGURE})\b"
        ),
        r"\g<q> \g<g> had the \g<m>\g<t> \g<f>",
    ),
    (
        (
            r"\b(?P<q>which|what) (?P<t>day|week|month|hour|weekday)s? had the (?P<m>highest|lowest|most|greatest"
            rf"|largest|best) total (?P<f>{_FIGURE})(?=\W*$)"
        ),
        r"\g<q> \g<t> had the \g<m> \g<f>, all time",
    ),
    (
        (
            r"\b(?P<n>how many (?:transactions|baskets|trips|purchases|sales|orders|redemptions)) (?:occurred"
            r"|took place|happened|were (?:made|recorded|there))\b"
        ),
        r"\g<n>",
    ),
    (
        (
            r"\b(?:total |the )*(?:quantity|number) of (?P<g>[\w &'-]{2,40}?)(?: (?:products|items"
            r"|units))? (?:purchased|bought|purchases)(?= (?:by|per|each|on|changed?|over|for)\b|\W*$)"
        ),
        r"units of \g<g>",
    ),
    (r"\bmonthly totals of\b", "monthly"),
    (r"^\W*count (?:up )?(?:the )?number of\b", "number of"),
    (r"\bby date\b", "by day"),
    (r"\bover the course of q(?:uarter )?(?:1|one)\b", "from January to March"),
    (
        (
            r"(?P<what>\b(?:shrinking|declining|falling|dropping|decreasing|growing|slow\w*|losing|weak\w*"
            r"|under-?perform\w*)\b"
            r"[^?]*?),? (?:that|which|and) (?:may |might )?needs? (?:\w+ )?(?:intervention|attention|action)(?=\W*$)"
        ),
        r"\g<what>",
    ),
    (
        (
            r"\b(?:is|are) there (?:any )?(?P<v>declining|falling|shrinking|growing) (?P<g>categories|departments"
            r"|brands|products|stores)\b"
        ),
        r"\g<v> \g<g>",
    ),
    (
        r"^\W*(?P<v>declining|falling|shrinking) (?P<g>categories|departments|brands|products|stores)(?=\W*$)",
        r"which \g<g> fell the most",
    ),
    # --- two things, one question
    (
        (
            r"^\W*(?P<q>which|what) (?P<a>departments?|categor(?:y|ies)|brands?) and (?P<b>products?|items?|brands?"
            "|categor(?:y|ies)) (?:is|are|was|were) (?:the )?most (?:commonly|frequently|often) (?:purchased|bought"
            r"|sold)(?=\W*$)"
        ),
        r"top \g<a> by how often bought? Top \g<b> by how often bought",
    ),
    (
        (
            r"^\W*(?:for|in|within) each (?P<o>[\w ]{3,20}?),? (?:what|which) (?:is|was|are"
            "|were) the most (?:frequently|often|commonly)[- ](?:purchased|bought|sold) (?:product )?(?P<i>products?"
            r"|items?|categor(?:y|ies)|departments?|brands?)\b"
        ),
        r"top \g<i> by transactions for each \g<o>",
    ),
    (
        (
            r"\bmost (?:frequently|often|commonly)[- ](?:purchased|bought|sold) (?:product )?(?P<i>products?|items?"
            "|categor(?:y|ies)|departments?|brands?) (?:for|in|of|per|by|within) (?:each )?(?P<o>income|age"
            r"|household size)(?: (?:levels?|groups?|bands?))?(?=\W*$)"
        ),
        r"top \g<i> by transactions for each \g<o>",
    ),
    (
        (
            r"^\W*focus (?:only )?on (?P<who>[^.]{5,60})\.\s*(?P<rest>[^.?]+?) (?:among|for|of|by|in) (?:these|those"
            r"|such) (?:households|customers|shoppers|families)(?=\W*$)"
        ),
        r"\g<rest> among \g<who>",
    ),
    # --- discounts
    (r"\b(?:what|which) (?:types?|kinds?) of (?P<g>products|items|goods)\b", "which categories"),
    (r"\b(?:is|are|get|gets) (?:the )?most (?:heavily |often |deeply )?discounted\b", "have the highest discount rate"),
    # --- parts of what somebody buys
    (
        (
            r"^\W*what (?:percent(?:age)?|share|proportion) of (?:the |their |all )*(?:purchases|sales|spend(?:ing)?"
            "|revenue) (?:by|of|from|to) (?P<who>(?:households|families|customers|shoppers|seniors|homeowners"
            "|renters)[^?]*?) (?:comes?|came|is|are|goes|went) (?:from|in|to"
            r"|on) (?:the )?(?P<d>[\w &-]+?)(?: department)?(?=\W*$)"
        ),
        r"what percent of sales to \g<who> is \g<d>",
    ),
    (
        (
            r"\b(?:what |which )?(?:percent(?:age)?|share|proportion|fraction"
            r"|%) of (?P<g>[\w &'-]{3,30}?) (?:transactions|purchases|sales|items|products) (?:was|were|are"
            r"|is) (?:from )?(?:the )?(?P<p>private[- ]label|store[- ]brand)(?: brands?| products?)?\b"
        ),
        r"private label share of \g<g>",
    ),
    (
        (
            r"^\W*(?:is|are) [^?]*\b(?:brands?|private[- ]label)\b[^?]* (?:stronger|higher|greater|larger|weaker|lower"
            r"|smaller) (?:in|for) (?:the )?(?P<a>[\w &'-]+?)(?: category| categories)? than (?:it is "
            r"|they are )?(?:in|for) (?:the )?(?P<b>[\w &'-]+?)(?: category| categories)?(?=\W*$)"
        ),
        r"private label share of \g<a>? Private label share of \g<b>",
    ),
    (
        (
            r"\b(?:percent(?:age)?|share|proportion|%) of baskets (?P<h>with|containing|that contain"
            "|having) (?:at least )?(?:1|one|an?|any) "
        ),
        r"percentage of baskets \g<h> ",
    ),
    (
        (
            r"\b(?:what is |what was )?(?:the )?(?:percent(?:age)?|share|proportion|%) of (?:the |our "
            "|all )*baskets (?:with|containing|that contain|having) (?P<p>private[- ]label"
            "|store[- ]brand)(?: products?| items?| goods)?"
        ),
        "share of baskets with private label products",
    ),
    (r"\b(?P<h>top|bottom) (?P<n>\d{1,2}) (?P<g>[\w ]{4,30}?) based on\b", r"\g<h> \g<n> \g<g> by"),
    # --- amounts of baskets
    (
        (
            r"\b(?:what |which )?(?:percent(?:age)?|share|proportion|fraction|%) of (?P<b>baskets|transactions|orders"
            "|trips) (?:are|is|were|cost|come to|exceed(?:ed)?) (?:worth |over |above |more than "
            r"|greater than )*\$?(?P<n>\d+)(?: dollars)?(?: or more)?(?: in (?:total )?(?:sales|value))?"
        ),
        r"how many \g<b> over $\g<n>",
    ),
    # --- goods in one basket
    (
        (
            r"^\W*(?:are|is|do) (?:baskets?|customers|people|households|shoppers) (?:with|containing|who buy"
            r"|that contain|that buy) (?P<a>[\w &'-]+?)(?: in (?:them|it))? (?:more|less) likely(?: than (?:average"
            r"|others|usual))? to (?:also )?(?:have|contain|buy|include|purchase) (?P<b>[\w &'-]+?)(?: in (?:them"
            r"|it))?(?:,? (?:too|as well|also))?(?=\W*$)"
        ),
        r"how many baskets contain both \g<a> and \g<b>",
    ),
    (
        (
            r"^\W*(?:do|are|is|does) (?P<a>[\w&'-]+(?: [\w&'-]+)?) and (?P<b>[\w&'-]+(?: [\w&'-]+)?) (?:really |often "
            r"|usually )?(?:go|sell|bought|purchased|sold|belong) (?:well )?together(?=\W*$)"
        ),
        r"how many baskets contain both \g<a> and \g<b>",
    ),
    (
        (
            r"\b(?:what is )?(?:the )?(?:lift|association|affinity) (?:between|of"
            r"|for) (?P<a>[\w&'-]+(?: [\w&'-]+)?) (?:and|with) (?P<b>[\w&'-]+(?: [\w&'-]+)?)(?=\W*$)"
        ),
        r"how many baskets contain both \g<a> and \g<b>",
    ),
    # --- how many there are
    (
        (
            r"^\W*how many (?:different |distinct |unique )?(?P<g>products|items|skus) (?:have |has |were |are "
            r"|did )?(?:been |we (?:have )?)?(?:sold|sell)(?: in total| overall| altogether)?(?=\W*$)"
        ),
        r"how many different \g<g> were sold, all time",
    ),
    (
        (
            r"\b(?P<g>products|items|skus)(?: (?:are|that are))?(?: in (?:inventory|the catalog(?:ue)?|our range"
            "|stock))?,? (?:but |and |that )?(?:have|has|were|was) (?:not|never) (?:been )?(?:sold"
            "|appeared? in (?:any|a|the) (?:transactions?|sales?|orders?)|purchased|bought)(?: (?:once|yet|at all"
            r"|ever))?\b"
        ),
        r"\g<g> never sold",
    ),
    # --- campaigns and coupons
    (
        (
            r"\b(?:received|got|were sent) and (?:did not|didn't|never) (?:redeem(?:ed)?|used?) (?:an? |any "
            r"|their )?coupons?\b"
        ),
        "received a coupon and did not redeem",
    ),
    (
        (
            r"\b(?:what |which )?(?:percent(?:age)?|share|proportion|%) of (?:the |our |all )*coupons [^?]*?\b(?:got"
            r"|were|was|are|been) redeemed at least once\b"
        ),
        "share of coupons redeemed at least once",
    ),
    (
        (
            r"\b(?P<q>which|what) promotions? (?:drives?|drove|generates?|generated|had|has|have|brings?|gave"
            "|created?) (?:the )?(?:most|highest|biggest|largest|greatest|best) (?:revenue|sales|incremental|volume"
            r"|unit)? ?(?:up)?lift\b"
        ),
        "promotion lift by promotion",
    ),
    # --- the same time a year ago
    (
        (
            r"\b(?:the )?same (?:quarter|month|week|period|season|time|days?) (?:of |in )?(?:the )?(?:last|previous"
            r"|prior) year\b|\b(?:the )?same (?:quarter|month|week|period|season) (?:a|one) year (?:ago|earlier"
            r"|before)\b"
        ),
        "last year",
    ),
    (
        (
            r"\b(?:what|which) (?:was|is|were) (?:the |our )?(?P<m>best|worst)(?:[- ]performing"
            r"| performing)? (?P<t>month|week|day)(?: ever| of the year)?(?=\W*$)"
        ),
        r"which \g<t> had the \g<m> sales",
    ),
    # --- goods of a kind
    (
        (
            r"\b(?:all )?(?:the )?(?:unique |distinct )?products (?:with|containing|that contain"
            r"|whose \S+ contains?) (?:the word )?[\"“]?(?P<g>[a-z][a-z ]+?)[\"”]? in (?:the |their )?(?:product type"
            r"|category|name|description)\b"
        ),
        r"\g<g> products",
    ),
    (
        (
            r"\b(?P<g>[\w-]+ products),? and (?:find|show|determine|tell) (?:me )?(?:the one"
            "|which(?: one)?)(?: that)? (?:with|has|had) the (?:greatest|highest|most|largest)(?: total)? (?P<f>sales"
            r"|revenue|units)\b"
        ),
        r"\g<g> with the highest \g<f>",
    ),
)
"""``(pattern, words)``: how it is said in a course, and the words of a shop for it."""
_COMPILED = tuple((re.compile(pattern, re.IGNORECASE), plain) for pattern, plain in (*COURSE_ROWS, *HOUSEHOLD_ROWS))


_OF_A_COURSE = re.compile(
    rf"{_COLUMN.pattern}|\b(?:use an? {_PLOT} to|data ?set|data ?frame|(?:transactions|demographics"
    rf"|products) table)\b|{_SENTENCE}(?:identify|determine|compute|calculate) ",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\b(?:today|yesterday|tomorrow|now|currently|last|past|previous|this|since|ago|until|between|week \d+|q[1-4]"
    r"|\d{4}|ever|all time|grew|grown?|growth|increased?|declined?|(?:january|february|march|april|may|june"
    r"|july|august|september|october|november"
    r"|december)\b|(?:mon|tues|wednes|thurs|fri|satur|sun)day|stock|inventory|on hand|shelf)\b|\?\W*\w",
    re.IGNORECASE,
)
_SQL = re.compile(r"\bselect\b.+\bfrom\b", re.IGNORECASE)
_END = re.compile(r"\W*$")


def as_in_a_shop(text: str) -> str:
    """The question without what belongs to an exercise; an exercise that names no time is about all the data.

    >>> as_in_a_shop("Compute the total sales_value by store_id. What do you notice?")
    'Compute the total sales by store, all time.'
    """
    if _SQL.search(text):
        return text
    of_a_course = _OF_A_COURSE.search(text) is not None
    text = _COLUMN.sub(lambda found: _COLUMNS[found[0].lower()], text)
    for pattern, plain in _COMPILED:
        text = pattern.sub(plain, text)
    text = text.strip()
    if of_a_course and not _WHEN.search(text):
        return _END.sub(lambda end: f", all time{end[0].strip()}", text, count=1)
    return text
