"""Deployment configurations: how much traffic moves when.

The predefined ones are those of "Working with deployment configurations in CodeDeploy" (AWS CodeDeploy User Guide).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ministack.core.responses import new_uuid

from . import records
from .errors import CodeDeployError
from .records import Record, now
from .requests import Request, name_in, page_of, platform_in

PREDEFINED_PREFIX = "CodeDeployDefault."
ALL_AT_ONCE = "CodeDeployDefault.LambdaAllAtOnce"
_MOST_MINUTES = 2880  # Two days ("CodeDeploy quotas").


@dataclass(frozen=True)
class Step:
    """One shift of traffic."""

    percent: int
    """What the new version gets from now on."""
    minutes: int
    """How long this holds before the next step."""


def _canary(percent: int, minutes: int) -> Record:
    return {"type": "TimeBasedCanary", "timeBasedCanary": {"canaryPercentage": percent, "canaryInterval": minutes}}


def _linear(percent: int, minutes: int) -> Record:
    return {"type": "TimeBasedLinear", "timeBasedLinear": {"linearPercentage": percent, "linearInterval": minutes}}


def _configuration(name: str, routing: Record, created: float = 0.0) -> Record:
    return {"deploymentConfigId": new_uuid(), "deploymentConfigName": name, "createTime": created,
            "computePlatform": "Lambda", "trafficRoutingConfig": routing}


PREDEFINED = {
    configuration["deploymentConfigName"]: configuration
    for configuration in [
        _configuration(ALL_AT_ONCE, {"type": "AllAtOnce"}),
        *(_configuration(f"{PREDEFINED_PREFIX}LambdaCanary10Percent{minutes}Minutes", _canary(10, minutes))
          for minutes in (5, 10, 15, 30)),
        *(_configuration(f"{PREDEFINED_PREFIX}LambdaLinear10PercentEvery{minutes}Minute{'s' if minutes > 1 else ''}",
                         _linear(10, minutes)) for minutes in (1, 2, 3, 10)),
    ]
}


def steps_of(configuration: Record) -> list[Step]:
    """The shifts of a configuration; the last one gives everything to the new version."""
    routing = configuration["trafficRoutingConfig"]
    if routing["type"] == "TimeBasedCanary":
        canary = routing["timeBasedCanary"]
        return [Step(canary["canaryPercentage"], canary["canaryInterval"]), Step(100, 0)]
    if routing["type"] == "TimeBasedLinear":
        linear = routing["timeBasedLinear"]
        percents = range(linear["linearPercentage"], 100, linear["linearPercentage"])
        return [*(Step(percent, linear["linearInterval"]) for percent in percents), Step(100, 0)]
    return [Step(100, 0)]


def create_deployment_config(request: Request) -> Record:
    name = name_in(request, "deploymentConfigName", "DeploymentConfig")
    if name.startswith(PREDEFINED_PREFIX):
        raise CodeDeployError("InvalidDeploymentConfigName", f"Names with {PREDEFINED_PREFIX} belong to AWS: {name}")
    if name in records.configurations:
        raise CodeDeployError("DeploymentConfigAlreadyExists", f"Deployment configuration already exists: {name}")
    platform_in(request)
    if request.get("minimumHealthyHosts"):
        raise CodeDeployError("InvalidMinimumHealthyHostValue", "Lambda deployments have no minimumHealthyHosts.")
    configuration = _configuration(name, _parsed(request.get("trafficRoutingConfig")), now())
    records.configurations[name] = configuration
    return {"deploymentConfigId": configuration["deploymentConfigId"]}


def get_deployment_config(request: Request) -> Record:
    return {"deploymentConfigInfo": existing(name_in(request, "deploymentConfigName", "DeploymentConfig"))}


def list_deployment_configs(request: Request) -> Record:
    return page_of([*PREDEFINED, *sorted(records.configurations)], request, "deploymentConfigsList")


def delete_deployment_config(request: Request) -> Record:
    name = name_in(request, "deploymentConfigName", "DeploymentConfig")
    if name in PREDEFINED:
        raise CodeDeployError("InvalidOperation", f"A predefined configuration cannot be deleted: {name}")
    if any(group["deploymentConfigName"] == name for group in records.groups.values()):
        raise CodeDeployError("DeploymentConfigInUse", f"A deployment group uses this configuration: {name}")
    records.configurations.pop(name, None)
    return {}


def existing(name: str) -> Record:
    """The predefined or custom configuration of that name."""
    configuration: Record | None = PREDEFINED.get(name) or records.configurations.get(name)
    if configuration is None:
        raise CodeDeployError("DeploymentConfigDoesNotExist", f"No deployment configuration found for name: {name}")
    return configuration


def _parsed(routing: Any) -> Record:
    kind = (routing or {}).get("type")
    if kind == "AllAtOnce":
        return {"type": kind}
    if kind == "TimeBasedCanary":
        return _canary(*_shift_in(routing, "timeBasedCanary", "canaryPercentage", "canaryInterval"))
    if kind == "TimeBasedLinear":
        return _linear(*_shift_in(routing, "timeBasedLinear", "linearPercentage", "linearInterval"))
    raise _malformed("A Lambda configuration needs a type: TimeBasedCanary, TimeBasedLinear or AllAtOnce.")


def _shift_in(routing: Record, member: str, percentage: str, interval: str) -> tuple[int, int]:
    shift = routing.get(member) or {}
    percent, minutes = shift.get(percentage), shift.get(interval)
    if not isinstance(percent, int) or not 1 <= percent <= 99:
        raise _malformed(f"{percentage} must be a whole number from 1 to 99.")
    if not isinstance(minutes, int) or not 1 <= minutes <= _MOST_MINUTES:
        raise _malformed(f"{interval} must be a whole number of minutes from 1 to {_MOST_MINUTES}.")
    return percent, minutes


def _malformed(message: str) -> CodeDeployError:
    return CodeDeployError("InvalidTrafficRoutingConfiguration", message)
