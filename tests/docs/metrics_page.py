"""``docs/metrics.md`` is written from the definitions; run this file to write it again."""

from __future__ import annotations

from pathlib import Path

from tools.metrics import describe_metrics

PAGE = Path(__file__).resolve().parents[2] / "docs" / "metrics.md"
_HEAD = """# Metrics

Written from `tools/metrics` by `tests/docs/metrics_page.py`. `floorwalker metrics` prints the same. Every answer names
the metrics it used. Days are business days of the store, in its own time zone.

| metric | unit | definition | leaves out |
|---|---|---|---|
"""


def metrics_page() -> str:
    """The page as it should be."""
    rows = (
        f"| `{metric['name']}` | {metric['unit']} | {metric['definition']} | {metric['exclusions']} |"
        for metric in describe_metrics()
    )
    return _HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    PAGE.write_text(metrics_page(), encoding="utf-8")
