"""Documents for the Slack tests."""

from __future__ import annotations

BRIEFING = {
    "store_id": "S01",
    "store_name": "Market Street",
    "on": "2026-11-22",
    "marker": "briefing:S01:2026-11-22",
    "headline": "Market Street took $12,345.67 yesterday, up 4.2% on the Sunday before.",
    "figures": [
        {"label": "Net sales", "value": "$12,345.67", "unit": "USD", "delta": "+4.2%"},
        {"label": "Conversion", "value": None, "unit": "%", "delta": ""},
    ],
    "sections": [{"title": "Stands out", "lines": ["GROCERY is *up* <!channel> 12%", "DELI is down 3%"]}],
    "caveats": ["Costs are simulated."],
    "as_of": "Sun 22 Nov 2026, 23:59 EST",
    "follow_ups": ["Why is DELI down?"],
    "receipt_id": "r_9",
    "sources_note": "sales of the sample",
}
