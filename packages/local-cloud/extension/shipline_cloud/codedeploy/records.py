"""What the local CodeDeploy remembers, per account and region."""

from __future__ import annotations

import copy
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from ministack.core.responses import AccountRegionScopedDict

Record = dict[str, Any]
ACTIVE = ("Created", "Queued", "InProgress")
"""The statuses of a deployment that has not ended."""
LIFECYCLE = ("BeforeAllowTraffic", "AllowTraffic", "AfterAllowTraffic")

applications: Any = AccountRegionScopedDict()
"""Application name -> what GetApplication answers."""
groups: Any = AccountRegionScopedDict()
"""`application/group` -> what GetDeploymentGroup answers."""
configurations: Any = AccountRegionScopedDict()
"""Name of a custom configuration -> what GetDeploymentConfig answers."""
tags: Any = AccountRegionScopedDict()
"""ARN -> {key: value}."""
deployments: Any = AccountRegionScopedDict()
"""Deployment id -> Deployment, oldest first."""


@dataclass
class Deployment:
    """One deployment. Its thread writes it while requests read it, so both go through the methods."""

    info: Record
    """What GetDeployment answers."""
    target: Record
    """The deployment's only target, as GetDeploymentTarget answers it."""
    hooks: dict[str, str]
    """Lifecycle event -> the function to invoke for it."""
    service_role: str
    executions: dict[str, str] = field(default_factory=dict)
    """Hook execution id -> its lifecycle event."""
    answers: dict[str, str] = field(default_factory=dict)
    """Lifecycle event -> the status that its hook has reported."""
    stop_requested: bool = False
    roll_back_when_stopped: bool | None = None
    """What StopDeployment said; None leaves it to the automatic rollback configuration."""
    woken: threading.Event = field(default_factory=threading.Event)
    """Set when a hook has answered or a stop was requested: whoever waits should look."""
    ended: threading.Event = field(default_factory=threading.Event)
    """Set when the deployment and the rollback that it caused are over."""
    lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def id(self) -> str:
        return str(self.info["deploymentId"])

    @property
    def is_active(self) -> bool:
        return self.info["status"] in ACTIVE

    @property
    def function(self) -> Record:
        """functionName, functionAlias, currentVersion, targetVersion, targetVersionWeight."""
        return dict(self.target["lambdaFunctionInfo"])

    def described(self) -> tuple[Record, Record]:
        """Copies of `info` and `target` that do not change any more."""
        with self.lock:
            return copy.deepcopy(self.info), copy.deepcopy(self.target)

    def event(self, name: str) -> Record:
        """The lifecycle event of that name. Change it with `changing` only."""
        return next(event for event in self.target["lifecycleEvents"] if event["lifecycleEventName"] == name)

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Around every change of `info`, `target`, `executions` and `answers`."""
        with self.lock:
            yield
            self.target["lastUpdatedAt"] = now()


def now() -> float:
    """Seconds since the epoch, to the millisecond as AWS gives them."""
    return round(time.time(), 3)


def group_key(application: str, group: str) -> str:
    return f"{application}/{group}"


def active_deployment_of(application: str, group: str) -> Deployment | None:
    """The deployment of a group that has not ended, if there is one."""
    for deployment in list(deployments.values()):
        info = deployment.info
        if deployment.is_active and (info["applicationName"], info["deploymentGroupName"]) == (application, group):
            return deployment  # type: ignore[no-any-return]
    return None


def forget_all() -> None:
    """Every account loses everything; a deployment that runs notices that its record is gone and ends."""
    for store in (applications, groups, configurations, tags, deployments):
        store.clear()
