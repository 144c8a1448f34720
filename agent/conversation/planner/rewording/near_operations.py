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
        "labour hours by store last week",
        (
            "How many people each store employs is not counted here; these are the hours worked. “Who worked last"
            " week at"
            " Harbor Point” names them for one store."
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
        "sales per labour hour by employee last 4 weeks",
        (
            "Visitors are not told apart by who served them, so this is sales per hour worked alone; sales stand"
            " under the"
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
