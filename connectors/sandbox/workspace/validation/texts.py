"""Text, option and confirm objects."""

from __future__ import annotations

from connectors.sandbox.workspace.validation.findings import Findings

OPTION_TEXT = 75
OPTION_VALUE = 150


def check_text(found: Findings, where: str, value: object, most: int, *, plain: bool = False) -> None:
    """A text object: plain_text, or mrkdwn where that is allowed; never empty."""
    text = found.table(where, value)
    if text is None:
        return
    allowed = ("plain_text",) if plain else ("plain_text", "mrkdwn")
    if found.one_of(f"{where}/type", text.get("type"), allowed):
        found.characters(f"{where}/text", text.get("text"), most, 1)


def check_option(found: Findings, where: str, value: object, *, plain: bool = True) -> None:
    """A choice of a select, overflow, radio or checkbox."""
    option = found.table(where, value)
    if option is None:
        return
    check_text(found, f"{where}/text", option.get("text"), OPTION_TEXT, plain=plain)
    found.characters(f"{where}/value", option.get("value"), OPTION_VALUE)
    if option.get("description") is not None:
        check_text(found, f"{where}/description", option["description"], OPTION_TEXT, plain=plain)


def check_confirm(found: Findings, where: str, value: object) -> None:
    """The question before a button does something."""
    confirm = found.table(where, value)
    if confirm is None:
        return
    check_text(found, f"{where}/title", confirm.get("title"), 100, plain=True)
    check_text(found, f"{where}/text", confirm.get("text"), 300)
    check_text(found, f"{where}/confirm", confirm.get("confirm"), 30, plain=True)
    check_text(found, f"{where}/deny", confirm.get("deny"), 30, plain=True)
    if confirm.get("style") is not None:
        found.one_of(f"{where}/style", confirm["style"], ("primary", "danger"))
