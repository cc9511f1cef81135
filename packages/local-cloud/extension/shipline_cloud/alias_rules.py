"""CreateAlias and UpdateAlias refuse what no alias can lead to.

Stock MiniStack accepts every version and every weight, and CloudFormation writes its aliases past CreateAlias. On AWS
an alias names versions that exist; with weights it names exactly two, both published, with the same execution role and
the same dead-letter queue ("Implement Lambda canary deployments using a weighted alias", AWS Lambda Developer Guide),
and a weight lies between 0 and 1 ("AliasRoutingConfiguration", Lambda API Reference).
"""

from __future__ import annotations

import json
from typing import Any

from .alias_weights import weights_of
from .patching import require, swap

PATCH = "alias rules"
_INVALID = "InvalidParameterValueException"
Refusal = tuple[str, str, int]
"""Code, message and status of an error."""


def install() -> None:
    """Check aliases before they are written, by the API and by CloudFormation."""
    from ministack.services import lambda_svc
    from ministack.services.cloudformation import provisioners

    for name in ("_functions", "_func_arn", "error_response_json"):
        require(lambda_svc, name, patch=PATCH)
    require(provisioners, "_lambda_alias_routing_config", patch=PATCH)
    swap(lambda_svc, "_create_alias", _checking_new, patch=PATCH, parameters="func_name data")
    swap(lambda_svc, "_update_alias", _checking_changed, patch=PATCH, parameters="func_name alias_name data")
    swap(provisioners, "_lambda_alias_create", _checking_stack, patch=PATCH, parameters="logical_id props stack_name")
    handler = require(provisioners, "_RESOURCE_HANDLERS", patch=PATCH)["AWS::Lambda::Alias"]
    handler["create"] = provisioners._lambda_alias_create


def refusal_of(func: dict[str, Any], alias: dict[str, Any]) -> Refusal | None:
    """Why the function cannot have this alias (FunctionVersion, RoutingConfig), None when it can."""
    primary, weights = str(alias.get("FunctionVersion", "$LATEST")), weights_of(alias)
    if primary != "$LATEST" and primary not in func["versions"]:
        return _not_found(func, primary)
    if len(weights) > 1:
        return _INVALID, "Number of items in AdditionalVersionWeights cannot be greater than 1", 400
    for version, weight in weights.items():
        if refusal := _refused_weight(func, primary, version, weight):
            return refusal
    return None


def _refused_weight(func: dict[str, Any], primary: str, version: str, weight: Any) -> Refusal | None:
    if isinstance(weight, bool) or not isinstance(weight, (int, float)) or not 0 <= weight <= 1:
        return _INVALID, f"The weight of version {version} must be a number from 0.0 to 1.0, not {weight}", 400
    if "$LATEST" in (primary, version):
        return _INVALID, "$LATEST is not supported for an alias pointing to more than 1 version", 400
    if version == primary:
        return _INVALID, (f"Invalid function version {version}. Function version {version} is already included in "
                          "routing configuration."), 400
    if version not in func["versions"]:
        return _not_found(func, version)
    one, other = (func["versions"][number]["config"] for number in (primary, version))
    if one.get("Role") != other.get("Role"):
        return _INVALID, f"Versions {primary} and {version} must have the same execution role", 400
    if _dead_letters(one) != _dead_letters(other):
        return _INVALID, f"Versions {primary} and {version} must have the same dead-letter queue", 400
    return None


def _not_found(func: dict[str, Any], version: str) -> Refusal:
    return "ResourceNotFoundException", f"Function not found: {func['config']['FunctionArn']}:{version}", 404


def _dead_letters(config: dict[str, Any]) -> str | None:
    return (config.get("DeadLetterConfig") or {}).get("TargetArn") or None


def _checking_new(original: Any) -> Any:
    def create_alias(func_name: str, data: dict[str, Any]) -> Any:
        return _refused(func_name, data) or original(func_name, data)

    return create_alias


def _checking_changed(original: Any) -> Any:
    from ministack.services import lambda_svc

    def update_alias(func_name: str, alias_name: str, data: dict[str, Any]) -> Any:
        alias = (lambda_svc._functions.get(func_name) or {}).get("aliases", {}).get(alias_name)
        merged = {**(alias or {}), **{k: v for k, v in data.items() if k in ("FunctionVersion", "RoutingConfig")}}
        refused = _refused(func_name, merged) if alias is not None else None
        return refused or original(func_name, alias_name, data)

    return update_alias


def _checking_stack(original: Any) -> Any:
    from ministack.services.cloudformation import provisioners

    def create(logical_id: str, props: dict[str, Any], stack_name: str) -> Any:
        _, name, _, _ = provisioners._lambda_function_for_cfn_ref(props.get("FunctionName", ""))
        refused = _refused(name, {**props, "RoutingConfig": provisioners._lambda_alias_routing_config(props)})
        if refused:
            raise ValueError(f"AWS::Lambda::Alias create failed: {json.loads(refused[2]).get('message')}")
        return original(logical_id, props, stack_name)

    return create


def _refused(func_name: str, alias: dict[str, Any]) -> Any:
    from ministack.services import lambda_svc

    func = lambda_svc._functions.get(func_name)
    refusal = refusal_of(func, alias) if func is not None else None
    return lambda_svc.error_response_json(*refusal) if refusal else None
