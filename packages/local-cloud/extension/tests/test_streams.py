"""DynamoDB streams as event sources, on a running server."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from cloud import Cloud, eventually

# Notes every record that it handles in another table; fails on those whose image says so.
RELAY = """import { request } from 'node:http';
const gateway = new URL(process.env.AWS_ENDPOINT_URL);
const put = (item) => new Promise((resolve, reject) => {
  const req = request({ host: gateway.hostname, port: gateway.port, path: '/', method: 'POST', headers: {
    'x-amz-target': 'DynamoDB_20120810.PutItem', 'content-type': 'application/x-amz-json-1.0',
    authorization: `AWS4-HMAC-SHA256 Credential=${process.env.AWS_ACCESS_KEY_ID}/20260101/us-east-1/dynamodb/`
      + 'aws4_request, SignedHeaders=host, Signature=x' } }, (res) => { res.resume(); res.on('end', resolve); });
  req.on('error', reject);
  req.end(JSON.stringify({ TableName: process.env.SEEN, Item: item })); });
let call = 0;
export const handler = async ({ Records }) => {
  call += 1;
  for (const { dynamodb } of Records) {
    const { id, fails } = dynamodb.NewImage;
    if (Number(fails?.N ?? 0) >= call) {
      if (process.env.MODE === 'throw') throw new Error('poison');
      return { batchItemFailures: [{ itemIdentifier: dynamodb.SequenceNumber }] };
    }
    await put({ id, at: { N: String(Date.now()) } });
  }
  return { batchItemFailures: [] };
};"""


class Relay:
    """A table with a stream, a function on it, and the table in which the function notes what it has handled."""

    def __init__(self, cloud: Cloud, name: str, *, mode: str = "report", **mapping: Any) -> None:
        self.cloud, self.name = cloud, name[:60]
        arn = self._table(self.name, StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"})
        self._table(f"{self.name}-seen")
        alias = cloud.published(
            self.name, RELAY, Environment={"Variables": {"SEEN": f"{self.name}-seen", "MODE": mode}})
        self.mapping = cloud.client("lambda").create_event_source_mapping(
            EventSourceArn=arn, FunctionName=alias, StartingPosition="TRIM_HORIZON", **mapping)["UUID"]
        self.alias = alias

    def _table(self, name: str, **options: Any) -> str:
        created = self.cloud.client("dynamodb").create_table(
            TableName=name, BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}], **options)
        return str(created["TableDescription"].get("LatestStreamArn", ""))

    def put(self, key: str, fails: int = 0, **attributes: Any) -> None:
        item = {"id": {"S": key}, "fails": {"N": str(fails)}, **attributes}
        self.cloud.client("dynamodb").put_item(TableName=self.name, Item=item)

    def seen(self) -> list[str]:
        items = self.cloud.client("dynamodb").scan(TableName=f"{self.name}-seen")["Items"]
        return [item["id"]["S"] for item in sorted(items, key=lambda item: int(item["at"]["N"]))]


def failure_queue(cloud: Cloud, name: str) -> tuple[str, str]:
    sqs = cloud.client("sqs")
    url = sqs.create_queue(QueueName=f"{name[:60]}-failed")["QueueUrl"]
    return url, sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]


def test_retries_what_the_function_reports_as_failed(cloud: Cloud, name: str) -> None:
    relay = Relay(cloud, name, FunctionResponseTypes=["ReportBatchItemFailures"])
    relay.put("a")
    eventually(lambda: relay.seen() == ["a"])
    relay.put("b", fails=3)
    relay.put("c")
    eventually(lambda: relay.seen() == ["a", "b", "c"])


def test_sends_a_pointer_to_the_failure_queue_and_goes_on(cloud: Cloud, name: str) -> None:
    url, queue = failure_queue(cloud, name)
    relay = Relay(cloud, name, mode="throw", MaximumRetryAttempts=1, BisectBatchOnFunctionError=True,
                  DestinationConfig={"OnFailure": {"Destination": queue}})
    for key, fails in (("a", 0), ("poison", 10**6), ("b", 0)):
        relay.put(key, fails)
    eventually(lambda: set(relay.seen()) == {"a", "b"})

    (message,) = eventually(lambda: cloud.client("sqs").receive_message(QueueUrl=url).get("Messages"))
    pointer = json.loads(message["Body"])
    assert pointer["requestContext"]["condition"] == "RetryAttemptsExhausted"
    assert pointer["requestContext"]["functionArn"] == relay.alias
    assert pointer["requestContext"]["approximateInvokeCount"] >= 2
    assert pointer["responseContext"] == {"statusCode": 200, "executedVersion": "1", "functionError": "Unhandled"}
    batch = pointer["DDBStreamBatchInfo"]
    assert (batch["batchSize"], batch["startSequenceNumber"]) == (1, batch["endSequenceNumber"])
    assert "poison" not in message["Body"], "the record itself is not sent"


def test_filters_records_before_the_function_sees_them(cloud: Cloud, name: str) -> None:
    pattern = json.dumps({"dynamodb": {"NewImage": {"kind": {"S": ["order"]}}}})
    relay = Relay(cloud, name, FilterCriteria={"Filters": [{"Pattern": pattern}]})
    for key, kind in (("a", "order"), ("b", "stock"), ("c", "order")):
        relay.put(key, kind={"S": kind})
    eventually(lambda: relay.seen() == ["a", "c"])


def test_goes_on_after_a_restart_where_it_stopped(private_cloud: Callable[..., Cloud], name: str) -> None:
    cloud = private_cloud()
    relay = Relay(cloud, name)
    relay.put("a")
    eventually(lambda: relay.seen() == ["a"])
    cloud.client("lambda").update_event_source_mapping(UUID=relay.mapping, Enabled=False)
    relay.put("b")
    cloud.stop()
    cloud.start()
    cloud.client("lambda").update_event_source_mapping(UUID=relay.mapping, Enabled=True)
    relay.put("c")
    eventually(lambda: relay.seen() == ["a", "b", "c"])
