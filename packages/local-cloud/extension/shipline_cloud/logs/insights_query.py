"""Runs a Logs Insights query over log events ("Supported commands", Amazon CloudWatch Logs User Guide)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from .insights_nodes import Call, Command, Constant, Field, Node, Regex
from .insights_records import Record
from .insights_stats import order_of, source_of, stats
from .insights_syntax import parse
from .insights_values import text_of, value_of

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
        records = sorted(records, key=lambda record, node=column.node: order_of(_sorted_value(node, record)),
                         reverse=descending)
    return records


def _sorted_value(node: Node, record: Record) -> Any:
    # `sort count(*) desc` names a column of stats by its text.
    if isinstance(node, Call) and (name := source_of(node)) in record.computed:
        return record.computed[name]
    return value_of(node, record)


def _limit(command: Command, records: list[Record]) -> list[Record]:
    return records[: command.count]


def _dedup(command: Command, records: list[Record]) -> list[Record]:
    seen: set[tuple[str, ...]] = set()
    kept = []
    for record in records:
        values = [value_of(column.node, record) for column in command.columns]
        key = tuple(map(text_of, values))
        # "Log events with null values for any of the specified fields are retained."
        if None in values or key not in seen:
            kept.append(record)
        seen.add(key)
    return kept


def _parse(command: Command, records: list[Record]) -> list[Record]:
    source, *columns = command.columns
    names = [column.name for column in columns]
    if isinstance(command.condition, Regex):
        pattern = command.condition.pattern
    else:
        assert isinstance(command.condition, Constant)
        glob = command.condition.value
        # What follows the last literal part is not looked at, unless a wildcard at the end takes it.
        end = "$" if glob.endswith("*") else ""
        pattern = re.compile("(.*?)".join(map(re.escape, glob.split("*"))) + end)
    for record in records:
        match = pattern.search(text_of(value_of(source.node, record)))
        if match:
            record.computed.update(match.groupdict() or dict(zip(names, match.groups(), strict=False)))
    return records


_COMMANDS: dict[str, Callable[[Command, list[Record]], list[Record]]] = {
    "fields": _fields, "display": _fields, "filter": _filter, "sort": _sort, "limit": _limit, "dedup": _dedup,
    "parse": _parse, "stats": stats,
}
