"""Subjects of trading: reviews, movers, contribution to change, what drives what, baskets, customers."""

from __future__ import annotations

from agent.conversation.planner.titles.grammar import Row, pattern, predicate, title

_BY_GROUP = r"categor(?:y|ies)|departments?|divisions?|stores?|shops?|locations?|branches|districts?"
_GOODS = r"brands?|products?|items?|skus?"
_ANY = rf"{_BY_GROUP}|{_GOODS}"
_DOWN = (
    "(?:declin(?:ing|es?|ed)|fall(?:ing|en)?|fell|shrink(?:ing)?|shrank|los(?:ing|t)|dropp(?:ing|ed)|decreas(?:ing|es?"
    "|ed)|worsen(?:ing|ed)|deteriorat(?:ing|ed)|erod(?:ing|ed)|slipp(?:ing|ed)|weaken(?:ing|ed)|soften(?:ing|ed)"
    "|negative)"
)
_UP = (
    "(?:grow(?:ing|n)?|grew|ris(?:ing|en)|rose|increas(?:ing|es?|ed)|improv(?:ing|es?|ed)|gain(?:ing|ed)|expand(?:ing"
    "|ed)|accelerat(?:ing|ed)|strengthen(?:ing|ed)|positive)"
)
_HOW = r"(?:fastest |most |rapidly |strongly |steadily |consistently |sharply |the most )*"
_STEP = r"(?:day|week|month|quarter|year|period)\b"
_SALES = r"(?:net |overall |total )?(?:sales|revenue|business|turnover)(?: growth| trends?)?"
_MARGIN = r"(?:gross |profit )?(?:margins?|gm|profitability)(?: ?%| rates?| percent(?:age)?)?"
_COUNTED = (
    (r"(?:the )?(?:transactions?|transaction counts?|traffic counts?|tickets)", "transactions"),
    (r"(?:the )?(?:traffic|visitors|footfall|foot traffic)", "visitors"),
    (r"(?:the )?(?:conversion)(?: rates?)?", "conversion"),
    (r"(?:the )?(?:units?(?: sales| volume)?|volumes?)", "units"),
    (
        r"(?:the )?(?:average )?(?:baskets?|tickets?)(?: (?:size|value)s?)?|atv|aov|average transaction values?",
        "average transaction value",
    ),
)
_STEADY = (
    "Growth in every single month is not picked out: these are the ones whose sales moved most, the last weeks "
    "against those before."
)


def _movers() -> tuple[Row, ...]:
    """“Which stores are losing traffic”, “categories with declining margins”, “improving departments”."""
    rows: list[Row] = []
    for way, moved in ((_DOWN, "fell"), (_UP, "grew")):
        of_sales = rf"{_HOW}{way}(?: {_HOW}{_SALES})?|{_SALES}(?: (?:is|are|has|have))?(?: been)? {_HOW}{way}"
        rows += [
            predicate(rf"(?!los|gain){_HOW}{way} {_MARGIN}|{_MARGIN}(?: (?:is|are|has|have))?(?: been)? {_HOW}{way}",
                      f"which {{gs}}' margin % {moved} the most{{rest}}", groups=_BY_GROUP),
            *(
                predicate(rf"{_HOW}{way} (?:{words})|(?:{words})(?: (?:is|are|has|have))?(?: been)? {_HOW}{way}",
                          f"which {{gs}}' {figure} {moved} the most{{rest}}", groups=_BY_GROUP)
                for words, figure in _COUNTED
            ),
            predicate(of_sales, f"which {{gs}} {moved} the most{{rest}}", groups=_BY_GROUP),
            pattern(

                    "(?:(?:which|what|show(?: me)?|list|identify|find|are there(?: any)?|give me|the|our|are"
                    rf"|is) )*{_HOW}{way} (?P<g>{_BY_GROUP})(?P<rest>(?: (?:in|for|this|last|vs|versus|over|compared"
                    r"|by)\b[^?]*)?)",
                f"which {{gs}} {moved} the most{{rest}}",
            ),
        ]  # fmt: skip
    for words, moved in (
        (r"decliners?|fallers?|losers?|losses|declines?|drops?|decreases?", "fell"),
        (r"gainers?|risers?|winners?|climbers?|growers?|gains|growth|increases?", "grew"),
    ):
        rows.append(
            title(
                "(?:(?:biggest|largest|top|worst|best|steepest|highest"
                rf"|fastest)(?: \d+)? )?(?P<g>{_ANY}) (?:sales )?(?:{words})",
                f"which {{gs}} {moved} the most{{without}}",
            )
        )
    return tuple(rows)


SALES: tuple[Row, ...] = (
    pattern(
        r"(?:name|list|show(?: me)?|which|what|find|identify|give me)(?: \d+)?(?: of)?(?: the"
        rf"| our)? (?P<g>{_ANY})[^?]*\b(?P<way>declin|fall|decreas|drop)\w*[^?]*"
        rf"\b(?:(?:every|each)(?: single)? {_STEP}"
        r"|month on month|month over month|week on week|consistently|consecutive)\b[^?]*",
        "which {gs} fell the most",
        _STEADY,
    ),
    pattern(
        r"(?:name|list|show(?: me)?|which|what|find|identify|give me)(?: \d+)?(?: of)?(?: the"
        rf"| our)? (?P<g>{_ANY})[^?]*\b(?P<way>grow|increas|ris|gain|improv)\w*[^?]*"
        rf"\b(?:(?:every|each)(?: single)? {_STEP}"
        r"|month on month|month over month|week on week|consistently|consecutive)\b[^?]*",
        "which {gs} grew the most",
        _STEADY,
    ),
    title(
        r"(?P<g>categor(?:y|ies)|departments?|divisions?|brands?|stores?) growth(?: rates?| ranking)*[: ,]+ ?yoy",
        "which {gs} grew the most year over year",
    ),
    *_movers(),
    pattern(
        rf"(?:list|show(?: me)?|which|what|rank)?(?: the| our)* ?(?P<g>{_BY_GROUP}) (?:that |which )?(?:have|has|had"
        "|with|by)? ?(?:the )?(?:highest|strongest|best|most) growth (?:by|in|of) (?:gross )?(?:margins?"
        "|profit)(?: in (?:descending|ascending) order)?(?P<rest>)",
        "which {gs}' gross margin grew the most",
    ),
    title(
        rf"(?P<g>{_BY_GROUP}) by growth(?: rates?)?|(?P<h>{_BY_GROUP}) (?:that |which )?(?:have|has|had"
        "|with) (?:the )?(?:highest|strongest|best) (?:sales |revenue )?growth",
        "which {gs} grew the most{rest}",
    ),
    title(
        r"margin (?:erosion|compression|dilution|decline|squeeze|leakage)(?!.*\bproducts?\b)",
        "which {gs}' margin % fell the most{without}",
    ),
    title(r"margin (?:expansion|improvement|growth)", "which {gs}' margin % grew the most{without}"),
    pattern(
        "(?:rank|which|what|show)?(?: the| our)* ?(?P<g>categor(?:y|ies)|departments?|brands?|products?"
        r"|stores?)(?: is| are| were| was)?(?: ranked)?(?: by| most)? (?:contribut\w+|responsible|driving|behind"
        "|to blame)(?: most| the most)?(?: to| for)? (?:the |our |this )*(?:negative |positive |sales |overall "
        "|downward |upward )*(?:gap|trend|decline|growth|change|variance|drop|increase|shortfall)(?P<rest>[^?]*)",
        "growth contribution by {g}{rest}",
    ),
    pattern(
        rf"(?:which|what) (?P<a>{_ANY}) and (?P<b>{_ANY}) contribut\w+ (?:the )?most to (?:our |the )*(?:mom and yoy "
        "|yoy and mom |mom |sales |overall )*growth",
        "growth contribution by {a}? growth contribution by {b}?",
        "Growth is told here against the weeks before.",
    ),
    title(
        r"top (?P<n>\d+) (?P<f>(?:gross )?margin|sales|profit|revenue) contributors", "top {n} products by {f}{rest}"
    ),
    # --- reviews
    title(
        r"weekly (?:business |trading |sales |performance )*(?:review|recap|summary|report|update|meeting)",
        "summarize my business last week",
    ),
    title(
        r"monthly (?:business |trading |sales |performance )*(?:review|recap|summary|report|update)",
        "summarize my business this month",
    ),
    title(
        "(?:daily (?:business |trading |sales |flash |performance )*(?:review|recap|summary|report|update|flash)"
        "|flash (?:report|sales))",
        "summarize my business yesterday",
    ),
    # --- what they bring
    pattern(
        rf"(?:which|what) (?P<a>{_ANY}) and (?P<b>{_ANY}) (?:drive|generate|bring(?: in)?|produce|deliver|yield|make"
        "|have|contribute)s?(?: the)? (?P<sup>highest|most|best|lowest"
        r"|least)(?: total)? (?P<f>[\w %-]+?)(?: and (?P<other>unit sales|units|margin|profit))?",
        "which {a} have the {sup} {f}? which {b} have the {sup} {f}?",
    ),
    pattern(
        rf"(?:which|what) (?P<g>{_ANY})(?: and sub-?categories)? (?:drives?|generates?|brings?(?: in)?|produces?"
        "|delivers?|yields?|experiences?|records?|exhibits?|shows?|creates?)(?: us)? (?:the )?(?P<sup>highest|most"
        "|best|biggest|lowest|least|greatest|strongest)(?P<whole>(?: total"
        r"| overall)?) (?P<f>(?:contribution )?(?:[\w %-]+?))",
        "which {gs} have the {sup}{whole} {f}",
    ),
    pattern(
        rf"(?:which|what) (?P<g>{_ANY})(?: and sub-?categories)? contributes? (?:the )?most to (?:our |the |overall "
        "|total )*(?P<f>(?:gross )?margin|sales|profit|revenue)",
        "share of {f} by {g}",
    ),
    pattern(
        r"how (?:does|do|did|has|have) (?:our |the )?(?:total |net |overall )*(?P<f>[a-z][\w %-]*?) (?:evolved?"
        r"|developed?|changed?|trend(?:ed)?|moved?) over time(?: \([^)]*\))?",
        "{f} trend by month",
    ),
    pattern(
        "what(?:'s| is| are) (?:my |our |the )?rolling (?:total )?(?P<f>sales|revenue|margin|units"
        "|transactions) for (?P<rest>[^?]*)",
        "{f} for {rest}",
    ),
    pattern(
        "(?:products?|items?|skus?) with (?:exceptional|unusual|outlier|extreme) performance[^?]*"
        "|exceptional (?:products|items|performers)[^?]*",
        "which products grew the most? which products fell the most?",
        "Exceptional is told here by how far sales moved, the last weeks against those before.",
    ),
    predicate(
        "(?:low|thin|poor)(?: or (?:low|negative))? (?:profitability|margins?|profits?)(?: that (?:require"
        "|need)s? (?:intervention|attention|action))?",
        "products with the lowest margin",
        groups=r"products?|items?|skus?",
    ),
    # --- baskets and customers
    title(
        r"(?:attachment|attach) rates?(?: of| for)?:? ?(?P<a>[a-z][\w '-]+?) (?:with|to|and) (?P<b>[a-z][\w '-]+?)",
        "how many baskets held {a} and {b}{without}",
    ),
    pattern(
        "(?:which|what) (?P<g>products?|items?|categories) (?:drive|lead to|create|build|make|come with"
        "|are in)s? (?:the )?(?:bigger|larger|biggest|largest|higher) (?:baskets?|tickets?|orders?)(?: sizes?"
        "| values?)?",
        "which {gs} are bought together most often",
        "How large the baskets with each are I do not rank: these are the pairs that lie in one basket most often.",
    ),
    pattern(
        r"how many (?:customers|shoppers|households|members) (?:have )?(?:lapsed|churned|left)(?P<rest>[^?]*)",
        "customers at risk{rest}",
    ),
    title(r"lapsed (?:customers|shoppers|households|members)", "customers at risk{rest}"),
    title(r"customer segments (?:by|based on) (?:spend|value|sales|recency|frequency)", "customer segments"),
)
