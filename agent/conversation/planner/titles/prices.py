"""Subjects of price: bands and points, elasticity, price moves, and what a change of sales is made of."""

from __future__ import annotations

from agent.conversation.planner.titles.grammar import Row, pattern, title

_PART = r"(?:share|percent(?:age)?|proportion|fraction|part|%|how much)(?: of)?(?: our| the| all| total| net)*"
_SALES = r"(?:sales|revenue|turnover)"
_HOLDS = (
    r"(?: (?:that |which )?(?:have|has|had|is|are|was|were|comes?|with|of|at|from|goods|lines|products|items|an?))*"
)
PRICES: tuple[Row, ...] = (
    # --- what margins stand on
    title(
        rf"(?:what |which )?{_PART} {_SALES}{_HOLDS} (?:known|recorded) (?:unit )?costs?(?: prices?)?"
        rf"|known[- ]cost (?:share|coverage)|(?:unit )?cost coverage|{_SALES} with (?:an? )?(?:known|recorded) costs?"
        rf"|(?:for )?(?:what |which )?{_PART} {_SALES} (?:do we|is|are) (?:know )?(?:the )?costs? (?:known|recorded)?",
        "cost coverage{rest}{usual}",
    ),
    title(
        rf"(?:what |which )?{_PART} {_SALES}{_HOLDS} (?:no|unknown|missing|without|unrecorded)(?: an?| any)?(?: known"
        r"| recorded)? costs?(?: prices?)?",
        "cost coverage{rest}{usual}",
        "This is the part of the sales whose cost is known; what is missing to the whole has no known cost.",
    ),
    title(
        "price (?:bands?|points?|tiers?|ranges?|brackets?|ladders?|architecture)(?: (?:distribution|mix|performance"
        "|sales|structure))?|sales (?:distribution )?by price (?:bands?|points?|tiers?|ranges?|brackets?)",
        "net sales, units and products by price band{rest}",
    ),
    title(
        "(?:aur|asp|aup|average (?:unit retail|selling price|retail price|price|unit price)) trends? (?:by|per"
        "|across) (?P<g>departments?|categor(?:y|ies)|brands?|stores?)|(?:aur|asp|aup|average (?:unit retail"
        "|selling price)) by (?P<h>departments?|categor(?:y|ies)) over time",
        "average selling price by {g} and week{without}",
    ),
    title(
        "price[- ](?:elasticit(?:y|ies)|sensitivit(?:y|ies))(?: of demand)? (?:by|per|across|for each)(?: all"
        "| the)? (?P<g>categor(?:y|ies)|departments?)|elasticit(?:y|ies) by (?P<h>categor(?:y|ies)|departments?)",
        "price elasticity by {g}{rest}",
    ),
    pattern(
        "what happens? to (?:units|sales|demand|volume) (?:if|when) (?:we|i) (?:raise|increase|cut|lower"
        r"|reduce) (?:our |all |the )*prices?(?: by)? ?(?P<n>\d+(?:\.\d+)? ?(?:%|percent))?",
        "price elasticity by department",
        "One figure for the whole range would mislead: this is by how many per cent units went with one per cent of "
        "price, by department. Name a department or a product for a change of a certain size.",
    ),
)
