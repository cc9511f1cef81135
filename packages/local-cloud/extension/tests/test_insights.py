"""Logs Insights through the API: queries and saved queries."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from botocore.exceptions import ClientError

from cloud import Cloud, eventually
from test_log_metrics import group, write


def answer(cloud: Cloud, query: str, *groups: str) -> list[dict[str, str]]:
    now = int(time.time())
    started = cloud.client("logs").start_query(
        logGroupNames=list(groups), startTime=now - 3600, endTime=now + 60, queryString=query)
    results = eventually(lambda: (found := cloud.client("logs").get_query_results(queryId=started["queryId"]))["status"]
                         == "Complete" and found)["results"]
    return [{cell["field"]: cell["value"] for cell in row} for row in results]


def test_runs_a_query_over_several_groups(cloud: Cloud, name: str) -> None:
    for part in ("a", "b"):
        group(cloud, f"{name}-{part}")
        write(cloud, f"{name}-{part}", {"route": "/x", "ms": 10}, {"route": "/y", "ms": 30}, "no json")
    query = "filter ispresent(ms) | stats count(*) as n, avg(ms) as mean by route | sort route"
    assert answer(cloud, query, f"{name}-a", f"{name}-b") == [
        {"route": "/x", "n": "2", "mean": "10"}, {"route": "/y", "n": "2", "mean": "30"}]
    (row,) = answer(cloud, "fields @message, @log | filter ms > 10 and route = '/y'", f"{name}-a")
    assert json.loads(row["@message"]) == {"route": "/y", "ms": 30} and row["@log"] == f"{name}-a"
    record = cloud.client("logs").get_log_record(logRecordPointer=row["@ptr"])["logRecord"]
    assert record["@message"] == row["@message"]


def test_reads_what_a_function_wrote(cloud: Cloud, name: str) -> None:
    cloud.function(name, "export const handler = async () => console.log(JSON.stringify({ order: { id: 'ord_1' } }));")
    cloud.invoke(name)
    log = f"/aws/lambda/{name}"
    eventually(lambda: cloud.client("logs").describe_log_groups(logGroupNamePrefix=log)["logGroups"])
    assert len(answer(cloud, "filter order.id = 'ord_1'", log)) == 1
    cold = "filter @type = 'REPORT' | stats count(@duration) as n, max(@initDuration) > 0 as cold"
    (report,) = answer(cloud, cold, log)
    assert report == {"n": "1", "cold": "1"}


def test_refuses_a_query_that_cannot_be_understood(cloud: Cloud, name: str) -> None:
    group(cloud, name)
    with pytest.raises(ClientError, match="does not know the command 'unmask'"):
        answer(cloud, "unmask x", name)


def test_saves_queries_by_api_and_template_and_over_a_restart(private_cloud: Any) -> None:
    cloud = private_cloud()
    logs = cloud.client("logs")
    by_hand = logs.put_query_definition(name="shop/slow", queryString="fields ms")["queryDefinitionId"]
    logs.put_query_definition(name="shop/slower", queryString="fields ms, x", queryDefinitionId=by_hand)
    template = {"Resources": {"Query": {"Type": "AWS::Logs::QueryDefinition", "Properties": {
        "Name": "shop/errors", "QueryString": "fields @message", "LogGroupNames": ["g"]}}},
        "Outputs": {"Id": {"Value": {"Fn::GetAtt": ["Query", "QueryDefinitionId"]}}}}
    formation = cloud.client("cloudformation")
    formation.create_stack(StackName="queries", TemplateBody=json.dumps(template))
    made = cloud.settled_stack("queries")["Outputs"][0]["OutputValue"]
    template["Resources"]["Query"]["Properties"]["QueryString"] = "fields @log"  # type: ignore[index]
    formation.update_stack(StackName="queries", TemplateBody=json.dumps(template))
    assert cloud.settled_stack("queries")["StackStatus"] == "UPDATE_COMPLETE"
    cloud.stop()
    cloud.start()
    saved = cloud.client("logs").describe_query_definitions(queryDefinitionNamePrefix="shop/")["queryDefinitions"]
    assert [(item["queryDefinitionId"], item["name"], item["queryString"]) for item in saved] == [
        (made, "shop/errors", "fields @log"), (by_hand, "shop/slower", "fields ms, x")]
    cloud.client("cloudformation").delete_stack(StackName="queries")
    cloud.client("logs").delete_query_definition(queryDefinitionId=by_hand)
    eventually(lambda: not cloud.client("logs").describe_query_definitions()["queryDefinitions"])
    cloud.client("logs").put_query_definition(name="x", queryString="fields x")
    cloud.request("POST", "/_ministack/reset")
    assert cloud.client("logs").describe_query_definitions()["queryDefinitions"] == []
