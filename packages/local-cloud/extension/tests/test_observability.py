"""Metrics and logs of invocations."""

from __future__ import annotations

import base64
import json
from datetime import datetime, timedelta, timezone

from cloud import Cloud, api_host, eventually
from test_functions import run_task

SOMETIMES = """export const handler = async (event) => {
  console.log('own line');
  if (event.fail || event.rawPath === '/fail') { throw new Error('no'); }
  return { statusCode: 200, body: 'ok' };
};"""


def total(cloud: Cloud, metric: str, statistic: str = "Sum", **dimensions: str) -> float:
    now = datetime.now(timezone.utc)
    points = cloud.client("cloudwatch").get_metric_statistics(
        Namespace="AWS/Lambda", MetricName=metric, Period=3600, Statistics=[statistic],
        StartTime=now - timedelta(hours=1), EndTime=now + timedelta(hours=1),
        Dimensions=[{"Name": key, "Value": value} for key, value in dimensions.items()],
    )["Datapoints"]
    return sum(point[statistic] for point in points)


def test_counts_direct_calls_by_function_alias_and_version(cloud: Cloud, name: str) -> None:
    cloud.published(name, SOMETIMES)
    cloud.invoke(name, Qualifier="live")
    cloud.invoke(name, {"fail": True}, Qualifier="live")
    cloud.invoke(name)
    by_alias = {"FunctionName": name, "Resource": f"{name}:live"}
    assert total(cloud, "Invocations", FunctionName=name) == 3
    assert total(cloud, "Invocations", **by_alias) == 2
    assert total(cloud, "Invocations", **by_alias, ExecutedVersion="1") == 2
    assert total(cloud, "Invocations", FunctionName=name, Resource=name, ExecutedVersion="$LATEST") == 1
    assert total(cloud, "Errors", **by_alias, ExecutedVersion="1") == 1
    assert 0 < total(cloud, "Duration", "Maximum", **by_alias) < 1000
    assert total(cloud, "Throttles", FunctionName=name) == 0


def test_counts_calls_through_an_api_and_asynchronous_ones(cloud: Cloud, name: str) -> None:
    alias = cloud.published(name, SOMETIMES)
    host = api_host(cloud.http_api(alias))
    cloud.get("/well", host=host)
    cloud.get("/fail", host=host)
    cloud.client("lambda").invoke(FunctionName=name, Qualifier="live", InvocationType="Event", Payload=b"{}")
    by_alias = {"FunctionName": name, "Resource": f"{name}:live"}
    eventually(lambda: total(cloud, "Invocations", **by_alias) == 3)
    assert total(cloud, "Errors", **by_alias) == 1


def test_counts_calls_by_an_event_source_a_state_machine_and_a_rule(cloud: Cloud, name: str) -> None:
    alias = cloud.published(name, SOMETIMES)
    queue = cloud.client("sqs").create_queue(QueueName=name)["QueueUrl"]
    attributes = cloud.client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]
    cloud.client("lambda").create_event_source_mapping(EventSourceArn=attributes["QueueArn"], FunctionName=alias)
    cloud.client("sqs").send_message(QueueUrl=queue, MessageBody="{}")
    run_task(cloud, name, alias)
    events = cloud.client("events")
    events.put_rule(Name=name, EventPattern=json.dumps({"source": [name]}))
    events.put_targets(Rule=name, Targets=[{"Id": "1", "Arn": alias}])
    events.put_events(Entries=[{"Source": name, "DetailType": "x", "Detail": "{}"}])
    eventually(lambda: total(cloud, "Invocations", FunctionName=name, Resource=f"{name}:live") == 3)


def test_counts_a_throttled_call_as_nothing_else(cloud: Cloud, name: str) -> None:
    cloud.function(name, SOMETIMES)
    cloud.client("lambda").put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=0)
    host = api_host(cloud.http_api(name))
    assert cloud.get("/well", host=host).status == 429
    assert total(cloud, "Throttles", FunctionName=name) == 1
    assert total(cloud, "Invocations", FunctionName=name) == 0


def test_logs_to_one_stream_per_environment(cloud: Cloud, name: str) -> None:
    cloud.published(name, SOMETIMES)
    answers = [
        cloud.client("lambda").invoke(FunctionName=name, Qualifier="live", Payload=json.dumps(payload), LogType="Tail")
        for payload in ({}, {"fail": True})
    ]
    logs = cloud.client("logs")
    group = f"/aws/lambda/{name}"
    streams = logs.describe_log_streams(logGroupName=group)["logStreams"]
    assert [stream["logStreamName"].split("]")[0].split("[")[1] for stream in streams] == ["1"]
    events = logs.get_log_events(logGroupName=group, logStreamName=streams[0]["logStreamName"], startFromHead=True)
    lines = [event["message"].rstrip() for event in events["events"]]
    assert [line.split(" ")[0] for line in lines if "Invoke Error" not in line] == [
        "START", "own", "END", "REPORT", "START", "own", "END", "REPORT"]
    assert "Version: 1" in lines[0] and "Init Duration" in lines[3] and "Init Duration" not in lines[-1]
    assert any("Invoke Error" in line and '"errorType":"Error"' in line for line in lines)
    tail = base64.b64decode(answers[0]["LogResult"]).decode().splitlines()
    assert tail == lines[:4]


def test_logs_to_the_group_that_the_function_names(cloud: Cloud, name: str) -> None:
    cloud.function(name, SOMETIMES, LoggingConfig={"LogGroup": f"/shop/{name}"})
    cloud.invoke(name)
    events = cloud.client("logs").filter_log_events(logGroupName=f"/shop/{name}")["events"]
    assert "own line" in [event["message"].rstrip() for event in events]
