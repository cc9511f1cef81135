"""Reading metrics through the API."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import urlencode

import pytest
from botocore.exceptions import ClientError

from cloud import ACCOUNT, Cloud

START = datetime.now(timezone.utc).replace(second=0, microsecond=0) - timedelta(minutes=10)
END = START + timedelta(minutes=5)


def put(cloud: Cloud, namespace: str, name: str, values: list[float], unit: str = "Count", **dimensions: str) -> None:
    cloud.client("cloudwatch").put_metric_data(Namespace=namespace, MetricData=[
        {"MetricName": name, "Timestamp": START + timedelta(minutes=minute), "Value": value, "Unit": unit,
         "Dimensions": [{"Name": key, "Value": text} for key, text in dimensions.items()]}
        for minute, value in enumerate(values)
    ])


def stat(key: str, namespace: str, name: str, statistic: str = "Sum", **dimensions: str) -> dict[str, Any]:
    named = [{"Name": dimension, "Value": value} for dimension, value in dimensions.items()]
    return {"Id": key, "ReturnData": False, "MetricStat": {
        "Metric": {"Namespace": namespace, "MetricName": name, "Dimensions": named}, "Period": 60, "Stat": statistic}}


def data(cloud: Cloud, *queries: dict[str, Any], **options: Any) -> list[Any]:
    return cloud.client("cloudwatch").get_metric_data(
        MetricDataQueries=list(queries), StartTime=START, EndTime=END, **options)["MetricDataResults"]


def test_keeps_sets_of_dimensions_and_units_apart(cloud: Cloud, name: str) -> None:
    put(cloud, name, "Calls", [1])
    put(cloud, name, "Calls", [2], A="x")
    put(cloud, name, "Calls", [4], A="x", B="y")
    put(cloud, name, "Calls", [8], unit="Bytes", A="x")
    for expected, dimensions in ((1, {}), (10, {"A": "x"}), (4, {"A": "x", "B": "y"})):
        query = stat("m", name, "Calls", **dimensions)
        assert data(cloud, {**query, "ReturnData": True})[0]["Values"] == [expected]
    points = cloud.client("cloudwatch").get_metric_statistics(
        Namespace=name, MetricName="Calls", Dimensions=[{"Name": "A", "Value": "x"}], StartTime=START, EndTime=END,
        Period=60, Statistics=["Sum", "SampleCount"], ExtendedStatistics=["p50"], Unit="Count")["Datapoints"]
    assert points == [{"Timestamp": START, "Unit": "Count", "Sum": 2, "SampleCount": 1,
                       "ExtendedStatistics": {"p50": 2}}]


def test_evaluates_expressions_latest_first_unless_told_otherwise(cloud: Cloud, name: str) -> None:
    put(cloud, name, "Errors", [1, 0, 3])
    put(cloud, name, "Calls", [4, 5, 6])
    queries = [stat("errors", name, "Errors"), stat("calls", name, "Calls"),
               {"Id": "rate", "Expression": "100 * errors / calls", "Label": "Error rate"}]
    (latest_first,) = data(cloud, *queries)
    assert (latest_first["Label"], latest_first["Values"]) == ("Error rate", [50, 0, 25])
    (ascending,) = data(cloud, *queries, ScanBy="TimestampAscending")
    assert ascending["Values"] == [25, 0, 50]
    assert ascending["Timestamps"] == [START + timedelta(minutes=minute) for minute in range(3)]


def test_searches_by_schema_and_terms(cloud: Cloud, name: str) -> None:
    for function in ("cart", "orders"):
        put(cloud, name, "Errors", [1], FunctionName=function)
    put(cloud, name, "Errors", [9], FunctionName="cart", Resource="cart:live")
    put(cloud, name, "Calls", [9], FunctionName="cart")
    search = f"""SEARCH('{{{name},FunctionName}} MetricName="Errors"', 'Sum', 60)"""
    assert [(line["Label"], line["Values"]) for line in data(cloud, {"Id": "all", "Expression": search})] == [
        ("cart Errors", [1]), ("orders Errors", [1])]
    assert data(cloud, {"Id": "total", "Expression": f"SUM({search})"})[0]["Values"] == [2]


def test_refuses_an_expression_it_does_not_know(cloud: Cloud, name: str) -> None:
    band = {"Id": "band", "Expression": "ANOMALY_DETECTION_BAND(m, 2)"}
    with pytest.raises(ClientError, match="does not know ANOMALY_DETECTION_BAND"):
        data(cloud, stat("m", name, "Calls"), band)


def test_answers_the_query_protocol_too(cloud: Cloud, name: str) -> None:
    put(cloud, name, "Calls", [7], A="x")
    member = "MetricDataQueries.member.1"
    form = urlencode({
        "Action": "GetMetricData", "Version": "2010-08-01", f"{member}.Id": "m", f"{member}.MetricStat.Period": "60",
        f"{member}.MetricStat.Stat": "Sum", f"{member}.MetricStat.Metric.Namespace": name,
        f"{member}.MetricStat.Metric.MetricName": "Calls",
        f"{member}.MetricStat.Metric.Dimensions.member.1.Name": "A",
        f"{member}.MetricStat.Metric.Dimensions.member.1.Value": "x",
        "StartTime": START.isoformat(), "EndTime": END.isoformat(),
    })
    answer = cloud.request("POST", "/", body=form.encode(), headers={
        "Content-Type": "application/x-www-form-urlencoded",
        "Authorization": f"AWS4-HMAC-SHA256 Credential={ACCOUNT}/20260101/us-east-1/monitoring/aws4_request, "
                         "SignedHeaders=host, Signature=x"})
    assert b"<Values><member>7.0</member></Values>" in answer.body, answer.body


def test_lists_metrics_by_dimension_and_forgets_them_with_the_reset(private_cloud: Any) -> None:
    cloud = private_cloud()
    put(cloud, "Shop", "Calls", [1], A="x")
    put(cloud, "Shop", "Calls", [1], B="y")
    metrics = cloud.client("cloudwatch").list_metrics(Namespace="Shop", Dimensions=[{"Name": "A"}])["Metrics"]
    assert metrics == [{"Namespace": "Shop", "MetricName": "Calls", "Dimensions": [{"Name": "A", "Value": "x"}]}]
    cloud.stop()
    cloud.start()
    query = {**stat("m", "Shop", "Calls", A="x"), "ReturnData": True}
    assert data(cloud, query)[0]["Values"] == [1]
    assert data(cloud, query, ScanBy="TimestampAscending")[0]["Values"] == [1]
    cloud.request("POST", "/_ministack/reset")
    assert cloud.client("cloudwatch").list_metrics(Namespace="Shop")["Metrics"] == []
