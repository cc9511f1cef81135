"""What Lambda itself reports of an invocation, and what it tells the function about its trace.

Stock MiniStack makes a trace id of its own for each call of a function with active tracing and reports nothing. On AWS
Lambda respects the tracing header that it receives and decides itself where none came and tracing is active; a sampled
invocation has a segment of the service (`AWS::Lambda`; with "Dwell Time" and one "Attempt" per try where it was
asynchronous) and one of the function (`AWS::Lambda::Function`) with "Init", "Invocation" and "Overhead", and
`_X_AMZN_TRACE_ID` names the trace for the SDKs ("Visualize Lambda function invocations using AWS X-Ray" and "Defined
runtime environment variables", AWS Lambda Developer Guide). A function that is fed by a queue begins a trace that is
linked to those of its messages ("Tracing event-driven applications", AWS X-Ray Developer Guide).
"""

from __future__ import annotations

import time
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from ..lambda_pool import Run
from ..patching import require, swap
from . import trace_header
from .documents import Document
from .propagation import ARRIVAL, Arrival
from .sampling import Sampler
from .store import Place, TraceStore
from .trace_header import TraceHeader, incoming, new_segment_id

PATCH = "traces of functions"
_POLLED = ("aws:sqs", "aws:dynamodb", "aws:kinesis")
_MAX_LINKS = 20


@dataclass(frozen=True)
class Invocation:
    """One attempt at one invocation, and the ids that its trace knows it by."""

    place: Place
    config: dict[str, Any]
    request_id: str
    trace: TraceHeader
    """Root, the caller's segment and the decision."""
    links: list[Document]
    service_id: str = field(default_factory=new_segment_id)
    function_id: str = field(default_factory=new_segment_id)
    invocation_id: str = field(default_factory=new_segment_id)

    @property
    def header(self) -> str:
        """For `_X_AMZN_TRACE_ID`: what the function adds hangs below its "Invocation"."""
        return str(TraceHeader(self.trace.root, self.invocation_id, bool(self.trace.sampled)))


current: ContextVar[Invocation | None] = ContextVar("shipline_invocation", default=None)


def install(store: TraceStore, sampler: Sampler) -> None:
    """Report at the point that every invocation passes, outside of logs and metrics."""
    from ministack.services import lambda_svc

    require(lambda_svc, "_account_region_from_function_config", patch=PATCH)
    swap(lambda_svc, "_xray_trace_id_for_invocation", _telling, patch=PATCH,
         parameters="config inbound_trace_header")
    swap(lambda_svc, "_execute_function_dispatch", lambda original: _reporting(original, store, sampler), patch=PATCH,
         parameters="func config event request_id started")


def _telling(original: Any) -> Any:
    def xray_trace_id_for_invocation(config: dict[str, Any], inbound_trace_header: str | None = None) -> str | None:
        invocation = current.get()
        return invocation.header if invocation else original(config, inbound_trace_header)

    return xray_trace_id_for_invocation


def _reporting(original: Any, store: TraceStore, sampler: Sampler) -> Any:
    def dispatch(func: Any, config: dict[str, Any], event: Any, request_id: str, started: float) -> dict[str, Any]:
        arrival = func.get(ARRIVAL) if isinstance(func, dict) else None
        invocation = _begin(config, event, request_id, arrival, sampler)
        store.own(invocation.place, invocation.trace.root, invocation.invocation_id)
        token = current.set(invocation)
        try:
            result = dict(original(func, config, event, request_id, started))
        finally:
            current.reset(token)
        if invocation.trace.sampled:
            for document in _documents(invocation, arrival, result, started, time.time()):
                store.put(invocation.place, document)
        return result

    return dispatch


def _begin(
    config: dict[str, Any], event: Any, request_id: str, arrival: Arrival | None, sampler: Sampler
) -> Invocation:
    from ministack.services import lambda_svc

    place = lambda_svc._account_region_from_function_config(config)
    if arrival is not None and arrival.first is not None:
        first: Invocation = arrival.first
        return Invocation(place, config, request_id, first.trace, [], first.service_id)
    messages = _message_headers(event)
    trace = _trace(config, place, _given(event, arrival), messages, sampler)
    links = [{"trace_id": one.root, "id": one.parent, "attributes": {"ReferenceType": "parent"}}
             for one in messages if one.parent][:_MAX_LINKS]
    invocation = Invocation(place, config, request_id, trace, links)
    if arrival is not None:
        arrival.first = invocation
    return invocation


def _given(event: Any, arrival: Arrival | None) -> TraceHeader | None:
    """The header that came with the invocation. What polls a queue or a stream has none."""
    if arrival is not None:
        return arrival.header
    return None if any(record.get("eventSource") in _POLLED for record in _records(event)) else incoming.get()


def _trace(
    config: dict[str, Any], place: Place, given: TraceHeader | None, messages: list[TraceHeader], sampler: Sampler
) -> TraceHeader:
    decided = [header.sampled for header in (*([given] if given else []), *messages) if header.sampled is not None]
    active = (config.get("TracingConfig") or {}).get("Mode") == "Active"
    sampled = any(decided) if decided else active and sampler.decide(place)
    if given is None:
        return TraceHeader(trace_header.new_trace_id(), None, sampled)
    return TraceHeader(given.root, given.parent, sampled)


def _records(event: Any) -> list[dict[str, Any]]:
    records = event.get("Records") if isinstance(event, dict) else None
    return [record for record in records if isinstance(record, dict)] if isinstance(records, list) else []


def _message_headers(event: Any) -> list[TraceHeader]:
    texts = [(record.get("attributes") or {}).get("AWSTraceHeader") for record in _records(event)
             if record.get("eventSource") == "aws:sqs"]
    return list(dict.fromkeys(header for text in texts if (header := trace_header.parse(text)) is not None))


def _documents(
    invocation: Invocation, arrival: Arrival | None, result: dict[str, Any], started: float, ended: float
) -> list[Document]:
    attempt = new_segment_id() if arrival is not None else None
    function = _function_segment(invocation, attempt or invocation.service_id, result, started, ended)
    outcome = {"fault": True} if result.get("error") else {}
    base = _segment(invocation, invocation.service_id, "AWS::Lambda", invocation.trace.parent)
    if arrival is None:
        times = {"start_time": started, "end_time": ended, "http": {"response": {"status": 200}}}
        return [{**base, **times, **outcome}, function]
    number = len(arrival.attempts) + 1
    arrival.attempts.append({"id": attempt, "name": f"Attempt #{number}", "start_time": started, "end_time": ended,
                             **outcome})
    dwell = {"id": f"{invocation.service_id[::-1]}", "name": "Dwell Time", "start_time": arrival.accepted_at,
             "end_time": arrival.attempts[0]["start_time"]}
    times = {"start_time": arrival.accepted_at, "end_time": ended, "http": {"response": {"status": 202}}}
    return [{**base, **times, **outcome, "subsegments": [dwell, *arrival.attempts]}, function]


def _function_segment(
    invocation: Invocation, parent: str, result: dict[str, Any], started: float, ended: float
) -> Document:
    run = result.get("log_source")
    init = run.init_ms if isinstance(run, Run) else None
    finished = run.ended_at if isinstance(run, Run) else ended
    began = finished - run.duration_ms / 1000 if isinstance(run, Run) else started
    outcome = {"fault": True, "cause": _cause(result)} if result.get("error") else {}
    parts = [
        *([_part("Init", began - init / 1000, began)] if init is not None else []),
        {**_part("Invocation", began, finished), "id": invocation.invocation_id, **outcome},
        _part("Overhead", finished, ended),
    ]
    segment = _segment(invocation, invocation.function_id, "AWS::Lambda::Function", parent)
    return {**segment, "start_time": parts[0]["start_time"], "end_time": ended, **outcome, "subsegments": parts}


def _segment(invocation: Invocation, segment_id: str, origin: str, parent: str | None) -> Document:
    account, region = invocation.place
    name = invocation.config.get("FunctionName", "unknown")
    arn = str(invocation.config.get("FunctionArn") or f"arn:aws:lambda:{region}:{account}:function:{name}")
    linked = {"links": invocation.links} if invocation.links and origin == "AWS::Lambda" else {}
    return {
        "trace_id": invocation.trace.root, "id": segment_id, "name": name, "origin": origin, "resource_arn": arn,
        "aws": {"account_id": account, "function_arn": arn, "request_id": invocation.request_id,
                "resource_names": [name]},
        **({"parent_id": parent} if parent else {}), **linked,
    }


def _part(name: str, start: float, end: float) -> Document:
    return {"id": new_segment_id(), "name": name, "start_time": start, "end_time": end}


def _cause(result: dict[str, Any]) -> Document:
    body = result.get("body")
    known = body if isinstance(body, dict) else {}
    exception = {"id": new_segment_id(), "type": str(known.get("errorType", "")),
                 "message": str(known.get("errorMessage", ""))}
    return {"exceptions": [exception]}
