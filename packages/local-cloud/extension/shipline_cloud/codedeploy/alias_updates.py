"""`UpdatePolicy: CodeDeployLambdaAliasUpdate`: an alias that changes its version does so by a deployment.

Stock MiniStack ignores the policy. On AWS "To perform a CodeDeploy deployment when the version changes on an
AWS::Lambda::Alias resource, use the CodeDeployLambdaAliasUpdate update policy" ("UpdatePolicy attribute", AWS
CloudFormation Template Reference): never when the alias is created, never when only other properties change. A
deployment that fails fails the resource, and the stack rolls back.
"""

from __future__ import annotations

from typing import Any

from ministack.services import lambda_svc
from ministack.services.cloudformation import provisioners

from .. import stack_shifts
from ..patching import PatchError, require
from ..stack_updates import is_rolling_back, wait_for_shift
from .alias_shifts import begin, moves, policy_of, restore
from .records import Record

PATCH = "CodeDeployLambdaAliasUpdate"
ALIAS = "AWS::Lambda::Alias"


def install() -> None:
    """Put the deployment before the alias's own update."""
    require(provisioners, "_lambda_function_for_cfn_ref", patch=PATCH)
    handler = require(provisioners, "_RESOURCE_HANDLERS", patch=PATCH).get(ALIAS, {})
    if not handler.get("update_with_logical_id"):
        raise PatchError(f"The local cloud's patch '{PATCH}' needs MiniStack's update of {ALIAS} by logical id.")
    handler["update"] = _deploying(handler["update"])
    stack_shifts.register(ALIAS, policy_of, begin, restore)


def _deploying(original: Any) -> Any:
    def update_alias(
        physical_id: str, old: Record, new: Record, stack_name: str, logical_id: str | None = None
    ) -> tuple[str, Record]:
        if logical_id is not None and moves(old, new):
            if is_rolling_back(stack_name):
                _end_weights(new)
            else:
                wait_for_shift(stack_name, logical_id, physical_id, old)
        return original(physical_id, old, new, stack_name, logical_id)  # type: ignore[no-any-return]

    return update_alias


def _end_weights(new: Record) -> None:
    # A deployment that failed without a rollback of its own has left its weights.
    function = provisioners._lambda_function_for_cfn_ref(new.get("FunctionName", ""))[1]
    if not new.get("RoutingConfig"):
        lambda_svc._update_alias(function, new.get("Name", ""), {"RoutingConfig": None})
