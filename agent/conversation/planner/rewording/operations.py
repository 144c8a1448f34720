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
    r"^\W*(?:please |can you |could you )*(?:show(?: me)?|give(?: me)?|list|tell me(?: about)?|what(?:'s| is| are|"
    r" were)?"
    r"|which|summari[sz]e|are there|do we have|any|run(?: down)?(?: me)?|flag)"
)
OPERATION_ROWS: tuple[tuple[str, str], ...] = (
    (r"\b(?P<what>stores?|shops?|locations?|branch|site) ?#(?= ?\d)", r"\g<what> "),
    # --- a store by other names, figures by other names
    (
        (
            r"\b(?P<lead>(?:which|what|each|every|all|our|my|the|by|per|best|worst|how many|other|across|between"
            r"|top(?: \d+)?)"
            r"(?: of (?:our|my|the))?) outlet(?P<s>s?)\b(?! (?:covers?|plugs?))"
        ),
        r"\g<lead> store\g<s>",
    ),
    (r"\bhow many invoices\b", "how many transactions"),
    (r"\bcredit notes?(?: (?:issued|given|created|made))?\b", "refunds"),
    (r"\bprice (?:groups?|tiers?|brackets?)\b", "price band"),
    (r"^\W*state (?=the |each |all )", "show "),
    (
        (
            r"\b(?P<a>(?:highest|best|lowest|worst|top) (?:net |gross )?(?:sales|revenue|margin"
            r"|profit)) records?\b"
        ),
        r"\g<a>",
    ),
    (
        (
            r"^\W*(?:what(?:'s| is| are)|which|show(?: me)?)(?: (?:one|is|are|the))* (?:most (?:used|popular"
            r"|common(?:ly used)?"
            r"|frequent(?:ly used)?)|highest|top|favou?rite) (?:payment|tender)(?: (?:methods?|types?|channels?"
            r"|options?))?\b"
        ),
        "payment mix",
    ),
    (r"\bpayment mix (?:for|at|in|of|per) (?:each|every) (?:store|branch|shop|location)\b", "payment mix by store"),
    (
        (
            r"^\W*(?:please )?(?:summari[sz]e|show(?: me)?|give me|check|what(?:'s| is)|how is)(?: (?:the|my|our|a"
            r"|of))* store(?:'s)?"
            r" (?:health|status)(?: (?:check|summary|overview|report|score))?(?=\W*$| (?:this|last|for|at|of|today))"
        ),
        "how is the business performing overall",
    ),
    (
        (
            r"\b(?:which|what) (?:products?|items?|goods|skus?) should (?:i|we) (?:stock|carry|buy|keep"
            r"|have)(?: (?:more|extra|in"
            r" stock))+(?: of)?\b"
        ),
        "what should we reorder",
    ),
    (r"\b(?P<a>sales|revenue) (?:status|position|situation) (?:of|for|at)\b", r"\g<a> at"),
    (
        (
            r"^\W*(?:these|the|those|your|my) (?:numbers?|figures?|data|results?|sales|totals?) (?:look|looks|seem"
            r"|seems|are|is|must be"
            r"|can'?t be)(?: (?:\w+))? ?(?:wrong|off|incorrect|strange|odd|too (?:high|low)|right|inaccurate"
            r"|different)\W*$"
        ),
        "why does this number differ from the finance report",
    ),
    (
        (
            r"\b(?:which|what|how many) (?:shelf |planogram |planned )?(?:positions?|slots?|spots?|places?"
            r"|shelves) (?:are|is|stand)"
            r" (?:empty|vacant|bare|unfilled|missing)(?: on (?:the|our) (?:shelf|shelves))?(?: (?:according to|by|after"
            r"|in) (?:the )?"
            r"(?:last|latest) scans?)?"
        ),
        "shelf gaps",
    ),
    (
        (
            r"\b(?:what(?:'s| is| are)|anything|which (?:products?|items?) (?:is|are))(?: we)? (?:coming|arriving|due"
            r"|getting|expected)"
            r"(?: in)? (?:on|with|in|by) (?:the |our |tomorrow's |today's |next |tonight's |monday's )*(?:truck"
            r"|delivery|shipment|load)\b"
        ),
        "what is on order",
    ),
    (
        (
            r"\bwho(?:'s| is| will be)(?: the| our| my)* (?:shift |duty |floor |acting )?(?P<job>lead|manager"
            r"|supervisor|key ?holder)(?: on"
            r" (?:duty|shift|call))? (?P<when>today|tonight|tomorrow|this (?:morning|afternoon|evening)|on (?:mon|tues"
            r"|wednes|thurs|fri"
            r"|satur|sun)day)\b"
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
            r"\b(?:average|avg\.?|mean|typical) (?=labou?r (?:cost )?(?:%|percent\w*|share|ratio)|staff cost|labou?r"
            r" as a)"
        ),
        "",
    ),
    (
        (
            r"\b(?:net |total |gross )?(?:sales|revenues?|turnover|income|takings|dollars?) (?:per|by|for (?:each"
            r"|every)|to"
            r"|earned per|generated per) (?:each |every )?(?:labou?r|staff|employee|worked|man|person|payroll)"
            r" hours?\b"
            r"(?! (?:of|in|at))"
        ),
        "sales per labour hour",
    ),
    (r"\bspsf\b|\bsales psf\b", "sales per square foot"),
    # --- goods that are gone, goods to come
    (
        (
            rf"{_LEAD}(?: any| all| our| my| the)* (?:(?:high|strong|top)[- ](?:demand|selling|volume|velocity)"
            rf" {_GOODS}|best"
            rf"[- ]?sellers?|{_GOODS})(?: that| which)?(?: are| is| currently| now| right now)* (?:completely"
            rf" )?(?:out"
            rf" of stock"
            r"|oos|stocked out|sold out)(?: now| right now| currently)?,?(?: (?:with|but|and|despite|yet|having"
            r"|that have"
            r"|where))+(?: (?:is|are|still|have|has|a|an|there is))* (?:high|strong|good|heavy|big|a lot of|lots of"
            r"|great|in)"
            r"(?: \w+)? ?(?:demand|sales|sellers?|velocity)\b"
        ),
        "which best sellers are out of stock",
    ),
    (
        (
            rf"{_LEAD}(?: (?:any|all|our|my|the))* (?:high|strong)[- ](?:demand|volume|velocity) {_GOODS}(?: (?:are"
            rf"|is"
            rf"|that"
            r"|which|currently|we))* (?=out of stock|oos|stocked out|sold out)"
        ),
        "which best sellers are ",
    ),
    (
        (
            rf"\b(?:which|what) {_GOODS} (?:needs?|requires?|(?:is|are) (?:due for|in need of|up for))(?: an?| to be|"
            rf" some)?"
            r"(?: (?:immediate|urgent|quick|emergency|prompt|same[- ]day))*(?:ly)? (?:re-?)?(?:replenish\w*"
            r"|re-?stock\w*"
            r"|re-?order\w*|stocking|ordering|ordered|stocked)(?: (?:right now|now|immediately|urgently|first|today"
            r"|asap))?"
            rf"(?: (?:across|in|at|over|for) (?:all|every|each)(?: of)?(?: the| our| my)? {_STORES})?"
        ),
        "what should we reorder",
    ),
    (
        (
            r"\b(?:where|which|what)?(?: do| does| did| have)?(?: i| we| the stores?)?(?: have| hold| got| see)?(?:"
            r" the| any)?"
            r" ?(?:excess|surplus|extra|spare|unbalanced|too much) (?:inventory|stock)(?: (?:that|which))?(?:"
            r" (?:needs?|should"
            r"|could|can|must|has|to))*(?: (?:be|to be|for))* (?:redistribut\w+|re-?balanc\w+|transfer\w*|moved?"
            r"|re-?allocat\w+"
            r"|shar\w+)\b"
        ),
        "transfer suggestions",
    ),
    (
        (
            r"\bwhere (?:is|are) (?:the |our )?(?P<what>stock-?outs?(?: risks?)?|stock risks?|overstock"
            r"|shrink(?:age)?"
            r"|waste)"
            r" (?:the )?(?:highest|worst|greatest|biggest|lowest|most)(?: (?:right )?now| today| at the moment)?"
        ),
        r"\g<what> by store",
    ),
    (
        (
            rf"\bwhich {_STORES} (?:is|are) (?:the )?(?:most |at )+(?:risk of|exposed to|risk for) (?:stock-?outs?"
            rf"|running out"
            r"|going out of stock|selling out)\b"
        ),
        "stockout risk by store",
    ),
    (
        (
            rf"\b(?:when) (?:will|do|does|am|are|is|can|should) (?:i|we|the {_STORES}|my {_STORES}|our {_STORES}"
            rf"|it)(?:"
            rf" be| to)?"
            r" (?:receiv\w+|get\w*|expect\w*|see|due|hav\w+)(?: (?:the|our|my|its|any|some|a|an))*(?: (?:next|new"
            r"|more"
            r"|fresh"
            r"|incoming|upcoming))* (?:deliver(?:y|ies)|shipments?|trucks?|inventory|stock|goods|merchandise"
            r"|replenishment)\b"
        ),
        "when is the next delivery due",
    ),
    (
        (
            r"\bwhen (?:is|are|will|does|do) (?:the |our |my )?(?:next |new |incoming )?(?:inventory|stock|goods"
            r"|merchandise"
            r"|truck|shipment|delivery) (?:be )?(?:arriv\w+|com\w+|due|land\w*|delivered|get here|expected)(?: in)?\b"
        ),
        "when is the next delivery due",
    ),
    # --- stores beside one another
    (
        (
            rf"\bcompare (?:the |our |my )*(?:(?:{_BEST}){_PAIR} (?:the |our )*(?:{_WORST})|(?:{_WORST}){_PAIR}"
            rf" (?:the "
            rf"|our )*"
            rf"(?:{_BEST}))(?: \d+| three| five)? {_STORES}(?: (?:by|on|in|for|in terms of))?"
        ),
        "gap between the best and the worst store in",
    ),
    (
        (
            rf"\bcompare (?:my|our|this|the) {_STORES} (?:to|with|against|vs\.?|versus) (?:the |all |our )*(?:others?"
            rf"|other {_STORES}|rest(?: of (?:the |our )?\w+)?|average|(?:chain|district|company|region)(?:"
            rf" average)?)(?=\W*$| )"
        ),
        "rank the stores",
    ),
    (
        rf"\b(?:which|what) {_STORES} (?:are|is|were|was|have been|has been|have|has) (?:over|out)[- ]?perform\w*\b",
        "best performing stores",
    ),
    (
        (
            rf"\bwhat (?:support|help|attention|coaching|action|changes?) (?:do|does|would|should) (?:the |our |my )*"
            rf"(?:under-?performing|struggling|weak\w*|poor\w*|low[- ]performing) {_STORES} (?:need|require|get"
            rf"|want)\b"
        ),
        "which stores are underperforming and why",
    ),
    (
        (
            r"\b(?:is|was) (?:the |our |this )?(?P<what>traffic|visitors?|sales|margin|conversion|footfall)"
            r" (?:problem"
            r"|issue"
            r"|decline|drop|dip|decrease|weakness|fall|slump)(?: \w+){0,2}? (?:local|regional|store[- ]specific"
            r"|chain[- ]?wide"
            r"|company[- ]?wide|isolated|everywhere|only (?:here|us)|just (?:here|us|my store))\b.*$"
        ),
        r"compare \g<what> by store last week with the week before",
    ),
    # --- what waits for somebody
    (
        (
            rf"{_LEAD}(?: (?:of|the|my|our|any))* (?:pending |open |outstanding )?approvals?(?: (?:that|which))?(?:"
            rf" (?:need|needs"
            r"|require|requires|await|awaits|are waiting for|are awaiting|want|do i have|are (?:mine|there|on)))+"
            r"(?: (?:my|our))?(?: (?:attention|approval|action|review|decision|response|sign-?off))?"
        ),
        "what is waiting for approval",
    ),
    (
        (
            rf"{_LEAD}(?: (?:an?|the|of|quick|short|brief|full|overview|summary|list|rundown|recap|all|any|on|about"
            rf"|me))*"
            r"(?: (?:today's|this week's|the week's|this morning's|yesterday's|last week's|current|our|my|open|the))*"
            r"(?: (?:key|main|top|biggest|critical|urgent|major|most important|most urgent|pressing|active|red))*(?:"
            r" \d+| three"
            r"| five)? (?:operational |operations |store |business |retail )?(?:issues?|problems?|concerns?|risks?"
            r"|alerts?|red"
            r" flags?|hot spots?|fires)(?: (?:i should (?:be aware of|know(?: about)?|look at|worry about)|to"
            r" (?:watch"
            r"|know"
            r"|look at|fix)|right now|now|today|this week|across (?:the|all|my|our) \w+|in (?:the|my|our) \w+|at the"
            r" moment"
            r"|need\w* (?:my )?attention))*\W*$"
        ),
        "what needs my attention",
    ),
    (
        (
            r"^\W*(?:which|what|any|are there any|show(?: me)?|list)(?: (?:are|is|the|our|my))? ?(?:open |active "
            r"|pending |current"
            r" |new )?(?:alerts?|warnings?|notifications?)(?: (?:are|is|do i have|are there))*(?: (?:pending|open"
            r"|active|today|now"
            r"|right now))?\W*$"
        ),
        "what needs my attention",
    ),
    (
        (
            r"\bwhat (?:action|actions|steps?|next steps?|measures?) (?:should|must|do|can|shall) (?:i|we)(?: need to"
            r"| have to)? (?:take"
            r"|do)(?: (?:now|first|next|today|right now|immediately|this week))*\W*$"
        ),
        "what should be my top priority today",
    ),
    (
        (
            r"^\W*(?:what(?:'s| is| are)|show(?: me)?|list|give me)(?: (?:the|my|our))*(?: (?:top|main|key"
            r"|biggest))?(?: \d+| three"
            r"| five)? (?:turn-?around|action|improvement|recovery|operational|business|store|weekly"
            r"|daily) (?:priorit(?:y|ies)"
            r"|action items?)(?: (?:this week|today|now|for (?:the|this) (?:week|day)|for today))?\W*$"
        ),
        "what should be my top priority today",
    ),
    (
        (
            r"^\W*where (?:is|are|do we see) (?:our |the )?(?:performance|sales|we|business)(?: the)? (?:strong(?:est)?"
            r"|weak(?:est)?"
            r"|best|worst|doing (?:best|well|badly|worst))(?: (?:or|and|vs\.?) (?:the )?(?:strong(?:est)?"
            r"|weak(?:est)?|best"
            r"|worst))?\b"
        ),
        "rank the stores",
    ),
    (
        (
            r"\bhow (?:did|has|have) (?:the |our |my )?(?P<what>[\w ]{3,30}?) (?:evolved?|develop(?:ed)?)(?= (?:this"
            r"|last|in|over"
            r"|since|from|between)\b)"
        ),
        r"compare \g<what>",
    ),
    (
        (
            r"\bwhat (?:factors?|things?|drivers?|events?) (?:have |has |are )?(?:affect\w*|influenc\w*|impact\w*|drove"
            r"|drive|driving"
            r"|explain\w*) (?:the |our )?(?P<what>traffic|visitors|sales|margins?|conversion|footfall)\b"
        ),
        r"why did \g<what> change",
    ),
    (
        (
            r"^\W*(?P<ask>do we have|is there|are there|do we stock|do we carry|can i find|have we got|is"
            r"|are) (?P<what>[^?]+?)"
            r"(?: available| in stock)? (?:in|at) (?:any |one |some )?(?:of )?(?:our |the |my )?(?:other|another|nearby"
            r"|neighbou?ring|different|sister) (?:stores?|locations?|shops?|branch(?:es)?)\W*$"
        ),
        r"stock of \g<what> by store",
    ),
    (r"\bprice[- ]change (?=tasks?\b)", "price check "),
    (
        (
            r"^\W*(?P<please>(?:please )?)re-?stock (?P<what>[^?\d]+?) (?:by|with) \+?(?P<n>\d{1,4})(?P<unit> (?:units?"
            r"|pieces|pcs))?"
            r"(?=\W*$| (?:at|for|in)\b)"
        ),
        r"\g<please>order \g<n> \g<what>",
    ),
    # --- parts of the day, ways of selling
    (
        (
            r"(?:\b(?:in|during|for|at) (?:the )?|\bthe )?\b(?P<part>breakfast|lunch|dinner|morning|afternoon"
            r"|evening)(?:time)?"
            r" (?:window|daypart|rush|time slot|service|trade|peak)\b"
        ),
        r"at \g<part>",
    ),
    (
        (
            r"^\W*(?:what |which |how much )?(?:percent(?:age)?|%|share|proportion|part|much)? ?of (?:our |the |my "
            r"|total |all )*"
            r"(?:sales|revenue|business) (?:comes?|came|is|are|was|were|coming|made)(?: (?:from|through|via"
            r"|by|in))? (?:delivery|online|in-?store|pick-?up|curbside|take-?out|dine-?in|e-?commerce|the web"
            r"|app)\b(?:[^?]*?"
            r"(?:vs\.?|versus|and|or|against|compared (?:to|with)) (?:delivery|online|in-?store|pick-?up|curbside"
            r"|take-?out"
            r"|dine-?in|e-?commerce|the web|app))?"
        ),
        "share of sales by channel",
    ),
)
"""``(pattern, words)``: each holds whatever else is asked."""
