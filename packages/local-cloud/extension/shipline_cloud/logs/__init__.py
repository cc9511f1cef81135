"""CloudWatch Logs: log events become metrics, and can be queried."""

from __future__ import annotations

from . import filter_events, ingestion, insights_api, metric_filters, query_definitions
from .metric_filters import publish_defaults

__all__ = ["install", "publish_defaults"]


def install() -> None:
    """Look at every log event that arrives; replace MiniStack's filter patterns and queries."""
    ingestion.install()
    filter_events.install()
    metric_filters.install()
    query_definitions.install()
    insights_api.install()
