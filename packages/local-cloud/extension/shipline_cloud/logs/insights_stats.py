"""`stats` of Logs Insights: aggregates over groups of rows."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from typing import Any

from .conditions import number_of
from .insights_nodes import Call, Command, Constant, Field, Node, QueryError
from .insights_records import Record
from .insights_values import apply, text_of, value_of


def stats(command: Command, records: list[Record]) -> list[Record]:
    """One row per group. Raises QueryError."""
    groups: dict[tuple[Any, ...], list[Record]] = {}
    for record in records:
        groups.setdefault(tuple(value_of(column.node, record) for column in command.by), []).append(record)
    if not command.by:
        groups.setdefault((), [])
    return [_aggregated(command, key, members) for key, members in groups.items() if None not in key]


def _aggregated(command: Command, key: tuple[Any, ...], members: list[Record]) -> Record:
    record = Record({})
    record.computed.update({column.name: value for column, value in zip(command.by, key, strict=True)})
    for column in command.columns:
        value = _aggregate(column.node, members)
        record.computed[column.name] = value
        record.computed.setdefault(source_of(column.node), value)
    return record


def _aggregate(node: Node, members: list[Record]) -> Any:
    if isinstance(node, Constant):
        return node.value
    if not isinstance(node, Call):
        raise QueryError("stats of Logs Insights needs functions such as count(*), avg(x) or pct(x, 99).")
    if node.function in _AGGREGATES:
        return _of_group(node, members)
    return apply(node.function, [_aggregate(argument, members) for argument in node.arguments])


def _of_group(node: Call, members: list[Record]) -> Any:
    if node.function == "count" and (not node.arguments or node.arguments[0] == Field("*")):
        return float(len(members))
    if not node.arguments:
        raise QueryError(f"{node.function}() of Logs Insights needs a field.")
    pairs = [(value, member) for member in members if (value := value_of(node.arguments[0], member)) is not None]
    options = [value_of(argument, Record({})) for argument in node.arguments[1:]]
    return _AGGREGATES[node.function](pairs, *options)


def _numbers(function: Callable[[list[float]], float]) -> Callable[..., Any]:
    def aggregate(pairs: list[tuple[Any, Record]]) -> Any:
        numbers = [number for value, _ in pairs if (number := number_of(value)) is not None]
        return function(numbers) if numbers else None

    return aggregate


def _percentile(pairs: list[tuple[Any, Record]], percent: float = 50.0) -> float | None:
    numbers = sorted(number for value, _ in pairs if (number := number_of(value)) is not None)
    if not numbers:
        return None
    rank = percent / 100 * (len(numbers) - 1)
    low, share = int(rank), rank - int(rank)
    return numbers[low] + (share * (numbers[low + 1] - numbers[low]) if share else 0.0)


def _extreme(pick: Callable[..., Any]) -> Callable[..., Any]:
    return lambda pairs: pick((value for value, _ in pairs), key=order_of, default=None)


def _at_end(pick: Callable[..., Any]) -> Callable[..., Any]:
    return lambda pairs: pick(pairs, key=lambda pair: pair[1].get("@timestamp") or 0, default=(None,))[0]


_AGGREGATES: dict[str, Callable[..., Any]] = {
    "count": lambda pairs: float(len(pairs)),
    "count_distinct": lambda pairs: float(len({text_of(value) for value, _ in pairs})),
    "sum": _numbers(sum),
    "avg": _numbers(lambda numbers: sum(numbers) / len(numbers)),
    "stddev": _numbers(statistics.pstdev),
    "min": _extreme(min),
    "max": _extreme(max),
    "pct": _percentile,
    "median": _percentile,
    "earliest": _at_end(min),
    "latest": _at_end(max),
}


def source_of(node: Node) -> str:
    """The text of a call, by which a later command names the column that it made."""
    if isinstance(node, Call):
        return f"{node.function}({', '.join(source_of(argument) for argument in node.arguments)})"
    return node.name if isinstance(node, Field) else text_of(node.value) if isinstance(node, Constant) else ""


def order_of(value: Any) -> tuple[int, float, str]:
    """How values sort: what is missing first, then numbers, then texts."""
    if value is None:
        return 0, 0.0, ""
    number = number_of(value)
    return (2, 0.0, text_of(value)) if number is None else (1, number, "")
