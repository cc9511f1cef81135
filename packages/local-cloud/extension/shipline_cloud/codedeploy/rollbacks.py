"""Rollback: a deployment of its own that gives all traffic back to the old version.

"CodeDeploy rolls back deployments by redeploying a previously deployed revision of an application as a new deployment.
These rolled-back deployments are technically new deployments, with new deployment IDs" ("Redeploy and roll back a
deployment with CodeDeploy", AWS CodeDeploy User Guide).
"""

from __future__ import annotations

from . import alias_traffic, configurations, notifications, records
from .endings import Ended
from .recording import finish, recorded
from .records import LIFECYCLE, Deployment, Record, now
from .revisions import AppSpec, revision_of

_EVENT_OF = {"ALARM_ACTIVE": "DEPLOYMENT_STOP_ON_ALARM", "MANUAL_STOP": "DEPLOYMENT_STOP_ON_REQUEST"}


def roll_back(deployment: Deployment, end: Ended) -> None:
    """Roll back a deployment that has ended badly, if it or its group asks for that."""
    if not _is_wanted(deployment, end):
        return
    if deployment.event(LIFECYCLE[0])["status"] == "Skipped":
        _note(deployment, {"rollbackMessage": "Nothing to roll back: the deployment had not begun to move the alias."})
        return
    rollback = _recorded(deployment)
    _note(deployment, {"rollbackDeploymentId": rollback.id, "rollbackMessage": f"Rolled back by {rollback.id}."})
    notifications.rollback_began(deployment)
    _run(rollback)


def _is_wanted(deployment: Deployment, end: Ended) -> bool:
    event = _EVENT_OF.get(end.code, "DEPLOYMENT_FAILURE")
    if end.code == "MANUAL_STOP" and deployment.roll_back_when_stopped is not None:
        return deployment.roll_back_when_stopped
    configuration = deployment.info["autoRollbackConfiguration"]
    return bool(configuration["enabled"] and event in configuration["events"])


def _recorded(deployment: Deployment) -> Deployment:
    function, info = deployment.function, deployment.info
    spec = AppSpec(function["functionName"], function["functionAlias"], function["targetVersion"],
                   function["currentVersion"], {})
    group = records.groups.get(records.group_key(info["applicationName"], info["deploymentGroupName"])) or {
        **info, "serviceRoleArn": deployment.service_role}
    return recorded(group, revision_of(spec), spec, configurations.ALL_AT_ONCE, "codeDeployRollback", {
        "autoRollbackConfiguration": {"enabled": False, "events": []},
        "rollbackInfo": {"rollbackTriggeringDeploymentId": deployment.id,
                         "rollbackMessage": f"Rolls back {deployment.id}."},
    })


def _run(rollback: Deployment) -> None:
    with rollback.changing():
        rollback.info.update(status="InProgress", startTime=now())
    notifications.deployment_changed(rollback)
    try:
        alias_traffic.restore(rollback.function, rollback.function["targetVersion"])
    except Ended as end:
        finish(rollback, "Failed", end)
    else:
        with rollback.changing():
            rollback.target["lambdaFunctionInfo"]["targetVersionWeight"] = 100.0
            rollback.event("AllowTraffic").update(status="Succeeded", startTime=now(), endTime=now())
        finish(rollback, "Succeeded")
    finally:
        rollback.ended.set()


def _note(deployment: Deployment, rollback: Record) -> None:
    with deployment.changing():
        deployment.info["rollbackInfo"] = rollback
