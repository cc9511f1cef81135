"""`AWS::Lambda::CodeSigningConfig` in templates, and the property of a function that names one.

Stock MiniStack refuses the type and ignores the property, though it keeps what PutFunctionCodeSigningConfig says. On
AWS Ref is the configuration's ARN, and Lambda refuses new code that no allowed profile has signed where the policy is
Enforce (AWS::Lambda::CodeSigningConfig, AWS CloudFormation Template Reference; Using code signing, AWS Lambda Developer
Guide). Here templates are held to it where the Signer of the account has one of the allowed versions; zips of the CDK
have no signature, and a laptop that plays prod for `cdk deploy` names a version that nobody has made.
"""

from __future__ import annotations

import functools
import secrets
from collections.abc import Callable
from typing import Any

from .patching import require
from .signed_code import signer_of

PATCH = "code signing"
CONFIG = "AWS::Lambda::CodeSigningConfig"
FUNCTION = "AWS::Lambda::Function"
Properties = dict[str, Any]
Created = tuple[str, dict[str, str]]
_made: dict[str, Properties] = {}
"""Configurations by ARN, as this process has made them: those of a stack in progress are in no stack yet."""


def install() -> None:
    """Teach CloudFormation the type, and functions of templates the property."""
    from ministack.services import cloudformation, lambda_svc, signer
    from ministack.services.cloudformation import provisioners

    require(lambda_svc, "_functions", patch=PATCH)
    require(lambda_svc, "_fetch_code_from_s3", patch=PATCH)
    require(signer, "_profiles", patch=PATCH)
    require(cloudformation, "_stacks", patch=PATCH)
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
    _made[arn] = props
    return arn, _attributes(arn)


def _update(physical_id: str, old: Properties, new: Properties, stack_name: str) -> Created:
    _check(new)
    _made[physical_id] = new
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

        before = args[of - 1] if of == 2 else {}
        if args[of].get("Code") != before.get("Code"):
            _verify(args[of])
        made = original(*args, **kwargs)
        lambda_svc._functions[made[0]]["code_signing_config_arn"] = args[of].get("CodeSigningConfigArn", "")
        return made

    return attached


def _verify(function: Properties) -> None:
    """Refuse code that a configuration with Enforce does not allow."""
    config = _config(function.get("CodeSigningConfigArn", ""))
    if config.get("CodeSigningPolicies", {}).get("UntrustedArtifactOnDeployment") != "Enforce":
        return
    allowed = config["AllowedPublishers"]["SigningProfileVersionArns"]
    if _known_versions().isdisjoint(allowed):
        return
    if signer_of(_package(function.get("Code", {}))) not in allowed:
        raise ValueError(
            "CodeVerificationFailedException: The code signature failed one or more of the validation checks for "
            "signature mismatch or expiry, and the code signing policy is set to ENFORCE.")


def _config(arn: str) -> Properties:
    from ministack.services.cloudformation import _stacks

    if arn in _made:
        return _made[arn]
    kept = (resource for stack in _stacks.values() for resource in stack.get("_resources", {}).values())
    return next((r.get("Properties", {}) for r in kept if r.get("PhysicalResourceId") == arn), {})


def _known_versions() -> set[str]:
    from ministack.services import signer

    return {profile["profileVersionArn"] for profile in signer._profiles.values()}


def _package(code: Properties) -> bytes:
    from ministack.services import lambda_svc

    if "S3Bucket" not in code:
        return b""
    found = lambda_svc._fetch_code_from_s3(code["S3Bucket"], code["S3Key"], version_id=code.get("S3ObjectVersion"))
    return found or b""
