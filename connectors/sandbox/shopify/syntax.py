"""GraphQL documents, read as far as queries and mutations go: selections, arguments, fragments on types, directives.

Source of the grammar: the GraphQL specification, section 2. Named fragments, lists of variables with defaults and block
strings are not part of it here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_TOKEN = re.compile(r'\s*(?:,|#[^\n]*\n)*\s*(\.\.\.|"(?:[^"\\]|\\.)*"|[!$():=@\[\]{}|]|-?\d+(?:\.\d+)?|\w+)', re.DOTALL)
_REST = re.compile(r"[\s,]*\Z")


class NotADocumentError(ValueError):
    """A text that is not a document."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A use of ``$name``."""

    name: str


@dataclass(frozen=True, slots=True)
class Selection:
    """A field, or the fields behind ``... on Type`` when ``on`` is set."""

    name: str
    alias: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    directives: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    selections: tuple[Selection, ...] = ()
    on: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """A document's one operation."""

    kind: str
    name: str
    variables: frozenset[str]
    selections: tuple[Selection, ...]


def parse(text: str) -> Operation:
    """The operation of a document.

    Raises:
        NotADocumentError: it is not one.
    """
    return _Parser(text).operation()


class _Parser:
    def __init__(self, text: str) -> None:
        self._tokens: list[str] = []
        at = 0
        while (found := _TOKEN.match(text, at)) is not None:
            self._tokens.append(found.group(1))
            at = found.end()
        if not _REST.match(text, at):
            raise NotADocumentError(f"unexpected text at {at}")
        self._at = 0

    def operation(self) -> Operation:
        kind, name, variables = "query", "", frozenset[str]()
        if self._peek() in ("query", "mutation"):
            kind = self._next()
            if self._peek() not in ("(", "{", "@"):
                name = self._next()
            if self._peek() == "(":
                variables = self._variables()
        selections = self._selections()
        if self._at != len(self._tokens):
            raise NotADocumentError("text behind the operation")
        return Operation(kind, name, variables, selections)

    def _variables(self) -> frozenset[str]:
        names = set()
        self._expect("(")
        while self._peek() != ")":
            if self._next() == "$":
                names.add(self._next())
        self._expect(")")
        return frozenset(names)

    def _selections(self) -> tuple[Selection, ...]:
        self._expect("{")
        found = []
        while self._peek() != "}":
            found.append(self._selection())
        self._expect("}")
        if not found:
            raise NotADocumentError("an empty selection")
        return tuple(found)

    def _selection(self) -> Selection:
        if self._peek() == "...":
            self._next()
            if self._next() != "on":
                raise NotADocumentError("a named fragment")
            on = self._next()
            directives = self._directives()
            return Selection("", "", {}, directives, self._selections(), on)
        alias = name = self._name()
        if self._peek() == ":":
            self._next()
            name = self._name()
        arguments = self._arguments() if self._peek() == "(" else {}
        directives = self._directives()
        selections = self._selections() if self._peek() == "{" else ()
        return Selection(name, alias, arguments, directives, selections)

    def _directives(self) -> dict[str, Mapping[str, Any]]:
        found: dict[str, Mapping[str, Any]] = {}
        while self._peek() == "@":
            self._next()
            name = self._name()
            found[name] = self._arguments() if self._peek() == "(" else {}
        return found

    def _arguments(self) -> dict[str, Any]:
        found = {}
        self._expect("(")
        while self._peek() != ")":
            name = self._name()
            self._expect(":")
            found[name] = self._value()
        self._expect(")")
        return found

    def _value(self) -> Any:
        word = self._next()
        if word == "$":
            return Variable(self._name())
        if word == "[":
            items = []
            while self._peek() != "]":
                items.append(self._value())
            self._next()
            return items
        if word == "{":
            fields = {}
            while self._peek() != "}":
                name = self._name()
                self._expect(":")
                fields[name] = self._value()
            self._next()
            return fields
        if word.startswith('"'):
            return json.loads(word)
        words = {"true": True, "false": False, "null": None}
        if word in words:
            return words[word]
        return int(word) if word.lstrip("-").isdigit() else word

    def _name(self) -> str:
        token = self._next()
        if not re.fullmatch(r"[A-Za-z_]\w*", token):
            raise NotADocumentError(f"{token} where a name is needed")
        return token

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _next(self) -> str:
        token = self._peek()
        if not token:
            raise NotADocumentError("the document ends too early")
        self._at += 1
        return token

    def _expect(self, token: str) -> None:
        if self._next() != token:
            raise NotADocumentError(f"{token} is missing")
