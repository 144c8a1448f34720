"""From a question to tool calls, or to a plain sentence when no tool can answer it.

The order matters: what could be dangerous to misread (a price change, a subject out of bounds) is looked at before what
is merely a figure. A question of several parts gets several calls; a part that names no period or store takes those of
the part before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from agent.conversation.planner.closest import closest
from agent.conversation.planner.concepts.kept import kept
from agent.conversation.planner.concepts.read import by_concepts
from agent.conversation.planner.concepts.taken import taken_for_names
from agent.conversation.planner.kept.claimed import with_its_claim
from agent.conversation.planner.kept.later_first import with_the_later_first
from agent.conversation.planner.kept.split_kept import with_listed, with_split
from agent.conversation.planner.kept.swallowed import with_the_span_left_out, with_what_was_swallowed
from agent.conversation.planner.kept_conditions import with_conditions
from agent.conversation.planner.learned import (
    LEAST,
    are_no_goods,
    change_meant,
    in_its_stead,
    learned,
    only_ordinary,
    overruled,
)
from agent.conversation.planner.learned.left_out import not_known
from agent.conversation.planner.lost import with_nothing_lost
from agent.conversation.planner.lost.changes import with_no_exception
from agent.conversation.planner.lost.ends import ends_apart
from agent.conversation.planner.near import nearest
from agent.conversation.planner.one_part import read_part
from agent.conversation.planner.outcome import Plan, not_understood, together, without
from agent.conversation.planner.parts.and_why import with_why
from agent.conversation.planner.parts.both_ends import with_both_ends
from agent.conversation.planner.parts.each_item import taken_apart
from agent.conversation.planner.parts.examples import with_examples, without_examples
from agent.conversation.planner.parts.its import its_figures
from agent.conversation.planner.parts.later_parts import (
    first_of,
    made,
    next_part,
    with_days_and_stores,
    with_second_half,
    without_advice,
    without_loose_ends,
)
from agent.conversation.planner.parts.of_these import baskets_with_one, of_these_goods
from agent.conversation.planner.parts.pieces import NOT_THIS_PART, leans_on_the_first, pieces, split, with_its_noun
from agent.conversation.planner.parts.said_at_the_end import with_what_the_end_says
from agent.conversation.planner.parts.several_subjects import with_several
from agent.conversation.planner.parts.told_already import says_it_already
from agent.conversation.planner.plain_questions.bounded import another_figure, by_bounds, has_several, taken_for_a_bound
from agent.conversation.planner.plain_questions.over_time import with_how_busy, with_its_steps, with_parts_of_the_week
from agent.conversation.planner.plain_questions.plain_figure import second_look
from agent.conversation.planner.plain_questions.where_it_is import with_places
from agent.conversation.planner.reading import Reading, tidy
from agent.conversation.planner.refused import boundaries
from agent.conversation.planner.rewording import reworded
from agent.conversation.planner.rewording.coursework import as_in_a_shop
from agent.conversation.planner.rewording.idioms import without_idioms
from agent.conversation.planner.slots.kind_of_goods import with_each_kind, with_kind
from agent.conversation.planner.slots.negated import with_denied_left_out
from agent.conversation.planner.slots.nth import by_place
from agent.conversation.planner.slots.ordering import Asked, as_a_list, at_most, in_order, without_order
from agent.conversation.planner.slots.periods import periods
from agent.conversation.planner.slots.usual_span import in_its_unit, with_late_days, with_the_whole
from agent.conversation.planner.slots.whole_steps import in_whole_steps, with_its_step_said
from agent.conversation.planner.threads import once_more
from agent.conversation.planner.threads.again import stepped_back
from agent.conversation.planner.threads.carried import as_before, carried, in_its_days, stands_alone
from agent.conversation.planner.threads.course_kept import with_its_course
from agent.conversation.planner.threads.going_on import with_remedies
from agent.conversation.planner.threads.its_goods import with_its_goods
from agent.conversation.planner.threads.next_message import read as read_next
from agent.conversation.planner.threads.pointed_at import asked_back
from agent.conversation.planner.threads.pointing import with_things_named
from agent.conversation.planner.threads.remembered import Call
from agent.conversation.planner.threads.what_is_left import with_what_is_left
from agent.conversation.planner.threads.which_stores import in_focus, with_stores_named
from agent.conversation.planner.titles import titled
from agent.conversation.planner.topics import codes
from agent.conversation.planner.topics.meanings import ABOUT
from agent.conversation.planner.topics.trade_words import explained
from agent.conversation.planner.unrecorded.nouns import instead_of, missing
from agent.conversation.planner.whole import read_whole
from agent.conversation.planner.wording.commentary import without_commentary
from agent.conversation.planner.wording.introductions import without_introduction
from agent.conversation.planner.wording.misspelt import respelt, taken_for_goods
from agent.conversation.planner.wording.not_known import naming
from agent.conversation.planner.wording.padding import without_aspects, without_padding
from agent.conversation.planner.wording.short_stores import written_out
from agent.conversation.planner.wording.spelling import mended
from agent.conversation.surroundings import Surroundings

_STRENGTH = "How strongly “{words}” is meant I do not judge; the figures are given as they are."
_ONE_BOUND = frozenset({"count_over_amount", "sales_summary"})


def plan(question: str, previous: tuple[Call, ...], around: Surroundings, *, begun: bool = False) -> Plan:
    """What to do about a question, given the last calls of its thread, or that one was ``begun`` without any."""
    question = without_introduction(written_out(question, around), around)
    if (going_on := read_next(question, previous, around)) is not None:
        return going_on
    decided = by_rules(question, previous, around)
    alone = not (previous or begun) or stands_alone(tidy(question))
    if previous and alone and not decided.leans and (decided.text or not decided.calls):  # not fully understood
        solo = by_rules(question, (), around)
        decided = carried(solo, question, previous) or decided if solo.calls and not solo.text else decided
    if decided.unread and not decided.calls:
        # What leans on the answer before the network cannot know: it takes it for a question of everything.
        taken = _as_learned(question, decided, not_known(decided.text), around) if alone else decided
    elif alone and not decided.leans and overruled(tidy(question), decided, around):
        taken = in_its_stead(tidy(question), decided, _as_learned(question, decided, (), around))
    else:
        taken = decided
    if taken is decided and (not previous or (decided.unread and not decided.calls)):
        change = change_meant(tidy(question), decided, around, lambda said: by_rules(said, (), around))
        if change is not None:
            return change
    return taken if taken is decided or not previous else carried(taken, question, previous) or taken


def in_its_place(question: str, refused: Plan, goods: Sequence[str], around: Surroundings) -> Plan:
    """The plan for a question of which words were looked up as goods and are none: by their meaning, or as learned."""
    if not stands_alone(tidy(question)):
        return refused
    decided = _meant(question, refused, around)
    if any(one in str(args.get("product", "")) for _, args in decided.calls for one in goods):
        decided = refused  # it takes the same words for goods
    if decided.calls or not decided.unread or not are_no_goods(tidy(question), goods):
        return decided
    return _as_learned(question, decided, [one for one in goods if not only_ordinary(one)], around)


def _as_learned(
    question: str, before: Plan, strange: Sequence[str], around: Surroundings, least: float = LEAST
) -> Plan:
    """The plan for what the network takes a question for, held against it as any other; else what was there before."""
    said = mended(tidy(without_idioms(in_whole_steps(question))))  # days typed short (“yday”) are days to every reader
    taken = learned(said, strange, around, least)
    if taken is None:
        return before
    taken = with_late_days(said, with_the_span_left_out(said, with_split(said, taken)))
    taken = with_conditions(said, taken, around, lambda rest: _read(rest, (), around))
    return with_its_step_said(question, _all_of_it(said, taken, around))


def by_rules(question: str, previous: tuple[Call, ...], around: Surroundings) -> Plan:
    """The plan of the readers, each of whom knows words; a refusal where there is a word that none knows."""
    asked = written_out(
        without_idioms(in_whole_steps(question)), around
    )  # before it is cut at commas: “voids, no sales and refunds”
    decided = taken_apart(asked, lambda said: _as_one(said, previous, around), around, alone=not previous)
    return with_its_step_said(question, stepped_back(decided, previous))


def _as_one(question: str, previous: tuple[Call, ...], around: Surroundings) -> Plan:
    """The plan for a message as one question."""
    said = with_denied_left_out(with_what_is_left(without_aspects(without_idioms(question)), previous), around)
    decided = at_most(as_a_list(said), lambda asked: _placed(asked, previous, around))
    decided = asked_back(said, decided, previous, around)
    return with_its_claim(question, with_no_exception(question, with_the_later_first(question, decided, around)))


def _placed(asked: str, previous: tuple[Call, ...], around: Surroundings) -> Plan:
    placed = None if previous else by_place(asked, lambda said: _decided(said, (), around))
    return placed or _decided(asked, previous, around)


def _decided(question: str, previous: tuple[Call, ...], around: Surroundings) -> Plan:
    """The plan, with what the words mean where no reader knew the way they were said."""
    decided = _read(question, previous, around)
    if decided.not_so_told and not decided.calls:
        meant = by_concepts(tidy(question), around)
        return meant if meant is not None and meant.calls else decided
    if (bounded := _by_bounds(question, decided, around)) is not None:
        return bounded
    if taken_for_goods(question, decided, around) and (
        right := respelt(tidy(question), around, lambda said: by_rules(said, (), around))
    ):
        return right
    if taken := taken_for_names(question, decided, around):
        instead = _meant(question, not_understood(taken), around)
        if instead.calls or " " not in taken:  # goods of which all words are found are goods: “family planning”
            return _nothing_lost(question, instead, around)
    if (absent := instead_of(decided, question)) is not None:
        return absent
    if decided.calls or not decided.unread:
        decided = with_how_busy(question, with_parts_of_the_week(with_its_steps(question, decided)))
        if previous:
            return as_before(question, decided, _all_of_it(question, decided, around))
        return _all_of_it(question, in_its_unit(decided), around)
    instead = _bare(question, previous, around) or _meant(question, decided, around)
    if previous and instead.calls:
        instead = carried(instead, question, previous) or instead
    guarded = _nothing_lost(question, instead, around)
    return as_before(question, instead, guarded) if previous else guarded


def _by_bounds(question: str, decided: Plan, around: Surroundings) -> Plan | None:
    """Groups of which bounds hold, where nothing understood them, or a count kept one of several or left words out."""
    if named := taken_for_a_bound(decided):
        return by_bounds(tidy(question), around) or not_understood(named)
    counted = any(name in _ONE_BOUND for name, _ in decided.calls)
    lost = not decided.calls if decided.unread else counted and (bool(decided.text) or has_several(tidy(question)))
    if lost and (told := by_bounds(tidy(question), around)) is not None:
        return told
    return not_understood(other) if (other := another_figure(tidy(question), decided)) else None


def _all_of_it(question: str, decided: Plan, around: Surroundings) -> Plan:
    """The plan with all that the question names: its figures first, then what else may be lost."""
    question = without_commentary(tidy(question)).text
    return _nothing_lost(question, kept(question, decided, around), around)


def _nothing_lost(question: str, decided: Plan, around: Surroundings) -> Plan:
    return with_nothing_lost(tidy(question), decided, around, lambda part: _read(part, (), around))


def _bare(question: str, previous: tuple[Call, ...], around: Surroundings) -> Plan | None:
    """The plan for a question without the words in it that carry nothing; None where that is not understood either."""
    bare = without_padding(tidy(question))
    if bare.text == tidy(question):
        return None
    decided = _read(bare.text, previous, around)
    if not decided.calls or any("product" in args for _, args in decided.calls):
        meant = by_concepts(bare.text, around)  # where it knows every word, none of them is the name of goods
        decided = meant if meant is not None and meant.calls else decided
    if not decided.calls:
        return None
    strength = _STRENGTH.format(words="” and “".join(bare.strong)) if bare.strong else ""
    aside = without(*bare.loose) if bare.loose else ""
    return replace(decided, text=together(decided.text, strength), opening=together(aside, decided.opening))


def _read(question: str, previous: tuple[Call, ...], around: Surroundings) -> Plan:
    """The plan of the rooms, for a whole question or for a part of one said as a question of its own."""
    bare, examples = without_examples(question)
    if examples and (shown := _read(bare, previous, around)).calls:
        return with_examples(shown, examples, bare)
    plain = without_commentary(with_places(mended(tidy(question)), around))
    word = explained(plain.text)
    if word is not None and not word[1]:
        return word[0]
    decided = once_more.read(plain.text, previous, around) or read_whole(plain.text, around)
    decided = decided or _in_plainer_words(plain.text, question, previous, around)
    if word is not None:  # “what is GMROI”: what it means, and how high it is
        also = tuple(call for call in decided.calls if call[0] != ABOUT)
        decided = replace(decided, calls=(*word[0].calls, *also), text=decided.text if also else "")
    return with_remedies(decided, plain.said) if decided.calls else decided


def _meant(question: str, refused: Plan, around: Surroundings) -> Plan:
    """The plan for what the words of a question mean that was not understood as it was said, or for a known question.

    Where there is neither, the nearest known ones are offered.
    """
    if (apart := ends_apart(tidy(question), around)) is not None:
        return apart
    plain = without_commentary(tidy(question))
    if (meant := by_concepts(plain.text, around)) is not None:
        return replace(meant, text=together(meant.text, *plain.said))
    if (told := codes.read(tidy(question), around) or missing(question)) is not None:
        return told
    if (right := respelt(tidy(question), around, lambda said: by_rules(said, (), around))) is not None:
        return right
    refused = naming(tidy(question), refused, around)
    return closest(tidy(question), refused, around, lambda known: _read(known, (), around))


def _in_plainer_words(said: str, question: str, previous: tuple[Call, ...], around: Surroundings) -> Plan:
    """The plan for a question put into plainer words, and held against what it said before."""
    bare, order = without_order(said)
    asked, difference = titled(bare)
    answered = asked
    if asked == bare:
        asked = as_in_a_shop(said)
        answered, difference = nearest(asked)
    answered = with_what_was_swallowed(said, answered, around)
    decided = _in_its_order(reworded(answered), question, order, previous, around)
    if difference and decided.calls:
        decided = replace(decided, opening=together(difference, decided.opening))
    decided = decided if previous else with_late_days(said, with_the_whole(said, second_look(asked, decided, around)))
    decided = with_split(said, decided) if said not in (asked, answered) or difference else decided
    decided = with_the_span_left_out(said, with_listed(said, decided))
    return with_conditions(said, decided, around, lambda rest: _in_plainer_words(rest, rest, previous, around))


def _in_its_order(plainer: str, question: str, order: Asked, previous: tuple[Call, ...], around: Surroundings) -> Plan:
    """The plan for a question in plainer words with the order it asks for, which its subject is read without."""
    rest, said = without_order(plainer)
    decided = _planned(rest, question, previous, around) if said.said else Plan()
    return in_order(decided if decided.calls else _planned(plainer, question, previous, around), order)


def _planned(text: str, question: str, previous: tuple[Call, ...], around: Surroundings) -> Plan:
    """The plan for a question in plainer words, all its parts together."""
    previous = in_focus(text, previous)
    placed = with_stores_named(text, previous, around)
    text = with_things_named(placed, previous)
    pointed = text != placed
    reply = boundaries.small_talk(text.lower())
    if reply is not None:
        return Plan(text=reply)
    parts = split(text)
    if (one := its_figures(parts, around)) is not None:
        return one
    if len(parts) == 1:
        decided = with_why(text, with_split(text, _read_goods(text, previous, around)))
        said = pieces(text)
        if decided.calls:
            decided = with_second_half(said, decided, previous, around)
        elif len(said) > 1:
            decided = first_of(said, previous, around) or decided
        decided = with_its_course(with_its_goods(decided, question, previous), previous)
        return in_its_days(decided, text, previous) if pointed else decided
    plans = [with_split(part, one) for part, one in zip(parts, _each(parts, previous, around), strict=True)]
    if any(one.calls for one in plans):
        plans = [_by_its_words(part, one, around) for part, one in zip(parts, plans, strict=True)]
    plans = with_what_the_end_says(text, parts, without_loose_ends(parts, plans))
    parts, plans = without_advice(parts, plans)
    calls: list[tuple[str, Mapping[str, Any]]] = []
    days: str | None = None
    for part, one in zip(parts, plans, strict=True):
        named = bool(periods(Reading.of(part)))
        for name, args in one.calls:
            # A part without a time of its own is of that of the parts before it, not of what it would be alone.
            own = {**args, "period": days} if days and not named and "period" in args else args
            call = (name, with_days_and_stores(name, own, calls))
            days = str(args["period"]) if named and "period" in args else days
            # Parts may ask for two sides of one answer: “more over time? Less over time? Describe them.”
            if call not in calls:
                calls.append(call)
    said = [
        NOT_THIS_PART.format(part=part) if one.text == boundaries.NOT_UNDERSTOOD else one.text
        for part, one in zip(parts, plans, strict=True)
    ]
    if not calls:
        return Plan(
            text=together(*(one.text for one in plans)), unread=all(one.unread or not one.text for one in plans)
        )
    return Plan(tuple(calls), together(*said), together(*(one.opening for one in plans)))


def _by_its_words(part: str, decided: Plan, around: Surroundings) -> Plan:
    """A part that was not understood, by what its words mean."""
    meant = by_concepts(part, around) if decided.unread and not decided.calls else None
    return meant or decided


def _read_goods(part: str, previous: tuple[Call, ...], around: Surroundings) -> Plan:
    """A part read, and once more in the words for lists of products where it asks which of a kind of goods."""
    decided = read_part(part, previous, around)
    decided = with_kind(part, decided, lambda said: read_part(reworded(said), previous, around))
    decided = with_each_kind(part, with_both_ends(part, decided))
    return decided if previous else with_several(part, decided, lambda said: _read(said, (), around))


def _near_part(part: str, previous: tuple[Call, ...], around: Surroundings) -> Plan:
    """A part of a question read by itself, or the near one that can be answered for it."""
    answered, difference = nearest(part)
    decided = _read_goods(reworded(answered) if difference else part, previous, around)
    return replace(decided, opening=together(difference, decided.opening)) if decided.calls else decided


def _each(parts: Sequence[str], previous: tuple[Call, ...], around: Surroundings) -> list[Plan]:
    """A plan for each part; one about “it”, or that says nothing by itself, goes on about the parts before it."""
    plans = [_near_part(parts[0], previous, around)]
    for part in parts[1:]:
        if says_it_already(plans[-1], part):
            plans.append(Plan())
            continue
        if (both := of_these_goods(parts[0], plans[-1], part)) is not None:
            plans[-1:] = [both, Plan()]
            continue
        if (baskets := baskets_with_one(parts[0], plans[0], part)) is not None:
            plans.append(baskets)
            continue
        named = with_its_noun(parts[0], part)
        alone = _near_part(reworded(named), (), around) if named != part else Plan()
        alone = alone if alone.calls else _near_part(part, (), around)
        before = tuple(Call(name, args, {"text": part}) for name, args in plans[-1].calls)
        if leans_on_the_first(named):
            alone = next_part(part, made(plans), around)
        elif not alone.calls and before:
            going_on_about_it = _read(part, before, around)
            alone = going_on_about_it if going_on_about_it.calls else alone
        plans.append(with_its_goods(alone, part, before))
    return plans
