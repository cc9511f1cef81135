"""Filter expressions applied to a trace: which traces a query finds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .documents import Document
from .filter_language import BOOLEANS, Combined, InvalidFilter, Node, Not, Places, Term, Tree, parse_filter
from .store import Trace
from .views import View, by_service, type_of, view_of

Predicate = Callable[[Trace], bool]


def compile_filter(expression: str | None, account: str) -> Predicate:
    """Whether a trace of `account` fits the expression. Raises InvalidFilter."""
    if not expression:
        return lambda trace: True
    tree = parse_filter(expression)
    _check(tree)
    return lambda trace: _holds(tree, view_of(trace), account)


def _check(tree: Tree) -> None:
    """A keyword alone must be one that is true or false."""
    if isinstance(tree, Term) and tree.operator is None and tree.keyword not in BOOLEANS | {"annotation"}:
        raise InvalidFilter(f"Invalid filter expression: {tree.keyword} needs an operator and a value.")
    inside = tree.trees if isinstance(tree, Combined) else (getattr(tree, "tree", None), getattr(tree, "filter", None))
    for part in inside:
        if part is not None:
            _check(part)


def _holds(tree: Tree, view: View, account: str) -> bool:
    if isinstance(tree, Not):
        return not _holds(tree.tree, view, account)
    if isinstance(tree, Combined):
        combine = any if tree.operator == "OR" else all
        return combine(_holds(part, view, account) for part in tree.trees)
    if isinstance(tree, Places):
        return any(tree.filter is None or _holds(tree.filter, found, account) for found in _found(tree, view, account))
    return _term_holds(tree, view)


def _found(tree: Places, view: View, account: str) -> list[View]:
    """The views of the services that are named; of an edge, that of what is called."""
    if len(tree.nodes) == 1:
        return [one for service, one in by_service(view.segments).items() if _fits(tree.nodes[0], service, account)]
    caller, called = tree.nodes
    callers = {node["id"] for segment in view.segments if _is(caller, segment, account)
               for node in View([segment]).nodes}
    edges = [segment for segment in view.segments
             if segment.get("parent_id") in callers and _is(called, segment, account)]
    return [View(edges)] if edges else []


def _is(node: Node, segment: Document, account: str) -> bool:
    return _fits(node, (segment["name"], type_of(segment)), account)


def _fits(node: Node, service: tuple[str, str], account: str) -> bool:
    name, kind = service
    return node.name in (None, name) and node.type in (None, kind) and node.account in (None, account)


def _term_holds(term: Term, view: View) -> bool:
    if term.keyword in BOOLEANS:
        return _flag(term.keyword, view)
    values = _values(term, view)
    if term.operator is None:
        return bool(values)
    return any(_compare(value, term.operator, term.value) for value in values)


def _flag(keyword: str, view: View) -> bool:
    if keyword == "ok":
        return not any(map(view.has, ("error", "fault", "throttle")))
    if keyword == "partial":
        return view.partial
    if keyword == "root":
        return any("parent_id" not in segment for segment in view.segments)
    return view.has(keyword)


def _values(term: Term, view: View) -> list[Any]:
    if term.keyword == "annotation":
        return [value for key, value, _ in view.annotations() if key == term.key]
    if term.keyword.startswith("http."):
        part, member = {"status": ("response", "status"), "url": ("request", "url"), "method": ("request", "method"),
                        "useragent": ("request", "user_agent"), "clientip": ("request", "client_ip")}[term.keyword[5:]]
        return view.http(part, member)
    if term.keyword == "responsetime":
        return [view.response_time]
    if term.keyword == "duration":
        return [view.duration]
    member = {"type": "origin", "resource.arn": "resource_arn"}.get(term.keyword, term.keyword)
    return [segment[member] for segment in view.segments if member in segment]


_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
    "CONTAINS": lambda left, right: right in left,
    "BEGINSWITH": lambda left, right: left.startswith(right),
    "ENDSWITH": lambda left, right: left.endswith(right),
}


def _compare(left: object, operator: str, right: object) -> bool:
    if isinstance(left, int) and not isinstance(left, bool):
        left = float(left)
    return type(left) is type(right) and _COMPARISONS[operator](left, right)
