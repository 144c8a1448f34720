"""The object that goes along with a record stands in for its text, and for nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from connectors.base import Entity, RawRecord
from connectors.http import parse_json, to_json
from connectors.payload import payload_of, source_of

AT = datetime(2026, 11, 23, tzinfo=UTC)


def record_of(value: Any) -> RawRecord:
    payload, parsed = payload_of(value)
    return RawRecord(Entity.SALE, "O1", 1, AT, payload, parsed=parsed)


@pytest.mark.parametrize(
    "text",
    [
        '{"id":"O1","amount":1050,"none":null,"list":[true,false,{}]}',
        '{"latitude":40.712800,"small":1e-7,"large":1E+22}',
        '{"beyond":123456789012345678901234567890}',
        '{"name":"caf\\u00e9 \\ud83d\\ude00 \\u0001","half":"\\ud83d"}',
    ],
)
def test_a_record_gives_what_parsing_its_payload_gives(text: str) -> None:
    value = parse_json(text.encode())
    record = record_of(value)
    assert record.payload == to_json(value)
    assert source_of(record) == source_of(record) == parse_json(record.payload)


def test_a_decimal_is_read_from_the_text_as_it_always_was() -> None:
    record = record_of({"quantity": Decimal("0.1000000000000000055")})
    assert record.parsed == []
    assert source_of(record) == {"quantity": Decimal("0.1")}


def test_a_record_whose_payload_was_replaced_is_read_from_that() -> None:
    record = replace(record_of({"id": "O1"}), payload=b'{"id":"O2"}')
    assert source_of(record) == {"id": "O2"}


def test_the_object_is_let_go_when_it_was_taken() -> None:
    record = record_of({"id": "O1"})
    assert source_of(record) == {"id": "O1"}
    assert record.parsed == []
