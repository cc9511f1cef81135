"""Comparisons within filter patterns: `= "a*"`, `> 400`, `= %regex%`, combined by && and ||."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from typing import Any

Test = Callable[[Any], bool]
_ORDER: dict[str, Callable[[float, float], bool]] = {
    ">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le,
}
_NUMBER = re.compile(r"^[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?$")


def comparison(sign: str, text: str) -> Test:
    """The test that a value passes `sign text`; `text` as it is written in the pattern. Raises ValueError."""
    if sign in _ORDER:
        if not _NUMBER.match(text):
            raise ValueError(f"A filter pattern can only compare numbers by {sign}, not '{text}'.")
        order, limit = _ORDER[sign], float(text)
        return lambda value: (number := number_of(value)) is not None and order(number, limit)
    equal = _equality(text)
    return equal if sign == "=" else lambda value: not equal(value)


def number_of(value: Any) -> float | None:
    """The value as a number, None when it is none."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    if isinstance(value, str) and not _NUMBER.match(value.strip()):
        return None
    return float(value)


def _equality(text: str) -> Test:
    if len(text) > 1 and text.startswith("%") and text.endswith("%"):
        expression = re.compile(text[1:-1])
        return lambda value: expression.search(text_of(value)) is not None
    if _NUMBER.match(text):
        return lambda value: number_of(value) == float(text)
    plain = text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' else text
    wildcard = re.compile(".*".join(re.escape(part) for part in plain.split("*")), re.DOTALL)
    return lambda value: wildcard.fullmatch(text_of(value)) is not None


def text_of(value: Any) -> str:
    """A field's value as filter patterns see it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else "null" if value is None else str(value)
