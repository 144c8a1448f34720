"""Ways of the trade to say what topics know under another name: “AUR”, “morning huddle”, “delist”, “from May to June”.

Each row puts other words for a phrase and leaves every condition around it as it was said. A way of asking belongs here
when a topic answers it already; a new subject does not.
"""

from __future__ import annotations

import re

_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?)"
)
_MOVED = r"(?:grew|grow(?:n|th|ing)?|increased?|rose|fell|declined?|dropped|improved?|changed?|shrank|gained|lost)"
_GOODS = r"(?:products?|items?|skus?|articles?)"
_STORES = r"(?:stores?|shops?|locations?|branch(?:es)?)"
_ROWS: tuple[tuple[str, str], ...] = (
    # --- figures
    (r"\baur\b|\baverage unit retail\b", "average price"),
    ((r"\b(?P<what>refund|return|discount)s? as an? (?:%|percent(?:age)?|share|proportion) of (?:net |gross "
     r"|total )?sales\b"),
     r"\g<what> rate"),
    (r"\bmost (?P<what>refund|return|discount)s? rate\b", r"highest \g<what> rate"),
    ((r"\bwhere (?:are|is|were|was) (?:our |the |my )?(?P<what>(?:labou?r|wage) costs?|margins?|conversion(?: rate)?"
     r"|shrink(?:age)?"
     r"|refund rates?|sales per labou?r hour) (?:too |the )?(?P<end>high|low|highest|lowest|worst|best|weakest)\b"),
     r"\g<what> by store"),
    (r"\b(?:profit|margin) (?P<what>rate)s?\b", "margin %"),
    # --- the business and its stores
    ((r"\bsummari[sz]e (?P<who>the store|my store|our store|this store|yesterday|today|[\w ]{3,20}) for (?:the |our "
     r"|my )?"
     r"(?:morning |daily |team )*(?:huddle|stand-?up|meeting|briefing)\b"), "business overview"),
    ((r"^\W*(?:give me |prepare |write )?(?:the |a |my |our )?(?:morning|daily|team|shift) (?:huddle"
     r"|stand-?up)(?: (?:notes|summary"
     r"|brief(?:ing)?))?\W*$"), "business overview"),
    ((r"\b(?:what|which)(?: (?:(?:operational|main|biggest|key|critical|top) )?(?:issues|problems))? should"
      r" (?:(?:the|my|our) )?(?:team|staff|people|associates|crew|stores?|managers?|we|i) (?P<verb>work on|focus on"
     r"|do first|tackle|prioriti[sz]e)"), r"what should we \g<verb>"),
    ((r"\bwhich (?:of (?:my|our|the) )?stores? should (?:i|we) (?:visit|go to|call|check|look at|start with|help"
     r"|worry about"
     r"|focus on)(?: (?:first|next|today|most))*\b"), "which stores are underperforming"),
    ((rf"\b(?:which|what) {_STORES} (?:are|is|were|was) (?P<way>below|behind|under|above|ahead of"
     rf"|over) (?P<then>last (?:year|month"
     r"|week|quarter)|the (?:week|month|year|quarter) before|(?:the )?same (?:week|month|period|day) last (?:year"
     r"|month|week))\b"),
     r"sales by store compared to \g<then>"),
    ((r"^\W*(?:is|was) there anything (?P<word>unusual|odd|strange|suspicious"
     r"|abnormal)\b"), r"any \g<word> transactions"),
    (r"\b(?:compared (?:to|with)|versus|vs\.?|against|than) (?:the |our )?plan\b(?! for)", "against target"),
    ((r"\b(?P<lead>compared (?:to|with)|than|versus|vs\.?) (?:a |an |our |the )?(?:normal|typical|usual|average"
     r"|regular) (?P<day>\w+day)\b"),
     r"on \g<day> \g<lead> the four-week norm"),
    ((r"\b(?P<lead>compared (?:to|with)|than|versus|vs\.?) (?:a |an |our |the )?(?:normal|typical|usual|average"
     r"|regular) day\b"),
     r"\g<lead> the four-week norm"),
    ((r"\bhow do(?:es)? weekday sales (?:differ|vary|compare) (?:by|between|across) (?:the "
     r"|our )?stores?\b"), "sales by store and weekday"),
    (r"\b(?P<span>year|month|week|quarter)-to-date\b", r"\g<span> to date"),
    ((r"\b(?:had|has) the (?P<end>best|worst|strongest|weakest|busiest"
     r"|slowest) weekend\b(?! of)"), r"had the \g<end> sales last weekend"),
    ((r"\bare all (?:of )?(?:the |our |my )?stores (?:reporting|sending|syncing|connected)(?: (?:data|sales"
     r"|in))?\b"), "how fresh is the data"),
    ((r"\b(?:mood|sentiment) of (?:our |the |my )?(?:customers|guests|shoppers)\b|\b(?:customer|guest"
     r"|shopper) (?:mood|sentiment)\b"),
     "customers' feedback"),
    (r"\bany urgent (?:issues?|problems?|matters?|things?)\b", "anything urgent"),
    (r"\bcheckout (?P<span>hours?|times?)\b", r"\g<span>"),
    ((r"\b(?:impact|effect|influence) of price (?:changes?|increases?|cuts?|rises?|reductions?) on (?:the )?(?:units"
     r"|sales|demand|volumes?)"
     r"(?: sold)?(?: (?:of|for))? in\b"), "price elasticity in"),
    (r"\b(?:what(?:'s| is) the )?(?:sales )?(?:split|mix) between (?P<x>[\w &]{3,30}?) and (?:everything|all) else\b",
     r"what share of sales is \g<x>"),
    (r"\b(?:which|what) stores (?:are|is) overstocked(?: (?:on|in|with))?\b", "overstock by store in"),
    ((r"\b(?:how many |which |the )?(?:customers|people|visitors|shoppers) (?:came|come|walked|walk|visited) ?(?:in"
     r"|by)? (?:but|and|without) (?:did ?n[o']t"
     r"|did not|not|never|left without)? ?(?:buy(?:ing)?|bought"
     r"|purchas\w+)(?: anything)?"), "visitors, transactions and conversion"),
    ((r"\b(?:which|what) brand types? (?:(?:has|have|had) the|sells? (?:more|best|most)|sold (?:more"
     r"|most))\b"), "private label vs national brands:"),
    (r"\bby brand types?\b", "by private label"),
    (r"\b(?P<n>\d{1,2}|five|ten|three) most (?:purchased|bought|sold) ", r"top \g<n> "),
    (r"\bproduct types?\b", "categories"),
    ((r"\bwhat(?:'s| is| are) (?:arriving|coming in|inbound)\b(?: this week| today| tomorrow"
     r"| next week)?"), "what is in transit"),
    ((r"\bwhat (?:discount|markdown) (?:level|depth|rate|percentage)? ?(?:works? best|is best|is optimal"
     r"|is ideal) (?P<prep>for|in|on)\b"),
     r"optimal discount \g<prep>"),
    ((r"\bhow (?:did|do|are) (?:the )?promoted (?:items|products|goods) (?:do|doing|perform\w*"
     r"|sell(?:ing)?) after (?:the |their )?promo(?:tion)?s?"
     r"(?: ended?| is over| was over)?"), "promotion lift"),
    ((r"\bhow much (?:money |cash |capital )?is tied up in (?P<what>slow|dead)(?:[- ]moving)? (?:inventory|stock"
     r"|movers)\b"), r"\g<what> stock"),
    (r"\bover the (?:whole |full |entire )?year by (?P<span>month|week|quarter)\b", r"by \g<span> this year"),
    (r"\b(?:is|are) (?:the )?most likely to (?:redeem|use) coupons\b", "uses the most coupons"),
    ((r"\b(?:give|show|tell) (?:me|us) (?:today's |the |my |our )?(?:top )?(?:\d|two|three|four"
     r"|five) (?:top )?priorities\b"), "what are my priorities"),
    ((r"\b(?:have|had|with) (?:zero|0|no) sales (?:in|for) (?:the )?(?:last |past )?(?P<span>\d{1,3} (?:days|weeks"
     r"|months))\b"),
     r"have not sold in the last \g<span>"),
    ((r"\bwhat discount (?:should|can|could) (?:we|i) (?:give|offer|run|put) (?P<prep>on"
     r"|for)\b"), r"optimal discount \g<prep>"),
    ((r"\brank (?:the |our |my |all )*districts by (?P<what>[a-z %]+?)(?= (?:last|this|in|for|over|yesterday"
     r"|today)\b|\W*$)"),
     r"\g<what> by district"),
    ((r"\bwhich stores (?:beat|missed|exceeded|are above|are below|were above|were below"
     r"|fell short of) their (?:own )?norms?\b"), "rank stores"),
    (r"\bpa(?:y|id|ys) for (?:themselves|itself)\b", "paid off"),
    ((r"\b(?P<lead>which|what) (?P<what>departments?|categor(?:y|ies)|stores?|brands?) (?:are|do|did|were) (?:we"
     r"|they) discount(?:ing)?"
     r" (?:the )?(?P<end>most|least)\b"), r"\g<lead> \g<what> have the \g<end> discounts"),
    # --- goods
    ((rf"\b(?:which|what) {_GOODS} should (?:we|i) (?:re-?stock|re-?order|replenish|order)(?: (?:first|next|today"
     rf"|now))?\W*$"),
     "what should I reorder"),
    ((r"\bwhat(?:'s| is| are) selling (?:faster|better|more) than (?:usual|normal"
     r"|before)\b"), "which products are trending up"),
    ((r"\b(?:biggest|largest|main|top|worst) margin (?:drains?|killers?|leaks?"
     r"|eroders?)\b"), "products with the lowest margin"),
    ((rf"\b(?:which|what) (?:of our )?{_GOODS} (?:should|could|can|might) (?:we|i) (?:delist|discontinue"
     rf"|drop(?: from the range)?|cut"
     r"|get rid of|stop selling|remove from (?:the )?(?:range|assortment))\b"), "slow stock"),
    ((r"\b(?:what|which) (?:%|percent(?:age)?|share|proportion) of (?:our |the )?(?:skus|products|items) (?:make"
     r"|makes|bring|brings"
     r"|account|accounts|generate|generates|drive|drives)(?: up| in| for)? 80 ?(?:%|percent) of (?:our "
     r"|the )?(?:sales|revenue)"),
     "abc analysis"),
    ((rf"\b(?:which|what) {_GOODS} (?:do|did) (?:our |the )?(?:households|customers|shoppers|people|families"
     rf"|they) (?:buy|purchase)"
     r" (?:the )?most(?: often| frequently)?\b"), "top products by units"),
    ((r"\b(?:stock|inventory) (?:imbalances?|rebalancing)(?: between (?:the "
     r"|our )?stores)?"), "transfer candidates between stores"),
    ((r"^\W*(?:which |what |suggested |recommended )?transfers? (?:should (?:we|i) make|we should make|to make"
     r"|needed)?"
     r" ?(?:between|across|among) (?:the |our |my )?(?:stores|shops"
     r"|locations)\W*$"), "transfer candidates between stores"),
    ((r"\b(?P<name>category|department|brand|store) (?:performance )?(?:score ?cards?|report cards?"
     r"|performance reviews?)\b"),
     r"rank net sales, gross margin, margin % and units by \g<name>"),
    # --- promotions, space
    ((r"\b(?:forward[- ]buy(?:ing)?|pantry[- ]load(?:ing)?|stockpiling|post[- ]promo(?:tion)? dips?)(?: effects?)?"
     r"(?: (?:after|of|from|following) (?:the |our |last )?promo(?:tion)?s?)?\b"), "promotion lift"),
    ((r"\b(?:which|what) mark ?downs? should (?:we|i) take(?: now| next| today)?(?:,? and (?:how deep|at what depth"
     r"|how much))?"),
     "what should we mark down"),
    (r"\bwhich offers (?P<did>lost|lose|are losing|were losing|made|make) (?P<what>money|margin)\b",
     r"which promotions \g<did> \g<what>"),
    ((r"\bpromo(?:tion)? (?:dependency|dependence|reliance|intensity)\b(?: (?P<by>by (?:category|department)))?"
     r"(?:: ?share of sales (?:on|sold on) (?:promo(?:tion)?|offer|deal))?"), r"share of sales on promotion \g<by>"),
    ((r"\b(?:which|what) (?P<what>categories|departments|products) (?:deserve|need|should (?:get|have)|want"
     r"|warrant) (?:more|less)"
     r" (?:shelf )?space\b"), r"space to sales by \g<what>"),
    ((r"\bshould (?:we|i) give (?P<what>[\w &]{2,30}) (?:more|less) (?:shelf )?space\b"
     r"|\bshould (?:we|i) give (?:more|less) (?:shelf )?space to (?P<other>[\w &]{2,30})"),
     r"space to sales in \g<what>\g<other>"),
    ((r"\blinear (?:feet|foot|met(?:re|er)s?)(?: (?:per|by) (?P<by>category|department))?(?: (?:vs\.?|versus|against"
     r"|and|compared (?:to"
     r"|with)) (?:sales|revenue)(?: shares?)?)?(?!\w)"), "space to sales"),
    (r"\bmark ?downs? (?:spend|dollars|costs?|money)\b", "discounts"),
    (
        (
            r"(?<!\bby )(?<!\bper )(?<!\beach )(?<!across )\b(?:average |mean )?discount depths?\b"
            r"(?! (?:to|that|for max)|.*\boptim)"
        ),
        "discount rate",
    ),
    ((r"\b(?:what|which) (?:share|percent(?:age)?|proportion|%) of (?:our |all |the )?discounts (?:were|are|was|is"
     r"|came from|comes? from)"
     r" (?:the )?(?:coupons?|loyalty|promotions?)\b"), "discounts by kind"),
    ((r"\b(?:total |overall )?discounts? (?:was |were )?(?:given )?(?:through|from|by|via|in) coupons? (?:versus"
     r"|vs\.?|and|against|compared"
     r" (?:to|with)) (?:the )?(?:loyalty|retail|store|card)\w*(?: cards?| discounts?"
     r"| prices?)?"), "discounts by kind"),
    # --- customers

    ((r"\b(?P<who>(?:age|income|household size|marital) ?(?:groups?|bands?|brackets?"
     r"|status)?) spends? (?:the )?(?P<end>most|least)"
     r" (?:per|for each) (?P<one>household|customer|shopper)\b"), r"\g<who> has the \g<end> spend per \g<one>"),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern, re.IGNORECASE), words) for pattern, words in _ROWS)
_FROM_TO = re.compile(
    rf"\b(?:from|between) (?P<first>{_MONTH}(?: \d{{4}})?) (?:to|and|until"
    rf"|through) (?P<second>{_MONTH}(?: \d{{4}})?)\b",
    re.IGNORECASE,
)
_SIDE = re.compile(
    r"\b(?P<span>daily|weekly|monthly) (?P<what>[a-z ]{4,30}?) (?P<prep>for|of|at|in) (?P<who>.+?) side by side\b",
    re.IGNORECASE,
)
_SPANS = {"daily": "day", "weekly": "week", "monthly": "month"}
_LAST = re.compile(
    r"\bthis (?P<span>week|month|quarter|year) (?P<lead>vs\.?|versus|against|compared (?:to|with)|and"
    r"|than) last(?! (?:week|month|quarter|year|\d))",
    re.IGNORECASE,
)
_MOVES = re.compile(rf"\b{_MOVED}\b", re.IGNORECASE)
_SHRANK = re.compile(r"\b(?:shrank|shrunk|contracted)\b(?! (?:rate|%|hours|price|with|by))", re.IGNORECASE)


def in_house_words(text: str) -> str:
    """The question with such phrases in the words that topics know."""
    for pattern, words in _COMPILED:
        text = pattern.sub(words, text)
    text = _SIDE.sub(
        lambda one: f"{one['what']} by store and {_SPANS[one['span'].lower()]} {one['prep']} {one['who']}", text
    )
    text = _LAST.sub(r"this \g<span> \g<lead> last \g<span>", text)
    if _MOVES.search(text):
        text = _FROM_TO.sub(r"in \g<second> compared to \g<first>", text)
    return _SHRANK.sub("fell", text)
