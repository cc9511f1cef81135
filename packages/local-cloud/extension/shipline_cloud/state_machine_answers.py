"""What is told of an execution names the version and the alias that it was started with.

Stock MiniStack leaves both out of DescribeExecution, ListExecutions and the status change events, lists nothing for the
ARN of a version or an alias, and describes the machine of an execution as it is now. On AWS DescribeExecution and
ListExecutions tell both ARNs, ListExecutions takes either as its stateMachineArn, DescribeStateMachineForExecution
"provides information about a state machine's definition … as they were when the execution was started" (Step Functions
API Reference), and events carry both ARNs ("Step Functions execution status change", EventBridge event reference).
"""

from __future__ import annotations

import json
from typing import Any

from .patching import require, swap
from .state_machine_versions import STARTED_WITH, definition_of

PATCH = "answers about executions"
_EVERYTHING = 10**9


def install() -> None:
    """Add to MiniStack's answers what executions know of themselves."""
    from ministack.services import eventbridge
    from ministack.services import stepfunctions as sfn

    for name in ("_executions", "_encode_execution_token", "json_response"):
        require(sfn, name, patch=PATCH)
    swap(sfn, "_describe_execution", _describing, patch=PATCH, parameters="data")
    swap(sfn, "_list_executions", _listing, patch=PATCH, parameters="data")
    swap(sfn, "_describe_state_machine_for_execution", _describing_machine, patch=PATCH, parameters="data")
    swap(eventbridge, "_put_events", _completing_events, patch=PATCH, parameters="data allow_aws_source")


def _started_with(execution_arn: str) -> dict[str, str]:
    from ministack.services import stepfunctions as sfn

    execution = sfn._executions.get(execution_arn) or {}
    return {name: execution[name] for name in STARTED_WITH if name in execution}


def _describing(original: Any) -> Any:
    from ministack.services import stepfunctions as sfn

    def describe_execution(data: dict[str, Any]) -> Any:
        status, headers, body = original(data)
        if status != 200:
            return status, headers, body
        return sfn.json_response({**json.loads(body), **_started_with(data["executionArn"])})

    return describe_execution


def _listing(original: Any) -> Any:
    from ministack.services import stepfunctions as sfn

    def list_executions(data: dict[str, Any]) -> Any:
        arn = data.get("stateMachineArn")
        qualified = arn in sfn._state_machine_versions or arn in sfn._state_machine_aliases
        asked = {**data, "stateMachineArn": arn.rsplit(":", 1)[0], "maxResults": _EVERYTHING} if qualified else data
        status, headers, body = original(asked)
        if status != 200:
            return status, headers, body
        answer = json.loads(body)
        listed = [{**item, **_started_with(item["executionArn"])} for item in answer["executions"]]
        if not qualified:
            return sfn.json_response({**answer, "executions": listed})
        return sfn.json_response(_page([item for item in listed if arn in item.values()], data.get("maxResults")))

    return list_executions


def _page(items: list[dict[str, Any]], max_results: int | None) -> dict[str, Any]:
    from ministack.services import stepfunctions as sfn

    size = int(max_results or 1000)
    more = {"nextToken": sfn._encode_execution_token(items[size - 1])} if len(items) > size else {}
    return {"executions": items[:size], **more}


def _describing_machine(original: Any) -> Any:
    from ministack.services import stepfunctions as sfn

    def describe_state_machine_for_execution(data: dict[str, Any]) -> Any:
        status, headers, body = original(data)
        execution = sfn._executions.get(data.get("executionArn"))
        if status != 200:
            return status, headers, body
        as_started = {name: execution[name] for name in ("roleArn", "revisionId") if execution.get(name)}
        return sfn.json_response({**json.loads(body), "definition": definition_of(execution), **as_started})

    return describe_state_machine_for_execution


def _completing_events(original: Any) -> Any:
    def put_events(data: dict[str, Any], allow_aws_source: bool = False) -> Any:
        if allow_aws_source:
            data = {**data, "Entries": [_completed(entry) for entry in data.get("Entries", [])]}
        return original(data, allow_aws_source)

    return put_events


def _completed(entry: dict[str, Any]) -> dict[str, Any]:
    if entry.get("Source") != "aws.states":
        return entry
    detail = json.loads(entry["Detail"])
    return {**entry, "Detail": json.dumps({**detail, **_started_with(detail.get("executionArn", ""))})}
