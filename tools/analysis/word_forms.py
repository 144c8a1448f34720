"""Words as they are searched for: without plural endings, and in every spelling they may be written in. Pure.

English only, and only what a catalogue needs: “berries” finds a berry, “boxes” a box, “grey” what is listed as gray.
"""

from __future__ import annotations

_VARIANTS = (
    ("grey", "gray"),
    ("yoghurt", "yogurt"),
    ("colour", "color"),
    ("flavour", "flavor"),
    ("doughnut", "donut"),
    ("chilli", "chili"),
    ("fibre", "fiber"),
    ("litre", "liter"),
    ("whisky", "whiskey"),
    ("aluminium", "aluminum"),
    ("ketchup", "catsup"),
    ("savoury", "savory"),
    ("jewellery", "jewelry"),
    ("loaf", "loave"),
    ("leaf", "leave"),
    ("knife", "knive"),
    ("half", "halve"),
)
"""British and American spellings, and plurals that change the word."""

_SPELLINGS = {one: pair for pair in _VARIANTS for one in pair}
_HISSING = ("ches", "shes", "sses", "xes", "zes")


def stem(word: str) -> str:
    """A lower-case word without its plural ending; short words and those in -ss stay."""
    if len(word) <= 3 or not word.endswith("s") or word.endswith("ss"):
        return word
    if word.endswith(_HISSING) or (word.endswith("oes") and len(word) > 5):
        return word[:-2]
    return word[:-1]


def forms(word: str) -> tuple[str, ...]:
    """A stem and the other ways a catalogue may write it, itself first."""
    found = [word, *_SPELLINGS.get(word, ())]
    if word.endswith("ie") and len(word) > 4:
        found.append(f"{word[:-2]}y")
    elif word.endswith("y") and len(word) > 3 and word[-2] not in "aeiou":
        found.append(f"{word[:-1]}ie")
    return tuple(dict.fromkeys(found))
