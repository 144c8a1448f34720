"""How people ask what is behind a change: patterns of ``topics.why``, longer phrases before shorter ones."""

from __future__ import annotations

import re

MOVES = (
    r"(?:chang\w*|dropp?\w*|fall\w*|fell|declin\w*|decreas\w*|dip\w*|slump\w*|slid\w*|rise|rising|rose|risen"
    r"|increas\w*|grow\w*|grew|growth|jump\w*|spik\w*|surg\w*|improv\w*|gain\w*|loss(?:es)?|lost|shrank|shrunk|gap"
    r"|swings?|variance|differences?|underperform\w*|outperform\w*|shortfall|uplift|move(?:d|ment)?|tank\w*|crash\w*"
    r"|plung\w*|soar\w*|slow(?:er|down|ed)?|weak\w*|soft(?! drinks?\b)\w*|poor\w*|bad(?:ly)?|worse|worst|better|best"
    r"|good|great|strong\w*|high(?:er)?|low(?:er)?|down|up|off|behind|ahead|miss(?:ed|ing)?|beat(?:en)?|hit|short"
    r"|under|below|above|quiet\w*|busy|busier|flat|unusual\w*|less|more|fewer|well|trending|performance|results?)"
)
_CHANGE = r"(?:change|drop|fall|rise|increase|decrease|decline|growth|variance|gap|difference)"
_CAUSE = (
    "(?:reasons?|causes?|caused|causing|drivers?|drove|driven|driving|moved|moving|explains?|explained|behind"
    r"|lies behind|led to|made|pushed|pulled|dragged|hurt|helped|contribut\w+)"
)
WHY = re.compile(
    r"\bwhy\b|\bhow come\b|\broot[- ]cause|\bwhat(?:'s| is| was| were| are| has| have"
    rf"| had)?(?: been)? (?:the )?(?:main |key |real |biggest )*{_CAUSE}\b|\b(?:reasons?|drivers?) (?:for|of|behind)\b"
    r"|\bexplain\w*\b|\bwhat(?:'s| has| is)? (?:happen(?:ed|ing)|chang(?:ed|ing)|went (?:wrong|well|right|on)"
    r"|going (?:wrong|on))\b|\b(?:decompos\w+|break(?: ?down)?|split(?: up)?) (?:the |our |this "
    rf"|that )*(?:\w+ ){{0,3}}{_CHANGE}\b|\bwhat's up with\b|\battribut\w+ (?:the )?{_CHANGE}\b"
)
BARE = re.compile(r"\W*(?:but |and |so |ok )*(?:why(?: so| not| that)?|how come|explain(?: please)?)\W*")
OTHER_SUBJECT = re.compile(
    r"\b(?:finance|accounting|accounts?|reports?|spreadsheets?|invoices?|forecast\w*|predict\w*|orders? (?:not|late)"
    r"|re-?order\w*|inventory|in[- ]stock|out[- ]of[- ]stock|stock\w*(?! market)|on hand|shrink\w*|waste\w*|refund\w*"
    r"|voids?|voided|no[- ]sales?|overrides?|(?<!by )(?:employees?|cashiers?)|staff\w*|associates?|shifts?|rota"
    r"|labou?r|wages?|schedul\w*|churn\w*|loyalty|coupons?|campaigns?|promo\w*|suppliers?|vendors?|deliver\w*"
    r"|planogram|feedback|complain\w*|ratings?|reviews?|weather|rain\w*|how .* (?:works?|calculated|computed|defined"
    "|measured)|mean(?:s|t)?|definition|formula|segments?|cohorts?|households?|baskets? analysis|bought together"
    r"|price (?:of|for)|shelf|shelves|wifi|website|app)\b|\b(?:by|per|for each) (?:brand|manufacturer|channel|register"
    r"|region|district|segment|customer|tender|payment|day|week|weekday|month)s?\b|\bwhy (?:did|do|are|were|can't"
    r"|cannot|won't|don't|didn't|should|would) (?:you|i)\b|\b(?:this|that|the|your) (?:number|figure)s? (?:is "
    r"|are )?(?:differ\w*|wrong|off)\b|\bdiffers? from\b"
)
TARGET = re.compile(
    r"\b(?:miss(?:ed|ing|es)?|hit|beat|behind|below|under|off|short of|fall(?:ing)? short of|fell short of|above|over"
    r"|ahead of|exceed(?:ed|ing)?|reach(?:ed)?|ma[dk]e|on|to|against|versus|vs\.?|from)? ?(?:the |our |its |their |my "
    r"|sales |revenue |monthly |weekly |daily )*(?:targets?|budgets?|goals?|quotas?)\b"
)
BY = re.compile(
    r"\b(?:broken down |split )?by (?:the )?(?P<by>department|category|hour|store|employee|cashier|product)(?:s\b"
    r"|\b)(?: of (?:the )?day)?"
)
AND_WHY = re.compile(r"\b(?:and|but) (?:explain |tell me |say )?(?:why|how come)\b")
_STORES = r"(?:stores|shops|locations|branches|store|shop|location|branch)"
_BELOW = (
    "(?:(?:running|trading|performing|selling) )?(?:below|under) (?:the |its |their |own |usual |normal |four-week )*"
    "(?:baseline|norms?|normal|usual|trend|run rate)"
)
_BEHIND = (
    r"(?:under-?perform\w*|struggl\w+|lagging|worst|weakest|in trouble|falling behind|fell behind|are down|were down"
    "|(?:doing|did|performed|performing) (?:the )?(?:badly|poorly|worst|worse|bad)|(?:fell|dropped"
    "|declined) (?:the )?most|need(?:s|ing)? (?:(?:my |our |the |more |most |some |urgent |immediate )*)(?:attention"
    r"|interventions?|help|support)(?: (?:first|most|now))?"
    rf"|{_BELOW})"
)
UNDERPERFORMING = re.compile(
    rf"\b(?:which|what|any|our|the|list|show|rank|are there)\b.{{0,40}}\b{_STORES}\b.{{0,40}}\b{_BEHIND}\b"
    rf"|\b(?:under-?perform\w*|struggling|lagging|worst|weakest|worst[- ]performing) (?:\w+ )?{_STORES}\b"
)
BELOW_NORM = re.compile(rf"\b{_BELOW}\b")
"""Below its own past: no period to compare with, though “normal” may be one."""
THE_AVERAGE = re.compile(
    r"\b(?:when )?(?:compared?|relative|in comparison|versus|vs\.?|against|below|than|under|as)(?: (?:to|with|against"
    r"|of))?(?: the| our| all| their| its| my)* (?:(?:(?:outlet|store|format|shop|peer|size|cluster)(?: (?:type"
    r"|group|format|size|cluster))?|chain|company|stores?|district|regional?|fleet|network|group"
    r"|overall)(?:'s)? )?(?:average|mean|others|other stores|peers?|rest|peer stores)(?: (?:in|of|across) (?:the|my"
    r"|our) \w+)?\b"
)
"""The other stores as what one is held against: each is held against its own past, which the answer says."""
CLAIMED = re.compile(
    rf"\b{_BEHIND}\b"
    r"|\b(?:why|how come|root[- ]cause(?: analysis)?(?: of| for| on)?|explaining|explanation|happen(?:ed|ing)?|went"
    r"|wrong|going on|decompos\w+|break(?: ?down)?|split(?: up)?|attribut\w+|analysis|analy[sz]e|what's up with|main"
    "|key|real|understand|sudden(?:ly)?|significant(?:ly)?|sharp(?:ly)?|big|huge|large|small|slight(?:ly)?|so much"
    "|customers?|people|trade|trading|business|store'?s?|numbers?|figures?|reached|exceeded|failed|fail|not|didn't"
    rf"|did not|couldn't|struggl\w+|lagging|trouble|attention|needs?|any|{_CAUSE}|{MOVES})\b"
    r"|(?<![\w.])\d+(?:\.\d+)? ?(?:%|percent\b|per cent\b|points?\b)"
)
_PART = (
    r"(?:(?:foot ?)?traffic|visitors?|footfall|tickets?|baskets?(?: sizes?)?|ticket sizes?|average (?:basket|ticket"
    r"|transaction)(?: (?:size|value))?|prices?|pricing|mix|volume|units?|conversion|items per basket|transactions?)"
)
PARTS = re.compile(
    rf"(?:[-,:;(]| is it| whether it is| because of| due to| or is it)+ *(?:more |fewer |the )?{_PART}(?:,? (?:or|and"
    rf"|vs\.?|versus) (?:the )?{_PART}|, {_PART})+\W*$"
)
"""The parts a change may lie in, offered for choice: the explanation tells every one of them."""
SUBJECT = re.compile(rf"\b(?:sales?|sold|sell(?:ing)?|revenue|takings|turnover|we|our|{MOVES})\b")
STRONG = re.compile(
    r"\b(?:than|versus|vs\.?|against|compared (?:to|with|against)|relative to|in comparison (?:to|with))(?: (?:in|on"
    r"|the|our))*\s*$"
)
WEAK = re.compile(
    r"\b(?:up|down|change\w*|fell|fallen|drop\w*|rose|risen|grew|grown|declin\w*|decreas\w*|increas\w*)(?: \w+)? (?:on"
    r"|from|over|since)(?: the)?\s*$"
)
PAST = re.compile(
    r"^(?:last|previous|prior|same|usual|normal|norm|four|4|an? \w+ (?:ago|earlier)|\w+ \w+ (?:ago|earlier)"
    "|(?:the )?(?:week|month|day|year|quarter|period) (?:before|prior))"
)
FROM_TO = re.compile(r"^from (?P<other>.+?) (?:to|until|till|through|-) (?P<base>.+)$")
_LEAD = r"(?:but |and |so |ok(?:ay)?,? |hm+,? |please |do you know |tell me |can you (?:tell me|explain) )*"
_POINTER = r"(?:that|this|it|they|we|sales|the|change|drop|fall|rise|number|figure|here|there|then|for|of|behind)"
_NORMAL = (
    "(?:normal|usual|unusual|noise|within (?:the )?(?:noise|normal(?: range)?)|expected|significant|a lot|abnormal"
    "|typical|random|an? (?:outlier|anomaly|blip))"
)
AGAIN = re.compile(
    rf"^\W*{_LEAD}(?:(?:why|how come)(?: exactly)?(?: (?:is|was|were|are|did|has|have|do"
    rf"|does)(?:n't)?)?(?: {_POINTER})*(?: (?:so|be|been|happen\w*|much|go|going|the case|\w*ly|like"
    rf"|not))*(?: {MOVES})*|what(?:'s| is| was| has)? (?:happen\w*|caus\w+|driv\w+|drove|behind|the (?:reason|cause"
    rf"|driver)s?|explains?|chang\w+|went (?:wrong|on))(?: {_POINTER})*|explain(?: (?:{_POINTER}|why|increase|decline"
    "|difference|please|to me))*|what(?:'s| is| was| has been)? (?:dragging|hurting|pulling|holding|weighing on"
    rf"|pushing|lifting|helping)(?: (?:{_POINTER}|us|down|back|up))*|root cause(?: (?:{_POINTER}|analysis))*|drivers"
    rf"|(?:(?:is|was) (?:that|this|it)|that's)(?: \w+)? {_NORMAL}(?: .{{0,30}})?)\W*$"
)
"""A question for the reasons of what was answered before, or whether it is usual."""
PROFIT = re.compile(r"\bprofits?\b|\bmargin (?:dollars?|value|money)")
