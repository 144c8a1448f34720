"""What may be told of groups that together are a known total."""

from __future__ import annotations

import pytest

from tools.analysis.few import tellable


@pytest.mark.parametrize(
    ("people", "told"),
    [
        ([9, 5, 0], [True, True, True]),
        ([9, 4, 12], [False, False, True]),
        ([4, 4, 9], [False, False, True]),
        ([1, 2, 9, 7], [False, False, True, False]),
        ([3], [False]),
        ([], []),
    ],
)
def test_what_is_left_out_is_never_one_to_four_people(people: list[int], told: list[bool]) -> None:
    assert tellable(people) == told
