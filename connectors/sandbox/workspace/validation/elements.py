"""Interactive elements: buttons, selects, pickers, inputs, feedback."""

from __future__ import annotations

from collections.abc import Callable

from connectors.sandbox.workspace.validation.findings import Findings
from connectors.sandbox.workspace.validation.texts import check_confirm, check_option, check_text
from connectors.sandbox.workspace.wire import JsonObject

ID_LENGTH = 255
BUTTON_TEXT = 75
BUTTON_VALUE = 2000
URL = 3000
PICKERS = ("datepicker", "timepicker", "datetimepicker")
PEOPLE = tuple(f"{many}{what}_select" for many in ("", "multi_") for what in ("users", "conversations", "channels"))
STATIC = ("static_select", "multi_static_select")
EXTERNAL = ("external_select", "multi_external_select")
CHOICES = ("radio_buttons", "checkboxes")
TYPED = ("plain_text_input", "number_input", "email_text_input", "url_text_input", "rich_text_input")
ACTIONS = ("button", "overflow", "workflow_button", *CHOICES, *PICKERS, *PEOPLE, *STATIC, *EXTERNAL)
ACCESSORIES = (*ACTIONS, "image")
INPUTS = (*TYPED, *CHOICES, *PICKERS, *PEOPLE, *STATIC, *EXTERNAL, "file_input")
CONTEXT_ACTIONS = ("feedback_buttons", "icon_button")


def check_element(found: Findings, where: str, value: object, allowed: tuple[str, ...]) -> None:
    """An element of an allowed kind, within its limits."""
    element = found.table(where, value)
    if element is None:
        return
    kind = element.get("type")
    if not isinstance(kind, str) or kind not in allowed:
        found.add(where, f"unsupported type: {kind}")
        return
    found.optional(where, element, "action_id", ID_LENGTH)
    if element.get("confirm") is not None:
        check_confirm(found, f"{where}/confirm", element["confirm"])
    if element.get("placeholder") is not None:
        check_text(found, f"{where}/placeholder", element["placeholder"], 150, plain=True)
    CHECKS.get(kind, _nothing_more)(found, where, element)


def check_image(found: Findings, where: str, image: JsonObject) -> None:
    """An image block or element: a URL or an uploaded file, and words for who cannot see it."""
    if image.get("slack_file") is None:
        found.characters(f"{where}/image_url", image.get("image_url"), URL, 1)
    else:
        source = found.table(f"{where}/slack_file", image["slack_file"])
        if source is not None and not source.get("id") and not source.get("url"):
            found.add(f"{where}/slack_file", "must have an id or a url")
    found.characters(f"{where}/alt_text", image.get("alt_text"), 2000)


def _nothing_more(_found: Findings, _where: str, _element: JsonObject) -> None:
    return


def _button(found: Findings, where: str, button: JsonObject) -> None:
    check_text(found, f"{where}/text", button.get("text"), BUTTON_TEXT, plain=True)
    found.optional(where, button, "value", BUTTON_VALUE)
    found.optional(where, button, "url", URL)
    found.optional(where, button, "accessibility_label", 75)
    if button.get("style") is not None:
        found.one_of(f"{where}/style", button["style"], ("primary", "danger"))


def _static(found: Findings, where: str, select: JsonObject) -> None:
    if select.get("option_groups") is not None:
        for number, group in enumerate(found.items(f"{where}/option_groups", select["option_groups"], 100)):
            inside = f"{where}/option_groups/{number}"
            fields = found.table(inside, group)
            if fields is not None:
                check_text(found, f"{inside}/label", fields.get("label"), 75, plain=True)
                _options(found, inside, fields, 100)
        return
    _options(found, where, select, 100)


def _options(found: Findings, where: str, element: JsonObject, most: int, *, plain: bool = True) -> None:
    for number, option in enumerate(found.items(f"{where}/options", element.get("options"), most)):
        check_option(found, f"{where}/options/{number}", option, plain=plain)


def _overflow(found: Findings, where: str, element: JsonObject) -> None:
    _options(found, where, element, 5)


def _choices(found: Findings, where: str, element: JsonObject) -> None:
    _options(found, where, element, 10, plain=False)


def _typed(found: Findings, where: str, element: JsonObject) -> None:
    for key in ("min_length", "max_length"):
        length = element.get(key)
        if length is not None and (not isinstance(length, int) or not 0 <= length <= 3000):
            found.add(f"{where}/{key}", "must be a number from 0 to 3000")
    if element.get("type") != "rich_text_input":
        found.optional(where, element, "initial_value", 3000)


def _number(found: Findings, where: str, element: JsonObject) -> None:
    if not isinstance(element.get("is_decimal_allowed"), bool):
        found.add(f"{where}/is_decimal_allowed", "missing required field: is_decimal_allowed")


def _feedback(found: Findings, where: str, element: JsonObject) -> None:
    for name in ("positive_button", "negative_button"):
        button = found.table(f"{where}/{name}", element.get(name))
        if button is not None:
            check_text(found, f"{where}/{name}/text", button.get("text"), BUTTON_TEXT, plain=True)
            found.characters(f"{where}/{name}/value", button.get("value"), BUTTON_VALUE)


def _icon(found: Findings, where: str, element: JsonObject) -> None:
    found.one_of(f"{where}/icon", element.get("icon"), ("trash",))
    check_text(found, f"{where}/text", element.get("text"), BUTTON_TEXT, plain=True)
    found.optional(where, element, "value", BUTTON_VALUE)


CHECKS: dict[str, Callable[[Findings, str, JsonObject], None]] = {
    "button": _button,
    "image": check_image,
    "overflow": _overflow,
    "feedback_buttons": _feedback,
    "icon_button": _icon,
    "number_input": _number,
    **dict.fromkeys(CHOICES, _choices),
    **dict.fromkeys(STATIC, _static),
    "plain_text_input": _typed,
    "rich_text_input": _typed,
}
