"""The shift of one function's alias during a stack update: its deployment, and how it went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ministack.services.cloudformation import provisioners

from ..stack_shifts import StackUpdate
from ..traffic_shifts import ShiftFailed
from . import alias_traffic, deployments
from .endings import Ended
from .errors import CodeDeployError
from .records import Deployment, Record
from .revisions import AppSpec, revision_of


@dataclass
class AliasShift:
    """A deployment that CloudFormation has started."""

    deployment: Deployment

    @property
    def is_over(self) -> bool:
        return self.deployment.ended.is_set()

    @property
    def failure(self) -> str | None:
        """Why it failed; None while it runs and when it has succeeded."""
        if not self.is_over or self.deployment.info["status"] == "Succeeded":
            return None
        info, _ = self.deployment.described()
        error = info.get("errorInformation", {})
        rollback = info.get("rollbackInfo", {}).get("rollbackMessage", "")
        return (f"CodeDeploy deployment {self.deployment.id} ended as {info['status']}: {error.get('message', '')} "
                f"({error.get('code', 'forgotten by a reset')}) {rollback}").strip()

    @property
    def was_stopped(self) -> bool:
        return self.deployment.stop_requested

    def wait(self, seconds: float | None = None) -> None:
        """Until it is over, but no longer than this."""
        self.deployment.ended.wait(seconds)

    def stop(self) -> None:
        """Stop and roll back, if it still runs."""
        try:
            deployments.stop_deployment({"deploymentId": self.deployment.id, "autoRollbackEnabled": True})
        except CodeDeployError:
            return  # It has ended by itself, or a reset has taken it.

    def put_back(self) -> None:
        """Give all traffic to the old version again. Raises ShiftFailed."""
        _restore(self.deployment.function, self.deployment.function["currentVersion"])


def policy_of(resource: Record) -> Any:
    """The unresolved CodeDeployLambdaAliasUpdate of a template's alias, None when it has none."""
    return (resource.get("UpdatePolicy") or {}).get("CodeDeployLambdaAliasUpdate")


def moves(old: Record, new: Record) -> bool:
    """Does this alias go to another version? A renamed alias is a new one."""
    same = all(old.get(name) == new.get(name) for name in ("FunctionName", "Name"))
    return same and str(old.get("FunctionVersion")) != str(new.get("FunctionVersion"))


def begin(update: StackUpdate, logical_id: str, old: Record, new: Record) -> AliasShift | None:
    """Start the deployment of an alias that goes to another version. Raises ShiftFailed."""
    if not moves(old, new):
        return None
    policy = update.resolved(policy_of(update.template["Resources"][logical_id]))
    function = provisioners._lambda_function_for_cfn_ref(new["FunctionName"])[1]
    hooks = {event: policy[f"{event}Hook"] for event in ("BeforeAllowTraffic", "AfterAllowTraffic")
             if isinstance(policy.get(f"{event}Hook"), str)}
    spec = AppSpec(function, new["Name"], str(old["FunctionVersion"]), str(new["FunctionVersion"]), hooks)
    try:
        deployment = deployments.begin({
            "applicationName": policy.get("ApplicationName"),
            "deploymentGroupName": policy.get("DeploymentGroupName"), "revision": revision_of(spec),
        }, creator="CloudFormation")
    except CodeDeployError as error:
        raise ShiftFailed(str(error)) from error
    update.tell(logical_id, "UPDATE_IN_PROGRESS", f"CodeDeploy deployment {deployment.id} shifts the traffic.")
    return AliasShift(deployment)


def restore(physical_id: str, properties: Record) -> None:
    """Give all of an alias's traffic to the version of these properties. Raises ShiftFailed."""
    function = provisioners._lambda_function_for_cfn_ref(properties["FunctionName"])[1]
    _restore({"functionName": function, "functionAlias": properties["Name"]}, str(properties["FunctionVersion"]))


def _restore(function: Record, version: str) -> None:
    try:
        alias_traffic.restore(function, version)
    except Ended as end:
        raise ShiftFailed(str(end)) from end
