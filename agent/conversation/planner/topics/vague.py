"""Questions that cannot be answered as they stand, and what is asked back: “is that good?”, “which one is best?”.

A thread that has an answer before such a question is looked at first; here nothing stands before it, or it asks for a
judgement that no data of the stores holds.
"""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan
from agent.conversation.planner.reading import Reading
from agent.conversation.planner.wording.words import take_metrics
from agent.conversation.surroundings import Surroundings

_JUDGED = re.compile(
    r"^\W*(?:so |and |but |ok |okay )*(?:is|are|was|were) (?:(?:my|our|the|these|those) (?:numbers?|figures?|results?"
    r"|kpis)|that|this|it|these|those|they|we|\$?[\d.,]+ ?[%kmx]?|an? \$?[\d.,]+ ?%?)(?: [\w%]+){0,4} (?:good|bad"
    "|normal|okay|ok|healthy|high|low|enough|great|poor|fine|acceptable|average|right|correct|much|many"
    r"|(?:a )?lot)\W*$|\bwhat(?:'s| is| would be| counts as) (?:an? )?(?:good|normal|healthy|typical|acceptable|ideal"
    r"|decent|industry(?: average)?|benchmark)\b|\b(?:industry|market|national) (?:averages?|benchmarks?|standards?"
    r"|norms?)\b|\bbenchmarks? (?:for|against)\b|\b(?:compar\w*|against|versus|vs\.?|than|rank\w*|line with|up to|fare"
    r"|benchmark\w*|below|above|ahead of|behind|relative to|next to)\b[^?]*\b(?:(?:other|rival|competing|similar"
    r"|comparable|peer|nearby|neighbou?ring|local|average|typical) (?:(?:local|independent|small|similar|nearby) "
    r")*(?:grocers?|(?:grocery |food |convenience |retail )?(?:merchants?|retailers?|businesses|companies|chains)"
    r"|(?:grocery|food|convenience) (?:stores?|shops?)|supermarkets?)|(?:my |our |the )?(?:peers|industry|competitors?"
    r"|competition|rivals)|the panel|the market(?! (?:street|road|square|place)))\b"
)
_WHICH_ONE = re.compile(
    r"^\W*(?:and |so |but |ok |okay )*(?:which|what)(?: (?:one|ones|of (?:them|these|those)))?(?: (?:is|are|was"
    r"|were))? ?(?:the )?(?:best|worst|better|higher|highest|lowest|lower|bigger|biggest|first|top)\W*$|^\W*(?:and "
    r"|so )?(?:what|how) about (?:the )?(?:other|others|rest|other ones?|second one)\W*$|^\W*(?:please "
    r"|can you )?(?:compare|show|explain|list) (?:them|these|those|it|that)(?: all| again)?\W*$|^\W*(?:please "
    "|can you )?(?:show|give|send)(?: me| us)? (?:the|my|our|all(?: the)?|some) (?:data|stuff|info|information"
    r"|details)\W*$|\bthe (?:thing|one|stuff|topic|issue|report) (?:that )?(?:we|you|i) (?:talked|spoke|discussed"
    r"|mentioned|asked|told|chatted)\b|^\W*what(?:'s| is| are) (?:our|my|the) (?:number|figure|result|score|numbers?"
    r"|status)s?\W*$"
)
_THERE = re.compile(
    r"\b(?:sell|sold|make|made|do|take|took|earn) there\W*$|^\W*(?:how|what) (?:is|was|are) it (?:doing )?there\b"
)
_PROMOTION = re.compile(
    r"\b(?:the|that) (?:big|main|new|old|famous|special|other|last|latest|previous|summer|winter"
    r"|spring) (?:promo(?:tion)?|campaign|offer)\b"
)
PROMOTION = (
    "Which promotion do you mean? Name it, or ask “promotion lift last month” or “promotion lift by promotion” for all."
)
_SINGLE_STORE = re.compile(
    r"\b(?:the )?(?:other|next|neighbou?ring) districts?\b|(?<!\bno )(?<!\bany )\b(?:the )?(?:main|flagship|big|small"
    r"|new|old|downtown|other|first|second|mall|city|central) (?:store|shop|branch|location)\b"
)
_THESE = re.compile(
    r"\b(?:these|those)(?: (?:two|three|four|five|six|ten|\d+|same|other))? (?P<what>products?|items?|skus?|goods"
    r"|stores|locations|departments|categories|brands|suppliers|proposals|orders|tasks)\b(?! (?:that|which|with|who"
    r"|sold|in stock|at|of))(?=.*(?:\b(?:most|need|transfer|recommend\w*|why|how|what|which|do|did|are|is|can|should"
    r"|perform\w*)\b|\W*$))"
)
_BARE_ORDER = re.compile(
    r"^\W*(?:please |can you |could you |just |now |then )*(?:change|update|fix|do|move|check|look (?:at|into|up)"
    "|adjust|correct|increase|reduce|lower|raise|order|print|open|close|finish|handle|sort|use|try|run|add|remove"
    "|send|set|switch|edit|look)(?: (?:it|that|this|them|those|these|one|that one|this one|him|her))(?: (?:up|down"
    r"|out|please|again|too|for me|now|today|as well|over|off|on))*\W*$|^\W*(?:show|tell|give)(?: me| us)? (?:more"
    r"|some more|more (?:details?|info\w*|of (?:it|that|them)))\W*$|^\W*(?:please |can you |could you )*(?:move"
    r"|transfer|send|order|add|take|put|ship|use)(?: (?:some|more|half|all|a few|\d+))? of (?:it|that|this|them|those"
    r"|these)\b|\b(?:what|than) you (?:told|said|gave|showed)(?: (?:me|us))?(?: (?:before|earlier|yesterday|last time"
    r"|above))?\W*$|^\W*(?:more|details?|go on|continue|and then|next|again|the same|same again)\W*$"
)
_THAT = re.compile(
    r"^\W*(?:please |can you |could you |just )*(?:check|look (?:at|up|into)|find|open|review|track|resolve|cancel"
    "|update|show(?: me)?|pull up|what(?:'s| is| was| happened (?:to|with))?|where(?:'s| is| was)|is|how (?:is"
    r"|was))\b(?: \w+){0,4}? (?:that|this|the same|the last|said) (?P<what>order|transaction|receipt|sale|product|item"
    r"|task|proposal|shipment|delivery|customer|promotion|campaign|supplier|employee)\b(?: \w+){0,3}\W*$"
)
_FRAGMENT = re.compile(
    r"^\W*(?:and |so |but |ok(?:ay)? |now |then |please |can you |could you )*(?:"
    r"(?:as|in) (?:an? )?(?:%|percent(?:age)?|per cent|share)(?: of (?:the |our |net )?\w+)?"
    r"|(?:only|just) (?:the )?(?:ones|those)\b.{0,40}|(?:the|that) (?:first|second|third|last|other|top|bottom)"
    r" (?:one|ones)"
    r"|(?:order|re-?order|mark down|discount|count|transfer|move|cancel|do|undo|schedule) (?:it|them|that"
    r"|those|these)"
    r"|(?:break|split) (?:it|that|them)(?: down| up)?|(?:make|set|change) (?:it|that)(?: to)? [$€£]?[\d.]+ ?%?"
    r"|what (?:do|did) (?:they|those|these) (?:buy|spend|order|cost|sell)|how many of (?:those|them|these)"
    r"|who (?:did|made|ordered|approved) (?:it|that|them|those)|which ones?|show me(?: (?:it|that|them|more))?"
    r"|(?:(?:as|in) )?(?:an? )?(?:csv|excel|spreadsheet|pdf|chart|graph|plot)(?: (?:it|that|them|of (?:it|that|them)))?"
    r")(?: (?:please|then|now|instead|again))*\W*$"
)
"""What only makes sense behind something else."""
_SURE = re.compile(
    r"^\W*(?:and |so |ok |okay )*(?:(?:what(?:'s| is| are| was)|how (?:high|big|large|wide) (?:is|are)) (?:the "
    r"|your |its |an? )*"
    r"(?:confidence(?: levels?| intervals?| scores?)?|level of confidence|margins? of error|error margins?|certainty"
    r"|statistical significance)|how (?:confident|sure|certain) (?:are you|is (?:it|this|that))"
    r"(?: (?:about|of|in|on) (?:it|this|that|these|those))?)\W*$"
)
SURE = (
    "Of which figure? What the tills counted is counted and carries none; what is estimated says its range "
    "beside it, as "
    "“promotion lift last month” and “forecast sales next week” do."
)
_HOLIDAYS = re.compile(
    r"^(?!.*\b(?:promo\w*|coupons?|mailers?|staff|pay|schedule|hours?|open|coming|next|upcoming|which|when|on "
    r"holiday)\b)"
    r"(?=.*\b(?:lift|uplift|boost|bump|increase|impact|effect|change|surge|spike)\b)"
    r".*\b(?:(?:public |bank |the )?holidays?(?: season)?|holiday (?:sales|season|period|weekend|shopping))\b"
)
HOLIDAYS = (
    "Which holiday? Days are held against days, one holiday at a time: “sales on Labor Day against the week before”, "
    "“traffic on Memorial Day against the week before”."
)
ONE_STORE = "You can see {store} alone; what other stores do is not yours to see here."
WHAT = (
    "What do you mean? Nothing stands before this in our thread. Say the whole of it: a figure with a store and a "
    "period, or what is to be changed, of which product, at which store and to what."
)
WHICH_OF = (
    "Which {what} do you mean? Nothing stands before this in our thread. Give its name or number, or say when and at "
    "which store it was."
)
THESE = (
    "Which {what} do you mean? Nothing before this in our thread names any. Name them, or ask for them first, for "
    "example “best sellers last week”, and then go on about them."
)
NO_BENCHMARK = (
    "I know no benchmarks of other businesses, so I cannot call a figure good or bad by itself. I can hold it against "
    "your own past, against the other stores or against a target: ask “{example} by store”, “{example} last month "
    "against the month before”, “are we on target?”."
)
WHICH = (
    "Which one do you mean? Name a figure and what to look at, for example “best store by net sales last week”, "
    "“compare Market Street and Harbor Point”, “gross margin by department”."
)
STORE = "Which store do you mean? You can see {stores}."
_SAID = {
    "net_sales": "net sales", "gross_margin": "gross margin", "gross_margin_pct": "gross margin %",
    "conversion": "conversion", "transactions": "transactions", "units_per_transaction": "units per transaction",
    "discount_rate": "discount rate", "average_transaction_value": "average basket value",
    "refund_rate": "refund rate", "labour_cost_pct": "labour cost %",
    "sales_per_labour_hour": "sales per labour hour",
}  # fmt: skip


def how_sure(text: str) -> Plan | None:
    """What is said of how sure a figure is, in a thread too; None for every other question."""
    return Plan(text=SURE) if _SURE.search(Reading.of(text).text) else None


def fragment(text: str) -> Plan | None:
    """What is asked back where a message only makes sense behind another; None for every other."""
    return Plan(text=WHAT) if _FRAGMENT.match(Reading.of(text).text) else None


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
    if (unsure := how_sure(text)) is not None:
        return unsure
    if _HOLIDAYS.search(whole):
        return Plan(text=HOLIDAYS)
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
