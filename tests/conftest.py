"""How the suite is run: what is kept for `make soak`, and what one worker does with the others beside it."""

from __future__ import annotations

import gc
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

_BY_PLATFORM = "conformance"
_EVERY_TIME = ("square", "shopify")
"""The platforms that meet the conformance suite in every run, one REST and one GraphQL; all do with ``--full``."""

_OPTIONS = {
    "full": "also run what is marked full: every platform, every page of commands, every comparison with the sample",
    "soak": "also run what is marked soak: the long enumerations, to their end",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    for name, words in _OPTIONS.items():
        parser.addoption(f"--{name}", action="store_true", help=words)


def pytest_configure(config: pytest.Config) -> None:
    # How long examples take says as much about the machine as about them; speed is for the benchmark to measure.
    timeless = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.register_profile("some", timeless, max_examples=25)
    settings.register_profile("many", timeless, max_examples=100)
    settings.load_profile("many" if any(config.getoption(f"--{name}") for name in _OPTIONS) else "some")


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Collecting makes thousands of objects that stay; looking among them for garbage again and again finds none."""
    gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    gc.collect()
    gc.freeze()
    gc.enable()


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """With several workers, files go whole to one of them."""
    from tests.support.scheduling import ByGroup

    return ByGroup(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what was not asked for."""
    for item in items:
        called = getattr(item, "callspec", None)
        if _BY_PLATFORM in item.nodeid.partition("::")[0] and called is not None:
            platform = str(called.params.get("rig", ""))
            if platform and platform not in _EVERY_TIME:
                item.add_marker(pytest.mark.full)
    unasked = {name for name in _OPTIONS if not config.getoption(f"--{name}")}
    left_out = [item for item in items if any(item.get_closest_marker(name) for name in unasked)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not any(item.get_closest_marker(name) for name in unasked)]
