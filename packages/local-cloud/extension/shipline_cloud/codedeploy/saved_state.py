"""What outlives the server: all records. A deployment that was under way when the server stopped does not go on.

On AWS nothing stops CodeDeploy. Here such a deployment has failed when the server is back, and is rolled back like any
other failed one: a canary must not stay half way because a laptop was closed.
"""

from __future__ import annotations

import copy
from contextvars import copy_context
from typing import Any

from ministack.core.responses import AccountRegionScopedDict, _request_account_id, _request_region

from . import recording, records, rollbacks
from .endings import failed
from .records import Deployment

_STORES = {"applications": records.applications, "groups": records.groups,
           "configurations": records.configurations, "tags": records.tags}
_SAVED = ("info", "target", "hooks", "service_role", "executions", "answers")


def saved() -> dict[str, Any]:
    """The state as JSON."""
    deployments = {key: _saved_deployment(deployment) for key, deployment in records.deployments.to_dict().items()}
    return {**_STORES, "deployments": AccountRegionScopedDict.from_dict(deployments)}


def restore(data: dict[str, Any]) -> None:
    """The opposite of `saved`."""
    for name, store in _STORES.items():
        store.update(data.get(name, {}))
    for key, fields in data.get("deployments", AccountRegionScopedDict()).to_dict().items():
        deployment = Deployment(**fields)
        records.deployments.set_scoped(*key, deployment)
        if deployment.is_active:
            copy_context().run(_end, deployment, *key[:2])
        deployment.ended.set()


def _saved_deployment(deployment: Deployment) -> dict[str, Any]:
    with deployment.lock:
        return copy.deepcopy({name: getattr(deployment, name) for name in _SAVED})


def _end(deployment: Deployment, account: str, region: str) -> None:
    _request_account_id.set(account)
    _request_region.set(region)
    end = failed("INTERNAL_ERROR", "The local cloud was stopped during this deployment.")
    with deployment.changing():
        for event in deployment.target["lifecycleEvents"]:
            if event["status"] == "InProgress":
                event["status"] = "Failed"
    recording.finish(deployment, "Failed", end)
    rollbacks.roll_back(deployment, end)
