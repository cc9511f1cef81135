"""Deployment groups: with which configuration, alarms and rollback an application's functions are deployed."""

from __future__ import annotations

import re

from ministack.core.responses import new_uuid

from . import applications, configurations, records, tags
from .errors import CodeDeployError
from .records import Record
from .requests import Request, batch_in, checked_name, name_in, page_of
from .settings import alarm_configuration, deployment_style, rollback_configuration, trigger_configurations

_ROLE = re.compile(r"arn:aws:iam::\d{12}:role/.+")
_OF_SERVERS = ("ec2TagFilters", "ec2TagSet", "onPremisesInstanceTagFilters", "onPremisesTagSet", "autoScalingGroups",
               "ecsServices", "loadBalancerInfo", "blueGreenDeploymentConfiguration")
SETTINGS = {
    "alarmConfiguration": alarm_configuration,
    "autoRollbackConfiguration": rollback_configuration,
    "triggerConfigurations": trigger_configurations,
    "deploymentStyle": deployment_style,
}
"""Member -> what checks it and knows its default."""


def create_deployment_group(request: Request) -> Record:
    application = name_in(request, "applicationName", "Application")
    applications.existing(application)
    name = name_in(request, "deploymentGroupName", "DeploymentGroup")
    if records.group_key(application, name) in records.groups:
        raise CodeDeployError("DeploymentGroupAlreadyExists", f"Deployment group name already exists: {name}")
    _refuse_servers(request)
    group = {
        "applicationName": application, "deploymentGroupId": new_uuid(), "deploymentGroupName": name,
        "computePlatform": "Lambda", "serviceRoleArn": _role_in(request),
        "deploymentConfigName": _configuration_in(request) or configurations.ALL_AT_ONCE,
        **{member: parse(request.get(member)) for member, parse in SETTINGS.items()},
    }
    tags.tag_new(tags.group_arn(application, name), request.get("tags"))
    records.groups[records.group_key(application, name)] = group
    return {"deploymentGroupId": group["deploymentGroupId"]}


def get_deployment_group(request: Request) -> Record:
    application = name_in(request, "applicationName", "Application")
    return {"deploymentGroupInfo": existing(application, name_in(request, "deploymentGroupName", "DeploymentGroup"))}


def batch_get_deployment_groups(request: Request) -> Record:
    application = name_in(request, "applicationName", "Application")
    applications.existing(application)
    names = batch_in(request, "deploymentGroupNames", required="DeploymentGroupNameRequired")
    found = {name: records.groups.get(records.group_key(application, name)) for name in names}
    answer: Record = {"deploymentGroupsInfo": [group for group in found.values() if group]}
    if missing := [name for name, group in found.items() if group is None]:
        answer["errorMessage"] = f"No deployment groups found for names: {', '.join(missing)}"
    return answer


def list_deployment_groups(request: Request) -> Record:
    application = name_in(request, "applicationName", "Application")
    applications.existing(application)
    names = sorted(group["deploymentGroupName"] for group in applications.groups_of(application))
    return {"applicationName": application, **page_of(names, request, "deploymentGroups")}


def update_deployment_group(request: Request) -> Record:
    """Members that are left out stay as they are."""
    application = name_in(request, "applicationName", "Application")
    name = name_in(request, "currentDeploymentGroupName", "DeploymentGroup")
    group = existing(application, name)
    _refuse_servers(request)
    changed = {member: parse(request[member]) for member, parse in SETTINGS.items() if member in request}
    if request.get("serviceRoleArn"):
        changed["serviceRoleArn"] = _role_in(request)
    if configuration := _configuration_in(request):
        changed["deploymentConfigName"] = configuration
    new = checked_name(request.get("newDeploymentGroupName") or name, "DeploymentGroup")
    if new != name and records.group_key(application, new) in records.groups:
        raise CodeDeployError("DeploymentGroupAlreadyExists", f"Deployment group name already exists: {new}")
    records.groups.pop(records.group_key(application, name))
    records.groups[records.group_key(application, new)] = {**group, **changed, "deploymentGroupName": new}
    tags.move(tags.group_arn(application, name), tags.group_arn(application, new))
    return {"hooksNotCleanedUp": []}


def delete_deployment_group(request: Request) -> Record:
    """Deleting what does not exist succeeds, as the API documents no error for it."""
    application = name_in(request, "applicationName", "Application")
    name = name_in(request, "deploymentGroupName", "DeploymentGroup")
    records.groups.pop(records.group_key(application, name), None)
    tags.forget(tags.group_arn(application, name))
    return {"hooksNotCleanedUp": []}


def existing(application: str, name: str) -> Record:
    """The group of that name."""
    applications.existing(application)
    group: Record | None = records.groups.get(records.group_key(application, name))
    if group is None:
        raise CodeDeployError("DeploymentGroupDoesNotExist", f"No deployment group found for name: {name}")
    return group


def _role_in(request: Request) -> str:
    role = request.get("serviceRoleArn")
    if not role:
        raise CodeDeployError("RoleRequired", "The member serviceRoleArn is required.")
    if not _ROLE.fullmatch(str(role)):
        raise CodeDeployError("InvalidRole", f"'{role}' is not the ARN of a role.")
    return str(role)


def _configuration_in(request: Request) -> str | None:
    name = request.get("deploymentConfigName")
    if not name:
        return None
    return str(configurations.existing(checked_name(name, "DeploymentConfig"))["deploymentConfigName"])


def _refuse_servers(request: Request) -> None:
    if given := [member for member in _OF_SERVERS if request.get(member)]:
        raise CodeDeployError("InvalidInput", f"Groups of Lambda functions have no {', '.join(given)}.")
