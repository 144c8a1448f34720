"""Change feeds that are lists: a window closed before its first page, walked part by part and page by page.

What a cursor holds: ``since`` where the next window starts, and inside a window ``to``, the ``parts`` still to be
walked and the ``page`` in the first of them. Windows overlap by fifteen minutes, for a change may become visible late.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from connectors.base import Cursor, Page, RawRecord
from connectors.http import RejectedError
from connectors.shopify.client import Listing
from connectors.shopify.identifiers import instant, stamp, stamp_after

OVERLAP = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Feed:
    """One entity's feed.

    Args:
        parts: what a window is walked through, one after another; given where the window starts.
        read: a page of a part: (part, start or None, end, page or None).
        records: raw records of the nodes of a page.
        overlap: how far a window reaches back into the one before.
        optional: a shop or its plan may withhold the entity; nothing is read then, and nothing is skipped later.
    """

    parts: Callable[[str | None], Sequence[str]]
    read: Callable[[str, str | None, str, str | None], Listing]
    records: Callable[[Sequence[Mapping[str, Any]]], list[RawRecord]]
    overlap: timedelta = OVERLAP
    optional: bool = False


def walk(feed: Feed, state: Mapping[str, Any], until: datetime) -> Iterator[Page]:
    """Walk a feed from a cursor's ``state`` up to ``until``; raises what reading raises."""
    since, page, left = state.get("since"), state.get("page"), state.get("parts")
    goal = stamp_after(until)
    to = state.get("to") or goal
    while True:
        parts = list(feed.parts(since) if left is None else left)
        if not parts:
            yield Page((), Cursor({"since": to}), done=to >= goal)
        while parts:
            try:
                found = _read(feed, parts[0], since, to, page)
            except RejectedError as error:
                if error.status != 403 or not feed.optional:
                    raise
                yield Page((), Cursor({} if since is None else {"since": since}), done=True)
                return
            page = found.cursor
            parts = parts if page else parts[1:]
            place = {"since": since, "to": to, "parts": parts, "page": page} if parts else {"since": to}
            yield Page(feed.records(found.nodes), Cursor(place), done=not parts and to >= goal)
        if to >= goal:
            return
        since, to, left, page = to, goal, None, None


def _read(feed: Feed, part: str, since: str | None, to: str, page: str | None) -> Listing:
    start = None if since is None else stamp(instant(since) - feed.overlap)
    return resumed(lambda after: feed.read(part, start, to, after), page)


def resumed(read: Callable[[str | None], Listing], page: str | None) -> Listing:
    """Read on from ``page``; a page cursor that is not known any more starts its list again."""
    try:
        return read(page)
    except RejectedError as error:
        if page is None or error.status != 400:
            raise
        return read(None)


def between(field: str, start: str | None, end: str, *, without_end: bool = False) -> str:
    """A filter for ``field`` within [``start``, ``end``], or up to but ``without_end``."""
    upper = f"{field}:{'<' if without_end else '<='}'{end}'"
    return upper if start is None else f"{field}:>='{start}' AND {upper}"
