"""Pure: what an alarm says of its state."""

from __future__ import annotations

import json
from typing import Any

import pytest

from shipline_cloud.alarms.evaluation import evaluate
from shipline_cloud.metrics import store
from shipline_cloud.metrics.cells import Series

END = 4_000_000_000.0
"""A full minute in the future: cells are as narrow as they arrive."""


def verdict_of(monkeypatch: pytest.MonkeyPatch, values: list[float | None], second: float = 1, **settings: Any) -> Any:
    """The verdict for values of the periods that end at END, the newest last."""
    end, series = END // 60 * 60, Series()
    for age, value in enumerate(reversed(values)):
        if value is not None:
            at = end - (age + 0.5) * 60 * second
            series.append({"Timestamp": at, "Value": value, "Unit": "Count", "Dimensions": {}})
    monkeypatch.setattr(store, "series", lambda *_: series)
    alarm = {
        "Namespace": "n", "MetricName": "m", "Statistic": "Sum", "Period": 60, "EvaluationPeriods": 3, "Threshold": 5.0,
        "ComparisonOperator": "GreaterThanThreshold", "TreatMissingData": "missing", **settings}
    return evaluate(alarm, end, second)


@pytest.mark.parametrize(("values", "settings", "state", "reason"), [
    ([6, 7, 8], {}, "ALARM", "Threshold Crossed: 3 out of the last 3 datapoints [8.0 (02/10/96 07:05:00), 7.0 "
     "(02/10/96 07:04:00), 6.0 (02/10/96 07:03:00)] were greater than the threshold (5.0) (minimum 3 datapoints for "
     "OK -> ALARM transition)."),
    ([6, 7, 4], {"DatapointsToAlarm": 3}, "OK", "Threshold Crossed: 1 out of the last 3 datapoints [4.0 "
     "(02/10/96 07:05:00)] was not greater than the threshold (5.0) (minimum 1 datapoint for ALARM -> OK transition)."),
    ([], {}, "INSUFFICIENT_DATA", "Insufficient Data: 3 datapoints were unknown."),
    ([], {"EvaluationPeriods": 1, "TreatMissingData": "breaching"}, "ALARM", "Threshold Crossed: no datapoints were "
     "received for 1 period and 1 missing datapoint was treated as [Breaching]."),
    ([], {"TreatMissingData": "notBreaching"}, "OK", "Threshold Crossed: no datapoints were received for 3 periods and "
     "3 missing datapoints were treated as [NonBreaching]."),
    ([1, None, None], {"DatapointsToAlarm": 2, "TreatMissingData": "breaching"}, "ALARM", "Threshold Crossed: 1 "
     "datapoint was received for 3 periods and 2 missing datapoints were treated as [Breaching]."),
])
def test_says_which_data_made_the_state(
    monkeypatch: pytest.MonkeyPatch, values: list[float | None], settings: dict[str, Any], state: str, reason: str
) -> None:
    verdict = verdict_of(monkeypatch, values, **settings)
    assert (verdict.state, verdict.reason) == (state, reason)


@pytest.mark.parametrize(("operator", "states"), [
    ("GreaterThanThreshold", "OK OK ALARM"), ("GreaterThanOrEqualToThreshold", "OK ALARM ALARM"),
    ("LessThanThreshold", "ALARM OK OK"), ("LessThanOrEqualToThreshold", "ALARM ALARM OK"),
])
def test_compares(monkeypatch: pytest.MonkeyPatch, operator: str, states: str) -> None:
    found = [verdict_of(monkeypatch, [value], EvaluationPeriods=1, ComparisonOperator=operator).state
             for value in (4, 5, 6)]
    assert found == states.split()


def test_gives_the_data_points_with_their_times_also_when_a_minute_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    data = verdict_of(monkeypatch, [6, None, 8], second=2 / 60, EvaluationPeriods=2, Unit="Count").reason_data
    assert json.loads(json.dumps(data)) == {
        "version": "1.0", "queryDate": "2096-10-02T07:06:00.000+0000", "startDate": "2096-10-02T07:05:54.000+0000",
        "statistic": "Sum", "unit": "Count", "period": 60, "recentDatapoints": [6.0, 8.0], "threshold": 5.0,
        "evaluatedDatapoints": [{"timestamp": "2096-10-02T07:05:58.000+0000", "value": 8.0},
                                {"timestamp": "2096-10-02T07:05:56.000+0000"}]}


def test_keeps_the_state_when_missing_data_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    assert verdict_of(monkeypatch, [], TreatMissingData="ignore") is None
