"""Where customers live and who they are, what they buy elsewhere or in place of something: none of it is known."""

from __future__ import annotations

_WHO = r"(?:customers?|shoppers?|people|households?|buyers?|members?|guests?|clients?|they)"
_SEX = r"(?:men|women|males?|females?)"
_GOODS = r"(?:products?|items?|skus?|goods|categor(?:y|ies)|departments?|brands?)"
_STAFF = r"(?:employees?|cashiers?|associates?|staff members?|sales ?(?:people|persons?|reps?)|servers?|clerks?)"
_COMING = r"(?:loyal|repeat|regular|returning|new|best|top)"
CUSTOMERS: tuple[tuple[str, str, str], ...] = (
    (
        (
            rf"\b(?:which|what) {_STAFF} (?:has|have|had|brings? in|gets?|keeps?|attracts?|wins?) (?:the |our |my )?"
            rf"(?:(?:most|fewest) )?(?:{_COMING} {_WHO}|regulars)\b"
            rf"|\b{_COMING} {_WHO} (?:by|per|for each|of each) {_STAFF}\b"
        ),
        "",
        (
            "Customers are not told by employee: for whose sake somebody comes back is not known. What is: “sales by"
            " employee last month”, where the register tells who rang up a sale, and “repeat customers by store”."
        ),
    ),
    (
        (
            rf"\b{_SEX} (?:or|and|vs\.?|versus|than) {_SEX}\b|\b(?:male|female) {_WHO}\b|\b(?:do|did|are|how many) "
            rf"{_SEX}\b|\b(?:by|which|what|per|each|between) genders?\b"
        ),
        "",
        (
            "Whether a customer is a man or a woman is not in the data I am given. Age, income, size of household and "
            "children are, of some: “average spend by age group”, “sales by income”."
        ),
    ),
    (
        (
            rf"\b{_WHO} (?:who |that )?(?:lives?|living) (?:\w+ )?(?:furthest|farthest|far|close|closest|nearest|near"
            rf"|nearby|around|away|within)\b|\blives? (?:the )?(?:furthest|farthest|closest|nearest)\b"
            rf"|\bhow far (?:away )?(?:do|does|did|are|is) (?:our |the |most |my )*{_WHO}\b|\bwhere (?:do|are|did) "
            rf"(?:our "
            rf"|the |my )*{_WHO} (?:live|come from|coming from|travel from)\b|\b{_WHO} travel (?:to|from)\b"
        ),
        "",
        (
            "Where customers live and how far they come is not in the data I am given. Which stores they shop at is: "
            "“how "
            "many customers shop at several stores”, “customers by store”."
        ),
    ),
    (
        (
            rf"\bswitch(?:es|ed|ing)? (?:brands?|to|from|away|over|between)\b(?=.*\b(?:brands?|{_WHO})\b)"
            rf"|\b(?:brands?|{_WHO})\b[^?]*\bswitch(?:es|ed|ing)? (?:to|from|away|over|between)\b|\bbrand switch\w*"
            rf"|\b(?:what|which \w+) (?:do|did|are|were|have|would) (?:{_WHO}|they|ppl) (?:buy|bought|buying|get"
            rf"|getting|pick"
            r"|take|choose|go for|grab)(?: (?:up|with))? instead\b"
        ),
        r"\b(?:stores?|private[- ]labels?|(?:store|own)[- ](?:brands?|labels?)|task|remind|turn)\b",
        (
            "What a customer takes in place of something else, or buys elsewhere, is not known. How brands fare "
            "against each "
            "other is: “which brands gained share last month”, “repeat purchase rate by brand”, “which national "
            "brands lost "
            "share to private label”."
        ),
    ),
    (
        (
            rf"\blos(?:e|es|ing|t) (?:the |most |any |our |many |more )*{_WHO} (?:in|of|for|on|from) (?:any|which"
            rf"|what|each"
            rf"|every|some|certain|our) (?:\w+ )?{_GOODS}\b|\b{_GOODS} (?:(?:that|which|are|is|have|has|we|do|did) )*"
            rf"los(?:e|es|ing|t) (?:the |most |any |our |many |more |fewest )*{_WHO}\b"
        ),
        "",
        (
            "Which goods lost or won customers is not worked out for all of them at once. Of one it is: “how many of "
            "last "
            "month's Produce buyers bought it again this month”. What all goods lost in sales: “which categories "
            "fell the "
            "most last month”."
        ),
    ),
    (
        rf"\b(?:worst|least valuable|lowest[- ]value|bottom(?: \d{{1,2}})?|least profitable) {_WHO}\b",
        r"\b(?:feedback|reviews?|segments?|groups?|at risk|task|remind|percent|%)\b",
        (
            "Single customers are listed from the top only. Who brings little is told in groups: “customer "
            "segments”, “how many "
            "customers came only once”, “profit by customer group”."
        ),
    ),
    (
        (
            r"\binvest\w*\b[^?]*\b(?:mutual funds?|index funds?|fds?|fixed deposits?|stock market|shares|bonds?|etfs?"
            r"|crypto\w*|bitcoins?|gold|real estate|property|savings(?: account)?|pension|401k)\b|\b(?:buy|sell|put"
            r"|trade)\b[^?]*\b(?:bitcoins?|crypto\w*|mutual funds?|index funds?|etfs?|shares in|stock market)\b"
        ),
        "",
        (
            "Where to put money outside the shop is not mine to say, and nothing about it is in the data. What the "
            "shop "
            "makes is: “gross margin last month”, “which products are most profitable”."
        ),
    ),
)
"""How it is spoken of, what makes it another question (or nothing), and the sentence."""
