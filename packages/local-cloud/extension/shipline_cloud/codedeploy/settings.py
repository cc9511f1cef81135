"""The settings that deployment groups have and single deployments may override: alarms, rollback, triggers, style."""

from __future__ import annotations

from typing import Any

from .errors import CodeDeployError
from .records import Record

MOST_ALARMS = 10
MOST_TRIGGERS = 10
ROLLBACK_EVENTS = ("DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST")
TRIGGER_EVENTS = (
    "DeploymentStart", "DeploymentSuccess", "DeploymentFailure", "DeploymentStop", "DeploymentRollback",
    "DeploymentReady", "InstanceStart", "InstanceSuccess", "InstanceFailure", "InstanceReady",
)
LAMBDA_STYLE = {"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"}


def alarm_configuration(given: Any) -> Record:
    """A checked alarmConfiguration."""
    given = given or {}
    alarms = given.get("alarms") or []
    names = [alarm.get("name") if isinstance(alarm, dict) else None for alarm in alarms]
    if any(not isinstance(name, str) or not 1 <= len(name) <= 255 for name in names):
        raise CodeDeployError("InvalidAlarmConfig", "Every alarm needs a name of 1 to 255 characters.")
    if len(set(names)) != len(names):
        raise CodeDeployError("InvalidAlarmConfig", "An alarm may be named only once.")
    if len(names) > MOST_ALARMS:
        raise CodeDeployError("AlarmsLimitExceeded", f"A deployment group has {MOST_ALARMS} alarms at most.")
    enabled = bool(given.get("enabled", False))
    if enabled and not names:
        raise CodeDeployError("InvalidAlarmConfig", "The alarm configuration is enabled, but the alarm list is empty.")
    return {"enabled": enabled, "ignorePollAlarmFailure": bool(given.get("ignorePollAlarmFailure", False)),
            "alarms": [{"name": name} for name in names]}


def rollback_configuration(given: Any) -> Record:
    """A checked autoRollbackConfiguration."""
    given = given or {}
    events = given.get("events") or []
    enabled = bool(given.get("enabled", False))
    if any(event not in ROLLBACK_EVENTS for event in events):
        raise CodeDeployError("InvalidAutoRollbackConfig", f"The events are {', '.join(ROLLBACK_EVENTS)}.")
    if enabled and not events:
        raise CodeDeployError("InvalidAutoRollbackConfig", "Automatic rollback is enabled, but no events are listed.")
    return {"enabled": enabled, "events": list(events)}


def trigger_configurations(given: Any) -> list[Record]:
    """Checked triggerConfigurations."""
    triggers = list(given or [])
    if len(triggers) > MOST_TRIGGERS:
        raise CodeDeployError("TriggerTargetsLimitExceeded", f"A group has {MOST_TRIGGERS} triggers at most.")
    for trigger in triggers:
        events = trigger.get("triggerEvents") or []
        if not trigger.get("triggerName") or not events or any(event not in TRIGGER_EVENTS for event in events):
            raise CodeDeployError("InvalidTriggerConfig", "A trigger needs a name and at least one known event.")
        if not str(trigger.get("triggerTargetArn", "")).startswith("arn:aws:sns:"):
            raise CodeDeployError("InvalidTriggerConfig", "The target of a trigger is an SNS topic.")
    return triggers


def deployment_style(given: Any) -> Record:
    """The only style of Lambda deployments."""
    if given and dict(given) != LAMBDA_STYLE:
        raise CodeDeployError(
            "InvalidDeploymentStyle", "Lambda deployments have the type BLUE_GREEN and the option WITH_TRAFFIC_CONTROL."
        )
    return dict(LAMBDA_STYLE)
