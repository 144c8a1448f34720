"""Text that can ping nobody, fetch nothing and hide nothing."""

from __future__ import annotations

import pytest

from agent.conversation.cleaning import harmless, strip_hidden


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Oat milk & honey 2L", "Oat milk & honey 2L"),
        ("a\u202eb\u200bc\x07d", "abcd"),
        ("one\r\ntwo\u2028three", "one \ntwo three"),
        ("<!channel> look", " look"),
        ("hi <@U123> and <#C1|general>", "hi  and "),
        ("@here and @everyone", "here and everyone"),
        ("<https://evil.example/a|click me>", "click me"),
        ("<https://evil.example/a>", "(link removed)"),
        ("[pay](https://evil.example)", "pay"),
        ("[https://evil.example](https://evil.example)", "(link removed)"),
        ("![x](https://evil.example/p.png)", "x"),
        ("see www.evil.example/x now", "see (link removed) now"),
        ("javascript:alert(1)", "(link removed)"),
        ("<!subteam^S1|team>", ""),
        ("a < b and c > d", "a < b and c > d"),
    ],
)
def test_text_is_made_harmless(text: str, wanted: str) -> None:
    assert harmless(text) == wanted


def test_links_to_allowed_hosts_stay_and_look_alikes_do_not() -> None:
    allowed = {"docs.example"}
    assert harmless("see https://docs.example/a", allowed_hosts=allowed) == "see https://docs.example/a"
    for url in ("https://docs.example.evil.example/a", "http://docs.example/a", "https://docs.example@evil.example/"):
        assert "evil" not in harmless(f"see {url}", allowed_hosts=allowed)
        assert "http" not in harmless(f"see {url}", allowed_hosts=allowed)


def test_hidden_characters_go_and_line_breaks_become_spaces() -> None:
    assert strip_hidden("a\nb\tc\u2066d") == "a b cd"
    assert strip_hidden("a\nb", keep_newlines=True) == "a\nb"
