"""The API of targets: which alias a deployment moves, how far it is, and how its lifecycle events went."""

from __future__ import annotations

from typing import Any

from .errors import CodeDeployError
from .records import Deployment, Record
from .requests import Request, deployment_in

_STATUSES = ("Failed", "InProgress", "Pending", "Ready", "Skipped", "Succeeded", "Unknown")


def list_deployment_targets(request: Request) -> Record:
    target = _started(request).described()[1]
    filters = request.get("targetFilters") or {}
    if unknown := [name for name in filters if name not in ("TargetStatus", "ServerInstanceLabel")]:
        raise CodeDeployError("InvalidTargetFilterName", f"There is no target filter {', '.join(unknown)}.")
    if "ServerInstanceLabel" in filters:
        raise CodeDeployError("InvalidDeploymentInstanceType", "Lambda deployments have no instances.")
    statuses = filters.get("TargetStatus") or list(_STATUSES)
    if unknown := [status for status in statuses if status not in _STATUSES]:
        raise CodeDeployError("InvalidInstanceStatus", f"There is no status {', '.join(unknown)}.")
    return {"targetIds": [target["targetId"]] if target["status"] in statuses else []}


def get_deployment_target(request: Request) -> Record:
    deployment = _started(request)
    if not request.get("targetId"):
        raise CodeDeployError("DeploymentTargetIdRequired", "The member targetId is required.")
    return {"deploymentTarget": _described(deployment, request["targetId"])}


def batch_get_deployment_targets(request: Request) -> Record:
    deployment = _started(request)
    ids = request.get("targetIds")
    if not isinstance(ids, list) or not ids:
        raise CodeDeployError("DeploymentTargetIdRequired", "The list targetIds is required.")
    if len(ids) > 1:
        raise CodeDeployError("DeploymentTargetListSizeExceeded", "A Lambda deployment has exactly one target.")
    return {"deploymentTargets": [_described(deployment, ids[0])]}


def _started(request: Request) -> Deployment:
    deployment = deployment_in(request)
    if deployment.info["status"] in ("Created", "Queued"):
        raise CodeDeployError("DeploymentNotStarted", f"The deployment {deployment.id} has not started.")
    return deployment


def _described(deployment: Deployment, target_id: Any) -> Record:
    target = deployment.described()[1]
    # The API Reference calls the names of functions target ids; the ids that are handed out name the alias, too.
    if target_id not in (target["targetId"], target["lambdaFunctionInfo"]["functionName"]):
        raise CodeDeployError("DeploymentTargetDoesNotExist", f"{deployment.id} has no target {target_id}.")
    return {"deploymentTargetType": "LambdaTarget", "lambdaTarget": target}
