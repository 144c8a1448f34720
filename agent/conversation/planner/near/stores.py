"""What those who run stores ask about them and their stock that only a neighbour can answer; rows as in ``near``."""

from __future__ import annotations

_STORES = r"(?:stores?|shops?|locations?|branch(?:es)?|outlets?|sites?)"
_EACH = rf"(?:at|in|per|by|for|across|does)(?: each| every| all| the| our| my)* {_STORES}"
_RANGE = r"(?:departments?|categor(?:y|ies)|divisions?|brands?)"
_ON_THE_FLOOR = (
    r"what(?:'s| is| (?:goods|products|items) are| (?:have|do) we (?:got|have))? (?:out )?on (?:the|our) (?:sales |shop"
    r" )?(?:floor|shelf|shelves)"
)
STORE_NEAR: tuple[tuple[str, str, str], ...] = (
    # --- what each store stocks
    (
        (
            rf"^\W*(?:please |can you )*(?:get |give |show |make )?(?:me |us )?(?:an? )?(?:list(?: of)?"
            rf"|show(?: me)?) (?:all |the "
            rf"|our |every )*{_STORES} (?:and|with) (?:all )?(?:the |their |what )?(?:products|items|goods"
            rf"|skus)(?: (?:that )?"
            rf"(?:they|each(?: one)?|it) (?:stocks?|carr(?:y|ies)|has|have|holds?|sells?))?(?: in stock)?"
            rf"(?:,? including (?:all )?(?:the )?{_STORES} (?:that |which )?(?:currently )?(?:do not have any"
            rf"|don't have any"
            r"|have no|with no|without)(?: any)? (?:products|items|stock)(?: in stock)?)?(?=\W*$)"
        ),
        "stock by store",
        (
            "The products are not listed store by store: this is how many each store has in stock. For a list name the"
            " store: “stock at Harbor Point by product”."
        ),
    ),
    (
        rf"\b{_ON_THE_FLOOR},? (?:and|or) what(?:'s|s| is| are)? (?:missing|gone|not(?: there)?)(?: from it)?",
        "what is out of stock",
        (
            "What stands on the sales floor is not recorded product by product, only how much of each is on hand. This "
            "is what is missing; what is there is in “stock levels by department”, who is on duty in “who is working "
            "now?”."
        ),
    ),
    (
        rf"\b{_ON_THE_FLOOR}(?=\W*$| (?:at|in|right now|now|today)\b)",
        "stock levels by department",
        (
            "What stands on the sales floor is not recorded product by product: this is what is on hand, on the floor "
            "and in the back. Who is on duty is in “who is working now?”."
        ),
    ),
    (
        (
            r"\b(?:which|what) (?:products?|items?|goods|skus?) (?:are|is) (?:low|running low|short|nearly (?:out"
            r"|empty)|almost (?:out"
            r"|empty)) on the (?:shelf|shelves|floor),? (?:but|and|yet|while) (?:have|has|with|there is|are"
            r"|still have)(?: still)?"
            r"(?: \w+)? ?(?:stock|units|plenty|more|some|inventory|in|on hand)? ?(?:in|on|at)? ?(?:the )?(?:back ?room"
            r"|back|stock ?room)"
        ),
        "what is in the back room but not on the shelf",
        (
            "Shelves that are low are not told apart from full ones, as how much they hold is not known: these have "
            "nothing out "
            "front and stock in the back, where the source gives a level for each."
        ),
    ),
    (
        (
            r"\b(?:give me|write|prepare|make|what(?:'s| is) (?:in )?)? ?(?:a |the "
            r"|our )?(?:shift )?hand-?over(?: (?:summary|notes?|report"
            r"|brief\w*))?(?: (?:for|to) the (?:next|evening|morning|night|late|early|closing|opening) (?:shift|team"
            r"|crew))?(?=\W*$)"
        ),
        "what needs my attention today? which tasks are open?",
        "A handover has more than the data knows; this is what stands out today and which tasks are open.",
    ),
    (
        (
            r"\b(?P<of>food|goods|product|merchandise) costs?(?: (?:percentages?|percent|%|rates?|ratios?))?"
            r"(?= (?:by|per|last|this|in|at|yesterday|over|of each)\b|\W*$)(?<!cost of goods)"
            r"|\b(?P<cogs>cost of goods(?: sold)?"
            r"|cogs)(?:,?(?: as)? (?:an? )?(?:percentage|percent|%|share) of (?:net )?(?:sales|revenue)|"
            r" (?:percentages?|percent|%|rates?|ratios?))"
        ),
        "gross margin %",
        (
            "What goods cost as a share of sales is what gross margin leaves of the whole: the lowest margin is the "
            "highest cost."
        ),
    ),
    # --- stores and ranges against a measure that nobody set
    (
        (
            rf"\b(?:which|what) regions? and {_STORES} (?:are|is|were) under-?performing(?: and (?:need|needs|require"
            "|deserve) (?:my |our |the most )?(?:attention|support|help))?"
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
            r"|struggling|lagging|falling behind)\b(?! (?:and )?(?:why|need))"
        ),
        r"which \g<what> declined most in net sales last 4 weeks against the period before",
        "No targets are set for {what}, so each is held against its own four weeks before.",
    ),
    (
        (
            rf"\b(?:which|what)(?: of (?:my|our|your|the))? {_STORES} (?:are|is|has been|have been|were"
            "|was) (?:under-?performing|below|under|behind|falling short of)(?: (?:its|their|the|own))*(?: (?:weekly"
            "|daily|usual|normal|own|typical))* (?:average|norm|mean) (?:for|on|over|in|during)? ?(?:the )?(?:past"
            "|last|previous) (?P<n>two|three|four|five|six|2|3|4|5|6) (?P<day>(?:mon|tues|wednes|thurs|fri|satur"
            "|sun)day)s?"
        ),
        r"sales on \g<day>s last \g<n> weeks by store",
        (
            "A store's norm is known by the week, not for one weekday, so these are the {day}s themselves; “which "
            "stores are underperforming last week?” holds whole weeks against the norm."
        ),
    ),
    (
        (
            r"\b(?:during|at|in|for)? ?(?:which|what) (?:times?|hours?|parts?) of (?:the )?day (?:have|did|do|are"
            r"|were)(?: we| i| the stores?)?(?: been)? (?:met|exceed\w*|declin\w*|improv\w*|gain\w*|los\w*|miss\w*"
            r"|fall\w*|grow\w*)[^?]*"
        ),
        "compare net sales by hour last 4 weeks with the period before",
        "There are no targets by hour, so each hour is held against the same hour of the four weeks before.",
    ),
    (
        (
            r"\b(?:what(?:'s| is| are)|show(?: me)?|list|give me|identify|find)(?: (?:the|our|my|some))*(?: (?:top"
            r"|biggest|best|main|greatest|key))*(?: \d+| three| five)? (?:growth |profit |margin |revenue |sales "
            r"|improvement )?opportunit(?:y|ies)(?: (?:to|for|in|of|across|that would) (?:improv\w*|increas\w*|grow\w*"
            r"|boost\w*|rais\w*|lift\w*|drive|more)?(?: \w+){0,5})?(?=\W*$)"
        ),
        "how can we improve our profit",
        (
            "What an opportunity would bring is not forecast here; this is what stands in the way of profit now. "
            "“What is bought together” and “where do we lose sales to stock-outs” look for sales."
        ),
    ),
    (
        (
            rf"\b(?:which|what)(?: \d+)? (?P<what>{_STORES}|regions?|districts?|areas?)(?: (?:are|is|have|has|had"
            "|should|do|does|need|needs|we|i|in|the|at|a))* (?:(?:highest|biggest|most|greatest|worst"
            "|serious)? ?(?:in )?(?:crisis(?: mode)?|trouble|risks?(?: scores?| level)?|red|critical|failing|danger)"
            r"|audit(?:ed)?|inspect(?:ed)?|prioriti[sz]ed?|escalat\w+)(?: first| most| next| now| right now"
            r"| currently| today| this week)*(?: and why)?(?=\W*$)"
        ),
        "which stores are underperforming last week and why",
        (
            "No score of risk is kept for stores or districts, so this is how each store does against its own past; "
            "“exception report” and “stockout risk by store” are other ways to look."
        ),
    ),
    (
        (
            rf"\b(?:show(?: me)?|list|which|what)(?: the)?(?: top| bottom)?(?: \d+)? {_STORES} (?:by|with the most"
            r"|have the most|with) (?:revenue|sales|money)(?: that is)? at risk\b"
        ),
        "stockout risk by store",
        (
            "Sales at risk are known as products that will run out within a week at the rate they sell; they are "
            "counted by store, and the list of products has the money."
        ),
    ),
    (
        (
            rf"^\W*why (?:does|do|is|are|did|has) (?:my|our|this|the) {_STORES} (?:lag\w*|trail\w*|behind"
            r"|fall\w* behind|lower than|worse than)(?: behind)? (?:its|the|our|their|my|all|other)* ?(?:cluster"
            rf"|peers?|others?|comparable {_STORES}|average|chain|rest|district|region|{_STORES})\b"
        ),
        "which stores are underperforming last week and why",
        (
            "Groups of like stores are not set up, so each store is held against its own past; “rank the stores” puts "
            "them beside one another."
        ),
    ),
    (
        (
            rf"\b(?:which|what) {_STORES} (?:are|is|were|was|went|ran|have been|has been) (?:over|above|under|below"
            "|exceeding|within) (?:their |the |our |its )?(?:labou?r|staffing|payroll|wage) (?:budgets?|targets?"
            r"|plan|goals?|allowance|hours)\b"
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
            r"|our )?(?:biggest problem|highest|worst|too high|out of line|a problem)\b"
        ),
        "gross margin by department last 4 weeks",
        "Cost of goods is the other side of gross margin: where the margin % is lowest, goods take most of the sale.",
    ),
    (
        (
            r"\b(?:which|what) (?P<what>stores?|locations?|departments?|products?) (?:struggle|suffer"
            "|do(?:es)? (?:badly|worst|poorly)|drop|dip|fall|perform (?:badly|poorly|worst)"
            r"|lose(?: sales)?)s? (?:most )?(?:when|if|on days (?:when|that)|in|during) (?:it(?:'s| is)? )?(?:rain\w*"
            r"|wet|snow\w*|storm\w*|cold|hot|bad weather|the rain)(?: (?:weather|days?))?"
        ),
        r"net sales by \g<what> and weather",
        "The days of each kind of weather stand beside each other; what else made them differ is not taken out.",
    ),
    (
        (
            rf"\b(?:which|what) {_STORES} (?:had|have|has|got|saw|see) (?:the )?(?:highest|most|best|lowest|fewest"
            r"|worst|greatest) (?:coupon )?(?:redemptions?|coupon usage|coupon use)(?: rates?)?\b"
        ),
        "coupon redemption",
        (
            "Redemption is not split by store: a campaign is sent to households, who may use a coupon anywhere. Name "
            "one store, “coupon redemption at Harbor Point”, for the households that bought there."
        ),
    ),
    (
        (
            r"^\W*(?:is|are) (?:our |the |my )?(?:labou?r|staffing)(?: (?:efficiency|hours|costs?|levels?"
            "|spend))? (?:aligned|in line|matched|keeping up|in step|consistent) with (?:the |our )?(?:sales|demand"
            r"|traffic|visitors|trade)\b|^\W*(?:is|are) (?:our |the )?operations? (?:supporting|keeping up with"
            r"|meeting) (?:the |our )?demand\b"
        ),
        "compare net sales, labour hours and sales per labour hour by store last 4 weeks with the period before",
        (
            "Whether that is in step is for you to judge: where hours grew faster than sales, an hour brought less. "
            "What was out of stock is in “lost sales last month”."
        ),
    ),
    (
        (
            r"^\W*(?:what|which|show(?: me)?|list|any)(?: (?:are|is|the|our|my|all|of))* (?:active |open "
            "|current )?(?:pending items?|open items?|items? (?:pending|waiting)|outstanding items?)(?: (?:are"
            r"|do i have|are there))*(?: (?:pending|today|now))?\W*$"
        ),
        "what is waiting for approval? list open tasks",
        "These are the proposals that wait for somebody and the tasks of the stores; nothing else is kept open here.",
    ),
    (
        (
            r"^\W*(?:show(?: me)?|what(?:'s| is)|how (?:is|are))?(?: (?:the|our|my))? ?(?:customer "
            r"|online )?orders? (?:pipeline|queue|backlog|status(?:es)?)(?: status)?\b"
        ),
        "open purchase orders",
        "This is of orders to suppliers; orders of customers for pickup or delivery are not in the data.",
    ),
    (
        (
            r"\b(?:which|what) (?:districts?|regions?) (?:has|have|had|is|are|was|were"
            "|with)(?: losing)? (?:the )?(?:highest|most|worst|lowest|biggest|least) (?P<what>shrink(?:age)?|waste"
            r"|spoilage)\b"
        ),
        r"\g<what> by store",
        "This is by store: {what} is not added up by district.",
    ),
    (
        (
            r"\bhow (?:did|do|does|is|are|has|have) (?:each|every|the|our|my)(?: of (?:our|my))? (?:districts?"
            r"|regions?)(?: (?:do|doing|done|perform\w*|performed|tracking|stand))* (?:against|vs\.?|versus|to"
            r"|compared (?:to|with)) (?:the |their |its )?(?:plans?|targets?|budgets?|goals?)\b"
        ),
        "which stores are behind target",
        "Targets are set for stores; “net sales by district last week against the week before” has the districts.",
    ),
    (
        (
            r"(?:\b(?:which|what) |^\W*(?:the |any |our )*)(?!(?:products|items|skus)\b.*\bmoney)"
            rf"(?P<what>{_STORES}|{_RANGE}|products|items|skus) (?:(?:that|which) )?(?:(?:are|is) )?(?:currently "
            rf"|still )?losing "
            r"(?:(?:the )?(?:most )?(?:revenue|sales|turnover|money|volume|business|ground|momentum|steam)\b"
            r"|(?:the )?most(?=\W*$| (?:this|last|in|at)\b))(?! (?:to|because|due|from|on|through|over)\b)"
        ),
        r"which \g<what> declined most in net sales last 4 weeks against the period before",
        (
            "Losing is taken as net sales below those of the four weeks before; what was lost to stock-outs is in "
            "“lost sales last month”."
        ),
    ),
    (
        (
            r"^\W*why (?:is|does|do|did|was|are|were|has) (?P<a>(?:store|shop|branch|location) \w+"
            r"|[a-z'-]+ [a-z'-]+) (?:perform\w*|do(?:ing|es)?|sell(?:s|ing)?|sold|mak(?:e|es|ing)|made"
            r"|earn\w*)(?: so)?(?: much| far)? (?:better|worse|more|less|higher|lower) than (?P<b>(?:store|shop|branch"
            r"|location) \w+|[a-z'-]+ [a-z'-]+)(?=\W*$| (?:last|this) (?:week|month)\b)"
        ),
        r"compare \g<a> and \g<b> last 4 weeks",
        (
            "Causes can be worked out for a change from one time to another, not for a difference between two stores; "
            "these are their figures beside one another."
        ),
    ),
    (
        (
            r"^\W*(?:what(?:'s| is)|show(?: me)?|how is)(?: (?:the|our|my))* (?:team|staff|crew) (?:composition"
            rf"|make-?up|mix|size|list|roster)(?: {_EACH})?\b"
        ),
        "who worked last 4 weeks",
        (
            "Who is on the payroll is not listed here; these are the people who clocked in over the last four weeks, "
            "with their roles."
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
            rf"\b(?:which|what) (?:of (?:our|my|the) )?{_STORES} (?:has|have|had|holds?|shows?) (?:the )?(?:most"
            r"|biggest|greatest|highest|largest)(?: (?:untapped|unused|growth|sales|upside|unreali[sz]ed|missed))*"
            r" (?:potential|opportunit(?:y|ies)|upside|headroom|room to (?:grow|improve))(?: to (?:grow|improve))?"
        ),
        "which stores are underperforming last week and why",
        (
            "What a store could sell is not worked out: each is held against its own past. What stock-outs cost is in "
            "“lost sales last month by store”."
        ),
    ),
    # --- stock against a level
    (
        (
            rf"\b(?:which|what|show(?: me)?|list)(?: the| our| my)? {_STORES}(?: (?:with|have|has|that have|having"
            r"|are))*(?: the)?(?: most)?(?: \w+)? ?(?:inventory|items?|products?|skus?|stock)?(?: (?:levels?|that are"
            "|are|is))* (?:below|under)(?: their| the| its)? (?:par|minimum|min|safety|reorder)(?: stock| levels?"
            r"| point)?(?: \([^)]*\))?"
        ),
        "stockout risk by store",
        (
            "Par levels are not in the data; this counts what will be gone within a week at the rate it sells. “What "
            "should we reorder” lists the products with the quantity."
        ),
    ),
    (
        (
            rf"\b(?:which|what) {_STORES} (?:has|have|is holding|are holding|holds?|is sitting on)(?: an?| too"
            r"| got)? (?:excess|surplus|extra|too much|spare|over-?stock of)(?: stock| inventory)?(?: of)? (?!stock\b"
            r"|inventory\b)(?P<goods>[^?]+?)(?=\W*$)"
        ),
        r"days of cover of \g<goods> by store",
        (
            "Excess is a matter of how long the stock lasts, so that is what is given: the store with the longest "
            "cover has most to spare."
        ),
    ),
    (
        (
            rf"^\W*(?:show(?: me)?|which|what|list) {_STORES} with (?:inventory|stock) (?:alerts?|problems?|issues?"
            r"|warnings?)\b"
        ),
        "stockout risk by store",
        (
            "No alerts are set up for stock; this is what will be gone within a week at the rate it sells. “Out of "
            "stock by store”, “overstock by store” and “dead stock” are the other sides."
        ),
    ),
    (
        (
            r"\b(?:has|have|did) (?P<what>shrink(?:age)?|waste|spoilage) (?:jump\w*|spik\w*|gone up|go up|increas\w*"
            r"|ris\w+|chang\w*|improv\w*|gone down|fall\w*|drop\w*)(?: \w+){0,2}(?=\W*$)"
        ),
        r"\g<what> this month? \g<what> last month",
        "The two stand beside each other; this month is not over, so hold it against the days that have passed.",
    ),
    (
        (
            r"\bshould (?:i|we) (?:order|stock|buy|get|carry)(?: up(?: on)?)?(?: (?:extra|more|additional))(?: stock"
            "| inventory| goods| units)?(?: (?:for|before|ahead of"
            r"|because of)) (?:the )?(?!\d)(?P<event>[a-z][\w' ]{2,30})(?=\W*$)"
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
            "|products? (?:are )?on))* clearance(?: (?:deals?|items?|products?|offers?|goods|sales?|now"
            r"|right now))*(?=\W*$)"
        ),
        "what promotions are running",
        (
            "Clearance is not told apart from other promotions, so this is all that runs. “What should we mark down?” "
            "has the goods that lie."
        ),
    ),
)
