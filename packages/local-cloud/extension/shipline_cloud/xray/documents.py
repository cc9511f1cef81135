"""Segment documents: what X-Ray accepts, and how the subsegments that arrive alone find their place.

"X-Ray segment documents" (AWS X-Ray Developer Guide): at most 64 kB; `name`, `id`, `trace_id`, `start_time` and either
`end_time` or `in_progress` are required; a subsegment that is sent on its own has `type` "subsegment" and a
`parent_id`; a document with a known id replaces the earlier one.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Iterator
from typing import Any

from .trace_header import SEGMENT_ID, TRACE_ID

MAX_BYTES = 64 * 1024
_MAX_NAME = 200
Document = dict[str, Any]


class InvalidSegment(ValueError):
    """`code` is X-Ray's ErrorCode; `segment_id` is the document's, where it has one."""

    def __init__(self, code: str, segment_id: str | None = None) -> None:
        super().__init__(f"Invalid segment. ErrorCode: {code}")
        self.code = code
        self.segment_id = segment_id


def parse_document(text: str | bytes) -> Document:
    """One segment or independent subsegment. Raises InvalidSegment."""
    if len(text) > MAX_BYTES:
        raise InvalidSegment("DocumentTooLarge")
    try:
        document = json.loads(text)
    except ValueError:
        raise InvalidSegment("ParseError") from None
    if not isinstance(document, dict):
        raise InvalidSegment("ParseError")
    if code := _fault_of(document):
        named = document.get("id")
        raise InvalidSegment(code, named if isinstance(named, str) else None)
    return document


def _fault_of(document: Document) -> str | None:
    name = document.get("name")
    checks = (
        ("MissingId", "id" in document),
        ("InvalidId", _matches(SEGMENT_ID, document.get("id"))),
        ("InvalidTraceId", _matches(TRACE_ID, document.get("trace_id"))),
        ("InvalidName", isinstance(name, str) and 0 < len(name) <= _MAX_NAME),
        ("InvalidStartTime", _is_time(document.get("start_time"))),
        ("InvalidEndTime", _is_time(document.get("end_time")) or document.get("in_progress") is True),
        ("InvalidParentId", _matches(SEGMENT_ID, document.get("parent_id")) or not is_subsegment(document)),
    )
    return next((code for code, holds in checks if not holds), None)


def _matches(pattern: Any, value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_time(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0


def is_subsegment(document: Document) -> bool:
    """Whether it was sent on its own, to become part of a segment."""
    return document.get("type") == "subsegment"


def assembled(documents: Iterable[Document]) -> list[Document]:
    """Copies of the segments, with the independent subsegments inside the segments or subsegments that they name.

    A subsegment whose parent has not arrived stands for itself.
    """
    own = copy.deepcopy(list(documents))
    places = {node["id"]: node for document in own for node in walk(document)}
    roots = []
    for document in own:
        parent = places.get(document.get("parent_id", "")) if is_subsegment(document) else None
        if parent is None or parent is document:
            roots.append(document)
        else:
            _attach(parent, document)
    return sorted(roots, key=lambda root: float(root["start_time"]))


def _attach(parent: Document, child: Document) -> None:
    # The parent may have been sent with the child inside it, still in progress.
    others = [sibling for sibling in parent.get("subsegments", []) if sibling["id"] != child["id"]]
    parent["subsegments"] = sorted([*others, child], key=lambda sibling: float(sibling["start_time"]))


def walk(document: Document) -> Iterator[Document]:
    """The document and everything inside it."""
    yield document
    for child in document.get("subsegments") or []:
        if isinstance(child, dict) and "id" in child:
            yield from walk(child)


def start_of(document: Document) -> float:
    return float(document["start_time"])


def end_of(document: Document) -> float:
    """When it ended; of one in progress, when it began."""
    return float(document.get("end_time") or document["start_time"])
