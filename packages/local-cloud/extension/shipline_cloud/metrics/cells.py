"""The values of one metric: cells of a fixed width that grow coarser with age, so that memory stays bounded.

AWS keeps high-resolution data for 3 hours and one-minute data for 15 days ("Metrics retention", Amazon CloudWatch User
Guide). A cloud on a laptop keeps 3 hours: the last minute by tenths of a second, since an alarm's period may be shorter
than a second when time is compressed, five minutes by seconds, the rest by minutes.
"""

from __future__ import annotations

import threading
import time
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

TICK = 0.1
RESOLUTIONS = ((60.0, 1.0, 4), (300.0, 60.0, 3))
"""(age in seconds, width of a cell from that age on, significant digits of the values that percentiles see)."""
KEEP_SECONDS = 3 * 3600.0
ROUNDING = 1e-4
"""Seconds by which moments may be off: a double has 2e-7 for times of this century."""
_FRESH_DIGITS = 4
_lock = threading.Lock()
"""Workers' threads record metrics while the event loop reads them; every section below takes microseconds."""


@dataclass(slots=True)
class Cell:
    """All values of one unit within one cell's width."""

    time: float
    unit: str
    count: float
    total: float
    low: float
    high: float
    values: dict[float, float] | None = None
    """How often each (rounded) value was seen; None where that is told by `low` and `high` or not known, see `seen`."""

    def seen(self) -> dict[float, float] | None:
        """How often each value was seen; None when a published statistic set does not tell."""
        # Most cells hold one value only (a count of 1, no error): they have no dictionary of their own.
        return {_rounded_to(self.low, _FRESH_DIGITS): self.count} if self.low == self.high else self.values

    def add(self, other: Cell) -> None:
        """Take in another cell's values."""
        if not self.low == self.high == other.low == other.high:
            self.values = _united(self.seen(), other.seen())
        self.count += other.count
        self.total += other.total
        self.low = min(self.low, other.low)
        self.high = max(self.high, other.high)

    def plain(self) -> list[Any]:
        """As JSON."""
        values = None if self.values is None else list(self.values.items())
        return [self.time, self.unit, self.count, self.total, self.low, self.high, values]


class Series:
    """One metric: a name with its exact set of dimensions. `append` takes MiniStack's data points."""

    __slots__ = ("_cells", "_merged_until", "dimensions")

    def __init__(self, dimensions: dict[str, str] | None = None, cells: list[Cell] | None = None) -> None:
        self.dimensions = dimensions or {}
        self._cells = cells or []
        self._merged_until = [0.0 for _ in RESOLUTIONS]

    def __iter__(self) -> Iterator[Cell]:
        return iter(self.between(float("-inf"), float("inf")))

    def __len__(self) -> int:
        return len(self._cells)

    def append(self, point: dict[str, Any]) -> None:
        """Record one data point: a value seen `Count` times, or a statistic set under `_stat`."""
        cell = cell_of(point)
        if cell is None:
            return
        self.dimensions = point["Dimensions"]
        cell.time = _floor(cell.time, _width_at(time.time() - cell.time))
        with _lock:
            self._insert(cell)

    def between(self, start: float, end: float) -> list[Cell]:
        """The cells that begin within [start, end), oldest first."""
        with _lock:
            first = bisect_left(self._cells, start, key=_time_of)
            return self._cells[first : bisect_left(self._cells, end, lo=first, key=_time_of)]

    def compact(self, now: float) -> None:
        """Forget what is too old and merge what has aged into wider cells."""
        with _lock:
            del self._cells[: bisect_left(self._cells, now - KEEP_SECONDS, key=_time_of)]
            for stage, (age, width, digits) in enumerate(RESOLUTIONS):
                before = _floor(now - age, width)
                if before > self._merged_until[stage]:
                    self._merge(self._merged_until[stage], before, width, digits)
                    self._merged_until[stage] = before

    def _insert(self, cell: Cell) -> None:
        position = len(self._cells)
        while position and self._cells[position - 1].time >= cell.time:
            position -= 1
            if self._cells[position].time == cell.time and self._cells[position].unit == cell.unit:
                self._cells[position].add(cell)
                return
        self._cells.insert(position, cell)

    def _merge(self, start: float, end: float, width: float, digits: int) -> None:
        first = bisect_left(self._cells, start, key=_time_of)
        last = bisect_left(self._cells, end, lo=first, key=_time_of)
        merged: dict[tuple[float, str], Cell] = {}
        for cell in self._cells[first:last]:
            cell.time = _floor(cell.time, width)
            cell.values = _rounded(cell.values, digits)
            into = merged.setdefault((cell.time, cell.unit), cell)
            if into is not cell:
                into.add(cell)
        self._cells[first:last] = merged.values()


def cell_of(point: dict[str, Any]) -> Cell | None:
    """The cell that holds nothing but `point`; None when the point counts no sample."""
    time_ = _floor(float(point["Timestamp"]), TICK)
    statistics = point.get("_stat")
    if statistics is None:
        value, count = float(point["Value"]), float(point.get("Count", 1.0))
        return Cell(time_, point["Unit"], count, value * count, value, value) if count > 0 else None
    count, total, low, high = (float(statistics.get(k, 0)) for k in ("SampleCount", "Sum", "Minimum", "Maximum"))
    return Cell(time_, point["Unit"], count, total, low, high) if count > 0 else None


def cell_from(plain: list[Any]) -> Cell:
    """The inverse of `Cell.plain`."""
    *fields, values = plain
    return Cell(*fields, None if values is None else {value: count for value, count in values})


def _time_of(cell: Cell) -> float:
    return cell.time


def _floor(moment: float, width: float) -> float:
    # Rounded, because multiples of 0.1 are no binary numbers and equal ticks must be equal numbers.
    return round(int((moment + ROUNDING) / width) * width, 1)


def _width_at(age: float) -> float:
    return next((width for limit, width, _ in reversed(RESOLUTIONS) if age > limit), TICK)


def _united(a: dict[float, float] | None, b: dict[float, float] | None) -> dict[float, float] | None:
    if a is None or b is None:
        return None
    for value, count in b.items():
        a[value] = a.get(value, 0.0) + count
    return a


def _rounded(values: dict[float, float] | None, digits: int) -> dict[float, float] | None:
    if values is None or len(values) == 1:
        return values
    rounded: dict[float, float] = {}
    for value, count in values.items():
        key = _rounded_to(value, digits)
        rounded[key] = rounded.get(key, 0.0) + count
    return rounded


def _rounded_to(value: float, digits: int) -> float:
    return float(f"{value:.{digits}g}")
