"""Where traces are kept: in memory, per account and region, as long as the server runs.

X-Ray keeps a trace for 30 days and at most 500 kB of it ("AWS X-Ray endpoints and quotas", AWS General Reference).
Here the oldest traces go when all of them together exceed a limit, so that memory is bounded.
"""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from .documents import Document

Place = tuple[str, str]
"""Account and region."""
MAX_TRACE_BYTES = 500_000
DEFAULT_TOTAL_BYTES = 64_000_000
_MAX_OWNERS = 20_000


@dataclass
class Trace:
    id: str
    documents: dict[str, Document] = field(default_factory=dict)
    revision: int = 0
    limit_exceeded: bool = False
    _sizes: dict[str, int] = field(default_factory=dict)

    @property
    def bytes(self) -> int:
        return sum(self._sizes.values())

    def put(self, document: Document) -> None:
        size = len(json.dumps(document))
        if self.bytes - self._sizes.get(document["id"], 0) + size > MAX_TRACE_BYTES:
            self.limit_exceeded = True
            return
        self.documents[document["id"]] = document
        self._sizes[document["id"]] = size
        self.revision += 1


class TraceStore:
    """All traces. Safe to use from every thread."""

    def __init__(self, total_bytes: int = DEFAULT_TOTAL_BYTES) -> None:
        self._total_bytes = total_bytes
        self._lock = threading.Lock()
        self._traces: OrderedDict[tuple[Place, str], Trace] = OrderedDict()
        self._bytes = 0
        self._owners: OrderedDict[str, Place] = OrderedDict()

    def put(self, place: Place, document: Document) -> None:
        """Keep a document that `parse_document` would accept."""
        self.own(place, document["trace_id"], document["id"])
        with self._lock:
            trace = self._traces.setdefault((place, document["trace_id"]), Trace(document["trace_id"]))
            before = trace.bytes
            trace.put(document)
            self._bytes += trace.bytes - before
            while self._bytes > self._total_bytes and len(self._traces) > 1:
                _, oldest = self._traces.popitem(last=False)
                self._bytes -= oldest.bytes

    def find(self, place: Place, trace_id: str) -> Trace | None:
        with self._lock:
            return _copied(self._traces.get((place, trace_id)))

    def all(self, place: Place) -> list[Trace]:
        """Every trace of an account and region, oldest first."""
        with self._lock:
            return [copied for (owner, _), trace in self._traces.items()
                    if owner == place and (copied := _copied(trace)) is not None]

    def own(self, place: Place, *ids: str) -> None:
        """What refers to these traces or segments belongs to `place`: the daemon hears no credentials."""
        with self._lock:
            for known in ids:
                self._owners[known] = place
                self._owners.move_to_end(known)
            while len(self._owners) > _MAX_OWNERS:
                self._owners.popitem(last=False)

    def owner_of(self, document: Document) -> Place | None:
        """Who owns a document that came without credentials: the owner of its parent, else of its trace."""
        with self._lock:
            return self._owners.get(document.get("parent_id") or "") or self._owners.get(document["trace_id"])

    def reset(self) -> None:
        with self._lock:
            self._traces.clear()
            self._owners.clear()
            self._bytes = 0


def _copied(trace: Trace | None) -> Trace | None:
    # Documents are never changed once stored, so a copy of their list is enough.
    return trace and Trace(trace.id, dict(trace.documents), trace.revision, trace.limit_exceeded)
