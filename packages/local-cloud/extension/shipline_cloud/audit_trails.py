"""`AWS::CloudTrail::Trail` in templates.

Stock MiniStack has CloudTrail's API but refuses the type. On AWS a new name replaces a trail, everything else is changed
in place; Ref is its name, Arn its ARN, and IsLogging starts and stops it (AWS::CloudTrail::Trail, AWS CloudFormation
Template Reference). Here a trail is kept with its settings and writes no files.
"""

from __future__ import annotations

import json
from typing import Any

from .patching import require

PATCH = "type of audit trails"
TRAIL = "AWS::CloudTrail::Trail"
Properties = dict[str, Any]
Created = tuple[str, dict[str, str]]

SAME_NAMES = (
    "S3BucketName",
    "S3KeyPrefix",
    "SnsTopicName",
    "IncludeGlobalServiceEvents",
    "IsMultiRegionTrail",
    "EnableLogFileValidation",
    "CloudWatchLogsLogGroupArn",
    "CloudWatchLogsRoleArn",
)


def install() -> None:
    """Teach CloudFormation the type."""
    from ministack.services import cloudtrail
    from ministack.services.cloudformation import provisioners

    for name in ("_create_trail", "_update_trail", "_delete_trail", "_start_logging", "_stop_logging"):
        require(cloudtrail, name, patch=PATCH)
    require(provisioners, "_physical_name", patch=PATCH)
    handlers = require(provisioners, "_RESOURCE_HANDLERS", patch=PATCH)
    handlers[TRAIL] = {"create": _create, "update": _update, "delete": _delete}
    require(provisioners, "_REPLACING_PROPERTIES", patch=PATCH)[TRAIL] = ("TrailName",)


def _create(logical_id: str, props: Properties, stack_name: str) -> Created:
    from ministack.services.cloudformation import provisioners

    name = props.get("TrailName") or provisioners._physical_name(stack_name, logical_id, max_len=128)
    _require_bucket(props)
    answer = _call("_create_trail", {"Name": name, **_settings(props)})
    # CreateTrail of MiniStack keeps no log group.
    _call("_update_trail", {"Name": name, **_settings(props)})
    _log(name, props)
    return name, {"Arn": answer["TrailARN"]}


def _update(physical_id: str, old: Properties, new: Properties, stack_name: str) -> Created:
    _require_bucket(new)
    answer = _call("_update_trail", {"Name": physical_id, **_settings(new)})
    _log(physical_id, new)
    return physical_id, {"Arn": answer["TrailARN"]}


def _delete(physical_id: str, props: Properties) -> None:
    _call("_delete_trail", {"Name": physical_id})


def _require_bucket(props: Properties) -> None:
    if not props.get("S3BucketName"):
        raise ValueError(f"{TRAIL}: a trail needs an S3BucketName")


def _log(name: str, props: Properties) -> None:
    logging = str(props.get("IsLogging", True)).lower() == "true"
    _call("_start_logging" if logging else "_stop_logging", {"Name": name})


def _settings(props: Properties) -> dict[str, Any]:
    same = {name: props[name] for name in SAME_NAMES if name in props}
    return {**same, **({"KmsKeyId": props["KMSKeyId"]} if "KMSKeyId" in props else {})}


def _call(operation: str, request: dict[str, Any]) -> dict[str, Any]:
    from ministack.services import cloudtrail

    status, _, body = getattr(cloudtrail, operation)(request)
    answer: dict[str, Any] = json.loads(body or "{}")
    if status >= 400:
        raise ValueError(f"{TRAIL}: {answer.get('message') or answer.get('Message')}")
    return answer
