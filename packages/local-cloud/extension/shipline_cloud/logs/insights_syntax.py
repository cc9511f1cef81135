"""Parses the query language of CloudWatch Logs Insights ("Supported commands", Amazon CloudWatch Logs User Guide)."""

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


_TOKEN = re.compile(
    r"""\s*(?:\#[^\n]*(?:\n|$)\s*)*(?:(?P<duration>\d+(?:ms|mo|[smhdwqy])\b)|(?P<number>\d+(?:\.\d+)?)"""
    r"""|(?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?P<name>[@A-Za-z_][\w.@]*|`[^`]+`)"""
    r"""|(?P<sign>!=|<=|>=|=~|[-+*/%^=<>(),|\[\]]))"""
)
_REGEX = re.compile(r"\s*/((?:[^/\\]|\\.)*)/(i?)")
_LEVELS: tuple[tuple[str, ...], ...] = (("+", "-"), ("*", "/", "%"), ("^",))
_COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
_CONSTANTS = {"true": True, "false": False, "null": None}


def parse(query: str) -> list[Command]:
    """The commands of a query. Raises QueryError."""
    parser = _Parser(query)
    commands = [parser.command()]
    while parser.take("sign", "|"):
        commands.append(parser.command())
    if parser.kind:
        raise parser.error()
    return commands


class _Parser:
    """Reads token by token: whether `/` divides or begins a regular expression depends on where it stands."""

    def __init__(self, query: str) -> None:
        self.query = query.rstrip()
        self.position = 0
        self.kind, self.text, self.end = "", "", 0
        self.look()

    def look(self) -> None:
        match = _TOKEN.match(self.query, self.position)
        if match:
            self.kind = str(match.lastgroup)
            self.text, self.end = match[self.kind], match.end()
        elif self.query[self.position :].strip() and not self.query[self.position :].lstrip().startswith("#"):
            raise QueryError(f"The query cannot be understood at: {self.query[self.position :].strip()}")
        else:
            self.kind, self.text, self.end = "", "", len(self.query)

    def take(self, kind: str, text: str | None = None) -> str | None:
        found = self.text
        if self.kind != kind or (text is not None and found.lower() != text):
            return None
        self.position = self.end
        self.look()
        return found

    def error(self) -> QueryError:
        rest = self.query[self.position :].strip() or "its end"
        return QueryError(f"The query cannot be understood at: {rest}")

    def need(self, kind: str, text: str | None = None) -> str:
        found = self.take(kind, text)
        if found is None:
            raise self.error()
        return found

    def command(self) -> Command:
        name = self.need("name").lower()
        if name in ("fields", "display", "dedup"):
            return Command(name, self.columns())
        if name == "filter":
            return Command(name, condition=self.either())
        if name == "limit":
            return Command(name, count=int(float(self.need("number"))))
        if name == "stats":
            columns = self.columns()
            return Command(name, columns, self.columns() if self.take("name", "by") else ())
        if name == "sort":
            return self.sort()
        if name == "parse":
            return self.parse_command()
        raise QueryError(f"The local cloud does not know the command '{name}' of Logs Insights.")

    def columns(self) -> tuple[Column, ...]:
        columns = [self.column()]
        while self.take("sign", ","):
            columns.append(self.column())
        return tuple(columns)

    def column(self) -> Column:
        start = self.position
        node = self.either()
        source = self.query[start : self.position].strip()
        name = self.need("name").strip("`") if self.take("name", "as") else source.strip("`")
        return Column(node, name)

    def sort(self) -> Command:
        columns, descending = [], []
        while True:
            columns.append(self.column())
            descending.append(bool(self.take("name", "desc")))
            if not descending[-1]:
                self.take("name", "asc")
            if not self.take("sign", ","):
                return Command("sort", tuple(columns), descending=tuple(descending))

    def parse_command(self) -> Command:
        source = self.single() if self.kind == "name" else Field("@message")
        pattern = self.pattern()
        names: list[Column] = []
        if self.take("name", "as"):
            names = list(self.columns())
        return Command("parse", (Column(source, ""), *names), condition=pattern)

    def pattern(self) -> Node:
        if regex := _REGEX.match(self.query, self.position):
            self.position = regex.end()
            self.look()
            return Regex(_regex(regex[1].replace("(?<", "(?P<"), regex[2]))
        return Constant(_unquoted(self.need("text")))

    def either(self) -> Node:
        node = self.both()
        while self.take("name", "or"):
            node = Call("or", (node, self.both()))
        return node

    def both(self) -> Node:
        node = self.negated()
        while self.take("name", "and"):
            node = Call("and", (node, self.negated()))
        return node

    def negated(self) -> Node:
        return Call("not", (self.negated(),)) if self.take("name", "not") else self.compared()

    def compared(self) -> Node:
        left = self.sum_of(0)
        if self.kind == "sign" and self.text in _COMPARISONS:
            sign = self.need("sign")
            return Call(sign, (left, self.sum_of(0)))
        negative = bool(self.take("name", "not"))
        if self.take("sign", "=~") or self.take("name", "like"):
            return Call("not like" if negative else "like", (left, self.pattern()))
        if self.take("name", "in"):
            return Call("not in" if negative else "in", (left, *self.listed()))
        if negative:
            raise self.error()
        return left

    def listed(self) -> tuple[Node, ...]:
        self.need("sign", "[")
        items = [self.sum_of(0)]
        while self.take("sign", ","):
            items.append(self.sum_of(0))
        self.need("sign", "]")
        return tuple(items)

    def sum_of(self, level: int) -> Node:
        if level == len(_LEVELS):
            return self.single()
        node = self.sum_of(level + 1)
        while self.kind == "sign" and self.text in _LEVELS[level]:
            sign = self.need("sign")
            node = Call(sign, (node, self.sum_of(level + 1)))
        return node

    def single(self) -> Node:
        if (number := self.take("number")) is not None:
            return Constant(float(number))
        if (text := self.take("text")) is not None:
            return Constant(_unquoted(text))
        if (duration := self.take("duration")) is not None:
            return Constant(duration)
        if self.take("sign", "-"):
            return Call("-", (Constant(0.0), self.single()))
        if self.take("sign", "("):
            node = self.either()
            self.need("sign", ")")
            return node
        name = self.need("name")
        if self.take("sign", "("):
            return Call(name.lower(), self.arguments())
        return Constant(_CONSTANTS[name.lower()]) if name.lower() in _CONSTANTS else Field(name.strip("`"))

    def arguments(self) -> tuple[Node, ...]:
        items: list[Node] = []
        while not self.take("sign", ")"):
            if items:
                self.need("sign", ",")
            items.append(Field("*") if self.take("sign", "*") else self.either())
        return tuple(items)


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text[1:-1])


def _regex(pattern: str, flags: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.IGNORECASE if flags else 0)
    except re.error as error:
        raise QueryError(f"The regular expression /{pattern}/ cannot be understood: {error}.") from error
