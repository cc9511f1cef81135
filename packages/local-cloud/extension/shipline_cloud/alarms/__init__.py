"""CloudWatch alarms that are evaluated on a clock."""

from __future__ import annotations

from collections.abc import Callable

from . import composite_alarms, definitions, notifications
from .clock import AlarmClock


def install(minute_seconds: Callable[[], float], at_minute: Callable[[float], None]) -> AlarmClock:
    """Replace MiniStack's evaluation.

    `minute_seconds` says how long one minute of a period lasts. `at_minute` is called with the end of each minute,
    before alarms are evaluated for it.
    """
    definitions.install()
    notifications.install()
    composite_alarms.install()
    return AlarmClock(minute_seconds, at_minute)
