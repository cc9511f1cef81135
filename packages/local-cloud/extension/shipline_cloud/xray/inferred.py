"""Segments of services that do not report themselves, such as DynamoDB: X-Ray makes them of the caller's subsegment.

"For services that don't send segments, X-Ray infers segments from the subsegments of upstream services" and "the
`namespace` of a subsegment is `aws` for AWS SDK calls, `remote` for other downstream calls" ("AWS X-Ray concepts" and
"X-Ray segment documents", AWS X-Ray Developer Guide).
"""

from __future__ import annotations

from collections.abc import Iterable

from .documents import Document, walk

_ORIGINS = {"DynamoDB": "AWS::DynamoDB::Table", "SQS": "AWS::SQS::Queue", "SNS": "AWS::SNS"}
_COPIED = ("trace_id", "start_time", "end_time", "in_progress", "fault", "error", "throttle", "http", "aws", "cause")


def inferred_segments(segments: Iterable[Document]) -> list[Document]:
    """One per downstream call that no segment answers to."""
    known = list(segments)
    answered = {segment.get("parent_id") for segment in known}
    return [
        _inferred(node, segment["trace_id"])
        for segment in known
        for node in walk(segment)
        if node is not segment and node.get("namespace") in ("aws", "remote") and node["id"] not in answered
    ]


def _inferred(call: Document, trace_id: str) -> Document:
    copied = {key: call[key] for key in _COPIED if key in call}
    name = str(call["name"])
    origin = {"origin": _ORIGINS.get(name, f"AWS::{name}")} if call["namespace"] == "aws" else {}
    # Reading twice must give the same id: the caller's, turned around.
    return {**copied, "id": call["id"][::-1], "trace_id": trace_id, "parent_id": call["id"], "name": name,
            "inferred": True, **origin}
