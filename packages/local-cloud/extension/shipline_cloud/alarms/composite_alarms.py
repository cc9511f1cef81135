"""AWS::CloudWatch::CompositeAlarm in templates.

Stock MiniStack has PutCompositeAlarm, but not the resource type. Ref is the alarm's name, `Arn` its attribute
("AWS::CloudWatch::CompositeAlarm", AWS CloudFormation Template Reference). It also passes over ActionsSuppressor, which
would let actions through that AWS holds back: that is refused here.
"""

from __future__ import annotations

import json
from typing import Any

from ..metrics.wire import RequestError, refusal, request_of
from ..patching import PatchError, require, swap

PATCH = "composite alarms in templates"
TYPE = "AWS::CloudWatch::CompositeAlarm"
_LISTS = ("AlarmActions", "OKActions", "InsufficientDataActions")


def install() -> None:
    """Add the type to CloudFormation."""
    from ministack.services import cloudwatch
    from ministack.services.cloudformation import provisioners

    swap(cloudwatch, "_put_composite_alarm", _refusing_suppressors, patch=PATCH,
         parameters="params cbor_data is_cbor is_json")
    require(cloudwatch, "_composite_alarms", patch=PATCH)
    for name in ("_physical_name", "_delete_predecessor"):
        require(provisioners, name, patch=PATCH)
    handlers = require(provisioners, "_RESOURCE_HANDLERS", patch=PATCH)
    if TYPE in handlers:
        raise PatchError(f"The local cloud's patch '{PATCH}' adds {TYPE}, but this MiniStack has it already.")
    handlers[TYPE] = {"create": _create, "update": _update, "update_with_logical_id": True, "delete": _delete}


def _refusing_suppressors(original: Any) -> Any:
    def put_composite_alarm(params: Any, body: Any, is_cbor: bool, is_json: bool = False) -> Any:
        if request_of(params, body, is_cbor, is_json).get("ActionsSuppressor"):
            error = RequestError("The local cloud does not know ActionsSuppressor of composite alarms.")
            return refusal(error, is_cbor, is_json)
        return original(params, body, is_cbor, is_json)

    return put_composite_alarm


def _create(logical_id: str, props: dict[str, Any], stack_name: str) -> tuple[str, dict[str, str]]:
    from ministack.services.cloudformation import provisioners

    return _put(props.get("AlarmName") or provisioners._physical_name(stack_name, logical_id, max_len=255), props)


def _update(
    physical_id: str, old_props: dict[str, Any], new_props: dict[str, Any], stack_name: str,
    logical_id: str | None = None,
) -> tuple[str, dict[str, str]]:
    from ministack.services.cloudformation import provisioners

    if old_props.get("AlarmName") == new_props.get("AlarmName"):
        return _put(physical_id, new_props)
    created = _create(logical_id or physical_id, new_props, stack_name)
    provisioners._delete_predecessor(_delete, physical_id, old_props)
    return created


def _put(name: str, props: dict[str, Any]) -> tuple[str, dict[str, str]]:
    from ministack.services import cloudwatch

    request = {
        "ActionsSuppressor": props.get("ActionsSuppressor"),
        "AlarmName": name, "AlarmRule": props.get("AlarmRule", ""),
        "AlarmDescription": props.get("AlarmDescription", ""),
        "ActionsEnabled": str(props.get("ActionsEnabled", True)).lower() != "false",
        **{key: props.get(key) or [] for key in _LISTS},
    }
    status, _, body = cloudwatch._put_composite_alarm({}, request, False, True)
    if status >= 400:
        raise ValueError(f"{TYPE}: {json.loads(body).get('message')}")
    tags = [tag for tag in props.get("Tags") or [] if tag.get("Key")]
    cloudwatch.cloudformation_set_metric_alarm_tags(name, tags)
    return name, {"Arn": cloudwatch._composite_alarms[name]["AlarmArn"]}


def _delete(physical_id: str, props: dict[str, Any]) -> None:
    from ministack.services import cloudwatch

    status, _, body = cloudwatch._delete_alarms({}, {"AlarmNames": [physical_id]}, False, True)
    if status >= 400:
        raise ValueError(f"{TYPE}: {json.loads(body).get('message')}")
