"""The service as MiniStack sees it: requests, saved state, reset.

Requests are JSON 1.1 with `X-Amz-Target: CodeDeploy_20141006.<Operation>`; the account is that of the credentials, as
in MiniStack's own services.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from ministack import app
from ministack.core import router
from ministack.core.responses import error_response_json, json_response

from ..patching import require
from . import saved_state
from .errors import CodeDeployError
from .operations import OPERATIONS
from .records import forget_all

PATCH = "CodeDeploy"
NAME = "codedeploy"
_TARGET = "CodeDeploy_20141006"
_JSON = "application/x-amz-json-1.1"


def install() -> None:
    """Register the service wherever MiniStack keeps its own."""
    from ministack.core import iam_evaluator
    from ministack.services import cloudwatch, eventbridge, iam, lambda_svc, sns

    for owner, names in (
        (app, ("SERVICE_REGISTRY", "SERVICE_HANDLERS", "_loaded_modules", "_state_map")),
        (router, ("SERVICE_PATTERNS",)),
        (cloudwatch, ("_alarms", "_composite_alarms")),
        (eventbridge, ("_put_events",)),
        (iam, ("_roles",)),
        (iam_evaluator, ("EvalContext", "evaluate", "parse_policy_document", "_gather_role_policies")),
        (lambda_svc, ("_functions", "_update_alias", "_get_func_record_for_ref", "_execution_record_for_config",
                      "invoke_async_with_retry")),
        (sns, ("publish_internal", "SnsPublishError")),
    ):
        for name in names:
            require(owner, name, patch=PATCH)
    app.SERVICE_REGISTRY[NAME] = {"module": NAME}
    app.SERVICE_HANDLERS[NAME] = handle_request
    app._loaded_modules[NAME] = sys.modules[__name__]
    # Last, so that functions and aliases are restored before the deployments that end at them.
    app._state_map[NAME] = NAME
    router.SERVICE_PATTERNS[NAME] = {"target_prefixes": [_TARGET], "host_patterns": [r"codedeploy\."]}


async def handle_request(method: str, path: str, headers: dict[str, str], body: bytes, query_params: Any) -> Any:
    """Serve one request."""
    operation = headers.get("x-amz-target", "").rpartition(".")[2]
    serve = OPERATIONS.get(operation)
    if serve is None:
        message = f"The local CodeDeploy, which deploys Lambda functions, has no operation {operation}."
        return error_response_json("UnknownOperationException", message, 400, content_type=_JSON)
    try:
        request = json.loads(body or b"{}")
        return json_response(serve(request), content_type=_JSON)
    except json.JSONDecodeError:
        return error_response_json("SerializationException", "The request is not JSON.", 400, content_type=_JSON)
    except CodeDeployError as error:
        return error_response_json(error.code, str(error), 400, content_type=_JSON)


def get_state() -> dict[str, Any]:
    """What is saved at shutdown."""
    return saved_state.saved()


def load_persisted_state(data: dict[str, Any]) -> None:
    """Take over what was saved."""
    saved_state.restore(data)


def reset() -> None:
    """Forget everything of every account."""
    forget_all()
