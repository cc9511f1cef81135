"""Metric filters count and measure log events.

Stock MiniStack stores metric filters and never applies them. On AWS each event that matches gives the metric a value;
the default value is reported for a minute in which events arrived and none matched ("Filter pattern syntax for metric
filters" and "Creating metrics from log events using filters", Amazon CloudWatch Logs User Guide).
"""

from __future__ import annotations

import time
from typing import Any

from ..metrics import store
from ..patching import require, swap
from . import actions
from .conditions import number_of, text_of
from .filter_patterns import Fields, compiled

PATCH = "metric filters"
MAX_DIMENSIONS = 3
Key = tuple[str, str, str, str]
"""Account, region, log group, filter."""
_without_match: dict[Key, bool] = {}
"""Filters that saw events since the last minute began, and whether none of these matched."""


def install() -> None:
    """Check filters when they are made, and add TestMetricFilter."""
    from ministack.services import cloudwatch_logs

    for name in ("_metric_filters", "get_account_id", "get_region"):
        require(cloudwatch_logs, name, patch=PATCH)
    swap(cloudwatch_logs, "_put_metric_filter", _checking, patch=PATCH, parameters="data")
    actions.add("TestMetricFilter", _test)


def record(group: str, events: list[dict[str, Any]]) -> None:
    """Apply the group's filters to events of the current account that have just arrived."""
    from ministack.services import cloudwatch_logs

    for (filter_group, name), filter_ in cloudwatch_logs._metric_filters.items():
        if filter_group != group:
            continue
        pattern = compiled(filter_["filterPattern"])
        matches = [(event, fields) for event in events
                   if (fields := pattern.match(event.get("message", ""))) is not None]
        key = (cloudwatch_logs.get_account_id(), cloudwatch_logs.get_region(), group, name)
        _without_match[key] = _without_match.get(key, True) and not matches
        for event, fields in matches:
            for transformation in filter_["metricTransformations"]:
                _publish(transformation, event, fields)


def publish_defaults(end: float) -> None:
    """Report default values for the minute that ended at `end` and saw events of which none matched."""
    from ministack.core.responses import request_scope
    from ministack.services import cloudwatch_logs

    seen = dict(_without_match)
    _without_match.clear()
    for (account, region, group, name), without_match in seen.items():
        filter_ = cloudwatch_logs._metric_filters.get_scoped(account, region, (group, name))
        for transformation in filter_["metricTransformations"] if filter_ and without_match else []:
            if transformation.get("defaultValue") is not None:
                with request_scope(account, region):
                    _record(transformation, {}, end - 0.1, float(transformation["defaultValue"]))


def _publish(transformation: dict[str, Any], event: dict[str, Any], fields: Fields) -> None:
    try:
        raw = str(transformation["metricValue"])
        value = number_of(fields(raw) if raw.startswith("$") else raw)
        dimensions = {key: text_of(fields(field)) for key, field in (transformation.get("dimensions") or {}).items()}
    except KeyError:  # a field that the event does not have: no metric
        return
    if value is not None and all(dimensions.values()):
        _record(transformation, dimensions, event.get("timestamp", time.time() * 1000) / 1000, value)


def _record(transformation: dict[str, Any], dimensions: dict[str, str], at: float, value: float) -> None:
    store.record(transformation["metricNamespace"], transformation["metricName"], dimensions, at,
                 transformation.get("unit") or "None", value=value)


def _checking(original: Any) -> Any:
    def put_metric_filter(data: dict[str, Any]) -> Any:
        if problem := _problem(data):
            return actions.refusal("InvalidParameterException", problem)
        return original(data)

    return put_metric_filter


def _problem(data: dict[str, Any]) -> str | None:
    transformations = data.get("metricTransformations") or []
    if len(transformations) != 1:
        return "A metric filter has exactly one metric transformation."
    transformation = transformations[0]
    if not all(transformation.get(key) for key in ("metricName", "metricNamespace", "metricValue")):
        return "A metric transformation needs metricName, metricNamespace and metricValue."
    dimensions = transformation.get("dimensions") or {}
    if len(dimensions) > MAX_DIMENSIONS or (dimensions and transformation.get("defaultValue") is not None):
        return "A metric filter has at most 3 dimensions, and no default value when it has any."
    raw = str(transformation["metricValue"])
    if not raw.startswith("$") and number_of(raw) is None:
        return f"Invalid metric transformation: metric value '{raw}' is neither a number nor a field."
    return _problem_of_pattern(data)


def _problem_of_pattern(data: dict[str, Any]) -> str | None:
    try:
        compiled(data.get("filterPattern") or "")
    except ValueError as error:
        return f"Invalid filter pattern. {error}"
    return None


def _test(data: dict[str, Any]) -> Any:
    if problem := _problem_of_pattern(data):
        return actions.refusal("InvalidParameterException", problem)
    pattern = compiled(data.get("filterPattern") or "")
    matches = [
        {"eventNumber": number, "eventMessage": message, "extractedValues": {}}
        for number, message in enumerate(data.get("logEventMessages") or [], 1) if pattern.match(message) is not None
    ]
    return actions.reply({"matches": matches})
