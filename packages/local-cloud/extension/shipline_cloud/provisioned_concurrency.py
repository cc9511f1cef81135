"""Provisioned concurrency is kept, and refused where AWS refuses it.

Locally nothing is allocated: a configuration is remembered and answered as READY at once. Stock MiniStack accepts it
for every qualifier. On AWS it belongs to a published version or an alias of one; an alias and the version that it leads
to cannot both have it; and "you can't manage provisioned concurrency settings on the alias while the routing configuration
is in place" ("Configuring provisioned concurrency for a function", AWS Lambda Developer Guide). `AWS::Lambda::Version`
takes a ProvisionedConcurrencyConfig too, which stock MiniStack passes over.
"""

from __future__ import annotations

from typing import Any

from .alias_rules import Refusal
from .alias_weights import weights_of
from .patching import require, swap

PATCH = "provisioned concurrency"
_INVALID = "InvalidParameterValueException"


def install() -> None:
    """Check every change of a configuration, and read the one of a version in a template."""
    from ministack.services import lambda_svc
    from ministack.services.cloudformation import provisioners

    swap(lambda_svc, "_put_provisioned_concurrency", _checking_put, patch=PATCH, parameters="func_name qualifier data")
    swap(lambda_svc, "_delete_provisioned_concurrency", _checking_delete, patch=PATCH,
         parameters="func_name qualifier")
    require(provisioners, "_lambda_alias_provisioned_concurrency", patch=PATCH)
    handlers = require(provisioners, "_RESOURCE_HANDLERS", patch=PATCH)
    handlers["AWS::Lambda::Version"]["create"] = _provisioning(handlers["AWS::Lambda::Version"]["create"])
    handlers["AWS::Lambda::Alias"]["create"] = _all_or_nothing(handlers["AWS::Lambda::Alias"]["create"])


def refusal_of(func: dict[str, Any], qualifier: str, executions: Any) -> Refusal | None:
    """Why AWS would not provision so many executions for this version or alias, None when it would."""
    if isinstance(executions, bool) or not isinstance(executions, int) or executions < 1:
        return "ValidationException", (
            f"1 validation error detected: Value '{executions}' at 'provisionedConcurrentExecutions' failed to satisfy "
            "constraint: Member must have value greater than or equal to 1"), 400
    alias = func["aliases"].get(qualifier)
    version = str(alias["FunctionVersion"]) if alias else qualifier
    if version == "$LATEST":
        return _INVALID, "Provisioned Concurrency Configs cannot be applied to unpublished function versions.", 400
    provisioned = func.get("provisioned_concurrency") or {}
    if alias and version in provisioned:
        return "ResourceConflictException", (
            "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version"), 409
    if not alias and any(str(func["aliases"].get(name, {}).get("FunctionVersion")) == version for name in provisioned):
        return "ResourceConflictException", "Version is pointed by a Provisioned Concurrency alias", 409
    return None


def _checking_put(original: Any) -> Any:
    def put(func_name: str, qualifier: str | None, data: dict[str, Any]) -> Any:
        from ministack.services import lambda_svc

        func = lambda_svc._functions.get(func_name)
        if func is None or not lambda_svc._function_qualifier_exists(func, qualifier):
            return original(func_name, qualifier, data)
        refusal = _weighted(func, qualifier) or refusal_of(
            func, qualifier or "$LATEST", data.get("ProvisionedConcurrentExecutions"))
        return lambda_svc.error_response_json(*refusal) if refusal else original(func_name, qualifier, data)

    return put


def _checking_delete(original: Any) -> Any:
    def delete(func_name: str, qualifier: str | None) -> Any:
        from ministack.services import lambda_svc

        refusal = _weighted(lambda_svc._functions.get(func_name), qualifier)
        return lambda_svc.error_response_json(*refusal) if refusal else original(func_name, qualifier)

    return delete


def _weighted(func: dict[str, Any] | None, qualifier: str | None) -> Refusal | None:
    alias = (func or {}).get("aliases", {}).get(qualifier)
    if not alias or not weights_of(alias):
        return None
    return _INVALID, "Alias with weights can not be used with Provisioned Concurrency", 400


def _provisioning(original: Any) -> Any:
    from ministack.services.cloudformation import provisioners

    def create(logical_id: str, props: dict[str, Any], stack_name: str) -> Any:
        arn, attributes = original(logical_id, props, stack_name)
        _, name, _, _ = provisioners._lambda_function_for_cfn_ref(props.get("FunctionName", ""))
        provisioners._lambda_alias_provisioned_concurrency(name, attributes["Version"], {}, props)
        return arn, attributes

    return create


def _all_or_nothing(original: Any) -> Any:
    from ministack.services.cloudformation import provisioners

    def create(logical_id: str, props: dict[str, Any], stack_name: str) -> Any:
        func, *_ = provisioners._lambda_function_for_cfn_ref(props.get("FunctionName", ""))
        before = set((func or {}).get("aliases", {}))
        try:
            return original(logical_id, props, stack_name)
        except ValueError:
            # The alias exists by now, but its stack would never hear of it and could not delete it.
            for alias in set((func or {}).get("aliases", {})) - before:
                del func["aliases"][alias]
            raise

    return create
