"""What owners of one shop ask the assistant of their till that only a neighbour can answer; rows as in ``near``."""

from __future__ import annotations

EXPENSES = (
    r"(?:transport\w*|shipping|delivery|deliveries|freight|postage|marketing|advertis\w+|ads|insurance|packaging"
    r"|supplies|rent|utilities|electricity|water bills?|gas bills?|internet|phones?|repairs?|maintenance|cleaning"
    r"|software|subscriptions?|equipment|loans?|interest|legal|accounting|travel|petrol|food for staff)"
)
STOCK_AS_IT_IS = "You asked for an average: stock is known as it is now and not as it was, so this is what there is."
_TO_GET = r"(?:(?:should|do|must|shall) (?:i|we) (?:need to |have to )?|to )(?:order|buy|stock|get|re-?order|restock)"
_FOR_A_HOLIDAY = (
    r"(?:for|before|ahead of) (?:the )?(?P<when>(?:thanksgiving|black friday|christmas|xmas|new year'?s?(?: eve)?"
    r"|easter|halloween|holidays?|ramadan|eid|diwali|valentine'?s?(?: day)?|super ?bowl|memorial day|labou?r day"
    r"|mother'?s day|father'?s day)(?: (?:season|week|weekend|period|rush))?)\b"
)
_NO_HOLIDAY_ORDER = (
    "You asked what to prepare for {when}: no order is worked out for a holiday, so this is what is due at the rate "
    "of the last weeks. What sold at one before can be had by its dates, “top products 20 to 26 November”."
)
SINGLE_SHOP_NEAR: tuple[tuple[str, str, str], ...] = (
    (
        (
            r"^\W*(?:what|how much)(?:'s| is| are) (?:the|my|our|this) (?:shop|store|business|whole shop)(?:"
            r" itself)? worth\b"
        ),
        "inventory value",
        (
            "What a business is worth (its lease, debts, name) is not in the data I am given: this is what"
            " the stock in it "
            "is worth."
        ),
    ),
    (
        (
            r"\b(?:is|was|are) (?:(?:our|my|the|sales|revenue|business) )*growth (?P<how>accelerating"
            r"|slowing(?: down)?|speeding up|picking"
            r" up|stalling|flattening|steady|sustainable|decelerating|consistent)\b"
        ),
        "net sales by month",
        (
            "You asked whether growth is {how}: no rate of a rate is worked out here, so these are the"
            " months, to be held "
            "against each other."
        ),
    ),
    (
        (
            r"\b(?:how (?:diversified|broad|concentrated|balanced) (?:is|are|was) (?:my|our|the) (?:growth"
            r"|sales|revenue|business)(?! (?:in|on|among|across) (?:the |our |my )*(?:top|best|biggest) \d)"
            r"|where (?:does|did|is) (?:my|our|the) growth com(?:e|ing) from)\b"
        ),
        "which departments grew",
        (
            "No measure of how widely growth is spread is worked out here: these are the departments, each"
            " against the time "
            "before."
        ),
    ),
    (
        (
            r"\b(?:which|what|any) (?:products?|items?|skus?) (?:(?:are|is|were|was) )?(?:being )?(?:sold"
            r"|sell(?:ing|s)?|priced) (?:below|under)"
            r" (?:the |their |our |my )?(?:expected|target(?:ed)?|normal|usual|planned|minimum|required) margins?\b"
        ),
        "products with the lowest margin %",
        "No expected margin of a product is recorded, so these are the products with the lowest margins.",
    ),
    (
        (
            r"^\W*what (?:should|do|must) (?:i|we) (?:need to |have to )?(?:prepare|stock up(?: on)?|get ready"
            rf"|have ready|order|buy|get in|re-?order|restock)(?: in| more of)? {_FOR_A_HOLIDAY}"
        ),
        "what should I reorder this week",
        _NO_HOLIDAY_ORDER,
    ),
    (
        (
            r"^\W*(?:(?:how|what)(?: else)? (?:should|do|can|must|could|shall|would) (?:i|we) (?:(?:need|have"
            r"|want) to )?"
            r"|(?:what|how) to |(?:(?:can|could) you )?help (?:me|us) (?:to )?|are (?:we|i) |let'?s |(?:we"
            r"|i) (?:need|want) to )?"
            r"(?:best )?(?:(?:be|get|getting) )?(?:(?:prepared?|preparing|prep|ready|planning|plan|plan ahead"
            r"|gear up|stock up"
            r"|stock|do|know|have|buy in)(?: (?:the |our |my )?(?:stores?|shops?|stock|team|ready))?|prepare (?:my"
            r"|our|the) \w+)"
            rf" {_FOR_A_HOLIDAY}(?: coming up)?(?=\W*$| (?:at|in) [a-z])"
            r"|^\W*(?:the |our |a |my )*(?P<season>holidays?(?: season)?|christmas|thanksgiving|black friday|easter)"
            r" (?:prep\w*|plan(?:ning)?|readiness|checklist)(?=\W*$)"
        ),
        "what holidays are coming up? what should we reorder this week",
        _NO_HOLIDAY_ORDER.replace("{when}", "{when}{season}"),
    ),
    (
        (
            r"^\W*(?:when|(?:at )?what times?(?: of (?:the )?day)?|(?:on )?(?:which"
            r"|what) days?(?: of the week)?) (?:(?:do|does|did"
            r"|should|must|can) (?:we|i|customers|people) (?:usually |normally |mostly |have to )?(?:sell|buy"
            r"|prepare|prep|bake|make"
            r"|cook|fry|roast|put out|have) (?:(?:the )?(?:most|more|extra|additional)(?: of)?) (?:the "
            r"|our )?(?P<x>(?!(?:sales|money|revenue|profits?|products?|goods|items|it|them|of|stuff|things"
            r"|customers)\b)[a-z][\w&'-]+"
            r"(?: [\w&'-]+){0,2}?)(?: ready| out| made)?|(?:do|does|did) (?:the "
            r"|our )?(?P<y>(?!(?:we|i|you|they|it|sales|products?|goods|items"
            r"|stores?)\b)[a-z][\w&'-]+(?: [\w&'-]+){0,2}?) sell"
            r" (?:the )?(?:best|most|fastest))(?=\W*$| (?:at|in) [a-z])"
        ),
        r"units of \g<x>\g<y> by weekday last 4 weeks",
        "When more should be ready is yours to decide: this is on which days of the week it sells.",
    ),
    (
        (
            r"^\W*(?:which|what|on which) (?:days?|nights?|evenings?) (?:should|could|can) (?:i|we) (?:close"
            r"|shut)(?: up)? early"
            r"(?=\W*$)|^\W*(?:should|could) (?:i|we) (?:close|shut) early(?: on)? \w+(?=\W*$)"
        ),
        "quietest times",
        "Whether to close is yours to decide: these are the quietest days and hours.",
    ),
    (
        (
            r"^\W*(?:which|what) (?P<which>stores|branches|locations|shops|sites|outlets) (?:are|is) (?:inactive"
            r"|closed down"
            r"|no longer (?:open|active|trading)|not (?:active|trading))(?=\W*$)"
        ),
        "list our stores",
        "Which {which} were given up is not recorded: these are those that there are.",
    ),
    (
        (
            r"^\W*(?:so )?(?:where (?:is|does|did|has) (?:all )?(?:my|our|the) (?:money|cash|profits?) (?:going|go"
            r"|gone|went)"
            r"|where (?:are|am) (?:we|i) spending(?: the most| most| (?:all )?(?:our|my) money)?|what (?:are"
            r"|am) (?:we|i)"
            r" spending(?: (?:the most|most))?(?: (?:our|my) money)? on|what(?:'s| (?:are|is|were|was)) (?:my|our|the)"
            r" (?:biggest|largest|main|top|highest) (?:costs?|cost (?:drivers?|items?|issues?|problems?)|outgoings"
            r"|expenses)|what (?:eats|is eating"
            r"|eats up|drains"
            r"|is draining)"
            r"(?: into| away at)? (?:my|our|the) (?:profits?|margins?|money|cash))(?: right now| now)?(?=\W*$"
            r"| (?:this|last|in)\b)"
        ),
        "net sales, cost of goods, labour cost, discounts and refunds",
        (
            "Rent, energy, advertising and what else a business pays are in no data here: these are the costs that are"
            " known. Money that lies in stock is in “stock value by department”."
        ),
    ),
    (
        (
            rf"^\W*(?:how (?:much|many)|what quantit(?:y|ies))(?: of)?(?: (?:stock|inventory|product|goods|units))? "
            rf"{_TO_GET}(?: in| up)? {_FOR_A_HOLIDAY}"
        ),
        "what should I reorder this week",
        _NO_HOLIDAY_ORDER,
    ),
    (
        (
            rf"^\W*(?:how (?:much|many)|what quantity of) (?P<what>[\w&'-]+(?: [\w&'-]+){{0,3}}?) {_TO_GET}"
            rf"(?: in| up)? {_FOR_A_HOLIDAY}"
        ),
        r"how much \g<what> should I order for this week",
        _NO_HOLIDAY_ORDER,
    ),
    (
        (
            r"\b(?:items?|products?|skus?|goods|stock) (?:that (?:are|have been) )?(?:in stock|on (?:the"
            r" )?shel(?:f|ves)|on hand)"
            r"(?: for)? (?:more|longer|over) (?:than )?(?P<long>(?:an? |\d+ )?(?:days?|weeks?|months?))\b"
        ),
        r"products that have not sold for \g<long>",
        (
            "You asked what has been in stock for more than {long}: when each piece came in is not recorded,"
            " so this is what "
            "has not sold for that long."
        ),
    ),
    (
        (
            r"^\W*(?:which|what|any|show(?: me)?|list)(?: of (?:our|my|the))? (?:products?|items?|skus?)(?:"
            r" that)? (?:needs?|requires?"
            r"|wants?|deserves?) (?:my |our |your |immediate |urgent |special |some |the most )*attention(?=\W*$"
            r"| (?:today|now|this)\b)"
        ),
        "low stock alerts",
        (
            "No list of products that need attention is kept: these are what runs out, what does not sell"
            " and what there is "
            "too much of. Products at a loss are in “which products are losing money?”."
        ),
    ),
    (
        (
            r"\b(?:average|avg|mean|typical) (?:inventory|stock)(?: (?:levels?|on hand|holding|quantity))?(?="
            r" (?:by|per|of|for|in)\b|\W*$)"
        ),
        "stock levels",
        STOCK_AS_IT_IS,
    ),
    (
        (
            r"^\W*(?:which|what) (?P<goods>products?|items?|skus?) (?:has|have|are) (?:the |at the )?(?:lowest"
            r"|least|fewest|smallest)"
            r" (?:(?:amount|level|quantity) of )?(?:stock|inventory|units)(?: levels?| left| on hand)?\b"
        ),
        "what is running low",
        (
            "You asked for the lowest stock: most products that hardly sell have a piece or two, so these"
            " are told by how "
            "soon they run out at the present rate."
        ),
    ),
    (
        (
            r"\b(?:which|what) (?P<group>brands?|suppliers?|vendors?|manufacturers?) should (?:i|we)"
            r" (?:re-?order|order|buy|purchase"
            r"|stock)(?: from| more of)?(?=\W*$| (?:now|next|this|today)\b)"
        ),
        "what should I reorder",
        (
            "You asked for {group}: what is due is worked out product by product, so this is the list, with"
            " what falls to "
            "each supplier."
        ),
    ),
    (
        (
            r"\b(?!in (?:the |our )stock ?room\b)(?P<by>by|per|in|at|for) (?:each |every |the |our |which "
            r")?(?:warehouses?|depots?|stock ?rooms?)\b"
        ),
        "by store",
        (
            "You asked for warehouses: stock is known by store, in the shop and its back room together, so this"
            " is by store."
        ),
    ),
    (
        (
            r"\b(?:what|which|how much) (?:inventory|stock|products?|items?|goods) (?:should|do|must) (?:i"
            r"|we) (?:need to "
            r"|have to )?(?:prepare|have ready|get ready|have in|stock up(?: on)?|get in|bring in) for "
            r"(?P<when>(?:the |this |the coming )weekend|tomorrow|next week)\b"
        ),
        r"what will run out by \g<when>",
        (
            "You asked what to prepare for {when}: no list is worked out for days to come, so this is what runs out by "
            "then at the present rate. What is due to be ordered now is in “what should I reorder?”."
        ),
    ),
    (
        (
            r"\b(?:how (?:is|are|was|were|did|has|have) (?:my|our|the) (?:team|staff|employees|crew|people|associates"
            r"|cashiers|colleagues|clerks|workers|salespeople|guys|lads)(?: been)? (?:doing|performing|do"
            r"|perform(?:ed)?|done)|(?:team|staff|employee|cashier) performance)\b"
            r"|^\W*(?:is |are )?(?:the |our |my )?(?:team|staff|crew|cashiers|employees) (?:performing|doing)"
            r" (?:well|ok|okay|fine|good|better|badly|alright)(?=\W*$)"
        ),
        "sales, labour hours and sales per labour hour",
        (
            "You asked about the team: what single people do is not told, so this is what the stores sold"
            " for the hours "
            "that all of them worked."
        ),
    ),
    (
        (
            r"\b(?:do (?:i|we) (?:know|have)|is there|how much (?:of|do (?:i|we))\b.*\bhas|what share"
            r" of\b.*\bhas) (?:an?"
            r" |the )?(?:known )?costs? (?:of|for|price)?.*\b(?:sold|sales|sell)\b|\bcost coverage\b"
        ),
        "gross margin last 4 weeks",
        (
            "How much of your sales has no known cost is said in the note below this margin; the products are in "
            "“products without a cost”."
        ),
    ),
)
