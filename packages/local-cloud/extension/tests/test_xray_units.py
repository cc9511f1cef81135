"""X-Ray's parts that need no server: filters, limits of the store, sampling."""

from __future__ import annotations

import json
from typing import Any

import pytest
from shipline_cloud.xray.filters import compile_filter
from shipline_cloud.xray.sampling import Sampler, SamplingRule
from shipline_cloud.xray.store import MAX_TRACE_BYTES, Trace, TraceStore
from shipline_cloud.xray.trace_header import TraceHeader, parse

ACCOUNT = "100000000001"
PLACE = (ACCOUNT, "us-east-1")


def document(number: int = 1, trace: str = "1-00000001-000000000000000000000001", **more: Any) -> dict[str, Any]:
    return {"trace_id": trace, "id": f"{number:016x}", "name": "api", "start_time": 100.0, "end_time": 103.0, **more}


def trace_with(*documents: dict[str, Any]) -> Trace:
    trace = Trace(documents[0]["trace_id"])
    for one in documents:
        trace.put(one)
    return trace


ORDER = trace_with(
    document(1, origin="AWS::Lambda", http={"request": {"url": "http://shop/api", "method": "POST"},
                                            "response": {"status": 202}},
             annotations={"order_id": "ord_1", "lines": 2, "gift": True}),
    document(2, name="payments", origin="AWS::Lambda::Function", parent_id=f"{1:016x}", fault=True, end_time=101.0,
             user="ann"),
)


@pytest.mark.parametrize(("expression", "holds"), [
    ("", True),
    ('annotation[order_id] = "ord_1"', True),
    ('annotation["order_id"] = "ord_1"', True),
    ('annotation.order_id = "ord_2"', False),
    ("annotation[order_id]", True),
    ("annotation[other]", False),
    ('annotation[order_id] BEGINSWITH "ord"', True),
    ('annotation[order_id] ENDSWITH "_2"', False),
    ('annotation[order_id] CONTAINS "rd_"', True),
    ("annotation[lines] >= 2", True),
    ("annotation[lines] > 2", False),
    ("annotation[gift] = true", True),
    ("annotation[gift] != true", False),
    ("annotation[order_id] = 1", False),
    ("responsetime = 3", True),
    ("duration < 3", False),
    ("http.status = 202", True),
    ('http.method = "GET"', False),
    ('http.url CONTAINS "shop" AND user = "ann"', True),
    ("fault", True),
    ("ok", False),
    ("!error", True),
    ("error OR fault", True),
    ("error AND fault", False),
    ("error OR fault AND partial", False),
    ("(error OR fault) AND !partial", True),
    ('service("payments")', True),
    ('service("payments") { fault }', True),
    ('service("api") { fault }', False),
    ('service("nobody")', False),
    ('service("api") { responsetime > 2 AND ok }', True),
    ('service(id(name: "payments", type: "AWS::Lambda::Function"))', True),
    ('service(id(name: "payments", type: "AWS::Lambda"))', False),
    (f'service(id(type: "AWS::Lambda", account.id: "{ACCOUNT}"))', True),
    ('service(id(name: "api", account.id: "999999999999"))', False),
    ('edge("api", "payments")', True),
    ('edge("api", "payments") { responsetime < 2 }', True),
    ('edge("payments", "api")', False),
    ('name = "payments" AND type = "AWS::Lambda"', True),
])
def test_holds_a_trace_against_an_expression(expression: str, holds: bool) -> None:
    assert compile_filter(expression, ACCOUNT)(ORDER) is holds


def test_keeps_a_trace_below_its_limit_and_says_so() -> None:
    big = {"text": "x" * 60_000}
    trace = trace_with(*(document(number, metadata=big) for number in range(1, 12)))
    assert trace.limit_exceeded and trace.bytes <= MAX_TRACE_BYTES and len(trace.documents) == 8


def test_forgets_the_oldest_traces_first() -> None:
    store = TraceStore(total_bytes=2_000)
    ids = [f"1-00000001-{number:024x}" for number in range(30)]
    for one in ids:
        store.put(PLACE, document(trace=one))
    kept = [trace.id for trace in store.all(PLACE)]
    assert kept == ids[-len(kept):]
    assert 0 < len(kept) * len(json.dumps(document())) <= 2_000


def test_takes_the_reservoir_first_and_then_a_share() -> None:
    now, chances = [10.0], iter([0.2, 0.01, 0.9])
    sampler = Sampler(SamplingRule(reservoir=1, rate=0.05), clock=lambda: now[0], chance=lambda: next(chances))
    assert [sampler.decide(PLACE) for _ in range(3)] == [True, False, True]
    assert sampler.decide(("100000000002", "us-east-1")) is True
    now[0] = 11.5
    assert [sampler.decide(PLACE) for _ in range(2)] == [True, False]


@pytest.mark.parametrize(("text", "header"), [
    ("Root=1-67891233-abcdef012345678912345678", TraceHeader("1-67891233-abcdef012345678912345678")),
    ("Self=1-1;Root=1-67891233-abcdef012345678912345678;Parent=53995c3f42cd8ad8;Sampled=0;Lineage=1:x:0",
     TraceHeader("1-67891233-abcdef012345678912345678", "53995c3f42cd8ad8", False)),
    ("Root=1-67891233-abcdef012345678912345678;Sampled=?", TraceHeader("1-67891233-abcdef012345678912345678")),
    ("Root=1-6789-abc", None), ("Root=1-67891233-abcdef012345678912345678;Parent=xyz", None), ("", None), (None, None),
])
def test_reads_a_tracing_header(text: object, header: TraceHeader | None) -> None:
    assert parse(text) == header
