"""The words of retail, as tables: metrics, splits, rank and number. Longer phrases stand before shorter ones."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.conversation.planner.reading import Reading

_HOUR = r"(?:per|for each|each) (?:(?:labou?r|staff|working|man|worked|staffed|paid|clocked)[ -]?hours?|hours? worked)"
_METRICS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (rf"sales {_HOUR}|splh", ("sales_per_labour_hour",)),
    (
        rf"(?:transactions?|tickets?|receipts?|orders?) {_HOUR}|tplh",
        ("transactions_per_labour_hour",),
    ),
    (rf"(?:units?|items?|pieces) (?:sold )?{_HOUR}|uplh", ("units_per_labour_hour",)),
    (rf"(?:visitors?|traffic|footfall|shoppers?|customers?) {_HOUR}", ("visitors_per_labour_hour",)),
    (
        r"(?:net )?(?:sales|revenue|spend|takings) per (?:visitor|footfall|head (?:through|in) the door)s?",
        ("sales_per_visitor",),
    ),
    (r"sales productivity", ("sales_per_labour_hour",)),
    (
        r"(?:labou?r|wage|staff(?:ing)?|payroll) (?:costs? )?(?:%|percent(?:age)?|ratio|share)",
        ("labour_cost_pct",),
    ),
    (
        (
            "(?:labou?r|wages?|staff(?:ing)?|payroll) (?:costs?|spend(?:ing)?|bill)|(?:spen[dt]|pa(?:y|id)) (?:on|for"
            "|in) (?:labou?r|wages|staff(?:ing)?|payroll)"
        ),
        ("labour_cost", "labour_cost_pct"),
    ),
    (
        (
            r"(?:labou?r|staff|worked|working|clocked) hours|hours(?= (?:going|trending|heading) (?:up|down)\b)"
            r"|hours (?:did \w+ )?work(?:ed)?|hours did (?:the |our )?(?:staff|people|team|employees) work"
        ),
        ("labour_hours",),
    ),
    (
        (
            "(?:biggest|largest|smallest|bigger|larger|highest|lowest) (?:average )?(?:baskets?|tickets?"
            "|carts?)(?: (?:value|size|amount)s?)?|(?:average|avg|mean) (?:transaction|order|basket|ticket|sale"
            "|receipt|spend|cart|check)(?: (?:value|size|amount))?|(?:transaction|order|basket|ticket|cart) (?:value"
            "|size)|spend per (?:customer|visit|basket|transaction)|(?:net )?(?:sales|revenue) per (?:transaction"
            r"|basket|ticket|order)|\batv\b|\baov\b|\babv\b|(?<=and )baskets?(?= (?:this|last|by|for|per|in|yesterday)"
            r"|\s*$)|(?<=, )baskets?(?=,| and)|(?<= on )baskets?(?=,| and|\s*$)"
        ),
        ("average_transaction_value",),
    ),
    (
        (
            "(?:(?:average|avg|mean|typical) )?(?:number of )?(?:different|distinct|unique|separate) (?:products"
            "|items|skus|things) (?:per|in (?:a|an|each|every)|in an average)(?: average| typical)? (?:transaction"
            "|basket|ticket|sale|order|cart|trip|shop)|(?:(?:average|avg"
            "|mean) )?(?:number of )?lines per (?:transaction|basket|ticket|sale|order|receipt)|basket variety"
        ),
        ("lines_per_transaction",),
    ),
    (
        (
            "(?:(?:average |mean |avg )?(?:quantity|number|count|units) of )?(?:units|items|products|pieces)(?:"
            " (?:bought|purchased|sold))? (?:per|in (?:a|each|every|an average)) (?:transaction|basket|ticket|sale"
            r"|order|cart|trip|visit)|\bupt\b|\bipt\b"
        ),
        ("units_per_transaction",),
    ),
    (
        (
            "(?:average |mean )?(?:gross )?(?:profit|margin)s?(?: dollars)? (?:per|on an average|on each"
            "|for each) (?:transaction|basket|ticket|sale|order|receipt)"
        ),
        ("gross_margin_per_transaction",),
    ),
    (
        (
            "(?:gross )?(?:profit )?margin (?:%|percent(?:age)?|rate|ratio)|(?:gm|margin) ?%|percent(?:age)? margin"
            r"|\bgm ?%|\bprofit margins?\b"
        ),
        ("gross_margin_pct",),
    ),
    (
        (
            r"gross (?:margin|profit)s?|\bmargins?\b|\bprofits?\b|(?<!drug )(?<!drug & )(?<!drug and )\bgm\b"
            "|profitability"
        ),
        ("gross_margin",),
    ),
    (r"cost coverage|known[- ]cost share", ("known_cost_share",)),
    (r"costs? of (?:the )?(?:goods?(?: sold)?|sales|merchandise(?: sold)?)|\bcogs\b", ("cost_of_goods",)),
    (
        (
            "(?:average |mean )?discounts? (?:given )?(?:per|on an average|in an average|on each"
            "|for each) (?:transaction|basket|ticket|sale|order|receipt|trip)"
        ),
        ("discount_per_transaction",),
    ),
    (r"discount (?:rate|%|percent(?:age)?|share)|rate of discounts?", ("discount_rate",)),
    (r"discounts?(?: given)?|markdowns? given|money off", ("discounts",)),
    (r"(?:refund|return)s? rate by count", ("refund_rate_count",)),
    (r"(?:refund|return)s? (?:rate|%|percent(?:age)?|share)", ("refund_rate",)),
    (r"returns?|refunds?|refunded|returned", ("returns",)),
    (r"gross (?:sales|revenue|takings)|gmv|gross merchandise value", ("gross_sales",)),
    (r"net (?:sales|revenue|takings)|revenues?|takings|turnover", ("net_sales",)),
    (r"conversion(?: rate)?|convert(?:ed)?", ("conversion",)),
    (
        (
            r"visitors?|foot ?traffic|footfall|\btraffic\b|walk-?ins?|door count|people (?:came|come|walked|walk) in"
            "|people (?:visited|came by|(?:came |come |walked )?through the door)|customers? (?:came|come|walked"
            "|walk)(?: in)?"
        ),
        ("visitors",),
    ),
    (
        (
            "transactions?|(?:number of |how many )(?:baskets|orders|tickets|receipts|sales|checkouts|customers)"
            r"|\bbaskets\b|\borders\b|\btickets\b|\breceipts\b|checkouts|customer count"
        ),
        ("transactions",),
    ),
    ((r"(?:order|transaction|ticket|basket|receipt) (?:volumes?|counts?)"), ("transactions",)),
    (
        (
            r"\bunits?\b|items sold|(?:how many|number of) (?:items|products|pieces|things)|quantit(?:y|ies)"
            r"|sales volume|\bvolume\b|pieces"
        ),
        ("units",),
    ),
)
_METRIC_PATTERNS = tuple((re.compile(rf"(?<!\w)(?:{words})(?!\w)"), names) for words, names in _METRICS)
_BARE_SALES = re.compile(r"\bsales?\b|\bsell(?:s|ing)?\b|\bsold\b|\bmake\b|\bmade\b|\btake\b|\btook\b|\bearn(?:ed)?\b")

_SPLIT_LEAD = (
    "(?:(?:broken|split|grouped|break(?: it| that| them)?|split(?: it| that| them)?) ?(?:down |up |out )?)?(?:by|per"
    "|for each|for every|in each|of each|each|every|across(?: the| all)?|between|among)"
)
_WHICH = r"(?:which|what|best|worst|busiest|slowest|quietest|strongest|weakest|biggest|highest|lowest)"
_NOT_SPAN = r"(?![- ]to[- ]date|[- ]over| of (?:cover|supply|stock)|(?:'s)? (?:of )?\d| before| ago)"
_SPLITS: tuple[tuple[str, str], ...] = (
    (
        (
            rf"{_SPLIT_LEAD} (?:day of (?:the )?week|week ?day)s?|(?:which|what|best|busiest|slowest|quietest"
            "|strongest|weakest) (?:week ?days?|days? of (?:the )?week)"
        ),
        "weekday",
    ),
    (
        (
            rf"{_SPLIT_LEAD} (?:hour of (?:the )?day|hour|time of (?:the )?day)s?|hourly|hour by hour|(?:which|what"
            r"|best|busiest|slowest|quietest|peak|rush|biggest|strongest) (?:\w+ )?(?:hours?|times? of (?:the )?day)"
            "|(?:what|which) time"
        ),
        "hour",
    ),
    (
        (
            rf"{_SPLIT_LEAD} (?:departments?|depts?)|departmental|department by department|(?:rank|ranking|sort"
            "|order) (?:of )?(?:the |our |all )*(?:departments|depts)|(?:departments|depts) with (?:the )?(?:most"
            "|least|highest|lowest|best|worst|fewest|biggest)|(?:which|what|best|worst|top|bottom|strongest|weakest"
            rf"|biggest|highest|lowest|most|least|largest|smallest) (?:\w+ ){{0,2}}(?:departments?|depts?)"
            r"|departments?\b(?= (?:breakdown|split|mix|performance|sales|is|are|did|fell|grew))"
        ),
        "department",
    ),
    (
        (
            rf"{_SPLIT_LEAD} (?:product )?(?:categor(?:y|ies))|(?:rank|ranking|sort|order) (?:of )?(?:the |our "
            "|all )*(?:product )?categories|categories with (?:the )?(?:most|least|highest|lowest|best|worst|fewest"
            "|biggest)|(?:which|what|best|worst|top|bottom|strongest|weakest|biggest|highest|lowest|most|least"
            rf"|largest|smallest) (?:\w+ ){{0,2}}categor(?:y|ies)|category (?:breakdown|split|mix)"
        ),
        "category",
    ),
    (
        (
            rf"{_SPLIT_LEAD} (?:of (?:our|my|the) )?(?:stores?|shops?|locations?|branch(?:es)?)|store by store"
            r"|(?:which|what|best|worst|top|bottom|strongest|weakest|busiest) (?:\w+ )?(?:stores?|shops?|locations?"
            "|branch(?:es)?)|(?:stores?|shops|locations) with (?:the )?(?:most|least|highest|lowest|best|worst"
            r"|fewest|biggest)|where (?=(?:do|did|does|are|is|was|were) .*\b(?:most|least|best|worst)\b)|(?:rank"
            "|compare) (?:the |our |my |all )*(?:stores|shops|locations|branches)|store (?:ranking|comparison"
            "|breakdown)"
        ),
        "store",
    ),
    (rf"{_SPLIT_LEAD} month|monthly|month by month|{_WHICH} (?:(?:calendar|sales) )?months?{_NOT_SPAN}", "month"),
    (rf"{_SPLIT_LEAD} week|weekly|week by week|{_WHICH} (?:(?:calendar|sales) )?weeks?{_NOT_SPAN}", "week"),
    (
        (
            rf"{_SPLIT_LEAD} days?|daily|day by day|(?:which|what|best|worst|busiest|slowest|quietest|strongest"
            r"|weakest|biggest|highest|lowest) (?:(?:sales|single) )?days?\b"
        ),
        "day",
    ),
)
_SPLIT_PATTERNS = tuple((re.compile(rf"(?<!\w)(?:{words})(?!\w)"), name) for words, name in _SPLITS)

_BETWEEN = re.compile(
    "(?:which|what|best|worst|top|bottom|strongest|weakest|biggest|highest|lowest|most|least|largest|smallest"
    r"|busiest) (?P<middle>(?!selling\b|performing\b|the\b|product\b|of\b"
    r"|popular\b)\w+(?: (?!product\b)\w+)?) (?:(?:product )?categor(?:y|ies)|departments?|depts?|stores?|shops?"
    "|locations?)"
)

WORD_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "fifteen": 15, "twenty": 20, "fifty": 50, "dozen": 12,
}  # fmt: skip
"""Numbers that are written as words."""
_COUNT = r"(?P<count>\d{1,6}|" + "|".join(WORD_NUMBERS) + r")"
_TOP = r"(?:top|best|biggest|highest|leading|largest|strongest|hottest|fastest)"
_BOTTOM = r"(?:bottom|worst|lowest|slowest|weakest|poorest|least|smallest)"
_LIMIT_PATTERNS = (
    re.compile(rf"\b(?:the )?{_TOP}[- ](?:selling )?{_COUNT}\b"),
    re.compile(rf"\b(?:the )?{_BOTTOM}[- ](?:selling )?{_COUNT}\b"),
    re.compile(rf"(?<![-\d])\b{_COUNT} (?:\w+ )?(?:{_TOP}|{_BOTTOM}|most|least)\b"),
    re.compile(
        r"\b(?:first|show(?: me)?|list|give me|only|just|make (?:it|that)|up to"
        rf"|limit(?: it)? to) (?:the )?{_COUNT}\b(?! ?(?:%|percent|days?|weeks?|months?))"
    ),
    re.compile(rf"\b{_COUNT} (?:products?|items?|skus?|lines|sellers|instead)\b"),
    re.compile(
        rf"\b(?:which|what)(?: are| were)?(?: the| our)? {_COUNT} (?:weeks|months|days|stores|shops|departments"
        r"|categories|brands)\b"
    ),
)
_BOTTOM_PATTERN = re.compile(
    rf"\b{_BOTTOM}\b|\b(?:worst|slow)[- ](?:sell|mov)|(?:not|n't|isn't|aren't) (?:\w+ )?sell|\bleast\b|\bfewest\b"
    r"|\bdogs\b"
    r"|\b(?:sell(?:s|ing)?|sold|moving|moves?) (?:so |very |too |rather |really )?(?:slow(?:ly)?|poorly|badly)\b"
)


@dataclass(frozen=True, slots=True)
class Words:
    """What the tables found."""

    metrics: tuple[str, ...] = ()
    bare_sales: bool = False
    by: str | None = None
    limit: int | None = None
    bottom: bool = False


SELLS_BUT_EARNS_LITTLE = re.compile(
    r"\b(?:high|highest|good|strong|big|lots of) (?:sales|revenue|volume|units)\b.{1,30}\b(?:low|lowest|poor|thin|bad"
    "|weak|small) (?:margins?|profits?)(?: ?%)?"
)
"""Products that sell well at a low margin: the two figures are shown side by side."""

EARNS_BUT_SELLS_LITTLE = re.compile(
    r"\b(?:high|highest|good|strong|best|big) (?:margins?|profits?)(?: ?%| rates?)?,? (?:but|yet|and|with"
    r"|while) (?:have |has )?(?:low|lowest|poor|weak|slow|small|few) (?:sales|revenue|volume|units)\b"
)
"""The other way round: a good margin and little sold."""


def take_split(reading: Reading) -> str | None:
    """The split the question asks for, taken out."""
    for pattern, name in _SPLIT_PATTERNS:
        match = reading.find(pattern)
        if match is not None:
            between = _BETWEEN.fullmatch(match[0])
            if between is None:
                reading.blank(match.start(), match.end())
            else:  # “lowest margin categories” names its figure between the two
                reading.blank(match.start(), match.start() + between.start("middle"))
                reading.blank(match.start() + between.end("middle"), match.end())
            return name
    return None


def take_limit(reading: Reading) -> int | None:
    """How many are asked for, taken out; the tools say what is allowed."""
    for pattern in _LIMIT_PATTERNS:
        match = reading.find(pattern)
        if match is not None:
            reading.blank(match.start("count"), match.end("count"))
            count = match["count"]
            return WORD_NUMBERS[count] if count in WORD_NUMBERS else int(count)
    return None


def asks_for_the_bottom(reading: Reading) -> bool:
    """Whether the worst are asked for."""
    return reading.find(_BOTTOM_PATTERN) is not None


def take_metrics(reading: Reading) -> tuple[str, ...]:
    """The metrics named, in the order of the question, taken out."""
    found: list[tuple[int, tuple[str, ...]]] = []
    for pattern, names in _METRIC_PATTERNS:
        while (match := reading.take(pattern)) is not None:
            found.append((match.start(), names))
    ordered = [name for _, names in sorted(found) for name in names]
    return tuple(dict.fromkeys(ordered))


def speaks_of_sales(reading: Reading) -> bool:
    """Whether plain "sales" or selling is spoken of."""
    return reading.find(_BARE_SALES) is not None


_SALES_FIRST = re.compile(
    r"(?<!net )(?<!gross )(?<!for )\bsales(?:,| and| &)(?! (?:the )?(?:last|this|that|it|how|why|what)\b)"
)
_SALES_LATER = re.compile(
    r"(?:, |\band |& )(?:the |our )?sales\b(?! (?:price|tax|per|mix|growth|floor|staff|people|hour|trend|channel)s?\b)"
)


def with_plain_sales(metrics: list[str], whole: str) -> list[str]:
    """The metrics of a question with the plain “sales” that it lists beside them: “units and sales by brand”."""
    if not metrics or {"net_sales", "gross_sales"} & set(metrics):
        return metrics
    if _SALES_FIRST.search(whole):
        return ["net_sales", *metrics]
    return [*metrics, "net_sales"] if _SALES_LATER.search(whole) else metrics
