"""Whom a change of an alarm's state reaches, and how long it is remembered.

Stock MiniStack notifies SNS topics only and keeps the history for ever. On AWS every change is also an EventBridge
event, "CloudWatch Alarm State Change", whether actions are enabled or not, and an action may be a Lambda function
("Alarm events and EventBridge" and "Alarm actions", Amazon CloudWatch User Guide).
"""

from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import Any

from ..patching import require, swap
from .definitions import queries_of

PATCH = "alarm notifications"
HISTORY_ITEMS = 2000
"""Items that are kept per account and region; on AWS they are kept for 30 days."""
_ACTIONS = {"ALARM": "AlarmActions", "OK": "OKActions", "INSUFFICIENT_DATA": "InsufficientDataActions"}


def install() -> None:
    """Add events and Lambda actions to what MiniStack sends; bound the history."""
    from ministack.services import cloudwatch, eventbridge

    require(cloudwatch, "_history_entries", patch=PATCH)
    require(cloudwatch, "_evaluate_parent_alarms", patch=PATCH)
    require(eventbridge, "_put_events", patch=PATCH)
    require(eventbridge, "_dispatch_to_lambda", patch=PATCH)
    swap(cloudwatch, "_record_history", _bounding, patch=PATCH,
         parameters="alarm_name old_state new_state reason alarm_type reason_data")
    swap(cloudwatch, "_dispatch_alarm_actions", _telling, patch=PATCH, parameters="alarm old_state new_state reason")


def _bounding(original: Any) -> Any:
    def record_history(*arguments: Any, **options: Any) -> None:
        from ministack.services import cloudwatch

        original(*arguments, **options)
        del cloudwatch._history_entries()[:-HISTORY_ITEMS]

    return record_history


def _telling(original: Any) -> Any:
    def dispatch(alarm: dict[str, Any], old_state: str, new_state: str, reason: str) -> None:
        from ministack.services import eventbridge

        original(alarm, old_state, new_state, reason)
        data = _alarm_data(alarm, old_state)
        eventbridge._put_events({"Entries": [{
            "Source": "aws.cloudwatch", "DetailType": "CloudWatch Alarm State Change",
            "Resources": [alarm["AlarmArn"]], "Detail": json.dumps(data),
        }]}, allow_aws_source=True)
        if alarm.get("ActionsEnabled", True):
            for action in alarm.get(_ACTIONS[new_state]) or []:
                if action.startswith("arn:aws:lambda:"):
                    eventbridge._dispatch_to_lambda(action, json.dumps(_lambda_payload(alarm, data)))

    return dispatch


def _lambda_payload(alarm: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    region, account = alarm["AlarmArn"].split(":")[3:5]
    return {"source": "aws.cloudwatch", "alarmArn": alarm["AlarmArn"], "accountId": account, "region": region,
            "time": data["state"]["timestamp"], "alarmData": data}


def _alarm_data(alarm: dict[str, Any], old_state: str) -> dict[str, Any]:
    state = {"value": alarm["StateValue"], "reason": alarm["StateReason"],
             "timestamp": _moment(alarm["StateUpdatedTimestamp"])}
    if alarm.get("StateReasonData"):
        state["reasonData"] = alarm["StateReasonData"]
    return {"alarmName": alarm["AlarmName"], "state": state,
            "previousState": {"value": old_state, **_reason_before(alarm["AlarmName"])},
            "configuration": _configuration(alarm)}


def _reason_before(name: str) -> dict[str, str]:
    """Why the alarm was in its previous state: the history item before the one that was just recorded."""
    from ministack.services import cloudwatch

    own = (item for item in reversed(cloudwatch._history_entries())
           if item["AlarmName"] == name and item["HistoryItemType"] == "StateUpdate")
    next(own, None)
    before = next(own, None)
    if before is None:
        return {}
    return {"reason": json.loads(before["HistoryData"])["newState"]["stateReason"], "timestamp": before["Timestamp"]}


def _configuration(alarm: dict[str, Any]) -> dict[str, Any]:
    configuration: dict[str, Any] = {"description": alarm.get("AlarmDescription", "")}
    if "AlarmRule" in alarm:
        return {**configuration, "alarmRule": alarm["AlarmRule"]}
    return {**configuration, "metrics": [_described(query) for query in queries_of(alarm)]}


def _described(query: dict[str, Any]) -> dict[str, Any]:
    described: dict[str, Any] = {"id": query["Id"], "returnData": query.get("ReturnData", True)}
    if "MetricStat" not in query:
        return {**described, "expression": query["Expression"]}
    wanted = query["MetricStat"]
    metric = wanted["Metric"]
    dimensions = {pair["Name"]: pair["Value"] for pair in metric.get("Dimensions") or []}
    return {**described, "metricStat": {
        "metric": {"namespace": metric["Namespace"], "name": metric["MetricName"], "dimensions": dimensions},
        "period": int(wanted["Period"]), "stat": wanted["Stat"]}}


def _moment(at: float) -> str:
    moment = datetime.fromtimestamp(at, tz=timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}+0000"
