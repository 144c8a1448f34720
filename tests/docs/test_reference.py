"""What the documentation must not forget: settings, commands, tools, metrics, links."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

from agent.cli import app
from agent.settings import Settings, environment_name, read_settings
from tests.docs.metrics_page import PAGE, metrics_page
from tools.registry import catalogue

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").glob("*.md"))]
_LINK = re.compile(r"(?<!\!)\[[^\]]*\]\(([^)\s]+)\)")


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _commands() -> list[str]:
    root = typer.main.get_command(app)
    assert isinstance(root, TyperGroup)
    names: list[str] = []
    for name, command in root.commands.items():
        inner = getattr(command, "commands", None)
        names += [f"{name} {sub}" for sub in inner] if inner else [name]
    return names


@pytest.mark.parametrize("field", sorted(Settings.model_fields))
def test_every_setting_is_documented(field: str) -> None:
    name = environment_name(field)
    assert re.search(rf"^#? ?{name}=", _read(".env.example"), re.MULTILINE), f"{name} is not in .env.example"
    assert f"`{name}`" in _read("docs/production.md"), f"{name} is not in docs/production.md"


def test_the_example_names_no_setting_that_does_not_exist() -> None:
    known = {environment_name(field) for field in Settings.model_fields}
    named = set(re.findall(r"^#? ?([A-Z][A-Z_]+)=", _read(".env.example"), re.MULTILINE))
    assert named <= known


@pytest.mark.parametrize("command", _commands())
def test_every_command_is_documented(command: str) -> None:
    assert f"`{command}" in _read("docs/cli.md"), f"docs/cli.md does not explain `{command}`"


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_every_tool_is_documented(name: str) -> None:
    assert f"`{name}`" in _read("docs/how-it-works.md"), f"docs/how-it-works.md does not name the tool {name}"


def test_the_metrics_page_is_what_the_definitions_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == metrics_page(), "run .venv/bin/python tests/docs/metrics_page.py"


def test_the_example_as_it_stands_leaves_every_setting_at_its_default(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for field in Settings.model_fields:
        monkeypatch.delenv(environment_name(field), raising=False)
    monkeypatch.chdir(tmp_path)
    defaults = read_settings()
    (tmp_path / ".env").write_text(_read(".env.example"), encoding="utf-8")
    assert read_settings() == defaults


@pytest.mark.parametrize("page", [pytest.param(page, id=page.name) for page in PAGES])
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    for target in _LINK.findall(page.read_text(encoding="utf-8")):
        if "://" in target or target.startswith(("#", "mailto:")):
            continue
        assert (page.parent / target.partition("#")[0]).exists(), f"{page.name} links to {target}"
