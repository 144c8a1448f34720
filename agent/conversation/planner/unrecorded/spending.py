"""What a shop spends beside wages and goods: expenses, cash that leaves the till. None of it is brought here."""

from __future__ import annotations

from agent.conversation.planner.near.single_shops import EXPENSES

_WE = r"(?:i|we)"
SPENDING: tuple[tuple[str, str, str], ...] = (
    (
        (
            rf"\b(?:spen[dt]|spending|pa(?:y|id|ying))(?: out)? (?:on|for) (?:the |our |my )*{EXPENSES}\b"
            rf"|\b{EXPENSES} (?:costs?|expenses?|spend(?:ing)?|bills?)\b|\bmy (?:biggest |total |main )?expenses\b"
        ),
        r"\b(?:customers?|households?|shoppers?|labou?r|hours?|return on|roi)\b",
        (
            "What the business spends, such as rent, transport, advertising or insurance, is not in the data"
            " I am given. "
            "Known are the cost of what was sold and, with time cards, of the hours worked: “cost of goods"
            " last month”, "
            "“labour cost last month”, “discounts last month”."
        ),
    ),
    (
        (
            r"\b(?:forecast\w*|predict\w*|project(?:ed|ion)|expected|estimated?|planned|upcoming|future) (?:of "
            r")?(?:the |our |my |total )*spend(?:ing)?\b|\bspend(?:ing)? (?:forecast|projection|outlook)s?\b"
            rf"|\b(?:what|how much) (?:will|are|am|do) {_WE} (?:going to |likely to |expect to )?(?:be )?spend(?:ing)?"
            r"(?: in total)?(?: next\b| this\b| in\b| for\b|\W*$)"
        ),
        r"\b(?:customers?|households?|shoppers?|members?|per|each|baskets?|visits?|labou?r|wages|did|spent)\b",
        (
            "What you will spend is not forecast here: of costs I know those of goods and hours once they are there. "
            "What is due to be ordered, with its cost, is “what should I reorder?”; what should come in is “forecast "
            "next week's sales”."
        ),
    ),
    (
        r"(?:\bnot|\bnever|n't)(?: yet)?(?: been)? (?:re-?stocked|replenished|delivered|re-?ordered)\b",
        r"\bshould\b",
        (
            "What did not come in I do not list. What came in is in “what came in last week”, what sells and is due in "
            "“what should I reorder?”, what lies in “dead stock”."
        ),
    ),
    (
        (
            rf"\bcash drops?\b|\bdrop(?:ped)? (?:\w+ )?cash\b|\bcash (?:did )?{_WE} (?:drop(?:ped)?"
            rf"|bank(?:ed)?|deposit(?:ed)?)"
            rf"|\bcash did {_WE} (?:drop|bank|deposit)\b|\bsafe (?:counts?|drops?)\b"
        ),
        "",
        (
            "Cash that is taken out of a drawer to the safe or the bank is not recorded here. What came in is: “cash "
            "payments this month”, and how the drawers counted: “cash differences this month”."
        ),
    ),
    (
        (
            r"\b(?:stock ?takes?|cycle counts?|inventory counts?) (?:in progress|open|pending|under ?way|due)\b"
            r"|\b(?:open|pending|current|ongoing) (?:stock ?takes?|cycle counts?|inventory counts?)\b"
            r"|\b(?:restock|re-?stocking|replenishment|stock) requests?\b"
        ),
        r"\b(?:create|file|add|make|send|task)\b",
        (
            "Stocktakes and requests between stores are not recorded here. What is asked of people is in “open tasks”, "
            "goods on their way in “on order” and “open purchase orders”, what is due in “what should I reorder?”."
        ),
    ),
)
"""How it is spoken of, what makes it another question (or nothing), and the sentence."""
