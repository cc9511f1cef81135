"""`AWS/Lambda` metrics of every invocation, whoever made it.

Stock MiniStack publishes Invocations, Errors, Throttles and Duration for direct calls only, by FunctionName only, and
counts a synchronous throttle twice. On AWS every invocation is counted, by FunctionName, by Resource (`name:alias` or
`name:version`) and by ExecutedVersion; a throttled request is neither an invocation nor an error; Duration leaves out
the start of the environment; IteratorAge is the age of the last record of a stream's batch ("Types of metrics for
Lambda functions" and "Viewing metrics for Lambda functions", AWS Lambda Developer Guide).
"""

from __future__ import annotations

import time
from typing import Any

from .aliases import qualifier_of
from .lambda_pool import Run
from .patching import require, swap

PATCH = "AWS/Lambda metrics"


def install() -> None:
    """Count at the two points that every invocation passes; silence MiniStack's own counting."""
    from ministack.services import cloudwatch, lambda_svc

    require(cloudwatch, "record_metric", patch=PATCH)
    swap(lambda_svc, "_emit_lambda_metrics", lambda _: lambda *args, **options: None, patch=PATCH,
         parameters="function_name duration_ms error throttle")
    swap(lambda_svc, "_execute_function_dispatch", _counting, patch=PATCH,
         parameters="func config event request_id started")
    swap(lambda_svc, "_acquire_execution_slot", _counting_throttles, patch=PATCH, parameters="func config")


def _counting(original: Any) -> Any:
    def dispatch(func: Any, config: dict[str, Any], event: Any, request_id: str, started: float) -> dict[str, Any]:
        age = _iterator_age(event, time.time())
        if age is not None:
            _record(config, "IteratorAge", age, "Milliseconds")
        result = original(func, config, event, request_id, started)
        run = result.get("log_source")
        milliseconds = run.duration_ms if isinstance(run, Run) else (time.time() - started) * 1000
        _record(config, "Invocations", 1, "Count")
        _record(config, "Errors", 1 if result.get("error") else 0, "Count")
        _record(config, "Throttles", 0, "Count")
        _record(config, "Duration", milliseconds, "Milliseconds")
        return result

    return dispatch


def _iterator_age(event: Any, now: float) -> float | None:
    """Milliseconds since the last record of a batch of DynamoDB's was written; None for every other event."""
    records = event.get("Records") if isinstance(event, dict) else None
    last = records[-1] if isinstance(records, list) and records else None
    if not isinstance(last, dict) or last.get("eventSource") != "aws:dynamodb":
        return None
    return max(0.0, now - float(last["dynamodb"]["ApproximateCreationDateTime"])) * 1000


def _counting_throttles(original: Any) -> Any:
    def acquire_execution_slot(func: Any, config: dict[str, Any]) -> Any:
        slot, limit = original(func, config)
        if slot is None:
            _record(config, "Throttles", 1, "Count")
        return slot, limit

    return acquire_execution_slot


def _record(config: dict[str, Any], metric: str, value: float, unit: str) -> None:
    from ministack.services import cloudwatch

    name = config.get("FunctionName", "unknown")
    qualifier = qualifier_of(config)
    dimensions = {"FunctionName": name}
    cloudwatch.record_metric("AWS/Lambda", metric, value, unit, dimensions)
    dimensions = {**dimensions, "Resource": f"{name}:{qualifier}" if qualifier else name}
    cloudwatch.record_metric("AWS/Lambda", metric, value, unit, dimensions)
    dimensions = {**dimensions, "ExecutedVersion": config.get("Version", "$LATEST")}
    cloudwatch.record_metric("AWS/Lambda", metric, value, unit, dimensions)
