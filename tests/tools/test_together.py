"""Asking side by side: results and errors are those of asking in turn."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import ContextVar
from functools import partial

import pytest

from tools.together import together

_SAID: ContextVar[str] = ContextVar("_SAID", default="nothing")


def test_results_come_in_the_order_of_the_calls() -> None:
    calls: list[Callable[[], int]] = [partial(int, place) for place in range(20)]

    assert together(*calls) == tuple(range(20))


def test_two_calls_run_at_the_same_time() -> None:
    both = threading.Barrier(2, timeout=20)

    assert sorted(together(both.wait, both.wait)) == [0, 1]


def test_calls_that_ask_side_by_side_themselves_do_not_wait_for_each_other() -> None:
    def nested(depth: int) -> int:
        return 1 if depth == 0 else sum(together(*(partial(nested, depth - 1) for _ in range(3))))

    assert nested(5) == 3**5


def test_many_askers_at_once_all_get_their_own() -> None:
    found: dict[int, tuple[int, ...]] = {}

    def ask(who: int) -> None:
        found[who] = together(*(partial(int, who * 10 + place) for place in range(5)))

    askers = [threading.Thread(target=ask, args=(who,)) for who in range(30)]
    for one in askers:
        one.start()
    for one in askers:
        one.join(20)

    assert found == {who: tuple(who * 10 + place for place in range(5)) for who in range(30)}


def test_the_error_of_the_first_call_in_order_is_raised() -> None:
    later = threading.Event()

    def slow() -> int:
        later.wait(20)
        raise ValueError("first")

    def fast() -> int:
        later.set()
        raise KeyError("second")

    with pytest.raises(ValueError, match="first"):
        together(slow, fast)
    with pytest.raises(KeyError, match="second"):
        together(partial(int, 1), fast)


def test_what_the_caller_has_set_for_itself_is_seen_by_every_call() -> None:
    token = _SAID.set("by the caller")
    try:
        assert together(_SAID.get, _SAID.get, _SAID.get) == ("by the caller",) * 3
    finally:
        _SAID.reset(token)
