"""Pure: statistics, cells and expressions of CloudWatch metrics."""

from __future__ import annotations

import time
from typing import Any

import pytest

from shipline_cloud.metrics.cells import Series
from shipline_cloud.metrics.expression_syntax import ExpressionError
from shipline_cloud.metrics.expressions import Scope, evaluate
from shipline_cloud.metrics.lines import Line
from shipline_cloud.metrics.queries import Window
from shipline_cloud.metrics.statistics import statistic_of

ERRORS = {0: 1.0, 60: 0.0, 180: 3.0}
CALLS = {0: 4.0, 60: 0.0, 120: 8.0, 180: 6.0}


def value_of(expression: str) -> Any:
    lines = {"errors": Line("Errors", 60, dict(ERRORS)), "calls": Line("Invocations", 60, dict(CALLS))}
    scope = Scope(
        lookup=lambda key: lines[key], metrics=lambda: list(lines.items()), search=lambda *_: list(lines.values()),
        grid=[0, 60, 120, 180, 240], period=60,
    )
    value = evaluate(expression, scope)
    return value.points if isinstance(value, Line) else value


@pytest.mark.parametrize(("expression", "points"), [
    ("errors + calls", {0: 5, 60: 0, 180: 9}),
    ("100 * errors / calls", {0: 25, 180: 50}),
    ("-(errors - 1) * 2", {0: 0, 60: 2, 180: -4}),
    ("2 + 3 * errors ^ 2", {0: 5, 60: 2, 180: 29}),
    ("errors ^ (0 - 1)", {0: 1, 180: 1 / 3}),
    ("(0 - errors) ^ 0.5", {60: 0}),
    ("(10 * errors) ^ 300", {0: 1e300, 60: 0}),
    ("errors > 0", {0: 1, 60: 0, 180: 1}),
    ("errors > 0 AND calls >= 6", {0: 0, 60: 0, 180: 1}),
    ("errors == 0 || calls == 4", {0: 1, 60: 1, 180: 0}),
    ("FILL(errors, 0)", {0: 1, 60: 0, 120: 0, 180: 3, 240: 0}),
    ("FILL(errors, REPEAT)", {0: 1, 60: 0, 120: 0, 180: 3, 240: 3}),
    ("FILL(errors, LINEAR)", {0: 1, 60: 0, 120: 1.5, 180: 3}),
    ("FILL(errors, calls)", {0: 1, 60: 0, 120: 8, 180: 3}),
    ("IF(calls > 5, 100 * errors / calls, 0)", {0: 0, 60: 0, 180: 50}),
    ("IF(calls > 5, calls)", {120: 8, 180: 6}),
    ("SUM([errors, calls])", {0: 5, 60: 0, 120: 8, 180: 9}),
    ("SUM(METRICS())", {0: 5, 60: 0, 120: 8, 180: 9}),
    ("MAX(METRICS('err'))", {0: 1, 60: 0, 180: 3}),
    ("AVG([errors, calls])", {0: 2.5, 60: 0, 120: 8, 180: 4.5}),
    ("errors / SUM(errors)", {0: 0.25, 60: 0, 180: 0.75}),
    ("RATE(calls) * 60", {60: -4, 120: 8, 180: -2}),
    ("DIFF(calls)", {60: -4, 120: 8, 180: -2}),
    ("RUNNING_SUM(calls)", {0: 4, 60: 4, 120: 12, 180: 18}),
    ("CEIL(errors / PERIOD(errors))", {0: 1, 60: 0, 180: 1}),
    ("TIME_SERIES(3)", {0: 3, 60: 3, 120: 3, 180: 3, 240: 3}),
    ("DATAPOINT_COUNT(errors) + METRIC_COUNT(METRICS())", 5),
])
def test_evaluates(expression: str, points: dict[int, float] | float) -> None:
    assert value_of(expression) == points


@pytest.mark.parametrize(("expression", "sentence"), [
    ("ANOMALY_DETECTION_BAND(errors, 2)", "does not know ANOMALY_DETECTION_BAND"),
    ("errors +", "ends too early"),
    ("errors calls", "has 'calls' where"),
    ("errors § 2", "has '§', no known sign"),
    ("METRICS() + METRICS()", "two arrays"),
    ("FILL(1, 0)", "needs a time series"),
    ("ABS(errors, calls)", "does not take these arguments"),
])
def test_refuses_with_a_sentence(expression: str, sentence: str) -> None:
    with pytest.raises(ExpressionError, match=sentence):
        value_of(expression)


def series_of(points: list[tuple[float, float]], now: float = 0.0) -> Series:
    series = Series()
    for at, value in points:
        series.append({"Timestamp": now + at, "Value": value, "Unit": "Count", "Dimensions": {}})
    return series


@pytest.mark.parametrize(("statistic", "expected"), [
    ("SampleCount", 100), ("Sum", 5050), ("Average", 50.5), ("Minimum", 1), ("Maximum", 100),
    ("p50", 50.5), ("p99", 99.01), ("p100", 100), ("tm90", 45.5), ("TM(10%:90%)", 50.5), ("TM(:20)", 10.5),
    ("IQM", 50.5), ("tc90", 90), ("ts10", 55), ("PR(:25)", 25), ("wm90", (sum(range(1, 91)) + 10 * 90) / 100),
])
def test_computes_statistics_of_one_to_a_hundred(statistic: str, expected: float) -> None:
    cells = list(series_of([(number / 7, number) for number in range(100, 0, -1)]))
    assert statistic_of(cells, statistic) == pytest.approx(expected)


def test_knows_no_percentile_of_negative_values_and_of_statistic_sets() -> None:
    published = Series()
    published.append({"Timestamp": 0.0, "Unit": "None", "Dimensions": {}, "_stat": {
        "SampleCount": 2, "Sum": 3, "Minimum": 1, "Maximum": 2}})
    assert statistic_of(series_of([(0, -1)]), "p50") is None
    assert statistic_of(published, "p50") is None and statistic_of(published, "Average") == 1.5


def test_keeps_sums_exactly_while_cells_grow_coarser_and_drops_them_after_three_hours() -> None:
    start = time.time() // 60 * 60 + 60
    series = series_of([(number / 20, number % 7) for number in range(20_000)], start)
    before = statistic_of(series, "Sum")
    assert len(series) == 10_000
    series.compact(start + 1000)
    assert statistic_of(series, "Sum") == before and statistic_of(series, "SampleCount") == 20_000
    assert len(series) <= 10 * 61 + 300 + 17
    series.compact(start + 2000)
    assert statistic_of(series, "Sum") == before and len(series) <= 17
    series.compact(start + 4 * 3600)
    assert len(series) == 0


def test_merges_values_of_one_tick() -> None:
    series = series_of([(12.34, 1)] * 5_000)
    assert len(series) == 1 and statistic_of(series, "Sum") == 5_000


def test_samples_periods_that_are_shorter_than_their_seconds() -> None:
    now = time.time() // 60 * 60
    series = series_of([(0.5, 1), (1.9, 1), (2.0, 1), (3.9, 1), (4.0, 1)], now)
    compressed = Window(now, now + 4, sliding=True, second=2 / 60)
    assert compressed.grid(60) == [now, now + 60]
    assert compressed.sampled(series, "Sum", 60) == {now: 2, now + 60: 2}
    assert Window(now + 1, now + 4).sampled(series, "Sum", 2) == {now: 2, now + 2: 2}
