"""`AWS::IAM::AccessKey` and `AWS::IAM::OIDCProvider` in templates.

Stock MiniStack refuses both types, though its IAM makes keys and providers; `sam pipeline bootstrap` makes a key for the
user of a pipeline, or a provider for one without. On AWS, Ref of a key is its id and `Fn::GetAtt` SecretAccessKey its
secret, another `Serial` or `UserName` is a replacement; Ref and Arn of a provider are its ARN, another `Url` is a
replacement (AWS::IAM::AccessKey, AWS::IAM::OIDCProvider, AWS CloudFormation Template Reference).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

from .patching import require

PATCH = "IAM's types in templates"
KEY = "AWS::IAM::AccessKey"
PROVIDER = "AWS::IAM::OIDCProvider"
Properties = dict[str, Any]
Created = tuple[str, dict[str, str]]


def install() -> None:
    """Teach CloudFormation the types, by IAM's own actions."""
    from ministack.services import iam
    from ministack.services.cloudformation import provisioners

    for name in ("_access_keys", "_create_access_key", "_update_access_key", "_delete_access_key",
                 "_oidc_providers", "_create_oidc_provider", "_delete_oidc_provider"):
        require(iam, name, patch=PATCH)
    handlers = require(provisioners, "_RESOURCE_HANDLERS", patch=PATCH)
    handlers[KEY] = {"create": _create_key, "update": _update_key, "delete": _delete_key}
    handlers[PROVIDER] = {"create": _create_provider, "update": _update_provider, "delete": _delete_provider}


def _create_key(logical_id: str, props: Properties, stack_name: str) -> Created:
    from ministack.services import iam

    made = _asked(iam._create_access_key, UserName=props["UserName"])
    key = made.findtext(".//{*}AccessKeyId", "")
    if props.get("Status") == "Inactive":
        _asked(iam._update_access_key, AccessKeyId=key, Status="Inactive")
    return key, {"SecretAccessKey": made.findtext(".//{*}SecretAccessKey", "")}


def _update_key(physical_id: str, old: Properties, new: Properties, stack_name: str) -> Created:
    from ministack.services import iam

    if any(old.get(name) != new.get(name) for name in ("Serial", "UserName")):
        # Another id: the stack deletes the old key when everything else is done.
        return _create_key("", new, stack_name)
    _asked(iam._update_access_key, AccessKeyId=physical_id, Status=new.get("Status", "Active"))
    return physical_id, {"SecretAccessKey": iam._access_keys[physical_id]["SecretAccessKey"]}


def _delete_key(physical_id: str, props: Properties) -> None:
    from ministack.services import iam

    if physical_id in iam._access_keys:
        _asked(iam._delete_access_key, AccessKeyId=physical_id)


def _create_provider(logical_id: str, props: Properties, stack_name: str) -> Created:
    from ministack.services import iam

    made = _asked(iam._create_oidc_provider, Url=props["Url"], **_lists(props))
    arn = made.findtext(".//{*}OpenIDConnectProviderArn", "")
    return arn, {"Arn": arn}


def _update_provider(physical_id: str, old: Properties, new: Properties, stack_name: str) -> Created:
    from ministack.services import iam

    if old.get("Url") != new.get("Url"):
        # Another ARN: the stack deletes the old provider when everything else is done.
        return _create_provider("", new, stack_name)
    # Its ARN is made of its address.
    _asked(iam._delete_oidc_provider, OpenIDConnectProviderArn=physical_id)
    return _create_provider("", new, stack_name)


def _delete_provider(physical_id: str, props: Properties) -> None:
    from ministack.services import iam

    if physical_id in iam._oidc_providers:
        _asked(iam._delete_oidc_provider, OpenIDConnectProviderArn=physical_id)


def _lists(props: Properties) -> dict[str, str]:
    """Lists as IAM's protocol has them: `ClientIDList.member.1` and so on."""
    named = {"ClientIDList": props.get("ClientIdList"), "ThumbprintList": props.get("ThumbprintList")}
    return {
        f"{name}.member.{number}": value
        for name, values in named.items() for number, value in enumerate(values or [], start=1)
    }


def _asked(action: Callable[[dict[str, str]], tuple[int, Any, bytes]], **parameters: str) -> ElementTree.Element:
    """What IAM answers; a refusal fails the resource."""
    status, _headers, body = action(parameters)
    # Nobody from outside wrote it: it is this process's own answer.
    answer = ElementTree.fromstring(body)  # nosec B314
    if status >= 400:
        raise ValueError(answer.findtext(".//{*}Message", ""))
    return answer
