"""What Lambda reports of traced invocations, and what a function is told about its trace."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable

from cloud import Cloud, api_host, eventually
from traces import (
    ACTIVE,
    PARENT,
    ROOT,
    SAMPLED,
    SENDS_SUBSEGMENT,
    SHOWS_TRACE,
    fields,
    invoke_with_header,
    segment_of,
    segments,
    summaries,
)


def test_reports_service_and_function_in_the_callers_trace(cloud: Cloud, name: str) -> None:
    cloud.function(name, SHOWS_TRACE)
    told = fields(invoke_with_header(cloud, name, SAMPLED)["trace"])
    service = next(one for one in segments(cloud, ROOT) if one["origin"] == "AWS::Lambda")
    function = next(one for one in segments(cloud, ROOT) if one["origin"] == "AWS::Lambda::Function")
    assert service["parent_id"] == PARENT and function["parent_id"] == service["id"]
    assert service["name"] == function["name"] == name and service["http"]["response"]["status"] == 200
    parts = {part["name"]: part for part in function["subsegments"]}
    assert list(parts) == ["Init", "Invocation", "Overhead"]
    assert told == {"Root": ROOT, "Parent": parts["Invocation"]["id"], "Sampled": "1"}
    assert function["start_time"] <= parts["Invocation"]["start_time"] <= parts["Invocation"]["end_time"]
    assert "fault" not in function


def test_reports_no_init_of_a_warm_environment(cloud: Cloud, name: str) -> None:
    cloud.function(name, SHOWS_TRACE)
    cloud.invoke(name)
    root = ROOT[:-1] + "1"
    invoke_with_header(cloud, name, SAMPLED.replace(ROOT, root))
    function = segment_of(cloud, root, "AWS::Lambda::Function")
    assert [part["name"] for part in function["subsegments"]] == ["Invocation", "Overhead"]


def test_reports_a_failure_with_its_cause(cloud: Cloud, name: str) -> None:
    cloud.function(name, SHOWS_TRACE)
    root = ROOT[:-1] + "2"
    invoke_with_header(cloud, name, SAMPLED.replace(ROOT, root), {"fail": True})
    function = segment_of(cloud, root, "AWS::Lambda::Function")
    assert function["fault"] is True
    assert [(one["type"], one["message"]) for one in function["cause"]["exceptions"]] == [("TypeError", "no")]


def test_keeps_to_the_callers_decision_and_reports_nothing_unsampled(cloud: Cloud, name: str) -> None:
    cloud.function(name, SHOWS_TRACE, **ACTIVE)
    root = ROOT[:-1] + "3"
    told = invoke_with_header(cloud, name, f"Root={root};Parent={PARENT};Sampled=0")["trace"]
    assert fields(told)["Root"] == root and fields(told)["Sampled"] == "0"
    # What it had reported would be there before the segments of the call after it.
    after = ROOT[:-1] + "a"
    invoke_with_header(cloud, name, SAMPLED.replace(ROOT, after))
    segment_of(cloud, after, "AWS::Lambda::Function")
    assert segments(cloud, root) == []


def test_decides_only_where_tracing_is_active(private_cloud: Callable[..., Cloud]) -> None:
    always = private_cloud(SHIPLINE_TRACE_RATE="1")
    always.function("active", SHOWS_TRACE, **ACTIVE)
    always.function("passive", SHOWS_TRACE)
    assert fields(always.invoke("active")["trace"])["Sampled"] == "1"
    assert fields(always.invoke("passive")["trace"])["Sampled"] == "0"
    assert [one["Annotations"] for one in summaries(always)] == [{}]


def test_samples_the_first_request_of_a_second_by_default(private_cloud: Callable[..., Cloud]) -> None:
    by_rule = private_cloud()
    by_rule.function("busy", SHOWS_TRACE, **ACTIVE)
    decisions = [fields(by_rule.invoke("busy")["trace"])["Sampled"] for _ in range(60)]
    assert decisions[0] == "1" and "0" in decisions


def test_samples_nothing_when_told_so(private_cloud: Callable[..., Cloud]) -> None:
    never = private_cloud(SHIPLINE_TRACE_RATE="0")
    never.function("quiet", SHOWS_TRACE, **ACTIVE)
    assert fields(never.invoke("quiet")["trace"])["Sampled"] == "0"


def test_names_the_trace_in_the_report_line(cloud: Cloud, name: str) -> None:
    cloud.function(name, SHOWS_TRACE)
    root = ROOT[:-1] + "4"
    client = cloud.client("lambda")
    client.meta.events.register("before-sign.lambda.Invoke", lambda request, **_: request.headers.add_header(
        "X-Amzn-Trace-Id", SAMPLED.replace(ROOT, root)))
    tail = base64.b64decode(client.invoke(FunctionName=name, LogType="Tail")["LogResult"]).decode()
    function = segment_of(cloud, root, "AWS::Lambda::Function")
    assert f"XRAY TraceId: {root}\tSegmentId: {function['id']}\tSampled: true" in tail


def test_puts_what_the_function_sends_below_its_invocation(cloud: Cloud, name: str) -> None:
    cloud.function(name, SENDS_SUBSEGMENT)
    root = ROOT[:-1] + "5"
    invoke_with_header(cloud, name, SAMPLED.replace(ROOT, root), {"annotations": {"order_id": "ord_1"}})

    def own_work() -> list[str]:
        function = segment_of(cloud, root, "AWS::Lambda::Function")
        invocation = next(part for part in function["subsegments"] if part["name"] == "Invocation")
        return [part["name"] for part in invocation.get("subsegments", [])]

    assert eventually(own_work) == ["## work"]
    table = next(one for one in segments(cloud, root) if one.get("inferred"))
    assert (table["name"], table["origin"], table["parent_id"]) == (
        "DynamoDB", "AWS::DynamoDB::Table", "ffee00112233aabb")
    assert segments(cloud, root, account="100000000002") == []


def test_reports_asynchronous_attempts_in_one_trace(private_cloud: Callable[..., Cloud]) -> None:
    quick = private_cloud(LAMBDA_ASYNC_RETRY_BASE_SECONDS="0.01")
    quick.function("later", SHOWS_TRACE)
    invoke_with_header(quick, "later", SAMPLED, {"fail": True}, InvocationType="Event")

    def attempts() -> list[str]:
        service = segment_of(quick, ROOT, "AWS::Lambda")
        names = [part["name"] for part in service["subsegments"]]
        return names if len(names) == 4 else []

    assert eventually(attempts) == ["Dwell Time", "Attempt #1", "Attempt #2", "Attempt #3"]
    service = segment_of(quick, ROOT, "AWS::Lambda")
    functions = [one for one in segments(quick, ROOT) if one["origin"] == "AWS::Lambda::Function"]
    assert {one["parent_id"] for one in functions} == {part["id"] for part in service["subsegments"][1:]}
    assert service["http"]["response"]["status"] == 202 and service["parent_id"] == PARENT


def test_gives_requests_to_an_api_a_root_that_the_function_sees(cloud: Cloud, name: str) -> None:
    cloud.function(name, """export const handler = async ({ headers }) => ({
      statusCode: 200, body: JSON.stringify({ header: headers['x-amzn-trace-id'], trace: process.env._X_AMZN_TRACE_ID })
    });""")
    host = api_host(cloud.http_api(name))
    fresh = json.loads(cloud.get("/x", host=host).body)
    assert fields(fresh["header"]).keys() == {"Root"}
    assert fields(fresh["trace"])["Root"] == fields(fresh["header"])["Root"]
    root = ROOT[:-1] + "6"
    given = json.loads(cloud.get("/x", host=host, headers={"X-Amzn-Trace-Id": SAMPLED.replace(ROOT, root)}).body)
    assert given["header"] == SAMPLED.replace(ROOT, root) and fields(given["trace"])["Sampled"] == "1"
    assert {one["origin"] for one in segments(cloud, root)} == {"AWS::Lambda", "AWS::Lambda::Function"}


def test_tells_functions_where_the_daemon_is(cloud: Cloud, name: str) -> None:
    cloud.function(name, SHOWS_TRACE)
    told = cloud.invoke(name)
    assert told["daemon"] == f"127.0.0.1:{cloud.port}" and told["missing"] == "LOG_ERROR"
