"""Words without their endings, so that “sells” and “selling” are one: enough to compare words, no grammar."""

from __future__ import annotations

_ENDINGS = (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("ly", ""), ("e", ""))
_SHORTEST = 3
"""What is left of a word without its ending has at least so many letters."""


def without_ending(word: str) -> str:
    """A word in small letters without the first of the endings it has.

    >>> without_ending("selling"), without_ending("categories"), without_ending("bus")
    ('sell', 'category', 'bus')
    """
    for ending, kept in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word.removesuffix(ending) + kept
    return word
