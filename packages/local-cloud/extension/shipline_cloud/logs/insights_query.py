"""Runs a Logs Insights query over log events ("Supported commands", Amazon CloudWatch Logs User Guide)."""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from .conditions import number_of
from .insights_records import Record
from .insights_syntax import Call, Command, Constant, Field, Node, QueryError, Regex, parse
from .insights_values import apply, text_of, value_of

MAX_ROWS = 10_000
DEFAULT_FIELDS = ("@timestamp", "@message", "@logStream", "@log")


@dataclass
class Result:
    """The rows of a query, and how many events its filters let through."""

    rows: list[list[dict[str, str]]]
    matched: int


def run(query: str, events: Iterable[Any], limit: int | None = None) -> Result:
    """Run a query over events with their system fields, newest first. Raises QueryError."""
    commands = parse(query)
    records = [Record(event) for event in events]
    shown: list[str] = []
    matched, aggregated = len(records), False
    for command in commands:
        records = _COMMANDS[command.name](command, records)
        if command.name == "stats":
            shown, aggregated = [column.name for column in (*command.by, *command.columns)], True
        elif command.name == "fields":
            shown = [*shown, *(column.name for column in command.columns)]
        elif command.name == "display":
            shown = [column.name for column in command.columns]
        elif command.name == "filter" and not aggregated:
            matched = len(records)
    names = shown or list(DEFAULT_FIELDS)
    if not aggregated:
        names = [*names, "@ptr"]
    rows = [_row(record, list(dict.fromkeys(names))) for record in records[: min(limit or MAX_ROWS, MAX_ROWS)]]
    return Result(rows, matched)


def _row(record: Record, names: list[str]) -> list[dict[str, str]]:
    values = ((name, record.get(name)) for name in names)
    return [{"field": name, "value": text_of(value)} for name, value in values if value is not None]


def _fields(command: Command, records: list[Record]) -> list[Record]:
    for column in command.columns:
        if not isinstance(column.node, Field) or column.node.name != column.name:
            for record in records:
                record.computed[column.name] = value_of(column.node, record)
    return records


def _filter(command: Command, records: list[Record]) -> list[Record]:
    assert command.condition is not None
    condition = command.condition
    return [record for record in records if value_of(condition, record)]


def _sort(command: Command, records: list[Record]) -> list[Record]:
    for column, descending in reversed(list(zip(command.columns, command.descending, strict=True))):
        records = sorted(records, key=lambda record, node=column.node: _order(_sorted_value(node, record)),
                         reverse=descending)
    return records


def _sorted_value(node: Node, record: Record) -> Any:
    # `sort count(*) desc` names a column of stats by its text.
    if isinstance(node, Call) and (name := _source(node)) in record.computed:
        return record.computed[name]
    return value_of(node, record)


def _source(node: Node) -> str:
    if isinstance(node, Call):
        return f"{node.function}({', '.join(_source(argument) for argument in node.arguments)})"
    return node.name if isinstance(node, Field) else text_of(node.value) if isinstance(node, Constant) else ""


def _order(value: Any) -> tuple[int, float, str]:
    if value is None:
        return 0, 0.0, ""
    number = number_of(value)
    return (2, 0.0, text_of(value)) if number is None else (1, number, "")


def _limit(command: Command, records: list[Record]) -> list[Record]:
    return records[: command.count]


def _dedup(command: Command, records: list[Record]) -> list[Record]:
    seen: dict[tuple[str, ...], Record] = {}
    for record in records:
        seen.setdefault(tuple(text_of(value_of(column.node, record)) for column in command.columns), record)
    return list(seen.values())


def _parse(command: Command, records: list[Record]) -> list[Record]:
    source, *columns = command.columns
    names = [column.name for column in columns]
    if isinstance(command.condition, Regex):
        pattern = command.condition.pattern
    else:
        assert isinstance(command.condition, Constant)
        pattern = re.compile("(.*?)".join(re.escape(part) for part in command.condition.value.split("*")) + "$")
    for record in records:
        match = pattern.search(text_of(value_of(source.node, record)))
        if match:
            record.computed.update(match.groupdict() or dict(zip(names, match.groups(), strict=False)))
    return records


def _stats(command: Command, records: list[Record]) -> list[Record]:
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
        record.computed.setdefault(_source(column.node), value)
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
    return lambda pairs: pick((value for value, _ in pairs), key=_order, default=None)


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
_COMMANDS: dict[str, Callable[[Command, list[Record]], list[Record]]] = {
    "fields": _fields, "display": _fields, "filter": _filter, "sort": _sort, "limit": _limit, "dedup": _dedup,
    "parse": _parse, "stats": _stats,
}
