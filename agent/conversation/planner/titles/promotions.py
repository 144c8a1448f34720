"""Subjects of promotion and markdown: lift, frequency, dependence, depth, kinds, calendars, markdown cost and plans."""

from __future__ import annotations

from agent.conversation.planner.titles.grammar import Row, pattern, predicate, title
from agent.conversation.planner.topics.promotions import NOT_TAKEN_BY_EACH

_PROMO = r"(?:promotion(?:al)?s?|promos?|offers?|deals?|trade promotions?|campaign promotions?)"
_INCREMENTAL = r"(?:incremental|additional|uplift in)"
_WORTH = r"(?:revenue|sales|units?(?: sold)?|sold units|volume|margin|profit)(?: ?%)?(?: ?\((?:ir|isu)%?\))?"
_NOT_APART = (
    "What was marked down is not kept apart from other discounts: these are all discounts, by how much less was paid."
)
_KINDS = "Kinds of promotion (so much off, one free) are not recorded: this is the lift by what is, display and mailer."

_WORDS_ROUND = (
    r"(?:(?:generally|usually|typically|often|tends?|to|lead\w*|led|cause[sd]?|caus\w+|show\w*|demonstrates?|have|has|had"
    r"|is|are|was|were|the|an?|most|more|higher|highest|biggest|greatest|largest|strongest|sensitiv\w+|prone|exposed"
    r"|vulnerable|affected|suffer\w*|from|by|of|with|internal|self|level|levels|degree|risk|hit|result\w*|in) )*"
)
_REST_OF_IT = (
    r"(?: (?:the )?(?:most|more|other (?:products?|goods|items|sales)|sales|effects?|rates?|risk))*"
    r"(?P<rest>(?: (?:for|in|at|of|during|over|this|last|since)\b[^?]*)?)"
)

PROMOTIONS: tuple[Row, ...] = (
    # --- what promotions brought
    title(rf"{_PROMO} (?:roi|returns?)|(?:roi|return) (?:of|on) (?:our )?{_PROMO}", "promotion roi{rest}"),
    title(
        rf"{_PROMO} (?:effectiveness|performance|impact|success|efficiency|uplift|lift|profitability"
        rf"|productivity)|(?:effectiveness|performance|impact|success|uplift|profitability) of (?:our )?{_PROMO}"
        "|(?:sales |revenue |unit |margin )?(?:lift|uplift)(?: and (?:margin|sales|revenue) (?:impact"
        rf"|effect))? (?:of|from) {_PROMO}",
        "promotion lift{rest}",
    ),
    title(
        r"base(?:line)? (?:sales )?(?:vs\.?|versus|and|/) (?:incremental|promoted)(?: sales)?", "promotion lift{rest}"
    ),
    title(
        rf"{_PROMO} by {_INCREMENTAL} (?:gross )?(?:margin|profit)", "which promotions made the most margin{without}"
    ),
    title(rf"{_INCREMENTAL} {_WORTH} (?:from|of|by|due to) {_PROMO}", "promotion lift{rest}"),
    predicate(
        r"(?:based on|by|in|in terms of|ranked by|generat\w+|have|had|the|highest|lowest|most|least"
        rf"| )*{_INCREMENTAL} {_WORTH}(?: (?:from|across|generated from) (?:the |all |our )*(?:{_PROMO}|campaigns))?",
        "promotion lift by {g}{rest}",
        groups=r"categor(?:y|ies)|departments?|stores?|promotions?",
    ),
    predicate(
        rf"(?:based on|by|in|ranked by|the|highest|most| )*{_INCREMENTAL} {_WORTH}(?: (?:from|across"
        rf"|generated from) (?:the |all |our )*(?:{_PROMO}|campaigns))?",
        "promotion lift by category{rest}",
        "Most single products sell too little for a lift of their own, so this is the lift by category. Name one "
        "product and I work out its lift.",
        groups=r"products?|items?|skus?|brands?",
    ),
    predicate(
        "(?:the |a )?(?:most significant|highest|largest|biggest|greatest|best|strongest|lowest|weakest|no|little"
        rf"|smallest) (?:sales |unit |revenue |{_PROMO} )*(?:lift|uplift)(?: (?:during|from|on|under"
        rf"|in) (?:the )?(?:discounts?|{_PROMO}))?",
        "promotion lift by {g}{rest}",
        groups=r"categor(?:y|ies)|departments?|stores?",
    ),
    predicate(
        r"(?:don't|not|never|least|poorly|badly|weakly| )*(?:respond\w*|react\w*|responsive|lift)(?: least| poorly"
        rf"| badly| well| at all)? (?:to|from|on) {_PROMO}",
        "promotion lift by category{rest}",
        "Most single products sell too little for a lift of their own, so this is the lift by category: those that "
        "gained least stand last in the table.",
    ),
    pattern(
        rf"(?:do|did|does|are|were) (?:our |the |these )?{_PROMO} (?:just |only |simply |merely )*(?:pull\w*|shift\w*"
        r"|steal\w*|borrow\w*|mov\w+) (?:forward |future |later )*(?:demand|sales|purchases|volume)\b[^?]*",
        "promotion lift",
    ),
    pattern(
        rf"(?:which|what) {_PROMO} (?:just |only |simply |merely )*(?:pull\w*|shift\w*|st[eo]l\w*|borrow\w*|mov\w+)"
        r" [^?]*",
        "promotion lift by promotion",
    ),
    pattern(
        rf"(?:(?:which|what) (?:(?:types?|kinds?|sorts?|mechanics?) of )?{_PROMO}"
        rf"|{_PROMO} (?:types?|kinds?|mechanics?)) {_WORDS_ROUND}cannibali[sz]\w*{_REST_OF_IT}",
        "promotion cannibalization by category{rest}",
        NOT_TAKEN_BY_EACH,
    ),
    predicate(
        rf"{_WORDS_ROUND}cannibali[sz]\w*(?: (?:effects?|risk|rates?|(?:the )?most))*",
        "promotion cannibalization by {g}{rest}",
        groups=r"(?:product )?categor(?:y|ies)|departments?",
    ),
    title(
        r"(?:forward[- ]buying|pantry[- ]loading|stockpiling)",
        "promotion lift{rest}",
        "What people stock up on is told by the days after a promotion: whether less than usual was sold then.",
    ),
    pattern(
        r"(?:show |display |list )?each campaign [^?]*\b(?:revenue|sales)\b[^?]*\bbefore\b[^?]*\bafter\b[^?]*",
        "did campaigns increase sales",
        "No sale is booked to a campaign: this is what households that were sent each one bought while it ran, "
        "beside those sent nothing.",
    ),
    # --- display and mailer
    title(
        "(?:mailer|flyer|circular|ad) (?:page|position|placement)s?(?: placements?| positions?)?(?: (?:effectiveness"
        "|performance|lift|impact))?",
        "promotion lift by mailer{rest}",
    ),
    title(
        r"(?:end ?caps?|displays?)(?: locations?| placements?)? (?:effectiveness|lift|roi)",
        "promotion lift by display{rest}",
    ),
    # --- kinds
    pattern(
        r"[^?]*\b(?:bogof?|bogo|buy one,? get one|cash ?back|multi-?buy|percent(?:age)?[- ]off"
        r"|discount-based)\b[^?]*\b(?:vs\.?|versus|or|and|compared|against)\b[^?]*(?:\?[^?]*)?",
        "promotion lift by display and mailer",
        _KINDS,
    ),
    pattern(
        rf"(?!.*\b(?:aov|atv|(?:order|basket|transaction|ticket) (?:value|size)|demographics?|(?:age|income|household)"
        rf" (?:groups?|bands?|types?)))[^?]*(?:\b{_PROMO} (?:types?"
        rf"|mechanics?|kinds?|formats?)|\b(?:types?|kinds?) of {_PROMO})\b[^?]*",
        "promotion lift by display and mailer",
        _KINDS,
    ),
    # --- how often, and how much hangs on them
    title(
        rf"{_PROMO} (?:frequency|counts?|cadence)|how often (?:do we promote|(?:are|is) \w+ promoted)"
        rf"|frequency of {_PROMO}",
        "most often promoted {gs}{without}",
    ),
    title(
        rf"{_PROMO} (?:dependen(?:ce|cy)|reliance|intensity|penetration|pressure)",
        "share of sales on promotion by {g}{without}",
    ),
    predicate(
        rf"(?:too |over-?|heavily |the |more |highly )*(?:promoted|dependent on {_PROMO}|{_PROMO}[- ]dependent"
        rf"|reliant on {_PROMO}|rel(?:y|ies|ying) (?:most |too much |too heavily |heavily "
        rf"|more )*on {_PROMO}(?:tional sales)?)",
        "share of sales on promotion by {g}{rest}",
        groups=r"categor(?:y|ies)|departments?|brands?|stores?",
    ),
    title(
        rf"{_PROMO} participation|(?:store )?participation in {_PROMO}",
        "share of sales on promotion by store{without}",
        "Which stores took part in a promotion is not recorded apart: this is the share each sold of goods on "
        "promotion.",
    ),
    title(
        rf"{_PROMO} (?:calendar|schedule|plan|grid)",
        "what promotions are running{rest}? which promotions are coming up{rest}",
    ),
    title(rf"(?:current|active|live|running) {_PROMO}", "what promotions are running{rest}"),
    # --- depth
    title(
        r"(?:discount|markdown|promo(?:tion)?) depths? (?:vs\.?|versus|and|against|by|to) (?:sales |unit "
        "|margin )?(?:lift|uplift|response|margin|units)|(?:lift|uplift|response) (?:by|at each"
        "|per) (?:discount )?depth",
        "optimal discount depth by category",
        "The answer to a discount is told for each depth really given, in units and margin, by category.",
    ),
    title(
        r"markdowns? (?:effectiveness|roi|response|elasticity|performance)",
        "optimal discount depth by category{without}",
        "A markdown is not kept apart from other discounts: this is how deep discounts did in units and margin, by "
        "category.",
    ),
    # --- markdowns: what to do, and what they cost
    title(
        "(?:markdowns?|clearance|mark-downs?) (?:optimi[sz]ation|plan(?:ning)?|strategy|recommendations?|candidates?"
        "|opportunit(?:y|ies)|suggestions?|proposals?|list)",
        "what should we mark down{without}",
    ),
    title(
        r"(?:markdowns?|mark-downs?)(?: (?:dollars|value|\$|rates?))?",
        "discounts and discount rate{rest}{usual}",
        _NOT_APART,
    ),
    pattern(
        "where (?:are|do|did) we (?:losing|lose|lost|giving away|give away|gave away) (?:the most )?(?:margin|money"
        "|profit) (?:to|through|on|with|in) (?:markdowns?|discounts?)",
        "discounts and discount rate by department last 4 weeks",
        _NOT_APART,
    ),
)
