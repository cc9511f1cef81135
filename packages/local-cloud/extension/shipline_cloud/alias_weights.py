"""An alias with weights splits its calls between two versions.

Stock MiniStack keeps `RoutingConfig.AdditionalVersionWeights` and never applies it. On AWS every call of the alias
draws one of the two versions by "a simple probabilistic model", whoever makes the call, and "responses to synchronous
function invocations include an x-amz-executed-version header" ("Implement Lambda canary deployments using a weighted
alias", AWS Lambda Developer Guide).

The version is drawn where every execution passes, not where the alias is looked up: a look-up may serve GetFunction, or
a queue's poller which then finds no message. So one call draws once, and each attempt of an asynchronous call draws
anew from the alias as it is then (README, 'Choices that AWS does not document').
"""

from __future__ import annotations

import random
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from .aliases import qualifier_of
from .patching import require, swap

PATCH = "alias weights"
_EXECUTED_VERSION = "X-Amz-Executed-Version"
_executed: ContextVar[list[str] | None] = ContextVar("shipline_executed_versions", default=None)
"""Where the Invoke request that is being served wants to be told which version ran."""


def install() -> None:
    """Draw a version for every execution, and tell it to the caller of Invoke."""
    from ministack.services import lambda_svc

    for name in ("_functions", "_function_config_scope_mismatch"):
        require(lambda_svc, name, patch=PATCH)
    swap(lambda_svc, "_execute_function", _drawing_version, patch=PATCH, parameters="func event")
    swap(lambda_svc, "_invoke", _naming_executed_version, patch=PATCH,
         parameters="name event headers path_qualifier query_params")


def weights_of(alias: dict[str, Any]) -> dict[str, float]:
    """The alias's additional version and its share of the calls, from 0 to 1; empty without weights."""
    return dict((alias.get("RoutingConfig") or {}).get("AdditionalVersionWeights") or {})


def drawn_version(alias: dict[str, Any], draw: Callable[[], float] = random.random) -> str:
    """The version that serves one call of the alias. `draw` gives a number from 0 up to but not including 1."""
    point = draw()
    for version, weight in weights_of(alias).items():
        if point < float(weight):
            return version
        point -= float(weight)
    return str(alias.get("FunctionVersion", "$LATEST"))


def _drawing_version(original: Any) -> Any:
    def execute_function(func: dict[str, Any], event: Any) -> dict[str, Any]:
        from ministack.services import lambda_svc

        config = func.get("config") or func
        if lambda_svc._function_config_scope_mismatch(config):
            return original(func, event)  # It comes back here in the scope of the function's account.
        record = _record_for_this_call(func, config)
        executed = _executed.get()
        if executed is not None:
            executed.append((record.get("config") or record).get("Version", "$LATEST"))
        return original(record, event)

    return execute_function


def _record_for_this_call(func: dict[str, Any], config: dict[str, Any]) -> dict[str, Any]:
    from ministack.services import lambda_svc

    function = lambda_svc._functions.get(config.get("FunctionName", "")) or {}
    alias = function.get("aliases", {}).get(qualifier_of(config))
    if alias is None:
        return func
    version = drawn_version(alias)
    if version == config.get("Version", "$LATEST"):
        return func
    record = function if version == "$LATEST" else function.get("versions", {}).get(version)
    # An alias leads to versions that exist; one that was deleted by force leaves the version that was resolved.
    return func if record is None else {
        **record, "config": {**record["config"], "FunctionArn": config["FunctionArn"]}}


def _naming_executed_version(original: Any) -> Any:
    async def invoke(name: str, event: Any, headers: Any, path_qualifier: str | None = None,
                     query_params: Any = None) -> tuple[int, dict[str, str], bytes]:
        executed: list[str] = []
        token = _executed.set(executed)
        try:
            status, answer_headers, body = await original(name, event, headers, path_qualifier, query_params)
        finally:
            _executed.reset(token)
        return status, _with_executed_version(status, answer_headers, executed), body

    return invoke


def _with_executed_version(status: int, headers: dict[str, str], executed: list[str]) -> dict[str, str]:
    if status == 202:  # Accepted, not executed yet: no version is known, and AWS names none.
        return {name: value for name, value in headers.items() if name != _EXECUTED_VERSION}
    return {**headers, _EXECUTED_VERSION: executed[0]} if executed and _EXECUTED_VERSION in headers else headers
