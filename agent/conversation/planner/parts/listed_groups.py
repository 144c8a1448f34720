"""“Which products, categories and brands are the most profitable?”: levels of the range in one list are ranked each.

A ranking is of one level. Where several are named side by side, the question is put once for each, as a message that
lists its requests; read as one it told of the first, or of the best of one level in every row of another.
"""

from __future__ import annotations

import re

_LEVEL = r"(?:products|items|skus|articles|departments|categories|sub-?categories|brands|manufacturers|stores|shops)"
_PRODUCT = re.compile(r"\b(?:products|items|skus|articles)\b", re.IGNORECASE)
_STORE = re.compile(r"\b(?:stores|shops)\b", re.IGNORECASE)
_LIST = rf"(?P<list>{_LEVEL}(?:, {_LEVEL})*,? (?:and|&|or|as well as) {_LEVEL})\b"
_END = (
    r"(?:most|least|best|worst|top|bottom|highest|lowest|fastest|slowest|biggest|smallest|strongest|weakest"
    r"|grow(?:ing|n)|grew"
    r"|declin(?:e|ed|ing)|dropped|fell|rose|profitable|under-?perform\w*|out-?perform\w*)"
)
_FORMS = (
    re.compile(
        rf"^(?P<before>\W*(?:and |so |tell me |show me |can you tell me )*(?:which|what)(?: are)?(?: of)?(?: "
        rf"the| our| my)*"
        rf" (?:{_END} (?:\d+ )?(?:selling |performing |profitable )?)?){_LIST}(?P<after>(?=.*\b{_END}\b).*"
        rf"|(?<=\w)\W*)$",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^(?P<before>\W*(?:(?:show|list|give|find|rank|tell)(?: me)? )?(?:the |our |my )*(?:\d+ )?{_END}[- ]"
        rf"(?:\d+ )?(?:selling |performing |profitable )?){_LIST}(?P<after>.*)$",
        re.IGNORECASE,
    ),
)
_RANKED = re.compile(rf"\b{_END}\b", re.IGNORECASE)
_PAIRED = re.compile(
    r"\b(?:each|every|per|their|its|combin\w*|pairs?|within|together|vs\.?|versus|compar\w+|both|los(?:e|es|ing"
    r"|t))\b|[;\n:]"
    rf"|\bby (?:the )?{_LEVEL}\b|\b(?:and|or) (?:which|what|how|who|why)\b",
    re.IGNORECASE,
)


def each_level(text: str) -> str:
    """The question once for each level of the range that it lists; as it is where it lists none or joins them.

    >>> each_level("which products, categories and brands sell best")
    'which products sell best; which categories sell best; which brands sell best'
    """
    for form in _FORMS:
        found = form.match(text)
        if found is None or _PAIRED.search(text) or not _RANKED.search(text):
            continue
        if _STORE.search(found["list"]) and not _PRODUCT.search(found["list"]):
            return text  # “which stores and departments” are pairs
        levels = re.findall(rf"\b{_LEVEL}\b", found["list"], re.IGNORECASE)
        return "; ".join(f"{found['before']}{level}{found['after']}" for level in levels)
    return text
