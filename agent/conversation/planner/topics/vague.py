"""Questions that cannot be answered as they stand, and what is asked back: “is that good?”, “which one is best?”.

A thread that has an answer before such a question is looked at first; here nothing stands before it, or it asks for a
judgement that no data of the stores holds.
"""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.words import take_metrics
from agent.conversation.surroundings import Surroundings

_JUDGED = re.compile(
    r"^\W*(?:so |and |but |ok |okay )*(?:is|are|was|were) (?:(?:my|our|the|these|those) (?:numbers?|figures?"
    r"|results?|kpis)|that|this|it|these|those|they|we|\$?[\d.,]+ ?[%kmx]?"
    r"|an? \$?[\d.,]+ ?%?)"
    r"(?: [\w%]+){0,4} (?:good|bad|normal|okay|ok|healthy|high|low|enough|great|poor|fine|acceptable|average|right"
    r"|correct|much|many|(?:a )?lot)\W*$"
    r"|\bwhat(?:'s| is| would be| counts as) (?:an? )?(?:good|normal|healthy|typical|acceptable|ideal|decent"
    r"|industry(?: average)?|benchmark)\b"
    r"|\b(?:industry|market|national) (?:averages?|benchmarks?|standards?|norms?)\b|\bbenchmarks? (?:for|against)\b"
)
_WHICH_ONE = re.compile(
    r"^\W*(?:and |so |but |ok |okay )*(?:which|what)(?: (?:one|ones|of (?:them|these|those)))?(?: (?:is|are|was"
    r"|were))? ?(?:the )?"
    r"(?:best|worst|better|higher|highest|lowest|lower|bigger|biggest|first|top)\W*$"
    r"|^\W*(?:and |so )?(?:what|how) about (?:the )?(?:other|others|rest|other ones?|second one)\W*$"
    r"|^\W*(?:please |can you )?(?:compare|show|explain|list) (?:them|these|those|it|that)(?: all| again)?\W*$"
    r"|^\W*(?:please |can you )?(?:show|give|send)(?: me| us)? (?:the|my|our|all(?: the)?|some) (?:data|stuff|info"
    r"|information|details)\W*$"
    r"|\bthe (?:thing|one|stuff|topic|issue|report) (?:that )?(?:we|you|i) (?:talked|spoke|discussed|mentioned|asked"
    r"|told|chatted)\b"
    r"|^\W*what(?:'s| is| are) (?:our|my|the) (?:number|figure|result|score|numbers?|status)s?\W*$"
)
_THERE = re.compile(
    r"\b(?:sell|sold|make|made|do|take|took|earn) there\W*$|^\W*(?:how|what) (?:is|was|are) it (?:doing )?there\b"
)
_PROMOTION = re.compile(
    r"\b(?:the|that) (?:big|main|new|old|famous|special|other|last|latest|previous|summer|winter|spring)"
    r" (?:promo(?:tion)?|campaign"
    r"|offer)\b"
)
PROMOTION = (
    "Which promotion do you mean? Name it, or ask “promotion lift last month” or “promotion lift by promotion” for all."
)
_SINGLE_STORE = re.compile(
    r"\b(?:the )?(?:other|next|neighbou?ring) districts?\b|(?<!\bno )(?<!\bany )\b(?:the )?"
    r"(?:main|flagship|big|small|new|old|downtown"
    r"|other|first|second|mall|city|central) (?:store|shop"
    r"|branch|location)\b"
)
_THESE = re.compile(
    r"\b(?:these|those)(?: (?:two|three|four|five|six|ten|\d+|same|other))? (?P<what>products?|items?|skus?|goods"
    r"|stores"
    r"|locations|departments|categories|brands|suppliers|proposals|orders|tasks)\b(?! (?:that|which|with|who|sold"
    r"|in stock"
    r"|at|of))(?=.*(?:\b(?:most|need|transfer|recommend\w*|why|how|what|which|do|did|are|is|can|should"
    r"|perform\w*)\b|\W*$))"
)
_BARE_ORDER = re.compile(
    r"^\W*(?:please |can you |could you |just |now |then )*(?:change|update|fix|do|move|check|look (?:at|into|up)"
    r"|adjust|correct"
    r"|increase|reduce|lower|raise|order|print|open|close|finish|handle|sort|use|try|run|add|remove|send|set|switch"
    r"|edit"
    r"|look)(?: (?:it|that|this|them|those|these|one|that one|this one|him|her))(?: (?:up|down|out|please|again|too"
    r"|for me|now"
    r"|today|as well|over|off|on))*\W*$"
    r"|^\W*(?:show|tell|give)(?: me| us)? (?:more|some more|more (?:details?|info\w*|of (?:it|that|them)))\W*$"
    r"|^\W*(?:please |can you |could you )*(?:move|transfer|send|order|add|take|put|ship|use)(?: (?:some|more|half"
    r"|all|a few|\d+))?"
    r" of (?:it|that|this|them|those|these)\b"
    r"|\b(?:what|than) you (?:told|said|gave|showed)(?: (?:me|us))?(?: (?:before|earlier|yesterday|last time"
    r"|above))?\W*$"
    r"|^\W*(?:more|details?|go on|continue|and then|next|again|the same|same again)\W*$"
)
_THAT = re.compile(
    r"^\W*(?:please |can you |could you |just )*(?:check|look (?:at|up|into)|find|open|review|track|resolve|cancel"
    r"|update|show(?: me)?"
    r"|pull up|what(?:'s| is| was| happened (?:to|with))?|where(?:'s| is| was)|is|how (?:is"
    r"|was))\b(?: \w+){0,4}? (?:that|this|the same"
    r"|the last|said) (?P<what>order|transaction|receipt|sale|product|item|task|proposal|shipment|delivery|customer"
    r"|promotion"
    r"|campaign|supplier|employee)\b(?: \w+){0,3}\W*$"
)
ONE_STORE = "You can see {store} alone; what other stores do is not yours to see here."
WHAT = (
    "What do you mean? Nothing stands before this in our thread. Say the whole of it: a figure with a store and a "
    "period, or"
    " what is to be changed, of which product, at which store and to what."
)
WHICH_OF = (
    "Which {what} do you mean? Nothing stands before this in our thread. Give its name or number, or say when and "
    "at which"
    " store it was."
)
THESE = (
    "Which {what} do you mean? Nothing before this in our thread names any. Name them, or ask for them first, for"
    " example"
    " “best sellers last week”, and then go on about them."
)
NO_BENCHMARK = (
    "I know no benchmarks of other businesses, so I cannot call a figure good or bad by itself. I can hold it"
    " against your own"
    " past, against the other stores or against a target: ask “{example} by store”, “{example} last month against"
    " the month"
    " before”, “are we on target?”."
)
WHICH = (
    "Which one do you mean? Name a figure and what to look at, for example “best store by net sales last week”,"
    " “compare"
    " Market Street and Harbor Point”, “gross margin by department”."
)
STORE = "Which store do you mean? You can see {stores}."
_SAID = {
    "net_sales": "net sales", "gross_margin": "gross margin", "gross_margin_pct": "gross margin %",
    "conversion": "conversion", "transactions": "transactions", "units_per_transaction": "units per transaction",
    "discount_rate": "discount rate", "average_transaction_value": "average basket value",
    "refund_rate": "refund rate", "labour_cost_pct": "labour cost %",
    "sales_per_labour_hour": "sales per labour hour",
}  # fmt: skip


def read(text: str, around: Surroundings) -> Plan | None:
    """What is asked back; None for a question that says what it is about."""
    reading = Reading.of(text)
    whole = reading.text
    if _JUDGED.search(whole):
        metrics = take_metrics(reading)
        return Plan(text=NO_BENCHMARK.format(example=_SAID.get(metrics[0], "net sales") if metrics else "net sales"))
    if _PROMOTION.search(whole):
        return Plan(text=PROMOTION)
    if _THERE.search(whole) and len(around.stores) > 1:
        return Plan(text=STORE.format(stores=", ".join(store.name for store in around.stores)))
    if _WHICH_ONE.search(whole):
        return Plan(text=WHICH)
    if _BARE_ORDER.search(whole):
        return Plan(text=WHAT)
    if that := _THAT.search(whole):
        return Plan(text=WHICH_OF.format(what=that["what"]))
    if these := _THESE.search(whole):
        return Plan(text=THESE.format(what=these["what"]))
    vague = _SINGLE_STORE.search(whole)
    known = any(word in store.name.lower() for store in around.stores for word in _words(vague[0] if vague else ""))
    if vague and len(around.stores) == 1 and not known:
        return Plan(text=ONE_STORE.format(store=around.stores[0].name))
    if vague and len(around.stores) > 1 and not known:
        return Plan(text=STORE.format(stores=", ".join(store.name for store in around.stores)))
    return None


def _words(said: str) -> list[str]:
    return [word for word in said.split()[:-1] if len(word) > 3]
