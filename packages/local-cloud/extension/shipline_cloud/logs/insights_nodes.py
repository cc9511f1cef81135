"""What a Logs Insights query consists of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Union


class QueryError(ValueError):
    """A query that cannot be run; the message is a sentence."""


@dataclass(frozen=True)
class Constant:
    value: Any


@dataclass(frozen=True)
class Regex:
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Field:
    name: str


@dataclass(frozen=True)
class Call:
    """A function, or an operator (also `and`, `or`, `not`, `like`, `in`)."""

    function: str
    arguments: tuple[Node, ...]


Node = Union[Constant, Regex, Field, Call]


@dataclass(frozen=True)
class Column:
    """An expression and the name that it has in the result."""

    node: Node
    name: str


@dataclass(frozen=True)
class Command:
    """One stage: its columns, `by` columns of stats, whether each sort column descends, the number of limit."""

    name: str
    columns: tuple[Column, ...] = ()
    by: tuple[Column, ...] = ()
    descending: tuple[bool, ...] = ()
    count: int = 0
    condition: Node | None = None
