"""What store teams ask about people and work that only a neighbour can answer; rows as in ``near``."""

from __future__ import annotations

_STORES = r"(?:stores?|shops?|locations?|branch(?:es)?|outlets?|sites?)"
_PEOPLE = r"(?:employees?|associates?|staff(?: members?)?|team members?|people|workers?|colleagues?|cashiers?)"
_EACH = rf"(?:at|in|per|by|for|across|does)(?: each| every| all| the| our| my)* {_STORES}"
_ROLE = r"(?:role|job|position|title|department|person|employee|associate|worker|store|location)"

_WHY_LABOUR = (
    r"^\W*(?:why(?: (?:did|do|does|has|have|are|is|were|was))?|what(?:'s| is| was) (?:driving|pushing|causing|making))"
    r"(?: (?:the|our|my))?(?: (?P<where>store ?#?\d+"
    r"|[\w ]{3,30}?)'s)? (?P<what>labou?r(?: costs?)?(?: %| percent\w*)?|staff(?:ing)? costs?|payroll(?: costs?)?|splh"
    r"|sales per labou?r hour|labou?r hours)(?: (?:been|being|so|too|to))* (?:increas\w+|ris\w+|rose|go(?:ing|es)? up"
    r"|gone up|up|high(?:er)?|jump\w*|spik\w*|chang\w+|fall\w*|fell|drop\w*|decreas\w+|down|low(?:er)?|go(?:ing)? down"
    r"|grow\w*|grew)\b(?: (?:so much|a lot|sharply|suddenly|again))?"
)
_BY_SO_MUCH = (
    r" (?P<claim>(?:by |(?:more than|about|around|over|nearly|almost|some) )*\d[\d.]* ?(?:%|per ?cent\b|pct\b)"
    r"(?: points?\b)?|(?:by )?\d[\d.]* points?\b)"
)
_WHEN = r" (?P<when>(?:last|this|in|on|yesterday|since) ?(?:[a-z]+)?)(?=\W*$| (?:at|in)\b)"
_ON = r" (?:on )?(?P<day>(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?=\W*$| (?:at|in)\b)"
_LAST_WEEK = r"(?=\W*$| (?:at|in) [a-z ]+\W*$)(?! .*\b(?:last|this)\b)"
_PARTS = (
    "Causes of a change in {what} cannot be worked out one by one; these are its parts beside one another: cost, "
    "hours and sales per hour. Where hours rose less than cost, an hour cost more."
)
_CLAIMED = f"{_PARTS} Hold “{{claim}}” against them."
STAFF_NEAR: tuple[tuple[str, str, str], ...] = (
    (
        (
            r"\b(?:which|what)(?: of (?:my|our|the))? shifts? (?:is|are|was|were|has been|have been|makes?|made|has"
            r"|have|had|sells?|sold) (?:the |our |my )*(?:in-?efficient|(?:least|most|more|less) (?:efficient"
            r"|productive|sales per labou?r hour)|(?:un-?)?productive|efficient|(?:lowest|highest|best|worst) (?:sales "
            r"per labou?r hour|productivity|efficiency))\b|\bare (?:my|our|the) shifts (?:efficient|productive)\b"
        ),
        "sales per labour hour by weekday",
        (
            "Shifts are not told apart, and hours worked are not set against the sales of each hour: this is sales per "
            "labour hour by weekday. Who worked when is in “people on duty by hour”."
        ),
    ),
    (
        (
            r"^\W*(?:(?:what(?:'s| is| was)|show(?: me)?|how long (?:is|are|was|were)) )?(?:the |our |an? |my "
            r")*(?:(?:average"
            r"|avg|mean|typical) (?:(?:staff |employee |work(?:ing)? )?shifts?(?: (?:length|duration|hours))?(?! "
            r"(?:start"
            r"|end|begin|sales|size))"
            r"|length of (?:a |our |the )?shifts?|(?:worked |working |clocked )?hours (?:worked )?(?:per|by|for each) "
            r"(?:employee|person|associate|shift|cashier|team member)|hours (?:an? |each )?(?:employee|person"
            r"|associate) "
            r"work(?:s|ed)?)|shift (?:length|duration)s?)\b[^?]*"
        ),
        "who worked last 4 weeks",
        "The average a shift and a person stand behind the hours of all, by time cards.",
    ),
    (
        (
            r"^\W*(?:(?:what(?:'s| is| was)|show(?: me)?) )?(?:the |our |an? |my )*(?:average|avg|mean|typical|usual) "
            r"(?:clock[- ]?(?:in|out)|punch[- ]?(?:in|out)|arrival|starting|start) ?times?(?: (?:of|for) (?:the |our "
            r"|my )?(?:staff|team|employees?|associates?|cashiers?|people))?(?! (?:of|for|to) )[^?]*"
        ),
        "who worked yesterday",
        (
            "An average over early and late shifts is not worked out: these are the first clock-in and the last "
            "clock-out of each person yesterday."
        ),
    ),
    # --- people who did not come
    (
        (
            rf"^\W*(?:are|is|were|was|did|who(?:'s| is| was| are)?|which)(?: any| some)?(?: of)?(?: the| our"
            rf"| my)* ?(?:{_PEOPLE}|anyone"
            r"|anybody|everyone)? ?(?:is|are|was|were)? ?(?:(?:late|tardy) (?:or|and) (?:absent|missing|out|sick)"
            r"|(?:absent|missing"
            r"|sick|out) (?:or|and) (?:late|tardy))"
        ),
        "who was late",
        (
            "Absences are not recorded with a reason: whoever was to work and did not clock in is named with those "
            "who came late."
        ),
    ),
    # --- people and what they cost
    (
        (
            rf"^\W*how many (?:active |current |present )?{_PEOPLE} (?:do (?:we|i) have|are there|are employed"
            rf"|work here"
            r"|work for (?:us|me))(?: (?:right )?now| at the moment| today| currently)?(?=\W*$| (?:at|in)\b)"
        ),
        "who worked last 4 weeks",
        "Who is on the payroll is not listed here; counted are those who clocked in over the last four weeks.",
    ),
    (
        (
            r"^\W*should (?:we|i) (?:staff|schedule|roster|plan)(?: more| extra)?(?: people| staff| hours)? (?:on|for"
            r"|at) (?:\w+"
            r" ?){1,3} (?:or|than|instead of) (?:on |at |for )?\w+"
        ),
        "when should I schedule extra staff",
        (
            "How many people a day needs I do not know; the busiest times and each weekday's transactions by hour "
            "worked show where more are wanted."
        ),
    ),
    (
        (
            r"^(?P<first>\W*(?:when|what time|which (?:days?|hours?)) [^?,]+?),? (?:and )?(?:am i|are we|do (?:i"
            r"|we) have)"
            r" (?:staffed|scheduled|rostered|enough (?:staff|people))(?: (?:correctly|right|rightly|properly|well"
            r"|enough|for (?:it"
            r"|that|them)))*(?=\W*$)"
        ),
        r"\g<first>",
        (
            "Whether the staffing fits I cannot say, as what a time needs is not known; “labour hours by weekday” has"
            " what was worked."
        ),
    ),
    (
        (
            r"^(?!.*\b(?:right now|at (?:the|this) moment|currently)\b)\W*(?:show(?: me)?|list|what(?:'s| is| are)"
            r"|how many|give me|number of|the)*(?: the)? ?(?:number of "
            rf"|count of |total )*{_PEOPLE}(?: (?:do we have|are there|work\w*|we have|are employed|are|count"
            rf"|headcount))* {_EACH}(?: have| employ| has)?|\bhead ?count (?:by|per|for each) {_STORES}\b"
            rf"|^\W*(?:(?:please |can you )*(?:get|give|show|make|pull)(?: me| us)? )?(?:an? "
            rf"|the )?(?:full )?list (?:of )?(?:all "
            rf"|the |our )*(?:{_STORES} (?:and|with) (?:all |their |the )*{_PEOPLE}|{_PEOPLE} {_EACH})"
            rf"(?:,? including (?:all )?(?:the )?{_STORES} (?:that |which )?(?:currently )?(?:have "
            rf"|with )?no {_PEOPLE})?"
            rf"|^\W*(?:all |the |our )*{_STORES} and (?:all |their |the )*{_PEOPLE}(?=\W*$)"
        ),
        "who worked last 4 weeks",
        (
            "Who is on the payroll is not listed here; counted are those who clocked in over the last four weeks, and"
            " who worked at two stores counts at both."
        ),
    ),
    (
        (
            r"\b(?:average|avg|mean|typical) (?:hourly |base )?(?:pay|wages?|salar(?:y|ies)"
            "|rates?(?: of pay)?)(?: rates?)?(?: (?:by|per|for each|of each|for|across) (?:each "
            rf"|every )?{_ROLE}s?)?(?= (?:last|this|in|at)\b|\W*$)"
        ),
        "labour cost and labour hours last month by store",
        (
            "What people are paid, one by one or by role, is not told here. Labour cost over labour hours is what an "
            "hour cost on average."
        ),
    ),
    *(
        (
            f"{_WHY_LABOUR}{claim}{when}",
            rf"compare labour cost, labour hours and sales per labour hour {days} at \g<where>",
            said,
        )
        for claim, said in ((_BY_SO_MUCH, _CLAIMED), ("", _PARTS))
        for when, days in (
            (_ON, r"on \g<day> with the \g<day> before"),
            (_WHEN, r"\g<when>"),
            (_LAST_WEEK, "last week with the week before"),
        )
    ),
    (
        (
            rf"^\W*(?:which|what|who)(?: of (?:my|our|the))? ?{_PEOPLE}?(?: is| are)? (?:the )?(?:best|strongest"
            r"|most (?:productive|efficient)|top)(?: at)?[^?]*\b(?:per|by|for|and) (?:traffic|visitors?"
            r"|labou?r hours?|hours?)\b[^?]*"
        ),
        "net sales by employee last 4 weeks",
        (
            "Hours and visitors are those of a whole store, so neither is held against one person; sales stand under "
            "the person who rang them up."
        ),
    ),
    (
        (
            rf"^\W*how (?:do|does|did|are|is|well do)(?: (?:my|our|the))? {_PEOPLE} (?:perform\w*|do(?:ing)?"
            r"|sell\w*)(?: (?:during|in|at|on))(?: (?:the|my|our))? (?:peak|busy|busiest|rush|slow|quiet)[^?]*"
        ),
        "net sales by employee last 4 weeks",
        (
            "Employees and hours of the day are not crossed here, so this is over all hours. “Busiest hours” tells "
            "when the peaks are, “sales by hour” what they bring."
        ),
    ),
    (
        (
            rf"\b(?:which|what) {_STORES} (?:are|is|were|was|seem|have been)(?: the most)? (?P<how>under-?staffed"
            "|over-?staffed|short[- ]staffed|short[- ]handed)(?: (?:compared|relative) (?:to"
            r"|with) (?:the )?(?:average|others?|rest|norm|chain))?(?=\W*$| (?:this|last|right|now|on average|today))"
        ),
        "sales per labour hour by store last 4 weeks",
        (
            "How many people a store needs is not in the data, so nobody can be called {how} by it. This is how much "
            "trade falls on an hour worked: a store well above the others has few hands for its sales."
        ),
    ),
    # --- work
    (
        (
            r"^\W*(?:show(?: me)?|list|what(?:'s| is| are)?|which|give me)(?: (?:the|our|my|all))* tasks?(?: (?:are|is"
            r"|that are|that is))* (?:overdue|late) (?:or|and) (?:blocked|stuck|on hold|at risk|stalled)\b"
        ),
        "which tasks are overdue",
        "A task here is open, overdue, done or cancelled; blocked is no state of it, so these are the overdue ones.",
    ),
    (
        (
            r"^\W*(?:show(?: me)?|list|what(?:'s| is| are)|give me)(?: (?:the|our|my|current))* (?:staff|team|employee"
            r"|associate) (?:status|availability)(?: and|,|&)+ (?:the )?(?:task|work) (?:assignments?|lists?|status)\b"
        ),
        "who is clocked in now? list open tasks",
        "The list of tasks names the person where one is assigned.",
    ),
    (
        (
            r"^\W*(?:what|which|any) (?:purchase )?orders? (?:need|needs|should|must|to) (?:be )?(?:chas\w+"
            r"|follow\w*[- ]?up|expedit\w+|escalat\w+)\b"
        ),
        "which purchase orders are overdue",
        "This is of orders to suppliers; orders of customers for pickup or delivery are not in the data.",
    ),
)
