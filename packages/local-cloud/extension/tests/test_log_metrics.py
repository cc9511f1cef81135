"""Log events become metrics: embedded ones and those of metric filters."""

from __future__ import annotations

import json
import time
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from botocore.exceptions import ClientError

from cloud import Cloud, eventually


def total(cloud: Cloud, namespace: str, metric: str, statistic: str = "Sum", **dimensions: str) -> float | None:
    now = datetime.now(timezone.utc)
    points = cloud.client("cloudwatch").get_metric_statistics(
        Namespace=namespace, MetricName=metric, Period=3600, Statistics=[statistic], StartTime=now - timedelta(hours=1),
        EndTime=now + timedelta(hours=1), Dimensions=[{"Name": k, "Value": v} for k, v in dimensions.items()],
    )["Datapoints"]
    return sum(point[statistic] for point in points) if points else None


def group(cloud: Cloud, name: str) -> Any:
    logs = cloud.client("logs")
    logs.create_log_group(logGroupName=name)
    logs.create_log_stream(logGroupName=name, logStreamName="s")
    return logs


def write(cloud: Cloud, name: str, *messages: Any) -> None:
    cloud.client("logs").put_log_events(logGroupName=name, logStreamName="s", logEvents=[
        {"timestamp": int(time.time() * 1000), "message": text if isinstance(text, str) else json.dumps(text)}
        for text in messages])


def count(pattern: str, namespace: str, value: str = "1", **more: Any) -> dict[str, Any]:
    return {"filterName": "f", "filterPattern": pattern, "metricTransformations": [
        {"metricName": "Found", "metricNamespace": namespace, "metricValue": value, **more}]}


EMBEDDING = """export const handler = async ({ name }) => {
  process.stdout.write(JSON.stringify({
    service: 'orders', placed: 2, latency: [10, 30],
    _aws: { Timestamp: Date.now(), CloudWatchMetrics: [{ Namespace: name, Dimensions: [['service']],
      Metrics: [{ Name: 'placed', Unit: 'Count' }, { Name: 'latency', Unit: 'Milliseconds' }] }] },
  }) + '\\n');
};"""


def test_makes_metrics_of_what_a_function_embeds_in_its_log(cloud: Cloud, name: str) -> None:
    cloud.function(name, EMBEDDING)
    cloud.invoke(name, {"name": name})
    cloud.invoke(name, {"name": name})
    eventually(lambda: total(cloud, name, "placed", service="orders") == 4)
    assert total(cloud, name, "latency", "Maximum", service="orders") == 30
    assert total(cloud, name, "latency", "SampleCount", service="orders") == 4
    assert total(cloud, name, "placed") is None


def test_makes_metrics_of_embedded_lines_that_are_put(cloud: Cloud, name: str) -> None:
    group(cloud, name)
    metadata = {"Timestamp": int(time.time() * 1000), "CloudWatchMetrics": [
        {"Namespace": name, "Dimensions": [[]], "Metrics": [{"Name": "paid", "Unit": "Count"}]}]}
    write(cloud, name, {"_aws": metadata, "paid": 3}, {"_aws": metadata, "paid": "three"}, "text")
    assert total(cloud, name, "paid") == 3


def test_counts_events_that_a_filter_matches(cloud: Cloud, name: str) -> None:
    group(cloud, name).put_metric_filter(logGroupName=name, **count("?ERROR ?FATAL", name))
    write(cloud, name, "ERROR one", "INFO two", "FATAL three")
    assert total(cloud, name, "Found") == 2


def test_measures_a_field_by_dimensions(cloud: Cloud, name: str) -> None:
    pattern = '{ $.level = "INFO" && $.ms > 3 }'
    group(cloud, name).put_metric_filter(logGroupName=name, **count(
        pattern, name, "$.ms", dimensions={"route": "$.http.route"}, unit="Milliseconds"))
    write(cloud, name, {"level": "INFO", "ms": 10, "http": {"route": "/a"}},
          {"level": "INFO", "ms": 20, "http": {"route": "/a"}}, {"level": "INFO", "ms": 5, "http": {"route": "/b"}},
          {"level": "INFO", "ms": 2, "http": {"route": "/a"}}, {"level": "INFO", "ms": 99})
    assert total(cloud, name, "Found", route="/a") == 30
    assert total(cloud, name, "Found", route="/b") == 5
    assert total(cloud, name, "Found") is None


def test_applies_filters_to_the_log_of_a_function_and_stops_when_they_are_deleted(cloud: Cloud, name: str) -> None:
    cloud.function(name, "export const handler = async () => console.log('price missing');")
    cloud.invoke(name)
    logs, log_group = cloud.client("logs"), f"/aws/lambda/{name}"
    eventually(lambda: logs.describe_log_groups(logGroupNamePrefix=log_group)["logGroups"])
    logs.put_metric_filter(logGroupName=log_group, **count('"price missing"', name))
    cloud.invoke(name)
    eventually(lambda: total(cloud, name, "Found") == 1)
    logs.delete_metric_filter(logGroupName=log_group, filterName="f")
    logs.put_metric_filter(logGroupName=log_group, **{**count("REPORT", f"{name}-later"), "filterName": "later"})
    cloud.invoke(name)
    eventually(lambda: total(cloud, f"{name}-later", "Found") == 1)
    assert total(cloud, name, "Found") == 1


def test_reports_the_default_value_for_minutes_without_a_match(private_cloud: Any) -> None:
    cloud = private_cloud(SHIPLINE_MINUTE_SECONDS="0.5")
    group(cloud, "quiet").put_metric_filter(logGroupName="quiet", **count("ERROR", "quiet", defaultValue=0.25))
    assert total(cloud, "quiet", "Found") is None
    write(cloud, "quiet", "INFO")
    eventually(lambda: total(cloud, "quiet", "Found") == 0.25)


@pytest.mark.parametrize(("settings", "sentence"), [
    (count("{ $.a }", "n"), "Invalid filter pattern"),
    (count("a", "n", "many"), "neither a number nor a field"),
    (count("a", "n", defaultValue=0, dimensions={"d": "$.d"}), "no default value"),
])
def test_refuses_filters_that_cannot_work(cloud: Cloud, name: str, settings: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ClientError, match=sentence):
        group(cloud, name).put_metric_filter(logGroupName=name, **settings)


def test_tries_a_pattern_out(cloud: Cloud) -> None:
    answer = cloud.client("logs").test_metric_filter(
        filterPattern='{ $.a = 1 }', logEventMessages=['{"a": 2}', '{"a": 1}'])
    assert [match["eventNumber"] for match in answer["matches"]] == [2]


def test_filters_log_events_by_the_same_patterns(cloud: Cloud, name: str) -> None:
    logs = group(cloud, name)
    write(cloud, name, {"level": "ERROR"}, {"level": "INFO"}, "error in text")
    found = logs.filter_log_events(logGroupName=name, filterPattern='{ $.level = "ERROR" }')["events"]
    assert [event["message"] for event in found] == ['{"level": "ERROR"}']
    assert logs.filter_log_events(logGroupName=name, filterPattern="Error")["events"] == []
    with pytest.raises(ClientError, match="Invalid filter pattern"):
        logs.filter_log_events(logGroupName=name, filterPattern="{ $.level }")


def test_makes_a_filter_from_a_template_and_an_alarm_of_its_metric(private_cloud: Any) -> None:
    cloud = private_cloud(SHIPLINE_MINUTE_SECONDS="1")
    template = {"Resources": {
        "Log": {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": "shop"}},
        "Filter": {"Type": "AWS::Logs::MetricFilter", "Properties": {
            "LogGroupName": {"Ref": "Log"}, "FilterPattern": '{ $.level = "ERROR" }', "MetricTransformations": [
                {"MetricName": "Errors", "MetricNamespace": "Shop", "MetricValue": "1", "DefaultValue": 0}]}},
        "Alarm": {"Type": "AWS::CloudWatch::Alarm", "Properties": {
            "AlarmName": "errors", "Namespace": "Shop", "MetricName": "Errors", "Statistic": "Sum", "Period": 60,
            "EvaluationPeriods": 1, "Threshold": 1, "ComparisonOperator": "GreaterThanOrEqualToThreshold"}},
    }}
    cloud.client("cloudformation").create_stack(StackName="shop", TemplateBody=json.dumps(template))
    assert cloud.settled_stack("shop")["StackStatus"] == "CREATE_COMPLETE"
    cloud.client("logs").create_log_stream(logGroupName="shop", logStreamName="s")

    def state_after(line: dict[str, str]) -> str:
        write(cloud, "shop", line)
        return str(cloud.client("cloudwatch").describe_alarms(AlarmNames=["errors"])["MetricAlarms"][0]["StateValue"])

    eventually(lambda: state_after({"level": "INFO"}) == "OK")
    eventually(lambda: state_after({"level": "ERROR"}) == "ALARM")
