"""Subjects of price: bands and points, elasticity, price moves, and what a change of sales is made of."""

from __future__ import annotations

from agent.conversation.planner.titles.grammar import Row, pattern, title

PRICES: tuple[Row, ...] = (
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
