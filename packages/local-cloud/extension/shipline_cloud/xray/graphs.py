"""The service graph of a set of traces: who called whom, how often and how well.

"Service" and "Edge" (AWS X-Ray API Reference): a service per name and type, a node of type "client" before the
services that nobody in the trace called, statistics per service and per edge.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .documents import Document, end_of, start_of, walk
from .store import Place, Trace
from .views import type_of, view_of

_Service = tuple[str, str]


@dataclass
class _Graph:
    segments: dict[_Service, list[Document]] = field(default_factory=dict)
    calls: dict[tuple[_Service, _Service], list[Document]] = field(default_factory=dict)


def services_of(traces: Iterable[Trace], place: Place) -> list[dict[str, Any]]:
    """The `Services` of GetServiceGraph and GetTraceGraph."""
    graph = _Graph()
    for trace in traces:
        _add(graph, view_of(trace).segments)
    numbers = {service: number for number, service in enumerate(graph.segments)}
    return [_service(graph, service, numbers, place) for service in graph.segments]


def _add(graph: _Graph, segments: list[Document]) -> None:
    makers = {node["id"]: segment for segment in segments for node in walk(segment)}
    for segment in segments:
        service = (segment["name"], type_of(segment))
        caller = makers.get(segment.get("parent_id", ""))
        origin = (caller["name"], type_of(caller)) if caller is not None else (segment["name"], "client")
        if caller is None:
            graph.segments.setdefault(origin, []).append(segment)
        graph.segments.setdefault(service, []).append(segment)
        graph.calls.setdefault((origin, service), []).append(segment)


def _service(graph: _Graph, service: _Service, numbers: dict[_Service, int], place: Place) -> dict[str, Any]:
    name, kind = service
    segments = graph.segments[service]
    edges = [(called, calls) for (caller, called), calls in graph.calls.items() if caller == service]
    base = {
        "ReferenceId": numbers[service],
        "Name": name,
        "Names": [name],
        "AccountId": place[0],
        "Type": kind,
        "State": "unknown" if kind == "client" else "active",
        **_span(segments),
        "Edges": [{"ReferenceId": numbers[called], **_span(calls), "SummaryStatistics": _statistics(calls),
                   "Aliases": []} for called, calls in edges],
    }
    if kind == "client":
        return base
    return {**base, "Root": any((origin[1], called) == ("client", service) for origin, called in graph.calls),
            "SummaryStatistics": _statistics(segments)}


def _span(segments: list[Document]) -> dict[str, float]:
    return {"StartTime": min(map(start_of, segments)), "EndTime": max(map(end_of, segments))}


def _statistics(segments: list[Document]) -> dict[str, Any]:
    faults = sum(1 for segment in segments if segment.get("fault"))
    throttles = sum(1 for segment in segments if segment.get("throttle") and not segment.get("fault"))
    errors = sum(1 for segment in segments if segment.get("error") and not segment.get("fault"))
    return {
        "OkCount": sum(1 for one in segments if not any(one.get(flag) for flag in ("fault", "error", "throttle"))),
        "ErrorStatistics": {"ThrottleCount": throttles, "OtherCount": max(errors - throttles, 0),
                            "TotalCount": max(errors, throttles)},
        "FaultStatistics": {"OtherCount": faults, "TotalCount": faults},
        "TotalCount": len(segments),
        "TotalResponseTime": round(sum(end_of(one) - start_of(one) for one in segments), 3),
    }
