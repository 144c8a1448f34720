"""Years that stand without a word for what they are, and growth that is asked for step by step."""

from __future__ import annotations

import re

_SPAN = re.compile(r"\b(?:last|this|since|from|in|past|ytd|20\d\d)\b", re.IGNORECASE)
_NOT_ALONE = (
    r"(?:in|of|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*|q[1-4]|h[12]|week"
    r"|christmas|easter|thanksgiving)"
)
_BARE_YEAR = re.compile(
    r"\b(?P<how>vs\.?|versus|against|compare[ds]? (?:to|with|against)|relative to|than|over) (?P<y>20[0-3]\d)\b"
    r"(?! (?:units|items|products|pieces|sales|stores|customers))",
    re.IGNORECASE,
)
"""“vs 2023”: a year and no number."""
_TWO_YEARS = re.compile(
    rf"\b(?!{_NOT_ALONE}\b)(?P<w>[\w-]+) (?P<a>20[0-3]\d) (?=(?:vs\.?|versus|against|compared) (?:to |with )?(?:in )?"
    r"20[0-3]\d\b)",
    re.IGNORECASE,
)
_OVER = r"(?:mom|wow|qoq|(?:month|week|quarter)[- ](?:over|on)[- ](?:month|week|quarter))"
_OF = r"(?: (?:in|of) (?:the )?(?:net )?[\w-]+)?"
_EACH_STEP = re.compile(
    rf"\b(?P<s>{_OVER}|(?:month|week|quarter)ly)(?P<f>(?: (?!growth|change)[\w-]+){{0,2}}) (?:growth|changes?)"
    rf"(?: rates?| %| percent(?:age)?)?(?P<in>{_OF}) (?:for|of|in|by|per) (?:each|every|all) (?:month|week|quarter)s?\b"
    rf"|\b(?P<s2>{_OVER}) (?:growth|changes?)(?: rates?)?(?P<in2>{_OF}) by (?:month|week|quarter)\b"
    r"|\b(?:what (?:is|was) )?(?:the )?(?P<f3>(?:[\w-]+ )?)(?:growth|change) (?:in |for )?(?:each|every) "
    r"(?P<s3>month|week|quarter)\b",
    re.IGNORECASE,
)
_STEPS = {
    "m": ("month over month", "last 12 months"),
    "w": ("week over week", "last 12 weeks"),
    "q": ("quarter over quarter", "all time"),
}
"""A step's name, and over which span its course is told where none is said."""


def with_years(text: str) -> str:
    """Years put as spans of time: “sales vs 2023” is this year against that one.

    >>> with_years("sales vs 2023"), with_years("comp sales 2026 vs 2024")
    ('sales this year vs in 2023', 'comp sales in 2026 vs in 2024')
    """
    if _BARE_YEAR.search(text) is None:
        return text
    text = _TWO_YEARS.sub(r"\g<w> in \g<a> ", text)
    found = _BARE_YEAR.search(text)
    said = found is not None and _SPAN.search(f"{text[: found.start()]} {text[found.end() :]}") is not None
    return _BARE_YEAR.sub(r"\g<how> in \g<y>" if said else r"this year \g<how> in \g<y>", text)


def step_by_step(text: str) -> str:
    """Growth “for each month” put as a course of months, and no comparison of one with the one before.

    >>> step_by_step("MoM growth for each month")
    'month over month growth last 12 months'
    """
    found = _EACH_STEP.search(text)
    if found is None:
        return text
    name, usual = _STEPS[(found["s"] or found["s2"] or found["s3"])[0].lower()]
    figure = (found["in"] or found["in2"] or "").split(" ")[-1] or found["f"] or found["f3"] or ""
    head, tail = text[: found.start()], text[found.end() :].rstrip(" ?.!")
    when = "" if _SPAN.search(tail) else f" {usual}"
    return f"{head}{figure.strip()} {name} growth{tail}{when}".strip()
