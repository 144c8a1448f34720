"""What a shop spends beside its wages: expenses, purchases, cash that leaves the till. None of it is brought here."""

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
            r"\b(?:purchase|buying) (?:prices?|dates?|histor(?:y|ies))\b|\bsuppliers?\b.*\bpurchase"
            r" (?:values?|volumes?|amounts?)"
            r"\b|\bpurchase (?:values?|volumes?|amounts?) (?:by|per|of|from) (?:the |each |our"
            r" )?suppliers?\b|\b(?:am|are|were|have) (?:i|we) (?:been )?(?:over-?)?spending (?:too much )?(?:on"
            r" (?:anything|something|stock|inventory|suppliers?)|too much|more than)"
            r"|\b(?:re-?stocked|replenished|bought in)"
            r" (?:recently|lately|today|yesterday|this (?:week|month)|last (?:week|month)|for (?:a|\d+) \w+)"
        ),
        r"\b(?:customers?|households?|shoppers?|should|will|needs?|purchase orders?)\b",
        (
            "What was bought from suppliers, when it came in and at what price is not in the data I am"
            " given. What the goods "
            "sold have cost is: “cost of goods last month”; what is due is in “what should I reorder?”,"
            " orders under way in "
            "“open purchase orders”."
        ),
    ),
    (
        (
            r"^\W*(?:(?:show|give|tell|list)(?: me| us)? |what(?:'s| is| are| was| were) |how much (?:is|are"
            r"|were|was) )?"
            r"(?:the |our |my )*(?:total |stock |supplier |inventory |purchase )*(?:purchases|purchasing|supplier spend"
            r"|spend with suppliers|purchase costs?)(?=\W*$| (?:today|yesterday|this|last|in|by|from|trend"
            r"|over|for|per "
            r"(?:month|week|supplier))\b)"
        ),
        "",
        (
            "What was bought from suppliers, and paid for it, is not in the data I am given, beside orders"
            " under way in "
            "“open purchase orders”. What the goods sold have cost is in “cost of goods last month”."
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
