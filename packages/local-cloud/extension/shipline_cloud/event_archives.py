"""`AWS::Events::Archive` in templates.

Stock MiniStack has the archives' API but refuses the type. On AWS a new name or source replaces an archive, everything
else is changed in place; Ref is its name, Arn its ARN (AWS::Events::Archive, AWS CloudFormation Template Reference).
"""

from __future__ import annotations

import json
from typing import Any

from .patching import require

PATCH = "type of event archives"
ARCHIVE = "AWS::Events::Archive"
Properties = dict[str, Any]
Created = tuple[str, dict[str, str]]


def install() -> None:
    """Teach CloudFormation the type."""
    from ministack.services import eventbridge
    from ministack.services.cloudformation import provisioners

    for name in ("_create_archive", "_update_archive", "_delete_archive"):
        require(eventbridge, name, patch=PATCH)
    require(provisioners, "_physical_name", patch=PATCH)
    handlers = require(provisioners, "_RESOURCE_HANDLERS", patch=PATCH)
    handlers[ARCHIVE] = {"create": _create, "update": _update, "delete": _delete}
    require(provisioners, "_REPLACING_PROPERTIES", patch=PATCH)[ARCHIVE] = ("ArchiveName", "SourceArn")


def _create(logical_id: str, props: Properties, stack_name: str) -> Created:
    from ministack.services.cloudformation import provisioners

    name = props.get("ArchiveName") or provisioners._physical_name(stack_name, logical_id, max_len=48)
    answer = _call("_create_archive", {"EventSourceArn": props.get("SourceArn"), **_settings(name, props)})
    return name, {"Arn": answer["ArchiveArn"], "ArchiveName": name}


def _update(physical_id: str, old: Properties, new: Properties, stack_name: str) -> Created:
    answer = _call("_update_archive", _settings(physical_id, new))
    return physical_id, {"Arn": answer["ArchiveArn"], "ArchiveName": physical_id}


def _delete(physical_id: str, props: Properties) -> None:
    _call("_delete_archive", {"ArchiveName": physical_id})


def _settings(name: str, props: Properties) -> dict[str, Any]:
    pattern = props.get("EventPattern")
    return {
        "ArchiveName": name,
        "Description": props.get("Description", ""),
        "RetentionDays": int(props.get("RetentionDays", 0)),
        # The API takes a pattern as text, a template as an object.
        "EventPattern": json.dumps(pattern) if pattern else "",
        "KmsKeyIdentifier": props.get("KmsKeyIdentifier", ""),
    }


def _call(name: str, request: dict[str, Any]) -> dict[str, Any]:
    from ministack.services import eventbridge

    status, _, body = getattr(eventbridge, name)(request)
    answer: dict[str, Any] = json.loads(body)
    if status >= 400:
        raise ValueError(f"{ARCHIVE}: {answer.get('message') or answer.get('__type')}")
    return answer
