"""Who hears of a deployment: EventBridge's default bus, and the SNS topics of the group's triggers.

The forms are those of "Monitoring deployments with Amazon CloudWatch Events" and "JSON data formats for CodeDeploy
triggers" (AWS CodeDeploy User Guide).
"""

from __future__ import annotations

import json
import logging
from typing import Any

from ministack.core.responses import get_account_id, get_region
from ministack.services import eventbridge, sns

from . import records, tags
from .records import Deployment, Record

_log = logging.getLogger("codedeploy")
_STATE_OF = {"Queued": "QUEUED", "InProgress": "START", "Succeeded": "SUCCESS", "Failed": "FAILURE", "Stopped": "STOP"}
_TRIGGER_OF = {"InProgress": "DeploymentStart", "Succeeded": "DeploymentSuccess", "Failed": "DeploymentFailure",
               "Stopped": "DeploymentStop"}


def deployment_changed(deployment: Deployment) -> None:
    """The deployment has a new status."""
    info, _ = deployment.described()
    if state := _STATE_OF.get(info["status"]):
        _put_event(info, state)
    if trigger := _TRIGGER_OF.get(info["status"]):
        _publish(info, trigger)


def rollback_began(deployment: Deployment) -> None:
    """A deployment is being rolled back."""
    _publish(deployment.described()[0], "DeploymentRollback")


def _put_event(info: Record, state: str) -> None:
    application, group = info["applicationName"], info["deploymentGroupName"]
    detail = {"region": get_region(), "application": application, "deploymentGroup": group, "state": state,
              "deploymentId": info["deploymentId"], "instanceGroupId": _group(info).get("deploymentGroupId", "")}
    eventbridge._put_events({"Entries": [{
        "Source": "aws.codedeploy", "DetailType": "CodeDeploy Deployment State-change Notification",
        "Detail": json.dumps(detail),
        "Resources": [tags.application_arn(application), tags.group_arn(application, group)],
    }]}, allow_aws_source=True)


def _publish(info: Record, event: str) -> None:
    for trigger in _group(info).get("triggerConfigurations", []):
        if event not in trigger["triggerEvents"]:
            continue
        try:
            found = sns.publish_internal(
                trigger["triggerTargetArn"], json.dumps(_message(info, trigger["triggerName"])),
                f"{info['status']}: AWS CodeDeploy {info['deploymentId']} in {get_region()}"[:100])
        except sns.SnsPublishError as error:
            _log.warning("trigger %s of %s: %s", trigger["triggerName"], info["deploymentId"], error)
            continue
        if found is None:
            _log.warning("trigger %s of %s: there is no topic %s", trigger["triggerName"], info["deploymentId"],
                         trigger["triggerTargetArn"])


def _message(info: Record, trigger: str) -> Record:
    message: Record = {
        "region": get_region(), "accountId": get_account_id(), "eventTriggerName": trigger,
        "applicationName": info["applicationName"], "deploymentId": info["deploymentId"],
        "deploymentGroupName": info["deploymentGroupName"], "createTime": str(info["createTime"]),
        "completeTime": str(info["completeTime"]) if "completeTime" in info else None,
        "deploymentOverview": json.dumps(info["deploymentOverview"]), "status": info["status"].upper(),
    }
    for member, name in (("errorInformation", "errorInformation"), ("rollbackInfo", "rollbackInformation")):
        if member in info:
            message[name] = json.dumps(info[member])
    return message


def _group(info: Record) -> Any:
    return records.groups.get(records.group_key(info["applicationName"], info["deploymentGroupName"])) or {}
