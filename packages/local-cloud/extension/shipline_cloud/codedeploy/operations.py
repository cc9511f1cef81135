"""Which function serves which operation of the API."""

from __future__ import annotations

from collections.abc import Callable

from . import applications, configurations, deployments, groups, hooks, tags, targets
from .records import Record
from .requests import Request

OPERATIONS: dict[str, Callable[[Request], Record]] = {
    "CreateApplication": applications.create_application,
    "GetApplication": applications.get_application,
    "BatchGetApplications": applications.batch_get_applications,
    "ListApplications": applications.list_applications,
    "UpdateApplication": applications.update_application,
    "DeleteApplication": applications.delete_application,
    "CreateDeploymentGroup": groups.create_deployment_group,
    "GetDeploymentGroup": groups.get_deployment_group,
    "BatchGetDeploymentGroups": groups.batch_get_deployment_groups,
    "ListDeploymentGroups": groups.list_deployment_groups,
    "UpdateDeploymentGroup": groups.update_deployment_group,
    "DeleteDeploymentGroup": groups.delete_deployment_group,
    "CreateDeploymentConfig": configurations.create_deployment_config,
    "GetDeploymentConfig": configurations.get_deployment_config,
    "ListDeploymentConfigs": configurations.list_deployment_configs,
    "DeleteDeploymentConfig": configurations.delete_deployment_config,
    "CreateDeployment": deployments.create_deployment,
    "GetDeployment": deployments.get_deployment,
    "BatchGetDeployments": deployments.batch_get_deployments,
    "ListDeployments": deployments.list_deployments,
    "StopDeployment": deployments.stop_deployment,
    "ContinueDeployment": deployments.continue_deployment,
    "SkipWaitTimeForInstanceTermination": deployments.continue_deployment,
    "ListDeploymentTargets": targets.list_deployment_targets,
    "GetDeploymentTarget": targets.get_deployment_target,
    "BatchGetDeploymentTargets": targets.batch_get_deployment_targets,
    "PutLifecycleEventHookExecutionStatus": hooks.put_lifecycle_event_hook_execution_status,
    "TagResource": tags.tag_resource,
    "UntagResource": tags.untag_resource,
    "ListTagsForResource": tags.list_tags_for_resource,
}
