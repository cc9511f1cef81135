"""Parses CloudWatch's metric math ("Metric math syntax and functions", Amazon CloudWatch User Guide)."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Union


class ExpressionError(ValueError):
    """An expression that CloudWatch would refuse, or that the local cloud does not know; the message is a sentence."""


@dataclass(frozen=True)
class Number:
    value: float


@dataclass(frozen=True)
class Text:
    value: str


@dataclass(frozen=True)
class Name:
    """The id of another query, or a keyword of FILL."""

    name: str


@dataclass(frozen=True)
class Call:
    """A function or an operator with its arguments."""

    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True)
class Array:
    items: tuple[Node, ...]


Node = Union[Number, Text, Name, Call, Array]

_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)|(?P<text>'[^']*'|"[^"]*")|(?P<name>[A-Za-z]\w*)"""
    r"""|(?P<sign>&&|\|\||[<>=!]=|[-+*/^()\[\],<>]))"""
)
_LEVELS = (("||",), ("&&",), ("==", "!=", "<", "<=", ">", ">="), ("+", "-"), ("*", "/"), ("^",))
"""Binary operators, the loosest first."""
_WORDS = {"AND": "&&", "OR": "||"}


@functools.lru_cache(maxsize=512)
def parse(expression: str) -> Node:
    """The tree of an expression. Raises ExpressionError."""
    parser = _Parser(expression)
    node = parser.binary(0)
    parser.expect(None)
    return node


def names_of(node: Node) -> set[str]:
    """All names that an expression uses."""
    if isinstance(node, Name):
        return {node.name}
    children = node.arguments if isinstance(node, Call) else node.items if isinstance(node, Array) else ()
    return set().union(*(names_of(child) for child in children))


class _Parser:
    def __init__(self, expression: str) -> None:
        self.expression = expression
        self.tokens = _tokens(expression)
        self.position = 0

    def peek(self) -> tuple[str, str] | None:
        return self.tokens[self.position] if self.position < len(self.tokens) else None

    def take(self) -> tuple[str, str]:
        token = self.peek()
        if token is None:
            raise ExpressionError(f"The expression '{self.expression}' ends too early.")
        self.position += 1
        return token

    def expect(self, sign: str | None) -> None:
        token = self.peek()
        if token is None and sign is None:
            return
        if token is None or sign is None or token[1] != sign:
            found = f"'{token[1]}'" if token else "its end"
            raise ExpressionError(f"The expression '{self.expression}' has {found} where it cannot be understood.")
        self.position += 1

    def binary(self, level: int) -> Node:
        if level == len(_LEVELS):
            return self.unary()
        node = self.binary(level + 1)
        while (token := self.peek()) and token[0] == "sign" and token[1] in _LEVELS[level]:
            self.position += 1
            node = Call(token[1], (node, self.binary(level + 1)))
        return node

    def unary(self) -> Node:
        if self.peek() == ("sign", "-"):
            self.position += 1
            return Call("negate", (self.unary(),))
        kind, text = self.take()
        if kind == "number":
            return Number(float(text))
        if kind == "text":
            return Text(text[1:-1])
        if kind == "name":
            return self.call(text) if self.peek() == ("sign", "(") else Name(text)
        if text == "(":
            node = self.binary(0)
            self.expect(")")
            return node
        if text == "[":
            return Array(self.items("]"))
        raise ExpressionError(f"The expression '{self.expression}' has '{text}' where it cannot be understood.")

    def call(self, function: str) -> Node:
        self.expect("(")
        return Call(function.upper(), self.items(")"))

    def items(self, end: str) -> tuple[Node, ...]:
        found: list[Node] = []
        while self.peek() != ("sign", end):
            if found:
                self.expect(",")
            found.append(self.binary(0))
        self.expect(end)
        return tuple(found)


def _tokens(expression: str) -> list[tuple[str, str]]:
    tokens, position, text = [], 0, expression.rstrip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise ExpressionError(f"The expression '{expression}' has '{text[position:].lstrip()[:1]}', no known sign.")
        kind = str(match.lastgroup)
        found = match[kind]
        word = _WORDS.get(found) if kind == "name" else None
        tokens.append(("sign", word) if word else (kind, found))
        position = match.end()
    return tokens
