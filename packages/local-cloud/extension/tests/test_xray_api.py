"""The X-Ray API and daemon, as SDKs use them."""

from __future__ import annotations

import json
import socket
import time
from typing import Any

import pytest
from botocore.exceptions import ClientError

from cloud import ACCOUNT, Cloud, eventually
from traces import segments, summaries

OTHER = "100000000002"


def trace_id(number: int) -> str:
    return f"1-{int(time.time()):08x}-{number:024x}"


def segment(trace: str, number: int, **more: Any) -> dict[str, Any]:
    now = time.time()
    return {"trace_id": trace, "id": f"{number:016x}", "name": f"service-{number}", "start_time": now - 2,
            "end_time": now - 1, **more}


def put(cloud: Cloud, *documents: Any, account: str = ACCOUNT) -> list[dict[str, Any]]:
    texts = [one if isinstance(one, str) else json.dumps(one) for one in documents]
    answer = cloud.client("xray", account).put_trace_segments(TraceSegmentDocuments=texts)
    return list(answer["UnprocessedTraceSegments"])


def send(cloud: Cloud, datagram: bytes) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(datagram, ("127.0.0.1", cloud.port))


def refusal(call: Any) -> str:
    with pytest.raises(ClientError) as caught:
        call()
    assert caught.value.response["Error"]["Code"] == "InvalidRequestException"
    return str(caught.value.response["Error"]["Message"])


def test_returns_what_was_put_in_the_accounts_own_traces(cloud: Cloud) -> None:
    trace = trace_id(0x10)
    assert put(cloud, segment(trace, 1, http={"request": {"method": "GET"}})) == []
    (found,) = segments(cloud, trace)
    assert found["http"]["request"]["method"] == "GET"
    assert segments(cloud, trace, account=OTHER) == []


def test_replaces_a_segment_in_progress_and_joins_its_subsegments(cloud: Cloud) -> None:
    trace = trace_id(0x11)
    unfinished = {key: value for key, value in segment(trace, 1, in_progress=True).items() if key != "end_time"}
    inner = segment(trace, 3, type="subsegment", parent_id=f"{2:016x}")
    put(cloud, inner, unfinished)
    assert next(one for one in summaries(cloud) if one["Id"] == trace)["IsPartial"] is True
    put(cloud, segment(trace, 2, type="subsegment", parent_id=f"{1:016x}"), segment(trace, 1))
    (found,) = segments(cloud, trace)
    assert found["subsegments"][0]["subsegments"][0]["id"] == f"{3:016x}"
    assert next(one for one in summaries(cloud) if one["Id"] == trace)["IsPartial"] is False


@pytest.mark.parametrize(("change", "code"), [
    ({"id": "xyz"}, "InvalidId"), ({"trace_id": "1-2-3"}, "InvalidTraceId"), ({"name": ""}, "InvalidName"),
    ({"start_time": "now"}, "InvalidStartTime"), ({"end_time": None}, "InvalidEndTime"),
    ({"type": "subsegment"}, "InvalidParentId"), ({"metadata": {"x": "y" * 65_536}}, "DocumentTooLarge"),
])
def test_refuses_a_document_that_is_no_segment(cloud: Cloud, change: dict[str, Any], code: str) -> None:
    trace = trace_id(0x12)
    assert [one["ErrorCode"] for one in put(cloud, {**segment(trace, 1), **change}, segment(trace, 2))] == [code]
    assert [one["id"] for one in segments(cloud, trace)] == [f"{2:016x}"]


def test_refuses_text_that_is_no_json(cloud: Cloud) -> None:
    assert put(cloud, "{") == [{"ErrorCode": "ParseError", "Message": "Invalid segment. ErrorCode: ParseError"}]


def test_takes_datagrams_and_drops_what_it_cannot_read(cloud: Cloud) -> None:
    trace = trace_id(0x13)
    header = b'{"format":"json","version":1}\n'
    send(cloud, b"nonsense")
    send(cloud, header + b"{")
    send(cloud, header + json.dumps(segment(trace, 1)).encode())
    eventually(lambda: segments(cloud, trace, account="000000000000"))


def test_gives_a_datagram_to_the_account_of_its_parent(cloud: Cloud) -> None:
    trace = trace_id(0x14)
    put(cloud, segment(trace, 1), account=OTHER)
    sub = segment(trace, 2, type="subsegment", parent_id=f"{1:016x}")
    send(cloud, b'{"format":"json","version":1}\n' + json.dumps(sub).encode())
    assert eventually(lambda: segments(cloud, trace, OTHER)[0].get("subsegments"))[0]["id"] == f"{2:016x}"


def test_finds_traces_by_annotation_service_and_time(cloud: Cloud) -> None:
    trace = trace_id(0x15)
    put(cloud, segment(trace, 1, annotations={"order_id": "ord_15", "size": 3}, origin="AWS::Lambda"))
    ours = [one for one in summaries(cloud, 'annotation[order_id] = "ord_15"')]
    assert [one["Id"] for one in ours] == [trace]
    assert ours[0]["Annotations"]["order_id"] == [{
        "AnnotationValue": {"StringValue": "ord_15"},
        "ServiceIds": [{"Name": "service-1", "Names": ["service-1"], "AccountId": ACCOUNT, "Type": "AWS::Lambda"}]}]
    assert ours[0]["Duration"] == ours[0]["ResponseTime"] == 1
    assert [one["Id"] for one in summaries(cloud, 'annotation.order_id = "ord_15"', kind="TraceId")] == [trace]
    assert summaries(cloud, 'annotation[order_id] = "ord_15" AND service("other")') == []
    past = time.time() - 7200
    early = cloud.client("xray").get_trace_summaries(StartTime=past, EndTime=past + 60)
    assert early["TraceSummaries"] == []


def test_pages_summaries(cloud: Cloud) -> None:
    put(cloud, *(segment(trace_id(0x1600 + number), 1, user="pager") for number in range(120)))
    assert len(summaries(cloud, 'user = "pager"')) == 120


@pytest.mark.parametrize("expression", [
    "responsetime", "responsetime > ", "duration = \"5\"", 'service("x"', "group.name = \"x\"", "fault AND", "last",
    'annotation[x] ~ "y"', 'http.status CONTAINS "4"', "annotation[x] > true",
])
def test_refuses_an_expression_that_it_does_not_understand(cloud: Cloud, expression: str) -> None:
    assert refusal(lambda: summaries(cloud, expression)).startswith("Invalid filter expression: ")


def test_refuses_what_exceeds_a_limit(cloud: Cloud) -> None:
    xray = cloud.client("xray")
    now = time.time()
    assert "5 trace ids" in refusal(lambda: xray.batch_get_traces(TraceIds=[trace_id(n) for n in range(6)]))
    assert "6 hours" in refusal(lambda: xray.get_trace_summaries(StartTime=now - 22_000, EndTime=now))
    assert "before" in refusal(lambda: xray.get_service_graph(StartTime=now, EndTime=now - 60))
    assert "does not have" in refusal(lambda: xray.get_insight_summaries(StartTime=now - 60, EndTime=now))


def test_draws_the_graph_of_services(cloud: Cloud) -> None:
    trace = trace_id(0x17)
    call = {"id": f"{9:016x}", "name": "DynamoDB", "namespace": "aws", "start_time": time.time() - 2,
            "end_time": time.time() - 1, "fault": True}
    put(cloud, segment(trace, 1, subsegments=[call, {**call, "id": f"{8:016x}", "name": "two"}]),
        segment(trace, 2, parent_id=f"{8:016x}", error=True))
    services = cloud.client("xray").get_trace_graph(TraceIds=[trace])["Services"]
    named = {(one["Name"], one["Type"]): one for one in services}
    assert set(named) == {("service-1", "client"), ("service-1", ""), ("service-2", ""),
                          ("DynamoDB", "AWS::DynamoDB::Table")}
    first = named["service-1", ""]
    by_number = {one["ReferenceId"]: one["Name"] for one in services}
    assert sorted(by_number[edge["ReferenceId"]] for edge in first["Edges"]) == ["DynamoDB", "service-2"]
    assert first["Root"] is True and named["service-2", ""]["Root"] is False
    assert named["DynamoDB", "AWS::DynamoDB::Table"]["SummaryStatistics"]["FaultStatistics"]["TotalCount"] == 1
    assert named["service-2", ""]["SummaryStatistics"]["ErrorStatistics"]["TotalCount"] == 1
    whole = cloud.client("xray").get_service_graph(StartTime=time.time() - 60, EndTime=time.time())["Services"]
    assert ("DynamoDB", "AWS::DynamoDB::Table") in {(one["Name"], one["Type"]) for one in whole}


def test_answers_sampling_rules_also_to_the_sdks_that_ask_the_daemon(cloud: Cloud) -> None:
    (record,) = cloud.client("xray").get_sampling_rules()["SamplingRuleRecords"]
    rule = record["SamplingRule"]
    assert (rule["RuleName"], rule["ReservoirSize"], rule["FixedRate"]) == ("Default", 1, 0.05)
    unsigned = cloud.request("POST", "/GetSamplingRules", body={})
    assert unsigned.status == 200 and len(unsigned.json()["SamplingRuleRecords"]) == 1
    statistics = {"RuleName": "Default", "ClientID": "0" * 24, "Timestamp": time.time(), "RequestCount": 1,
                  "SampledCount": 1}
    targets = cloud.client("xray").get_sampling_targets(SamplingStatisticsDocuments=[statistics])
    assert targets["SamplingTargetDocuments"][0]["FixedRate"] == 0.05


def test_accepts_telemetry_and_has_the_default_group(cloud: Cloud) -> None:
    xray = cloud.client("xray")
    xray.put_telemetry_records(TelemetryRecords=[{"Timestamp": time.time()}])
    assert [group["GroupName"] for group in xray.get_groups()["Groups"]] == ["Default"]
    assert xray.get_group(GroupName="Default")["Group"]["GroupARN"].endswith("group/Default")
    assert "not found" in refusal(lambda: xray.get_group(GroupName="mine"))


def test_forgets_everything_with_a_reset(private_cloud: Any) -> None:
    own = private_cloud()
    trace = trace_id(0x18)
    put(own, segment(trace, 1))
    own.request("POST", "/_ministack/reset")
    assert segments(own, trace) == []
