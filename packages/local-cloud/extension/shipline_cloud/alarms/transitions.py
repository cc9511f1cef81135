"""An alarm changes its state: recorded, told to those who listen, and carried on to composite alarms."""

from __future__ import annotations

import json
import time
from typing import Any

from .evaluation import Verdict


def move(alarm: dict[str, Any], verdict: Verdict) -> None:
    """Bring a metric alarm of the current account into the state that its evaluation found."""
    from ministack.services import cloudwatch

    old, now = alarm["StateValue"], round(time.time(), 3)
    alarm.update(
        StateValue=verdict.state, StateReason=verdict.reason, StateReasonData=json.dumps(verdict.reason_data),
        StateUpdatedTimestamp=now, StateTransitionedTimestamp=now,
    )
    cloudwatch._record_history(alarm["AlarmName"], old, verdict.state, verdict.reason, "MetricAlarm",
                               verdict.reason_data)
    cloudwatch._dispatch_alarm_actions(alarm, old, verdict.state, verdict.reason)
    cloudwatch._evaluate_parent_alarms(alarm)
