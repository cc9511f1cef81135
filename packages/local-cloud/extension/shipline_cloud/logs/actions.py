"""Operations of CloudWatch Logs that stock MiniStack does not have."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from ..patching import require, swap

PATCH = "log operations"
Reply = tuple[int, dict[str, str], bytes]
_actions: dict[str, Callable[[dict[str, Any]], Any]] = {}


def add(name: str, answer: Callable[[dict[str, Any]], Any]) -> None:
    """Serve the operation `name`; `answer` gets the request and returns a reply (see `reply` and `refusal`)."""
    from ministack.services import cloudwatch_logs

    if not _actions:
        swap(cloudwatch_logs, "handle_request", _serving, patch=PATCH,
             parameters="method path headers body query_params")
    _actions[name] = answer


def reply(document: dict[str, Any]) -> Reply:
    """A successful reply."""
    from ministack.services import cloudwatch_logs

    return require(cloudwatch_logs, "json_response", patch=PATCH)(document)


def refusal(code: str, message: str) -> Reply:
    """A refused request."""
    from ministack.services import cloudwatch_logs

    return require(cloudwatch_logs, "error_response_json", patch=PATCH)(code, message, 400)


def _serving(original: Any) -> Any:
    async def handle_request(method: str, path: str, headers: dict[str, str], body: bytes, query_params: Any) -> Any:
        answer = _actions.get(headers.get("x-amz-target", "").rpartition(".")[2])
        if answer is None:
            return await original(method, path, headers, body, query_params)
        try:
            return answer(json.loads(body or b"{}"))
        except json.JSONDecodeError:
            return refusal("SerializationException", "Invalid JSON")

    return handle_request
