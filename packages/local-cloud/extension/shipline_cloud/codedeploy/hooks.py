"""Hooks: functions that look at the new version before or after the shift and say whether it may go on.

A hook is invoked with `{DeploymentId, LifecycleEventHookExecutionId}` and reports by
PutLifecycleEventHookExecutionStatus; one that does not within an hour has failed ("AppSpec 'hooks' section for an AWS
Lambda deployment", AWS CodeDeploy User Guide).
"""

from __future__ import annotations

import base64
import json
import uuid
from typing import Any

from ministack.services import lambda_svc

from . import service_roles
from .endings import failed
from .errors import CodeDeployError
from .records import Deployment, Record
from .requests import Request, deployment_in

MINUTES_TO_ANSWER = 60


def invoke(deployment: Deployment, event: str) -> None:
    """Call the hook of a lifecycle event and go on: its answer comes by the API. Raises Ended."""
    function = deployment.hooks[event]
    record, config, _ = lambda_svc._get_func_record_for_ref(function)
    if record is None or config is None:
        raise failed("HOOK_EXECUTION_FAILURE", f"The hook {function} of {event} does not exist.")
    service_roles.check_may_invoke(deployment.service_role, str(config["FunctionArn"]))
    execution = _new_execution(deployment.id, event)
    with deployment.changing():
        deployment.executions[execution] = event
    lambda_svc.invoke_async_with_retry(
        lambda_svc._execution_record_for_config(record, config),
        {"DeploymentId": deployment.id, "LifecycleEventHookExecutionId": execution},
    )


def put_lifecycle_event_hook_execution_status(request: Request) -> Record:
    deployment = deployment_in(request)
    execution, status = request.get("lifecycleEventHookExecutionId"), request.get("status")
    if status not in ("Succeeded", "Failed"):
        raise CodeDeployError(
            "InvalidLifecycleEventHookExecutionStatus", f"A hook reports Succeeded or Failed, not {status}.")
    with deployment.changing():
        event = deployment.executions.get(str(execution))
        if event is None:
            raise CodeDeployError("InvalidLifecycleEventHookExecutionId", f"{deployment.id} has no such execution.")
        if event in deployment.answers or deployment.event(event)["status"] != "InProgress":
            raise CodeDeployError("LifecycleEventAlreadyCompleted", f"{event} of {deployment.id} is already complete.")
        deployment.answers[event] = str(status)
    deployment.woken.set()
    return {"lifecycleEventHookExecutionId": execution}


def _new_execution(deployment_id: str, event: str) -> Any:
    # Opaque to whoever gets it, readable to whoever looks for a mistake.
    text = json.dumps({"deploymentId": deployment_id, "event": event, "nonce": uuid.uuid4().hex})
    return base64.urlsafe_b64encode(text.encode()).decode()
