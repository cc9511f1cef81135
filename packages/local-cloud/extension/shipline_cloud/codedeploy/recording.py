"""How a deployment enters the records and how its end is noted."""

from __future__ import annotations

import secrets
import string

from ministack.core.responses import get_account_id, get_region

from . import notifications, records
from .endings import Ended
from .records import LIFECYCLE, Deployment, Record, now
from .revisions import AppSpec

_ID_LETTERS = string.ascii_uppercase + string.digits


def recorded(
    group: Record, revision: Record, spec: AppSpec, configuration: str, creator: str, more: Record
) -> Deployment:
    """A new deployment that has not started. `more` goes into what GetDeployment answers."""
    created = now()
    identity = "d-" + "".join(secrets.choice(_ID_LETTERS) for _ in range(9))
    info = {
        "applicationName": group["applicationName"], "deploymentGroupName": group["deploymentGroupName"],
        "deploymentConfigName": configuration, "deploymentId": identity, "revision": revision, "status": "Created",
        "createTime": created, "creator": creator, "ignoreApplicationStopFailures": False,
        "updateOutdatedInstancesOnly": False, "deploymentStyle": group["deploymentStyle"],
        "instanceTerminationWaitTimeStarted": False, "fileExistsBehavior": "DISALLOW", "computePlatform": "Lambda",
        "deploymentOverview": overview("Pending"), **more,
    }
    if previous := group.get("targetRevision"):
        info["previousRevision"] = previous
    deployment = Deployment(info, _target(identity, spec, created), dict(spec.hooks), group["serviceRoleArn"])
    records.deployments[identity] = deployment
    return deployment


def overview(status: str) -> Record:
    """The only target, counted by its status."""
    return {name: int(name == status) for name in ("Pending", "InProgress", "Succeeded", "Failed", "Skipped", "Ready")}


def finish(deployment: Deployment, status: str, error: Ended | None = None) -> None:
    """Record the end of a deployment and tell whoever listens."""
    target_status = "Succeeded" if error is None else "Failed"
    with deployment.changing():
        deployment.info.update(status=status, completeTime=now(), deploymentOverview=overview(target_status))
        deployment.target["status"] = target_status
        for event in deployment.target["lifecycleEvents"]:
            if event["status"] == "Pending":
                event["status"] = "Skipped"
        if error is not None:
            deployment.info["errorInformation"] = {"code": error.code, "message": str(error)}
    _note_in_group(deployment)
    notifications.deployment_changed(deployment)


def _target(identity: str, spec: AppSpec, created: float) -> Record:
    arn = f"arn:aws:lambda:{get_region()}:{get_account_id()}:function:{spec.function}:{spec.alias}"
    return {
        "deploymentId": identity, "targetId": f"{spec.function}:{spec.alias}", "targetArn": arn, "status": "Pending",
        "lastUpdatedAt": created,
        "lifecycleEvents": [{"lifecycleEventName": name, "status": "Pending"} for name in LIFECYCLE],
        "lambdaFunctionInfo": {
            "functionName": spec.function, "functionAlias": spec.alias, "currentVersion": spec.current,
            "targetVersion": spec.target, "targetVersionWeight": 0.0,
        },
    }


def _note_in_group(deployment: Deployment) -> None:
    info = deployment.info
    group = records.groups.get(records.group_key(info["applicationName"], info["deploymentGroupName"]))
    if group is None:
        return
    last = {"deploymentId": deployment.id, "status": info["status"], "createTime": info["createTime"],
            "endTime": info["completeTime"]}
    group["lastAttemptedDeployment"] = last
    if info["status"] == "Succeeded":
        group.update(lastSuccessfulDeployment=last, targetRevision=info["revision"])
