"""What state an alarm's data points make, some of which may be missing.

"Configuring how CloudWatch alarms treat missing data" (Amazon CloudWatch User Guide): more data points are fetched than
the alarm needs; missing ones are filled in only as far as the real ones do not suffice; an alarm is not set off too
early by data that only begin. The tables of that page are the tests of this module.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

Treatment = Literal["missing", "ignore", "breaching", "notBreaching"]
State = Literal["ALARM", "OK", "INSUFFICIENT_DATA"]

EXTRA_POINTS = 2
"""How many data points more than its evaluation periods an alarm looks at, as in the page's examples."""


def state_of(points: Sequence[bool | None], needed: int, to_alarm: int, treatment: Treatment) -> State | None:
    """The state that an evaluation range makes; None to keep the current one.

    `points` says, oldest first, whether each data point breaches the threshold, or None where it is missing. `needed`
    are the alarm's evaluation periods, `to_alarm` its data points to alarm.
    """
    real = [point for point in points if point is not None][-needed:]
    missing = needed - len(real)
    breaching = sum(real)
    if treatment == "breaching":
        breaching += missing
    if breaching >= to_alarm:
        return "ALARM"
    if missing == 0 or treatment in ("breaching", "notBreaching"):
        return "OK"
    if not all(real):
        return "OK"
    return _undecided(points, to_alarm, treatment)


def _undecided(points: Sequence[bool | None], to_alarm: int, treatment: Treatment) -> State | None:
    """Too few real data points, and all of them breach."""
    if treatment == "ignore":
        return None
    oldest = next((position for position, point in enumerate(points) if point is not None), None)
    if oldest is None:
        return "INSUFFICIENT_DATA"
    # Old enough: had the missing ones been breaching, the alarm would have gone off already.
    return "ALARM" if len(points) - oldest >= to_alarm else None
