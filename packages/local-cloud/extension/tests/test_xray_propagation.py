"""The tracing header on its way through EventBridge, queues, streams and state machines."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from botocore.config import Config

from cloud import ACCOUNT, Cloud, eventually
from traces import ACTIVE, PARENT, ROOT, SAMPLED, SHOWS_TRACE, fields, segment_of, segments, summaries

RULE_TARGET = "arn:aws:sqs:us-east-1:{account}:{name}"
TOLD = """export const handler = async (event) => { console.log('TRACE ' + process.env._X_AMZN_TRACE_ID); };"""


def queue_of(cloud: Cloud, name: str) -> str:
    return str(cloud.client("sqs").create_queue(QueueName=name)["QueueUrl"])


def received_header(cloud: Cloud, queue: str) -> str | None:
    def receive() -> dict[str, Any] | None:
        answer = cloud.client("sqs").receive_message(QueueUrl=queue, MessageSystemAttributeNames=["AWSTraceHeader"])
        return next(iter(answer.get("Messages", [])), None)

    message = eventually(receive)
    assert message is not None
    return message.get("Attributes", {}).get("AWSTraceHeader")


def send_to(client: Any, operation: str, header: str) -> Any:
    """The client, which from now on sends this header with the operation."""
    service = client.meta.service_model.service_id.hyphenize()
    client.meta.events.register(
        f"before-sign.{service}.{operation}", lambda request, **_: request.headers.add_header("X-Amzn-Trace-Id", header))
    return client


def route_to_queue(cloud: Cloud, name: str) -> str:
    queue = queue_of(cloud, name)
    events = cloud.client("events")
    events.put_rule(Name=name, EventPattern=json.dumps({"source": [name]}))
    events.put_targets(Rule=name, Targets=[{"Id": "1", "Arn": RULE_TARGET.format(account=ACCOUNT, name=name)}])
    return queue


def logged_trace(cloud: Cloud, name: str) -> dict[str, str]:
    def line() -> str | None:
        logs, group = cloud.client("logs"), f"/aws/lambda/{name}"
        if not logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"]:
            return None
        events = logs.filter_log_events(logGroupName=group)["events"]
        return next((event["message"].split("TRACE ")[1] for event in events if "TRACE Root" in event["message"]), None)

    found = eventually(line)
    assert found is not None
    return fields(found.strip())


def test_passes_the_entrys_header_to_a_queue(cloud: Cloud, name: str) -> None:
    queue = route_to_queue(cloud, name)
    events = send_to(cloud.client("events"), "PutEvents", SAMPLED.replace("Sampled=1", "Sampled=0"))
    events.put_events(Entries=[{"Source": name, "DetailType": "x", "Detail": "{}", "TraceHeader": SAMPLED}])
    assert received_header(cloud, queue) == SAMPLED


def test_passes_the_requests_header_where_the_entry_has_none(cloud: Cloud, name: str) -> None:
    queue = route_to_queue(cloud, name)
    events = send_to(cloud.client("events"), "PutEvents", SAMPLED)
    answer = events.put_events(Entries=[{"Source": name, "DetailType": "x", "Detail": "{}"},
                                        {"Source": "aws.mine", "DetailType": "x", "Detail": "{}"}])
    assert received_header(cloud, queue) == SAMPLED
    assert answer["FailedEntryCount"] == 1 and [("EventId" in one) for one in answer["Entries"]] == [True, False]


def test_drops_a_header_that_is_none(cloud: Cloud, name: str) -> None:
    queue = route_to_queue(cloud, name)
    cloud.client("events").put_events(
        Entries=[{"Source": name, "DetailType": "x", "Detail": "{}", "TraceHeader": "Root=nothing"}])
    assert received_header(cloud, queue) is None


def test_passes_a_header_to_a_function_that_a_rule_calls(cloud: Cloud, name: str) -> None:
    arn = cloud.function(name, TOLD)
    events = cloud.client("events")
    events.put_rule(Name=name, EventPattern=json.dumps({"source": [name]}))
    events.put_targets(Rule=name, Targets=[{"Id": "1", "Arn": arn}])
    root = ROOT[:-1] + "a"
    events.put_events(Entries=[{"Source": name, "DetailType": "x", "Detail": "{}",
                                "TraceHeader": SAMPLED.replace(ROOT, root)}])
    assert logged_trace(cloud, name)["Root"] == root
    assert segment_of(cloud, root, "AWS::Lambda")["subsegments"][0]["name"] == "Dwell Time"


def test_keeps_the_senders_header_with_the_message(cloud: Cloud, name: str) -> None:
    queue = queue_of(cloud, name)
    send_to(cloud.client("sqs"), "SendMessage", SAMPLED).send_message(QueueUrl=queue, MessageBody="{}")
    assert received_header(cloud, queue) == SAMPLED


def test_links_the_consumers_trace_to_its_messages(cloud: Cloud, name: str) -> None:
    queue = queue_of(cloud, name)
    cloud.function(name, TOLD, **ACTIVE)
    cloud.client("sqs").send_message(QueueUrl=queue, MessageBody="{}", MessageSystemAttributes={
        "AWSTraceHeader": {"DataType": "String", "StringValue": SAMPLED}})
    cloud.client("lambda").create_event_source_mapping(
        EventSourceArn=RULE_TARGET.format(account=ACCOUNT, name=name), FunctionName=name)
    told = logged_trace(cloud, name)
    assert told["Root"] != ROOT and told["Sampled"] == "1"
    service = segment_of(cloud, told["Root"], "AWS::Lambda")
    assert [(link["trace_id"], link["id"]) for link in service["links"]] == [(ROOT, PARENT)]
    assert "parent_id" not in service


def test_begins_a_new_trace_behind_a_stream(private_cloud: Callable[..., Cloud]) -> None:
    always = private_cloud(SHIPLINE_TRACE_RATE="1")
    always.function("relay", TOLD, **ACTIVE)
    table = always.client("dynamodb").create_table(
        TableName="stream", BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"})["TableDescription"]
    always.client("lambda").create_event_source_mapping(
        EventSourceArn=table["LatestStreamArn"], FunctionName="relay", StartingPosition="TRIM_HORIZON")
    send_to(always.client("dynamodb"), "PutItem", SAMPLED).put_item(TableName="stream", Item={"pk": {"S": "1"}})
    told = logged_trace(always, "relay")
    assert told["Root"] != ROOT and told["Sampled"] == "1"
    assert "parent_id" not in segment_of(always, told["Root"], "AWS::Lambda")


def machine_of(cloud: Cloud, name: str, function: str, traced: bool = True) -> str:
    definition = {"StartAt": "Choose", "States": {
        "Choose": {"Type": "Pass", "Next": "Work"},
        "Work": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": True,
                 "Parameters": {"FunctionName": function, "Payload.$": "$"}, "OutputPath": "$.Payload",
                 "Retry": [{"ErrorEquals": ["States.ALL"], "MaxAttempts": 1, "IntervalSeconds": 1}]}}}
    return str(cloud.client("stepfunctions").create_state_machine(
        name=name[:60], definition=json.dumps(definition), roleArn=f"arn:aws:iam::{ACCOUNT}:role/test",
        tracingConfiguration={"enabled": traced})["stateMachineArn"])


def execute(cloud: Cloud, machine: str, payload: Any = None, **options: Any) -> dict[str, Any]:
    states = cloud.client("stepfunctions")
    execution = states.start_execution(stateMachineArn=machine, input=json.dumps(payload or {}), **options)
    arn = execution["executionArn"]
    done = eventually(lambda: (e := states.describe_execution(executionArn=arn))["status"] != "RUNNING" and e)
    assert isinstance(done, dict)
    return done


def test_reports_an_execution_with_its_states_and_tasks(cloud: Cloud, name: str) -> None:
    arn = cloud.function(name, SHOWS_TRACE)
    root = ROOT[:-1] + "b"
    done = execute(cloud, machine_of(cloud, name, arn), traceHeader=SAMPLED.replace(ROOT, root))
    machine = segment_of(cloud, root, "AWS::StepFunctions::StateMachine")
    assert machine["parent_id"] == PARENT and machine["aws"]["execution_arn"] == done["executionArn"]
    assert [state["name"] for state in machine["subsegments"]] == ["Choose", "Work"]
    (task,) = machine["subsegments"][1]["subsegments"]
    assert (task["name"], task["namespace"]) == ("Lambda", "aws")
    service = next(one for one in segments(cloud, root) if one["origin"] == "AWS::Lambda")
    assert service["parent_id"] == task["id"]
    assert fields(json.loads(done["output"])["trace"])["Root"] == root


def test_traces_a_synchronous_execution_by_its_payloads_header(cloud: Cloud, name: str) -> None:
    arn = cloud.function(name, SHOWS_TRACE)
    root = ROOT[:-1] + "e"
    # Without the prefix "sync-" of the host name, which nobody resolves here.
    direct = cloud.client("stepfunctions", config=Config(inject_host_prefix=False))
    done = direct.start_sync_execution(
        stateMachineArn=machine_of(cloud, name, arn), traceHeader=SAMPLED.replace(ROOT, root))
    assert done["status"] == "SUCCEEDED"
    assert segment_of(cloud, root, "AWS::StepFunctions::StateMachine")["parent_id"] == PARENT


def test_reports_each_try_of_a_task(cloud: Cloud, name: str) -> None:
    arn = cloud.function(name, SHOWS_TRACE)
    root = ROOT[:-1] + "c"
    execute(cloud, machine_of(cloud, name, arn), {"fail": True}, traceHeader=SAMPLED.replace(ROOT, root))
    machine = segment_of(cloud, root, "AWS::StepFunctions::StateMachine")
    tries = machine["subsegments"][1]["subsegments"]
    assert [one["fault"] for one in tries] == [True, True] and machine["fault"] is True
    services = [one for one in segments(cloud, root) if one["origin"] == "AWS::Lambda"]
    assert {one["parent_id"] for one in services} == {one["id"] for one in tries}


def test_reports_no_execution_where_tracing_is_off(cloud: Cloud, name: str) -> None:
    arn = cloud.function(name, SHOWS_TRACE)
    root = ROOT[:-1] + "d"
    machine = machine_of(cloud, name, arn, traced=False)
    execute(cloud, machine, traceHeader=SAMPLED.replace(ROOT, root))
    assert {one["origin"] for one in segments(cloud, root)} == {"AWS::Lambda", "AWS::Lambda::Function"}
    states = cloud.client("stepfunctions")
    assert states.describe_state_machine(stateMachineArn=machine)["tracingConfiguration"] == {"enabled": False}
    states.update_state_machine(stateMachineArn=machine, tracingConfiguration={"enabled": True})
    assert states.describe_state_machine(stateMachineArn=machine)["tracingConfiguration"] == {"enabled": True}


def test_decides_for_an_execution_that_nobody_decided_for(private_cloud: Callable[..., Cloud]) -> None:
    always = private_cloud(SHIPLINE_TRACE_RATE="1")
    arn = always.function("work", SHOWS_TRACE)
    done = execute(always, machine_of(always, "work", arn))
    assert fields(json.loads(done["output"])["trace"])["Sampled"] == "1"
    (found,) = summaries(always)
    assert found["EntryPoint"]["Type"] == "AWS::StepFunctions::StateMachine"


def test_keeps_the_tracing_configuration_of_a_template(cloud: Cloud, name: str) -> None:
    def template(enabled: bool) -> str:
        return json.dumps({"Resources": {"Machine": {"Type": "AWS::StepFunctions::StateMachine", "Properties": {
            "StateMachineName": name[:60], "RoleArn": f"arn:aws:iam::{ACCOUNT}:role/test",
            "TracingConfiguration": {"Enabled": enabled},
            "DefinitionString": json.dumps({"StartAt": "A", "States": {"A": {"Type": "Succeed"}}})}}}})

    def described() -> Any:
        arn = f"arn:aws:states:us-east-1:{ACCOUNT}:stateMachine:{name[:60]}"
        machine = cloud.client("stepfunctions").describe_state_machine(stateMachineArn=arn)
        return machine["tracingConfiguration"]

    stacks = cloud.client("cloudformation")
    stacks.create_stack(StackName=name, TemplateBody=template(True))
    stacks.get_waiter("stack_create_complete").wait(StackName=name, WaiterConfig={"Delay": 1})
    assert described() == {"enabled": True}
    stacks.update_stack(StackName=name, TemplateBody=template(False))
    stacks.get_waiter("stack_update_complete").wait(StackName=name, WaiterConfig={"Delay": 1})
    assert described() == {"enabled": False}
