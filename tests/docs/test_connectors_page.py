"""docs/connectors.md says what the manifests say."""

from __future__ import annotations

from tests.docs.connectors_page import MARK, PAGE, connectors_page


def test_the_connectors_page_is_what_the_manifests_say() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text.count(MARK) == 1
    assert text == connectors_page(), "run .venv/bin/python tests/docs/connectors_page.py"
