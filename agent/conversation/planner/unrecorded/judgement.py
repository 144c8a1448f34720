"""What people judge or lay down and no source brings: formats of stores, rules of the firm, managers, what is left."""

from __future__ import annotations

_FORMAT = (
    r"(?:super-?markets?|hyper-?markets?|super-?stores?|(?:mini|mega)-?(?:marts?|markets?|stores?)|big[- ]box(?: "
    r"stores?)?"
    r"|(?:convenience|express|flagship|urban|suburban|rural|mall|high[- ]street|downtown|city|franchised?|company[- "
    r"]owned"
    r"|small[- ]format|large[- ]format|discount)[- ](?:stores|shops|locations|formats?|branches|outlets))"
)
_BARE = r"(?:express|convenience|local|metro|extra|premium|flagship|outlets?|discounters?)"
_AND = r"(?:,|vs\.?|versus|and|or|against|with|than|compared (?:to|with))"
_MANAGERS = r"(?:store |shop |branch |district |area |department )*(?:managers?|supervisors?|leaders|team leads?)"
_ATTENTION = (
    r"(?:follow(?:ed|ing)?[- ]?up|coach(?:ed|ing)?|mentor\w*|train(?:ed|ing)|support(?:ed)?|attention|check(?:ed"
    r"|ing)?[- ]in"
    r"|talk(?:ed|ing)? to|speak to|visit(?:ed)?|help|recognition|recogni[sz]ed|prais(?:e|ed|ing)|reward(?:s|ed|ing)?"
    r"|congratulat\w+)"
)
_RULES = (
    r"(?:flag(?:s|ged)?|coach(?:ing|ed)?|escalat\w+|write[- ]?ups?|written up|warn(?:ing|ed)s?|penali[sz]ed|audited)"
)
_PRICING = (
    r"\b(?:how (?:should|do|would|can|could|shall) (?:i|we) (?:best )?(?:price|decide(?: on)? (?:the |a )?prices?|set "
    r"(?:the |a )?prices?)|what(?: price)? (?:should|do|would|shall|could) (?:i|we) (?:set|charge|ask|price)|pric(?:e"
    r"|es|ing) (?:suggestions?|recommendations?|strateg(?:y|ies)|advice|ideas?|guidance))\b"
)
JUDGEMENT: tuple[tuple[str, str, str], ...] = (
    (
        (
            rf"{_PRICING}[^?]*\bnew\b|\b(?:price|pricing) (?:for|of) (?:an? |our |my |the )new (?:products?|items?"
            rf"|lines?)\b"
        ),
        r"\b(?:sell|sold|sales|trend\w*|changes?|changed)\b",
        (
            "What a new product should cost I cannot say: it has sold nothing yet, and prices elsewhere are not in the "
            "data I am given. Its neighbours may help: “average selling price by category”, “gross margin % by "
            "category”; of a product that sells, how units went with its price is “price elasticity of milk”."
        ),
    ),
    (
        (
            rf"\b{_FORMAT},? {_AND},? (?:(?:the |our )?(?:{_FORMAT}|{_BARE})\b|(?:the|our) \w+ (?:stores|ones))"
            rf"|\b(?:{_BARE}|stores),? {_AND},? (?:the |our )?{_FORMAT}"
            rf"|\b(?:our|all|the|each of our|in|at|of|by) (?:our |the )?(?!super-?market){_FORMAT}(?=\W*$| (?:last"
            rf"|this|yesterday|sell|sold"
            r"|perform|doing|do|did|have|make|compare)\b)"
        ),
        r"\b(?:groceries|department)\b",
        (
            "Which store is a hypermarket, a convenience store or of another format is not in the data I am given, so "
            "I "
            "cannot hold formats against each other. Stores and districts can be: “compare the stores last month”, "
            "“sales "
            "by district”, or two of them by name."
        ),
    ),
    (
        (
            rf"\b(?:which|what|any) (?:of (?:our|my|the) )?{_MANAGERS}\b[^?]{{0,30}}\b{_ATTENTION}\b"
            rf"|\b{_ATTENTION} (?:with )?(?:which|what) {_MANAGERS}\b|\bwho (?:of|among) (?:our|my|the) "
            rf"{_MANAGERS}\b[^?]{{0,30}}"
            rf"\b{_ATTENTION}\b|\b{_MANAGERS} (?:who |that )?(?:need|require|deserve)s? [^?]{{0,20}}{_ATTENTION}\b"
        ),
        r"\b(?:task|remind|tell|ask|send)\b",
        (
            "Whom of the managers somebody should talk to is not mine to judge, and nothing about single managers is "
            "in "
            "the data I am given. What stands out at their stores is: “overdue tasks by store”, “exception report last "
            "week”, “which stores are underperforming and why?”."
        ),
    ),
    (
        (
            rf"\b(?:when|at what point|after how many \w+|how (?:soon|late)) (?:does|do|is|are|will|would|should) "
            rf"(?:an?|the|any|our"
            rf"|my)? ?(?:stores?|shops?|branch(?:es)?|employees?|associates?|cashiers?|managers?|teams?"
            rf"|department)\b[^?]{{0,40}}"
            rf"\b{_RULES}\b|\b{_RULES} (?:rules?|polic(?:y|ies)|triggers?|thresholds?|criteria|standards?)\b"
            rf"|\bwhat (?:triggers|counts as|leads to) (?:an? )?[^?]{{0,20}}\b{_RULES}\b"
        ),
        "",
        (
            "The rules of your company, such as when a store is flagged or somebody coached, are not in the data I am "
            "given. "
            "What was out of line is: “exception report last week”, “planogram check”, “overdue tasks by store”, “did "
            "all "
            "stores open on time?”."
        ),
    ),
    (
        (
            r"\b(?:i|we)(?:'ve| have| still have|'ve got| have got| got| are left with|'m left with)(?: still)? "
            r"(?:about |around"
            r" )?\d+ [a-z][\w' -]{2,80}\b(?:left(?: ?over)?|remaining|unsold|to (?:sell|shift|clear))\b"
            r"|\b\d+ [a-z]+(?:,? (?:and )?\d+ [a-z]+){1,5} (?:are |is )?(?:still )?(?:left(?: ?over)?|remaining"
            r"|unsold)\b"
        ),
        r"\b(?:days?|weeks?) (?:of|left)\b|\b(?:order|reorder|transfer|count|adjust)\b",
        (
            "What is left on the shelf at an hour of the day is not in the data I am given, nor how much of it still "
            "sells "
            "before closing, so I cannot judge it. What sells too slowly for its stock is in “what should we mark "
            "down?”, when "
            "it is busy in “busiest hours at Harbor Point”; and I can propose a price for a product: “reduce oat milk "
            "by thirty per cent”."
        ),
    ),
    (
        (
            r"\b(?:food|ingredient|recipe|plate|prime|kitchen|menu) costs?\b[^?]{0,40}\b(?:above|below|over|under"
            r"|within|against|vs"
            r"|versus|on|exceed\w*|beyond|off) (?:the |our |its |their )?(?:targets?|budgets?|plan|goals?|limits?)\b"
        ),
        "",
        (
            "Food costs are not told apart here, and no target for costs is kept unless one was loaded. What can be "
            "had: “cost "
            "of goods by department last month”, “gross margin by department”, “labour cost percent last week” and, "
            "where "
            "targets are recorded, “are we on target this month?”."
        ),
    ),
)
"""As in ``unrecorded``: what is asked, what must not be in it, and what is said."""
