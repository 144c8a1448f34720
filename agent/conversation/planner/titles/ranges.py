"""Subjects of the range and the shelf: productivity, tails, breadth, gaps, brands, own brands, seasons, space."""

from __future__ import annotations

from agent.conversation.planner.titles.grammar import Row, pattern, predicate, title

_SKU = r"(?:skus?|products?|items?|articles?)"
_CUT = r"(?:delist|drop|cut|discontinue|eliminate|rationali[sz]e|remove|exit|prune)"
_SEASON = "Which goods are seasonal is not recorded, so they are not told apart: this is the course of sales by month."

RANGES: tuple[Row, ...] = (
    # --- what to take out
    title(
        rf"(?:{_SKU}|range|assortment) (?:rationali[sz]ation|pruning|clean-?up|optimi[sz]ation)(?: (?:candidates"
        "|opportunities|recommendations))?|(?:delist(?:ing)?|discontinuation) (?:candidates|list|recommendations)",
        "which products should we delist{without}",
    ),
    pattern(
        "(?:which|what) (?:slow[- ]?(?:moving|selling|mover)?s? |low[- ]performing |poor[- ]performing "
        rf"|under-?performing |tail )?{_SKU} (?:should|can|could|do|would) (?:we|i"
        rf"|be) (?:be )?(?:keep,? )?(?:(?:mark down|keep|retain)(?:,| or)+ ?(?:or )?)*{_CUT}(?:ed"
        "|ped)?(?: from the (?:range|assortment))?",
        "which products should we delist",
    ),
    title(
        rf"(?:long )?tail (?:of )?(?:{_SKU}|range|assortment)|long tail|(?:bottom|low)[- ](?:performing"
        rf"|productivity) {_SKU}",
        "abc analysis{without}",
        "The tail of the range are the products of class C, which together bring the last few per cent of sales.",
    ),
    pattern(
        rf"(?:which|what|how many) {_SKU} (?:contribute|make(?: up)?|account for|generate|bring in) (?:less|under"
        r"|fewer)(?: than)? \d+(?:\.\d+)? ?(?:%|percent) of (?:our |the |total |all )*(?:sales|revenue|margin)",
        "abc analysis",
        "Nearly every single product of a large range makes next to nothing of sales by itself, so the tail is told "
        "by class: the products of class C together bring the last few per cent.",
    ),
    title(
        r"abc(?:[- ]?xyz)?(?: classification| analysis| classes)? by (?P<g>categor(?:y|ies)|departments?|stores?)",
        "abc analysis",
        "Classes are made over the whole range or one part of it, not for each {g} side by side: name one.",
    ),
    # --- how much a product of a category brings
    title(
        rf"(?:{_SKU}|range|assortment) productivity|(?:net )?(?:sales|revenue|margin|profit)(?: dollars)? per {_SKU}"
        rf"|productivity per {_SKU}",
        "how many products does each {g} have? net sales and margin by {g}{without}{usual}",
        "Sales per product I do not divide: these are how many products each {g} has, and its sales.",
    ),
    title(
        rf"(?:assortment|range|{_SKU}) (?:breadth|width|depth|size|counts?|variety)|number of (?:active "
        rf"|live )?{_SKU}(?= by )",
        "how many products does each {g} have{without}",
    ),
    title(
        r"(?:assortment|range|distribution) (?:gaps?|voids?|holes)|distribution voids?",
        "products stocked in only one store",
        "What a store should carry is not recorded, so a gap is told by what others carry: products that only one "
        "store stocks, with how many are in two, three and more.",
    ),
    pattern(
        rf"(?:top|best)?(?:[- ]selling)? ?(?:which |what )?(?:top[- ]selling |best[- ]selling )?{_SKU} (?:that are "
        "|are |which are )?not (?:carried|sold|stocked|available|listed|ranged) (?:in|at|by) (?:all|every)(?: our"
        "| the)? stores?",
        "products stocked in at most 4 of our stores",
    ),
    title(
        "(?:range|assortment|category|line) (?:review|evaluation|assessment)[: ]+ ?(?:of |for "
        r"|in )?(?P<what>[a-z][\w &'-]+)",
        "abc analysis in {what}",
    ),
    # --- figures by group
    title(
        r"(?P<g>categor(?:y|ies)|departments?|brands?|districts?|regions?) (?:performance|results|scorecards?|kpis?)",
        "net sales, gross margin % and units by {g}{rest}{usual}",
    ),
    title(
        "performance (?:by|of|across|for each)(?: our| the| all)* (?P<g>categor(?:y|ies)|departments?|brands?"
        "|districts?|regions?)",
        "net sales, gross margin % and units by {g}{rest}{usual}",
    ),
    title(
        r"(?:private[- ]label|own[- ](?:brand|label)|store[- ]brand) (?:penetration|share|mix|participation)",
        "private label share{rest}",
    ),
    title(
        r"brand (?:share|mix|contribution)s? (?:within|inside|by|per|of)(?: each| every| the)? categor(?:y|ies)",
        "share of sales by brand",
        "Of brands within each category I make no table of tables: this is each brand's share of all. Name a "
        "category (“share of sales by brand in soft drinks”) for one.",
    ),
    title(
        r"(?:private[- ]label|own[- ]brand) (?:vs\.?|versus|and) national[- ]brands? (?:performance|sales|margins?)",
        "private label share{rest}",
    ),
    # --- seasons
    title(
        r"seasonal (?:products?|items?|goods|lines|ranges?)(?: (?:performance|sales|trends?))?|seasonality(?= by |$)",
        "are there seasonal trends in sales",
        _SEASON,
    ),
    pattern(
        "how (?:do|did|are|does) (?:our |the )?seasonal (?:products?|items?|goods|lines) (?:perform|sell|do|doing"
        r"|compare)\w*[^?]*",
        "are there seasonal trends in sales",
        _SEASON,
    ),
    # --- the shelf
    title(
        r"(?:shelf[- ]?)?(?:space|facings?)(?: allocation| share)? (?:vs\.?|versus|to|against) (?:gross )?(?:margin"
        "|profit)(?: contribution| share)?",
        "profit per facing{without}",
    ),
    title(
        "(?:shelf[- ]?)?space (?:optimi[sz]ation|re-?allocation|planning|allocation|efficiency|management"
        "|elasticity)(?: (?:recommendations?|opportunit(?:y|ies)))?",
        "space to sales{without}",
    ),
    title(rf"{_SKU} (?:missing|absent|gone) from (?:the )?(?:shelf|shelves)|missing facings", "shelf gaps{rest}"),
    predicate(
        "(?:should|could|need|needs|to|get|given|gain|lose|a|an| )*(?:expand|reduce|shrink|more|less|fewer|additional"
        "|extra)(?:ed)? (?:their )?(?:shelf |space|facings|linear feet| )+",
        "space to sales",
        groups=r"categor(?:y|ies)|departments?",
    ),
)
