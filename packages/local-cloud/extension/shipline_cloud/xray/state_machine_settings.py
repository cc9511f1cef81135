"""State machines keep their tracing configuration.

Stock MiniStack forgets `tracingConfiguration`, from the API as from templates. On AWS DescribeStateMachine returns it
and it is off unless enabled ("TracingConfiguration", Step Functions API Reference; "AWS::StepFunctions::StateMachine
TracingConfiguration", CloudFormation User Guide).
"""

from __future__ import annotations

import json
from typing import Any

from ..patching import PatchError, require, swap

PATCH = "tracing configuration of state machines"
_TYPE = "AWS::StepFunctions::StateMachine"


def install() -> None:
    """Store it wherever a state machine is made or changed."""
    from ministack.services import stepfunctions as sfn
    from ministack.services.cloudformation import provisioners

    require(sfn, "_state_machines", patch=PATCH)
    swap(sfn, "_create_state_machine", _keeping, patch=PATCH, parameters="data")
    swap(sfn, "_update_state_machine", _keeping, patch=PATCH, parameters="data")
    handlers = require(provisioners, "_RESOURCE_HANDLERS", patch=PATCH).get(_TYPE, {})
    if not {"create", "update"} <= set(handlers):
        raise PatchError(f"The local cloud's patch '{PATCH}' needs handlers of {_TYPE}, which this MiniStack lacks.")
    handlers["create"] = _creating(handlers["create"])
    handlers["update"] = _updating(handlers["update"])


def _keeping(original: Any) -> Any:
    def change(data: dict[str, Any]) -> Any:
        answer = original(data)
        if answer[0] == 200 and "tracingConfiguration" in data:
            arn = data.get("stateMachineArn") or json.loads(answer[2])["stateMachineArn"]
            _keep(arn, data["tracingConfiguration"])
        return answer

    return change


def _creating(original: Any) -> Any:
    def create(logical_id: str, props: dict[str, Any], stack_name: str) -> Any:
        answer = original(logical_id, props, stack_name)
        _keep_property(answer[0], props)
        return answer

    return create


def _updating(original: Any) -> Any:
    def update(physical_id: str, old_props: Any, new_props: Any, stack_name: str, logical_id: str | None = None) -> Any:
        answer = original(physical_id, old_props, new_props, stack_name, logical_id)
        _keep_property(answer[0] if isinstance(answer, tuple) else physical_id, new_props)
        return answer

    return update


def _keep_property(arn: str, props: dict[str, Any]) -> None:
    enabled = (props.get("TracingConfiguration") or {}).get("Enabled", False)
    # Templates that come through SAM may carry the text.
    _keep(arn, {"enabled": str(enabled).lower() == "true"})


def _keep(arn: str, configuration: dict[str, Any]) -> None:
    from ministack.services import stepfunctions as sfn

    machine = sfn._state_machines.get(arn)
    if machine is not None:
        machine["tracingConfiguration"] = configuration
