"""The functions of CloudWatch metric math ("Metric math syntax and functions", Amazon CloudWatch User Guide)."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable
from typing import Any

from .expression_syntax import ExpressionError
from .lines import Line

AGGREGATES: dict[str, Callable[[list[float]], float]] = {
    "AVG": lambda values: sum(values) / len(values),
    "MAX": max,
    "MIN": min,
    "STDDEV": statistics.pstdev,
    "SUM": lambda values: float(sum(values)),
}
OF_NUMBER: dict[str, Callable[[float], float | None]] = {
    "ABS": abs,
    "CEIL": lambda value: float(math.ceil(value)),
    "FLOOR": lambda value: float(math.floor(value)),
    "LOG": lambda value: math.log(value) if value > 0 else None,
    "LOG10": lambda value: math.log10(value) if value > 0 else None,
}


def across(lines: list[Line], aggregate: Callable[[list[float]], float]) -> Line:
    """One value per timestamp over all lines that have one there."""
    columns: dict[float, list[float]] = {}
    for line in lines:
        for at, value in line.points.items():
            columns.setdefault(at, []).append(value)
    period = lines[0].period if lines else 60
    return Line("", period, {at: aggregate(columns[at]) for at in sorted(columns)})


def fill(line: Line, filling: Any, grid: list[float]) -> Line:
    """`line` without gaps on `grid`: by a number, another line, REPEAT or LINEAR."""
    points: dict[float, float] = {}
    for at in grid:
        value = line.points.get(at)
        if value is None:
            value = _filled(line, filling, at, points)
        if value is not None:
            points[at] = value
    return Line(line.label, line.period, points)


def _filled(line: Line, filling: Any, at: float, so_far: dict[float, float]) -> float | None:
    if isinstance(filling, float):
        return filling
    if isinstance(filling, Line):
        return filling.points.get(at)
    if filling == "REPEAT":
        return next(reversed(so_far.values()), None)
    if filling != "LINEAR":
        raise ExpressionError("FILL of metric math takes a number, a time series, REPEAT or LINEAR.")
    before = max((known for known in line.points if known < at), default=None)
    after = min((known for known in line.points if known > at), default=None)
    if before is None or after is None:
        return None
    share = (at - before) / (after - before)
    return line.points[before] + share * (line.points[after] - line.points[before])


def choose(condition: Any, branches: list[Any], grid: list[float]) -> Any:
    """IF(condition, then, else): without `else` there is no value where the condition does not hold."""
    if any(isinstance(value, list) for value in (condition, *branches)):
        raise ExpressionError("IF of metric math takes time series and numbers, no arrays.")
    if isinstance(condition, float):
        if condition:
            return branches[0]
        return branches[1] if len(branches) > 1 else Line("", 60)
    points: dict[float, float] = {}
    for at in grid:
        if at not in condition.points:
            continue
        branch = branches[0] if condition.points[at] else branches[1] if len(branches) > 1 else None
        value = branch.points.get(at) if isinstance(branch, Line) else branch
        if value is not None:
            points[at] = value
    return Line(condition.label, condition.period, points)


def _differences(line: Line) -> list[tuple[float, float, float]]:
    ordered = sorted(line.points.items())
    return [(at, value - previous, at - before)
            for (before, previous), (at, value) in zip(ordered, ordered[1:], strict=False)]


def _running_sum(line: Line) -> Line:
    total, points = 0.0, {}
    for at, value in sorted(line.points.items()):
        total += value
        points[at] = total
    return Line(line.label, line.period, points)


OF_LINE: dict[str, Callable[[Line], Line]] = {
    "DIFF": lambda line: Line(line.label, line.period, {at: change for at, change, _ in _differences(line)}),
    "RATE": lambda line: Line(line.label, line.period, {at: change / time for at, change, time in _differences(line)}),
    "RUNNING_SUM": _running_sum,
}
KNOWN = {*AGGREGATES, *OF_NUMBER, *OF_LINE, "DATAPOINT_COUNT", "FILL", "FIRST", "IF", "LAST", "METRICS",
         "METRIC_COUNT", "PERIOD", "SEARCH", "TIME_SERIES"}
"""All functions that are understood; ANOMALY_DETECTION_BAND and the console's display functions are not."""
