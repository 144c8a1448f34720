"""Numbers of pieces as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tools.errors import BadArgumentError
from tools.proposing.filing import quantity_of


@pytest.mark.parametrize(
    ("text", "meant"),
    [("12", "12"), ("1,5", "1.5"), ("0,25", "0.25"), ("1,250", "1250"), ("12,000", "12000"), ("1,250.5", "1250.5"),
     (" −3 ", "-3"), ("+4", "4")],
)  # fmt: skip
def test_a_comma_is_what_it_is_among_these_digits(text: str, meant: str) -> None:
    assert quantity_of(text, "change", signed=True) == Decimal(meant)


@pytest.mark.parametrize("text", ["", "a dozen", "1e3", "1_000", "NaN", "1,2,3", "1.5.2", "0.123456"])
def test_what_is_no_number_is_asked_back(text: str) -> None:
    with pytest.raises(BadArgumentError, match="is no number of pieces"):
        quantity_of(text, "change")
