"""Parses the query language of CloudWatch Logs Insights ("Supported commands", Amazon CloudWatch Logs User Guide)."""

from __future__ import annotations

from .insights_nodes import Call, Column, Command, Constant, Field, Node, QueryError
from .insights_tokens import Tokens, unquoted

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


class _Parser(Tokens):
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
            return Constant(unquoted(text))
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
