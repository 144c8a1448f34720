"""The rules that a reviewer would otherwise have to remember."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("agent", "tools", "connectors", "prompts")
LONGEST = 400
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "base_utils"}
READS_ENVIRONMENT = "agent/settings.py"
_WORD = re.compile(r"[A-Za-z_]\w*")


def _modules() -> list[Path]:
    return sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _sources() -> dict[str, str]:
    return {_name(path): path.read_text(encoding="utf-8") for path in _modules()}


def test_the_import_contracts_hold() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_rules_look_at_the_whole_house() -> None:
    names = set(_sources())
    assert {f"{package}/__init__.py" for package in PACKAGES} | {READS_ENVIRONMENT} <= names


def test_no_module_is_longer_than_anybody_reads() -> None:
    lengths = {name: len(source.splitlines()) for name, source in _sources().items()}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_every_name_says_what_is_inside() -> None:
    assert [name for name in _sources() if VAGUE & set(Path(name).with_suffix("").parts)] == []


def test_every_module_says_why_it_exists() -> None:
    silent = [
        name for name, source in _sources().items() if source.strip() and not ast.get_docstring(ast.parse(source))
    ]
    assert silent == []


def test_only_settings_reads_the_environment() -> None:
    assert _where(_touches_environment, apart_from=READS_ENVIRONMENT) == []


def test_no_exception_is_swallowed_in_silence() -> None:
    assert _where(_passes_over_an_exception) == []


def test_no_unfinished_work_is_left_lying_about() -> None:
    assert [name for name, source in _sources().items() if "TODO" in source or "FIXME" in source] == []


def test_nothing_is_kept_that_nobody_names() -> None:
    sources = _sources()
    tests = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests").rglob("*.py"))]
    named = Counter(word for source in [*sources.values(), *tests] for word in _WORD.findall(source))
    unused = [
        f"{name}: {defined}"
        for name, source in sources.items()
        for defined in _defined(source)
        if named[defined] == 1 or (defined.startswith("_") and len(re.findall(rf"\b{defined}\b", source)) == 1)
    ]
    assert unused == []


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        ("import os\nhome = os.environ['HOME']\n", "environment"),
        ("import os\nhome = os.getenv('HOME')\n", "environment"),
        ("from os import environ\n", "environment"),
        ("try:\n    f()\nexcept OSError:\n    pass\n", "exception"),
    ],
)
def test_the_rules_can_be_broken(source: str, rule: str) -> None:
    broken = {"environment": _touches_environment, "exception": _passes_over_an_exception}[rule]
    assert any(broken(node) for node in ast.walk(ast.parse(source)))


def _defined(source: str) -> Iterator[str]:
    """Names of functions, classes and values of a module, but for those that a decorator or the language takes."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.decorator_list:
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (one.id for one in targets if isinstance(one, ast.Name) and not one.id.startswith("__"))


def _where(broken: Callable[[ast.AST], bool], *, apart_from: str = "") -> list[str]:
    return [
        f"{name}:{getattr(node, 'lineno', 0)}"
        for name, source in _sources().items()
        if name != apart_from
        for node in ast.walk(ast.parse(source))
        if broken(node)
    ]


def _touches_environment(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "os":
        return node.attr in {"environ", "environb", "getenv", "putenv"}
    if isinstance(node, ast.ImportFrom) and node.module == "os":
        return any(alias.name in {"environ", "environb", "getenv"} for alias in node.names)
    return False


def _passes_over_an_exception(node: ast.AST) -> bool:
    return isinstance(node, ast.ExceptHandler) and all(isinstance(line, ast.Pass) for line in node.body)
