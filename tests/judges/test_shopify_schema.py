"""Shopify's own schema as the judge: our documents, and the stand-in's answers to them.

The schema is the introspection of the Admin API that Shopify ships in an npm package; it and ``graphql-core`` are
fetched for this test alone, into ``.judges`` (``node_modules`` and ``python``); it skips itself where they are absent.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from connectors.base import Entity
from connectors.manifest import load_manifest
from connectors.shopify.client import VERSION
from connectors.shopify.operations import bulk_text, document, document_names
from connectors.shopify.sales import Sizes
from tests.conformance.actions import Maker
from tests.conformance.trading import busy_shop
from tests.support.platforms.open_rigs import offered_kinds
from tests.support.platforms.shopify import open_rig

_HOME = Path(__file__).parents[2] / ".judges"
sys.path.append(str(_HOME / "python"))
graphql = pytest.importorskip("graphql", reason="graphql-core is not there; it is fetched for the judges only")

_SCHEMA = _HOME / "node_modules" / "@shopify" / "dev-mcp" / "dist" / "data" / f"admin_{VERSION}.json.gz"
_SCALARS = {
    "Int": int,
    "Float": (int, float),
    "Boolean": bool,
    "String": str,
    "ID": str,
    "DateTime": str,
    "Decimal": str,
    "Money": str,
    "URL": str,
    "UnsignedInt64": str,
}


@pytest.fixture(scope="module")
def schema() -> Any:
    if not _SCHEMA.exists():
        pytest.skip("Shopify's schema is not there; it is fetched for the judges only")
    with gzip.open(_SCHEMA, "rt", encoding="utf-8") as file:
        found = json.load(file)
    return graphql.build_client_schema(found.get("data") or found, assume_valid=True)


@pytest.mark.parametrize("name", document_names())
def test_every_document_fits_the_schema(schema: Any, name: str) -> None:
    assert [error.message for error in graphql.validate(schema, graphql.parse(document(name)))] == []


@pytest.mark.parametrize("on", [True, False])
def test_bulk_queries_fit_the_schema(schema: Any, on: bool) -> None:
    switches = {"staff": on, "customers": on, "devices": on}
    text = bulk_text("orders_bulk", "created_at:>='2026-01-01T00:00:00Z'", switches)
    assert [error.message for error in graphql.validate(schema, graphql.parse(text))] == []


def test_what_is_wrong_is_found(schema: Any) -> None:
    wrong = document("orders").replace("taxesIncluded", "taxesAreIncluded")
    assert graphql.validate(schema, graphql.parse(wrong))


def test_the_stand_in_answers_in_the_schemas_shapes(
    schema: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything the connector reads and writes, with the answer held against the type of each field."""
    seen: dict[str, int] = {}
    complaints: list[str] = []

    def watch(response: httpx.Response) -> None:
        if not response.request.url.path.endswith("/graphql.json"):
            return
        asked = json.loads(response.request.content)
        answer = json.loads(response.read())
        if answer.get("data") is not None:
            judge = Judge(schema, asked)
            judge.answer(answer["data"])
            complaints.extend(f"{asked['operationName']}: {text}" for text in judge.complaints)
            seen[asked["operationName"]] = seen.get(asked["operationName"], 0) + 1

    plain = httpx.Client.__init__

    def watched(self: httpx.Client, **options: Any) -> None:
        plain(self, **options)
        self.event_hooks = {"response": [watch]}

    monkeypatch.setattr(httpx.Client, "__init__", watched)
    with open_rig(tmp_path) as rig:
        reader = rig.reader(sizes=Sizes(page=2, bulk_from=0))
        writer = rig.writer(reader)
        maker = Maker(rig, reader, writer)
        for kind in offered_kinds("shopify"):
            writer.execute(maker.make(kind))
        busy_shop(rig)
        assert reader.check().ok
        reader.ensure_webhooks("https://example.com/hooks")
        for entity in load_manifest("shopify").readable():
            for page in reader.extract(
                entity, reader.caught_up(entity, rig.clock.now()), until=rig.clock.turn(minutes=1)
            ):
                assert page.next
            for page in reader.extract(entity, None, until=rig.clock.now()):
                if entity in (Entity.SALE, Entity.CATALOG, Entity.LOCATION, Entity.INVENTORY, Entity.PROMOTION):
                    reader.fetch(entity, [record.id for record in page.records])
        writer.close()
        reader.close()
    assert complaints == []
    assert len(seen) > 30, sorted(seen)


@pytest.mark.parametrize(
    ("shop", "said"),
    [
        ({"name": "Corner"}, "shop.currencyCode is missing"),
        ({"name": 7, "currencyCode": "USD"}, "shop.name. must be a String, not 7"),
        ({"name": None, "currencyCode": "USD"}, "shop.name. must not be null"),
        ({"name": "Corner", "currencyCode": "GOLD"}, "shop.currencyCode. cannot be GOLD"),
        ({"name": "Corner", "currencyCode": "USD", "id": "1"}, "shop. has ['id'], which nobody asked for"),
    ],
)
def test_the_judge_sees_what_is_wrong_with_an_answer(schema: Any, shop: dict[str, Any], said: str) -> None:
    judge = Judge(schema, {"query": "query Q { shop { name currencyCode } }"})
    judge.answer({"shop": shop})
    assert judge.complaints == [said]


class Judge:
    """Holds one answer against the types of the fields that were asked for."""

    def __init__(self, schema: Any, asked: Mapping[str, Any]) -> None:
        self._schema = schema
        self._variables = asked.get("variables") or {}
        tree = graphql.parse(asked["query"])
        self._operation = tree.definitions[0]
        self.complaints: list[str] = []

    def answer(self, data: Mapping[str, Any]) -> None:
        """Look at a whole answer."""
        is_query = self._operation.operation.value == "query"
        root = self._schema.query_type if is_query else self._schema.mutation_type
        self._object(data, root, self._operation.selection_set, "")

    def _object(self, value: Mapping[str, Any], kind: Any, selections: Any, path: str) -> None:
        asked: set[str] = set()
        for field in self._fields(kind, selections, value):
            name = field.alias.value if field.alias else field.name.value
            asked.add(name)
            if name not in value:
                self.complaints.append(f"{path}{name} is missing")
            elif field.name.value != "__typename":
                definition = kind.fields[field.name.value]
                self._value(value[name], definition.type, field.selection_set, f"{path}{name}.")
        extra = set(value) - asked
        if extra:
            self.complaints.append(f"{path} has {sorted(extra)}, which nobody asked for")

    def _fields(self, kind: Any, selections: Any, value: Mapping[str, Any]) -> list[Any]:
        found = []
        for selection in selections.selections:
            if not self._included(selection):
                continue
            if isinstance(selection, graphql.InlineFragmentNode):
                on = selection.type_condition.name.value
                if on == kind.name:
                    found += self._fields(kind, selection.selection_set, value)
            else:
                found.append(selection)
        return found

    def _included(self, selection: Any) -> bool:
        for directive in selection.directives or ():
            if directive.name.value == "include":
                given = directive.arguments[0].value
                name = getattr(getattr(given, "name", None), "value", None)
                if not (self._variables.get(name) if name else given.value):
                    return False
        return True

    def _value(self, value: Any, kind: Any, selections: Any, path: str) -> None:
        if graphql.is_non_null_type(kind):
            if value is None:
                self.complaints.append(f"{path} must not be null")
                return
            kind = kind.of_type
        if value is None:
            return
        if graphql.is_list_type(kind):
            if not isinstance(value, list):
                self.complaints.append(f"{path} must be a list")
                return
            for item in value:
                self._value(item, kind.of_type, selections, path)
        elif graphql.is_enum_type(kind):
            if value not in kind.values:
                self.complaints.append(f"{path} cannot be {value}")
        elif graphql.is_scalar_type(kind):
            wanted = _SCALARS.get(kind.name)
            if wanted is not None and (not isinstance(value, wanted) or (wanted is int and isinstance(value, bool))):
                self.complaints.append(f"{path} must be a {kind.name}, not {value!r}")
        elif graphql.is_abstract_type(kind):
            self._object(value, self._concrete(value, kind, selections), selections, path)
        else:
            self._object(value, kind, selections, path)

    def _concrete(self, value: Mapping[str, Any], kind: Any, selections: Any) -> Any:
        """The type that an answer is of: what it says, what its id says, or the only one it fits."""
        named = value.get("__typename") or str(value.get("id") or "").removeprefix("gid://shopify/").split("/")[0]
        if named in self._schema.type_map:
            return self._schema.type_map[named]
        possible = {
            selection.type_condition.name.value
            for selection in selections.selections
            if isinstance(selection, graphql.InlineFragmentNode)
        }
        return self._schema.type_map[min(possible)] if value and possible else kind
