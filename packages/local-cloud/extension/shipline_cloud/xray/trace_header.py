"""The tracing header, and how one travels with a request inside this process.

"X-Amzn-Trace-Id: Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1": Root is the trace, Parent
the segment or subsegment that caused the request, Sampled the decision of the first service that made one; a service
adds what is missing and leaves other fields alone ("AWS X-Ray concepts: Tracing header", AWS X-Ray Developer Guide).
"""

from __future__ import annotations

import re
import secrets
import time
from contextvars import ContextVar
from dataclasses import dataclass

NAME = "x-amzn-trace-id"
TRACE_ID = re.compile(r"1-[0-9a-f]{8}-[0-9a-f]{24}")
SEGMENT_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True)
class TraceHeader:
    root: str
    parent: str | None = None
    sampled: bool | None = None
    """None: nobody has decided yet."""

    def __str__(self) -> str:
        parent = f";Parent={self.parent}" if self.parent else ""
        sampled = "" if self.sampled is None else f";Sampled={int(self.sampled)}"
        return f"Root={self.root}{parent}{sampled}"


incoming: ContextVar[TraceHeader | None] = ContextVar("shipline_trace_header", default=None)
"""The header of the request, or of the state, on whose behalf something is done now."""


def parse(text: object) -> TraceHeader | None:
    """The header in `text`; None for what is not one, which X-Ray drops."""
    if not isinstance(text, str):
        return None
    fields = dict(part.strip().split("=", 1) for part in text.split(";") if "=" in part)
    root, parent = fields.get("Root", ""), fields.get("Parent")
    if not TRACE_ID.fullmatch(root) or (parent is not None and not SEGMENT_ID.fullmatch(parent)):
        return None
    return TraceHeader(root, parent, {"0": False, "1": True}.get(fields.get("Sampled", "")))


def new_trace_id() -> str:
    return f"1-{int(time.time()):08x}-{secrets.token_hex(12)}"


def new_segment_id() -> str:
    return secrets.token_hex(8)
