"""How short questions about the figures before are worded, one pattern a meaning; its neighbours read them."""

from __future__ import annotations

import re

_LEAD = r"^\W*(?:and |so |but |ok(?:ay)? |then |now |hm+ |also |(?:can you |could you |please )?show (?:me )?)*"
_ONES = r"(?:ones?|those|stores?|departments?|categor(?:y|ies)|brands?|products?|items?|hours?|weekdays?)"
ONLY_MOVED = re.compile(
    rf"{_LEAD}(?:only |just |(?:give|list)(?: me)? )*(?:the )?(?:(?P<losers>losers|decliners|fallers|drops)"
    rf"|(?P<gainers>gainers|winners|growers|risers)|{_ONES} (?:(?:that|which|who) )?(?:are |is |were |was |went "
    rf"|have "
    "|has |got )*(?:(?P<down>down|fell|fallen|dropped|declined|lost|lower|worse|negative|shrank|falling|dropping"
    "|declining|shrinking)|(?P<up>up|grew|grown|rose|risen|gained|higher|better|positive|growing|rising|gaining)))"
    r"(?: (?:only|please|the most|most))?\W*$"
)
WHICH_MOVES = re.compile(
    rf"{_LEAD}(?:which|who|what)(?: {_ONES})?(?: of (?:them|those|these))?(?:'s| is| are|'re) (?:the )?(?:"
    "(?P<up>growing|rising|improving|gaining|getting better|trending up|going up)|(?P<down>falling|dropping"
    r"|declining|shrinking|slipping|losing|getting worse|trending down|going down))(?: (?:the )?(?:most"
    r"|fastest))?\W*$"
    rf"|{_LEAD}(?:which|who)(?: (?:ones?|of (?:them|those|these)))?(?: has| have)? (?:(?:went|gone) )?(?:(?P<rose>up"
    rf"|grew|grown"
    r"|improved|rose|risen)|(?P<fell>down|fell|fallen|dropped|declined|worsened))\W*$"
)
WHICH_PARTS = re.compile(
    rf"{_LEAD}(?:(?:what|how) about |in |by |at |from )*(?:which |what |the )?(?P<by>departments?|categor(?:y"
    rf"|ies)|brands?"
    r"|stores?|products?|items?)(?: (?:was|were|is|are) (?:it|that|they|those))?\W*$"
)
PERCENT = re.compile(rf"{_LEAD}(?:in |as )?(?:percent(?:ages?)?|per cent|%)\W*$")
EACH_SHARE = re.compile(
    rf"{_LEAD}(?:give me |what(?:'s| is| are| was)? )?(?:the |their )?(?:shares?|percent(?:age)?s?|%|proportions?"
    rf"|split"
    rf"|mix) (?:of|for|by) (?:each|every|all)(?: (?:one|of (?:them|those|these)|{_ONES}))?(?: in percent)?\W*$"
    rf"|{_LEAD}(?:as|in) (?:an? |the )?(?:%|percent(?:age)?|share|proportion)s? of (?:the |our )?(?:total|whole|all"
    r"|sales)(?: sales)?\W*$"
)
USUAL = re.compile(
    rf"{_LEAD}(?:is|was) (?:that|this|it)(?: about| more or less)? (?:normal|usual|typical|unusual|abnormal|average"
    "|the norm|as usual|in line|a lot|much|many|high|low|within normal|the usual)(?: for (?:us|(?:a |an |this "
    "|that )?"
    rf"(?:week|month|day|store|\w+day)))?\W*$|{_LEAD}(?:how (?:does|do|did) (?:that|this|it) compare (?:to|with) )"
    r"(?:the )?(?:usual|normal|average|norm)\W*$"
)
HOURS = re.compile(
    rf"{_LEAD}(?:what about |how about )?(?:how many (?:staff |labou?r |working )?hours|(?:the )?(?:labou?r "
    r"|staff )?hours)(?: (?:was|were|is|are|did)(?: that| it| they| those| we)?(?: work(?:ed)?)?)?"
    r"(?: in (?:total|all))?\W*$"
)
PER_HOUR = re.compile(rf"{_LEAD}(?:what about |how about )?(?:sales|revenue|takings) (?:per|an|a) hour\W*$")
THEIR_COST = re.compile(
    rf"{_LEAD}(?:what|how much) (?:did|does|do|is|was) (?:that|it|they|those)(?: all)? (?:cost|come to)(?: us)?\W*$"
)
SAME_THEN = re.compile(
    rf"{_LEAD}(?:what about |how about |vs\.? |versus |against |compared? (?:to|with) )?(?:the |on the )?same "
    r"(?P<span>day|weekday|date|dates|days|week|month|quarter|time|period|weekend)(?: of)?(?: the)? "
    r"(?P<then>last year|a year ago|the year before|last week|last month|the week before|the month before)\W*$"
)
SAME_WHEN = re.compile(
    rf"{_LEAD}(?:what about |how about |vs\.? |versus |against |compared? (?:to|with) )?(?:the |on the )?same "
    r"(?P<span>day|weekday|days|dates?|week|month|time|period)\W*$"
)
COURSE = re.compile(
    rf"{_LEAD}(?:(?:give|draw|plot)(?: me)? |what(?:'s| is) )?(?:the |a |its |their )?(?:trend|trend ?line|course"
    rf"|history|development)(?: (?:of|for) (?:it|that|this|them))?(?: over time)?\W*$|{_LEAD}(?:since when|how long"
    rf" has (?:it|this|that) been (?:going on|like (?:this|that)|down|up|happening)|over time|week by week"
    r"|by week over time)\W*$"
)
AGAINST_STORE = re.compile(
    rf"{_LEAD}(?:how (?:does|did|do|is|was) (?:that|this|it|we) (?:compared?|look|stack up) (?:to|with|against"
    rf"|next to"
    rf"|beside) |(?:compared? (?:that |it )?(?:to|with|against)|versus|vs\.?|against|next to) )"
    r"(?P<at>[\w' ]{3,40}?)\W*$"
)
COURSE_OVER = re.compile(
    rf"{_LEAD}(?:the |a |its )?trend (?:over|for|in|of) (?P<days>the (?:last|past) (?:\d+|two|three|four|six|twelve) "
    r"(?:weeks|months|quarters)|(?:last|past|this) (?:\d+ )?(?:months?|quarters?|years?|weeks))\W*$"
)
BESIDE = re.compile(
    rf"{_LEAD}(?:with |add |plus |what about |how about )*(?P<at>[\w' ]{{3,40}}?)(?: too| as well)?\W*$"
)
WHICH_END = re.compile(
    rf"{_LEAD}(?:which|who)(?: (?P<noun>{_ONES}))?(?: of (?:them|those|these))?(?:'s| is| was| did| had| has| are"
    r"| worked)?(?: the)? (?:biggest|largest|best|highest|smallest|lowest|worst|most|least|better|worse|higher|lower"
    r"|ahead|behind)\W*$"
)
AVERAGE_DAY = re.compile(
    rf"{_LEAD}(?:what about |how about |what(?:'s| is) )?(?:the |an? |our )?(?:average|usual|typical"
    rf"|normal)(?: sales)?"
    r"(?: (?:for|on|of))?(?: an?)? (?P<day>(?:mon|tues|wednes|thurs|fri|satur|sun)day)s?\W*$"
)
AGAINST_WEEKDAY = re.compile(
    rf"{_LEAD}(?:vs\.?|versus|against|compared? (?:it |that )?(?:to|with)) (?:on )?"
    r"(?P<day>(?:mon|tues|wednes|thurs|fri|satur|sun)day)s?\W*$"
)
AGAINST_USUAL_DAY = re.compile(
    rf"{_LEAD}(?:vs\.?|versus|against|compared? (?:it |that )?(?:to|with)|how (?:does|did) (?:that|it) compare (?:to"
    r"|with)) (?:an? |the |our )?(?:avg|average|normal|usual|typical|regular) (?:(?P<day>(?:mon|tues|wednes|thurs|fri"
    r"|satur|sun)day)s?|day)\W*$"
)
WEEKEND_BEFORE = re.compile(rf"{_LEAD}(?:what about |how about |vs\.? |versus )?(?:the |on the )?weekend before\W*$")
WEEKEND = re.compile(r"weekend|saturday|sunday")
TOTAL = re.compile(
    rf"{_LEAD}(?:what(?:'s| is| was) |give me )?(?:the |in |all )*(?:total|altogether|together|sum|grand total"
    rf"|overall)"
    r"(?: (?:of (?:all )?(?:that|this|them|those)|then|for (?:all|that)))?\W*$"
)
PER_DAY = re.compile(
    rf"{_LEAD}(?:what(?:'s| is| was) )?(?:that |the |an? |on )?(?:average |avg |mean )?(?:per day|a day|daily average"
    r"|average (?:per|a) day|daily avg|per day on average|average day|on average)\W*$"
)
AT_WHAT_PRICE = re.compile(
    rf"{_LEAD}(?:at )?what (?:was the |is the |average )*price"
    r"(?: (?:did|do|was|were|are)(?: (?:we|it|they|that|those)))?"
    r"(?: (?:sell|sold|selling|going|go))?(?: (?:it|them|that|for|at))*\W*$"
    rf"|{_LEAD}(?:what|how much) (?:did|does|do) (?:it|they|that|those) (?:sell|go|retail) (?:for|at)\W*$"
)
STAFF_THEN = re.compile(
    rf"{_LEAD}(?:what about |how about )?how (?:many|much) (?:staff|people|employees|team|workers|cashiers)"
    r"(?: (?:did we|were|was|do we|have|had|on|in|working|worked|there|duty|shift|clocked))*"
    r"(?: (?:then|that day|that week|at that time|at the time))?\W*$"
)
_ENDS = r"(?:best|worst|strongest|weakest|slowest|busiest|highest|lowest|top|biggest|smallest|peak|quietest)"
OTHER_UNIT = re.compile(
    rf"{_LEAD}(?:what(?:'s| is| was) |which (?:is|was) )?(?:the |our )?{_ENDS} (?P<unit>day|week|month|hour|weekday)"
    r"(?: (?:for|of|in|on) (?:it|that|this|them|those|all))?\W*$"
    rf"|{_LEAD}(?:which|what) (?P<one>day|week|month|hour|weekday)(?: of (?:it|those|them))? (?:was|is|had|did|sold)"
    rf" (?:the )?(?:{_ENDS}|most|least)\W*$"
    rf"|{_LEAD}(?:what|which|whats) (?:was |is )?(?:the |our )?{_ENDS} (?P<group>store|department|category) (?:for"
    rf"|of|in"
    r"|on) (?:it|that|this|them|those)\W*$"
    rf"|{_LEAD}(?:at|in|by|for|from) which (?P<which>store|department|category|hour|weekday)s?"
    r"(?: mostly| mainly| most)?\W*$"
)
PEAK = re.compile(
    rf"{_LEAD}(?:when|what (?:time|hour)) (?:was|is|were) (?:the |our |that |its )*(?:peak|busiest"
    rf"|high point)(?: hour"
    r"| time)?\W*$|^\W*(?:and )?(?:the )?peak(?: hour| time)?\W*$"
)
HOW_MUCH = re.compile(
    rf"{_LEAD}(?:how much|how many)(?: (?:was|is|did) (?:it|that|they))?(?: (?:exactly|then|in all|make|made))?\W*$"
)
SHOW_ALL = re.compile(
    r"^\W*(?:and |ok |can you |could you |please )*(?:show|list|give|see)(?: me| us)? (?:them all|(?:all|every"
    r" one)(?: of"
    r" (?:them|those|these))?|the (?:rest|full list|whole list|others)|everything|the whole (?:list|table))\W*$"
    r"|^\W*(?:all of them|the full list|full list|the whole list)\W*$"
)
AGAINST_GOODS = re.compile(
    rf"{_LEAD}(?:vs\.?|versus|against|compared? (?:it |that )?(?:to|with)) (?P<goods>[a-z][\w&' -]{{2,40}}?)\W*$"
)
OF_TOTAL = re.compile(
    rf"{_LEAD}(?:what(?:'s| is) )?(?:the |its |their )?(?:share|percent(?:age)?|%|part|proportion)(?: is (?:that"
    rf"|it))? of"
    r" (?:the |our |all )*(?:total|whole|business|sales|all|everything)(?: sales)?(?: is (?:that|it)| are they)?\W*$"
)
TOP_GOODS = re.compile(
    rf"{_LEAD}(?:what(?:'s| is| are| were)? |the |our |its )*(?:(?P<few>(?:top|best) (?:\d{{1,2}} )?(?:items?"
    rf"|products?|sellers?"
    r"|skus?)|best[- ]?sellers?|sold(?: (?:well|best|the most|most))?)|(?P<low>(?:bottom"
    r"|worst) (?:\d{1,2} )?(?:items?"
    r"|products?|sellers?|skus?)"
    r"|slow(?:est)? sellers?))(?: (?:there|here|in (?:it|that|there)))?\W*$"
)
MORE_THAN_USUAL = re.compile(
    rf"{_LEAD}(?:is|was) (?:that|this|it)(?: much| a lot)? (?:more|less|higher|lower|better|worse) than (?:usual"
    rf"|normal"
    r"|average|the norm|the average)\W*$"
)
WEEKENDS_ONLY = re.compile(
    rf"{_LEAD}(?:what about |how about |only |just |on |for |and )*(?P<days>weekends?|weekdays?)(?: only| alone)\W*$"
    rf"|{_LEAD}(?:only |just |on )*(?P<both>saturdays? (?:and|&) sundays?)(?: only| alone)?\W*$"
    rf"|{_LEAD}(?:only|just) (?:on |for )?(?P<own>weekends|weekdays)\W*$"
)
GROWING = re.compile(
    rf"{_LEAD}(?:has|is|are|was|were|have|had) (?:it|that|this|they|those)(?: been)? (?:growing|rising|falling"
    rf"|dropping"
    r"|increasing|decreasing|improving|declining|shrinking)(?: (?:lately|recently|over time|at all))?\W*$"
)
PRIOR = re.compile(
    rf"{_LEAD}(?:vs\.? |versus |against |compared (?:to|with) )?(?:the )?(?:prior|previous"
    rf"|preceding) (?:(?:\d{{1,2}}|seven|four"
    r"|two|three) ?)?(?:days?|weeks?|months?|period|one)?\W*$"
)
CHANGE = re.compile(
    rf"{_LEAD}(?:what(?:'s| is| was) )?(?:the )?(?:%|percent(?:age)?|per cent) (?:diff(?:erence)?|change|growth)\W*$"
    rf"|{_LEAD}(?:change|diff|growth|delta)(?: in)?(?: %| percent)?\W*$"
)
EACH_SPENT = re.compile(
    rf"{_LEAD}how much (?:each|per (?:customer|person|head|shopper|visit)|did (?:each|everyone)(?: one)? spend"
    rf"|a head)\W*$"
    rf"|{_LEAD}per (?:customer|person|head|shopper|visit)\W*$"
)
DIFFERENCE = re.compile(
    rf"{_LEAD}(?:what(?:'s| is| was) |whats )?(?:the |that )?(?:difference|gap|delta)(?: between (?:them|the two"
    rf"|those)"
    r"| then| in all)?\W*$"
)
AGAINST_PLAN = re.compile(
    rf"{_LEAD}(?:vs\.?|versus|against|compared? (?:to|with)|how (?:does|do|did) (?:that|it|we) compare (?:to|with))"
    rf" (?:the"
    r" |our )?(?:plan|targets?|budget|goals?|forecasted target)\W*$"
)
BY_STORE = re.compile(rf"{_LEAD}(?:by|for each|per|at each|each) (?:store|shop|location|branch)\W*$")
CLOSEST = re.compile(
    rf"{_LEAD}(?:by how much|who(?:'s| is| was) (?:the )?(?:closest|nearest|next)|which (?:store |one )?(?:is"
    rf"|was) (?:the )?"
    r"(?:closest|nearest)|what (?:would|will|does) it take(?: to (?:catch up|get there|make it|hit it|reach it))?"
    r"|what do (?:we|they) need(?: to (?:catch up|get there|make it|hit it|reach it))?)\W*$"
)
WEEKENDS_APART = re.compile(
    rf"{_LEAD}(?:is (?:it|that) )?(?:on |the )?(?:weekdays? (?:or|vs\.?|versus|and) (?:on |the )?weekends?"
    r"|weekends? (?:or|vs\.?|versus|and) (?:on |the )?weekdays?)\W*$"
    rf"|{_LEAD}(?:is|was|are|were|does|do) (?:it|that|this|they)(?: any| much| sell)? (?:different|differ|better|worse"
    r"|higher|lower|more|less|busier|slower|the same|change)(?: (?:on|at|over|for|during))? (?:the )?weekends?\W*$"
)
NEGATIVE = re.compile(
    rf"{_LEAD}(?:which|what) (?:stores?|ones?) (?:is|are|was|were)(?:n'?t| not)?(?: (?:on (?:target|track)|there|close"
    rf"|not|making it|hitting it|going to (?:make|hit) it))?\W*$|"
    rf"{_LEAD}(?:which|who|what) (?:(?:stores?|ones?) )?(?:is|are|was|were) (?:negative|below|short|under|missing"
    rf"|not on "
    r"track|off track|behind)(?: (?:it|plan|target|budget))?\W*$"
)
STAFFING = re.compile(
    rf"{_LEAD}(?:(?:is|was|were) (?:it|that|this|we)|because of|due to) (?:(?:the |about |a )?(?:staffing|staff"
    rf"|headcount"
    r"|labou?r|lack of (?:staff|people))|(?:short[- ]?staffed|understaffed|short[- ]?handed|short on (?:staff"
    r"|people)))"
    r"(?: (?:issue|problem|thing|levels?))?\W*$"
)
TO_COME = re.compile(
    rf"{_LEAD}(?:what|how) about (?:for |on )?(?P<days>tomorrow|next (?:week|weekend|month|\w+day)|(?:the"
    rf" )?(?:coming|next) "
    r"(?:\d+ |few )?(?:days|weeks)|this coming (?:week|weekend|\w+day))\W*$"
)
HOW_BUSY = re.compile(rf"{_LEAD}how busy(?: (?:was it|were we|was that|is it|is that|that day|then|are we))*\W*$")
_BIG = r"(?:biggest|largest|top|worst|main)"
EXTREME_MOVE = re.compile(
    rf"{_LEAD}(?:who(?:'s| is| was) |what(?:'s| is| was) |which (?:is|was) )?(?:the )?{_BIG} (?:(?P<down>losers?"
    rf"|decliners?"
    r"|fallers?|drops?|declines?)|(?P<up>gainers?|winners?|risers?|growers?)|movers?|changes?|swings?)\W*$"
)
SORTED = re.compile(
    rf"{_LEAD}(?:sort|sorted|rank|ranked|order|ordered)(?: (?:it|that|this|them|those))? (?:by|on) (?:the )?"
    r"(?P<what>[a-z%][a-z% -]{1,40}?)(?: (?:please|instead))*\W*$"
)
A_CHANGE = re.compile(
    r"(?:the )?(?:%|percent\w* |biggest )?(?:change|growth|difference|delta|movement)(?: %| percent\w*)?"
)
NAMES = re.compile(rf"{_LEAD}(?:(?:their |the |what are the )?names|who(?: (?:was|were) (?:it|they|that|on))?)\W*$")
STARTED = re.compile(
    rf"{_LEAD}(?:when|what time) did (?:they|she|he|everyone|everybody|people) (?:start|come in|clock in|arrive"
    rf"|finish|leave"
    r"|clock out)\W*$"
)
NEXT_PLACE = re.compile(
    rf"{_LEAD}(?:(?:what|which|who)(?:'s| is| was) )?(?:the )?(?:second|third|2nd|3rd|next)(?: (?:best|highest"
    rf"|biggest|place"
    r"|worst|lowest|most))?\W*$"
)
THAT_SALE = re.compile(
    rf"{_LEAD}(?:open |pull up |what(?:'s| is| was) (?:in|on) )?(?:me )?(?:that|this) (?P<what>receipt|transaction"
    rf"|sale|order"
    r"|ticket)\W*$"
)
_BESIDE_THEM = (
    r"(?: (?:too|as well|also|please|in there|(?:next to|beside|to|on|in) (?:it|that|them|this|each(?: one)?|there|the"
    r" (?:list|table))|(?:as )?an? (?:extra |new |separate |second )?column|columns?))*"
)
ADDED = re.compile(
    rf"{_LEAD}(?:please )?(?:(?:can|could) (?:you|i|we) )?(?:also )?(?:(?:add|include|put|get|have|throw) (?:me )?"
    r"(?:in )?(?:an? |the |another )?(?:column (?:for|with|of) )?(?:the )?"
    rf"(?P<what>[a-z%][a-z% -]{{2,40}}?){_BESIDE_THEM}"
    rf"|(?:plus|with)(?: in)? (?P<more>[a-z%][a-z% -]{{2,40}}?){_BESIDE_THEM}"
    rf"|(?P<also>[a-z%][a-z% -]{{2,30}}?) (?:too|as well|also|in there too|column))\W*$"
)
OUTLOOK_AGAIN = re.compile(
    rf"{_LEAD}(?:by day|daily|day by day|per day|each day|how (?:sure|certain|confident) are you|how (?:accurate"
    rf"|good|reliable)"
    r" is (?:that|it)|(?:what (?:did you|do you|is (?:that|it)) base(?:d)?(?: (?:that|it))? on)|based on what|how do"
    r" you know)\W*$"
)
BOUND = re.compile(
    rf"{_LEAD}(?:(?:which|who|what)(?: ones?| {_ONES})?(?:'s| is| are| was| were)?|only (?:the )?ones?|only those"
    rf"|anyone|any)"
    r" (?:(?P<over>over|above|more than|higher than|greater than|north of)|(?P<under>under|below|less than|lower"
    r" than)) "
    r"[$€£]?(?P<number>[\d,.]+\d|\d) ?(?P<rate>%|percent|per cent)?\W*$"
)
RATE_OF_SALES = re.compile(
    rf"{_LEAD}(?:what(?:'s| is| was) (?:that|it) )?(?:in |as )?(?:an? )?(?:%|percent(?:age)?|per cent|share"
    rf"|proportion|rate) of"
    r" (?:our |the |net |gross |total )*(?:sales|revenue)\W*$"
)
AGAINST_UNIT = re.compile(
    rf"{_LEAD}(?:vs\.?|versus|against|compared? (?:to|with)|to|from) (?:the )?last (?P<unit>week|month|quarter"
    rf"|year)\W*$"
)
AGAINST_OWN_LABEL = re.compile(
    rf"{_LEAD}(?:vs\.?|versus|against|compared? (?:to|with)) (?:the |our )?(?:private[- ]label|own[- ](?:brand"
    rf"|label)|store "
    r"brand|house brand)s?\W*$"
)
BUSY = re.compile(r"\b(?:busiest|quietest|slowest|peak)\b")
SAME_THERE = re.compile(
    rf"{_LEAD}(?:(?:do|did|does|have) (?:we|they) (?:have|see|get|had) |is (?:there|it|that) |was (?:it|that|there) "
    r"|any of )?(?:the |a )?(?:same|similar) ?(?:problem|issue|thing|pattern|story|trend|picture|true|case)?"
    r" (?:at|in|for|with) (?P<at>[\w' ]{3,40}?)(?: too| as well)?\W*$"
)
THAN_BEFORE = re.compile(
    rf"{_LEAD}(?:(?:is|was) (?:that|this|it)|(?:that|this|it)(?:'s|s| is| was))(?: much| a lot|"
    rf" a bit| way)? (?:more|less"
    r"|higher|lower|better|worse|up|down|fewer) (?:than|from|on) (?:before|last time|it was(?:"
    r" before)?|previously|earlier"
    r"|the time before|where it was)(?:,? (?:right|no|yes|correct|isn't it|isnt it|or not|huh))?\W*$"
)
OVER_NORMAL = re.compile(
    rf"{_LEAD}(?:(?:by )?how (?:much|far)(?: is (?:that|it))?(?: more| less| better| worse)?"
    rf"|(?:is|was) (?:that|this|it)"
    r"(?: much| more| less| better| worse)*|how (?:does|do) (?:that|it|this) compare|what(?:'s|s| is) that|vs\.?|versus"
    r"|compared?)? ?(?:over|above|under|below|than|to|with|against|from)? ?(?:an? |the |our )?(?:normal|usual|typical"
    r"|regular|average) (?P<unit>day|week|month|(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?: for us)?\W*$"
)
_MONEY, _PIECES = (
    r"(?:in )?(?:\$+|dollars?|money|sales|value|revenue)",
    r"(?:in )?(?:units?|pieces|gallons|volume|pounds|lbs|quantity|qty|litres|liters|items sold)",
)
NOT_MONEY = re.compile(
    rf"{_LEAD}(?:no |i meant? |(?:show |give )?(?:it |that )?)*(?:(?P<money>{_MONEY}),? (?:not"
    rf"|instead of|rather than) (?:the )?{_PIECES}"
    rf"|{_PIECES},? (?:not|instead of|rather than) (?:the )?{_MONEY})\W*$"
)
UNIT = re.compile(r"(?:stores?|departments?|categor(?:y|ies)|brands?|products?|items?|hours?|weekdays?)$")
"""A noun of rows, and not “ones” or “those”."""
