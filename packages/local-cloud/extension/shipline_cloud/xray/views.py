"""What is known about a trace as a whole, and about what one service did in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .documents import Document, assembled, end_of, start_of, walk
from .inferred import inferred_segments
from .store import Trace


def type_of(segment: Document) -> str:
    """`AWS::Lambda::Function`; "remote" for what is only known by its callers."""
    return str(segment.get("origin") or ("remote" if segment.get("inferred") else ""))


@dataclass(frozen=True)
class View:
    """Segments that are looked at together. `root` is the one whose answer the caller waited for."""

    segments: list[Document]

    @cached_property
    def nodes(self) -> list[Document]:
        return [node for segment in self.segments for node in walk(segment)]

    @cached_property
    def root(self) -> Document:
        ids = {node["id"] for node in self.nodes}
        return next((one for one in self.segments if one.get("parent_id") not in ids), self.segments[0])

    @property
    def start(self) -> float:
        return min(map(start_of, self.segments))

    @property
    def duration(self) -> float:
        """From the first start to the last end, in seconds."""
        return max(map(end_of, self.nodes)) - self.start

    @property
    def response_time(self) -> float:
        return end_of(self.root) - start_of(self.root)

    @property
    def partial(self) -> bool:
        return any(segment.get("in_progress") for segment in self.segments)

    def has(self, flag: str) -> bool:
        """Whether a segment has `error`, `fault` or `throttle`."""
        return any(segment.get(flag) for segment in self.segments)

    def http(self, part: str, name: str) -> list[Any]:
        """`request` or `response`, and a member of it, of every segment that has it."""
        parts = [(segment.get("http") or {}).get(part) or {} for segment in self.segments]
        return [found[name] for found in parts if name in found]

    def annotations(self) -> list[tuple[str, Any, Document]]:
        """(key, value, segment) of every annotation, those of subsegments included."""
        return [
            (key, value, segment)
            for segment in self.segments
            for node in walk(segment)
            for key, value in (node.get("annotations") or {}).items()
        ]


def view_of(trace: Trace) -> View:
    """The whole trace, with what X-Ray infers about services that do not report themselves."""
    segments = assembled(trace.documents.values())
    return View([*segments, *inferred_segments(segments)])


def by_service(segments: Iterable[Document]) -> dict[tuple[str, str], View]:
    """One view per service: its name and its type."""
    groups: dict[tuple[str, str], list[Document]] = {}
    for segment in segments:
        groups.setdefault((segment["name"], type_of(segment)), []).append(segment)
    return {service: View(group) for service, group in groups.items()}
