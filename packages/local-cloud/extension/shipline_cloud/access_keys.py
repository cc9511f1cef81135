"""`AWS::IAM::AccessKey` in templates.

Stock MiniStack refuses the type, though IAM itself makes access keys; `sam pipeline bootstrap` makes one for the user
of a pipeline without OIDC. On AWS Ref is the key's id and `Fn::GetAtt` SecretAccessKey its secret; another `Serial` or
`UserName` is a replacement (AWS::IAM::AccessKey, AWS CloudFormation Template Reference).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

from .patching import require

PATCH = "access keys"
TYPE = "AWS::IAM::AccessKey"
Properties = dict[str, Any]
Created = tuple[str, dict[str, str]]


def install() -> None:
    """Teach CloudFormation the type, by IAM's own actions."""
    from ministack.services import iam
    from ministack.services.cloudformation import provisioners

    for name in ("_access_keys", "_create_access_key", "_update_access_key", "_delete_access_key"):
        require(iam, name, patch=PATCH)
    handlers = require(provisioners, "_RESOURCE_HANDLERS", patch=PATCH)
    handlers[TYPE] = {"create": _create, "update": _update, "delete": _delete}


def _create(logical_id: str, props: Properties, stack_name: str) -> Created:
    from ministack.services import iam

    made = _asked(iam._create_access_key, UserName=props["UserName"])
    key = made.findtext(".//{*}AccessKeyId", "")
    if props.get("Status") == "Inactive":
        _asked(iam._update_access_key, AccessKeyId=key, Status="Inactive")
    return key, {"SecretAccessKey": made.findtext(".//{*}SecretAccessKey", "")}


def _update(physical_id: str, old: Properties, new: Properties, stack_name: str) -> Created:
    from ministack.services import iam

    if any(old.get(name) != new.get(name) for name in ("Serial", "UserName")):
        # Another id: the stack deletes the old key when everything else is done.
        return _create("", new, stack_name)
    _asked(iam._update_access_key, AccessKeyId=physical_id, Status=new.get("Status", "Active"))
    return physical_id, {"SecretAccessKey": iam._access_keys[physical_id]["SecretAccessKey"]}


def _delete(physical_id: str, props: Properties) -> None:
    from ministack.services import iam

    if physical_id in iam._access_keys:
        _asked(iam._delete_access_key, AccessKeyId=physical_id)


def _asked(action: Callable[[dict[str, str]], tuple[int, Any, bytes]], **parameters: str) -> ElementTree.Element:
    """What IAM answers; a refusal fails the resource."""
    status, _headers, body = action(parameters)
    # Nobody from outside wrote it: it is this process's own answer.
    answer = ElementTree.fromstring(body)  # nosec B314
    if status >= 400:
        raise ValueError(f"{TYPE}: {answer.findtext('.//{*}Message', '')}")
    return answer
