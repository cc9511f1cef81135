"""Statistics of a period's cells: the five basic ones and the extended ones.

"CloudWatch statistics definitions" (Amazon CloudWatch User Guide): p99, tm99, TM(2%:98%), wm, tc, ts, IQM and PR. The
interpolation of percentiles is not documented; here it is linear between the two nearest ranks, as in MiniStack.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .cells import Cell

BASIC = ("SampleCount", "Sum", "Average", "Minimum", "Maximum")
_SHORT = re.compile(r"^(p|tm|wm|tc|ts)(\d{1,2}(?:\.\d+)?|100)$", re.IGNORECASE)
_RANGE = re.compile(r"^(TM|WM|TC|TS|PR)\((\d+(?:\.\d+)?%?)?:(\d+(?:\.\d+)?%?)?\)$", re.IGNORECASE)
Samples = list[tuple[float, float]]
"""(value, how often it was seen), ascending by value."""


def is_statistic(name: str) -> bool:
    """Whether CloudWatch knows a statistic of this name."""
    return name in BASIC or name.upper() == "IQM" or bool(_SHORT.match(name) or _RANGE.match(name))


def statistic_of(cells: Iterable[Cell], name: str) -> float | None:
    """The statistic of all values in `cells`; None when there is none, or when the values do not tell it."""
    present = [cell for cell in cells if cell.count > 0]
    if not present:
        return None
    if name in BASIC:
        return _basic(present, name)
    samples = _samples(present)
    return None if samples is None else _extended(samples, name)


def _basic(cells: list[Cell], name: str) -> float:
    if name == "SampleCount":
        return sum(cell.count for cell in cells)
    if name == "Sum":
        return sum(cell.total for cell in cells)
    if name == "Average":
        return sum(cell.total for cell in cells) / sum(cell.count for cell in cells)
    return min(cell.low for cell in cells) if name == "Minimum" else max(cell.high for cell in cells)


def _samples(cells: list[Cell]) -> Samples | None:
    seen: dict[float, float] = {}
    for cell in cells:
        values = cell.seen()
        # Not available for statistic sets that hide their values, nor when any value is negative.
        if values is None or cell.low < 0:
            return None
        for value, count in values.items():
            seen[value] = seen.get(value, 0.0) + count
    return sorted(seen.items())


def _extended(samples: Samples, name: str) -> float | None:
    if name.upper() == "IQM":
        return _between_ranks("tm", samples, 25, 75)
    if short := _SHORT.match(name):
        kind, upper = short[1].lower(), float(short[2])
        return _percentile(samples, upper) if kind == "p" else _between_ranks(kind, samples, 0, upper)
    if ranged := _RANGE.match(name):
        kind, low, high = ranged[1].lower(), ranged[2], ranged[3]
        if "%" in f"{low}{high}":
            return _between_ranks(kind, samples, _number(low, 0), _number(high, 100))
        return _between_values(kind, samples, _number(low, 0), _number(high, float("inf")))
    return None


def _number(text: str | None, default: float) -> float:
    return float(text.rstrip("%")) if text else default


def _percentile(samples: Samples, percent: float) -> float:
    rank = percent / 100 * (sum(count for _, count in samples) - 1)
    lower = max(int(rank), 0)
    low = _at(samples, lower)
    return low + (rank - lower) * (_at(samples, lower + 1) - low) if rank > lower else low


def _at(samples: Samples, index: int) -> float:
    seen = 0.0
    for value, count in samples:
        seen += count
        if index < seen:
            return value
    return samples[-1][0]


def _between_ranks(kind: str, samples: Samples, low: float, high: float) -> float | None:
    total = sum(count for _, count in samples)
    start, end, seen = total * low / 100, total * high / 100, 0.0
    kept: Samples = []
    for value, count in samples:
        share = min(seen + count, end) - max(seen, start)
        seen += count
        if share > 0:
            kept.append((value, share))
    if kind == "wm" and kept:
        kept = [(kept[0][0], start), *kept, (kept[-1][0], total - end)]
    return _of_kept(kind, kept, total)


def _between_values(kind: str, samples: Samples, low: float, high: float) -> float | None:
    kept = [(value, count) for value, count in samples if low < value <= high or value == low == 0]
    if kind == "wm":
        kept = [(min(max(value, low), high), count) for value, count in samples]
    return _of_kept(kind, kept, sum(count for _, count in samples))


def _of_kept(kind: str, kept: Samples, total: float) -> float | None:
    count = sum(weight for _, weight in kept)
    if kind == "tc":
        return count
    if kind == "pr":
        return 100 * count / total
    weighted = sum(value * weight for value, weight in kept)
    if kind == "ts":
        return weighted
    return weighted / count if count else None
