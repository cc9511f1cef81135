"""AWS CodeDeploy for Lambda: traffic of an alias moves to a new version while hooks and alarms watch.

Stock MiniStack has no CodeDeploy. AWS's is described in the CodeDeploy API Reference and in "Deployments on an AWS
Lambda compute platform" (AWS CodeDeploy User Guide). What AWS does not say is decided in the extension's README,
"Choices that AWS does not document".
"""

from __future__ import annotations

from ..deployment_clock import DeploymentClock
from . import alias_updates, cloudformation_types, life, long_updates, service


def install(clock: DeploymentClock) -> None:
    """Add the service, its CloudFormation types and the alias's update policy. `clock` paces every deployment."""
    life.keep_time_by(clock)
    service.install()
    cloudformation_types.install()
    alias_updates.install()
    long_updates.install()
