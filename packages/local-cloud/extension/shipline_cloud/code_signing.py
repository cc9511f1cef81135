"""`AWS::Lambda::CodeSigningConfig` in templates, and the property of a function that names one.

Stock MiniStack refuses the type and ignores the property, though it keeps what PutFunctionCodeSigningConfig says. On
AWS Ref is the configuration's ARN, and Lambda refuses code that no allowed profile has signed (AWS::Lambda::
CodeSigningConfig, AWS CloudFormation Template Reference; Using code signing, AWS Lambda Developer Guide). Here nothing
checks a signature: zips of the CDK have none.
"""

from __future__ import annotations

import functools
import secrets
from collections.abc import Callable
from typing import Any

from .patching import require

PATCH = "code signing"
CONFIG = "AWS::Lambda::CodeSigningConfig"
FUNCTION = "AWS::Lambda::Function"
Properties = dict[str, Any]
Created = tuple[str, dict[str, str]]


def install() -> None:
    """Teach CloudFormation the type, and functions of templates the property."""
    from ministack.services import lambda_svc
    from ministack.services.cloudformation import provisioners

    require(lambda_svc, "_functions", patch=PATCH)
    handlers = require(provisioners, "_RESOURCE_HANDLERS", patch=PATCH)
    handlers[CONFIG] = {"create": _create, "update": _update, "delete": _delete}
    function = handlers[FUNCTION]
    handlers[FUNCTION] = {
        **function,
        "create": _attached(function["create"], of=1),
        "update": _attached(function["update"], of=2),
    }


def _create(logical_id: str, props: Properties, stack_name: str) -> Created:
    from ministack.core.responses import get_account_id, get_region

    _check(props)
    name = f"csc-{secrets.token_hex(9)[:17]}"
    arn = f"arn:aws:lambda:{get_region()}:{get_account_id()}:code-signing-config:{name}"
    return arn, _attributes(arn)


def _update(physical_id: str, old: Properties, new: Properties, stack_name: str) -> Created:
    _check(new)
    return physical_id, _attributes(physical_id)


def _delete(physical_id: str, props: Properties) -> None:
    """Only templates know of it."""


def _check(props: Properties) -> None:
    if not props.get("AllowedPublishers", {}).get("SigningProfileVersionArns"):
        raise ValueError(f"{CONFIG}: AllowedPublishers needs at least one SigningProfileVersionArn")


def _attributes(arn: str) -> dict[str, str]:
    return {"CodeSigningConfigArn": arn, "CodeSigningConfigId": arn.rsplit(":", 1)[-1]}


def _attached(original: Callable[..., Any], *, of: int) -> Callable[..., Any]:
    """Note the configuration that a function's template names; `of` is where its properties stand."""

    @functools.wraps(original)
    def attached(*args: Any, **kwargs: Any) -> Any:
        from ministack.services import lambda_svc

        made = original(*args, **kwargs)
        lambda_svc._functions[made[0]]["code_signing_config_arn"] = args[of].get("CodeSigningConfigArn", "")
        return made

    return attached
