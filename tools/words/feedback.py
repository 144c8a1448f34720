"""What customers say: searched by meaning, and gathered into themes with counts, ratings and quotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Literal

from pydantic import Field

from tools.analysis.calendar import Period
from tools.analysis.themes import (
    LEAST_OF_A_THEME,
    Note,
    Theme,
    is_critical,
    mean_rating,
    scale_of,
    scrubbed,
    themes,
    themes_of,
)
from tools.context import ToolContext
from tools.errors import NoDataError
from tools.frame import Frame, frame
from tools.metrics.feedback_query import STAFF_NAMES, build_feedback, build_reach
from tools.metrics.query import Statement
from tools.registry import Arguments, tool
from tools.result import Chart, Comparison, Figure, Provenance, Table, TableColumn, ToolResult
from tools.wording import counted, listed, span
from tools.words.nearness import nearest

MOST_NOTES = 20_000
_QUOTE = 220
_QUOTES_EACH = 2
_THEMES_SAID = 3
_FEW_NOTES = 10
_STORES = "Which stores, in the asker's own words: “Harbor Point”, “north stores”, “all stores”."


class FeedbackThemesArguments(Arguments):
    """Arguments of ``feedback_themes``."""

    period: str = Field(default="last week", max_length=120, description="When, in the asker's own words.")
    stores: str | None = Field(default=None, max_length=300, description=_STORES)
    by: Literal["store"] | None = Field(default=None, description="“store” to hold the stores against each other.")
    limit: int = Field(default=8, ge=1, le=20, description="How many themes, 1 to 20.")


class SearchFeedbackArguments(Arguments):
    """Arguments of ``search_feedback``."""

    text: str = Field(min_length=2, max_length=200, description="What it should be about, in the asker's own words.")
    period: str = Field(default="the last 90 days", max_length=120, description="When, in the asker's own words.")
    stores: str | None = Field(default=None, max_length=300, description=_STORES)
    limit: int = Field(default=10, ge=1, le=50, description="How many notes, 1 to 50.")


@dataclass(frozen=True, slots=True)
class _Read:
    """Feedback of one period, cleaned of people."""

    notes: tuple[Note, ...]
    days: tuple[date, ...]
    stores: tuple[str, ...]
    sources: tuple[str, ...]
    found: int
    statement: Statement


@tool()
def feedback_themes(arguments: FeedbackThemesArguments, context: ToolContext) -> ToolResult:
    """What customers say in a period: average rating, the recurring themes with counts and change, and quotes.

    “What are guests telling us this week? Give the average rating and the main recurring issues.”, “What do people
    complain about at Harbor Point?”, “Customer satisfaction last month”. Compared with the equally long time before.
    """
    asked = frame(arguments.period, arguments.stores, context)
    now = _read(asked, None, context)
    _require(now, asked, context)
    before = _read(asked, _before(asked), context)
    scale = scale_of((*now.notes, *before.notes))
    if arguments.by == "store":
        return _by_store(asked, now, before, scale)
    found = themes(now.notes, scale)[: arguments.limit]
    earlier = {theme.name: theme for theme in themes(before.notes, scale, least=1)}
    critical = sum(is_critical(note, scale) for note in now.notes)
    rating, rating_before = mean_rating(now.notes), mean_rating(before.notes)
    headline = _headline(asked, now, rating, scale, found)
    quotes = [f"{theme.name}: “{_quotes(theme, now, scale)[0]}”" for theme in found[:_THEMES_SAID] if theme.critical]
    sentences = [headline]
    if rating is not None and rating_before is not None:
        sentences.append(f"Before ({counted(len(before.notes), 'note')}) the average was {_rating(rating_before)}.")
    sentences.append(f"{critical} of {len(now.notes)} are critical.")
    return ToolResult(
        headline=headline,
        text=" ".join([*sentences, *quotes]),
        figures=_figures(asked, now, before, found, earlier, critical),
        table=_table(found, earlier if before.notes else None, now, scale),
        chart=_chart(asked, found),
        caveats=_caveats(now, asked, scale, before),
        follow_ups=_follow_ups(asked, found),
        provenance=_provenance(asked, [now.statement, before.statement]),
    )


@tool()
def search_feedback(arguments: SearchFeedbackArguments, context: ToolContext) -> ToolResult:
    """Find what customers said about something: “feedback about parking”, “reviews that mention rude staff”.

    Quotes are verbatim but for names, addresses and numbers of people, which are taken out.
    """
    asked = frame(arguments.period, arguments.stores, context)
    read = _read(asked, None, context)
    _require(read, asked, context)
    # Whatever texts hold, a model of somebody else's is not given what customers wrote.
    local = ToolContext(context.scope, context.mirror, context.clock)
    hits = nearest(arguments.text, [note.text for note in read.notes], local, limit=len(read.notes)).hits
    subject = set(themes_of(arguments.text))
    same = [place for place, note in enumerate(read.notes) if subject & set(themes_of(note.text))]
    places = list(dict.fromkeys([*(hit.place for hit in hits), *same]))
    chosen = [(read.notes[place], read.days[place], read.stores[place]) for place in places]
    if not chosen:
        said = f"None of {counted(len(read.notes), 'note')} {asked.when} is about “{arguments.text}”."
        return ToolResult(said, said, caveats=(_COMPARED,), provenance=_provenance(asked, [read.statement]))
    rating = mean_rating([note for note, _, _ in chosen])
    rated = f", rated {_rating(rating)} on average" if rating is not None else ""
    headline = f"{counted(len(chosen), 'note')} of {len(read.notes)} {asked.when} come near “{arguments.text}”{rated}."
    rows = [
        (day.isoformat(), asked.stores.name(store), note.rating, _short(note.text))
        for note, day, store in chosen[: arguments.limit]
    ]
    left = len(chosen) - len(rows)
    more = [f"The nearest {len(rows)} are shown; {left:,} more are counted."] if left else []
    columns = (("Day", "date"), ("Store", "text"), ("Rating", "count"), ("What was said", "text"))
    return ToolResult(
        headline=headline,
        text=f"{headline} “{_short(chosen[0][0].text)}”",
        figures=_search_figures(asked, chosen, rating),
        table=Table(tuple(TableColumn(*each) for each in columns), rows),
        caveats=(*more, _COMPARED, _SCRUBBED),
        follow_ups=(f"What are customers telling us {asked.when_again}{asked.same_part_and_stores}?",),
        provenance=_provenance(asked, [read.statement]),
    )


_COMPARED = "Compared by words and a list of retail synonyms on this machine; what customers wrote is sent nowhere."
_SCRUBBED = "Names, addresses and numbers of people are taken out of quotes."


def _read(asked: Frame, periods: dict[str, Period] | None, context: ToolContext) -> _Read:
    statement = build_feedback(asked.windows(periods), context.scope, limit=MOST_NOTES)
    rows = context.mirror.query(statement.sql, statement.params).dicts()
    staff = [row[0] for row in context.mirror.query(STAFF_NAMES).rows] if rows else []
    notes = tuple(Note(scrubbed(row["text"] or "", staff), row["rating"]) for row in rows)
    return _Read(
        notes,
        tuple(row["business_on"] for row in rows),
        tuple(row["store_id"] for row in rows),
        tuple(sorted({row["source"] for row in rows if row["source"]})),
        int(rows[0]["found"]) if rows else 0,
        statement,
    )


def _before(asked: Frame) -> dict[str, Period]:
    """The equally long time right before, in each store."""
    periods = {}
    for store, period in asked.periods.items():
        length = (period.end_on - period.start_on).days + 1
        end = period.start_on - timedelta(days=1)
        periods[store] = Period(end - timedelta(days=length - 1), end, "the time before", period.kind)
    return periods


def _require(read: _Read, asked: Frame, context: ToolContext) -> None:
    """Refuse to speak about nothing, and say what there is.

    Raises:
        NoDataError: as said.
    """
    if read.notes:
        return
    statement = build_reach(asked.stores.ids)
    ((notes, first, last),) = context.mirror.query(statement.sql, statement.params).rows
    if notes and first and last:
        raise NoDataError(
            f"There is no customer feedback for {asked.stores.label} {asked.when}; there are "
            f"{counted(notes, 'note')} from {span(first.date(), last.date())}."
        )
    raise NoDataError(
        f"No customer feedback is recorded for {asked.stores.label}; it comes from a file, for example an"
        " export of reviews or of a survey."
    )


def _headline(asked: Frame, read: _Read, rating: Decimal | None, scale: int, found: Sequence[Theme]) -> str:
    rated = f" rate us {_rating(rating)} of {scale} on average" if rating is not None else " give no rating"
    issues = [f"{theme.name.lower()} ({theme.critical})" for theme in found if theme.critical][:_THEMES_SAID]
    main = f"; the main recurring issues are {listed(issues)}" if issues else "; no issue recurs"
    where = f"at {asked.stores.label}"
    return f"{counted(len(read.notes), 'note')} from customers {where} {asked.when}{rated}{main}."


def _rating(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.01'), rounding=ROUND_HALF_EVEN):f}"


def _share(part: int, whole: int) -> str:
    return f"{(Decimal(part) * 100 / whole).quantize(Decimal('0.1'), rounding=ROUND_HALF_EVEN):f}"


def _short(text: str) -> str:
    return text if len(text) <= _QUOTE else text[: _QUOTE - 1].rstrip() + "…"


def _quotes(theme: Theme, read: _Read, scale: int) -> list[str]:
    """Up to two quotes, critical ones first, then the newest; never the same words twice."""
    order = sorted(theme.places, key=lambda place: (not is_critical(read.notes[place], scale), place))
    return list(dict.fromkeys(_short(read.notes[place].text) for place in order))[:_QUOTES_EACH]


def _table(found: Sequence[Theme], earlier: dict[str, Theme] | None, read: _Read, scale: int) -> Table:
    columns = (
        ("Theme", "text"), ("Notes", "count"), ("Share", "%"), ("Change", "count"), ("Critical", "count"),
        ("Average rating", "rating"), ("In their words", "text"),
    )  # fmt: skip
    rows = [
        (
            theme.name,
            len(theme.places),
            _share(len(theme.places), len(read.notes)),
            _change(theme, earlier),
            theme.critical,
            None if theme.mean_rating is None else _rating(theme.mean_rating),
            " · ".join(f"“{quote}”" for quote in _quotes(theme, read, scale)),
        )
        for theme in found
    ]  # fmt: skip
    return Table(tuple(TableColumn(*each) for each in columns), rows)


def _change(theme: Theme, earlier: dict[str, Theme] | None) -> str | None:
    """Notes more or fewer than before; None where nothing was recorded then, and for clusters, which have no before."""
    if earlier is None or not (theme.known or theme.name in earlier):
        return None
    return f"{len(theme.places) - (len(earlier[theme.name].places) if theme.name in earlier else 0):+d}"


def _by_store(asked: Frame, now: _Read, before: _Read, scale: int) -> ToolResult:
    """The stores held against each other, the lowest rated first; stores without feedback last."""
    rows, figures = [], []
    for store in asked.stores.stores:
        own = [note for note, place in zip(now.notes, now.stores, strict=True) if place == store.store_id]
        then = sum(place == store.store_id for place in before.stores)
        rating, critical = mean_rating(own), sum(is_critical(note, scale) for note in own)
        main = next((theme.name for theme in themes(own, scale) if theme.critical), None)
        change = f"{len(own) - then:+d}" if before.notes else None
        rows.append(
            (rating, (store.name, len(own), change, None if rating is None else _rating(rating), critical, main))
        )
        shared = ((store.store_id,), asked.start_on, asked.end_on, {"store": store.store_id})
        figures.append(Figure("feedback_notes", str(len(own)), "count", *shared))
        figures.append(Figure("critical_notes", str(critical), "count", *shared))
        if rating is not None:
            figures.append(Figure("average_rating", _rating(rating), "rating", *shared))
    rows.sort(key=lambda row: (row[0] is None, row[0] or Decimal(0), row[1][0]))
    rated = [row for rating, row in rows if rating is not None]
    if rated:
        said = f"Lowest rated by customers {asked.when} is {rated[0][0]} with {rated[0][3]} of {scale}"
        headline = f"{said}, highest {rated[-1][0]} with {rated[-1][3]}." if len(rated) > 1 else f"{said}."
    else:
        headline = f"No customer rated a store {asked.when}; the notes are counted by store."
    names = (("Store", "text"), ("Notes", "count"), ("Change", "count"), ("Average rating", "rating"))
    columns = (*names, ("Critical", "count"), ("Main issue", "text"))
    return ToolResult(
        headline=headline,
        text=headline,
        figures=tuple(figures),
        table=Table(tuple(TableColumn(*each) for each in columns), [row for _, row in rows]),
        caveats=_caveats(now, asked, scale, before),
        follow_ups=(f"What are customers telling us {asked.when_again}{asked.same_part_and_stores}?",),
        provenance=_provenance(asked, [now.statement, before.statement]),
    )


def _figures(
    asked: Frame, now: _Read, before: _Read, found: Sequence[Theme], earlier: dict[str, Theme], critical: int
) -> tuple[Figure, ...]:
    previous = _before(asked)
    start = min(period.start_on for period in previous.values())
    end = max(period.end_on for period in previous.values())
    shared = (asked.stores.ids, asked.start_on, asked.end_on)

    def against(value: int, other: int) -> Comparison | None:
        if not before.notes:
            return None
        pct = None if not other else _share(value - other, other)
        return Comparison(str(other), start, end, str(value - other), pct)

    figures = [
        Figure("feedback_notes", str(len(now.notes)), "count", *shared, {}, against(len(now.notes), len(before.notes))),
        Figure("critical_notes", str(critical), "count", *shared),
    ]
    rating, rating_before = mean_rating(now.notes), mean_rating(before.notes)
    if rating is not None:
        held = None
        if rating_before is not None:
            change = Decimal(_rating(rating)) - Decimal(_rating(rating_before))
            held = Comparison(_rating(rating_before), start, end, f"{change:f}", None)
        figures.append(Figure("average_rating", _rating(rating), "rating", *shared, {}, held))
    for theme in found:
        group = {"theme": theme.name}
        other = len(earlier[theme.name].places) if theme.name in earlier else 0
        held = against(len(theme.places), other) if theme.known else None
        figures.append(Figure("feedback_notes", str(len(theme.places)), "count", *shared, group, held))
        figures.append(Figure("critical_notes", str(theme.critical), "count", *shared, group))
        if theme.mean_rating is not None:
            figures.append(Figure("average_rating", _rating(theme.mean_rating), "rating", *shared, group))
    return tuple(figures)


def _search_figures(
    asked: Frame, chosen: Sequence[tuple[Note, date, str]], rating: Decimal | None
) -> tuple[Figure, ...]:
    shared = (asked.stores.ids, asked.start_on, asked.end_on)
    figures = [Figure("feedback_notes", str(len(chosen)), "count", *shared)]
    if rating is not None:
        figures.append(Figure("average_rating", _rating(rating), "rating", *shared))
    return tuple(figures)


def _chart(asked: Frame, found: Sequence[Theme]) -> Chart | None:
    if len(found) < 2:
        return None
    counts = tuple(float(len(theme.places)) for theme in found)
    critical = tuple(float(theme.critical) for theme in found)
    names = tuple(theme.name for theme in found)
    return Chart(
        "bar", f"What customers speak of, {asked.period.label}", names, {"Notes": counts, "Critical": critical}
    )


def _caveats(read: _Read, asked: Frame, scale: int, before: _Read) -> tuple[str, ...]:
    critical = f"rating of {scale * 2 // 5} or less of {scale}, or words of complaint where there is no rating"
    themed = f"A note may have several themes, so shares do not add up; a theme needs {LEAST_OF_A_THEME} notes."
    said = [f"{themed} Critical is a {critical}.", _SCRUBBED]
    if len(read.notes) < _FEW_NOTES:
        few = f"{counted(len(read.notes), 'note')} is few: this is what these customers say, not what most think."
        said.insert(0, few)
    if not before.notes:
        said.append("No feedback is recorded for the equally long time before, so there is no change to tell.")
    if read.found > len(read.notes):
        said.append(f"Only the newest {len(read.notes):,} of {read.found:,} notes were read.")
    if read.sources:
        said.append(f"From {listed(read.sources)}.")
    if asked.unfinished():
        said.append("The period is not over.")
    return tuple(said)


def _follow_ups(asked: Frame, found: Sequence[Theme]) -> tuple[str, ...]:
    again, stores = asked.when_again, asked.same_part_and_stores
    said = [f"What do customers say about {theme.name.lower()} {again}{stores}?" for theme in found[:2] if theme.known]
    return (*said, f"Net sales {again} by day{stores}")


def _provenance(asked: Frame, statements: Sequence[Statement]) -> Provenance:
    return Provenance(
        metrics=(),
        sql=tuple(statement.sql for statement in statements),
        params=tuple(statement.params for statement in statements),
        stores=asked.stores.ids,
        start_on=asked.start_on,
        end_on=asked.end_on,
        snapshot=asked.snapshot.version,
        as_of=asked.as_of,
        sources={},
    )
