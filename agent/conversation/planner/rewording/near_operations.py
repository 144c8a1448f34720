"""Near questions of those who run stores: the one that can be answered, and what tells it from the one asked.

The table of ``nearest``, of one trade: people and hours, stores against a measure nobody set, tasks and losses.
"""

from __future__ import annotations

_STORES = r"(?:stores?|shops?|locations?|branch(?:es)?|outlets?|sites?)"
_PEOPLE = r"(?:employees?|associates?|staff(?: members?)?|team members?|people|workers?|colleagues?|cashiers?)"
_EACH = rf"(?:at|in|per|by|for|across|does)(?: each| every| all| the| our| my)* {_STORES}"
_RANGE = r"(?:departments?|categor(?:y|ies)|divisions?|brands?)"
_ROLE = r"(?:role|job|position|title|department|person|employee|associate|worker|store|location)"

_WHY_LABOUR = (
    r"^\W*why (?:did|do|does|has|have|are|is|were|was)(?: (?:the|our|my))?(?: (?P<where>store ?#?\d+"
    r"|[\w ]{3,30}?)'s)?"
    r" (?P<what>labou?r(?: costs?)?(?: %| percent\w*)?|staff(?:ing)? costs?|payroll(?: costs?)?|splh|sales per"
    r" labou?r hour"
    r"|labou?r hours)(?: (?:been|being|so|too))* (?:increas\w+|ris\w+|rose|go(?:ing|es)? up|gone up|up|high(?:er)?"
    r"|jump\w*"
    r"|spik\w*|chang\w+|fall\w*|fell|drop\w*|decreas\w+|down|low(?:er)?|go(?:ing)? down|grow\w*|grew)\b"
)
_PARTS = (
    "Causes of a change in {what} cannot be worked out one by one; these are its parts beside one another: cost,"
    " hours and"
    " sales per hour. Where hours rose less than cost, an hour cost more."
)
NEAR_ROWS: tuple[tuple[str, str, str], ...] = (
    # --- people and what they cost
    (
        (
            rf"^\W*(?:show(?: me)?|list|what(?:'s| is| are)|how many|give me|number of|the)*(?: the)? ?(?:number of "
            rf"|count of"
            rf" |total )*{_PEOPLE}(?: (?:do we have|are there|work\w*|we have|are employed|are|count|headcount))*"
            rf" {_EACH}"
            rf"(?: have| employ| has)?|\bhead ?count (?:by|per|for each) {_STORES}\b"
        ),
        "who worked last 4 weeks",
        (
            "Who is on the payroll is not listed here; counted are those who clocked in over the last four weeks, "
            "and who"
            " worked at two stores counts at both."
        ),
    ),
    (
        (
            rf"\b(?:average|avg|mean|typical) (?:hourly |base )?(?:pay|wages?|salar(?:y|ies)|rates?(?: of pay)?)(?:"
            rf" rates?)?"
            rf"(?: (?:by|per|for each|of each|for|across) (?:each |every )?{_ROLE}s?)?(?= (?:last|this|in|at)\b|\W*$)"
        ),
        "labour cost and labour hours last month by store",
        (
            "What people are paid, one by one or by role, is not told here. Labour cost over labour hours is what an"
            " hour cost"
            " on average."
        ),
    ),
    (
        rf"{_WHY_LABOUR} (?P<when>(?:last|this|in|on|yesterday|since) ?(?:[a-z]+)?)\W*$",
        r"compare labour cost, labour hours and sales per labour hour \g<when> at \g<where>",
        _PARTS,
    ),
    (
        _WHY_LABOUR,
        r"compare labour cost, labour hours and sales per labour hour last week with the week before at \g<where>",
        _PARTS,
    ),
    (
        (
            rf"^\W*(?:which|what|who)(?: of (?:my|our|the))? ?{_PEOPLE}?(?: is| are)? (?:the )?(?:best|strongest|most"
            rf" (?:productive"
            r"|efficient)|top)(?: at)?[^?]*\b(?:per|by|for|and) (?:traffic|visitors?|labou?r hours?|hours?)\b[^?]*"
        ),
        "net sales by employee last 4 weeks",
        (
            "Hours and visitors are those of a whole store, so neither is held against one person; sales stand "
            "under the"
            " person who rang them up."
        ),
    ),
    (
        (
            rf"^\W*how (?:do|does|did|are|is|well do)(?: (?:my|our|the))? {_PEOPLE} (?:perform\w*|do(?:ing)?"
            rf"|sell\w*)(?: (?:during"
            r"|in|at|on))(?: (?:the|my|our))? (?:peak|busy|busiest|rush|slow|quiet)[^?]*"
        ),
        "net sales by employee last 4 weeks",
        (
            "Employees and hours of the day are not crossed here, so this is over all hours. “Busiest hours” tells"
            " when the"
            " peaks are, “sales by hour” what they bring."
        ),
    ),
    (
        (
            rf"\b(?:which|what) {_STORES} (?:are|is|were|was|seem|have been)(?: the most)? (?P<how>under-?staffed"
            rf"|over-?staffed"
            r"|short[- ]staffed|short[- ]handed)(?: (?:compared|relative) (?:to|with) (?:the )?(?:average|others?"
            r"|rest"
            r"|norm"
            r"|chain))?(?=\W*$| (?:this|last|right|now|on average|today))"
        ),
        "sales per labour hour by store last 4 weeks",
        (
            "How many people a store needs is not in the data, so nobody can be called {how} by it. This is how much"
            " trade"
            " falls on an hour worked: a store well above the others has few hands for its sales."
        ),
    ),
    # --- stores and ranges against a measure that nobody set
    (
        (
            rf"\b(?:which|what) regions? and {_STORES} (?:are|is|were) under-?performing(?: and (?:need|needs|require"
            rf"|deserve)"
            r" (?:my |our |the most )?(?:attention|support|help))?"
        ),
        "which stores are underperforming",
        "This is by store; a region here is a district: “net sales by district last week against the week before”.",
    ),
    (
        rf"\b(?:which|what) (?P<what>{_RANGE}) (?:are|is|were|was|have been|has been) (?:over|out)-?performing\b",
        r"which \g<what> grew most in net sales last 4 weeks against the period before",
        "No targets are set for {what}, so each is held against its own four weeks before.",
    ),
    (
        (
            rf"\b(?:which|what) (?P<what>{_RANGE}) (?:are|is|were|was|have been|has been) (?:under-?performing"
            rf"|struggling"
            r"|lagging|falling behind)\b(?! (?:and )?(?:why|need))"
        ),
        r"which \g<what> declined most in net sales last 4 weeks against the period before",
        "No targets are set for {what}, so each is held against its own four weeks before.",
    ),
    (
        (
            rf"\b(?:which|what)(?: of (?:my|our|your|the))? {_STORES} (?:are|is|has been|have been|were|was)"
            r" (?:under-?performing|below|under|behind|falling short of)(?: (?:its|their|the|own))*(?: (?:weekly"
            r"|daily"
            r"|usual"
            r"|normal|own|typical))* (?:average|norm|mean) (?:for|on|over|in|during)? ?(?:the )?(?:past|last"
            r"|previous)"
            r" (?P<n>two|three|four|five|six|2|3|4|5|6) (?P<day>(?:mon|tues|wednes|thurs|fri|satur|sun)day)s?"
        ),
        r"sales on \g<day>s last \g<n> weeks by store",
        (
            "A store's norm is known by the week, not for one weekday, so these are the {day}s themselves; “which"
            " stores are"
            " underperforming last week?” holds whole weeks against the norm."
        ),
    ),
    (
        (
            r"\b(?:during|at|in|for)? ?(?:which|what) (?:times?|hours?|parts?) of (?:the )?day (?:have|did|do|are"
            r"|were)(?: we| i|"
            r" the stores?)?(?: been)? (?:met|exceed\w*|declin\w*|improv\w*|gain\w*|los\w*|miss\w*|fall\w*"
            r"|grow\w*)[^?]*"
        ),
        "compare net sales by hour last 4 weeks with the period before",
        "There are no targets by hour, so each hour is held against the same hour of the four weeks before.",
    ),
    (
        (
            r"\b(?:what(?:'s| is| are)|show(?: me)?|list|give me|identify|find)(?: (?:the|our|my|some))*(?: (?:top"
            r"|biggest|best"
            r"|main|greatest|key))*(?: \d+| three| five)? (?:growth |profit |margin |revenue |sales |improvement"
            r" )?opportunit(?:y"
            r"|ies)(?: (?:to|for|in|of|across|that would) (?:improv\w*|increas\w*|grow\w*|boost\w*|rais\w*|lift\w*"
            r"|drive|more)?"
            r"(?: \w+){0,5})?(?=\W*$)"
        ),
        "how can we improve our profit",
        (
            "What an opportunity would bring is not forecast here; this is what stands in the way of profit now."
            " “What is bought"
            " together” and “where do we lose sales to stock-outs” look for sales."
        ),
    ),
    (
        (
            rf"\b(?:which|what)(?: \d+)? (?P<what>{_STORES}|regions?|districts?|areas?)(?: (?:are|is|have|has|had"
            rf"|should|do|does|need"
            r"|needs|we|i|in|the|at|a))* (?:(?:highest|biggest|most|greatest|worst"
            r"|serious)? ?(?:in )?(?:crisis(?: mode)?|trouble"
            r"|risks?(?: scores?| level)?|red|critical|failing|danger)|audit(?:ed)?|inspect(?:ed)?|prioriti[sz]ed?"
            r"|escalat\w+)"
            r"(?: first| most| next| now| right now| currently| today| this week)*(?: and why)?(?=\W*$)"
        ),
        "which stores are underperforming last week and why",
        (
            "No score of risk is kept for stores or districts, so this is how each store does against its own past; "
            "“exception"
            " report” and “stockout risk by store” are other ways to look."
        ),
    ),
    (
        (
            rf"\b(?:show(?: me)?|list|which|what)(?: the)?(?: top| bottom)?(?: \d+)? {_STORES} (?:by|with the most"
            rf"|have the most|with)"
            r" (?:revenue|sales|money)(?: that is)? at risk\b"
        ),
        "stockout risk by store",
        (
            "Sales at risk are known as products that will run out within a week at the rate they sell; they are "
            "counted by store,"
            " and the list of products has the money."
        ),
    ),
    (
        (
            rf"^\W*why (?:does|do|is|are|did|has) (?:my|our|this|the) {_STORES} (?:lag\w*|trail\w*|behind"
            rf"|fall\w* behind|lower than"
            rf"|worse than)(?: behind)? (?:its|the|our|their|my|all|other)* ?(?:cluster|peers?|others?"
            rf"|comparable {_STORES}|average"
            rf"|chain|rest|district|region|{_STORES})\b"
        ),
        "which stores are underperforming last week and why",
        (
            "Groups of like stores are not set up, so each store is held against its own past; “rank the stores” puts "
            "them beside"
            " one another."
        ),
    ),
    (
        (
            rf"\b(?:which|what) {_STORES} (?:are|is|were|was|went|ran|have been|has been) (?:over|above|under|below"
            rf"|exceeding|within)"
            r" (?:their |the |our |its )?(?:labou?r|staffing|payroll|wage) (?:budgets?|targets?|plan|goals?|allowance"
            r"|hours)\b"
        ),
        "labour cost percentage by store",
        (
            "Labour budgets are not in the data; this is labour as a share of net sales, highest first where it costs "
            "most."
        ),
    ),
    (
        (
            r"\bwhere (?:is|are) (?:our |the |my )?(?:food|goods|product|merchandise) costs? (?:the "
            r"|our )?(?:biggest problem|highest"
            r"|worst|too high|out of line|a problem)\b"
        ),
        "gross margin by department last 4 weeks",
        "Cost of goods is the other side of gross margin: where the margin % is lowest, goods take most of the sale.",
    ),
    (
        (
            r"\b(?:which|what) (?P<what>stores?|locations?|departments?|products?) (?:struggle|suffer"
            r"|do(?:es)? (?:badly|worst|poorly)"
            r"|drop|dip|fall|perform (?:badly|poorly|worst)|lose(?: sales)?)s? (?:most )?(?:when|if|on days (?:when"
            r"|that)|in|during)"
            r" (?:it(?:'s| is)? )?(?:rain\w*|wet|snow\w*|storm\w*|cold|hot|bad weather|the rain)(?: (?:weather|days?))?"
        ),
        r"net sales by \g<what> and weather",
        "The days of each kind of weather stand beside each other; what else made them differ is not taken out.",
    ),
    (
        (
            rf"\b(?:which|what) {_STORES} (?:had|have|has|got|saw|see) (?:the )?(?:highest|most|best|lowest|fewest"
            rf"|worst|greatest)"
            r" (?:coupon )?(?:redemptions?|coupon usage|coupon use)(?: rates?)?\b"
        ),
        "coupon redemption",
        (
            "Redemption is not split by store: a campaign is sent to households, who may use a coupon anywhere. Name "
            "one store,"
            " “coupon redemption at Harbor Point”, for the households that bought there."
        ),
    ),
    (
        (
            r"^\W*(?:is|are) (?:our |the |my )?(?:labou?r|staffing)(?: (?:efficiency|hours|costs?|levels?"
            r"|spend))? (?:aligned|in line|"
            r"matched|keeping up|in step|consistent) with (?:the |our )?(?:sales|demand|traffic|visitors|trade)\b"
            r"|^\W*(?:is|are) (?:our |the )?operations? (?:supporting|keeping up with|meeting) (?:the |our )?demand\b"
        ),
        "compare net sales, labour hours and sales per labour hour by store last 4 weeks with the period before",
        (
            "Whether that is in step is for you to judge: where hours grew faster than sales, an hour brought less. "
            "What was out"
            " of stock is in “lost sales last month”."
        ),
    ),
    (
        (
            r"^\W*(?:what|which|show(?: me)?|list|any)(?: (?:are|is|the|our|my|all|of))* (?:active |open "
            r"|current )?(?:pending items?"
            r"|open items?|items? (?:pending|waiting)|outstanding items?)(?: (?:are|do i have"
            r"|are there))*(?: (?:pending|today|now))?"
            r"\W*$"
        ),
        "what is waiting for approval? list open tasks",
        "These are the proposals that wait for somebody and the tasks of the stores; nothing else is kept open here.",
    ),
    (
        (
            r"^\W*(?:show(?: me)?|what(?:'s| is)|how (?:is|are))?(?: (?:the|our|my))? ?(?:customer "
            r"|online )?orders? (?:pipeline|queue"
            r"|backlog|status(?:es)?)(?: status)?\b"
        ),
        "open purchase orders",
        "This is of orders to suppliers; orders of customers for pickup or delivery are not in the data.",
    ),
    (
        (
            r"\b(?:which|what) (?:districts?|regions?) (?:has|have|had|is|are|was|were"
            r"|with)(?: losing)? (?:the )?(?:highest|most|worst"
            r"|lowest|biggest|least) (?P<what>shrink(?:age)?|waste|spoilage)\b"
        ),
        r"\g<what> by store",
        "This is by store: {what} is not added up by district.",
    ),
    (
        (
            r"\bhow (?:did|do|does|is|are|has|have) (?:each|every|the|our|my)(?: of (?:our|my))? (?:districts?"
            r"|regions?)(?: (?:do|doing"
            r"|done|perform\w*|performed|tracking|stand))* (?:against|vs\.?|versus|to|compared (?:to|with)) (?:the "
            r"|their |its )?"
            r"(?:plans?|targets?|budgets?|goals?)\b"
        ),
        "which stores are behind target",
        "Targets are set for stores; “net sales by district last week against the week before” has the districts.",
    ),
    (
        (
            rf"\b(?:which|what) (?P<what>{_STORES}|{_RANGE}) (?:are|is) losing (?:the )?(?:most )?(?:revenue|sales"
            rf"|money|business|ground)\b"
        ),
        r"which \g<what> declined most in net sales last 4 weeks against the period before",
        (
            "Losing is taken as net sales below those of the four weeks before; what was lost to stock-outs is in "
            "“lost sales last"
            " month”."
        ),
    ),
    (
        (
            r"^\W*why (?:is|does|do|did|was|are|were|has) (?P<a>(?:store|shop|branch|location) \w+|[a-z'-]+ [a-z'-]+)"
            r" (?:perform\w*|do(?:ing|es)?|sell(?:s|ing)?|sold|mak(?:e|es|ing)|made|earn\w*)(?: so)?(?: much| far)?"
            r" (?:better|worse|more|less|higher|lower) than"
            r" (?P<b>(?:store|shop|branch|location) \w+|[a-z'-]+ [a-z'-]+)(?=\W*$| (?:last|this) (?:week|month)\b)"
        ),
        r"compare \g<a> and \g<b> last 4 weeks",
        (
            "Causes can be worked out for a change from one time to another, not for a difference between two stores; "
            "these are"
            " their figures beside one another."
        ),
    ),
    (
        (
            rf"^\W*(?:what(?:'s| is)|show(?: me)?|how is)(?: (?:the|our|my))* (?:team|staff|crew) (?:composition"
            rf"|make-?up|mix|size|list"
            rf"|roster)(?: {_EACH})?\b"
        ),
        "who worked last 4 weeks",
        (
            "Who is on the payroll is not listed here; these are the people who clocked in over the last four weeks, "
            "with their"
            " roles."
        ),
    ),
    (
        (
            r"^\W*(?:what(?:'s| is)|which is|show(?: me)?)(?: (?:the|our|my))* oldest(?: (?:open|pending"
            r"|outstanding))? tasks?\b"
        ),
        "list open tasks",
        "When a task was put on the list is not told; those due first stand first.",
    ),
    (
        (
            r"\b(?:what|how many|which)? ?(?:share|percent(?:age)?|proportion|%)? ?(?:of )?(?:the |our |my "
            r"|this week's |today's )?tasks"
            r" (?:got|get|were|was|are|have been) (?:done|finished|completed)(?: on time| in time| late)\b"
        ),
        "which tasks are done",
        "Whether a task was done in time is not counted; these are those that are done.",
    ),
    # --- stock against a level
    (
        (
            rf"\b(?:which|what|show(?: me)?|list)(?: the| our| my)? {_STORES}(?: (?:with|have|has|that have|having"
            rf"|are))*(?: the)?"
            r"(?: most)?(?: \w+)? ?(?:inventory|items?|products?|skus?|stock)?(?: (?:levels?|that are|are|is))*"
            r" (?:below|under)"
            r"(?: their| the| its)? (?:par|minimum|min|safety|reorder)(?: stock| levels?| point)?(?: \([^)]*\))?"
        ),
        "stockout risk by store",
        (
            "Par levels are not in the data; this counts what will be gone within a week at the rate it sells. “What"
            " should we"
            " reorder” lists the products with the quantity."
        ),
    ),
    (
        (
            rf"\b(?:which|what) {_STORES} (?:has|have|is holding|are holding|holds?|is sitting on)(?: an?| too| got)?"
            rf" (?:excess"
            r"|surplus|extra|too much|spare|over-?stock of)(?: stock| inventory)?(?: of)? (?!stock\b"
            r"|inventory\b)(?P<goods>[^?]+?)"
            r"(?=\W*$)"
        ),
        r"days of cover of \g<goods> by store",
        (
            "Excess is a matter of how long the stock lasts, so that is what is given: the store with the longest"
            " cover has"
            " most to spare."
        ),
    ),
    (
        (
            rf"^\W*(?:show(?: me)?|which|what|list) {_STORES} with (?:inventory|stock) (?:alerts?|problems?|issues?"
            rf"|warnings?)\b"
        ),
        "stockout risk by store",
        (
            "No alerts are set up for stock; this is what will be gone within a week at the rate it sells. “Out of"
            " stock by"
            " store”, “overstock by store” and “dead stock” are the other sides."
        ),
    ),
    (
        (
            r"\b(?:has|have|did) (?P<what>shrink(?:age)?|waste|spoilage) (?:jump\w*|spik\w*|gone up|go up|increas\w*"
            r"|ris\w+"
            r"|chang\w*|improv\w*|gone down|fall\w*|drop\w*)(?: \w+){0,2}(?=\W*$)"
        ),
        r"\g<what> this month? \g<what> last month",
        "The two stand beside each other; this month is not over, so hold it against the days that have passed.",
    ),
    (
        (
            r"\bshould (?:i|we) (?:order|stock|buy|get|carry)(?: up(?: on)?)?(?: (?:extra|more|additional))(?: stock"
            r"| inventory| goods"
            r"| units)?(?: (?:for|before|ahead of|because of)) (?:the )?(?!\d)(?P<event>[a-z][\w' ]{2,30})(?=\W*$)"
        ),
        "what should we reorder",
        (
            "What {event} would add to demand is not foreseen here; this is what is due to be ordered at the rate "
            "goods sell now."
        ),
    ),
    (
        (
            r"\b(?:show(?: me)?|list|what(?:'s| is| are)|any|which|find)(?: (?:the|our|all|items? (?:are )?on"
            r"|products? (?:are )?on))*"
            r" clearance(?: (?:deals?|items?|products?|offers?|goods|sales?|now|right now))*(?=\W*$)"
        ),
        "what promotions are running",
        (
            "Clearance is not told apart from other promotions, so this is all that runs. “What should we mark down?” "
            "has the goods"
            " that lie."
        ),
    ),
    # --- work
    (
        (
            r"^\W*(?:show(?: me)?|list|what(?:'s| is| are)?|which|give me)(?: (?:the|our|my|all))* tasks?(?:"
            r" (?:are|is"
            r"|that are"
            r"|that is))* (?:overdue|late) (?:or|and) (?:blocked|stuck|on hold|at risk|stalled)\b"
        ),
        "which tasks are overdue",
        "A task here is open, overdue, done or cancelled; blocked is no state of it, so these are the overdue ones.",
    ),
    (
        (
            r"^\W*(?:show(?: me)?|list|what(?:'s| is| are)|give me)(?: (?:the|our|my|current))* (?:staff|team"
            r"|employee"
            r"|associate)"
            r" (?:status|availability)(?: and|,|&)+ (?:the )?(?:task|work) (?:assignments?|lists?|status)\b"
        ),
        "who is clocked in now? list open tasks",
        "The list of tasks names the person where one is assigned.",
    ),
    (
        (
            r"^\W*(?:what|which|any) (?:purchase )?orders? (?:need|needs|should|must|to) (?:be )?(?:chas\w+"
            r"|follow\w*[- ]?up"
            r"|expedit\w+|escalat\w+)\b"
        ),
        "which purchase orders are overdue",
        "This is of orders to suppliers; orders of customers for pickup or delivery are not in the data.",
    ),
)
"""``(how it is asked, the question answered, what tells them apart)``; a named group can be used in both."""
