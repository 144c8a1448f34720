"""The rules that a reviewer would otherwise have to remember."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("agent", "tools", "connectors", "prompts")
LONGEST = 400
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "base_utils"}
READS_ENVIRONMENT = "agent/settings.py"


def _modules() -> list[Path]:
    return sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


MODULES = [pytest.param(path, id=_name(path)) for path in _modules()]


def test_the_import_contracts_hold() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("path", MODULES)
def test_no_module_is_longer_than_anybody_reads(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", MODULES)
def test_every_name_says_what_is_inside(path: Path) -> None:
    assert not VAGUE & set(path.relative_to(ROOT).with_suffix("").parts)


@pytest.mark.parametrize("path", MODULES)
def test_every_module_says_why_it_exists(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not source.strip() or ast.get_docstring(ast.parse(source)), f"{_name(path)} has no docstring"


@pytest.mark.parametrize("path", MODULES)
def test_only_settings_reads_the_environment(path: Path) -> None:
    readers = sorted({node.lineno for node in ast.walk(_tree(path)) if _touches_environment(node)})
    if _name(path) != READS_ENVIRONMENT:
        assert not readers, f"{_name(path)} reads the environment on lines {readers}"


@pytest.mark.parametrize("path", MODULES)
def test_no_unfinished_work_is_left_lying_about(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert "TODO" not in source
    assert "FIXME" not in source
    empty = [
        handler.lineno
        for handler in ast.walk(_tree(path))
        if isinstance(handler, ast.ExceptHandler) and all(isinstance(line, ast.Pass) for line in handler.body)
    ]
    assert not empty, f"{_name(path)} swallows exceptions on lines {empty}"


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _touches_environment(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "os":
        return node.attr in {"environ", "environb", "getenv", "putenv"}
    if isinstance(node, ast.ImportFrom) and node.module == "os":
        return any(alias.name in {"environ", "environb", "getenv"} for alias in node.names)
    return False
