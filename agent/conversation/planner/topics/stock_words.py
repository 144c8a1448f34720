"""How people speak of stock: one row per subject, the more particular before the more general."""

from __future__ import annotations

import re
from dataclasses import dataclass

DEAD, RISK, OUT, LOST, OVER, SLOW, SHRINK, TURN, CLASSES, TRANSFER, PHANTOM, FAST, ORDERS, REORDER, COVER, LEVELS = (
    "dead_stock",
    "stockout_risk",
    "out_of_stock",
    "lost_sales",
    "overstock",
    "slow_stock",
    "shrink_and_waste",
    "stock_productivity",
    "abc_xyz",
    "transfer_candidates",
    "phantom_stock",
    "fast_movers",
    "on_order",
    "reorder_suggestions",
    "stock_cover",
    "stock_levels",
)
LIST = "reorder_list"


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject: its tool, what claims it, words that belong to it, and the arguments that its tool takes."""

    tool: str
    claim: re.Pattern[str]
    words: re.Pattern[str]
    slots: tuple[str, ...]
    splits: frozenset[str] = frozenset()


NOT_OURS = re.compile(
    r"^\W*(?:but |and |so )*why\b|\bmark ?(?:ed )?downs?\b|\bclearance\b|\b(?:forecast|predict)\w*|\bcreate\b"
    r"|\btasks?\b|\bpropos\w+|\bpick-?up orders?\b|\bonline orders?\b|\bpending\b|\b(?:stock|share) (?:market|price)\b"
    r"|\b(?:delete|update|set|change|adjust|correct|cancel|approve) (?:the |our |my )?(?:stock|inventory|levels?"
    r"|counts?|order)|\b(?:send|submit|place) (?:an? |the |another )?(?:purchase )?(?:order|po)\b|\bemployees?\b"
    r"|\bcustomers?\b|^\W*(?:please |can you |could you )*(?:re-?order|order|buy|restock|replenish|transfer|move"
    r"|ship) (?:\w+ )?(?:\d|more\b|some\b)|\bpromotion\w*|\bexplain\b|\bgift cards?\b"
)  # fmt: skip
"""Commands, causes and neighbouring subjects that only mention stock."""

_COMMON = (
    "show(?: me)?|give me|list|report|what(?:'s| is| are| do| does| can| should| have)?|which|how (?:much|many|long"
    "|is|are)|tell me|products?|items?|skus?|goods|units?|pieces|stock|inventory|currently|current|now|at the moment"
    "|all products|across all|just|do we have|have we got|we have|do i have|is there|are there|are we|am i|the total"
    r"|totals?|(?:up to )?(?:\w+ )?examples?|analysis|overview|summary|status|left|worth|money|value|there|any|please"
    "|risk|at risk|need|needs|of which|to us|us|for us|our|my|the|most|biggest|top|worst|best|highest|lowest|tied up"
    "|in store|counting|full|list of|is it|it"
)  # fmt: skip


def _subject(tool: str, claim: str, words: str, slots: str, splits: str = "") -> Subject:
    return Subject(
        tool,
        re.compile(claim),
        re.compile(rf"(?<![\w-])(?:{words}|{_COMMON})(?![\w-])"),
        tuple(slots.split()),
        frozenset(splits.split()),
    )


NOT_SOLD = (
    r"(?:(?:has|have|had|is|are|was|were|did|do|does)(?:n't| not| never) (?:been )?(?:sold|sell|selling|mov\w+"
    "|had (?:a )?sales?|shifted)|(?:not|never) (?:been )?(?:sold|selling|moved|moving)|unsold|no (?:sales?|movement)"
    "|without (?:a |any )?(?:sales?|movement))"
)  # fmt: skip
_SOLD_FOR = r"(?:in|for|over|within|since|during)"
_HELD = r"(?:in stock|on hand|on the shel(?:f|ves)|in (?:our |the )?inventory|sitting|stock|inventory)"
_NO_GOODS = (
    r"(?:[^?]*\b(?:customers?|shoppers?|members?|households?|guests?|sales|traffic|footfall|visitors|business|staff"
    r"|managers?|employees?|team|i|you|we|they|he|she)\b)"
)
"""What comes back without having been sold out: “when will customers come back”."""
_OUTS = r"(?:stock[- ]?outs?|out[- ]of[- ]stocks?|oos)"

SUBJECTS: tuple[Subject, ...] = (
    _subject(
        LOST,
        rf"\blost sales\b|\bmissed sales\b|\b(?:los(?:es?|t|ing)|miss(?:ed|es|ing)?) (?:\w+ ){{0,3}}(?:to|from"
        rf"|because of|due to|through) (?:\w+ )?(?:{_OUTS}|empty shel)|{_OUTS}s? (?:\w+ ){{0,3}}cost"
        rf"|\bcost (?:\w+ ){{0,3}}{_OUTS}|\bbeing out of stock cost|\bempty shelves cost",
        rf"lost sales|missed sales|los(?:es?|t|ing)|miss(?:ed|es|ing)?|sales|to|from|because of|due to|through"
        rf"|{_OUTS}|did|do|does|have|has|cost(?:ing)?|empty shelves|being|hurt|estimated?|revenue|in|were|was|of",
        "period stores product department limit",
        "store department category supplier",
    ),
    _subject(
        SHRINK,
        r"\bshrink(?:age)?\b|\bwast(?:e|age)\b|\bthrown (?:away|out)\b|\bspoil(?:ed|age|t)\b|\bthr(?:ow|ew|own"
        r"|owing)(?: \w+){0,2} away\b|\bwrit(?:e|ten)[- ]?offs?\b|\binventory loss(?:es)?\b|\bstock loss(?:es)?\b"
        r"|\bunexplained (?:stock |inventory )?(?:loss(?:es)?|differences?)\b",
        "shrink(?:age)?|wast(?:e|age)|thrown (?:away|out)|got|get|gets|spoil(?:ed|age|t)|thr(?:ow|ew|own"
        r"|owing)(?: \w+){0,2} away|writ(?:e|ten)[- ]?offs?|loss(?:es)?|did we|unexplained|differences?|rates?|%"
        "|percent(?:age)?|at (?:retail|cost)(?: price)?|goods|food|as a (?:share|percentage) of sales|and|did|of"
        r"|contribut\w+|driv\w+|caus\w+|account\w* for|behind|highest|lowest|consistent|steady|stable|rising|falling"
        r"|changing|improving|worse|trend\w*|variance|adjustments?|discrepanc\w+|by value",
        "period stores department",
        "store department category product reason week month",
    ),
    _subject(
        TURN,
        r"\bsell[- ]?through\b|\bgmroi\b|\b(?:stock|inventory)[- ]?turn(?:s|over)?\b|\breturn on (?:inventory"
        r"|stock)\b|\bgross margin return\b",
        "sell[- ]?through|gmroi|(?:stock|inventory)[- ]?turn(?:s|over)?|(?:gross margin )?return on (?:inventory"
        "|stock)(?: investment)?|rates?|%|percent(?:age)?|gross margin return|for|was|have the",
        "period stores product department",
        "store department category",
    ),
    _subject(
        CLASSES,
        r"\babc\b|\bxyz\b|\b80 ?(?:%|percent|per cent) of (?:our |the |my )?(?:sales|revenue|margin|turnover)\b"
        r"|\bpareto\b|\bclass [abcxyz]{1,2}\b(?= (?:items?|products?|skus?))|\b(?:items?|products?"
        r"|skus?)\b.{0,15}\bclass [abcxyz]{1,2}\b",
        "class [abcxyz]{1,2}|abc[- /]?xyz|abc|xyz|analysis|class(?:es|ification)?|make|80 ?(?:%|percent|per cent) of"
        "|sales|revenue|margin|turnover|pareto|a|b|c|items|run|do|an|by|and|for|up|account for",
        "stores department",
    ),
    _subject(
        PHANTOM,
        r"\bphantom\b|\bghost (?:stock|inventory|items?)\b|\b(?:should|need to|must) (?:we "
        r"|i )?(?:be )?(?:re)?count(?:ed)?\b|\bcycle count\b|\b(?:on hand|in stock|on the books)\b.{0,25}\b(?:not"
        r"|isn't|aren't|hasn't|haven't|n't)\b (?:been )?sell\w* (?:as|like|at)|\bnot selling as expected\b"
        r"|\binventory (?:record )?(?:accuracy|inaccurac\w+)\b",
        "phantom|ghost|on hand|in stock|on the books|but|not|isn't|aren't|hasn't|haven't|selling|as expected"
        "|as (?:it|they) should|like it should|(?:should|need to|must)|we|i|be|(?:re)?count(?:ed)?|cycle count|first"
        r"|suspected|record|accuracy|inaccurac\w+|for|as usual",
        "stores department limit",
    ),
    _subject(
        TRANSFER,
        r"\btransfer (?:candidates?|opportunit\w+|suggest\w+|ideas?)\b|\b(?:can|could|should|worth|to) (?:we |i "
        r"|be )?transfer\w*\b|\b(?:can|could|should) (?:we|i) (?:move|send|ship|shift) .{2,40} (?:from|to) \w"
        r"|\b(?:what|which)\b.{0,25}\b(?:should|could|can|to) (?:we |i |be )?(?:move|moved|transfer|ship|shipped"
        r"|send) from .+ to \w|\b(?:can|could) .{3,30} (?:lend|spare|give) (?:us|me)\b|\btransfer\w* between\b"
        r"|\b(?:move|shift|re-?balance|balance) (?:some |our |the )?(?:stock|inventory|goods)\b|\b(?:surplus"
        r"|spare)\b.{0,40}\b(?:stores?|stock|of|for)\b|\b(?:another|other|which|nearby"
        r"|any) stores?\b.{0,30}\b(?:help(?: out)?|spare|surplus|extra|too much)\b|\bwho has (?:a )?(?:surplus|spare"
        r"|extra|too much)\b",
        r"transfer\w*|moved|shipped|candidates?|opportunit\w+|suggest\w+|ideas?|can|could|should|worth|be|we|i|send"
        "|ship|lend|spare|us|between(?: (?:our |the |my )?(?:stores|shops))?|move|shift|re-?balance|balance|some"
        "|goods|surplus|spare|extra|too much|who has|a|another|other|which|nearby|stores? (?:can|could|has|have"


                "|with)|stores|help(?: out)?|anything|something|instead of (?:re-?ordering|ordering|buying)(?: "
                "(?:more|it|them))?|of"
            "|to|from|within the district|has|have",
        "stores product department limit",
    ),
    _subject(
        ORDERS,
        r"\bin[- ]transit\b|\bon order\b|\bon (?:its|their|the) way\b|\bin-?bound\b|\bincoming (?:stock|units"
        r"|deliver\w+|inventory|goods|orders?)\b|\bopen (?:purchase )?orders?\b|\bopen pos\b"
        r"|\bpurchase orders\b.{0,30}\b(?:open|late|overdue|due|outstanding)\b|\b(?:outstanding|overdue"
        r"|late) (?:purchase )?(?:orders?|deliver\w+|pos)\b|\b(?:deliver\w+|purchase orders?|supplier orders?"
        r"|pos) (?:is |are )?(?:overdue|late|due|outstanding|open)\b|\b(?:what|which|any) (?:deliveries"
        r"|shipments) (?:are|is|do)\b|\b(?:suppliers?|vendors?) (?:is |are )?(?:running )?(?:late|overdue)"
        r"(?= *(?:\W|$| (?:at|in|for) (?!last|this|the last|the past)))|\b(?:late|overdue) (?:suppliers?|vendors?)\W*$"
        r"|\bwhen (?:does|will|is|are|do) .{2,60}\b(?:arriv\w+|be delivered|due in|come in"
        r"|back in(?: stock)?|in stock again|restocked|next delivery)\b"
        rf"|\bwhen (?:does|will|is|are|do) (?!{_NO_GOODS}).{{2,60}}\b(?:be|come|coming) back\b(?! (?:to|from|for)\b)",
        r"in[- ]transit|on order|on (?:its|their|the) way|in-?bound|incoming|deliver\w*|shipments?|open"
        r"|(?:purchase )?orders?|pos|outstanding|overdue|late|due(?: in)?|are|is|when|does|will|do|arriv\w+|be"
        r"|come(?: in)?|expect\w*|next|from suppliers|suppliers?|vendors?|running|back(?: in(?: stock)?)?"
        r"|in stock again|restocked|to (?:the |our )?stores?|have|coming"
        r"|from|of|and",
        "stores product department limit",
    ),
    _subject(
        REORDER,
        r"^\W*(?:re-?order|restock) (?!report|list)[a-z][\w &'-]{1,40}$|\b(?:should|do|must|shall) (?:i"
        r"|we) (?:need to |have to )?(?:re-?order|order|restock|replenish|buy)\b|\btime to (?:re-?)?order\b|\b(?:i"
        r"|we) (?:need|ought|have) to (?:re-?order|restock|replenish|order)\b|\bre-?order (?:points?|suggest\w+"
        r"|recommend\w+|quantit\w+|list|advice)\b|\bneeds? (?:(?:re-?)?ordering|restocking|replenish\w+"
        r"|to be (?:re-?ordered|ordered|restocked))\b|\b(?:should|must|shall) (?!we |i |be |get )[^?]{2,60}? (?:be|get)"
        r" (?:re-?ordered|ordered|restocked|replenished)\b(?! by)|^\W*how (?:much|many) [^?]{2,60}? (?:should|must"
        r"|shall|needs? to|has to|have to) be (?:re-?ordered|ordered|restocked|replenished)\b",
        "how (?:much|many)|should|do|does|must|shall|has to|this|i|we|need to|have to|ought to"
        "|re-?order(?:ing|ed)?|order(?:ing|ed)?|be|get|restock(?:ing|ed)?"
        r"|replenish\w*|buy|time to|re-?order|points?|suggest\w+|recommend\w+|quantit\w+|advice|for|needs?|to be|more"
        "|some|of|yet|soon|today|this week",
        "product stores",
    ),
    _subject(
        COVER,
        r"^(?!.*\b(?:less|fewer|under|below) (?:than )?\d).*(?:\bhow many (?:days"
        r"|weeks) (?:worth )?of [\w &'-]{1,40}? (?:do (?:we|i) have|have we got|left|is left|are left|remain)\b"
        r"|\bdays? (?:of inventory )?on hand\b|\bdays? of (?:stock|cover|supply|inventory)\b|\bweeks? of (?:stock"
        r"|cover|supply|inventory)\b|\b(?:stock|inventory) cover(?:age)?\b|\bhow long (?:will|does|do|would"
        r"|can) .{1,60}\blast\b|\b(?:when|how long (?:until|till|before)) .{0,20}\b(?:we |i )?(?:will (?:we "
        r"|i )?)?run out of\b|\b(?:(?:do|have|are|will|would|shall) (?:we|i) (?:have |got |be |sure of )*|(?:is|are"
        r"|will) there (?:be )?)(?:enough|sufficient) (?!of (?:it|them)\b|staff|people|cash|time|data|employees"
        r"|cashiers|associates|hands|change)\w)",
        "days?|weeks?|of (?:stock|cover|supply|inventory)|(?:stock|inventory) cover(?:age)?|how long|until|till"
        "|before|will|does|do|would|can|last|when|we|i|run out(?: of)?|for|have|of|supply|cover|on hand"
        "|do we have of|enough|sufficient|got|are|sure of|is|there|be|to|through|get through|make it|shall",
        "stores product department",
        "store department category",
    ),
    _subject(
        RISK,
        r"\b(?:will|going to|about to|may|might|could|likely to|close to|at risk of|expected? to"
        r"|gonna)\b.{0,30}\b(?:stock(?:ing)?[- ]?out|run(?:ning)? (?:out|low)|sell(?:ing)? out|(?:be |go "
        r"|going )?out of stock)\b|\brun(?:s|ning)? (?:out|low)\b|\blow (?:on )?(?:stock|inventory)\b"
        r"|\bstock[- ]?outs? (?:risk|soon|next|this|warning|alert)|\bstock[- ]?outs?[- ]risk|\b(?:stock"
        r"|inventory) (?:is |are )?(?:running )?low\b|\b(?:fewer|less) than \d+ .{0,20}\b(?:in stock|left|on hand"
        r"|remaining|of (?:stock|cover|supply|inventory))\b|\b(?:under|below) \d+ (?:units|pieces|days of"
        r"|items) .{0,12}\b(?:stock|left|on hand|cover|supply)\b",
        "will|going to|about to|may|might|could|likely to|close to|at risk of|expected? to|gonna|be|go"
        "|stock(?:ing)?[- ]?outs?|run(?:s|ning)? (?:out|low)(?: of| on)?|sell(?:ing)? out|out of stock|low(?: on)?"
        "|soon(?:est)?|next|first|warnings?|alerts?|we|i|of|in danger of|is|are|on|today|that|levels?|with|in stock"
        "|left|on hand|remaining|of (?:stock|cover|supply|inventory)|fewer|less|than|under|below|have|has|where",
        "stores department limit",
        "store department category",
    ),
    _subject(
        OVER,
        r"\bover-?stock\w*\b|\btoo much (?:stock|inventory)\b|\bexcess(?:ive)? (?:stock|inventory)\b"
        r"|\bsurplus (?:stock|inventory)\b|\b(?:stock|inventory) excess\b",
        r"over-?stock\w*|too much|excess(?:ive)?|surplus|where|do we have|on|by value|in|of|have|has|with",
        "stores department limit",
        "store department category",
    ),
    _subject(
        SLOW,
        r"\bslow[- ]?(?:mov\w+|sell\w+|turning)\b.{0,40}\b(?:stock|inventory|on hand|cannibal\w+|tied up|cash)\b"
        r"|\b(?:stock|inventory|cannibal\w+)\b.{0,40}\bslow(?:ly|est)?[- ]?(?:mov\w*|sell\w*)?|\bslow stock\b"
        r"|\bslow[- ]moving (?:stock|inventory)\b",
        r"slow(?:ly|est)?[- ]?(?:mov\w+|sell\w+|turning)?|with|on hand|still|in stock|cannibal\w+|tied up|cash|is"
        "|something|anything|being|by|another|other|are|moving|selling|that|of|in",
        "stores department limit",
    ),
    _subject(
        OUT,
        r"\bout[- ]of[- ](?:stocks?|shel(?:f|ves))\b|\bnot in stock\b|"
        r"\bstock(?:ed)?[- ]?outs?\b|\bsold out\b|\boos\b|\b(?:no"
        r"|zero) (?:stock"
        r"|inventory)\b|\bcompletely out\b|\boff the shelf\b|\bempty shel(?:f|ves)\b|\b(?:are"
        rf"|do) we (?:\w+ )?out of\b|{_OUTS} (?:rate|list)|\bin[- ]stock (?:rates?|percent(?:age)?|%|availability"
        r"|performance)|\bon[- ]shelf rate\b|\b(?:stock|product|item) availability\b|\bavailability (?:rate|by|per"
        r"|for each)\b|\b(?:percent(?:age)?|share|proportion|%) (?:of )?(?:\w+ ){0,3}?in[- ]stock\b"
        r"|\bnegative (?:stock|inventory|on[- ]hand|quantit\w+|levels?)\b|\b(?:stock|inventory) (?:is "
        r"|are )?below (?:zero|0)\b",
        "out[- ]of[- ](?:stocks?|shel(?:f|ves))|stock(?:ed)?[- ]?outs?|sold out|oos|no|zero|completely|totally|fully"
        "|out|not just|only"
        "|off the shelf|off shelf|empty shel(?:f|ves)|but|in the back ?room|in back|back ?room|are|is|we|of|that"
        "|with|have|has|do|and|not|merely|on the shelf|in|today|rate|list|in[- ]stock|negative|below (?:zero|0)"
        r"|levels?|quantit\w+|percent(?:age)?|share|%|what fraction|on[- ]hand|rates|availability|performance"
        "|proportion|products?|items?|skus?|stock",
        "stores department limit",
        "store department category",
    ),
    _subject(
        FAST,
        r"\bfast(?:est)?[- ]?(?:mov\w+|sell\w+)\b|\b(?:sell\w*|mov\w+) (?:the )?fast(?:est)?\b|\b(?:sales|sell\w*|sku"
        r"|product) velocity\b|\bvelocity\b",
        r"fast(?:est)?[- ]?(?:mov\w+|sell\w+)?|sell\w*|mov\w+|velocity|sales|are|is|of|and"
        "|do we have enough(?: of (?:them|it))?|enough|stock|in stock|with stock|days of cover|by",
        "period stores department limit",
    ),
    _subject(
        LEVELS,
        r"\bin (?:stock|(?:our |the |my )?inventory)\b|\bon[- ]hand\b"
        r"|\b(?:stock|inventory) (?:levels?|value|valuation|worth|position|on hand|by|report|summary|status|check"
        r"|holding)\b|\b(?:value|worth|cost) of (?:our |the |my |all )*(?:stock|inventory)\b"
        r"|\b(?:stock|inventory) (?:of|for|at|in)\b|\bhow (?:much|many) .{0,50}\b(?:stock|inventory)\b"
        r"|\bwhat(?:'s| is) (?:our |my |the )?(?:current )?(?:stock|inventory)\b|\b(?:current|total) (?:stock"
        r"|inventory)\b|\bstock (?:is|are)\b.{0,20}\bworth\b|\b(?:in|is) the back ?room\b|\bhow (?:much"
        r"|many) .{1,50} (?:is|are|do we have|have we|do i have)(?: there| got)? (?:left|remaining)\b"
        r"|\bhow many (?!(?:\w+ )?(?:stores?|shops?|locations?|customers?|members?|transactions?|orders?|employees?"
        "|people|staff|visitors?|sales|promotions?|campaigns?|tasks?|suppliers?|products?|items?"
        r"|skus?)\b).{1,90} (?:do (?:we|you|i) have|have (?:we|i|you) got)(?! (?:sold|to)\b)(?=\W|$)"
        r"|\bhow much (?!(?:\w+ )?(?:money|cash|time|sales|revenue|profits?|margin|discounts?|labou?r|space"
        r"|budget|business|traffic|waste|shrink(?:age)?|growth|debt|tax(?:es)?|tips?|competition)\b)[a-z].{1,40}"
        r" (?:do (?:we|i) have|have (?:we|i) got)(?! (?:sold|to)\b)(?=\W|$)",
        "in (?:stock|(?:our |the |my )?inventory)|on[- ]hand|levels?|valuation|position|report|check|holding|of|for"
        "|at cost|at retail|do we have|have|got|carry|is|are|how much|how many|in the back ?room"
        "|and on the shelf|remaining|available|can you|check|see|by value|do|does|has|by|still|enough|held|stocked",
        "stores product department",
        "store department category",
    ),
)  # fmt: skip

_DEAD = _subject(
    DEAD,
    r"\bdead[- ]?(?:stock|inventory|items?|products?|goods|weight)\b|\bobsolete (?:stock|inventory)\b"
    r"|\bnon-?moving\b|\bag(?:ed|eing|ing) (?:stock|inventory)\b|\b(?:gathering|collecting) dust\b"
    rf"|\b(?:just )?sitting on (?:the|our) shel|{NOT_SOLD}.{{0,50}}\b{_HELD}\b|\b{_HELD}\b.{{0,40}}{NOT_SOLD}"
    rf"|{NOT_SOLD} (?:at all )?(?:so far )?this (?:week|month|year)\b|{NOT_SOLD} {_SOLD_FOR} (?:the |over |more than "
    r"|at least )*(?:last |past )?(?:\d+|\w+) (?:day|week|month)s?\b|\bunsold (?:stock|inventory|items|products)\b",
    "dead[- ]?(?:stock|inventory|items?|products?|goods|weight)?|obsolete|non-?moving|ag(?:ed|eing|ing)"
    rf"|(?:gathering|collecting) dust|(?:just )?sitting|on (?:the|our) shel(?:f|ves)|{NOT_SOLD}|but|still|in stock"
    "|on hand|in (?:our |the )?inventory|with|that|have|has|we|are|is|no longer|selling|sold|by value|of|and|in|for"
    "|longest|being|anything|only",
    "period stores department limit",
    "store department category",
)  # fmt: skip
_ORDER = (
    LOST,
    SHRINK,
    TURN,
    CLASSES,
    PHANTOM,
    DEAD,
    TRANSFER,
    ORDERS,
    REORDER,
    OVER,
    COVER,
    RISK,
    SLOW,
    OUT,
    FAST,
    LEVELS,
)
SUBJECTS = tuple(sorted((_DEAD, *SUBJECTS), key=lambda subject: _ORDER.index(subject.tool)))
"""Every subject, in the order in which they are tried."""
