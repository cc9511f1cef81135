"""GetMetricData, GetMetricStatistics and ListMetrics over the metric store.

Stock MiniStack answers a request without dimensions from the metrics of all dimensions, ignores units and ScanBy, and
has no expressions. On AWS each set of dimensions is a metric of its own, data come latest first unless ScanBy says
otherwise, and expressions are evaluated ("GetMetricData" and "GetMetricStatistics", Amazon CloudWatch API Reference).
"""

from __future__ import annotations

import time
from typing import Any

from ..patching import require, swap
from . import store
from .expression_syntax import ExpressionError
from .queries import Queries, Window
from .statistics import is_statistic
from .wire import RequestError, operation

PATCH = "metric reading"


def install() -> None:
    """Replace the three operations."""
    from ministack.services import cloudwatch

    for name in ("_error", "_cbor_ok", "_cbor_timestamp", "_json_ok", "_xml", "_ts_iso", "_parse_ts"):
        require(cloudwatch, name, patch=PATCH)
    for name, function, answer in (
        ("GetMetricData", "_get_metric_data", _metric_data),
        ("GetMetricStatistics", "_get_metric_statistics", _metric_statistics),
        ("ListMetrics", "_list_metrics", _listed_metrics),
    ):
        swap(cloudwatch, function, lambda _, name=name, answer=answer: operation(name, answer), patch=PATCH,
             parameters="params cbor_data is_cbor is_json")


def _metric_data(request: dict[str, Any]) -> dict[str, Any]:
    asked = request.get("MetricDataQueries") or []
    queries = Queries(asked, _window(request))
    descending = request.get("ScanBy") != "TimestampAscending"
    try:
        results = [
            _result(query, line, descending)
            for query in asked if str(query.get("ReturnData", True)).lower() != "false"
            for line in queries.lines(str(query.get("Id", "")))
        ]
    except (ExpressionError, KeyError) as error:
        raise RequestError(_sentence(error)) from error
    return {"MetricDataResults": results}


def _result(query: dict[str, Any], line: Any, descending: bool) -> dict[str, Any]:
    points = sorted(line.points.items(), reverse=descending)
    label = query.get("Label") or ("" if "MetricStat" in query else str(query["Id"]))
    if "SEARCH" in str(query.get("Expression", "")).upper():
        label = f"{query['Label']} {line.label}" if query.get("Label") else line.label
    return {
        "Id": query["Id"], "Label": label or line.label, "StatusCode": "Complete",
        "Timestamps": [at for at, _ in points], "Values": [value for _, value in points],
    }


def _metric_statistics(request: dict[str, Any]) -> dict[str, Any]:
    name, period = request.get("MetricName", ""), int(request.get("Period") or 60)
    statistics = [*(request.get("Statistics") or []), *(request.get("ExtendedStatistics") or [])]
    if unknown := [statistic for statistic in statistics if not is_statistic(statistic)]:
        message = f"The value {unknown[0]} for parameter Statistics is not supported."
        raise RequestError(message, "InvalidParameterValue")
    if not statistics:
        raise RequestError("At least one of Statistics and ExtendedStatistics must be given.",
                           "InvalidParameterCombination")
    dimensions = {pair["Name"]: pair["Value"] for pair in request.get("Dimensions") or []}
    found = store.series(request.get("Namespace", ""), name, dimensions)
    datapoints: dict[float, dict[str, Any]] = {}
    for statistic in statistics if found else []:
        sampled = _window(request).sampled(found, statistic, period, request.get("Unit"))
        for at, value in sampled.items():
            point = datapoints.setdefault(at, {"Timestamp": at, "Unit": _unit(found, at, period)})
            extended = statistic in (request.get("ExtendedStatistics") or [])
            (point.setdefault("ExtendedStatistics", {}) if extended else point)[statistic] = value
    return {"Label": name, "Datapoints": [datapoints[at] for at in sorted(datapoints)]}


def _unit(found: Any, at: float, period: int) -> str:
    return found.between(at, at + period)[-1].unit


def _listed_metrics(request: dict[str, Any]) -> dict[str, Any]:
    wanted = request.get("Dimensions") or []
    return {"Metrics": [
        {"Namespace": namespace, "MetricName": name,
         "Dimensions": [{"Name": key, "Value": value} for key, value in found.dimensions.items()]}
        for namespace, name, found in store.all_series()
        if request.get("Namespace", namespace) == namespace and request.get("MetricName", name) == name
        and all(filter_["Name"] in found.dimensions
                and filter_.get("Value") in (None, "", found.dimensions[filter_["Name"]]) for filter_ in wanted)
    ]}


def _window(request: dict[str, Any]) -> Window:
    from ministack.services import cloudwatch

    start, end = (cloudwatch._parse_ts(request.get(key)) for key in ("StartTime", "EndTime"))
    if start is None or end is None:
        raise RequestError("StartTime and EndTime must be given.")
    if start >= end:
        raise RequestError("The parameter StartTime must be less than the parameter EndTime.")
    # No metric is older than what the store keeps; a longer grid would only be filled for nothing.
    return Window(max(start, time.time() - 4 * 3600), end)


def _sentence(error: Exception) -> str:
    return f"A metric query lacks {error}." if isinstance(error, KeyError) else str(error)
