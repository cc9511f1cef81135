"""AWS::CodeDeploy::Application, DeploymentGroup and DeploymentConfig.

Their properties are the members of the API in PascalCase; Ref gives the name ("AWS CodeDeploy resource type reference",
AWS CloudFormation Template Reference).
"""

from __future__ import annotations

from typing import Any

from ministack.services.cloudformation import provisioners

from ..patching import require
from . import applications, configurations, groups, records, tags
from .records import Record

PATCH = "CodeDeploy resource types"
_CREATE_ONLY = {
    "AWS::CodeDeploy::Application": ("ApplicationName", "ComputePlatform"),
    "AWS::CodeDeploy::DeploymentGroup": ("ApplicationName", "DeploymentGroupName"),
    "AWS::CodeDeploy::DeploymentConfig": (
        "DeploymentConfigName", "ComputePlatform", "TrafficRoutingConfig", "MinimumHealthyHosts", "ZonalConfig"),
}
_NUMBERS = ("canaryPercentage", "canaryInterval", "linearPercentage", "linearInterval")
_FLAGS = ("enabled", "ignorePollAlarmFailure")


def install() -> None:
    """Register the three types."""
    handlers = require(provisioners, "_RESOURCE_HANDLERS", patch=PATCH)
    replacing = require(provisioners, "_REPLACING_PROPERTIES", patch=PATCH)
    tagged = require(provisioners, "_STACK_TAG_PROPERTY", patch=PATCH)
    for name in ("_physical_name", "_reconcile_tag_map"):
        require(provisioners, name, patch=PATCH)
    handlers["AWS::CodeDeploy::Application"] = {
        "create": _create_application, "update": _update_application, "delete": _delete_application}
    handlers["AWS::CodeDeploy::DeploymentGroup"] = {
        "create": _create_group, "update": _update_group, "delete": _delete_group}
    handlers["AWS::CodeDeploy::DeploymentConfig"] = {
        "create": _create_configuration, "delete": _delete_configuration}
    for resource_type, properties in _CREATE_ONLY.items():
        replacing[resource_type] = properties
        if resource_type != "AWS::CodeDeploy::DeploymentConfig":
            tagged[resource_type] = ("Tags", "list")


def _create_application(logical_id: str, props: Record, stack_name: str) -> tuple[str, Record]:
    name = _name(props, "ApplicationName", stack_name, logical_id)
    applications.create_application({**_members(props), "applicationName": name})
    return name, {}


def _update_application(physical_id: str, old: Record, new: Record, stack_name: str) -> tuple[str, Record]:
    _retag(tags.application_arn(physical_id), old, new)
    return physical_id, {}


def _delete_application(physical_id: str, props: Record) -> None:
    applications.delete_application({"applicationName": physical_id})


def _create_group(logical_id: str, props: Record, stack_name: str) -> tuple[str, Record]:
    name = _name(props, "DeploymentGroupName", stack_name, logical_id)
    groups.create_deployment_group({**_members(props), "deploymentGroupName": name})
    return name, {}


def _update_group(physical_id: str, old: Record, new: Record, stack_name: str) -> tuple[str, Record]:
    # What the template no longer has goes back to its default.
    dropped: Record = {member: None for member in _members(old) if member in groups.SETTINGS}
    if "DeploymentConfigName" in old:
        dropped["deploymentConfigName"] = configurations.ALL_AT_ONCE
    groups.update_deployment_group({**dropped, **_members(new), "currentDeploymentGroupName": physical_id})
    _retag(tags.group_arn(new["ApplicationName"], physical_id), old, new)
    return physical_id, {}


def _delete_group(physical_id: str, props: Record) -> None:
    groups.delete_deployment_group(
        {"applicationName": props["ApplicationName"], "deploymentGroupName": physical_id})


def _create_configuration(logical_id: str, props: Record, stack_name: str) -> tuple[str, Record]:
    name = _name(props, "DeploymentConfigName", stack_name, logical_id)
    configurations.create_deployment_config({**_members(props), "deploymentConfigName": name})
    return name, {}


def _delete_configuration(physical_id: str, props: Record) -> None:
    configurations.delete_deployment_config({"deploymentConfigName": physical_id})


def _name(props: Record, member: str, stack_name: str, logical_id: str) -> str:
    return str(props.get(member) or provisioners._physical_name(stack_name, logical_id, max_len=100))


def _retag(arn: str, old: Record, new: Record) -> None:
    provisioners._reconcile_tag_map(records.tags.setdefault(arn, {}), old, new)


def _members(props: Record) -> Record:
    """Properties as members of the API; tags keep their capitals there, too."""
    members = {name: value for name, value in props.items() if name != "Tags"}
    return {**_lower_camel(members), "tags": props.get("Tags")}


def _lower_camel(value: Any) -> Any:
    if isinstance(value, list):
        return [_lower_camel(item) for item in value]
    if not isinstance(value, dict):
        return value
    members = {name[:1].lower() + name[1:]: _lower_camel(item) for name, item in value.items()}
    # A template may write numbers and booleans as strings.
    for name in members.keys() & set(_NUMBERS):
        members[name] = int(members[name])
    for name in members.keys() & set(_FLAGS):
        members[name] = str(members[name]).lower() == "true"
    return members
