"""Lists that change while they are read: nothing is lost, whatever order they come in."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.clover.feeds import LONGEST_MS, Element, settled, windows
from connectors.errors import TransientError
from connectors.fitting import TooLargeError


def name(element: Element) -> str:
    return str(element["id"])


class Changing:
    """A list paged by offset, newest first, to which something happens before each page."""

    def __init__(self, stamps: dict[str, int], happen: Callable[[int], None] = lambda _: None) -> None:
        self.stamps = stamps
        self._happen = happen
        self.asked = 0

    def between(self, start: int, end: int, limit: int, offset: int) -> list[Element]:
        self._happen(self.asked)
        self.asked += 1
        inside = [item for item in self.stamps.items() if start <= item[1] <= end]
        ordered = sorted(inside, key=lambda item: (-item[1], item[0]))
        return [{"id": identity, "at": stamp} for identity, stamp in ordered[offset : offset + limit]]

    def page(self, limit: int, offset: int) -> list[Element]:
        return self.between(0, 10**15, limit, offset)


@given(st.dictionaries(st.integers(0, 10**6).map(str), st.integers(0, 50_000), max_size=60), st.integers(1, 7))
def test_windows_bring_everything_once_and_in_order(stamps: dict[str, int], limit: int) -> None:
    server = Changing(stamps)
    found, last = [], -1
    for some, following, _ in windows(server.between, 0, 50_000, LONGEST_MS, limit, name):
        assert all(last < int(element["at"]) < following for element in some)
        last = following - 1
        found += [name(element) for element in some]
    assert sorted(found) == sorted(stamps)
    assert last == 50_000


@given(st.integers(0, 2**32))
def test_rows_that_come_and_go_while_windows_are_read_lose_no_other(seed: int) -> None:
    """Of an offset, each deletion before it would hide a row that stayed."""
    chance = random.Random(seed)
    stamps = {f"s{number}": number * 100 for number in range(60)}
    doomed = {f"d{number}": number * 100 + 50 for number in range(60)}
    server = Changing({**stamps, **doomed})

    def happen(step: int) -> None:
        for _ in range(chance.randrange(3)):
            server.stamps.pop(chance.choice(list(doomed)), None)
        server.stamps[f"n{step}"] = chance.randrange(6_000)

    server._happen = happen
    found = {name(element) for some, _, _ in windows(server.between, 0, 6_000, LONGEST_MS, 4, name) for element in some}
    assert set(stamps) <= found


def test_a_window_goes_on_where_it_was_broken_off() -> None:
    server = Changing({str(number): number * 1_000 for number in range(100)})
    walk = windows(server.between, 0, 100_000, LONGEST_MS, 8, name)
    first = [next(walk) for _ in range(3)]
    _, start, span = first[-1]
    rest = list(windows(server.between, start, 100_000, span, 8, name))
    found = [name(element) for some, _, _ in [*first, *rest] for element in some]
    assert sorted(found, key=int) == [str(number) for number in range(100)]


def test_no_window_is_longer_than_ninety_days() -> None:
    asked: list[int] = []

    def read(start: int, end: int, limit: int, offset: int) -> list[Element]:
        asked.append(end - start + 1)
        return []

    list(windows(read, 0, 5 * LONGEST_MS, 10 * LONGEST_MS, 100, name))
    assert max(asked) == LONGEST_MS
    assert sum(asked) == 5 * LONGEST_MS + 1


def test_a_millisecond_that_holds_more_than_a_page_is_paged() -> None:
    server = Changing({str(number): 777 for number in range(25)})
    found = [element for some, _, _ in windows(server.between, 0, 1_000, 1_000, 4, name) for element in some]
    assert sorted(int(name(element)) for element in found) == list(range(25))


def test_a_page_that_was_cut_down_without_a_word_is_noticed() -> None:
    """A thousand asked for, a hundred given, a hundred and fifty there."""
    stamps = {str(number): number for number in range(150)}
    server = Changing(stamps)

    def cut(start: int, end: int, limit: int, offset: int) -> list[Element]:
        return server.between(start, end, min(limit, 100), offset)

    found = [element for some, _, _ in windows(cut, 0, 1_000, 10_000, 1_000, name) for element in some]
    assert len({name(element) for element in found}) == 150
    assert len(settled(lambda limit, offset: cut(0, 1_000, limit, offset), 1_000, name)) == 150


def test_a_window_whose_answer_is_too_large_is_halved() -> None:
    source = Changing({str(number): number * 10 for number in range(64)})

    def fitting(found: list[Element]) -> list[Element]:
        if len(found) > 5:
            raise TooLargeError("Too large.")
        return found

    walk = windows(lambda *asked: fitting(source.between(*asked)), 0, 1000, 1000, 100, name)
    found = [name(item) for some, _, _ in walk for item in some]
    assert sorted(map(int, found)) == list(range(64))
    crowd = Changing(dict.fromkeys(map(str, range(6)), 7))
    with pytest.raises(TooLargeError):
        list(windows(lambda *asked: fitting(crowd.between(*asked)), 0, 10, 10, 100, name))


def test_a_list_that_shifts_is_read_until_it_holds_still() -> None:
    server = Changing({str(number): number for number in range(10)})

    def happen(step: int) -> None:
        if step == 2:
            # Two rows that were read already vanish; the page boundary jumps over two that were not.
            server.stamps.pop("9")
            server.stamps.pop("8")

    server._happen = happen
    found = {name(element) for element in settled(server.page, 3, name)}
    assert {str(number) for number in range(8)} <= found


def test_a_list_in_one_answer_is_asked_for_once() -> None:
    server = Changing({"1": 1, "2": 2})
    assert len(settled(server.page, 3, name)) == 2
    assert server.asked == 1


def test_a_list_that_never_holds_still_is_said() -> None:
    server = Changing({})

    def happen(step: int) -> None:
        server.stamps |= {f"{step}-{number}": step for number in range(2)}

    server._happen = happen
    server.stamps = {str(number): number for number in range(5)}
    with pytest.raises(TransientError) as caught:
        settled(lambda limit, offset: server.page(limit, offset) if offset < 6 else [], 3, name)
    assert caught.value.user_message.endswith(".")
