"""The log of an invocation in CloudWatch Logs, in the stream of the environment that served it.

Stock MiniStack makes a new log stream for every invocation, reports the time from the request to the answer as
Duration (waiting and starting included), and the tail that Invoke returns lacks START, END and REPORT. On AWS a stream
belongs to one execution environment, and REPORT gives Duration, Billed Duration, for the first call Init Duration, and
for a traced one the trace's id
("Sending Lambda function logs to CloudWatch Logs" and "Viewing CloudWatch logs for Lambda functions", AWS Lambda
Developer Guide).
"""

from __future__ import annotations

import math
import time
from typing import Any

from .lambda_pool import Run
from .patching import require, swap
from .xray import function_segments

PATCH = "worker logs"


def install() -> None:
    """Write the logs of pooled Node workers; other executors keep MiniStack's way."""
    from ministack.services import cloudwatch_logs, lambda_svc

    for name in ("_log_groups", "_make_group_arn", "_append_log_events", "_fanout_to_subscription_filters"):
        require(cloudwatch_logs, name, patch=PATCH)
    swap(lambda_svc, "_emit_lambda_logs", _writing_to_environment_stream, patch=PATCH,
         parameters="func request_id log_text error duration_ms log_source")
    swap(lambda_svc, "_execute_function_dispatch", _returning_whole_tail, patch=PATCH,
         parameters="func config event request_id started")


def _writing_to_environment_stream(original: Any) -> Any:
    def emit(func: dict[str, Any], request_id: str, log_text: str, error: bool, duration_ms: int, *,
             log_source: Any = None) -> None:
        if not isinstance(log_source, Run):
            original(func, request_id, log_text, error, duration_ms, log_source=log_source)
            return
        _append(log_source, _lines(func.get("config") or func, request_id, log_text, log_source))

    return emit


def _returning_whole_tail(original: Any) -> Any:
    def dispatch(func: Any, config: dict[str, Any], event: Any, request_id: str, started: float) -> dict[str, Any]:
        result = original(func, config, event, request_id, started)
        run = result.get("log_source")
        if isinstance(run, Run):
            result["log"] = "\n".join(_lines(config, request_id, result.get("log", ""), run)) + "\n"
        return result

    return dispatch


def _lines(config: dict[str, Any], request_id: str, log_text: str, run: Run) -> list[str]:
    memory = config.get("MemorySize", 128)
    report = [
        f"REPORT RequestId: {request_id}",
        f"Duration: {run.duration_ms:.2f} ms",
        f"Billed Duration: {math.ceil(run.duration_ms)} ms",
        f"Memory Size: {memory} MB",
        f"Max Memory Used: {memory} MB",
    ]
    if run.init_ms is not None:
        report.append(f"Init Duration: {run.init_ms:.2f} ms")
    invocation = function_segments.current.get()
    if invocation is not None and invocation.trace.sampled:
        report += [f"XRAY TraceId: {invocation.trace.root}", f"SegmentId: {invocation.function_id}", "Sampled: true"]
    own = log_text.splitlines()
    start = f"START RequestId: {request_id} Version: {config.get('Version', '$LATEST')}"
    return [start, *own, f"END RequestId: {request_id}", "\t".join(report)]


def _append(run: Run, lines: list[str]) -> None:
    from ministack.services import cloudwatch_logs

    now = int(time.time() * 1000)
    group = cloudwatch_logs._log_groups.get(run.log_group)
    if group is None:
        group = cloudwatch_logs._log_groups[run.log_group] = {
            "arn": cloudwatch_logs._make_group_arn(run.log_group), "creationTime": now, "retentionInDays": None,
            "tags": {}, "subscriptionFilters": {}, "streams": {},
        }
    stream = group["streams"].setdefault(run.log_stream, {
        "events": [], "uploadSequenceToken": "1", "creationTime": now,
        "firstEventTimestamp": None, "lastEventTimestamp": None, "lastIngestionTime": None,
    })
    events = [{"timestamp": now, "message": line, "ingestionTime": now} for line in lines]
    cloudwatch_logs._append_log_events(stream, events)
    cloudwatch_logs._fanout_to_subscription_filters(
        run.log_group, run.log_stream, [{"timestamp": now, "message": line} for line in lines]
    )
