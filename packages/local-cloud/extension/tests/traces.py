"""What the tests of X-Ray need: traces as a client sees them, and functions that say what they got."""

from __future__ import annotations

import json
import time
from typing import Any

from cloud import ACCOUNT, Cloud, eventually

SHOWS_TRACE = """export const handler = async (event) => {
  if (event.fail) { throw new TypeError('no'); }
  return { trace: process.env._X_AMZN_TRACE_ID, event,
    daemon: process.env.AWS_XRAY_DAEMON_ADDRESS, missing: process.env.AWS_XRAY_CONTEXT_MISSING };
};"""
SENDS_SUBSEGMENT = """import dgram from 'node:dgram';
export const handler = async (event) => {
  const { Root, Parent } = Object.fromEntries(
    process.env._X_AMZN_TRACE_ID.split(';').map((field) => field.split('=')));
  const now = Date.now() / 1000;
  const document = { id: '00112233aabbccdd', trace_id: Root, parent_id: Parent, type: 'subsegment', name: '## work',
    start_time: now, end_time: now, annotations: event.annotations ?? {},
    subsegments: [{ id: 'ffee00112233aabb', name: 'DynamoDB', namespace: 'aws', start_time: now, end_time: now }] };
  const [host, port] = process.env.AWS_XRAY_DAEMON_ADDRESS.split(':');
  const socket = dgram.createSocket('udp4');
  await new Promise((done) => socket.send(
    JSON.stringify({ format: 'json', version: 1 }) + '\\n' + JSON.stringify(document), Number(port), host, done));
  socket.close();
  return Root;
};"""
ACTIVE = {"TracingConfig": {"Mode": "Active"}}
ROOT = "1-67891233-abcdef012345678912345678"
PARENT = "53995c3f42cd8ad8"
SAMPLED = f"Root={ROOT};Parent={PARENT};Sampled=1"


def fields(header: str) -> dict[str, str]:
    """The fields of a tracing header."""
    return dict(field.split("=", 1) for field in header.split(";"))


def invoke_with_header(cloud: Cloud, name: str, header: str, payload: Any = None, **options: Any) -> Any:
    """Invoke as an SDK does that passes the header of its own invocation on."""
    client = cloud.client("lambda")
    client.meta.events.register(
        "before-sign.lambda.Invoke", lambda request, **_: request.headers.add_header("X-Amzn-Trace-Id", header))
    answer = client.invoke(FunctionName=name, Payload=json.dumps(payload or {}), **options)
    return json.loads(answer["Payload"].read() or b"null")


def segments(cloud: Cloud, trace_id: str, account: str = ACCOUNT) -> list[dict[str, Any]]:
    """The documents of one trace; none when there is no such trace."""
    traces = cloud.client("xray", account).batch_get_traces(TraceIds=[trace_id])["Traces"]
    return [json.loads(segment["Document"]) for trace in traces for segment in trace["Segments"]]


def segment_of(cloud: Cloud, trace_id: str, origin: str) -> dict[str, Any]:
    """The trace's finished segment of this origin, once it is there."""

    def find() -> dict[str, Any] | None:
        return next((one for one in segments(cloud, trace_id)
                     if one.get("origin") == origin and not one.get("in_progress")), None)

    found = eventually(find)
    assert found is not None
    return found


def summaries(cloud: Cloud, expression: str | None = None, kind: str = "Event", **options: Any) -> list[dict[str, Any]]:
    """Summaries of the traces of the last minutes that fit a filter expression."""
    now = time.time()
    pages = cloud.client("xray").get_paginator("get_trace_summaries").paginate(
        StartTime=now - 600, EndTime=now + 60, TimeRangeType=kind,
        **({"FilterExpression": expression} if expression else {}), **options)
    return [summary for page in pages for summary in page["TraceSummaries"]]
