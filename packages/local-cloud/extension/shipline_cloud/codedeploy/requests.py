"""Reading requests: names, lists, pages. What is missing or malformed is refused by its documented name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from . import records
from .errors import CodeDeployError
from .records import Deployment

Request = dict[str, Any]
_NAME = re.compile(r"[A-Za-z0-9+=,.@_-]{1,100}")
_PAGE = 100


def name_in(request: Request, member: str, what: str) -> str:
    """The required name of an `Application`, a `DeploymentGroup` or a `DeploymentConfig`."""
    name = request.get(member)
    if not name:
        raise CodeDeployError(f"{what}NameRequired", f"The member {member} is required.")
    return checked_name(name, what)


def checked_name(name: Any, what: str) -> str:
    """`name`, if it has the form that AWS gives names."""
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise CodeDeployError(f"Invalid{what}Name", f"'{name}' is not a name: 1 to 100 letters, digits or +=,.@_-")
    return name


def platform_in(request: Request) -> str:
    """The compute platform, which on AWS is Server unless the request says otherwise."""
    platform = request.get("computePlatform", "Server")
    if platform != "Lambda":
        raise CodeDeployError("InvalidComputePlatform", f"The local CodeDeploy has only Lambda, not {platform}.")
    return str(platform)


def batch_in(request: Request, member: str, *, required: str, most: int = 100) -> list[str]:
    """The required list of a BatchGet operation."""
    names = request.get(member)
    if not isinstance(names, list) or not names:
        raise CodeDeployError(required, f"The list {member} is required.")
    if len(names) > most:
        raise CodeDeployError("BatchLimitExceeded", f"The list {member} may have {most} items at most.")
    return [str(name) for name in names]


def page_of(names: Iterable[str], request: Request, member: str) -> dict[str, Any]:
    """One page of a list operation's answer."""
    everything = list(names)
    token = request.get("nextToken")
    if token and not str(token).isdecimal():
        raise CodeDeployError("InvalidNextToken", "The next token is not one that was given out.")
    start = int(token or 0)
    answer: dict[str, Any] = {member: everything[start : start + _PAGE]}
    if start + _PAGE < len(everything):
        answer["nextToken"] = str(start + _PAGE)
    return answer


def deployment_in(request: Request) -> Deployment:
    """The deployment that a request names."""
    identity = request.get("deploymentId")
    if not identity:
        raise CodeDeployError("DeploymentIdRequired", "The member deploymentId is required.")
    if not isinstance(identity, str) or not identity.startswith("d-"):
        raise CodeDeployError("InvalidDeploymentId", f"'{identity}' is not the id of a deployment.")
    deployment: Deployment | None = records.deployments.get(identity)
    if deployment is None:
        raise CodeDeployError("DeploymentDoesNotExist", f"The deployment {identity} could not be found.")
    return deployment
