"""Tags of applications and deployment groups, by ARN."""

from __future__ import annotations

import re
from typing import Any

from ministack.core.responses import get_account_id, get_region

from . import records
from .errors import CodeDeployError
from .records import Record
from .requests import Request

_ARN = re.compile(r"arn:aws:codedeploy:[a-z0-9-]+:\d{12}:(?P<kind>[a-z]+):(?P<name>.+)")


def application_arn(application: str) -> str:
    return f"arn:aws:codedeploy:{get_region()}:{get_account_id()}:application:{application}"


def group_arn(application: str, group: str) -> str:
    return f"arn:aws:codedeploy:{get_region()}:{get_account_id()}:deploymentgroup:{application}/{group}"


def tag_resource(request: Request) -> Record:
    arn = _resource_in(request)
    if not request.get("Tags"):
        raise CodeDeployError("TagRequired", "The list Tags is required.")
    records.tags.setdefault(arn, {}).update(_parsed(request["Tags"]))
    return {}


def untag_resource(request: Request) -> Record:
    arn = _resource_in(request)
    if not request.get("TagKeys"):
        raise CodeDeployError("TagRequired", "The list TagKeys is required.")
    for key in request["TagKeys"]:
        records.tags.get(arn, {}).pop(key, None)
    return {}


def list_tags_for_resource(request: Request) -> Record:
    tags = records.tags.get(_resource_in(request), {})
    return {"Tags": [{"Key": key, "Value": value} for key, value in tags.items()]}


def tag_new(arn: str, tags: Any) -> None:
    """Keep the tags of a resource that is being created."""
    if tags:
        records.tags[arn] = _parsed(tags)


def move(old: str, new: str) -> None:
    """A resource got another name."""
    if old in records.tags:
        records.tags[new] = records.tags.pop(old)


def forget(arn: str) -> None:
    """A resource is deleted."""
    records.tags.pop(arn, None)


def _resource_in(request: Request) -> str:
    arn = request.get("ResourceArn")
    if not arn:
        raise CodeDeployError("ResourceArnRequired", "The member ResourceArn is required.")
    parts = _ARN.fullmatch(str(arn))
    if parts is None:
        raise CodeDeployError("InvalidArn", f"'{arn}' is not an ARN of CodeDeploy.")
    if parts["kind"] == "application":
        found, missing = parts["name"] in records.applications, "ApplicationDoesNotExist"
    elif parts["kind"] == "deploymentgroup":
        found, missing = parts["name"] in records.groups, "DeploymentGroupDoesNotExist"
    else:
        raise CodeDeployError("ArnNotSupported", f"A {parts['kind']} has no tags.")
    if not found:
        raise CodeDeployError(missing, f"There is no {arn}.")
    return str(arn)


def _parsed(tags: Any) -> dict[str, str]:
    if not isinstance(tags, list) or not all(isinstance(tag, dict) and tag.get("Key") for tag in tags):
        raise CodeDeployError("InvalidTagsToAdd", "Every tag needs a Key.")
    return {str(tag["Key"]): str(tag.get("Value", "")) for tag in tags}
