"""What an owner asks of other shop software: money owed, stages of orders, marks on customers, what is newly listed."""

from __future__ import annotations

_WHO = r"(?:customers?|shoppers?|buyers?|clients?|households?|members?)"
_GOODS = r"(?:products?|items?|skus?|goods)"
_PLEASE = r"^\W*(?:please |can you |could you |would you |go ahead and |now )*"
OWNERS: tuple[tuple[str, str, str], ...] = (
    (
        (
            r"\b(?:can|could|do|will|would|should|may) (?:i|we) (?:really |still |even )*(?:afford"
            r"|have (?:enough |the |sufficient )*(?:cash|money|funds))\b"
        ),
        r"\bprices?\b|\b(?:till|drawer|register|safe)s?\b|\bto (?:lose|wait|raise|cut|drop|spare)\b",
        (
            "Cash and bank balances are not in the data I am given, so I cannot say what you can afford. What is due "
            "to be ordered, within a sum too, can be had, “what should I order?”, and what the stores keep, “gross "
            "margin this month”, “labour cost last month”."
        ),
    ),
    # --- money
    (
        (
            r"\bhow much (?:cash|money) (?:do|have) (?:i|we) (?:have|got)\b(?! (?:taken|tied|lost|in"
            r" (?:stock|inventory|the"
            r" (?:till|drawer|register)s?)))|\bcash (?:balance|position|flow|runway|reserves?)\b|\bmoney"
            r" (?:is )?(?:in|at) the bank\b|\b(?:who"
            r"|which \w+|what \w+|customers? (?:that|who)|does anyone|anyone)(?: all)? (?:still )?owes? (?:me|us"
            r"|money)\b|\bowes? (?:me|us) (?:the most|money|most)\b|\b(?:receivables?|payables?|debtors?|creditors?)\b"
            r"|\b(?:what(?:'s| is)|how much(?: (?:cash|money))?(?: is| do we have)?) (?:in|at) (?:the|our|my) bank\b"
            r"|\bdo (?:i|we) owe\b|\brunway\b"
            r"|\b(?:overdue|outstanding|unpaid|past[- ]due|open) (?:customer )?(?:balances?"
            r"|accounts?|debts?)\b|\b(?:customers?|accounts?) (?:who |that |which )?(?:are|is) (?:behind|late"
            r"|overdue) (?:on|with|in) (?:their )?pay(?:ment|ing)s?\b"
        ),
        r"\btax(?:es)?\b",
        (
            "Bank balances, and who owes what to whom, are not in the data I am given: sales are paid at the till. "
            "What can be had: “payment mix last month”, “cash differences last week”, “gross margin last month”, and "
            "what is ordered from suppliers in “open purchase orders”."
        ),
    ),
    (
        (
            r"\b(?:carrying|holding|storage) costs?\b|\bcosts? (?:of|to) (?:holding|carry(?:ing)?|stor(?:e|ing)"
            r"|hold) (?:the |our |my )?(?:stock|inventory|goods)\b"
        ),
        "",
        (
            "What it costs to hold stock (space, interest, insurance) is not in the data I am given. What is held, "
            "and what of it is too much, can be had at cost: “inventory value by department”, “overstock”, “dead "
            "stock”."
        ),
    ),
    # --- stages of orders
    (
        (
            r"\borders? (?:(?:that |which )?(?:are|is) )?(?:still |currently )?(?:pending|open|unpaid|processing"
            r"|in process|on hold|incomplete|not (?:yet )?(?:shipped|paid|fulfilled|delivered)|awaiting \w+)\b"
            r"|\b(?:pending|processing|incomplete|unshipped|undelivered) (?:customer )?orders?\b|\border (?:breakdown"
            r"|distribution|stages?)\b|\borders? (?:are|were|have been|was|is) (?:delivered|shipped|packed|confirmed"
            r"|dispatched)\b|\b(?:shipped|delivered|packed|confirmed|dispatched|cancelled) (?:vs\.?|versus|and|or"
            r"|against) (?:shipped|delivered|packed|confirmed|dispatched|cancelled|completed)\b|\borders? (?:by"
            r"|in each|per|in every) (?:order )?(?:status|stage|state)\b|\border (?:status|stage)(?:es)?\b"
            r"|\borders? (?:that |which )?(?:need|needs|require|want|deserve)s? (?:my |our |your"
            r" )?(?:attention|action|review)"
            r"|\borders? (?:that |which )?(?:i|we) (?:haven't|have not|didn't|did not|still need to|must"
            r"|have to) (?:yet )?(?:ship"
            r"|sen[dt]|fulfil|pack|deliver|dispatch)\w*|\btime to (?:ship|fulfil\w*|deliver|dispatch)\b"
            r"|\b(?:shipping|fulfil?lment"
            r"|dispatch) (?:time|speed|rate|delay)s?\b"
        ),
        r"\b(?:purchase|supplier|vendor|reorder|transfers?|from us|approv\w+)\b",
        (
            "Orders do not have stages in the data I am given: a sale is there once it is paid at the till, so none "
            "is pending. Sales can be counted, “how many transactions last week”, also “by channel”; what suppliers "
            "owe us is in “open purchase orders”, what waits for approval in “what is waiting for approval?”."
        ),
    ),
    (
        r"\bsubscri(?:ptions?|bers?)\b",
        r"\b(?:magazines?|products?|sell|sold|stock)\b",
        (
            "Subscriptions are not in the data I am given: every sale stands by itself. How often known customers "
            "come back is: “new and returning customers last month”, “how often do customers come”."
        ),
    ),
    # --- customers
    (
        rf"{_PLEASE}(?:tag|label|flag|mark|classify) (?:all |every |the |our |my |each )*{_WHO}\b",
        "",
        (
            "I put no marks on customers: they are known here by a pseudonym and kept in the point of sale. Nothing "
            "was changed. Who spends most is in “top customers”, how many spent more than an amount in “how many "
            "customers spent over 10 dollars last month”, all of them in groups in “customer segments”."
        ),
    ),
    (
        (
            rf"\b(?:which|what|list|show(?: me)?) (?:the )?{_WHO} (?:that |who )?(?:have |has )?(?:bought|ordered"
            rf"|purchased|buy|order)s? (?:any )?(?:{_GOODS}|things|goods|something) (?:that|which)\b"
        ),
        "",
        (
            "Customers are not listed by what they bought and how it stands with that today. “How many customers "
            "bought oat milk last month” counts them for a product, “what will run out soon” lists what is low, best "
            "sellers first."
        ),
    ),
    (
        (
            rf"\b(?:which|what) (?:{_GOODS}|categor(?:y|ies)|brands?|departments?) (?:do |does )?(?:have|has|had"
            "|attract|bring(?: in)?|draw(?: in)?|pull(?: in)?|acquire|win)s? (?:the )?(?:most )?(?:new"
            rf"|first[- ]time) {_WHO}\b"
        ),
        "",
        (
            "What new customers buy is not told apart by goods. What groups of households buy is, by age, income, "
            "children and household size: “top products among households with kids”; how many are new is in “new and "
            "returning customers last month”."
        ),
    ),
    (
        (
            r"\b(?:are|is|do|does|did) (?:the |our |my )?(?:loyal|regular|repeat|returning|existing"
            rf"|vip) {_WHO} (?:buying|spending|coming|buy|spend|come) (?:more|less)\b"
        ),
        (
            r"^\W*(?:do|does)\b(?!.*\b(?:than (?:before|last|they|in)|over time|now|lately|recently|nowadays|this "
            r"(?:week"
            r"|month|quarter|year)|these days)\b)"
        ),
        (
            "Spending over time is not told apart for loyal customers alone. How many known customers spend more and "
            "how many less over time is in “how many customers are spending more over time”, what returning ones make "
            "of sales in “new and returning customers last month”."
        ),
    ),
    # --- settings, people and what is done at the end of a day
    (
        (
            r"^\W*(?:please |can you |could you )*(?:set|change|update|raise|lower|adjust|increase|decrease|edit|make"
            r"|put) (?:the |our |my |a |an )*(?:\w+ ){0,3}(?:targets?|goals?|quotas?|budgets?)\b"
        ),
        r"\b(?:task|remind|price|promotion)\b",
        (
            "Targets are loaded from target.csv and not set in a conversation; nothing was changed. How the stores "
            "stand against them is in “are we on target this month?”."
        ),
    ),
    (
        (
            r"\b(?:list|show(?: me)?|who are|how many|give me)(?: all| the| our| my| of)* (?:active |current "
            "|present )?(?:staff(?: members?)?|employees?|team members?|cashiers?|colleagues?)(?: (?:do (?:i|we) have"
            r"|are there|on the books|we have|i have))?(?: at the moment| right now| now)?\W*$"
        ),
        r"\bby\b|\btop\b|\bbest\b",
        (
            "The staff are neither listed nor counted here, though sales carry who rang them up: that is for the "
            "point of "
            "sale. Who works when can be asked, where shifts "
            "or time cards are recorded: “show the schedule for tomorrow”, “who worked yesterday”; and hours in all: "
            "“labour hours by store last week”."
        ),
    ),
    (
        (
            r"\b(?:did (?:we|they|the store|i) |was |is |have we |are )?(?:close[d]?|closing"
            r"|reconcil\w+) (?:out )?(?:the |our |my )?(?:\w+ )?(?:shifts?|day|registers?|tills?|drawers?"
            r"|books?)\b(?=.*\b(?:yesterday|today|last|this|status|yet|done|night)\b)|\bclosing status\b"
            r"|\bshifts? (?:are |is |were )?(?:not |un)closed\b|\b(?:cash|card|eftpos|takings|till|drawer"
            r"|float)\b[^?]{0,40}\b(?:end of (?:the |each |every |a )?|per |each |every |by )shifts?\b"
        ),
        r"\b(?:shift|create|add|task|remind|sales|hours?|time)\b.*\b(?:create|add|task|schedule)\b|\bstores? close\b",
        (
            "Whether a shift or a day was closed at the till is not in the data I am given. What the drawer counted "
            "against what was expected can be had, where the till reports it: “cash differences yesterday”."
        ),
    ),
    (
        (
            r"\b(?:equipment|machines?|ovens?|machinery|appliances?|devices?) (?:needs?|requires?|is due|are due)\b"
            r"|\b(?:equipment|machine) (?:maintenance|repairs?|failures?|service)\b|\bmaintenance (?:tickets?|schedule"
            r"|due)\b"
        ),
        r"\b(?:tasks?|create|add|remind)\b",
        (
            "Equipment and its upkeep are not in the data I am given. A task can be filed: “create a task to check "
            "the freezers at Harbor Point”."
        ),
    ),
    (
        (
            r"\b(?:suppliers?|vendors?) (?:have|has|with|hold|holds) (?:the )?(?:most|highest|largest|biggest) (?:dead"
            r"|slow|excess|over|surplus|old|obsolete)|\b(?:dead|slow|excess|obsolete|over)[- ]?(?:moving )?(?:stock"
            r"|inventory) (?:\w+ )?(?:by|per|for each) (?:suppliers?|vendors?)\b"
        ),
        "",
        (
            "Dead, slow and excess stock is not split by supplier: “dead stock by department”. All stock is: "
            "“inventory value by supplier”; what a supplier's goods sold is in “sales by supplier”."
        ),
    ),
    (
        (
            r"\b(?:products?|items?|skus?|stock|inventory) (?:is|are|that is|that are) (?:age?ing|getting old(?:er)?"
            r"|going stale)\b"
        ),
        "",
        (
            "When the goods on hand arrived is not recorded, so their age cannot be told. How long they last, and "
            "what lies unsold, can be: “days of cover by department”, “dead stock”."
        ),
    ),
    # --- staffing
    (
        (
            r"\b(?:staffed|staffing|manned|rostered|scheduled) (?:properly|adequately|correctly|right|well"
            r"|appropriately|sufficiently|enough|optimally)\b|\b(?:properly|adequately|correctly|well|appropriately"
            r"|sufficiently|optimally) (?:staffed|manned|scheduled)\b|\b(?:right|enough|optimal|correct) (?:staffing"
            r"|number of (?:staff|people|employees|cashiers))\b"
        ),
        r"\b(?:create|task|propose)\b",
        (
            "I do not know how many people are needed at a time, so I cannot say whether the staffing is right. What "
            "stands beside each other can be had: “busiest hours”, “labour hours by day last week”, “sales per labour "
            "hour by weekday”, “who was on duty yesterday”."
        ),
    ),
)
"""How it is spoken of, what makes it another question (or nothing), and the sentence."""
