"""Saved queries of CloudWatch Logs Insights, by API and by AWS::Logs::QueryDefinition.

Stock MiniStack has neither ("PutQueryDefinition", Amazon CloudWatch Logs API Reference; "AWS::Logs::QueryDefinition",
AWS CloudFormation Template Reference).
"""

from __future__ import annotations

import json
import time
from typing import Any

from ..patching import PatchError, require, swap
from . import actions

PATCH = "saved queries"
TYPE = "AWS::Logs::QueryDefinition"
_STATE = "query_definitions"
_store: Any = None
"""Definitions by id, per account and region (a dictionary of MiniStack's)."""


def install() -> None:
    """Add the operations and the resource type; save, load and reset with CloudWatch Logs."""
    global _store
    from ministack.core.responses import AccountRegionScopedDict
    from ministack.services import cloudwatch_logs
    from ministack.services.cloudformation import provisioners

    _store = AccountRegionScopedDict()
    require(cloudwatch_logs, "new_uuid", patch=PATCH)
    actions.add("PutQueryDefinition", _put)
    actions.add("DescribeQueryDefinitions", _describe)
    actions.add("DeleteQueryDefinition", _delete)
    swap(cloudwatch_logs, "get_state", _saving, patch=PATCH, parameters="")
    swap(cloudwatch_logs, "_restore_state", _loading, patch=PATCH, parameters="data")
    swap(cloudwatch_logs, "reset", _resetting, patch=PATCH, parameters="")
    handlers = require(provisioners, "_RESOURCE_HANDLERS", patch=PATCH)
    if TYPE in handlers:
        raise PatchError(f"The local cloud's patch '{PATCH}' adds {TYPE}, but this MiniStack has it already.")
    handlers[TYPE] = {"create": _create_resource, "update": _update_resource, "delete": _delete_resource}


def _put(request: dict[str, Any]) -> Any:
    from ministack.services import cloudwatch_logs

    if not request.get("name") or not request.get("queryString"):
        return actions.refusal("InvalidParameterException", "name and queryString are required.")
    key = request.get("queryDefinitionId")
    if key and key not in _store:
        return actions.refusal("ResourceNotFoundException", f"The query definition {key} does not exist.")
    key = key or cloudwatch_logs.new_uuid()
    _store[key] = {
        "queryDefinitionId": key, "name": request["name"], "queryString": request["queryString"],
        "logGroupNames": request.get("logGroupNames") or [], "lastModified": int(time.time() * 1000),
        "queryLanguage": request.get("queryLanguage") or "CWLI",
    }
    return actions.reply({"queryDefinitionId": key})


def _describe(request: dict[str, Any]) -> Any:
    prefix = request.get("queryDefinitionNamePrefix") or ""
    found = sorted((item for item in _store.values() if item["name"].startswith(prefix)), key=lambda i: i["name"])
    start, size = int(request.get("nextToken") or 0), int(request.get("maxResults") or 1000)
    page: dict[str, Any] = {"queryDefinitions": found[start : start + size]}
    if start + size < len(found):
        page["nextToken"] = str(start + size)
    return actions.reply(page)


def _delete(request: dict[str, Any]) -> Any:
    if _store.pop(request.get("queryDefinitionId"), None) is None:
        return actions.refusal("ResourceNotFoundException", "The query definition does not exist.")
    return actions.reply({"success": True})


def _saving(original: Any) -> Any:
    return lambda: {**original(), _STATE: _store}


def _loading(original: Any) -> Any:
    def restore(data: dict[str, Any] | None) -> None:
        original(data)
        _store.update((data or {}).get(_STATE, {}))

    return restore


def _resetting(original: Any) -> Any:
    def reset() -> None:
        original()
        _store.clear()

    return reset


def _create_resource(logical_id: str, props: dict[str, Any], stack_name: str) -> tuple[str, dict[str, str]]:
    return _put_resource(props, None)


def _update_resource(
    physical_id: str, old_props: dict[str, Any], new_props: dict[str, Any], stack_name: str
) -> tuple[str, dict[str, str]]:
    return _put_resource(new_props, physical_id)


def _put_resource(props: dict[str, Any], key: str | None) -> tuple[str, dict[str, str]]:
    names = {"Name": "name", "QueryString": "queryString", "LogGroupNames": "logGroupNames",
             "QueryLanguage": "queryLanguage"}
    request = {name: props[prop] for prop, name in names.items() if props.get(prop)}
    status, _, body = _put({**request, "queryDefinitionId": key})
    if status >= 400:
        raise ValueError(f"{TYPE}: {json.loads(body).get('message')}")
    created = str(json.loads(body)["queryDefinitionId"])
    return created, {"QueryDefinitionId": created}


def _delete_resource(physical_id: str, props: dict[str, Any]) -> None:
    _store.pop(physical_id, None)
