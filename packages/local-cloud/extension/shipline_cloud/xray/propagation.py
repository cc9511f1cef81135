"""The tracing header on its way between services.

Stock MiniStack loses it everywhere but in the queue. On AWS it travels: API Gateway adds `X-Amzn-Trace-Id: Root=…` to
requests that come without (an HTTP API neither decides nor reports: "Choose between REST APIs and HTTP APIs"), the
SDKs send it with every call, EventBridge passes the entry's `TraceHeader`, else the request's, to the target and drops
an invalid one; in a queue it is the system attribute `AWSTraceHeader` ("Amazon EventBridge integration with AWS X-Ray",
EventBridge User Guide; "Amazon SQS and AWS X-Ray", AWS X-Ray Developer Guide). Streams of DynamoDB drop it.
"""

from __future__ import annotations

import json
import time
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from .. import owners
from ..patching import swap
from . import trace_header
from .trace_header import TraceHeader, incoming

PATCH = "tracing header"
ARRIVAL = "_shipline_arrival"
"""Key of a function record that waits for a thread of its own: threads do not inherit the request's context."""
_MAX_ENTRIES = 10
_message_header: ContextVar[TraceHeader | None] = ContextVar("shipline_message_header", default=None)
_arriving: ContextVar[bool] = ContextVar("shipline_arriving", default=False)


@dataclass
class Arrival:
    """An asynchronous invocation as Lambda took it on; its attempts belong to one trace."""

    header: TraceHeader | None
    accepted_at: float = field(default_factory=time.time)
    attempts: list[dict[str, Any]] = field(default_factory=list)
    """Subsegments of the service's segment, one per attempt."""
    first: Any = None
    """The first attempt's invocation, whose trace and service segment the others share."""


def install() -> None:
    """Carry the header through EventBridge and into asynchronous invocations."""
    from ministack.services import eventbridge, lambda_svc, sqs

    swap(eventbridge, "_put_events", _with_request_header, patch=PATCH, parameters="data allow_aws_source")
    swap(eventbridge, "_dispatch_to_sqs", _delivering_to_queue, patch=PATCH, parameters="spec payload sqs_parameters")
    swap(eventbridge, "_dispatch_to_lambda", _accepting, patch=PATCH, parameters="arn payload")
    swap(lambda_svc, "_execution_record_for_config", _remembering, patch=PATCH, parameters="func config")
    swap(lambda_svc, "invoke_async_with_retry", _accepted, patch=PATCH, parameters="func event")
    swap(sqs, "_ensure_msg_fields", _tagging_delivered, patch=PATCH, parameters="m")
    swap(sqs, "_build_send_sys_attrs", _tagging_sent, patch=PATCH, parameters="now sys_attrs_input")


def enter_request(scope: dict[str, Any]) -> dict[str, Any]:
    """Note the header of an HTTP request; one for an API gets a header if it has none. Returns the scope to serve."""
    name = trace_header.NAME.encode()
    text = next((value.decode("latin-1") for key, value in scope.get("headers", []) if key.lower() == name), None)
    header = trace_header.parse(text)
    if header is None and _is_for_api(scope):
        header = TraceHeader(trace_header.new_trace_id())
        others = [pair for pair in scope.get("headers", []) if pair[0].lower() != name]
        scope = {**scope, "headers": [*others, (name, str(header).encode())]}
    incoming.set(header)
    return scope


def _is_for_api(scope: dict[str, Any]) -> bool:
    host = next((value.decode("latin-1") for key, value in scope.get("headers", []) if key.lower() == b"host"), "")
    return owners.names_an_api(host, scope.get("path", ""))


def _with_request_header(original: Any) -> Any:
    def put_events(data: dict[str, Any], allow_aws_source: bool = False) -> Any:
        entries = data.get("Entries", [])
        if not 0 < len(entries) <= _MAX_ENTRIES:
            return original(data, allow_aws_source)
        # One call per entry, for each has a header of its own. Events of AWS services have none.
        default = None if allow_aws_source else incoming.get()
        answers = [_put(original, {**data, "Entries": [entry]}, allow_aws_source, entry, default) for entry in entries]
        return _merged(answers)

    return put_events


def _put(original: Any, data: Any, allow_aws_source: bool, entry: dict[str, Any], default: TraceHeader | None) -> Any:
    header = trace_header.parse(entry["TraceHeader"]) if "TraceHeader" in entry else default
    token = incoming.set(header)
    try:
        return original(data, allow_aws_source)
    finally:
        incoming.reset(token)


def _merged(answers: list[Any]) -> Any:
    bodies = [json.loads(body) for _, _, body in answers]
    merged = {"FailedEntryCount": sum(body["FailedEntryCount"] for body in bodies),
              "Entries": [entry for body in bodies for entry in body["Entries"]]}
    status, headers, _ = answers[0]
    return status, headers, json.dumps(merged).encode()


def _delivering_to_queue(original: Any) -> Any:
    def dispatch_to_sqs(spec: Any, payload: str, sqs_parameters: Any = None) -> None:
        token = _message_header.set(incoming.get())
        try:
            original(spec, payload, sqs_parameters)
        finally:
            _message_header.reset(token)

    return dispatch_to_sqs


def _tagging_delivered(original: Any) -> Any:
    def ensure_msg_fields(message: dict[str, Any]) -> None:
        original(message)
        if header := _message_header.get():
            message["sys"].setdefault("AWSTraceHeader", str(header))

    return ensure_msg_fields


def _tagging_sent(original: Any) -> Any:
    def build_send_sys_attrs(now: float, sys_attrs_input: dict[str, Any]) -> dict[str, Any]:
        attributes = dict(original(now, sys_attrs_input))
        if header := incoming.get():
            attributes.setdefault("AWSTraceHeader", str(header))
        return attributes

    return build_send_sys_attrs


def _accepting(original: Any) -> Any:
    def dispatch_to_lambda(arn: str, payload: str) -> None:
        token = _arriving.set(True)
        try:
            original(arn, payload)
        finally:
            _arriving.reset(token)

    return dispatch_to_lambda


def _remembering(original: Any) -> Any:
    def execution_record_for_config(func: dict[str, Any], config: dict[str, Any]) -> dict[str, Any]:
        record = dict(original(func, config))
        return {**record, ARRIVAL: Arrival(incoming.get())} if _arriving.get() else record

    return execution_record_for_config


def _accepted(original: Any) -> Any:
    def invoke_async_with_retry(func: dict[str, Any], event: Any) -> None:
        original({**func, ARRIVAL: Arrival(incoming.get())}, event)

    return invoke_async_with_retry
