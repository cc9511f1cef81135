"""Publishing and deleting versions and aliases of state machines, where AWS differs.

Stock MiniStack publishes a new version at every call, refuses a repeated CreateStateMachineAlias, writes the
description of an alias whose routing it then refuses, lists aliases by machine only, and keeps versions and aliases of
a deleted machine. On AWS PublishStateMachineVersion "doesn't create a duplicate state machine version if it already
exists for the current revision", CreateStateMachineAlias is idempotent by name and routing, ListStateMachineAliases
takes the ARN of a version, and DeleteStateMachine deletes all versions and aliases (Step Functions API Reference).
"""

from __future__ import annotations

from typing import Any

from .patching import require, swap

PATCH = "state machine aliases"


def install() -> None:
    """Make the calls as repeatable and as thorough as on AWS."""
    from ministack.services import stepfunctions as sfn
    from ministack.services.cloudformation import provisioners

    for name in ("_state_machine_versions", "_state_machine_aliases", "_validate_routing_config", "json_response"):
        require(sfn, name, patch=PATCH)
    swap(sfn, "_publish_state_machine_version", _publishing_once, patch=PATCH, parameters="data")
    swap(sfn, "_create_state_machine_alias", _creating_once, patch=PATCH, parameters="data")
    swap(sfn, "_update_state_machine_alias", _checking_first, patch=PATCH, parameters="data")
    swap(sfn, "_list_state_machine_aliases", _listing_by_version, patch=PATCH, parameters="data")
    swap(sfn, "_delete_state_machine", _deleting_all, patch=PATCH, parameters="data")
    handler = require(provisioners, "_RESOURCE_HANDLERS", patch=PATCH)["AWS::StepFunctions::StateMachine"]
    handler["delete"] = _deleting_all_of_stack(handler["delete"])


def _publishing_once(original: Any) -> Any:
    from ministack.services import stepfunctions as sfn

    def publish_state_machine_version(data: dict[str, Any]) -> Any:
        machine = sfn._state_machines.get(data.get("stateMachineArn"))
        revision = (machine or {}).get("revisionId")
        if machine is not None and data.get("revisionId") in (None, "", revision):
            for arn, version in sfn._state_machine_versions.items():
                if (version["stateMachineArn"], version["stateMachineRevisionId"]) == (
                        machine["stateMachineArn"], revision):
                    return sfn.json_response({"stateMachineVersionArn": arn, "creationDate": version["creationDate"]})
        return original(data)

    return publish_state_machine_version


def _creating_once(original: Any) -> Any:
    from ministack.services import stepfunctions as sfn

    def create_state_machine_alias(data: dict[str, Any]) -> Any:
        answer = original(data)
        if answer[0] == 200 or b"ConflictException" not in answer[2]:
            return answer
        machine = data["routingConfiguration"][0]["stateMachineVersionArn"].rsplit(":", 1)[0]
        alias = sfn._state_machine_aliases.get(f"{machine}:{data['name']}")
        if alias is None or alias["routingConfiguration"] != data["routingConfiguration"]:
            return answer
        return sfn.json_response({
            "stateMachineAliasArn": alias["stateMachineAliasArn"], "creationDate": alias["creationDate"]})

    return create_state_machine_alias


def _checking_first(original: Any) -> Any:
    from ministack.services import stepfunctions as sfn

    def update_state_machine_alias(data: dict[str, Any]) -> Any:
        arn = data.get("stateMachineAliasArn")
        if arn in sfn._state_machine_aliases and "routingConfiguration" in data:
            if refused := sfn._validate_routing_config(data["routingConfiguration"], arn.rsplit(":", 1)[0]):
                return refused
        return original(data)

    return update_state_machine_alias


def _listing_by_version(original: Any) -> Any:
    from ministack.services import stepfunctions as sfn

    def list_state_machine_aliases(data: dict[str, Any]) -> Any:
        version = data.get("stateMachineArn")
        if version not in sfn._state_machine_versions:
            return original(data)
        listed = [
            {"stateMachineAliasArn": arn, "creationDate": alias["creationDate"]}
            for arn, alias in sfn._state_machine_aliases.items()
            if any(route["stateMachineVersionArn"] == version for route in alias["routingConfiguration"])]
        listed.sort(key=lambda alias: alias["creationDate"], reverse=True)
        return sfn.json_response({"stateMachineAliases": listed[:data.get("maxResults") or len(listed)]})

    return list_state_machine_aliases


def _deleting_all(original: Any) -> Any:
    def delete_state_machine(data: dict[str, Any]) -> Any:
        answer = original(data)
        if answer[0] == 200:
            _forget_releases_of(data["stateMachineArn"])
        return answer

    return delete_state_machine


def _deleting_all_of_stack(original: Any) -> Any:
    def delete(physical_id: str, props: dict[str, Any]) -> None:
        original(physical_id, props)
        _forget_releases_of(physical_id)

    return delete


def _forget_releases_of(machine: str) -> None:
    from ministack.services import stepfunctions as sfn

    for store in (sfn._state_machine_aliases, sfn._state_machine_versions):
        for arn in [arn for arn in store if arn.rsplit(":", 1)[0] == machine]:
            del store[arn]
