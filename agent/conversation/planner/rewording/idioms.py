"""Idioms of the stockroom and the floor, each put into the plain word for the same thing before anything is read.

An idiom stands for its word wherever it is said, so only what means nothing else in a shop belongs here.
"""

from __future__ import annotations

import re

from agent.conversation.planner.rewording.owner_phrases import OWNER_IDIOMS
from agent.conversation.planner.rewording.spans import SPAN_IDIOMS
from agent.conversation.planner.rewording.whole_phrases import WHOLE_PHRASES

_STOCK = r"(?:(?:our|the|my|your|too much) )*(?:stock|inventory|product|merchandise)"
_GOODS = "(?:stuff|things|goods|items|lines|products|merchandise)"
_NOT = "(?:is not|isn't|are not|aren't)"
_GROUP = "(?:stores?|shops?|branch(?:es)?|departments?|categor(?:y|ies)|products?|items?)"
_GROUPS = rf"(?:{_GROUP}|locations?|districts?|brands?|manufacturers?|makers?|skus?|lines?|commodit(?:y|ies))"
_LINES = "(?:lines|products|items|skus|sellers|best sellers|articles)"
_FIGURE = (
    "(?:net sales|sales|revenue|turnover|takings|units|transactions|traffic|visitors|(?:average )?basket(?: size"
    "| value)?|gross margin|margin|conversion)"
)
_PEOPLE = "(?:customers|households|shoppers|members|buyers|families|people)"
_AWAY = "(?: out| away)?"
_SUM_UP = r"(?:sum up|summari[sz]e|summary|recap|overview|wrap-?up)"
_AT_THE_TILL = "(?:voids?|refunds?|(?:price )?overrides?|pa(?:id|y)[- ]?(?:ins?|outs?)|drawer opens?)"
_LABOUR = "(?:labou?r|wages|payroll|staff(?:ing)?(?: costs?)?)"
_STEP = "(?:stores?|shops?|locations?|days?|weeks?|months?|weekdays?)"
_HOT = "(?:(?:are|is|were|was) )?(?:ran|runs?|running) hot"
_PART = "(?:as (?:an? |the )?)?(?:%|pct|percent(?:age)?|share) of (?:our |the )?"
_IDIOMS: tuple[tuple[str, str], ...] = (
    (r"avg(?:\.(?= ))?", "average"),
    (
        (
            r"(?P<end>worst|best|poorest)[- ]performing (?P<goods>(?!(?:sales|promo\w*|offers?|campaigns?|coupons?"
            r"|displays?|mailers?|days?|weekdays?|hours?|weeks?|months?|times?|areas?|sections?|aisles?|regions?"
            r"|districts?|segments?|cohorts?|cashiers?|employees?|associates?|staff|team|people|registers?|tills?|suppliers?|vendors?|planograms?"
            r"|sku|item|product|category|categories|assortments?|ranges?|markets?)\b"
            rf"|{_GROUPS}\b)[a-z]+s)(?=\W*$| (?:at|in|last|this|yesterday|today|since|over)\b)"
        ),
        r"\g<end> selling \g<goods>",
    ),
    ("(?:(?:a|the) )?(?:store|branch|shop|location)(?:s|es)?[- ](?:wise )?comparison", "compare all stores"),
    (
        r"(?:what|which) are (?:the )?(?:top )?out[- ]of[- ]stock (?:product|item)s (?:for|of) (?P<x>[^?]+)",
        r"which \g<x> is out of stock",
    ),
    (r"(?P<how>selling|sold|popular|ordered) (?:dishes|menu items|meals|plates)", r"\g<how> products"),
    (
        (
            r"do (?:more )?(?:people|customers|shoppers) (?:make (?:more )?(?:transactions|purchases|payments)|pay|buy)"
            r"(?: more)?(?: often)? (?:by|with|in|using) (?:cards? or (?:by |with |in )?cash"
            r"|cash or (?:by |with )?cards?)"
        ),
        "card vs cash",
    ),
    (
        (
            r"are there (?:any )?(?:certain |particular |some )?(?:types|kinds|sorts) of (?:products|goods|items) (?:"
            r"that (?:are|sell) )?(?:more popular|better) than (?:the )?others?"
        ),
        "sales by category",
    ),
    ("(?<!the )first[- ]timers\\b", "first-time customers"),
    (
        (
            r"(?P<moves>(?:los|gain|grow|declin|fall|dropp|shrink|slipp|ris|trend|perform|underperform|struggl|lagg)ing"
            r"(?: [a-z]+){0,2}?) (?:right now|at the moment|at present|just now|these days)"
        ),
        r"\g<moves>",
    ),
    ("any (?:stock-?outs|out[- ]of[- ]stocks) (?:coming|ahead|looming|expected)(?: up)?", "what will run out soon"),
    ("critical(?:ly low)? (?:stock|inventory)(?: (?:items?|products?|levels?))?", "products running low on stock"),
    (
        (
            rf"(?P<which>which (?:of (?:our|my|the) )?{_GROUPS} (?:is|are)) discounting too (?:often|much"
            r"|deep(?:ly)?|heavily)"
        ),
        r"\g<which> with the highest discount rate",
    ),
    (r"(?<=[a-z]) ?[—–-]+ ?(?:(?:the|our|my|so-called) )*['‘’“”]*busy fools['‘’“”]*", ""),
    (r"(?<!')(?:(?:what|which|who) are )?(?:(?:the|our|my) )?busy fools", "products that sell a lot but earn little"),
    (r"(?:till |checkout |pos |register |cash )?operator(?P<s>s?)(?! of\b)", r"cashier\g<s>"),
    (r"(?:sales|shop|store|till|checkout) (?:rep|assistant|clerk|teller)(?P<s>s?)", r"employee\g<s>"),
    (rf"(?P<of>discount|refund|return)s? {_PART}(?:gross )?(?:sales|revenue)", r"\g<of> rate"),
    (rf"(?P<of>labou?r|wage|payroll|staff)(?: costs?)? {_PART}(?:net )?(?:sales|revenue)", r"\g<of> cost %"),
    (
        (
            "(?:is|are) the prices? of (?P<what>[a-z][a-z' -]{1,30}?) "
            "(?:consistent|different|identical|equal|aligned|uniform|the same) "
            "(?P<at>at|in|across|between|among|everywhere)"
        ),
        r"is \g<what> the same price \g<at>",
    ),
    (rf"{_HOT} on {_LABOUR}", "had the highest labour cost %"),
    (
        (
            rf"(?P<said>{_LABOUR}[^?]{{0,90}}?)(?P<one>(?:which|what) {_STEP}) (?:or|and) (?:which |what "
            rf")?(?P<two>{_STEP}) {_HOT}"
        ),
        r"\g<said>\g<one> had the highest labour cost %, and labour cost % by \g<two>",
    ),
    (
        rf"(?P<said>{_LABOUR}[^?]{{0,90}}?)(?P<one>(?:which|what) {_STEP}) {_HOT}",
        r"\g<said>\g<one> had the highest labour cost %",
    ),
    (r"paint (?:me |us )?(?:an?|the) (?:full |clear |whole )?picture (?:of|for)", "summary of"),
    (r"(?P<by>by|per|for each) snapshot (?:date|day)s?", r"\g<by> day"),
    *SPAN_IDIOMS,
    *OWNER_IDIOMS,
    *WHOLE_PHRASES,
    ("(?P<whose>private|own|store)[ -]labell?ed", r"\g<whose> label"),
    (
        r"(?P<by>by|from|among|to|for) single households(?![^?]*\b(?:couples?|married|adults?)\b)",
        r"\g<by> single-person households",
    ),
    (
        (
            "(?P<both>on (?:a |promotional )?display and in the (?:weekly )?(?:mailer|flyer|circular)|in the "
            "(?:weekly )?(?:mailer|flyer|circular) and on (?:a |promotional )?display) at the same time"
        ),
        r"both \g<both>",
    ),
    (
        "(?:in|among|between) (?:the |our )?(?:different|various|several) (?P<of>departments|categories|stores|brands)",
        r"across \g<of>",
    ),
    ("(?<!average )price paid (?:per|for each) (?P<of>item|piece|unit|product)", r"average price per \g<of>"),
    ("rais(?P<form>e|es|ed|ing) (?P<what>sales|revenue|turnover)", r"boost \g<what>"),
    ("on the (?:verge|brink|edge|point) of (?P<it>running|selling|stocking|going|being)", r"about to be \g<it>"),
    ("(?:favou?red|loved|liked (?:best|most)|liked) by", "preferred by"),
    (
        (
            "(?P<many>how many (?:different |distinct |unique )?[a-z ]{3,24}?) does the (?P<of>[a-z&]+(?: [a-z&]+)?)"
            " (?:category|department|section) have"
        ),
        r"\g<many> are there in \g<of>",
    ),
    (r"(?:the |this )?same (?:time|hour|point)(?: of (?:the )?day)? yesterday", "yesterday"),
    # --- weekends held against the other days; their lift is of no promotion
    (
        (
            "(?:how much )?(?:do|does|did|can) (?:the )?weekends? (?:boost|lift|raise|increase|add to|help|drive"
            rf"(?: up)?) (?:our |the |my )*(?P<what>{_FIGURE})"
        ),
        r"weekend vs weekday \g<what>",
    ),
    (
        (
            "(?:how (?:big|large|strong) is |what(?:'s| is) )?(?:the |our |my )?weekend (?:uplift|boost|lift|effect"
            rf"|bump|premium) (?:in|on|of|for) (?:our |the |my )*(?P<what>{_FIGURE})"
        ),
        r"weekend vs weekday \g<what>",
    ),
    (
        (
            "(?:how (?:big|large|strong) is |what(?:'s| is) )?(?:the |our |my )?weekend (?:uplift|boost|lift|effect"
            "|bump|premium)"
        ),
        "weekend vs weekday sales",
    ),
    (
        (
            rf"how much (?:higher|lower|better|bigger|stronger|weaker) (?:are|is|were|was) (?:our |the |my )*"
            rf"(?P<what>{_FIGURE}) (?:on|at|over|during) (?:the )?weekends?(?: than (?:on |during )?(?:the )?week"
            "(?:days?)?)?"
        ),
        r"weekend vs weekday \g<what>",
    ),
    (
        "how much (?:more|less) (?:do|did) we (?:sell|make|take) (?:on|at|over|during) (?:the )?weekends?",
        "weekend vs weekday sales",
    ),
    # --- what a group lost is a fall of its sales; what stock-outs cost is said with them, or without who lost it
    (
        (
            rf"(?!.*\b(?:stock|stock[- ]?outs?|oos|shel(?:f|ves)|availability)\b)(?P<who>(?:which|what) {_GROUPS})"
            " (?:(?:have|has|are|is|were|was) (?:been )?)?(?:lost|los(?:e|es|ing)) (?:net )?(?:sales|revenue"
            r"|business)(?! (?:from|because|due|through|on|of|at|to)\b)"
        ),
        r"\g<who> declined in sales",
    ),
    (
        (
            rf"(?P<who>(?:which|what) {_GROUPS}) (?:is|are|was|were) the only (?:ones?|{_GROUPS}) (?:to |that )?"
            "(?:ha(?:s|ve) )?(?:shr(?:ink(?:ing|s)?|ank|unk)|declin(?:e|ed|ing)|fall(?:en|ing)?|fell|dropp?(?:ed|ing)?"
            "|los(?:e|t|ing) sales)"
        ),
        r"\g<who> declined in sales",
    ),
    ("(?:company|chain|network|business|group|banner)[- ]?wide (?P<what>sales|revenue|turnover)", r"total \g<what>"),
    # --- too much, too long
    (rf"(?:swimming|drowning|awash|up to (?:our|my|the) (?:ears|eyes|necks?)) in {_STOCK}", "overstocked"),
    (rf"{_STOCK} we (?:over-?(?:ordered|bought)|(?:bought|ordered) too much of)", "overstock"),
    (rf"{_GOODS} (?:that|which) {_NOT} (?:selling|moving|shifting|budging)", "dead stock"),
    (r"(?P<has>has|have)(?:n't| not) budged", r"\g<has>n't sold"),
    (r"(?P<is>is|are)(?:n't| not) (?:budging|shifting)", r"\g<is>n't selling"),
    ("(?:gather|collect|grow)(?:ing|s)? (?:cobwebs|dust|moss)", "not selling"),
    ("(?:barely|hardly|scarcely) (?:ever )?(?:move|sell|shift|budge)(?:s|ing)?", "are slow moving"),
    # --- on its way
    (
        (
            r"(?<!open )(?:purchase orders?|pos|(?:supplier |vendor )?(?:deliveries|shipments)) (?:(?:that are "
            r"|which are |are )?(?:due|expected|arriving"
            r"|coming(?: in)?|landing|to (?:arrive|come(?: in)?)))(?P<when> (?:in|this|next|today|tomorrow|by|on|over"
            r"|at|for)\b|(?=\W*$))"
        ),
        r"open purchase orders due\g<when>",
    ),
    # --- quick
    (
        "(?:whizz?|zoom|walk|jump|rac|leap|shoot|go|fly)ing (?:off (?:the|our) shel(?:f|ves)|out (?:of )?the door)",
        "selling fastest",
    ),
    ("selling like (?:hot ?cakes|crazy|mad)", "selling fastest"),
    (r"invoice (?P<number>(?:number |no\.? ?)?#?\d{3,})", r"receipt \g<number>"),
    # --- for whom a summary is, and how long
    (
        (
            rf"(?P<sum>{_SUM_UP}\b[^?]*?) for (?:the |my |our )?(?:owners?|boss|board|investors?|head office|hq"
            r"|(?:district|area|regional|general) manager)"
        ),
        r"\g<sum>",
    ),
    (
        (
            rf"(?P<sum>{_SUM_UP}\b[^?]*?),? in (?:only |at most |max )?(?:\d+|one|two|three|four|five|a few)"
            r" (?:short )?(?:lines?|sentences?|bullets?(?: points)?|words)"
        ),
        r"\g<sum>",
    ),
    # --- drawers opened without a sale, beside what else the till writes down
    (rf"(?P<beside>{_AT_THE_TILL}(?:,|,? and|,? or|,? &) )no sales", r"\g<beside>no-sales"),
    (rf"no sales(?P<beside>(?:,|,? and|,? or|,? &) {_AT_THE_TILL})", r"no-sales\g<beside>"),
    (
        (
            "(?:where|in which stores?|at which stores?) (?:are|is|do|does|did) (?:our |the |my )*(?:labou?r|staffing"
            "|payroll|wage)s?(?: costs?| hours| spend(?:ing)?| bills?| expenses?)? (?:are |is )?(?:(?:running|going"
            "|coming in|tracking|go|run) (?:over|above|past)|over|above|exceed(?:ing)?) (?:the |our |its |their )?"
            "(?:budgets?|targets?|plan)"
        ),
        "which stores are over their labour budget",
    ),
    # --- what a change of the margin is made of
    (
        (
            r"(?:gross )?(?:margin|gm) ?(?:%|rate|percent(?:age)?)? (?:changes?|variance|movement|drop"
            r"|decline)(?P<by> by "
            r"(?:departments?|categor(?:y|ies)|stores?))?(?P<when> (?:last|this) (?:week|month|quarter|year))?[,:;]? "
            r"?(?:(?:is"
            r"|was) (?:it|that) |due to |from |as |split into |in(?:to)? )?"
            r"(?:mix (?:or|vs\.?|versus|and|/) rate|rate (?:or|vs\.?|versus|and|/) mix)"
        ),
        r"why did gross margin % change\g<by>\g<when>",
    ),
    # --- out of stock
    (
        (
            "will (?:the )?demand (?:outrun|outstrip|outpace|exceed|outgrow|overtake)(?: (?:the |our |its |their )?"
            "(?:supply|stock|inventory|cover))?"
        ),
        "will run out",
    ),
    (r"(?P<be>is|are|'s|running) (?:thin|light|short|low|skinny) on (?:cover|coverage)", r"\g<be> low on stock"),
    ("(?:thin|light|short|skinny) on (?:stock|inventory)", "low on stock"),
    (
        r"(?P<buy>re-?order|order|buy|restock) and (?:how (?:to|should i|do we) )?(?:staff|roster)(?= |\W*$)",
        r"\g<buy> and how many people do I need",
    ),
    ("(?:86'?(?:ed|d)|eighty-?sixed)", "out of stock"),
    (
        rf"(?P<lead>which|what) (?P<of>{_GROUP}) (?:ran|went|goes?|runs?) (?:dry|empty)",
        r"\g<lead> \g<of> ran out of stock",
    ),
    ("keeps? (?:on )?(?:selling out|going out of stock|running dry)", "keep running out"),
    # --- thrown away
    (rf"(?:binned|chucked|tossed|ditched|dumped|trashed|scrapped){_AWAY}", "thrown away"),
    (
        rf"(?P<did>did|do) (?P<who>we|they|i) (?:bin|chuck|toss|ditch|dump|trash|scrap){_AWAY}",
        r"\g<did> \g<who> throw away",
    ),
    (r"by (?:root )?causes?", "by reason"),
    (
        "who (?:made|did|entered|booked|keyed) (?:the most )?(?P<what>stock|inventory) adjustments",
        r"\g<what> adjustments by employee",
    ),
    # --- said by guests, done by staff
    ("(?:moan|grumbl|grip|grous|whin|bitch|mutter)ing", "complaining"),
    (r"(?:grumbles|gripes|moans|grouses)(?= from| about| of| by| last| this|\W*$)", "complaints"),
    ("chores", "tasks"),
    (r"on my plate(?= today| now|\W*$)", "on my task list"),
    (r"(?P<who>their|unfinished|overdue) jobs", r"\g<who> tasks"),
    (
        "requests (?P<were>were|got|have been) (?:turned down|declined|refused|knocked back)",
        r"proposals \g<were> rejected",
    ),
    ("approvals? (?:stuck|sitting|waiting) in the (?:queue|pipeline)", "proposals waiting for approval"),
    (r"jobs (?P<are>are |that are )?(?P<still>still )?open", r"tasks \g<are>\g<still>open"),
    ("(?:awaiting|waiting for|needs?|needing) my (?:blessing|okay|ok|say-?so)", "waiting for my approval"),
    (r"is rated (?:the )?(?P<end>worst|best|lowest|highest)", r"has the \g<end> rating"),
    # --- goods
    (r"(?<!.)name (?P<these>the|our|my|all|any)", r"list \g<these>"),
    (
        r"offers? the (?P<end>widest|broadest|biggest|largest|smallest) (?:choice|selection|variety)",
        r"has the \g<end> assortment",
    ),
    (r"(?P<of>skus|products|items) turn (?:the )?slowest", r"\g<of> are slow moving"),
    (r"(?P<buy>bought|purchased|sold) in combination", r"\g<buy> together"),
    ("never (?:once )?sold (?:even )?(?:a|one) (?:single )?(?:unit|piece|item)", "never sold"),
    (
        (
            "(?:what(?:'s| is| are) )?(?:the |our )?(?:most popular|most common|best[- ]?selling|top[- ]?selling)"
            " sizes? (?:of|for|in)"
            r" (?P<what>(?!(?:the |an? |our )*(?:baskets?|orders?|transactions?|famil\w+|households?|stores?"
            r"|sales?)\b)"
            r"[\w'-]+)"
        ),
        r"which package sizes are the most popular for \g<what>",
    ),
    (
        (
            "(?P<ask>which|what) sizes? of (?P<what>[a-z ]{3,30}?) (?:sells?|sold|is bought|do we sell) (?:the )?"
            "(?P<end>best|most)"
        ),
        r"\g<ask> pack size sells \g<end> in \g<what>",
    ),
    ("(?:the |our )?newcomers (?:faring|doing|performing|selling)", "the new products doing"),
    (r"what(?:'s| is) hot and what(?:'s| is) not", "what are the best and worst selling products"),
    (
        rf"how (?:dependent|reliant) are we on (?:our |the )?top (?P<n>\d+) {_LINES}",
        r"what share of sales comes from our top \g<n> products",
    ),
    ("(?:go(?:es)? )?hand in hand with", "bought together with"),
    ("(?:grab|pick up|get|throw in) (?:along|together) with", "buy together with"),
    (
        (
            r"(?P<ask>which|what) (?P<of>products|items|goods) (?:trigger|prompt|bring|drive) repeat (?:buys"
            r"|purchases|business)"
        ),
        r"\g<ask> \g<of> do customers buy again",
    ),
    # --- customers
    ("newcomers (?P<came>walked|came|shopped|visited)", r"new customers \g<came>"),
    (r"(?P<did>bought|purchased|shopped|visited) at least once(?! (?:a|per|every)\b)", r"\g<did>"),
    ("lucrative", "profitable"),
    (
        (
            rf"{_PEOPLE} whose (?:spend(?:ing)?|expenditure|purchases) (?:has |have )?(?:been )?(?:declin|drop|fall"
            rf"|fell|decreas|shr[aiu]nk|go(?:ne|ing) down|went down)\w*"
        ),
        "customers are spending less",
    ),
    (
        (
            rf"{_PEOPLE} whose (?:spend(?:ing)?|expenditure|purchases) (?:has |have )?(?:been )?(?:grow|grew|increas"
            rf"|ris|rose|climb|go(?:ne|ing) up|went up)\w*"
        ),
        "customers are spending more",
    ),
    (
        (
            rf"(?:share|percent(?:age)?|proportion) of {_PEOPLE} (?:that|who) (?:buy|purchase|bought|purchased)"
            rf" (?P<what>[a-z ]{{3,24}}?) (?:more than once|again|repeatedly)"
        ),
        r"repeat purchase rate of \g<what>",
    ),
    # --- suppliers
    ("(?:vendor|supplier) scorecards?", "on-time delivery rate by supplier"),
    (
        "deliver(?:y|ies) (?:that |which )?should have (?:been here|arrived|come|landed)(?: by now| already)?",
        "overdue deliveries",
    ),
    (
        (
            r"who do we (?P<buy>buy|order|purchase) (?P<most>the most |most |the least )?from(?P<last> most| the"
            r" most| the least)?"
        ),
        r"which supplier do we \g<buy> \g<most>\g<last> from",
    ),
    (r"(?P<of>purchase orders?|pos?) (?P<are>is|are) (?:late|delayed|behind)", r"\g<of> \g<are> overdue"),
    ("where in the (?:store|shop) (?:do|can|would|will) (?P<who>i|we|customers) find", r"where can \g<who> find"),
    (r"(?:oh|ah|by the way|btw)(?: yeah| yes)?,?(?= (?:and|also|what|which|how|who|show|give|can|could)\b)", ""),
)
_COMPILED = tuple((re.compile(rf"\b(?:{idiom})(?![\w'-])", re.IGNORECASE), plain) for idiom, plain in _IDIOMS)


def without_idioms(text: str) -> str:
    """The text with the plain word for each idiom; one with something in quotes stays as it is.

    >>> without_idioms("What are customers moaning about?")
    'What are customers complaining about?'
    """
    if '"' in text:
        return text
    for idiom, plain in _COMPILED:
        text = idiom.sub(plain, text)
    return text
