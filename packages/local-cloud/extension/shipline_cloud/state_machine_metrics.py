"""`AWS/States` metrics of executions, by state machine and by the version and the alias of the start.

Stock MiniStack publishes none. On AWS ExecutionsStarted, ExecutionsSucceeded, ExecutionsFailed, ExecutionsTimedOut,
ExecutionsAborted and ExecutionTime carry the dimension StateMachineArn; an execution that was started with a version
also counts with StateMachineArn and Version, one that was started with an alias with StateMachineArn and Alias
("Monitoring Step Functions metrics using Amazon CloudWatch", Step Functions Developer Guide). A start with an alias
associates the execution with the alias and with the version that it leads to ("How Step Functions associates
executions with a version or alias", ibid.): here it counts under both. That the version's metric has it is our reading
and not AWS's word, so no alarm of Shipline depends on it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from .patching import require, swap

PATCH = "AWS/States metrics"
_METRIC_OF = {
    "RUNNING": "ExecutionsStarted", "SUCCEEDED": "ExecutionsSucceeded", "FAILED": "ExecutionsFailed",
    "TIMED_OUT": "ExecutionsTimedOut", "ABORTED": "ExecutionsAborted",
}


def install() -> None:
    """Count at the point that every change of an execution's status passes."""
    from ministack.services import cloudwatch, stepfunctions

    require(cloudwatch, "record_metric", patch=PATCH)
    swap(stepfunctions, "_emit_execution_status_event", _counting, patch=PATCH, parameters="execution")


def _counting(original: Any) -> Any:
    def emit_execution_status_event(execution: dict[str, Any]) -> None:
        original(execution)
        status = execution["status"]
        if execution.get("sync"):  # Its start has no event of its own: it passes here at its end only.
            _record(execution, _METRIC_OF["RUNNING"], 1, "Count")
        _record(execution, _METRIC_OF[status], 1, "Count")
        if status != "RUNNING":
            _record(execution, "ExecutionTime", _milliseconds(execution), "Milliseconds")

    return emit_execution_status_event


def _milliseconds(execution: dict[str, Any]) -> float:
    started, stopped = (
        datetime.fromisoformat(execution[name].replace("Z", "+00:00")) for name in ("startDate", "stopDate"))
    return (stopped - started).total_seconds() * 1000


def _record(execution: dict[str, Any], metric: str, value: float, unit: str) -> None:
    from ministack.services import cloudwatch

    machine = {"StateMachineArn": execution["stateMachineArn"]}
    for dimensions in (machine, *({**machine, name: value} for name, value in _started_with(execution).items())):
        cloudwatch.record_metric("AWS/States", metric, value, unit, dimensions)


def _started_with(execution: dict[str, Any]) -> dict[str, str]:
    named = {"Version": execution.get("stateMachineVersionArn"), "Alias": execution.get("stateMachineAliasArn")}
    return {name: arn.rsplit(":", 1)[1] for name, arn in named.items() if arn}
