"""Pure: which state an alarm's data points make.

The tables are those of "Configuring how CloudWatch alarms treat missing data" (Amazon CloudWatch User Guide): 0 is
within the threshold, X breaches it, - is missing; the newest is the last.
"""

from __future__ import annotations

import pytest

from shipline_cloud.alarms.missing_data import Treatment, state_of

KEPT = None
POINTS = {"0": False, "X": True, "-": None}
TREATMENTS: list[Treatment] = ["missing", "ignore", "breaching", "notBreaching"]
THREE_OF_THREE = {
    "0 - X - X": ("OK", "OK", "OK", "OK"),
    "0 - - - -": ("OK", "OK", "OK", "OK"),
    "- - - - -": ("INSUFFICIENT_DATA", KEPT, "ALARM", "OK"),
    "0 X X - X": ("ALARM", "ALARM", "ALARM", "ALARM"),
    "- - X - -": ("ALARM", KEPT, "ALARM", "OK"),
}
TWO_OF_THREE = {
    "0 - X - X": ("ALARM", "ALARM", "ALARM", "ALARM"),
    "0 0 X 0 X": ("ALARM", "ALARM", "ALARM", "ALARM"),
    "0 - X - -": ("OK", "OK", "ALARM", "OK"),
    "- - - - 0": ("OK", "OK", "ALARM", "OK"),
    "- - - X -": ("ALARM", KEPT, "ALARM", "OK"),
}
TOO_EARLY = {
    "- - - - X": (KEPT, KEPT, "ALARM", "OK"),
    "- - - X -": (KEPT, KEPT, "ALARM", "OK"),
    "- - - X 0": ("OK", "OK", "OK", "OK"),
    "- - X - 0": ("OK", "OK", "OK", "OK"),
}
"""The page's examples of an alarm (3 of 3) that must not go off yet; it says nothing of the state that it keeps."""
ROWS = [
    (to_alarm, points, treatment, state)
    for to_alarm, table in ((3, THREE_OF_THREE), (2, TWO_OF_THREE), (3, TOO_EARLY))
    for points, states in table.items()
    for treatment, state in zip(TREATMENTS, states, strict=True)
]


@pytest.mark.parametrize(("to_alarm", "points", "treatment", "state"), ROWS)
def test_follows_the_documented_tables(to_alarm: int, points: str, treatment: Treatment, state: str | None) -> None:
    assert state_of([POINTS[point] for point in points.split()], 3, to_alarm, treatment) == state


@pytest.mark.parametrize(("points", "state"), [("- - X", "ALARM"), ("X X 0", "OK"), ("X - -", "ALARM")])
def test_looks_at_the_latest_real_point_of_an_alarm_on_one_period(points: str, state: str) -> None:
    assert state_of([POINTS[point] for point in points.split()], 1, 1, "notBreaching") == state
