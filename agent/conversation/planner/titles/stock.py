"""Subjects of stock and demand: investment, cover, availability, causes, budgets to buy, forecast errors, swings."""

from __future__ import annotations

from agent.conversation.planner.near.tills import HOLIDAY
from agent.conversation.planner.titles.grammar import Row, pattern, predicate, title

_STOCK = r"(?:inventory|stock|merchandise)"
_SKU = r"(?:skus?|products?|items?|articles?)"
_OUTS = r"(?:stock-?outs?|out[- ]of[- ]stocks?|oos|osa|outs)"
_COVER = (
    r"(?:(?:days|weeks) of (?:cover|supply|stock|inventory)|(?:stock |inventory )?cover(?:age)?|(?:days|weeks) on hand)"
)
_BY_CATEGORY = r"categor(?:y|ies)|departments?|stores?"

_SHOWN = r"(?:(?:what|which|show|list|give|me|are|is|the|our|my) )*"

STOCK: tuple[Row, ...] = (
    title(
        rf"sell[- ]through(?: rates?)? by {_SKU}(?: and stores?)?",
        "sell-through by category{without}",
        "Sell-through is not split by single product: this is it by category. Name one for its own.",
    ),
    # --- cover of single products
    predicate(
        rf"(?:(?:have|has|with|ranked|ordered|sorted|by|the) )*(?:least|lowest|shortest|fewest|smallest|low) {_COVER}",
        "shortest days of cover by product{rest}",
        groups=_SKU,
    ),
    predicate(
        rf"(?:(?:have|has|with|ranked|ordered|sorted|by|the|very|too) )*(?:most|highest|longest|greatest|high|long)"
        rf" {_COVER}",
        "longest days of cover by product{rest}",
        groups=_SKU,
    ),
    pattern(
        rf"{_SHOWN}(?:top|longest|highest) (?:\d{{1,2}} )?{_SKU} by {_COVER}(?P<rest>[^?]*)",
        "longest days of cover by product{rest}",
    ),
    pattern(
        rf"{_SHOWN}(?:bottom|shortest|lowest) (?:\d{{1,2}} )?{_SKU} by {_COVER}(?P<rest>[^?]*)",
        "shortest days of cover by product{rest}",
    ),
    title(
        rf"(?:the )?(?:least|lowest|shortest|fewest) {_COVER} by {_SKU}", "shortest days of cover by product{without}"
    ),
    title(
        rf"(?:the )?(?:most|highest|longest|greatest) {_COVER} by {_SKU}", "longest days of cover by product{without}"
    ),
    title(
        rf"{_COVER} by {_SKU}(?!\W+what (?:do|should)\b)|{_SKU} (?:ranked |ordered |sorted )?by {_COVER}"
        rf"|{_COVER} (?:of|for) (?:each|every) {_SKU}",
        "days of cover by product{without}",
    ),
    title(rf"(?:total )?{_STOCK} (?:investment|holdings?|position|valuation|value|at cost)", "stock value{rest}"),
    title(
        rf"how does {_STOCK} value (?:change|develop|evolve|move|trend)(?: over time)?|{_STOCK} value (?:over time"
        "|trend)",
        "stock value{by}",
        "Stock is known as it is now; its value of earlier days is not kept, so no course can be shown.",
    ),
    pattern(
        "where (?:do|are) we (?:have|carry|carrying|holding|hold|sitting on) (?:too much|excess|the most excess"
        rf"|surplus) {_STOCK}",
        "overstock by store",
    ),
    predicate(
        rf"(?:too much|excess|excessive|surplus|bloated) {_STOCK}", "overstock by {g}{rest}", groups=_BY_CATEGORY
    ),
    *(
        predicate(
            rf"(?:more than|over|above|greater than|>|at least|exceeding) ?{weeks} weeks? (?:of )?(?:supply|stock"
            "|cover|inventory|wos|on hand)",
            f"overstock of more than {weeks * 7} days of cover{{rest}}",
        )
        for weeks in (2, 3, 4, 5, 6, 8, 10, 12, 13, 16, 20, 26, 52)
    ),
    predicate(
        r"(?:experienc\w+|show\w*|suffer\w*|the|an?|from| )*(?:inefficient|slow|slowest|low|lowest|poor|worst|bad"
        "|weak|high|highest|fast|fastest|best|good|efficient)(?: and (?:highest|lowest|slowest"
        rf"|fastest))? (?:{_STOCK} )?(?:turns?|turnover)(?: rates?)?",
        "stock turn by {g}{rest}",
        groups=_BY_CATEGORY,
    ),
    predicate(
        "(?:the|an?| )*(?:low|lowest|poor|worst|weak|high|highest|best|good)(?: and (?:highest|lowest))? (?P<f>gmroi"
        "|sell[- ]through)(?: rates?)?",
        "{f} by {g}{rest}",
        groups=_BY_CATEGORY,
    ),
    # --- availability
    title(
        rf"{_OUTS}(?: root[- ]causes?| causes?| drivers?| reasons?)|root[- ]causes? (?:of|for|behind) (?:our )?{_OUTS}"
        rf"|why (?:are|is|do|did) (?:we|{_SKU}|so many {_SKU}) (?:out of stock|run out|stock(?:ing)? out)",
        "what is out of stock{by}",
        "Why something ran out is not recorded. This is what is out now; “what should we reorder” and “lost sales "
        "from stock-outs” say what to do first.",
    ),
    pattern(
        rf"{_OUTS} analysis ?: ?(?:root )?causes?[^?]*",
        "what is out of stock",
        "Why something ran out is not recorded. This is what is out now; “what should we reorder” and “lost sales "
        "from stock-outs” say what to do first.",
    ),
    pattern(
        "(?:is there|do we have|have we(?: got)?|are we carrying) (?:enough|sufficient"
        rf"|adequate) {_STOCK}(?! (?:for|to cover|to get through) {HOLIDAY})(?P<rest>[^?]*)",
        "what will run out soon{rest}",
    ),
    pattern(
        r"where are (?:the |our )?(?:potential )?(?:stock-?outs?|out[- ]of[- ]stock) risks?(?P<rest>[^?]*)",
        "stockout risk{rest}",
    ),
    pattern(
        r"(?:are there|where are|show|find|any)[^?]*\b(?:misalign\w*|mismatch\w*|imbalances?"
        rf"|gaps?)\b[^?]*\b(?:demand|sales)\b[^?]*\b{_STOCK}\b[^?]*",
        "what will run out soon? what is overstocked?",
        "Where demand and stock do not fit shows at both ends: what runs out soon, and what lies too long.",
    ),
    # --- money and orders
    title(
        r"(?:open[- ]to[- ]buy|otb)(?: budget| position| plan)?",
        "stock value by {g}{without}",
        "Open-to-buy needs a budget for purchases, which is not recorded: this is the stock it would begin from. "
        "“Days of cover by category” says how long it lasts.",
    ),
    title(
        r"safety[- ]stocks?(?: levels?)?(?: recommendations?| settings?| targets?| by \w+)?",
        "what should we reorder{rest}",
        "A safety stock for each product is not set here: what to reorder reckons with the supplier's lead time and "
        "how unevenly a product sells.",
    ),
    pattern(
        r"[^?]*\b(?:cancel|cancell?ing|cancellation)\b[^?]*\b(?:on[- ]order|purchase orders?|open orders?|pos)\b[^?]*",
        "what is on order",
        "Which orders to cancel is for the buyer to say: this is all that is on order.",
    ),
    title(
        r"(?:open|outstanding) (?:purchase orders?|pos) (?:past due|overdue|late)|late (?:purchase orders?|pos)",
        "overdue purchase orders{rest}",
    ),
    pattern(
        "(?:which|what) (?:suppliers?|vendors?) (?:provide|supply|deliver|have"
        "|carry)s? (?:us )?(?:with )?(?:the )?most (?:products|items|skus)",
        "list of suppliers",
    ),
    title(
        "(?:imu|initial mark-?up|initial margin)(?: ?%| percent(?:age)?)?(?: goals?(?: met)?| targets?(?: met)?)?"
        "|are (?:our )?imu ?%? goals met",
        "gross margin % by department{without}",
        "Goals for the initial mark-up are not recorded: this is the margin that was really made.",
    ),
    # --- forecasts
    pattern(
        "(?:where|which (?P<g>categor(?:y|ies)|departments?|stores?|products?|skus?|items?)) (?:did|do|are|were|have"
        "|is) (?:we|it)? ?(?:consistently |been |usually |most )*(?P<way>under|over)-?forecast(?:ing"
        "|ed)?(?P<rest>[^?]*)",
        "which {gs} are we {way}-forecasting{rest}",
    ),
    pattern(
        r"are (?:we|our forecasts) (?:consistently |usually |systematically )*(?:over|under)-?forecasting (?:or|vs\.?"
        "|and) (?:over|under)-?forecasting(?: (?:certain|some|any|specific))? (?P<g>categor(?:y|ies)|departments?"
        "|stores?|products?)",
        "forecast bias by {g}",
    ),
    title(
        "(?:top|biggest|worst|largest) forecast(?:ing)? (?:misses|errors?)|(?:forecast(?:ing)?) (?:misses|exceptions?)",
        "forecast error by product{without}",
    ),
    predicate(
        "(?:- |with |the |a )*(?:highest|lowest|worst|best|largest|biggest|most|least)? ?(?:>|over |more than "
        r"|above )?(?:\d+ ?%)? ?forecast(?:ing)? (?:errors?|misses|accuracy)",
        "forecast error by {g}{without}",
        groups=rf"{_BY_CATEGORY}|{_SKU}",
    ),
    title(
        r"forecast(?:ing)? (?:accuracy|error|bias|mape) (?:trends?|over time|by (?:week|month))",
        "forecast accuracy",
        "The accuracy is told over all weeks together, with the weeks in the table.",
    ),
    title(
        rf"(?:demand|sales|unit) (?:variability|volatility|variation|stability)(?: (?:by|per|of) {_SKU})?",
        "xyz analysis{without}",
        "How evenly a product sells is told by its class: X steady, Y uneven, Z erratic.",
    ),
    title(
        "(?:expected|forecast(?:ed)?|projected|predicted) (?:sales|demand|revenue"
        r"|units)(?: forecast)?(?P<when>(?: (?:for )?next \w+)?) by categor(?:y|ies)(?P<then>(?: (?:for )?next \w+)?)"
        r"|(?:sales|demand) forecast(?P<at>(?: (?:for )?next \w+)?) by categor(?:y|ies)",
        "sales outlook by department{when}{then}{at}",
        "The outlook is split by department or store, not by category.",
    ),
)
