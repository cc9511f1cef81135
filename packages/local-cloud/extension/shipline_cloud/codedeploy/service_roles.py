"""May the group's service role invoke a hook? The managed policies allow only functions named `CodeDeployHook_…`.

AWSCodeDeployRoleForLambda and AWSCodeDeployRoleForLambdaLimited allow lambda:InvokeFunction on
`arn:aws:lambda:*:*:function:CodeDeployHook_*` ("AWS managed policies for AWS CodeDeploy"); MiniStack does not know
their documents. Every other policy of the role is read as IAM reads it.
"""

from __future__ import annotations

from typing import Any

from ministack.core import iam_evaluator
from ministack.core.responses import get_account_id, get_region
from ministack.services import iam

from .endings import failed

_MANAGED = tuple(
    f"arn:aws:iam::aws:policy/service-role/AWSCodeDeployRoleForLambda{variant}" for variant in ("", "Limited"))
_HOOKS_ONLY = {"Statement": [{
    "Effect": "Allow", "Action": "lambda:InvokeFunction", "Resource": "arn:aws:lambda:*:*:function:CodeDeployHook_*"}]}


def check_exists(role_arn: str) -> None:
    """Fail the deployment of a group whose role is gone. Raises Ended."""
    if _role(role_arn) is None:
        raise failed("IAM_ROLE_MISSING", f"The service role {role_arn} cannot be found.")


def check_may_invoke(role_arn: str, function_arn: str) -> None:
    """Fail the deployment when its role may not invoke this hook. Raises Ended."""
    context = iam_evaluator.EvalContext(
        principal_arn=role_arn, principal_type="AssumedRole", principal_account=get_account_id(),
        action="lambda:InvokeFunction", resource_arn=function_arn, region=get_region())
    if iam_evaluator.evaluate(context, _policies(role_arn)).decision != "Allow":
        raise failed(
            "IAM_ROLE_PERMISSIONS",
            f"The IAM role {role_arn} does not give you permission to perform operations in the following AWS service: "
            f"AWSLambda. It may not invoke {function_arn}.",
        )


def _policies(role_arn: str) -> list[Any]:
    attached = (_role(role_arn) or {}).get("AttachedPolicies", [])
    managed = [iam_evaluator.parse_policy_document(_HOOKS_ONLY) for policy in attached if policy in _MANAGED]
    return [*managed, *iam_evaluator._gather_role_policies(_name(role_arn), get_account_id())]


def _role(role_arn: str) -> Any:
    return iam._roles.get(_name(role_arn))


def _name(role_arn: str) -> str:
    return role_arn.rsplit("/", 1)[-1]
