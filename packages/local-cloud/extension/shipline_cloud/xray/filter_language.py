"""The language of filter expressions: text to tree.

"Using filter expressions" (AWS X-Ray Developer Guide): `keyword operator value`, combined by AND, OR, `!` and
parentheses; `service(name) {filter}` and `edge(from, to) {filter}` with names or `id(name: "…", type: "…",
account.id: "…")`; `annotation[key]`, in older text `annotation.key`. What this file does not know is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

Value = str | float | bool


class InvalidFilter(ValueError):
    """The message is a sentence for the caller."""


@dataclass(frozen=True)
class Term:
    """`keyword`, or `keyword operator value`; `key` is an annotation's."""

    keyword: str
    key: str | None = None
    operator: str | None = None
    value: Value | None = None


@dataclass(frozen=True)
class Node:
    """One service, by what is known of it."""

    name: str | None = None
    type: str | None = None
    account: str | None = None


@dataclass(frozen=True)
class Places:
    """`service(node) {filter}` has one node, `edge(from, to) {filter}` two."""

    nodes: tuple[Node, ...]
    filter: Tree | None


@dataclass(frozen=True)
class Not:
    tree: Tree


@dataclass(frozen=True)
class Combined:
    operator: str
    trees: tuple[Tree, ...]


Tree = Term | Places | Not | Combined

BOOLEANS = frozenset({"ok", "error", "throttle", "fault", "partial", "inferred", "root"})
NUMBERS = frozenset({"responsetime", "duration", "http.status"})
STRINGS = frozenset({
    "http.url", "http.method", "http.useragent", "http.clientip", "user", "name", "type", "resource.arn",
})
NUMBER_OPERATORS = frozenset({"=", "!=", "<", "<=", ">", ">="})
STRING_OPERATORS = frozenset({"=", "!=", "CONTAINS", "BEGINSWITH", "ENDSWITH"})
_OPERATORS = NUMBER_OPERATORS | STRING_OPERATORS
_TOKEN = re.compile(r'\s*(?:("(?:[^"\\]|\\.)*")|(!=|<=|>=|[=<>!(){}\[\],:])|([A-Za-z0-9_.\-]+))')
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def parse_filter(text: str) -> Tree:
    """Raises InvalidFilter."""
    parser = _Parser(_tokens(text))
    tree = parser.either()
    parser.end()
    return tree


def _tokens(text: str) -> list[str]:
    tokens, position = [], 0
    while text[position:].strip():
        match = _TOKEN.match(text, position)
        if match is None:
            raise InvalidFilter(f"Invalid filter expression: cannot read it from '{text[position:].strip()[:20]}' on.")
        tokens.append(match.group().strip())
        position = match.end()
    return tokens


class _Parser:
    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens

    def either(self) -> Tree:
        return self._combined("OR", self._all)

    def end(self) -> None:
        if self._tokens:
            self._refuse(self._tokens[0])

    def _all(self) -> Tree:
        return self._combined("AND", self._one)

    def _combined(self, operator: str, operand: Callable[[], Tree]) -> Tree:
        trees = [operand()]
        while self._peek().upper() == operator:
            self._take()
            trees.append(operand())
        return trees[0] if len(trees) == 1 else Combined(operator, tuple(trees))

    def _one(self) -> Tree:
        token = self._take()
        if token == "!":
            return Not(self._one())
        if token == "(":
            tree = self.either()
            self._expect(")")
            return tree
        if token in ("service", "edge") and self._peek() == "(":
            return self._places(2 if token == "edge" else 1)
        return self._term(token)

    def _places(self, count: int) -> Tree:
        self._expect("(")
        nodes = [self._node()]
        while self._peek() == "," and len(nodes) < count:
            self._take()
            nodes.append(self._node())
        self._expect(")")
        if len(nodes) != count:
            self._refuse(")")
        if self._peek() != "{":
            return Places(tuple(nodes), None)
        self._take()
        tree = self.either()
        self._expect("}")
        return Places(tuple(nodes), tree)

    def _node(self) -> Node:
        token = self._take()
        if token != "id":
            return Node(name=self._string(token))
        self._expect("(")
        known: dict[str, str] = {}
        while self._peek() != ")":
            field = self._take()
            if field not in ("name", "type", "account.id"):
                self._refuse(field)
            self._expect(":")
            known[field] = self._string(self._take())
            if self._peek() == ",":
                self._take()
        self._expect(")")
        return Node(known.get("name"), known.get("type"), known.get("account.id"))

    def _term(self, token: str) -> Term:
        keyword, key = token.lower(), None
        if keyword == "annotation" and self._peek() == "[":
            self._take()
            key = self._take().strip('"')
            self._expect("]")
        elif keyword.startswith("annotation."):
            keyword, key = "annotation", token.split(".", 1)[1]
        elif keyword not in BOOLEANS | NUMBERS | STRINGS:
            self._refuse(token)
        if self._peek().upper() not in _OPERATORS:
            return Term(keyword, key)
        operator = self._take().upper()
        return _checked(Term(keyword, key, operator, self._value(self._take())))

    def _value(self, token: str) -> Value:
        if token.startswith('"'):
            return self._string(token)
        if _NUMBER.fullmatch(token):
            return float(token)
        if token.lower() in ("true", "false"):
            return token.lower() == "true"
        self._refuse(token)

    def _string(self, token: str) -> str:
        if not token.startswith('"'):
            self._refuse(token)
        return re.sub(r"\\(.)", r"\1", token[1:-1])

    def _peek(self) -> str:
        return self._tokens[0] if self._tokens else ""

    def _take(self) -> str:
        if not self._tokens:
            self._refuse("")
        return self._tokens.pop(0)

    def _expect(self, token: str) -> None:
        taken = self._take()
        if taken != token:
            self._refuse(taken)

    def _refuse(self, token: str) -> NoReturn:
        what = f"does not know '{token}' there" if token else "ends too early"
        raise InvalidFilter(f"Invalid filter expression: the local cloud {what}.")


def _checked(term: Term) -> Term:
    """Refuses operators and values that do not go with the keyword."""
    kinds = {"annotation": (str, float, bool), **dict.fromkeys(NUMBERS, (float,)), **dict.fromkeys(STRINGS, (str,))}
    operators = STRING_OPERATORS if isinstance(term.value, str) else NUMBER_OPERATORS
    if isinstance(term.value, bool):
        operators = frozenset({"=", "!="})
    # True is an instance of float's cousin int only, so the type is compared and not the instance.
    if type(term.value) not in kinds.get(term.keyword, ()) or term.operator not in operators:
        raise InvalidFilter(f"Invalid filter expression: {term.keyword} {term.operator} {term.value!r} is not possible.")
    return term
