"""A query that somebody wrote out: passed on as it stands. The planner itself writes none."""

from __future__ import annotations

import re

from agent.conversation.planner.outcome import Plan
from agent.conversation.surroundings import Surroundings

QUERY = "query_sales_data"
_QUERY = re.compile(
    r"^\W*(?:please )?(?:sql\s*:|(?:(?:run|execute|try) (?:this |the |my |following )*(?:sql )?(?:query|sql|select)"
    r"|query)\s*:|(?:run|execute|try) (?:this |the |my |following )*(?:sql )?(?:query|sql)(?=\s*`*\s*(?:select|with"
    r"|from)\b))\s*(?P<sql>.*)$",
    re.IGNORECASE,
)
_FENCE = re.compile(r"^```(?:sql)?\s*|`+\s*$|^`", re.IGNORECASE)
_COMMENT = re.compile(r"--|/\*")
NOTHING = "Put the query after “sql:”, one SELECT over the views that the page on queries lists."
NO_COMMENTS = "Leave the comments (-- and /* */) out of the query; I read it as one line, and they would hide the rest."


def read(text: str, around: Surroundings) -> Plan | None:  # noqa: ARG001  a query names its stores itself
    """The call for a question that is a query, None for any other."""
    found = _QUERY.match(text)
    if found is None:
        return None
    sql = _FENCE.sub("", _FENCE.sub("", found["sql"].strip())).strip()
    if not sql:
        return Plan(text=NOTHING)
    if _COMMENT.search(sql):
        return Plan(text=NO_COMMENTS)
    return Plan(((QUERY, {"sql": sql}),))
