"""Evaluates the expressions of a Logs Insights query.

"Supported operations and functions in a query" (Amazon CloudWatch Logs User Guide). A comparison with a field that the
event does not have does not hold.
"""

from __future__ import annotations

import json
import math
import operator
import re
import time
from collections.abc import Callable
from typing import Any

from .conditions import number_of
from .insights_nodes import Call, Constant, Field, Node, QueryError, Regex
from .insights_records import Moment, Record

_ARITHMETIC: dict[str, Callable[[float, float], float | None]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": lambda a, b: a / b if b else None,
    "%": lambda a, b: math.fmod(a, b) if b else None,
    "^": operator.pow,
}
_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}
_UNITS = {"ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 7 * 86_400_000}


def value_of(node: Node, record: Record) -> Any:
    """The value of an expression for one row; None when there is none. Raises QueryError."""
    if isinstance(node, Constant):
        return node.value
    if isinstance(node, Field):
        return record.get(node.name)
    if isinstance(node, Regex):
        raise QueryError("A regular expression stands where Logs Insights needs a value.")
    if node.function in ("and", "or", "not"):
        return _logical(node, record)
    if node.function in ("like", "not like"):
        value = value_of(node.arguments[0], record)
        return value is not None and _is_like(value, node.arguments[1]) == (node.function == "like")
    if node.function in ("bin", "datefloor"):
        return _bin(node, record)
    values = [value_of(argument, record) for argument in node.arguments]
    return apply(node.function, values)


def apply(function: str, values: list[Any]) -> Any:
    """A function or operator of values that are already known. Raises QueryError."""
    if function in ("in", "not in"):
        found = any(compare("=", values[0], item) for item in values[1:])
        return values[0] is not None and found == (function == "in")
    if function in _COMPARISONS:
        return compare(function, *values)
    if function in _ARITHMETIC:
        numbers = [number_of(value) for value in values]
        return None if None in numbers else _ARITHMETIC[function](*numbers)  # type: ignore[arg-type]
    if function not in _FUNCTIONS:
        raise QueryError(f"The local cloud does not know {function}() of Logs Insights.")
    try:
        return _FUNCTIONS[function](*values)
    except (TypeError, ValueError, AttributeError):  # of a missing field, or of a value of another kind
        return None


def compare(sign: str, left: Any, right: Any) -> bool:
    """Whether a comparison holds: as numbers when both are, else as texts."""
    if left is None or right is None:
        return False
    numbers = number_of(left), number_of(right)
    if None in numbers:
        return _COMPARISONS[sign](text_of(left), text_of(right))
    return _COMPARISONS[sign](*numbers)


def text_of(value: Any) -> str:
    """A value as a query's result shows it."""
    if isinstance(value, Moment):
        return str(value)
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, (dict, list)):
        return json.dumps(value, separators=(",", ":"))
    return str(value)


def milliseconds_of(duration: Any) -> int:
    """The length of a bin: `5m`, `1h`. Raises QueryError."""
    match = re.match(r"^(\d+)(ms|[smhdw])$", str(duration))
    if match is None or int(match[1]) == 0:
        raise QueryError(f"'{duration}' is no length of time that the local cloud knows (for example 30s, 5m, 1h).")
    return int(match[1]) * _UNITS[match[2]]


def _logical(node: Call, record: Record) -> bool:
    if node.function == "not":
        return not value_of(node.arguments[0], record)
    both = (bool(value_of(argument, record)) for argument in node.arguments)
    return all(both) if node.function == "and" else any(both)


def _is_like(value: Any, pattern: Node) -> bool:
    if isinstance(pattern, Regex):
        return pattern.pattern.search(text_of(value)) is not None
    return str(pattern.value) in text_of(value)  # type: ignore[union-attr]


def _bin(node: Call, record: Record) -> Moment | None:
    *subject, length = node.arguments
    at = value_of(subject[0], record) if subject else record.get("@timestamp")
    width = milliseconds_of(value_of(length, record))
    return None if at is None else Moment(float(at) // width * width)


def _numeric(function: Callable[[float], float]) -> Callable[[Any], float | None]:
    return lambda value: None if (number := number_of(value)) is None else float(function(number))


_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "abs": _numeric(abs),
    "ceil": _numeric(math.ceil),
    "floor": _numeric(math.floor),
    "sqrt": _numeric(math.sqrt),
    "log": _numeric(math.log),
    "greatest": lambda *values: max(float(value) for value in values),
    "least": lambda *values: min(float(value) for value in values),
    "strlen": lambda value: float(len(value)),
    "tolower": lambda value: value.lower(),
    "toupper": lambda value: value.upper(),
    "trim": lambda value, *characters: value.strip(*characters),
    "concat": lambda *values: "".join(text_of(value) for value in values if value is not None),
    "strcontains": lambda value, part: part in value,
    "replace": lambda value, old, new: value.replace(old, new),
    "substr": lambda value, start, *length: value[int(start) :][: int(length[0]) if length else None],
    "coalesce": lambda *values: next((value for value in values if value is not None), None),
    "ispresent": lambda value: value is not None,
    "isempty": lambda value: value is None or value == "",
    "isblank": lambda value: value is None or str(value).strip() == "",
    "tomillis": lambda value: float(value),
    "frommillis": lambda value: Moment(value),
    "now": lambda: float(int(time.time())),
}
