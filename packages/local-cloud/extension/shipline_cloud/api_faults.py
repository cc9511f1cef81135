"""What an API answers when its function fails.

Stock MiniStack answers 502 for every API, with the function's error in the body. On AWS an HTTP API answers 500
`{"message":"Internal Server Error"}` ("Troubleshooting issues with HTTP API Lambda integrations", API Gateway
Developer Guide) and a REST API 502 `{"message": "Internal server error"}` ("Handle Lambda errors in API Gateway",
same guide); neither shows the error to the caller.
"""

from __future__ import annotations

import json
from contextvars import ContextVar
from typing import Any

from .patching import require, swap

PATCH = "faults behind an API"
_in_http_api: ContextVar[bool] = ContextVar("shipline_in_http_api", default=False)


def install() -> None:
    """Shape the answers of HTTP APIs and REST APIs to failed invocations."""
    from ministack.services import apigateway, apigateway_v1, lambda_svc

    require(apigateway, "_invoke_lambda_proxy", patch=PATCH)
    swap(apigateway, "_invoke_lambda_proxy", _marking_http_api, patch=PATCH)
    swap(
        lambda_svc, "lambda_execute_result_to_api_proxy_response", _hiding_faults, patch=PATCH, parameters="exec_result"
    )
    swap(apigateway_v1, "_lambda_proxy_response", _hiding_rest_faults, patch=PATCH, parameters="result")


def _marking_http_api(original: Any) -> Any:
    async def invoke_lambda_proxy(*args: Any, **options: Any) -> Any:
        token = _in_http_api.set(True)
        try:
            return await original(*args, **options)
        finally:
            _in_http_api.reset(token)

    return invoke_lambda_proxy


def _hiding_faults(original: Any) -> Any:
    def to_proxy_response(exec_result: dict[str, Any]) -> tuple[Any, Any]:
        if not _in_http_api.get() or not exec_result.get("error") or exec_result.get("throttle"):
            return original(exec_result)
        body = json.dumps({"message": "Internal Server Error"}, separators=(",", ":"))
        return {"statusCode": 500, "headers": {"Content-Type": "application/json"}, "body": body}, None

    return to_proxy_response


def _hiding_rest_faults(original: Any) -> Any:
    def lambda_proxy_response(result: dict[str, Any]) -> tuple[Any, str | None]:
        response, error = original(result)
        return response, error and "Internal server error"

    return lambda_proxy_response
