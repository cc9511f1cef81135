"""MetricDataQueries: metrics and expressions that refer to each other, over one window of time."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from . import store
from .cells import ROUNDING, Cell, Series
from .expression_syntax import ExpressionError, names_of, parse
from .expressions import Scope, Value, evaluate
from .lines import Line
from .search import search
from .statistics import is_statistic, statistic_of


@dataclass(frozen=True)
class Window:
    """[start, end) in seconds since the epoch.

    Of a metric's period P the first one begins at `start` when `sliding` (alarms), else at the last multiple of P
    before it. `second` says how long a second of a period lasts: timestamps are counted in uncompressed seconds.
    """

    start: float
    end: float
    sliding: bool = False
    second: float = 1.0

    def first(self, period: int) -> float:
        """Where the first period begins."""
        return self.start if self.sliding else self.start // period * period

    def grid(self, period: int) -> list[float]:
        """The timestamps of all periods."""
        first = self.first(period)
        count = math.ceil((self.end - first) / (period * self.second) - ROUNDING)
        return [first + number * period for number in range(count)]

    def sampled(self, series: Series, statistic: str, period: int, unit: str | None = None) -> dict[float, float]:
        """The statistic of each period that has values (of `unit`, if given)."""
        first, length = self.first(period), period * self.second
        periods: dict[int, list[Cell]] = {}
        for cell in series.between(first - ROUNDING, self.end - ROUNDING):
            if unit is None or cell.unit == unit:
                periods.setdefault(int((cell.time - first + ROUNDING) / length), []).append(cell)
        values = ((first + number * period, statistic_of(cells, statistic)) for number, cells in periods.items())
        return {at: value for at, value in values if value is not None}


class Queries:
    """The queries of one request or alarm, evaluated as they are needed."""

    def __init__(self, queries: list[dict[str, Any]], window: Window) -> None:
        self._queries = {str(query.get("Id", "")): query for query in queries}
        self._window = window
        self._values: dict[str, Value] = {}
        self._open: set[str] = set()

    def value(self, key: str) -> Value:
        """What the query with this id yields. Raises ExpressionError."""
        if key not in self._queries:
            raise ExpressionError(f"The expression refers to '{key}', but there is no query with this Id.")
        if key in self._open:
            raise ExpressionError(f"The query '{key}' refers to itself.")
        if key not in self._values:
            self._open.add(key)
            try:
                self._values[key] = self._evaluated(self._queries[key])
            finally:
                self._open.discard(key)
        return self._values[key]

    def lines(self, key: str) -> list[Line]:
        """The time series of a query. Raises ExpressionError, also when it yields a number."""
        value = self.value(key)
        if isinstance(value, float):
            raise ExpressionError(f"The expression '{self._queries[key]['Expression']}' yields no time series.")
        return [value] if isinstance(value, Line) else value

    def _evaluated(self, query: dict[str, Any]) -> Value:
        if "MetricStat" in query:
            return self._metric(query)
        expression = str(query.get("Expression", ""))
        if expression.lstrip().upper().startswith("SELECT"):
            raise ExpressionError("The local cloud does not know Metrics Insights queries (SELECT …).")
        period = int(query.get("Period") or self._period_of(expression))
        return evaluate(expression, Scope(
            self.value, self._metrics, self._search, self._window.grid(period), period))

    def _metric(self, query: dict[str, Any]) -> Line:
        wanted = query["MetricStat"]
        metric, period, statistic = wanted["Metric"], int(wanted["Period"]), str(wanted["Stat"])
        if not is_statistic(statistic):
            raise ExpressionError(f"CloudWatch has no statistic '{statistic}'.")
        dimensions = {pair["Name"]: pair["Value"] for pair in metric.get("Dimensions") or []}
        found = store.series(metric.get("Namespace", ""), metric.get("MetricName", ""), dimensions)
        points = self._window.sampled(found, statistic, period, wanted.get("Unit")) if found else {}
        return Line(query.get("Label") or metric.get("MetricName", ""), period, points)

    def _metrics(self) -> list[tuple[str, Line]]:
        return [(key, self._metric(query)) for key, query in self._queries.items() if "MetricStat" in query]

    def _search(self, query: str, statistic: str, period: int) -> list[Line]:
        return [Line(label, period, self._window.sampled(found, statistic, period)) for label, found in search(query)]

    def _period_of(self, expression: str) -> int:
        """The longest period that the expression's metrics have, followed through other expressions."""
        pending, seen, periods = [expression], set(), []
        while pending:
            for name in names_of(parse(pending.pop())) - seen:
                seen.add(name)
                query = self._queries.get(name, {})
                if "MetricStat" in query:
                    periods.append(int(query["MetricStat"]["Period"]))
                elif query.get("Expression"):
                    pending.append(str(query["Expression"]))
        every = (int(query["MetricStat"]["Period"]) for query in self._queries.values() if "MetricStat" in query)
        return max(periods, default=max(every, default=60))
