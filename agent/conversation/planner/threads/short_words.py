"""How short replies are worded, one pattern a meaning, and which answers each of them may follow.

``short_replies`` reads them; nothing here decides anything.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from agent.conversation.planner.outcome import COMPARE, SUMMARY

BREAKDOWN, DISCOUNTS, REFUNDS, LIST = "sales_breakdown", "discounts_used", "refunds_and_voids", "reorder_list"
EXPLAIN = "explain_change"
LEAD = r"^\W*(?:and |so |but |ok(?:ay)? |now |then |please |can you |also )*"
FIGURES = (SUMMARY, COMPARE, BREAKDOWN)
PER: Mapping[str, str] = {
    "transaction": "average_transaction_value",
    "order": "average_transaction_value",
    "ticket": "average_transaction_value",
    "basket": "average_transaction_value",
    "unit": "average_selling_price",
    "item": "average_selling_price",
    "labour hour": "sales_per_labour_hour",
    "labor hour": "sales_per_labour_hour",
    "staff hour": "sales_per_labour_hour",
}
PER_ONE = re.compile(
    rf"{LEAD}(?:show (?:it|that|me) |what (?:is|was) (?:that|it) |as |by )?per (?P<what>{'|'.join(PER)})\W*$"
)
BOTH_TO_DIVIDE = "That rate I do not work out; here are both, to be divided."
RATES: Mapping[str, str] = {
    "discounts": "discount_rate",
    "returns": "refund_rate",
    "labour_cost": "labour_cost_pct",
    "gross_margin": "gross_margin_pct",
}
AS_RATE = re.compile(
    rf"{LEAD}(?:no,? |i mean,? |i meant |sorry,? )*(?:what(?:'s| is| was) (?:that|it) )?(?:in|as) (?:an? )?"
    r"(?:percent(?:age)?|per cent|%|share|rate)(?: of (?:our |the |net |gross )*(?:sales|revenue))?\W*$"
)
NEXT = re.compile(
    rf"{LEAD}(?:what about |how about )?(?:(?:show|give|list)(?: me| us)? )?(?:the )?next "
    r"(?P<more>\d{1,2}|five|ten|few)\W*$"
)
CHART = re.compile(
    rf"{LEAD}(?:(?:in|as) )?(?:an? |the )?(?:(?:bar|line|pie|column) )?(?:chart|graph|plot|picture)(?: (?:please"
    r"|of (?:it|that|this)|form))*\W*$"
)
WHO = re.compile(
    rf"{LEAD}who (?:did|made|gave|has|had|rang|entered|processed|issued|was|were) (?:them|those|it|that|these"
    r"|behind (?:them|it|that))(?: all| up| out)?\W*$"
)
HOURS = re.compile(
    rf"{LEAD}how many (?:staff |labou?r |working )?hours(?: (?:was|were|is|did)(?: that| it| they"
    r"| we)?(?: work)?)?(?: in (?:total|all)| altogether)?\W*$"
)
ORDER_THEM = re.compile(
    rf"{LEAD}(?:put in|place|make|create|draft|raise|start|prepare|do|write|send)(?: me)? (?:an? "
    "|the )?(?:purchase )?(?:orders?|pos?) (?:for|of|with) (?:them|those|these|all(?: of)?(?: (?:them|those|these"
    rf"|that))?|it|that|everything)(?: all)?\W*$|{LEAD}(?:re-?order|order|buy|restock) (?:them|those|these"
    rf"|all of (?:them|those|these)|everything)(?: all)?\W*$|{LEAD}(?:(?:should|can|could|do|must) (?:we|i) )?"
    r"(?:need to )?(?:re-?order|order|buy|get) (?:some |a few )?more(?: of (?:it|that|them|those))?\W*$"
)
SEND_US = re.compile(
    rf"{LEAD}(?:can|could|would|does|do|is there) (?:another|any other|other|any|some other"
    "|one of the other) stores? (?:that )?(?:can |could )?(?:send|give|lend|spare|ship|have|has|help)(?: us"
    r"| me)?(?: (?:out|some|any|them|it|more|those|a few|stock|with (?:that|it|them)))*\W*$"
)
AGAINST = re.compile(
    (
        rf"{LEAD}(?:compare(?:d)?|versus|vs\.?|against)(?: (?:it|that|this|them))?(?: (?:with|to|against"
        rf"|and))? (?P<at>.{{3,40}}?)\W*$"
    ),
    re.IGNORECASE,
)
END_AS_RATE = re.compile(
    rf"{LEAD}(?:which|what)(?: (?:one|department|category|store))? (?:is|are|was|were|has"
    "|had) (?:the )?(?P<end>highest|lowest|biggest|smallest|most|least|worst|best) (?:as an?|in) (?:percent(?:age)?"
    r"|per cent|%|share)(?: of (?:its |their |the )?(?:net |gross )?sales)?\W*$"
)
THEY_SPENT = re.compile(
    rf"{LEAD}(?:and )?how much (?:did|do|have) (?:they|those|these)(?: customers)? (?:all )?(?:spend|spent|buy"
    r"|bring in|bring)(?: in total| altogether)?\W*$"
)
NEW_PERCENT = re.compile(
    rf"{LEAD}(?:no,? |sorry,? |actually,? |rather )*(?:make (?:it|that)|change (?:it|that) to|set (?:it|that) to"
    rf"|i meant?|let's say|say) ?(?P<percent>\d{{1,2}}) ?(?:%|percent|per cent)(?: off)?(?: instead)?\W*$"
)
HOW_MANY = re.compile(
    rf"{LEAD}how many (?:are there|is that|are they|are those|is it|of them are there|in total|altogether"
    rf"|(?:customers"
    r"|products|items|cases) (?:is|are) (?:that|those|there))(?: in (?:total|all))?\W*$"
)
IN_WHICH = re.compile(
    rf"{LEAD}(?:in|at|by|for|from)? ?(?:which|what) (?P<by>department|store|category|reason|employee)s?(?: (?:mostly"
    r"|most|mainly))?\W*$"
)
TO_MARKETING = re.compile(
    rf"{LEAD}(?:send|hand|give|push|export|forward|pass) (?:them|those|these|it|that|the list|that list"
    r"|this list)(?: over)? to (?:the |our |my )?(?:marketing\b.*|e-?mail (?:tool|platform)|mailing (?:tool|platform"
    r"|list))\W*$"
)
WHICH_EARNED = re.compile(
    rf"{LEAD}(?:which|what) (?:item|product|one|article)s? (?:earned|made|sold|brought in|brought|did|contributed"
    r"|drove)(?: us)?(?: the)? (?P<end>most|best|least|worst)\W*$"
)
ONLY_ONE_WAY = re.compile(
    rf"{LEAD}(?:only |just |what about |how about |how much (?:was|is) (?:in )?)?(?:the )?(?:cash|(?:credit "
    rf"|debit )?cards?"
    r"|gift cards?|(?:mobile |digital )?wallets?|mobile(?: pay(?:ments?)?)?|phone pay(?:ments?)?|store"
    r" credit)(?: only| payments?| part)?\W*$"
)
OTHER_END = re.compile(
    rf"{LEAD}(?:what about )?the (?P<end>quietest|slowest|busiest|best|worst|lowest|highest|weakest|strongest)(?: one"
    r"| day| hour| week| store| department)?\W*$"
)
COSTS = re.compile(
    rf"{LEAD}(?:how much|what) (?:would|will|does|do|is|are|did) (?:that|it|they|this|all that"
    r"|those)(?: all)?(?: going to)? (?:cost|come to|be|add up to|total)(?: me| us)?(?: in total| altogether)?\W*$"
)
BOUGHT = re.compile(
    rf"{LEAD}(?:how many (?:of (?:them|those) )?)?(?:actually )?(?:bought|purchased|paid"
    rf"|made a purchase)(?: (?:something"
    r"|anything))?\W*$"
)
HOW_MANY_AT = re.compile(
    (rf"{LEAD}how many(?: of (?:them|those|these)| are| were)?(?: there)? (?P<at>(?:at|in|for) .{{3,40}}?)\W*$"),
    re.IGNORECASE,
)
ADD_ONE = re.compile(
    (
        rf"{LEAD}(?:add|create|make|file|put up|put)(?: me)? (?:one|another|another one|a new one"
        rf"|one more)(?: (?:there|too|please))? ?(?:[:,-]|to|for) ?(?P<do>.{{4,120}}?)(?P<there> there)?\W*$"
    ),
    re.IGNORECASE,
)
PEOPLE_LISTS = frozenset(
    {
        "top_customers",
        "customer_segments",
        "customers_at_risk",
        "customers_away",
        "customers_by_visits",
        "new_and_returning",
    }
)
THEY_BUY = re.compile(
    rf"{LEAD}what (?:do|did|are|have) (?:they|those(?: customers)?|these(?: customers)?) (?:usually |mostly "
    r"|normally )?(?:buy|buying|bought|like|want|purchase|purchasing|get)(?: most)?\W*$"
)
SPENT = frozenset({"new_and_returning", "top_customers", "customer_visits", "customers_by_visits", "customers_away"})
"""Answers about customers that say what they spent."""
OF_THEM = re.compile(rf"{LEAD}how many of (?:them|those|these)\b")
NOT_THEIRS = (
    "What these customers buy I do not list: they are told as a group, and no single one is looked at. What a kind of "
    "household buys more of than others can be had: “what do families buy more of?”, and “top departments last month” "
    "for all of them."
)
NOT_OF_THEM = (
    "I cannot count within the customers of the answer above. Ask for all: “how many customers bought last week”, "
    "“new and returning customers last week”."
)
STOCK = frozenset({
    "stockout_risk", "out_of_stock", "stock_cover", "stock_levels", "reorder_list", "reorder_suggestions",
    "transfer_candidates", "lost_sales",
})  # fmt: skip
ORDERED = "reorder_suggestions"
"""How much of single goods, or of a kind of them, to order."""
WORST_AT = re.compile(
    rf"{LEAD}(?:which|what) (?P<by>store|shop|location|department|category)s? (?:was|is|were|are|did|had|has"
    "|came out) (?:the )?(?P<end>best|worst|highest|lowest|weakest|strongest|top)(?: (?:at|in|on|by|for) (?:that|it"
    r"|this))?\W*$"
)
TOGETHER = re.compile(
    rf"{LEAD}(?:put|add|sum|take|show)(?: me)? (?:them|those|these|it|both|the two|all)(?: all)? (?:together|up"
    rf"|combined)\W*$|{LEAD}(?:combined|together|both together|in total together)\W*$"
)
NAME_THEM = (
    "Name them in one question, please: “net sales of Produce and Meat in October”; the answer above was about one."
)
USUAL = re.compile(
    rf"{LEAD}(?:is|was|are|were) (?:that|it|this|they|those) (?:more|less|higher|lower|better|worse|a lot more"
    r"|many more|fewer) than (?:usual|normal|average|the norm)\W*$"
)
ONE_BY_ONE = (
    "I can show that for a period, not against what is usual: ask for another period and hold the two side by side, "
    "for example “and the week before?”."
)
LISTS = frozenset(
    {REFUNDS, DISCOUNTS, "tender_mix", "feedback_themes", "search_feedback", "taxes_and_tips", "store_tasks"}
)
NEW_PRICE = re.compile(
    rf"{LEAD}(?:no,? |sorry,? |actually,? |rather )*(?:make (?:it|that)|change (?:it|that) to|set (?:it|that) to"
    rf"|i meant?|let's say|say) ?(?:[$€£] ?)?(?P<price>\d{{1,4}}[.,]\d\d)(?: instead)?\W*$"
)
AT_STORE = re.compile(
    (
        rf"{LEAD}(?:(?:only|just|at|for|in|do it|the one|that one) )+(?P<store>.{{3,40}}?)(?: (?:only|please"
        r"|then))*\W*$"
    ),
    re.IGNORECASE,
)
