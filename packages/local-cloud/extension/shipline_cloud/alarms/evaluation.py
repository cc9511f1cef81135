"""One evaluation of one alarm: from the metrics of its evaluation range to a state and the reason for it."""

from __future__ import annotations

import operator
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from ..metrics.expression_syntax import ExpressionError
from ..metrics.queries import Queries, Window
from .definitions import period_of, queries_of, watched_query
from .missing_data import EXTRA_POINTS, State, state_of

_COMPARISONS = {
    "GreaterThanOrEqualToThreshold": (operator.ge, "greater than or equal to"),
    "GreaterThanThreshold": (operator.gt, "greater than"),
    "LessThanThreshold": (operator.lt, "less than"),
    "LessThanOrEqualToThreshold": (operator.le, "less than or equal to"),
}


@dataclass(frozen=True)
class Verdict:
    """The state that an evaluation found."""

    state: State
    reason: str
    reason_data: dict[str, Any]


@dataclass(frozen=True)
class _Range:
    """The data points of an evaluation range, oldest first: (when the period began, value or None)."""

    points: list[tuple[float, float | None]]
    needed: int
    to_alarm: int
    period: int

    @property
    def evaluated(self) -> list[tuple[float, float]]:
        return [(at, value) for at, value in self.points if value is not None][-self.needed :]


def evaluate(alarm: dict[str, Any], end: float, second: float) -> Verdict | None:
    """The alarm's state for data before `end`; None to keep the one it has.

    `second` is how long a second of the alarm's period lasts.
    """
    try:
        found = _range_of(alarm, end, second)
    except ExpressionError as error:
        return Verdict("INSUFFICIENT_DATA", f"Insufficient Data: {error}", {"version": "1.0"})
    compare, _ = _COMPARISONS[alarm["ComparisonOperator"]]
    breaching = [None if value is None else compare(value, alarm["Threshold"]) for _, value in found.points]
    state = state_of(breaching, found.needed, found.to_alarm, alarm.get("TreatMissingData") or "missing")
    if state is None:
        return None
    return Verdict(state, _reason(alarm, found, state), _reason_data(alarm, found, end))


def _range_of(alarm: dict[str, Any], end: float, second: float) -> _Range:
    queries = queries_of(alarm)
    period, needed = period_of(queries), int(alarm["EvaluationPeriods"])
    count = needed + EXTRA_POINTS
    start = end - count * period * second
    window = Window(start, end, sliding=True, second=second)
    lines = Queries(queries, window).lines(str(watched_query(queries)["Id"]))
    values = [lines[0].points.get(at) if lines else None for at in window.grid(period)]
    moments = [start + number * period * second for number in range(count)]
    to_alarm = int(alarm.get("DatapointsToAlarm") or needed)
    return _Range(list(zip(moments, values, strict=True)), needed, to_alarm, period)


def _reason(alarm: dict[str, Any], found: _Range, state: State) -> str:
    evaluated = found.evaluated
    compare, words = _COMPARISONS[alarm["ComparisonOperator"]]
    named = [(at, value) for at, value in evaluated if compare(value, alarm["Threshold"]) == (state == "ALARM")]
    if not named:
        return _reason_by_missing_data(len(evaluated), found.needed, state)
    values = ", ".join(f"{value} ({_moment(at, '%d/%m/%y %H:%M:%S')})" for at, value in reversed(named))
    verb = ("was" if len(named) == 1 else "were") + ("" if state == "ALARM" else " not")
    least = found.to_alarm if state == "ALARM" else found.needed - found.to_alarm + 1
    transition = "OK -> ALARM" if state == "ALARM" else "ALARM -> OK"
    return (f"Threshold Crossed: {len(named)} out of the last {len(evaluated)} datapoints [{values}] {verb} {words} "
            f"the threshold ({alarm['Threshold']}) (minimum {least} {_plural('datapoint', least)} for {transition} "
            "transition).")


def _reason_by_missing_data(received: int, needed: int, state: State) -> str:
    missing = needed - received
    verb = "was" if missing == 1 else "were"
    if state == "INSUFFICIENT_DATA":
        return f"Insufficient Data: {missing} {_plural('datapoint', missing)} {verb} unknown."
    treated = "Breaching" if state == "ALARM" else "NonBreaching"
    got = f"{received or 'no'} {_plural('datapoint', received)} {'was' if received == 1 else 'were'}"
    return (f"Threshold Crossed: {got} received for {needed} {_plural('period', needed)} and {missing} missing "
            f"{_plural('datapoint', missing)} {verb} treated as [{treated}].")


def _reason_data(alarm: dict[str, Any], found: _Range, end: float) -> dict[str, Any]:
    evaluated = found.evaluated
    data: dict[str, Any] = {"version": "1.0", "queryDate": _moment(end)}
    if evaluated:
        data["startDate"] = _moment(evaluated[0][0])
    if statistic := alarm.get("ExtendedStatistic") or alarm.get("Statistic"):
        data["statistic"] = statistic
    if alarm.get("Unit"):
        data["unit"] = alarm["Unit"]
    points = [{"timestamp": _moment(at), **({} if value is None else {"value": value})}
              for at, value in reversed(found.points[-found.needed :])]
    return {**data, "period": found.period, "recentDatapoints": [value for _, value in evaluated],
            "threshold": alarm["Threshold"], "evaluatedDatapoints": points}


def _plural(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"


def _moment(at: float, form: str | None = None) -> str:
    moment = datetime.fromtimestamp(at, tz=timezone.utc)
    if form:
        return moment.strftime(form)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}+0000"
