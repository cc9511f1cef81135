"""Step Functions: starting twice is one execution, retries keep to their limits, an end is final.

Stock MiniStack refuses every second StartExecution of a name, ignores MaxDelaySeconds and JitterStrategy of a retrier
and TimeoutSeconds of a state machine, and lets a task that fails later overwrite an execution that was already
stopped. On AWS, StartExecution of a running standard execution with the same input "succeeds and returns the same
response as the original request"; otherwise it is ExecutionAlreadyExists ("StartExecution", Step Functions API
Reference); MaxDelaySeconds caps a retry's wait and FULL jitter spreads it from 0 ("Handling errors in Step Functions
workflows", Developer Guide); TimeoutSeconds ends the execution as TIMED_OUT with States.Timeout ("State machine
structure").
"""

from __future__ import annotations

import json
import random
import threading
from contextvars import copy_context
from typing import Any

from .patching import require, swap
from .state_machine_versions import definition_of

PATCH = "state machines"


def install() -> None:
    """Mend starting, retrying and ending of executions."""
    from ministack.services import stepfunctions

    for name in ("_executions", "_state_machines", "_resolve_state_machine_arn", "_add_event",
                 "_emit_execution_status_event", "json_response", "now_iso", "get_region", "get_account_id"):
        require(stepfunctions, name, patch=PATCH)
    swap(stepfunctions, "_start_execution", _starting_once, patch=PATCH, parameters="data")
    swap(stepfunctions, "_find_matching_retrier", _limiting_delay, patch=PATCH,
         parameters="retriers error retry_counts")
    swap(stepfunctions, "_fail_execution", _failing_only_running, patch=PATCH, parameters="execution error cause")
    swap(stepfunctions, "_run_execution", _timing_out, patch=PATCH, parameters="exec_arn")


def _starting_once(original: Any) -> Any:
    from ministack.services import stepfunctions as sfn

    def start_execution(data: dict[str, Any]) -> Any:
        machine = sfn._state_machines.get(sfn._resolve_state_machine_arn(data.get("stateMachineArn", "")) or "")
        if machine is not None and machine.get("type", "STANDARD") == "STANDARD" and data.get("name"):
            arn = f"arn:aws:states:{sfn.get_region()}:{sfn.get_account_id()}:execution:{machine['name']}:{data['name']}"
            running = sfn._executions.get(arn)
            if running and running["status"] == "RUNNING" and running["input"] == data.get("input", "{}"):
                return sfn.json_response({"executionArn": arn, "startDate": running["startDate"]})
        return original(data)

    return start_execution


def _limiting_delay(original: Any) -> Any:
    def find_matching_retrier(retriers: Any, error: str, retry_counts: dict[int, int]) -> tuple[Any, int]:
        retrier, index = original(retriers, error, retry_counts)
        if retrier is None:
            return retrier, index
        # MiniStack waits IntervalSeconds * BackoffRate ** retries: hand it the finished delay and no growth.
        return {**retrier, "IntervalSeconds": delay_of(retrier, retry_counts.get(index, 0)), "BackoffRate": 1.0}, index

    return find_matching_retrier


def delay_of(retrier: dict[str, Any], retries: int) -> float:
    """Seconds to wait before the next attempt, after so many retries by this retrier."""
    delay = float(retrier.get("IntervalSeconds", 1)) * float(retrier.get("BackoffRate", 2.0)) ** retries
    delay = min(delay, float(retrier.get("MaxDelaySeconds", delay)))
    return random.uniform(0, delay) if retrier.get("JitterStrategy") == "FULL" else delay


def _failing_only_running(original: Any) -> Any:
    def fail_execution(execution: dict[str, Any], error: str, cause: str) -> None:
        if execution["status"] == "RUNNING":
            original(execution, error, cause)

    return fail_execution


def _timing_out(original: Any) -> Any:
    from ministack.services import stepfunctions as sfn

    def run_execution(exec_arn: str) -> None:
        execution = sfn._executions.get(exec_arn)
        seconds = None if execution is None else _timeout_of(definition_of(execution))
        if execution is None or seconds is None:
            original(exec_arn)
            return
        timer = threading.Timer(seconds, copy_context().run, (_time_out, execution))
        timer.daemon = True
        timer.start()
        try:
            original(exec_arn)
        finally:
            timer.cancel()

    return run_execution


def _timeout_of(definition: str) -> float | None:
    try:
        return json.loads(definition).get("TimeoutSeconds")
    except ValueError:
        return None


def _time_out(execution: dict[str, Any]) -> None:
    from ministack.services import stepfunctions as sfn

    if execution["status"] != "RUNNING":
        return
    execution.update(status="TIMED_OUT", error="States.Timeout", stopDate=sfn.now_iso())
    sfn._add_event(execution, "ExecutionTimedOut", {"executionTimedOutEventDetails": {"error": "States.Timeout"}})
    sfn._emit_execution_status_event(execution)
