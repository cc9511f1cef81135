"""Every kind of caller of an alias, for the tests of its weights: `CALLERS[kind](...)` makes so many calls of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from cloud import ACCOUNT, Cloud, api_host, eventually

ROLE = f"arn:aws:iam::{ACCOUNT}:role/test"


@dataclass(frozen=True)
class Calls:
    """So many calls of an alias; `name` is one that nothing else uses."""

    cloud: Cloud
    name: str
    alias: str
    count: int
    served: Callable[[], int]
    """How many calls have ended so far."""


def _at_once(call: Callable[[int], Any], count: int) -> None:
    with ThreadPoolExecutor(8) as pool:
        for answer in pool.map(call, range(count)):
            assert answer is not False


def _in_turns(call: Callable[[range], Any], calls: Calls, size: int) -> None:
    """For callers that drop what exceeds the account's concurrency: the next ones wait for those before."""
    for start in range(0, calls.count, size):
        turn = range(start, min(start + size, calls.count))
        call(turn)
        eventually(lambda: calls.served() >= turn.stop, within=300)


def _tens(count: int) -> Iterable[list[str]]:
    numbers = [str(number) for number in range(count)]
    return (numbers[start:start + 10] for start in range(0, count, 10))


def invoke(calls: Calls) -> None:
    client = calls.cloud.client("lambda")
    _at_once(lambda _: "FunctionError" not in client.invoke(FunctionName=calls.alias), calls.count)


def invoke_async(calls: Calls) -> None:
    client = calls.cloud.client("lambda")
    _at_once(lambda _: client.invoke(
        FunctionName=calls.alias, InvocationType="Event")["StatusCode"] == 202, calls.count)


def http_api(calls: Calls) -> None:
    host = api_host(calls.cloud.http_api(calls.alias))
    _at_once(lambda _: calls.cloud.get("/x", host=host).status == 200, calls.count)


def rest_api(calls: Calls) -> None:
    host = api_host(calls.cloud.rest_api(calls.alias))
    _at_once(lambda _: calls.cloud.get("/v1/x", host=host).status == 200, calls.count)


def queue(calls: Calls) -> None:
    queues = calls.cloud.client("sqs")
    url = queues.create_queue(QueueName=calls.name)["QueueUrl"]
    arn = queues.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    calls.cloud.client("lambda").create_event_source_mapping(
        EventSourceArn=arn, FunctionName=calls.alias, BatchSize=1)
    for ten in _tens(calls.count):
        queues.send_message_batch(QueueUrl=url, Entries=[{"Id": number, "MessageBody": number} for number in ten])


def table_stream(calls: Calls) -> None:
    tables = calls.cloud.client("dynamodb")
    table = tables.create_table(
        TableName=calls.name, BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"})["TableDescription"]
    calls.cloud.client("lambda").create_event_source_mapping(
        EventSourceArn=table["LatestStreamArn"], FunctionName=calls.alias, BatchSize=1, StartingPosition="TRIM_HORIZON")
    for ten in _tens(calls.count):
        tables.batch_write_item(RequestItems={calls.name: [
            {"PutRequest": {"Item": {"id": {"S": number}}}} for number in ten]})


def event_rule(calls: Calls) -> None:
    events = calls.cloud.client("events")
    events.put_rule(Name=calls.name, EventPattern=json.dumps({"source": [calls.name]}))
    events.put_targets(Rule=calls.name, Targets=[{"Id": "function", "Arn": calls.alias}])
    _in_turns(lambda turn: events.put_events(Entries=[
        {"Source": calls.name, "DetailType": "call", "Detail": "{}"} for _ in turn]), calls, 10)


def schedule(calls: Calls) -> None:
    schedules = calls.cloud.client("scheduler")

    def create(number: int) -> None:
        schedules.create_schedule(
            Name=f"{calls.name[:50]}-{number}", ScheduleExpression="at(2020-01-01T00:00:00)",
            FlexibleTimeWindow={"Mode": "OFF"}, Target={"Arn": calls.alias, "RoleArn": ROLE})

    # They fire at the next sweep, which comes every ten seconds.
    _in_turns(lambda turn: [create(number) for number in turn], calls, 100)


def topic(calls: Calls) -> None:
    topics = calls.cloud.client("sns")
    arn = topics.create_topic(Name=calls.name)["TopicArn"]
    topics.subscribe(TopicArn=arn, Protocol="lambda", Endpoint=calls.alias)
    _in_turns(lambda turn: topics.publish_batch(TopicArn=arn, PublishBatchRequestEntries=[
        {"Id": str(number), "Message": "call"} for number in turn]), calls, 10)


def bucket(calls: Calls) -> None:
    objects = calls.cloud.client("s3")
    objects.create_bucket(Bucket=calls.name)
    objects.put_bucket_notification_configuration(Bucket=calls.name, NotificationConfiguration={
        "LambdaFunctionConfigurations": [{"LambdaFunctionArn": calls.alias, "Events": ["s3:ObjectCreated:*"]}]})
    _at_once(lambda number: objects.put_object(Bucket=calls.name, Key=str(number), Body=b"x"), calls.count)


def user_pool(calls: Calls) -> None:
    users = calls.cloud.client("cognito-idp")
    pool = users.create_user_pool(PoolName=calls.name, LambdaConfig={"PreSignUp": calls.alias})["UserPool"]["Id"]
    client = users.create_user_pool_client(UserPoolId=pool, ClientName="test")["UserPoolClient"]["ClientId"]
    _at_once(lambda number: users.sign_up(ClientId=client, Username=f"user{number}", Password="Passw0rd!"), calls.count)


def task(calls: Calls) -> None:
    _map(calls, {"Resource": calls.alias})


def optimised_task(calls: Calls) -> None:
    _map(calls, {"Resource": "arn:aws:states:::lambda:invoke",
                 "Parameters": {"FunctionName": calls.alias, "Payload.$": "$"}})


def _map(calls: Calls, call: dict[str, Any]) -> None:
    """One execution that calls the function once for each item."""
    definition = {"StartAt": "Each", "States": {"Each": {
        "Type": "Map", "End": True, "MaxConcurrency": 8, "ItemsPath": "$.items",
        "ItemProcessor": {"StartAt": "Call", "States": {"Call": {"Type": "Task", "End": True, **call}}}}}}
    states = calls.cloud.client("stepfunctions")
    machine = states.create_state_machine(name=calls.name, definition=json.dumps(definition), roleArn=ROLE)
    states.start_execution(
        stateMachineArn=machine["stateMachineArn"], input=json.dumps({"items": list(range(calls.count))}))


CALLERS: dict[str, Callable[[Calls], None]] = {
    "Invoke": invoke, "Invoke of an event": invoke_async, "HTTP API": http_api, "REST API": rest_api,
    "SQS": queue, "DynamoDB stream": table_stream, "EventBridge": event_rule, "Scheduler": schedule, "SNS": topic,
    "S3": bucket, "Cognito": user_pool, "task with the ARN": task, "task lambda:invoke": optimised_task,
}
