"""A function that is invoked by an alias is told so.

Stock MiniStack resolves an alias to its version and loses the name on the way: behind an API, an event source or a
state machine, `context.invokedFunctionArn` ends in the version's number. On AWS it is "the Amazon Resource Name
(ARN) that's used to invoke the function. Indicates if the invoker specified a version number or alias" ("Using the
Lambda context object to retrieve Node.js function information", AWS Lambda Developer Guide), and GetFunction
by alias answers with the alias's ARN.
"""

from __future__ import annotations

from typing import Any

from .patching import require, swap

PATCH = "alias in invokedFunctionArn"


def install() -> None:
    """Keep the alias in the configuration that every way of invoking a function resolves."""
    from ministack.services import lambda_svc

    require(lambda_svc, "_execution_record_for_config", patch=PATCH)
    swap(lambda_svc, "_effective_func_record_for_qualifier", _naming_alias, patch=PATCH, parameters="func qualifier")


def _naming_alias(original: Any) -> Any:
    def effective_record(func: dict[str, Any] | None, qualifier: str | None) -> tuple[Any, Any]:
        record, config = original(func, qualifier)
        if func is None or config is None or qualifier not in func.get("aliases", {}):
            return record, config
        named = {**config, "FunctionArn": f"{func['config']['FunctionArn']}:{qualifier}"}
        return {**record, "config": named}, named

    return effective_record


def qualifier_of(config: dict[str, Any]) -> str | None:
    """The alias or version that the caller named, None for an unqualified call."""
    parts = str(config.get("FunctionArn", "")).split(":")
    return parts[7] if len(parts) > 7 else None
