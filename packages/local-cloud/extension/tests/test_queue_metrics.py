"""What queues, streams and APIs report of themselves; one minute lasts a second here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

import pytest

from cloud import Cloud, api_host, eventually
from test_streams import Relay


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    server = Cloud(tmp_path_factory.mktemp("queues"), settings={"SHIPLINE_MINUTE_SECONDS": "1"}).start()
    yield server
    server.stop()


def values(cloud: Cloud, namespace: str, metric: str, statistic: str, **dimensions: str) -> list[float]:
    now = datetime.now(timezone.utc)
    points = cloud.client("cloudwatch").get_metric_statistics(
        Namespace=namespace, MetricName=metric, Period=3600, Statistics=[statistic],
        StartTime=now - timedelta(hours=1), EndTime=now + timedelta(hours=1),
        Dimensions=[{"Name": key, "Value": value} for key, value in dimensions.items()],
    )["Datapoints"]
    return [point[statistic] for point in points]


def alarm(cloud: Cloud, name: str, metric: str, threshold: float) -> None:
    cloud.client("cloudwatch").put_metric_alarm(
        AlarmName=name, Namespace="AWS/SQS", MetricName=metric, Statistic="Maximum", Period=60, EvaluationPeriods=1,
        Threshold=threshold, ComparisonOperator="GreaterThanOrEqualToThreshold", TreatMissingData="notBreaching",
        Dimensions=[{"Name": "QueueName", "Value": name.split("/")[0]}])


def state(cloud: Cloud, name: str) -> str:
    return str(cloud.client("cloudwatch").describe_alarms(AlarmNames=[name])["MetricAlarms"][0]["StateValue"])


def test_a_message_that_waits_sets_off_its_alarms_until_it_is_taken(cloud: Cloud, name: str) -> None:
    url = cloud.client("sqs").create_queue(QueueName=name)["QueueUrl"]
    visible, age = f"{name}/visible", f"{name}/age"
    alarm(cloud, visible, "ApproximateNumberOfMessagesVisible", 1)
    alarm(cloud, age, "ApproximateAgeOfOldestMessage", 2)
    eventually(lambda: state(cloud, visible) == "OK")
    assert values(cloud, "AWS/SQS", "ApproximateNumberOfMessagesVisible", "Maximum", QueueName=name) == []
    cloud.client("sqs").send_message(QueueUrl=url, MessageBody="{}")
    eventually(lambda: state(cloud, visible) == "ALARM")
    eventually(lambda: state(cloud, age) == "ALARM")
    (message,) = cloud.client("sqs").receive_message(QueueUrl=url)["Messages"]
    eventually(lambda: state(cloud, visible) == "OK")
    assert max(values(cloud, "AWS/SQS", "ApproximateNumberOfMessagesNotVisible", "Maximum", QueueName=name)) == 1
    cloud.client("sqs").delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    eventually(lambda: state(cloud, age) == "OK")


def test_a_stream_reports_how_old_its_records_are(cloud: Cloud, name: str) -> None:
    relay = Relay(cloud, name, FunctionResponseTypes=["ReportBatchItemFailures"])
    relay.put("late", fails=2)
    eventually(lambda: relay.seen() == ["late"])
    by_alias = {"FunctionName": relay.name, "Resource": f"{relay.name}:live"}
    (oldest,) = values(cloud, "AWS/Lambda", "IteratorAge", "Maximum", **by_alias)
    # It was handed out three times, the last time after two waits of at least 250 ms.
    assert oldest >= 500
    cloud.published(f"{relay.name}-other", "export const handler = async () => { console.log('x'); };")
    cloud.invoke(f"{relay.name}-other", {"Records": [{"eventSource": "aws:sqs"}]})
    assert values(cloud, "AWS/Lambda", "IteratorAge", "Maximum", FunctionName=f"{relay.name}-other") == []


STATUS = """export const handler = async ({ rawPath }) => {
  console.log(rawPath);
  if (rawPath === '/fault') throw new Error('no');
  return { statusCode: Number(rawPath.slice(1)), body: '' };
};"""


def test_an_api_counts_its_requests_by_how_they_ended(cloud: Cloud, name: str) -> None:
    api = cloud.http_api(cloud.published(name, STATUS))
    for path in ("/200", "/404", "/404", "/fault"):
        cloud.get(path, host=api_host(api))

    def counted(metric: str, statistic: str = "Sum", **more: str) -> list[float]:
        return values(cloud, "AWS/ApiGateway", metric, statistic, ApiId=api, **more)

    assert counted("Count") == counted("Count", Stage="$default") == [4]
    assert (counted("4xx"), counted("5xx")) == ([2], [1])
    assert counted("5xx", "Average", Stage="$default") == [0.25]
    assert 0 < counted("Latency", "Maximum")[0] < 60_000
