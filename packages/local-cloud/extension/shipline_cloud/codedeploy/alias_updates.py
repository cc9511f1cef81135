"""`UpdatePolicy: CodeDeployLambdaAliasUpdate`: an alias that changes its version does so by a deployment.

Stock MiniStack ignores the policy. On AWS "To perform a CodeDeploy deployment when the version changes on an
AWS::Lambda::Alias resource, use the CodeDeployLambdaAliasUpdate update policy" ("UpdatePolicy attribute", AWS
CloudFormation Template Reference): never when the alias is created, never when only other properties change. A
deployment that fails fails the resource, and the stack rolls back.
"""

from __future__ import annotations

from typing import Any

from ministack.services import lambda_svc
from ministack.services.cloudformation import provisioners, stacks

from ..patching import PatchError, require, swap
from . import stack_updates
from .alias_shifts import moves
from .alias_waves import ALIAS, policy_of
from .records import Record
from .stack_updates import PATCH, StackUpdate


def install() -> None:
    """Put the deployment before the alias's own update, on a thread that may wait."""
    stack_updates.install()
    handler = require(provisioners, "_RESOURCE_HANDLERS", patch=PATCH).get(ALIAS, {})
    if not handler.get("update_with_logical_id"):
        raise PatchError(f"The local cloud's patch '{PATCH}' needs MiniStack's update of {ALIAS} by logical id.")
    handler["update"] = _deploying(handler["update"])
    swap(stacks, "_runs_on_worker_thread", _or_an_alias, patch=PATCH, parameters="resource_type")
    swap(stacks, "_sends_back_failed_update", _or_an_alias, patch=PATCH, parameters="resource_type")


def _or_an_alias(original: Any) -> Any:
    return lambda resource_type: resource_type == ALIAS or original(resource_type)


def _deploying(original: Any) -> Any:
    def update_alias(
        physical_id: str, old: Record, new: Record, stack_name: str, logical_id: str | None = None
    ) -> tuple[str, Record]:
        if logical_id is not None and moves(old, new):
            if _is_rolling_back(stack_name):
                _end_weights(new)
            else:
                _deploy(stack_name, logical_id, old)
        return original(physical_id, old, new, stack_name, logical_id)  # type: ignore[no-any-return]

    return update_alias


def _deploy(stack_name: str, logical_id: str, old: Record) -> None:
    update = _update_of(stack_name, logical_id, old)
    if policy_of(update.template.get("Resources", {}).get(logical_id)) is None:
        return
    if logical_id not in update.shifts:
        update.begin_wave_of(logical_id)
    update.collect(logical_id)


def _update_of(stack_name: str, logical_id: str, old: Record) -> StackUpdate:
    """The update that runs; that of a nested stack, which MiniStack deploys inline, knows one alias at a time."""
    from ministack.services.cloudformation import _stacks

    running = stack_updates.current.get()
    stack = _stacks[stack_name]
    if running is not None and running.stack is stack:
        return running
    previous = {"_resources": {logical_id: {"Properties": old}}}
    return StackUpdate(stack, stack["_template"], stack["_resolved_params"], previous)


def _is_rolling_back(stack_name: str) -> bool:
    from ministack.services.cloudformation import _stacks

    return stack_name in _stacks and "ROLLBACK" in _stacks[stack_name]["StackStatus"]


def _end_weights(new: Record) -> None:
    # A deployment that failed without a rollback of its own has left its weights.
    function = provisioners._lambda_function_for_cfn_ref(new.get("FunctionName", ""))[1]
    if not new.get("RoutingConfig"):
        lambda_svc._update_alias(function, new.get("Name", ""), {"RoutingConfig": None})
