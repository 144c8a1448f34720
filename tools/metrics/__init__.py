"""Every metric, defined exactly once, and the one place that turns them into SQL."""

from tools.metrics.definitions import METRICS, describe_metrics, metric_named, metrics_named

__all__ = ["METRICS", "describe_metrics", "metric_named", "metrics_named"]
