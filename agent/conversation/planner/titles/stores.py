"""Subjects of district managers: what sets stores apart, outliers, clusters, cities, plans, streaks."""

from __future__ import annotations

from agent.conversation.planner.titles.grammar import Row, pattern, title

_STORES = r"(?:stores|shops|locations|branches)"
_APART = (
    "visitors, conversion, average transaction value, units per transaction and gross margin % by store{rest}{usual}"
)
_NO_REASON = "Why stores differ is not recorded: these are the figures in which they do, side by side."

STORES: tuple[Row, ...] = (
    pattern(
        rf"(?:which|what) {_STORES} (?:have |has |are )?(?:miss(?:ed|ing)?|below|behind|under|short of) (?:the "
        "|their |its |monthly |weekly )*targets?(?P<rest>[^?]*?) and why",
        "which stores missed their target{rest}? why did sales change{rest}?",
    ),
    title(r"hourly (?P<f>sales|transactions|revenue|traffic) by stores?", "{f} by store and hour{without}{usual}"),
    pattern(
        rf"(?:why|what makes?) (?:do |does |are |is )?(?:some|certain|(?:our |the )?(?:best|top))(?: "
        rf"performing)? {_STORES} (?:out-?perform|perform(?:ing)? better than|do better than|doing better than"
        rf"|beat|better than|different from)(?: than)?(?: the)? (?:others?|rest|other \w+)(?P<rest>)",
        _APART,
        _NO_REASON,
    ),
    pattern(
        r"what (?:can|could|should|do|does) (?:our |the )?(?:bottom|worst|weak\w*|lowest|under-?performing|top"
        rf"|best)(?: performing)? {_STORES} (?:learn from|do differently(?: from| than)?"
        "|have in common)[^?]*(?P<rest>)",
        _APART,
        _NO_REASON,
    ),
    pattern(
        "what (?:separates|distinguishes|differentiates|sets) (?:our |the )?(?:top"
        rf"|best)(?: performing)? {_STORES}[^?]*(?P<rest>)",
        _APART,
        _NO_REASON,
    ),
    title(
        r"(?:traffic|visitors|footfall),? (?:vs\.?|versus|and|/)? ?conversion,? (?:vs\.?|versus|and"
        "|/)? ?(?:average )?(?:basket|ticket|atv|aov)(?: (?:size|value))?(?: by store)?",
        _APART.replace(", units per transaction and gross margin %", ""),
    ),
    title(
        "store (?:outliers?|variance|variation|dispersion)|(?:variance|variation|dispersion) (?:across|between"
        rf"|among) stores|store[- ]level variance|which {_STORES} are (?:the )?outliers",
        "rank the stores{without}",
    ),
    title(
        r"store clusters?(?:ing)?|clusters? of stores",
        "rank the stores{without}",
        "Stores are not grouped into clusters here: this is their order over several figures, each against its own "
        "norm.",
    ),
    title(
        "(?:store |sales )*(?:performance|sales|results)(?: variations?| differences?)?(?: of stores)? by (?:city"
        "|cities|town|market|area|zip(?: code)?)",
        "net sales, gross margin % and transactions by district{rest}{usual}",
        "In which city a store lies is not recorded: this is by district.",
    ),
    title(
        r"(?:store )?performance variations? (?:by|across) city|store performance by (?:city|market)",
        "net sales, gross margin % and transactions by district{rest}{usual}",
        "In which city a store lies is not recorded: this is by district.",
    ),
    title(
        r"(?:compare |show(?: me)? |analy[sz]e )?(?:the |our )?(?:regional|district|area) (?:sales )?(?:performance"
        r"|sales"
        r"|results)(?: comparisons?)?|regional comparisons?",
        "net sales, gross margin % and transactions by district{rest}{usual}",
    ),
    pattern(
        rf"(?:which|what) {_STORES} (?:have|has|had|are|were)[^?]*\b(?:consecutive|straight)\b[^?]*",
        "which stores are underperforming last week",
        "Days or weeks in a row are not counted: this is each store last week against its own past.",
    ),
    title(
        r"sales per (?:square (?:foot|metre|meter)|sq\.? ?(?:ft|m)) by store (?:formats?|types?|sizes?)",
        "sales per square foot by store",
        "Formats of stores are not recorded: this is each store.",
    ),
)
