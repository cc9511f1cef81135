"""Evaluates metric math over time series ("Metric math syntax and functions", Amazon CloudWatch User Guide).

A time series has gaps: an operation on two of them has a value only where both have one, a division by zero has none.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Union

from . import expression_functions as functions
from .expression_syntax import Array, Call, ExpressionError, Name, Node, Number, Text, parse
from .lines import Line

Value = Union[float, Line, list[Line]]


def _power(base: float, exponent: float) -> float | None:
    try:
        power = base**exponent
    except (ZeroDivisionError, OverflowError):
        return None
    # The root of a negative number is no real one.
    return power if isinstance(power, float) else None


_OPERATORS: dict[str, Callable[[float, float], float | None]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": lambda a, b: a / b if b else None,
    "^": _power,
    "<": lambda a, b: float(a < b),
    "<=": lambda a, b: float(a <= b),
    ">": lambda a, b: float(a > b),
    ">=": lambda a, b: float(a >= b),
    "==": lambda a, b: float(a == b),
    "!=": lambda a, b: float(a != b),
    "&&": lambda a, b: float(bool(a) and bool(b)),
    "||": lambda a, b: float(bool(a) or bool(b)),
}


@dataclass
class Scope:
    """What an expression may refer to."""

    lookup: Callable[[str], Value]
    """The value of another query; raises ExpressionError when there is none of that id."""
    metrics: Callable[[], list[tuple[str, Line]]]
    """(id, line) of the queries that are metrics, for METRICS()."""
    search: Callable[[str, str, int], list[Line]]
    grid: list[float] = field(default_factory=list)
    """All timestamps of the requested range, for FILL and TIME_SERIES."""
    period: int = 60


def evaluate(expression: str, scope: Scope) -> Value:
    """The value of an expression. Raises ExpressionError."""
    return _value(parse(expression), scope)


def _value(node: Node, scope: Scope) -> Value:
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Name):
        return scope.lookup(node.name)
    if isinstance(node, Array):
        return [line for item in node.items for line in _lines(_value(item, scope))]
    if isinstance(node, Text):
        raise ExpressionError(f"A text ('{node.value}') stands where metric math needs a number or a time series.")
    if node.function in _OPERATORS:
        left, right = (_value(argument, scope) for argument in node.arguments)
        return combine(_OPERATORS[node.function], left, right)
    return _call(node, scope)


def _call(node: Call, scope: Scope) -> Value:
    name, arguments = node.function, node.arguments
    if name == "negate":
        return combine(operator.mul, -1.0, _value(arguments[0], scope))
    if name == "METRICS":
        part = _text(arguments[0]) if arguments else ""
        return [replace(line, label=line.label or key) for key, line in scope.metrics() if part in key]
    if name == "SEARCH" and len(arguments) in (2, 3):
        period = int(arguments[2].value) if len(arguments) == 3 and isinstance(arguments[2], Number) else scope.period
        return scope.search(_text(arguments[0]), _text(arguments[1]), period)
    if name == "FILL" and len(arguments) == 2:
        with_ = arguments[1]
        keyword = with_.name if isinstance(with_, Name) and with_.name in ("REPEAT", "LINEAR") else None
        filling = keyword if keyword else _value(with_, scope)
        return each(lambda line: functions.fill(line, filling, scope.grid), _value(arguments[0], scope), name)
    if name == "IF" and len(arguments) in (2, 3):
        condition, *branches = (_value(argument, scope) for argument in arguments)
        return functions.choose(condition, branches, scope.grid)
    if name == "TIME_SERIES" and len(arguments) == 1:
        value = _value(arguments[0], scope)
        if isinstance(value, float):
            return Line("", scope.period, dict.fromkeys(scope.grid, value))
    return _apply(name, [_value(argument, scope) for argument in arguments])


def _apply(name: str, values: list[Value]) -> Value:
    if len(values) == 1:
        value = values[0]
        if name in functions.OF_LINE and not isinstance(value, float):
            return each(functions.OF_LINE[name], value, name)
        if name in functions.OF_NUMBER:
            return combine(lambda _, b: functions.OF_NUMBER[name](b), 0.0, value)
        if name in functions.AGGREGATES and isinstance(value, list):
            return functions.across(value, functions.AGGREGATES[name])
        if name in functions.AGGREGATES and isinstance(value, Line):
            return functions.AGGREGATES[name](list(value.points.values())) if value.points else Line("", value.period)
        if name == "PERIOD" and isinstance(value, Line):
            return float(value.period)
        if name == "DATAPOINT_COUNT" and isinstance(value, Line):
            return float(len(value.points))
        if name == "METRIC_COUNT" and isinstance(value, list):
            return float(len(value))
        if name in ("FIRST", "LAST") and isinstance(value, list) and value:
            return value[0 if name == "FIRST" else -1]
    if name in functions.KNOWN:
        raise ExpressionError(f"{name} of metric math does not take these arguments.")
    raise ExpressionError(f"The local cloud does not know {name} of metric math.")


def each(function: Callable[[Line], Line], value: Value, name: str) -> Value:
    """Apply a function of one time series to every one of `value`."""
    if isinstance(value, float):
        raise ExpressionError(f"{name} of metric math needs a time series, not a number.")
    return function(value) if isinstance(value, Line) else [function(line) for line in value]


def combine(function: Callable[[float, float], float | None], left: Value, right: Value) -> Value:
    """Apply a binary operator to numbers, time series and arrays of them."""
    if isinstance(left, list) and isinstance(right, list):
        raise ExpressionError("Metric math cannot combine two arrays of time series.")
    if isinstance(left, list):
        return [_combined(function, line, right) for line in left]  # type: ignore[list-item]
    if isinstance(right, list):
        return [_combined(function, left, line) for line in right]  # type: ignore[list-item]
    return _combined(function, left, right)


def _combined(function: Callable[[float, float], float | None], left: float | Line, right: float | Line) -> Value:
    if isinstance(left, float) and isinstance(right, float):
        value = function(left, right)
        if value is None:
            raise ExpressionError("The expression has no value for its numbers.")
        return float(value)
    if isinstance(left, Line) and isinstance(right, Line):
        both = ((at, a, right.points[at]) for at, a in left.points.items() if at in right.points)
    elif isinstance(left, Line):
        both = ((at, a, right) for at, a in left.points.items())
    else:
        both = ((at, left, b) for at, b in right.points.items())
    base = left if isinstance(left, Line) else right
    values = ((at, function(a, b)) for at, a, b in both)
    return Line(base.label, base.period, {at: value for at, value in values if value is not None})


def _lines(value: Value) -> list[Line]:
    if isinstance(value, float):
        raise ExpressionError("An array of metric math holds time series, not numbers.")
    return [value] if isinstance(value, Line) else value


def _text(node: Node) -> str:
    if not isinstance(node, Text):
        raise ExpressionError("METRICS and SEARCH of metric math take their text in quotes.")
    return node.value
