"""What an alarm watches, and PutMetricAlarm and AWS::CloudWatch::Alarm with metric math.

Stock MiniStack drops `Metrics` (metric math) of PutMetricAlarm, refuses it in templates, and evaluates an alarm when
data are put, over all metrics of the name whatever their dimensions. Here `Metrics` are kept and checked, and nothing
is evaluated outside the clock ("PutMetricAlarm", Amazon CloudWatch API Reference; "Alarms on math expressions", Amazon
CloudWatch User Guide).
"""

from __future__ import annotations

from typing import Any

from ..metrics.expression_syntax import ExpressionError
from ..metrics.queries import Queries, Window
from ..metrics.statistics import is_statistic
from ..metrics.wire import RequestError, refusal, request_of
from ..patching import require, swap

PATCH = "alarm definitions"
COMPARISONS = ("GreaterThanOrEqualToThreshold", "GreaterThanThreshold", "LessThanThreshold",
               "LessThanOrEqualToThreshold")
WATCHED = "watched"
"""Id of the query of an alarm on a plain metric."""
_STATE = ("StateReasonData", "StateTransitionedTimestamp")
_OF_A_METRIC = ("MetricName", "Namespace", "Statistic", "ExtendedStatistic", "Period", "Dimensions", "Unit")


def install() -> None:
    """Keep metric math, and take evaluation away from everything but the clock."""
    from ministack.services import cloudwatch
    from ministack.services.cloudformation import provisioners

    require(cloudwatch, "_alarms", patch=PATCH)
    swap(cloudwatch, "_evaluate_alarm", lambda _: lambda alarm: None, patch=PATCH, parameters="alarm")
    swap(cloudwatch, "_evaluate_all_alarms", lambda _: lambda: None, patch=PATCH, parameters="")
    swap(cloudwatch, "_put_metric_alarm", _putting, patch=PATCH, parameters="params cbor_data is_cbor is_json")
    swap(provisioners, "_cw_metric_alarm_record", _from_template, patch=PATCH, parameters="name props")


def queries_of(alarm: dict[str, Any]) -> list[dict[str, Any]]:
    """The alarm's queries: its metric math, or its one metric."""
    if alarm.get("Metrics"):
        return list(alarm["Metrics"])
    statistic = alarm.get("ExtendedStatistic") or alarm.get("Statistic") or "Average"
    metric = {key: alarm.get(key) for key in ("Namespace", "MetricName", "Dimensions")}
    return [{"Id": WATCHED, "ReturnData": True, "MetricStat": {
        "Metric": metric, "Period": alarm.get("Period") or 60, "Stat": statistic, "Unit": alarm.get("Unit")}}]


def watched_query(queries: list[dict[str, Any]]) -> dict[str, Any]:
    """The one query whose values are compared with the threshold."""
    watched = [query for query in queries if query.get("ReturnData", True)]
    if len(watched) != 1:
        raise RequestError("Exactly one element of the metrics list should return data.")
    return watched[0]


def period_of(queries: list[dict[str, Any]]) -> int:
    """The period of an alarm in seconds: all its metrics have the same."""
    periods = [query["MetricStat"]["Period"] for query in queries if "MetricStat" in query]
    return int(max([*periods, *(query["Period"] for query in queries if query.get("Period"))], default=60))


def check(alarm: dict[str, Any]) -> None:
    """Raise RequestError for what CloudWatch would refuse, or the local cloud cannot watch."""
    if alarm.get("ThresholdMetricId") or alarm.get("ComparisonOperator") not in COMPARISONS:
        raise RequestError("The local cloud compares with a fixed threshold only, by one of " + ", ".join(COMPARISONS)
                           + "; it has no anomaly detection.")
    needed = int(alarm.get("EvaluationPeriods") or 0)
    if not 1 <= int(alarm.get("DatapointsToAlarm") or needed) <= needed:
        raise RequestError("EvaluationPeriods must be at least 1 and DatapointsToAlarm no greater than it.")
    if bool(alarm.get("Metrics")) == bool(alarm.get("MetricName")):
        raise RequestError("An alarm watches either MetricName or Metrics.")
    queries = queries_of(alarm)
    period = period_of(queries)
    if period not in (10, 20, 30) and (period < 60 or period % 60):
        raise RequestError(f"The period {period} is neither 10, 20, 30 nor a multiple of 60.")
    for query in queries:
        _check_query(query)
    try:
        lines = Queries(queries, Window(0, period, sliding=True)).lines(str(watched_query(queries)["Id"]))
    except (ExpressionError, KeyError) as error:
        raise RequestError(f"The alarm's metrics cannot be evaluated: {error}") from error
    if len(lines) != 1:
        raise RequestError("The expression of an alarm must return a single time series.")


def _check_query(query: dict[str, Any]) -> None:
    statistic = query.get("MetricStat", {}).get("Stat")
    if statistic is not None and not is_statistic(statistic):
        raise RequestError(f"CloudWatch has no statistic '{statistic}'.")
    if "SEARCH" in str(query.get("Expression", "")).upper():
        raise RequestError("SEARCH is not supported on Metric Alarms.")


def normalised(queries: Any) -> list[dict[str, Any]]:
    """Metric queries with numbers and truth values where templates and the Query protocol have texts."""
    result = []
    for query in queries:
        clean = dict(query)
        clean["ReturnData"] = str(query.get("ReturnData", True)).lower() != "false"
        if "Period" in clean:
            clean["Period"] = int(clean["Period"])
        if "MetricStat" in clean:
            clean["MetricStat"] = {**clean["MetricStat"], "Period": int(clean["MetricStat"].get("Period", 60))}
        result.append(clean)
    return result


def _putting(original: Any) -> Any:
    def put_metric_alarm(params: Any, body: Any, is_cbor: bool, is_json: bool = False) -> Any:
        from ministack.services import cloudwatch

        request = dict(request_of(params, body, is_cbor, is_json))
        if request.get("Metrics"):
            request["Metrics"] = normalised(request["Metrics"])
        try:
            check(request)
        except RequestError as error:
            return refusal(error, is_cbor, is_json)
        before = dict(cloudwatch._alarms.get(request.get("AlarmName")) or {})
        reply = original(params, body, is_cbor, is_json)
        if reply[0] < 300:
            alarm = cloudwatch._alarms[request["AlarmName"]]
            alarm.update({key: before[key] for key in _STATE if key in before})
            alarm["InsufficientDataActions"] = request.get("InsufficientDataActions") or []
            _watch_queries(alarm, request)
        return reply

    return put_metric_alarm


def _from_template(original: Any) -> Any:
    def record(name: str, props: dict[str, Any]) -> dict[str, Any]:
        from ministack.services import cloudwatch

        stand_ins = {"MetricName": "-", "Namespace": "-"} if props.get("Metrics") else {}
        alarm: dict[str, Any] = original(name, {**props, "Metrics": None, **stand_ins})
        before = cloudwatch._alarms.get(name) or {}
        alarm.update({key: before[key] for key in _STATE if key in before})
        request = {**props, "Metrics": normalised(props["Metrics"])} if props.get("Metrics") else props
        check(request)
        _watch_queries(alarm, request)
        return alarm

    return record


def _watch_queries(alarm: dict[str, Any], request: dict[str, Any]) -> None:
    """AWS describes either the one metric or the list of queries, and either kind of statistic."""
    if request.get("Metrics"):
        alarm["Metrics"] = request["Metrics"]
        for key in _OF_A_METRIC:
            alarm.pop(key, None)
    elif alarm.get("ExtendedStatistic"):
        alarm.pop("Statistic", None)
