"""How the suite is run: what is kept for `make soak`, and what one worker does with the others beside it."""

from __future__ import annotations

import pytest

_BY_PLATFORM = "conformance"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--soak", action="store_true", help="also run what is marked soak: the long enumerations, in full")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the soak without ``--soak``, and give `--dist loadgroup` one group for each file.

    The conformance suite, whose files each run over every platform, is grouped by file and platform.
    """
    if not config.getoption("--soak"):
        left_out = [item for item in items if item.get_closest_marker("soak")]
        if left_out:
            config.hook.pytest_deselected(items=left_out)
            items[:] = [item for item in items if not item.get_closest_marker("soak")]
    for item in items:
        group = item.nodeid.partition("::")[0]
        called = getattr(item, "callspec", None)
        if _BY_PLATFORM in group and called is not None:
            group = f"{group} {called.params.get('rig', '')}"
        item.add_marker(pytest.mark.xdist_group(group))
