"""AWS CodeDeploy for Lambda: traffic of an alias moves to a new version while hooks and alarms watch.

Stock MiniStack has no CodeDeploy. AWS's is described in the CodeDeploy API Reference and in "Deployments on an AWS
Lambda compute platform" (AWS CodeDeploy User Guide). What AWS does not say is decided in the extension's README,
"Choices that AWS does not document".
"""

from __future__ import annotations

from ..deployment_clock import DeploymentClock
from . import life, service


def install(clock: DeploymentClock) -> None:
    """Add the service. `clock` paces every deployment."""
    life.keep_time_by(clock)
    service.install()
