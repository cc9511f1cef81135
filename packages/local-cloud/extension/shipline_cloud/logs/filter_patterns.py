"""Filter patterns of CloudWatch Logs: terms, JSON and space-delimited.

"Filter pattern syntax for metric filters, subscription filters, filter log events, and Live Tail" (Amazon CloudWatch
Logs User Guide). Patterns are case-sensitive.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Any, Protocol

from . import json_patterns, space_patterns

_TERM = re.compile(r"""\s*(?P<sign>[-?]?)(?:"(?P<phrase>(?:[^"\\]|\\.)*)"|%(?P<regex>[^%]+)%|(?P<word>[^\s"]+))""")
Fields = Callable[[str], Any]
"""Looks up `$.field` or `$name` in the event that matched; raises KeyError."""


class Pattern(Protocol):
    """A compiled filter pattern."""

    def match(self, message: str) -> Fields | None:
        """None when the message does not match, else the look-up of its fields."""


@functools.lru_cache(maxsize=512)
def compiled(pattern: str) -> Pattern:
    """Compile a filter pattern. Raises ValueError with a sentence."""
    text = pattern.strip()
    if text.startswith("{"):
        return json_patterns.JsonPattern(text)
    if text.startswith("["):
        return space_patterns.SpacePattern(text)
    return _Terms(text)


class _Terms:
    """Every term must occur; one of those with `?` when there are no others; none of those with `-`."""

    def __init__(self, text: str) -> None:
        self.required: list[Callable[[str], bool]] = []
        self.optional: list[Callable[[str], bool]] = []
        self.excluded: list[Callable[[str], bool]] = []
        kinds = {"": self.required, "?": self.optional, "-": self.excluded}
        position = 0
        while position < len(text):
            match = _TERM.match(text, position)
            if match is None:
                raise ValueError(f"The filter pattern '{text}' has a quotation mark that is not closed.")
            kinds[match["sign"]].append(_occurs(match))
            position = match.end()

    def match(self, message: str) -> Fields | None:
        optional_holds = bool(self.required) or not self.optional or any(term(message) for term in self.optional)
        if (all(term(message) for term in self.required) and optional_holds
                and not any(term(message) for term in self.excluded)):
            return _no_fields
        return None


def _occurs(term: re.Match[str]) -> Callable[[str], bool]:
    if term["regex"]:
        expression = re.compile(term["regex"])
        return lambda message: expression.search(message) is not None
    text = term["word"] if term["word"] else re.sub(r"\\(.)", r"\1", term["phrase"] or "")
    return lambda message: text in message


def _no_fields(selector: str) -> Any:
    raise KeyError(selector)
