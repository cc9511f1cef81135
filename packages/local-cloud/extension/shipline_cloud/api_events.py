"""What an HTTP API hands to its function.

Stock MiniStack says `"pathParameters": null` for a route without parameters. On AWS the member is absent ("Create AWS
Lambda proxy integrations for HTTP APIs", payload format 2.0, API Gateway Developer Guide), and strict readers of the
event (Powertools' router among them) refuse null.
"""

from __future__ import annotations

from typing import Any

from .patching import swap

PATCH = "events of HTTP APIs"


def install() -> None:
    """Leave out what AWS leaves out."""
    from ministack.services import lambda_svc

    swap(lambda_svc, "_execute_function_with_config_scope", _without_nulls, patch=PATCH, parameters="func event")


def _without_nulls(original: Any) -> Any:
    def execute_function_with_config_scope(func: dict[str, Any], event: Any) -> Any:
        if isinstance(event, dict) and event.get("version") == "2.0" and "routeKey" in event:
            event = {key: value for key, value in event.items() if value is not None}
        return original(func, event)

    return execute_function_with_config_scope
