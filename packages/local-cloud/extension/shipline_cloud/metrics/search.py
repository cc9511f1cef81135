"""SEARCH of metric math: the metrics of a schema whose names and dimensions match ("CloudWatch search expression
syntax", Amazon CloudWatch User Guide). The simple form is known: `{Namespace,Dim1,Dim2} MetricName="x" Dim1="y" term`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import store
from .cells import Series
from .expression_syntax import ExpressionError

_SCHEMA = re.compile(r"^\s*\{([^}]*)\}\s*(.*)$", re.DOTALL)
_TERM = re.compile(r"""\s*(?:(?P<key>[\w-]+|"[^"]+")\s*=\s*)?(?:"(?P<exact>[^"]*)"|(?P<part>[^\s"()]+))""")


def search(query: str) -> Iterator[tuple[str, Series]]:
    """(label, series) of the current account's metrics that match. Raises ExpressionError."""
    schema = _SCHEMA.match(query)
    if schema is None:
        raise ExpressionError(
            'The local cloud knows SEARCH with a schema only: {Namespace,Dimension} MetricName="x".')
    namespace, *dimensions = (part.strip().strip('"') for part in schema[1].split(","))
    terms = list(_terms(schema[2]))
    for found_namespace, name, series in store.all_series():
        if found_namespace != namespace or set(series.dimensions) != set(dimensions):
            continue
        if all(_matches(term, name, series.dimensions) for term in terms):
            yield " ".join([*(series.dimensions[key] for key in dimensions), name]), series


def _terms(text: str) -> Iterator[tuple[str | None, str | None, str | None]]:
    position, text = 0, text.rstrip()
    while position < len(text):
        match = _TERM.match(text, position)
        if match is None or match["part"] in ("AND", "OR", "NOT"):
            raise ExpressionError("The local cloud knows SEARCH without AND, OR, NOT and parentheses.")
        yield (match["key"] or "").strip('"') or None, match["exact"], match["part"]
        position = match.end()


def _matches(term: tuple[str | None, str | None, str | None], name: str, dimensions: dict[str, str]) -> bool:
    key, exact, part = term
    if key is None:
        everything = [name, *dimensions, *dimensions.values()]
        return exact in everything if exact is not None else any(_has(part, text) for text in everything)
    value = name if key == "MetricName" else dimensions.get(key, "")
    return value == exact if exact is not None else _has(part, value)


def _has(part: str | None, text: str) -> bool:
    return (part or "").lower() in text.lower()
