"""“What share of sales comes from Harbor Point”: the part of a store in the sales of all, and not what it sells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_INSIDE = re.compile(
    r"\b(?:mix(?:es)?|split|distribut\w+|breakdown|break ?down|composition|made up of|consists?|depend\w*"
    r"|categor\w+|departments?|products?|items?|goods|brands?|labels?)\b"
)
"""Words for what lies within a store."""
_AT = r"\b(?:at|in|within|inside|for|across) (?:the |our |my )?"


def as_one_of_all(args: Mapping[str, Any], whole: str, said: str | None) -> dict[str, Any]:
    """The arguments of a share by department that no word names, as the share of the stores that are named.

    Args:
        args: those of a breakdown by department.
        whole: the question, in small letters.
        said: what else it names of which there may be a share; with one of these, the store only limits it.

    >>> as_one_of_all({"by": "department", "stores": "Harbor Point"}, "harbor point's share of sales", None)["by"]
    'store'
    """
    stores = args.get("stores")
    if not stores or said or args.get("where") or args.get("compare_to") or _INSIDE.search(whole):
        return dict(args)
    first = re.escape(re.split(r",| and ", str(stores).lower())[0].split()[0])
    if re.search(rf"{_AT}{first}", whole):
        return dict(args)
    return {**args, "by": "store", "stores": None, "mention": stores}
