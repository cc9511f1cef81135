"""`AWS::IAM::OIDCProvider` in templates.

Stock MiniStack has the providers' API but refuses the type. On AWS Ref and Arn are the provider's ARN, a new address
replaces it, and a second provider of one address is refused (AWS::IAM::OIDCProvider, AWS CloudFormation Template
Reference). Here no token is checked.
"""

from __future__ import annotations

from typing import Any

from .patching import require

PATCH = "type of identity providers"
PROVIDER = "AWS::IAM::OIDCProvider"
Properties = dict[str, Any]
Created = tuple[str, dict[str, str]]


def install() -> None:
    """Teach CloudFormation the type."""
    from ministack.services import iam
    from ministack.services.cloudformation import provisioners

    for name in ("_create_oidc_provider", "_delete_oidc_provider", "_oidc_providers"):
        require(iam, name, patch=PATCH)
    handlers = require(provisioners, "_RESOURCE_HANDLERS", patch=PATCH)
    handlers[PROVIDER] = {"create": _create, "update": _update, "delete": _delete}
    require(provisioners, "_REPLACING_PROPERTIES", patch=PATCH)[PROVIDER] = ("Url",)


def _create(logical_id: str, props: Properties, stack_name: str) -> Created:
    from ministack.services import iam

    status, _, body = iam._create_oidc_provider(_request(props))
    if status >= 400:
        raise ValueError(f"{PROVIDER}: {body.decode() if isinstance(body, bytes) else body}")
    arn = _arn(props["Url"])
    return arn, {"Arn": arn}


def _update(physical_id: str, old: Properties, new: Properties, stack_name: str) -> Created:
    from ministack.services import iam

    iam._oidc_providers[physical_id].update(
        ClientIDList=list(new.get("ClientIdList", [])), ThumbprintList=list(new.get("ThumbprintList", []))
    )
    return physical_id, {"Arn": physical_id}


def _delete(physical_id: str, props: Properties) -> None:
    from ministack.services import iam

    iam._delete_oidc_provider({"OpenIDConnectProviderArn": [physical_id]})


def _request(props: Properties) -> dict[str, list[str]]:
    lists = {"ClientIDList": props.get("ClientIdList", []), "ThumbprintList": props.get("ThumbprintList", [])}
    members = {f"{name}.member.{n}": [value] for name, values in lists.items() for n, value in enumerate(values, 1)}
    return {"Url": [props["Url"]], **members}


def _arn(url: str) -> str:
    from ministack.core.responses import get_account_id

    return f"arn:aws:iam::{get_account_id()}:oidc-provider/{url.removeprefix('https://').rstrip('/')}"
