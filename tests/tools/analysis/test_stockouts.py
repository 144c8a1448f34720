from __future__ import annotations

import pytest

from tools.analysis.stockouts import Outcome, Stock, outcome


@pytest.mark.parametrize(
    ("stock", "expected"),
    [
        (Stock(0, [3, 2], 3.0), Outcome.RAN_OUT),
        (Stock(-2, [3, 2], 3.0), Outcome.RAN_OUT),
        (Stock(5, [3, 2, 4], 3.0), Outcome.IN_STOCK),
        # Three a day and a day without: once in twenty by chance, so one silent day is the edge.
        (Stock(5, [3, 0], 3.0), Outcome.PROBABLY_OUT),
        (Stock(5, [3, 0], 2.9), Outcome.IN_STOCK),
        (Stock(None, [3, 0, 0], 2.0), Outcome.PROBABLY_OUT),
        (Stock(None, [3, 2], 3.0), Outcome.UNKNOWN),
        (Stock(None, [], 0.0), Outcome.UNKNOWN),
        # A slow seller's silence says nothing.
        (Stock(4, [0, 0, 0, 0, 0, 0, 0], 0.2), Outcome.IN_STOCK),
        # Twelve came and seven are left: five of them are sold, and before them there was nothing.
        (Stock(7, [3, 2, 4], 3.0, brought=12, arrived=12), Outcome.AVOIDED),
        (Stock(20, [3, 2, 4], 3.0, brought=12, arrived=12), Outcome.IN_STOCK),
        (Stock(7, [3, 2, 4], 3.0, brought=12, arrived=0), Outcome.NOT_IN),
        (Stock(7, [3, 2, 4], 3.0, brought=12, arrived=None), Outcome.NOT_IN),
        (Stock(0, [3, 2, 4], 3.0, brought=12, arrived=12), Outcome.RAN_OUT),
    ],
)
def test_what_became_of_the_stock(stock: Stock, expected: Outcome) -> None:
    assert outcome(stock) is expected
