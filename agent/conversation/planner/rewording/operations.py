"""How those who run stores put it: “rank stores by revenue per labor hour”, “what needs immediate replenishment”.

As in the other tables a row only puts plainer words for the same thing; every condition around it stays as it was said.
"""

from __future__ import annotations

_GOODS = r"(?:products?|items?|skus?|goods|lines?|articles?|things?)"
_STORES = r"(?:stores?|shops?|locations?|branch(?:es)?|outlets?|sites?)"
_PAIR = r"(?:,? and|,? or|,? to|,? with|,? vs\.?|,? versus|,? against|&|/)"
_BEST = r"(?:top|best|highest|strongest|leading|no\.? ?1|#1)(?:[- ]performing|[- ]selling)?"
_WORST = r"(?:bottom|worst|lowest|weakest|poorest|last)(?:[- ]performing|[- ]selling)?"
_LEAD = (
    r"^\W*(?:please |can you |could you )*(?:show(?: me)?|give(?: me)?|list|tell me(?: about)?|what(?:'s| is| are"
    "| were)?|which|summari[sz]e|are there|do we have|any|run(?: down)?(?: me)?|flag)"
)
OPERATION_ROWS: tuple[tuple[str, str], ...] = (
    (r"\b(?P<what>stores?|shops?|locations?|branch|site) ?#(?= ?\d)", r"\g<what> "),
    # --- a store by other names, figures by other names
    (
        (
            r"\b(?P<lead>(?:which|what|each|every|all|our|my|the|by|per|best|worst|how many|other|across|between"
            r"|top(?: \d+)?)(?: of (?:our|my|the))?) outlet(?P<s>s?)\b(?! (?:covers?|plugs?))"
        ),
        r"\g<lead> store\g<s>",
    ),
    (r"\bhow many invoices\b", "how many transactions"),
    (r"\bcredit notes?(?: (?:issued|given|created|made))?\b", "refunds"),
    (r"\bprice (?:groups?|tiers?|brackets?)\b", "price band"),
    (r"^\W*state (?=the |each |all )", "show "),
    (
        (r"\b(?P<a>(?:highest|best|lowest|worst|top) (?:net |gross )?(?:sales|revenue|margin|profit)) records?\b"),
        r"\g<a>",
    ),
    (
        (
            r"^\W*(?:what(?:'s| is| are)|which|show(?: me)?)(?: (?:one|is|are|the))* (?:most (?:used|popular"
            "|common(?:ly used)?|frequent(?:ly used)?)|highest|top|favou?rite) (?:payment|tender)(?: (?:methods?"
            r"|types?|channels?|options?))?\b"
        ),
        "payment mix",
    ),
    (r"\bpayment mix (?:for|at|in|of|per) (?:each|every) (?:store|branch|shop|location)\b", "payment mix by store"),
    (
        (
            r"^\W*(?:please )?(?:summari[sz]e|show(?: me)?|give me|check|what(?:'s| is)|how is)(?: (?:the|my|our|a"
            r"|of))* store(?:'s)? (?:health|status)(?: (?:check|summary|overview|report|score))?(?=\W*$| (?:this|last"
            "|for|at|of|today))"
        ),
        "how is the business performing overall",
    ),
    (
        (
            r"\b(?:which|what) (?:products?|items?|goods|skus?) should (?:i|we) (?:stock|carry|buy|keep"
            r"|have)(?: (?:more|extra|in stock))+(?: of)?\b"
        ),
        "what should we reorder",
    ),
    (r"\b(?P<a>sales|revenue) (?:status|position|situation) (?:of|for|at)\b", r"\g<a> at"),
    (
        (
            r"^\W*(?:these|the|those|your|my) (?:numbers?|figures?|data|results?|sales|totals?) (?:look|looks|seem"
            r"|seems|are|is|must be|can'?t be)(?: (?:\w+))? ?(?:wrong|off|incorrect|strange|odd|too (?:high|low)|right"
            r"|inaccurate|different)\W*$"
        ),
        "why does this number differ from the finance report",
    ),
    (
        (
            r"\b(?:which|what|how many) (?:shelf |planogram |planned )?(?:positions?|slots?|spots?|places?"
            "|shelves) (?:are|is|stand) (?:empty|vacant|bare|unfilled|missing)(?: on (?:the|our) (?:shelf"
            "|shelves))?(?: (?:according to|by|after|in) (?:the )?(?:last|latest) scans?)?"
        ),
        "shelf gaps",
    ),
    (
        (
            r"\b(?:what(?:'s| is| are)|anything|which (?:products?|items?) (?:is|are))(?: we)? (?:coming|arriving|due"
            "|getting|expected)(?: in)? (?:on|with|in|by) (?:the |our |tomorrow's |today's |next |tonight's "
            r"|monday's )*(?:truck|delivery|shipment|load)\b"
        ),
        "what is on order",
    ),
    (
        (
            r"\bwho(?:'s| is| will be)(?: the| our| my)* (?:shift |duty |floor |acting )?(?P<job>lead|manager"
            "|supervisor|key ?holder)(?: on (?:duty|shift|call))? (?P<when>today|tonight|tomorrow|this (?:morning"
            r"|afternoon|evening)|on (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
        ),
        r"show the \g<job> schedule for \g<when>",
    ),
    (r"\blabou?r hours (?:are |is )?scheduled\b", "hours scheduled"),
    (
        (
            r"\bwhich (?:store )?manager (?:is |are )?(?:responsible for|in charge of|runs|manages|running|managing"
            r"|looks after)\b"
        ),
        "who is the store manager of",
    ),
    # --- rates of labour
    (
        (
            r"\b(?:average|avg\.?|mean|typical) (?=labou?r (?:cost )?(?:%|percent\w*|share|ratio)|staff cost"
            "|labou?r as a)"
        ),
        "",
    ),
    (
        (
            r"\b(?:net |total |gross )?(?:sales|revenues?|turnover|income|takings|dollars?) (?:per|by|for (?:each"
            "|every)|to|earned per|generated per) (?:each |every )?(?:labou?r|staff|employee|worked|man|person"
            r"|payroll) hours?\b(?! (?:of|in|at))"
        ),
        "sales per labour hour",
    ),
    (r"\bspsf\b|\bsales psf\b", "sales per square foot"),
    # --- goods that are gone, goods to come
    (
        (
            rf"{_LEAD}(?: (?:any|all|our|my|the))* (?:high|strong)[- ](?:demand|volume|velocity) {_GOODS}(?: (?:are|is"
            "|that|which|currently|we))* (?=out of stock|oos|stocked out|sold out)"
        ),
        "which best sellers are ",
    ),
    (
        (
            rf"\b(?:which|what) {_GOODS} (?:needs?|requires?|(?:is|are) (?:due for|in need of|up for))(?: an?| to be"
            r"| some)?(?: (?:immediate|urgent|quick|emergency|prompt|same[- ]day))*(?:ly)? (?:re-?)?(?:replenish\w*"
            r"|re-?stock\w*|re-?order\w*|stocking|ordering|ordered|stocked)(?: (?:right now|now|immediately|urgently"
            "|first|today|asap))?(?: (?:across|in|at|over|for) (?:all|every|each)(?: of)?(?: the| our"
            rf"| my)? {_STORES})?"
        ),
        "what should we reorder",
    ),
    (
        (
            r"\b(?:where|which|what)?(?: do| does| did| have)?(?: i| we| the stores?)?(?: have| hold| got"
            "| see)?(?: the| any)? ?(?:excess|surplus|extra|spare|unbalanced|too much) (?:inventory|stock)(?: (?:that"
            r"|which))?(?: (?:needs?|should|could|can|must|has|to))*(?: (?:be|to be|for))* (?:redistribut\w+"
            r"|re-?balanc\w+|transfer\w*|moved?|re-?allocat\w+|shar\w+)\b"
        ),
        "transfer suggestions",
    ),
    (
        (
            r"\bwhere (?:is|are) (?:the |our )?(?P<what>stock-?outs?(?: risks?)?|stock risks?|overstock|shrink(?:age)?"
            "|waste) (?:the )?(?:highest|worst|greatest|biggest|lowest|most)(?: (?:right )?now| today"
            "| at the moment)?"
        ),
        r"\g<what> by store",
    ),
    (
        (
            rf"\bwhich {_STORES} (?:is|are) (?:the )?(?:most |at )+(?:risk of|exposed to|risk for) (?:stock-?outs?"
            r"|running out|going out of stock|selling out)\b"
        ),
        "stockout risk by store",
    ),
    (
        (
            rf"\b(?:when) (?:will|do|does|am|are|is|can|should) (?:i|we|the {_STORES}|my {_STORES}|our {_STORES}"
            r"|it)(?: be| to)? (?:receiv\w+|get\w*|expect\w*|see|due|hav\w+)(?: (?:the|our|my|its|any|some|a"
            "|an))*(?: (?:next|new|more|fresh|incoming|upcoming))* (?:deliver(?:y|ies)|shipments?|trucks?|inventory"
            r"|stock|goods|merchandise|replenishment)\b"
        ),
        "when is the next delivery due",
    ),
    (
        (
            r"\bwhen (?:is|are|will|does|do) (?:the |our |my )?(?:next |new |incoming )?(?:inventory|stock|goods"
            r"|merchandise|truck|shipment|delivery) (?:be )?(?:arriv\w+|com\w+|due|land\w*|delivered|get here"
            r"|expected)(?: in)?\b"
        ),
        "when is the next delivery due",
    ),
    # --- stores beside one another
    (
        (
            rf"\bcompare (?:the |our |my )*(?:(?:{_BEST}){_PAIR} (?:the |our )*(?:{_WORST})"
            rf"|(?:{_WORST}){_PAIR} (?:the |our )*(?:{_BEST}))(?: \d+| three| five)? {_STORES}(?: (?:by|on|in|for"
            "|in terms of))?"
        ),
        "gap between the best and the worst store in",
    ),
    (
        (
            rf"\bcompare (?:my|our|this|the) {_STORES} (?:to|with|against|vs\.?|versus) (?:the |all |our )*(?:others?"
            rf"|other {_STORES}|rest(?: of (?:the |our )?\w+)?|average|(?:chain|district|company"
            r"|region)(?: average)?)(?=\W*$| )"
        ),
        "rank the stores",
    ),
    (
        rf"\b(?:which|what) {_STORES} (?:are|is|were|was|have been|has been|have|has) (?:over|out)[- ]?perform\w*\b",
        "best performing stores",
    ),
    (
        (
            r"\bwhat (?:support|help|attention|coaching|action|changes?) (?:do|does|would|should) (?:the |our "
            rf"|my )*(?:under-?performing|struggling|weak\w*|poor\w*|low[- ]performing) {_STORES} (?:need|require|get"
            r"|want)\b"
        ),
        "which stores are underperforming and why",
    ),
    (
        (
            r"\b(?:is|was) (?:the |our |this )?(?P<what>traffic|visitors?|sales|margin|conversion|footfall) (?:problem"
            r"|issue|decline|drop|dip|decrease|weakness|fall|slump)(?: \w+){0,2}? (?:local|regional|store[- ]specific"
            r"|chain[- ]?wide|company[- ]?wide|isolated|everywhere|only (?:here|us)|just (?:here|us|my store))\b.*$"
        ),
        r"compare \g<what> by store last week with the week before",
    ),
    # --- what waits for somebody
    (
        (
            rf"{_LEAD}(?: (?:of|the|my|our|any))* (?:pending |open |outstanding )?approvals?(?: (?:that"
            "|which))?(?: (?:need|needs|require|requires|await|awaits|are waiting for|are awaiting|want|do i have"
            "|are (?:mine|there|on)))+(?: (?:my|our))?(?: (?:attention|approval|action|review|decision|response"
            "|sign-?off))?"
        ),
        "what is waiting for approval",
    ),
    (
        (
            rf"{_LEAD}(?: (?:an?|the|of|quick|short|brief|full|overview|summary|list|rundown|recap|all|any|on|about"
            "|me))*(?: (?:today's|this week's|the week's|this morning's|yesterday's|last week's|current|our|my|open"
            "|the))*(?: (?:key|main|top|biggest|critical|urgent|major|most important|most urgent|pressing|active"
            r"|red))*(?: \d+| three| five)? (?:operational |operations |store |business |retail )?(?:issues?"
            "|problems?|concerns?|risks?|alerts?|red flags?|hot spots?|fires)(?: (?:i should (?:be aware of"
            "|know(?: about)?|look at|worry about)|to (?:watch|know|look at|fix)|right now|now|today|this week"
            r"|across (?:the|all|my|our) \w+|in (?:the|my|our) \w+|at the moment|need\w* (?:my )?attention))*\W*$"
        ),
        "what needs my attention",
    ),
    (
        (
            r"^\W*(?:which|what|any|are there any|show(?: me)?|list)(?: (?:are|is|the|our|my))? ?(?:open |active "
            "|pending |current |new )?(?:alerts?|warnings?|notifications?)(?: (?:are|is|do i have"
            r"|are there))*(?: (?:pending|open|active|today|now|right now))?\W*$"
        ),
        "what needs my attention",
    ),
    (
        (
            r"\bwhat (?:action|actions|steps?|next steps?|measures?) (?:should|must|do|can|shall) (?:i|we)(?: need to"
            r"| have to)? (?:take|do)(?: (?:now|first|next|today|right now|immediately|this week))*\W*$"
        ),
        "what should be my top priority today",
    ),
    (
        (
            r"^\W*(?:what(?:'s| is| are)|show(?: me)?|list|give me)(?: (?:the|my|our))*(?: (?:top|main|key"
            r"|biggest))?(?: \d+| three| five)? (?:turn-?around|action|improvement|recovery|operational|business|store"
            "|weekly|daily) (?:priorit(?:y|ies)|action items?)(?: (?:this week|today|now|for (?:the|this) (?:week"
            r"|day)|for today))?\W*$"
        ),
        "what should be my top priority today",
    ),
    (
        (
            r"^\W*where (?:is|are|do we see) (?:our |the )?(?:performance|sales|we"
            "|business)(?: the)? (?:strong(?:est)?|weak(?:est)?|best|worst|doing (?:best|well|badly|worst))(?: (?:or"
            r"|and|vs\.?) (?:the )?(?:strong(?:est)?|weak(?:est)?|best|worst))?\b"
        ),
        "rank the stores",
    ),
    (
        (
            r"\bhow (?:did|has|have) (?:the |our |my )?(?P<what>[\w ]{3,30}?) (?:evolved?|develop(?:ed)?)(?= (?:this"
            r"|last|in|over|since|from|between)\b)"
        ),
        r"compare \g<what>",
    ),
    (
        (
            r"\bwhat (?:factors?|things?|drivers?|events?) (?:have |has |are )?(?:affect\w*|influenc\w*|impact\w*"
            r"|drove|drive|driving|explain\w*) (?:the |our )?(?P<what>traffic|visitors|sales|margins?|conversion"
            r"|footfall)\b"
        ),
        r"why did \g<what> change",
    ),
    (
        (
            r"^\W*(?P<ask>do we have|is there|are there|do we stock|do we carry|can i find|have we got|is"
            "|are) (?P<what>[^?]+?)(?: available| in stock)? (?:in|at) (?:any |one |some )?(?:of )?(?:our |the "
            "|my )?(?:other|another|nearby|neighbou?ring|different|sister) (?:stores?|locations?|shops?"
            r"|branch(?:es)?)\W*$"
        ),
        r"stock of \g<what> by store",
    ),
    (r"\bprice[- ]change (?=tasks?\b)", "price check "),
    (
        (
            r"^\W*(?P<please>(?:please )?)re-?stock (?P<what>[^?\d]+?) (?:by"
            r"|with) \+?(?P<n>\d{1,4})(?P<unit> (?:units?|pieces|pcs))?(?=\W*$| (?:at|for|in)\b)"
        ),
        r"\g<please>order \g<n> \g<what>",
    ),
    # --- parts of the day, ways of selling
    (
        (
            r"(?:\b(?:in|during|for|at) (?:the )?|\bthe )?\b(?P<part>breakfast|lunch|dinner|morning|afternoon"
            r"|evening)(?:time)? (?:window|daypart|rush|time slot|service|trade|peak)\b"
        ),
        r"at \g<part>",
    ),
    (
        (
            r"^\W*(?:what |which |how much )?(?:percent(?:age)?|%|share|proportion|part|much)? ?of (?:our |the |my "
            "|total |all )*(?:sales|revenue|business) (?:comes?|came|is|are|was|were|coming|made)(?: (?:from|through"
            "|via|by|in))? (?:delivery|online|in-?store|pick-?up|curbside|take-?out|dine-?in|e-?commerce|the web"
            r"|app)\b(?:[^?]*?(?:vs\.?|versus|and|or|against|compared (?:to|with)) (?:delivery|online|in-?store"
            "|pick-?up|curbside|take-?out|dine-?in|e-?commerce|the web|app))?"
        ),
        "share of sales by channel",
    ),
    # --- tasks that nobody has
    (
        (
            r"\btasks (?:(?:without|with no|that have no|lacking) (?:an |any )?(?:owner|assignee|one assigned|person)"
            r"|(?:did|has|have) (?:nobody|no one|noone) (?:pick(?:ed)?|taken?|claim(?:ed)?)(?: up| on)?"
            r"|(?:nobody|no one) (?:has )?(?:picked|taken|claimed)(?: up| on)?)\b"
        ),
        "tasks that are unassigned",
    ),
)
"""``(pattern, words)``: each holds whatever else is asked."""
