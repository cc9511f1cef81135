"""Every log event passes here when it arrives, whether a function wrote it or PutLogEvents brought it.

Stock MiniStack hands arriving events to subscription filters only. On AWS they also make metrics, by the embedded
metric format and by metric filters.
"""

from __future__ import annotations

import logging
from typing import Any

from ..patching import swap
from . import embedded_metrics, metric_filters

PATCH = "metrics from logs"
_logger = logging.getLogger("shipline.logs")


def install() -> None:
    """Join where MiniStack forwards events."""
    from ministack.services import cloudwatch_logs

    swap(cloudwatch_logs, "_fanout_to_subscription_filters", _making_metrics, patch=PATCH,
         parameters="group_name stream_name events")


def _making_metrics(original: Any) -> Any:
    def forward(group_name: str, stream_name: str, events: list[dict[str, Any]]) -> None:
        original(group_name, stream_name, events)
        try:
            embedded_metrics.record(events)
            metric_filters.record(group_name, events)
        except Exception:  # a log event must be stored even when a metric cannot be made of it
            _logger.exception("No metrics could be made of events of the log group %s", group_name)

    return forward
