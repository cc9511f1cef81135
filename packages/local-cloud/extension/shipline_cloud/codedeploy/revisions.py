"""Revisions of Lambda deployments: an AppSpec, JSON or YAML, in the request itself.

Its form is that of "AppSpec file structure for AWS Lambda deployments" (AWS CodeDeploy User Guide).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

import yaml

from .errors import CodeDeployError
from .records import Record

HOOK_EVENTS = ("BeforeAllowTraffic", "AfterAllowTraffic")
_TYPE = "AWS::Lambda::Function"
_PROPERTIES = ("Name", "Alias", "CurrentVersion", "TargetVersion")


@dataclass(frozen=True)
class AppSpec:
    """Which alias moves from which version to which."""

    function: str
    alias: str
    current: str
    target: str
    hooks: dict[str, str]
    """Lifecycle event -> name or ARN of the function to invoke."""


def revision_in(request: Record) -> tuple[Record, AppSpec]:
    """The request's revision as it is given back, and what it says."""
    revision = request.get("revision")
    if not revision:
        raise CodeDeployError("RevisionRequired", "The member revision is required.")
    kind = revision.get("revisionType")
    member = {"AppSpecContent": "appSpecContent", "String": "string"}.get(kind)
    if member is None:
        raise _malformed(f"The local CodeDeploy takes the revision types AppSpecContent and String, not {kind}.")
    given = revision.get(member) or {}
    content = given.get("content")
    if not isinstance(content, str) or not content:
        raise _malformed(f"The revision has no {member}.content.")
    sha256 = hashlib.sha256(content.encode()).hexdigest()
    if given.get("sha256") not in (None, "", sha256):
        raise _malformed("The SHA-256 hash of the revision does not match its content.")
    return {"revisionType": kind, member: {"content": content, "sha256": sha256}}, parse(content)


def revision_of(spec: AppSpec) -> Record:
    """The revision that says what `spec` says."""
    properties = dict(zip(_PROPERTIES, (spec.function, spec.alias, spec.current, spec.target), strict=True))
    document: Record = {
        "version": 0.0, "Resources": [{spec.function: {"Type": _TYPE, "Properties": properties}}]}
    if spec.hooks:
        document["Hooks"] = [{event: function} for event, function in spec.hooks.items()]
    content = json.dumps(document)
    return {"revisionType": "AppSpecContent",
            "appSpecContent": {"content": content, "sha256": hashlib.sha256(content.encode()).hexdigest()}}


def parse(content: str) -> AppSpec:
    """The AppSpec in a text. Every JSON text is YAML, too."""
    try:
        spec = yaml.safe_load(content)
    except yaml.YAMLError as error:
        raise _malformed(f"The AppSpec is neither JSON nor YAML: {error}") from error
    # JavaScript writes 0.0 as 0.
    if not isinstance(spec, dict) or spec.get("version") not in (0, "0.0"):
        raise _malformed("The AppSpec needs the version 0.0.")
    properties = _only_function(spec.get("Resources"))
    if missing := [name for name in _PROPERTIES if properties.get(name) in (None, "")]:
        raise _malformed(f"The function's Properties lack {', '.join(missing)}.")
    name, alias, current, target = (str(properties[name]) for name in _PROPERTIES)
    return AppSpec(name, alias, current, target, _hooks(spec.get("Hooks")))


def _only_function(resources: Any) -> Record:
    if not isinstance(resources, list) or len(resources) != 1 or not isinstance(resources[0], dict):
        raise _malformed("The AppSpec's Resources list exactly one function.")
    (resource,) = resources[0].values() if len(resources[0]) == 1 else (None,)
    if not isinstance(resource, dict) or resource.get("Type") != _TYPE:
        raise _malformed("The AppSpec's resource is not of the type AWS::Lambda::Function.")
    properties = resource.get("Properties")
    return properties if isinstance(properties, dict) else {}


def _hooks(given: Any) -> dict[str, str]:
    hooks: dict[str, str] = {}
    for entry in given or []:
        for event, function in (entry if isinstance(entry, dict) else {}).items():
            if event not in HOOK_EVENTS or not isinstance(function, str):
                raise _malformed(f"'{event}' is not a hook of Lambda deployments: {', '.join(HOOK_EVENTS)}.")
            hooks[event] = function
    return hooks


def _malformed(message: str) -> CodeDeployError:
    return CodeDeployError("InvalidRevision", message)
