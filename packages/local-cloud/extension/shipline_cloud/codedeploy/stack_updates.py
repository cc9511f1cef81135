"""The traffic shifts of one stack update: started together, waited for one by one, ended together.

When one of them fails or the update is cancelled, those still under way are stopped and rolled back, and those that
MiniStack's loop has not come to yet are put back, since its rollback knows nothing of them.
"""

from __future__ import annotations

import copy
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from ministack.core.concurrency import run_reentrant
from ministack.services.cloudformation import changesets, engine, handlers, provisioners, stacks

from ..patching import require, swap
from . import alias_traffic, alias_waves, deployments
from .alias_shifts import Shift, ShiftFailed, moves
from .alias_waves import ALIAS, policy_of, waves
from .endings import Ended
from .errors import CodeDeployError
from .records import Record
from .revisions import AppSpec, revision_of

PATCH = "CodeDeployLambdaAliasUpdate"
CANCELLED = "Resource update cancelled"
_DEPLOY_PARAMETERS = ("stack_name stack_id template param_values disable_rollback tags is_update previous_stack "
                      "retain_except_on_create imports")


@dataclass
class StackUpdate:
    """An update of a stack from its first resource to its end."""

    stack: Record
    template: Record
    parameters: Record
    previous: Record
    shifts: dict[str, Shift] = field(default_factory=dict)
    cancelled: bool = False

    def begin_wave_of(self, logical_id: str) -> None:
        """Start the shift of this alias and of every other one that is ready as well."""
        resources = self.template["Resources"]
        order = stacks._topological_sort(resources, self.stack.get("_conditions", {}))
        wave = next(wave for wave in waves(order, resources) if logical_id in wave)
        for name in wave:
            before = self.previous.get("_resources", {}).get(name)
            after = self._resolved(resources[name].get("Properties", {}))
            if before is not None and moves(before["Properties"], after):
                self.shifts[name] = self._begun(name, before["Properties"], after)

    def collect(self, logical_id: str) -> None:
        """Wait for one alias. Raises ShiftFailed, after everything else has ended, too."""
        shift = self.shifts[logical_id]
        shift.collected = True
        while not shift.is_over:
            assert shift.deployment is not None
            shift.deployment.ended.wait(0.1)
            self._cancel_when_asked()
            if self.cancelled or any(other.has_failed for other in self.shifts.values()):
                self.settle()
        if shift.has_succeeded:
            return
        self.settle()
        others = [other for other in self.shifts.values() if other is not shift and other.has_failed]
        raise ShiftFailed(CANCELLED if self.cancelled or (others and self._was_stopped(shift)) else shift.reason())

    def settle(self) -> None:
        """End what is under way; put back what the loop has not come to."""
        running = [shift for shift in self.shifts.values() if not shift.is_over]
        culprits = [shift for shift in self.shifts.values() if shift.has_failed]
        for shift in running:
            shift.stop()
        for shift in running:
            if shift.deployment is not None:
                shift.deployment.ended.wait()
        for shift in self.shifts.values():
            if not shift.collected:
                shift.collected = True
                self._put_back(shift, shift.reason() if shift in culprits else CANCELLED)

    def failed_ids(self, logical_id: str | None) -> str | None:
        """The resources that failed, as the rollback's reason lists them."""
        failed = {name for name, shift in self.shifts.items() if shift.has_failed} | {logical_id or ""}
        return ", ".join(sorted(failed - {""})) or None

    def _begun(self, name: str, old: Record, new: Record) -> Shift:
        policy = self._resolved(policy_of(self.template["Resources"][name]))
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
            return Shift(name, None, str(error))
        self._tell(name, "UPDATE_IN_PROGRESS", f"CodeDeploy deployment {deployment.id} shifts the traffic.")
        return Shift(name, deployment)

    def _put_back(self, shift: Shift, reason: str) -> None:
        self._tell(shift.logical_id, "UPDATE_FAILED", reason)
        if shift.deployment is None:
            return
        try:
            alias_traffic.restore(shift.deployment.function, shift.deployment.function["currentVersion"])
        except Ended as end:
            self._tell(shift.logical_id, "UPDATE_FAILED", str(end))

    def _cancel_when_asked(self) -> None:
        if self.stack.pop("_cancel_requested", False):
            self.cancelled = True

    def _was_stopped(self, shift: Shift) -> bool:
        return shift.deployment is not None and shift.deployment.stop_requested

    def _tell(self, name: str, status: str, reason: str) -> None:
        physical_id = self.previous.get("_resources", {}).get(name, {}).get("PhysicalResourceId", "")
        stacks._add_event(self.stack["StackId"], self.stack["StackName"], name, ALIAS, status, reason, physical_id)

    def _resolved(self, value: Any) -> Any:
        return engine._resolve_refs(
            copy.deepcopy(value), self.stack["_resources"], self.parameters, self.stack.get("_conditions", {}),
            self.template.get("Mappings", {}), self.stack["StackName"], self.stack["StackId"])


current: ContextVar[StackUpdate | None] = ContextVar("shipline_stack_update", default=None)
"""The update on whose behalf something runs."""


def install() -> None:
    """Know which update runs, and let its rollback know what was cancelled."""
    alias_waves.install()
    for owner in (handlers, changesets):
        swap(owner, "_deploy_stack_async", _remembering, patch=PATCH, parameters=_DEPLOY_PARAMETERS)
    require(stacks, "_add_event", patch=PATCH)
    require(provisioners, "_lambda_function_for_cfn_ref", patch=PATCH)
    require(engine, "_resolve_refs", patch=PATCH)
    swap(stacks, "_failed_operation", _naming_all_failures, patch=PATCH, parameters=(
        "is_update previous_stack created failed_update failed_logical_id replaced_ids cancelled template "
        "param_values retain_except_on_create stack_tags previous_tags imports"))
    for owner in (stacks, handlers):
        swap(owner, "_roll_back_operation", _settling_first, patch=PATCH,
             parameters="stack_name stack_id stack operation reason_override")


def _remembering(original: Any) -> Any:
    @wraps(original)
    async def deploy_stack(
        stack_name: str, stack_id: str, template: Record, param_values: Record, disable_rollback: bool, tags: Any,
        is_update: bool = False, previous_stack: Record | None = None, **more: Any,
    ) -> None:
        from ministack.services.cloudformation import _stacks

        if is_update and previous_stack:
            # The task that runs this has a context of its own, so nobody else sees it.
            current.set(StackUpdate(_stacks[stack_name], template, param_values, previous_stack))
        await original(stack_name, stack_id, template, param_values, disable_rollback, tags,
                       is_update=is_update, previous_stack=previous_stack, **more)

    return deploy_stack


def _naming_all_failures(original: Any) -> Any:
    def failed_operation(
        is_update: bool, previous_stack: Any, created: Any, failed_update: Any, failed_logical_id: str | None,
        replaced_ids: Any, cancelled: bool, *more: Any,
    ) -> Any:
        update = current.get()
        if update is not None:
            cancelled = cancelled or update.cancelled
            failed_logical_id = update.failed_ids(failed_logical_id)
        return original(is_update, previous_stack, created, failed_update, failed_logical_id, replaced_ids,
                        cancelled, *more)

    return failed_operation


def _settling_first(original: Any) -> Any:
    @wraps(original)
    async def roll_back_operation(
        stack_name: str, stack_id: str, stack: Record, operation: Record, *more: Any, **options: Any
    ) -> None:
        update = current.get()
        if update is not None:
            await run_reentrant(update.settle)
        else:
            _put_back_aliases(stack, operation)
        await original(stack_name, stack_id, stack, operation, *more, **options)

    return roll_back_operation


def _put_back_aliases(stack: Record, operation: Record) -> None:
    """For a rollback without its update, after a restart: a shift may have moved what the loop had not come to."""
    previous = (operation.get("previous_stack") or {}).get("_resources", {})
    for name, resource in ((operation.get("template") or {}).get("Resources") or {}).items():
        if policy_of(resource) is None or name not in previous or name in operation["created"]:
            continue
        record = previous[name]
        function = provisioners._lambda_function_for_cfn_ref(record["Properties"]["FunctionName"])[1]
        alias = {"functionName": function, "functionAlias": record["Properties"]["Name"]}
        try:
            alias_traffic.restore(alias, str(record["Properties"]["FunctionVersion"]))
        except Ended as end:
            stacks._add_event(stack["StackId"], stack["StackName"], name, ALIAS, "UPDATE_FAILED", str(end),
                              record["PhysicalResourceId"])
