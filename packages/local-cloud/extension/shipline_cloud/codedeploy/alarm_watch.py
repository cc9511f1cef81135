"""Alarms of a deployment: any of them in ALARM stops it, from its start to its end.

"You can add up to ten CloudWatch alarms to a deployment group … If any of the specified alarms are activated, the
deployment stops" ("Monitoring deployments with CloudWatch alarms in CodeDeploy", AWS CodeDeploy User Guide).
"""

from __future__ import annotations

from ministack.services import cloudwatch

from .endings import stopped
from .records import Record


def look(configuration: Record) -> None:
    """Stop the deployment whose effective alarmConfiguration this is when an alarm says so. Raises Ended."""
    if not configuration["enabled"]:
        return
    states = {alarm["name"]: _state_of(alarm["name"]) for alarm in configuration["alarms"]}
    if red := [name for name, state in states.items() if state == "ALARM"]:
        raise stopped(
            "ALARM_ACTIVE",
            "One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, and the "
            f"affected deployments have been stopped. Activated alarms: <{', '.join(red)}>",
        )
    if configuration["ignorePollAlarmFailure"]:
        return
    if unknown := [name for name, state in states.items() if state is None]:
        raise stopped("ALARM_ACTIVE", f"These alarms cannot be read, they do not exist: <{', '.join(unknown)}>")


def _state_of(name: str) -> str | None:
    alarm = cloudwatch._alarms.get(name) or cloudwatch._composite_alarms.get(name)
    return None if alarm is None else str(alarm["StateValue"])
