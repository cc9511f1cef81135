"""`AWS::StepFunctions::StateMachineVersion` and `AWS::StepFunctions::StateMachineAlias` in templates.

Stock MiniStack refuses both types. On AWS every property of a version replaces it; an alias has either a
RoutingConfiguration, which takes effect at once, or a DeploymentPreference, by which CloudFormation itself shifts the
traffic when the version changes, never when the alias is created; Ref and Arn are the ARNs (AWS CloudFormation
Template Reference). A rollback of the stack moves the alias back at once (README, 'Choices that AWS does not
document').
"""

from __future__ import annotations

import json
from typing import Any

from . import stack_shifts
from .deployment_clock import DeploymentClock
from .patching import require
from .stack_shifts import StackUpdate
from .stack_updates import is_rolling_back, wait_for_shift
from .state_machine_shifts import AliasShift, main_version, preference_of
from .traffic_shifts import ShiftFailed

PATCH = "types of state machine versions and aliases"
VERSION, ALIAS = "AWS::StepFunctions::StateMachineVersion", "AWS::StepFunctions::StateMachineAlias"
Properties = dict[str, Any]
Created = tuple[str, dict[str, str]]


def install(clock: DeploymentClock) -> None:
    """Teach CloudFormation both types. Deployments take the time of `clock`."""
    from ministack.services import cloudwatch
    from ministack.services import stepfunctions as sfn
    from ministack.services.cloudformation import provisioners

    for name in ("_publish_state_machine_version", "_delete_state_machine_version", "_create_state_machine_alias",
                 "_update_state_machine_alias", "_delete_state_machine_alias"):
        require(sfn, name, patch=PATCH)
    for name in ("_alarms", "_composite_alarms"):
        require(cloudwatch, name, patch=PATCH)
    require(provisioners, "_physical_name", patch=PATCH)
    handlers = require(provisioners, "_RESOURCE_HANDLERS", patch=PATCH)
    handlers[VERSION] = {"create": _publish, "delete": _delete_version}
    handlers[ALIAS] = {
        "create": _create_alias, "update": _update_alias, "update_with_logical_id": True, "delete": _delete_alias}
    replacing = require(provisioners, "_REPLACING_PROPERTIES", patch=PATCH)
    replacing.update({VERSION: ("Description", "StateMachineArn", "StateMachineRevisionId"), ALIAS: ("Name",)})
    stack_shifts.register(ALIAS, policy_of, _beginning(clock), _restore)


def _publish(logical_id: str, props: Properties, stack_name: str) -> Created:
    answer = _call("_publish_state_machine_version", {
        "stateMachineArn": props.get("StateMachineArn"), "description": props.get("Description", ""),
        "revisionId": props.get("StateMachineRevisionId")})
    arn = answer["stateMachineVersionArn"]
    return arn, {"Arn": arn}


def _delete_version(physical_id: str, props: Properties) -> None:
    _call("_delete_state_machine_version", {"stateMachineVersionArn": physical_id})


def _create_alias(logical_id: str, props: Properties, stack_name: str) -> Created:
    from ministack.services import stepfunctions as sfn
    from ministack.services.cloudformation import provisioners

    name = props.get("Name") or provisioners._physical_name(stack_name, logical_id, max_len=80)
    routing = _routing_of(props)
    arn = f"{routing[0]['stateMachineVersionArn'].rsplit(':', 1)[0]}:{name}"
    if arn in sfn._state_machine_aliases:  # CreateStateMachineAlias would take it for a repetition.
        raise ValueError(f"{ALIAS}: {arn} already exists")
    _call("_create_state_machine_alias", {
        "name": name, "description": props.get("Description", ""), "routingConfiguration": routing})
    return arn, {"Arn": arn}


def _delete_alias(physical_id: str, props: Properties) -> None:
    _call("_delete_state_machine_alias", {"stateMachineAliasArn": physical_id})


def _update_alias(
    physical_id: str, old: Properties, new: Properties, stack_name: str, logical_id: str | None = None
) -> Created:
    routing = _routing_of(new)
    if logical_id is not None and not is_rolling_back(stack_name):
        wait_for_shift(stack_name, logical_id, physical_id, old)
    _call("_update_state_machine_alias", {
        "stateMachineAliasArn": physical_id, "description": new.get("Description", ""),
        "routingConfiguration": routing})
    return physical_id, {"Arn": physical_id}


def _restore(physical_id: str, properties: Properties) -> None:
    try:
        _call("_update_state_machine_alias", {
            "stateMachineAliasArn": physical_id, "routingConfiguration": _routing_of(properties)})
    except ValueError as error:
        raise ShiftFailed(str(error)) from error


def policy_of(resource: dict[str, Any]) -> Any:
    """The unresolved DeploymentPreference of a template's alias, None when it has none."""
    return (resource.get("Properties") or {}).get("DeploymentPreference")


def _beginning(clock: DeploymentClock) -> stack_shifts.Begin:
    def begin(update: StackUpdate, logical_id: str, old: Properties, new: Properties) -> AliasShift | None:
        from ministack.services import stepfunctions as sfn

        arn = update.physical_id_of(logical_id)
        alias = sfn._state_machine_aliases.get(arn)
        try:
            preference = preference_of(new)
        except ValueError as error:
            raise ShiftFailed(str(error)) from error
        renamed = old.get("Name") != new.get("Name")
        if alias is None or preference is None or renamed or preference.version == main_version(alias):
            return None
        return AliasShift(arn, preference, clock, lambda told: update.tell(logical_id, "UPDATE_IN_PROGRESS", told))

    return begin


def _routing_of(props: Properties) -> list[dict[str, Any]]:
    """The routing that the alias has in the end."""
    preference, given = preference_of(props), props.get("RoutingConfiguration")
    if bool(preference) == bool(given):
        raise ValueError(f"{ALIAS} needs either RoutingConfiguration or DeploymentPreference.")
    if preference:
        return [{"stateMachineVersionArn": preference.version, "weight": 100}]
    return [{"stateMachineVersionArn": route.get("StateMachineVersionArn"), "weight": int(route.get("Weight", 0))}
            for route in given or []]


def _call(operation: str, data: Properties) -> dict[str, Any]:
    from ministack.services import stepfunctions as sfn

    status, _, body = getattr(sfn, operation)(data)
    answer: dict[str, Any] = json.loads(body or b"{}")
    if status >= 400:
        raise ValueError(f"{answer.get('message')} ({answer.get('__type')})")
    return answer
