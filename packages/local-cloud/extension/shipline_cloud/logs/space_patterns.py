"""Filter patterns for space-delimited log events: `[ip, user, ..., status=4* || status=5*, bytes > 1000]`."""

from __future__ import annotations

import re
from collections.abc import Callable

from .conditions import Test, comparison

_WORD = re.compile(r"""\[(?P<bracketed>[^\]]*)\]|"(?P<quoted>[^"]*)"|(?P<bare>\S+)""")
_FIELD = re.compile(r"^\s*(?P<name>\w+)\s*(?P<rest>.*)$", re.DOTALL)
_CONDITION = re.compile(r"""^\s*(?:\w+\s*)?(?P<sign>!=|>=|<=|[=<>])\s*(?P<value>"[^"]*"|%[^%]+%|\S+)\s*$""")
_SEPARATOR = re.compile(r""",(?=(?:[^"]*"[^"]*")*[^"]*$)""")


class SpacePattern:
    """A compiled pattern in square brackets."""

    def __init__(self, text: str) -> None:
        if not text.endswith("]"):
            raise ValueError(f"The filter pattern '{text}' has no closing bracket.")
        parts = [part.strip() for part in _SEPARATOR.split(text[1:-1])]
        self._fields = [("...", _anything) if part == "..." else _field(part, text) for part in parts]
        if [name for name, _ in self._fields].count("...") > 1:
            raise ValueError(f"The filter pattern '{text}' has more than one ellipsis.")

    def match(self, message: str) -> Callable[[str], str] | None:
        words = [match["bracketed"] or match["quoted"] or match["bare"] or "" for match in _WORD.finditer(message)]
        fields = self._fitted(len(words))
        if fields is None or not all(test(word) for (_, test), word in zip(fields, words, strict=True)):
            return None
        values = {name: word for (name, _), word in zip(fields, words, strict=True)}
        return lambda selector: values[selector.removeprefix("$")]

    def _fitted(self, count: int) -> list[tuple[str, Test]] | None:
        names = [name for name, _ in self._fields]
        if "..." not in names:
            return self._fields if len(names) == count else None
        gap, missing = names.index("..."), count - len(names) + 1
        if missing < 0:
            return None
        return [*self._fields[:gap], *([("...", _anything)] * missing), *self._fields[gap + 1 :]]


def _field(part: str, whole: str) -> tuple[str, Test]:
    match = _FIELD.match(part)
    if match is None:
        raise ValueError(f"The filter pattern '{whole}' has a field without a name: '{part}'.")
    return match["name"], _test(match["rest"], whole) if match["rest"].strip() else _anything


def _test(condition: str, whole: str) -> Test:
    alternatives = [[_single(single, whole) for single in group.split("&&")] for group in condition.split("||")]
    return lambda value: any(all(test(value) for test in tests) for tests in alternatives)


def _single(text: str, whole: str) -> Test:
    match = _CONDITION.match(text)
    if match is None:
        raise ValueError(f"The filter pattern '{whole}' cannot be understood at: {text.strip()}")
    return comparison(match["sign"], match["value"])


def _anything(value: object) -> bool:
    return True
