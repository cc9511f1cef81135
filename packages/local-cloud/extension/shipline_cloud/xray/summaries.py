"""Trace summaries and whole traces, as GetTraceSummaries and BatchGetTraces answer them.

"TraceSummary", "Trace" and "GetTraceSummaries" (AWS X-Ray API Reference). Annotations of a trace are listed with the
services that made them; HasFault, HasError and HasThrottle are those of the root segment.
"""

from __future__ import annotations

import json
from typing import Any

from .documents import Document, end_of
from .store import MAX_TRACE_BYTES, Place, Trace
from .views import View, by_service, type_of, view_of


def summary_of(trace: Trace, place: Place) -> dict[str, Any]:
    view = view_of(trace)
    root = view.root
    return {
        "Id": trace.id,
        "StartTime": view.start,
        "Duration": round(view.duration, 3),
        "ResponseTime": round(view.response_time, 3),
        "HasFault": bool(root.get("fault")),
        "HasError": bool(root.get("error")),
        "HasThrottle": bool(root.get("throttle")),
        "IsPartial": view.partial,
        "Http": _http_of(root),
        "Annotations": _annotations_of(view, place),
        "Users": [],
        "ServiceIds": [service_id(name, kind, place) for name, kind in by_service(view.segments)],
        "ResourceARNs": [{"ARN": arn} for arn in _unique(view, "resource_arn")],
        "EntryPoint": service_id(root["name"], type_of(root), place),
        "Revision": trace.revision,
        "MatchedEventTime": max(map(end_of, view.segments)),
    }


def service_id(name: str, kind: str, place: Place) -> dict[str, Any]:
    return {"Name": name, "Names": [name], "AccountId": place[0], "Type": kind}


def trace_of(trace: Trace) -> dict[str, Any]:
    view = view_of(trace)
    segments = [{"Id": segment["id"], "Document": json.dumps(segment)} for segment in view.segments]
    return {
        "Id": trace.id,
        "Duration": round(view.duration, 3),
        "LimitExceeded": trace.limit_exceeded or sum(len(one["Document"]) for one in segments) > MAX_TRACE_BYTES,
        "Segments": segments,
    }


def _http_of(root: Document) -> dict[str, Any]:
    http = root.get("http") or {}
    request, response = http.get("request") or {}, http.get("response") or {}
    members = {"HttpURL": request.get("url"), "HttpMethod": request.get("method"), "ClientIp": request.get("client_ip"),
               "UserAgent": request.get("user_agent"), "HttpStatus": response.get("status")}
    return {name: value for name, value in members.items() if value is not None}


def _annotations_of(view: View, place: Place) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, dict[tuple[type, Any], dict[str, Any]]] = {}
    for key, value, segment in view.annotations():
        entry = found.setdefault(key, {}).setdefault(
            (type(value), value), {"AnnotationValue": _annotation_value(value), "ServiceIds": []}
        )
        service = service_id(segment["name"], type_of(segment), place)
        if service not in entry["ServiceIds"]:
            entry["ServiceIds"].append(service)
    return {key: list(entries.values()) for key, entries in found.items()}


def _annotation_value(value: Any) -> dict[str, Any]:
    if isinstance(value, bool):
        return {"BooleanValue": value}
    return {"NumberValue": value} if isinstance(value, int | float) else {"StringValue": str(value)}


def _unique(view: View, member: str) -> list[str]:
    return list(dict.fromkeys(segment[member] for segment in view.segments if member in segment))
