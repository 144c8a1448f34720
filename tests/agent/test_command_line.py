"""What the command line says to who mistypes: help where nothing was given, else one sentence and exit code 2."""

from __future__ import annotations

import json
import sys

import pytest

from agent.cli import main


def _ended(monkeypatch: pytest.MonkeyPatch, *words: str) -> int | str | None:
    monkeypatch.setattr(sys, "argv", ["floorwalker", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code


@pytest.mark.parametrize("words", [(), ("receipts",), ("audit",)])
def test_with_nothing_to_do_it_tells_what_there_is(
    words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _ended(monkeypatch, *words) == 0
    out, err = capsys.readouterr()
    assert out.startswith("Usage: ")
    assert "Commands:" in out
    assert err == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nosuch",), "No such command 'nosuch'."),
        (("ask", "--nosuch"), "No such option: --nosuch"),
        (("tool", "sales_summary", "{}"), "Got unexpected extra argument"),
        (("demo", "--speed", "quick"), "Invalid value for '--speed'"),
    ],
)
def test_a_slip_is_one_sentence_that_names_it(
    words: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _ended(monkeypatch, *words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"floorwalker: {said}")
    assert err.count("\n") == 1


def test_a_slip_is_one_document_where_one_was_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _ended(monkeypatch, "--json", "nosuch") == 2
    assert json.loads(capsys.readouterr().out) == {"error": "No such command 'nosuch'."}
