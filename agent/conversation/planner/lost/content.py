"""The words of a phrase that say what is meant, without those that only hold it together."""

from __future__ import annotations

import re

_WORDS = """
the a an our all those these other others ones one any some of on in at for from with by to per and or but not
never no that which who whom were was are is be been being did do does have has had items item products product
goods sales than them it its their my we us you they there here each every both only just also still
"""
_JOINING = frozenset(_WORDS.split())


def content(phrase: str) -> list[str]:
    """The words that say what is meant, in small letters and without an “s” at their ends.

    >>> content("those that were not on display")
    ['display']
    """
    words = [word.strip("'").lower() for word in re.findall(r"[\w'&-]+", phrase)]
    return [word.removesuffix("'s").rstrip("s") for word in words if len(word) > 1 and word not in _JOINING]
