"""Filter patterns for JSON log events: `{ ($.level = "ERROR" || $.status >= 500) && $.user NOT EXISTS }`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from .conditions import comparison
from .json_fields import ABSENT, found, parsed, steps_of

_TOKEN = re.compile(
    r"""\s*(?:(?P<sign>&&|\|\||[()])|(?P<field>\$[^\s=!<>&|()]*)|(?P<compare>!=|>=|<=|[=<>])"""
    r"""|(?P<value>"(?:[^"\\]|\\.)*"|%[^%]+%|[^\s&|()=!<>]+))"""
)
_IS: dict[str, Any] = {"TRUE": True, "FALSE": False, "NULL": None}
Condition = Callable[[Any], bool]


class JsonPattern:
    """A compiled pattern in braces."""

    def __init__(self, text: str) -> None:
        if not text.endswith("}"):
            raise ValueError(f"The filter pattern '{text}' has no closing brace.")
        self._text = text
        self._tokens = _tokens(text[1:-1], text)
        self._position = 0
        self._condition = self._any_of()
        if self._position != len(self._tokens):
            raise self._error()

    def match(self, message: str) -> Callable[[str], Any] | None:
        document = parsed(message)
        if document is ABSENT or not self._condition(document):
            return None
        return lambda selector: _field(document, selector)

    def _any_of(self) -> Condition:
        conditions = [self._all_of()]
        while self._take("sign", "||"):
            conditions.append(self._all_of())
        return lambda document: any(condition(document) for condition in conditions)

    def _all_of(self) -> Condition:
        conditions = [self._single()]
        while self._take("sign", "&&"):
            conditions.append(self._single())
        return lambda document: all(condition(document) for condition in conditions)

    def _single(self) -> Condition:
        if self._take("sign", "("):
            inner = self._any_of()
            if not self._take("sign", ")"):
                raise self._error()
            return inner
        field = self._take("field")
        if not field:
            raise self._error()
        steps = steps_of(field)
        if self._take("value", "NOT") and self._take("value", "EXISTS"):
            return lambda document: not found(document, steps)
        if self._take("value", "EXISTS"):
            return lambda document: bool(found(document, steps))
        if self._take("value", "IS"):
            wanted = self._take("value")
            if wanted not in _IS:
                raise self._error()
            return lambda document: any(value is _IS[wanted] for value in found(document, steps))
        sign, value = self._take("compare"), self._take("value")
        if not sign or not value:
            raise self._error()
        test = comparison(sign, value)
        return lambda document: any(test(item) for item in found(document, steps) if not isinstance(item, (dict, list)))

    def _take(self, kind: str, text: str | None = None) -> str | None:
        if self._position == len(self._tokens):
            return None
        actual_kind, actual = self._tokens[self._position]
        if actual_kind != kind or text not in (None, actual):
            return None
        self._position += 1
        return actual

    def _error(self) -> ValueError:
        rest = " ".join(text for _, text in self._tokens[self._position :]) or "its end"
        return ValueError(f"The filter pattern '{self._text}' cannot be understood at: {rest}")


def _tokens(text: str, whole: str) -> list[tuple[str, str]]:
    tokens, position, text = [], 0, text.rstrip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise ValueError(f"The filter pattern '{whole}' cannot be understood at: {text[position:]}")
        kind = str(match.lastgroup)
        tokens.append((kind, match[kind]))
        position = match.end()
    return tokens


def _field(document: Any, selector: str) -> Any:
    values = found(document, steps_of(selector)) if selector.startswith("$") else []
    if not values:
        raise KeyError(selector)
    return values[0]
