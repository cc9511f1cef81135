"""The API of deployments: create, look at, stop. What they then do is in life.py."""

from __future__ import annotations

import threading
from typing import Any

from . import applications, configurations, groups, life, records
from .errors import CodeDeployError
from .recording import recorded
from .records import Deployment, Record
from .requests import Request, batch_in, checked_name, deployment_in, name_in, page_of
from .revisions import revision_in
from .settings import alarm_configuration, rollback_configuration

STATUSES = ("Created", "Queued", "InProgress", "Baking", "Succeeded", "Failed", "Stopped", "Ready")
_LONGEST_DESCRIPTION = 256
_one_at_a_time = threading.Lock()
"""Stacks start deployments on threads of their own."""


def create_deployment(request: Request) -> Record:
    """Start a deployment on a thread of its own."""
    return {"deploymentId": begin(request, creator="user").id}


def begin(request: Request, *, creator: str) -> Deployment:
    """Check, record and start what CreateDeployment describes."""
    application = name_in(request, "applicationName", "Application")
    applications.existing(application)
    group = groups.existing(application, name_in(request, "deploymentGroupName", "DeploymentGroup"))
    _refuse_options_of_servers(request)
    revision, spec = revision_in(request)
    configuration = configurations.existing(
        checked_name(request.get("deploymentConfigName") or group["deploymentConfigName"], "DeploymentConfig"))
    settings = _settings(request, group)
    with _one_at_a_time:
        _refuse_a_second(application, group["deploymentGroupName"])
        deployment = recorded(group, revision, spec, configuration["deploymentConfigName"], creator, settings)
    life.start(deployment)
    return deployment


def get_deployment(request: Request) -> Record:
    return {"deploymentInfo": deployment_in(request).described()[0]}


def batch_get_deployments(request: Request) -> Record:
    ids = batch_in(request, "deploymentIds", required="DeploymentIdRequired", most=25)
    found = [records.deployments.get(identity) for identity in ids]
    return {"deploymentsInfo": [deployment.described()[0] for deployment in found if deployment]}


def list_deployments(request: Request) -> Record:
    """The youngest first."""
    wanted = [_is_of(request), _has_status(request.get("includeOnlyStatuses") or []),
              _is_within(request.get("createTimeRange") or {})]
    infos = [deployment.info for deployment in reversed(records.deployments.values())]
    return page_of([info["deploymentId"] for info in infos if all(test(info) for test in wanted)],
                   request, "deployments")


def stop_deployment(request: Request) -> Record:
    deployment = deployment_in(request)
    with deployment.lock:
        if not deployment.is_active:
            raise CodeDeployError("DeploymentAlreadyCompleted", f"The deployment {deployment.id} is already complete.")
        deployment.roll_back_when_stopped = request.get("autoRollbackEnabled")
        deployment.stop_requested = True
    deployment.woken.set()
    return {"status": "Pending", "statusMessage": "The deployment is being stopped."}


def continue_deployment(request: Request) -> Record:
    """Nothing to continue: Lambda deployments never wait for a person."""
    deployment = deployment_in(request)
    raise CodeDeployError("UnsupportedActionForDeploymentType", f"{deployment.id} deploys a Lambda function.")


def _refuse_a_second(application: str, group: str) -> None:
    if active := records.active_deployment_of(application, group):
        raise CodeDeployError(
            "DeploymentLimitExceeded", f"The Deployment Group '{group}' already has an active Deployment '{active.id}'")


def _settings(request: Request, group: Record) -> Record:
    description = request.get("description", "")
    if len(description) > _LONGEST_DESCRIPTION:
        raise CodeDeployError("DescriptionTooLong", f"A description has {_LONGEST_DESCRIPTION} characters at most.")
    rollback = request.get("autoRollbackConfiguration")
    settings: Record = {
        "autoRollbackConfiguration": rollback_configuration(rollback) if rollback
        else group["autoRollbackConfiguration"],
    }
    if description:
        settings["description"] = description
    if "overrideAlarmConfiguration" in request:
        settings["overrideAlarmConfiguration"] = alarm_configuration(request["overrideAlarmConfiguration"])
    return settings


def _refuse_options_of_servers(request: Request) -> None:
    if request.get("ignoreApplicationStopFailures"):
        raise CodeDeployError("InvalidIgnoreApplicationStopFailuresValue", "For Lambda deployments, false is expected.")
    if request.get("updateOutdatedInstancesOnly"):
        raise CodeDeployError("InvalidUpdateOutdatedInstancesOnlyValue", "For Lambda deployments, false is expected.")
    if request.get("targetInstances"):
        raise CodeDeployError("InvalidTargetInstances", "Lambda deployments have no instances.")
    if request.get("deploymentMode", "STANDARD") != "STANDARD":
        raise CodeDeployError("InvalidInput", "Lambda deployments have the mode STANDARD.")


def _is_of(request: Request) -> Any:
    application, group = request.get("applicationName"), request.get("deploymentGroupName")
    if group and not application:
        raise CodeDeployError("ApplicationNameRequired", "A deploymentGroupName needs an applicationName.")
    if application:
        applications.existing(checked_name(application, "Application"))
    if group:
        groups.existing(str(application), checked_name(group, "DeploymentGroup"))
    return lambda info: (not application or info["applicationName"] == application) and (
        not group or info["deploymentGroupName"] == group)


def _has_status(statuses: list[str]) -> Any:
    if unknown := [status for status in statuses if status not in STATUSES]:
        raise CodeDeployError("InvalidDeploymentStatus", f"There is no status {', '.join(unknown)}.")
    return lambda info: not statuses or info["status"] in statuses


def _is_within(window: Record) -> Any:
    start, end = window.get("start"), window.get("end")
    if start and end and start > end:
        raise CodeDeployError("InvalidTimeRange", "The time range ends before it starts.")
    return lambda info: (not start or info["createTime"] >= start) and (not end or info["createTime"] <= end)
