"""Step Functions: idempotent start, error names, retries, time-outs, and what a restart leaves."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

from cloud import ACCOUNT, Cloud, eventually
from shipline_cloud.state_machines import delay_of

WAITING = {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 60, "End": True}}}
CAUGHT = {"Type": "Pass", "End": True}


def machine(cloud: Cloud, name: str, definition: dict[str, Any]) -> str:
    created = cloud.client("stepfunctions").create_state_machine(
        name=name[:70], definition=json.dumps(definition), roleArn=f"arn:aws:iam::{ACCOUNT}:role/test"
    )
    return str(created["stateMachineArn"])


def start(cloud: Cloud, arn: str, **options: Any) -> Any:
    return cloud.client("stepfunctions").start_execution(stateMachineArn=arn, **options)


def ended(cloud: Cloud, execution: str) -> Any:
    states = cloud.client("stepfunctions")
    return eventually(lambda: (e := states.describe_execution(executionArn=execution))["status"] != "RUNNING" and e)


def run(cloud: Cloud, name: str, definition: dict[str, Any], payload: Any = None) -> Any:
    started = start(cloud, machine(cloud, name, definition), input=json.dumps(payload or {}))
    return ended(cloud, started["executionArn"])


def task(function: str, **fields: Any) -> dict[str, Any]:
    return {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": True,
            "Arguments": {"FunctionName": function, "Payload": "{% $states.input %}"}, **fields}


def jsonata(**states: Any) -> dict[str, Any]:
    return {"QueryLanguage": "JSONata", "StartAt": next(iter(states)), "States": states}


def test_starts_a_running_execution_only_once(cloud: Cloud, name: str) -> None:
    arn = machine(cloud, name, WAITING)
    first, second = (start(cloud, arn, name="order-1", input='{"a":1}') for _ in range(2))
    assert (first["executionArn"], first["startDate"]) == (second["executionArn"], second["startDate"])
    assert len(cloud.client("stepfunctions").list_executions(stateMachineArn=arn)["executions"]) == 1


def test_refuses_the_name_of_an_execution_with_other_input_or_that_has_ended(cloud: Cloud, name: str) -> None:
    arn = machine(cloud, name, WAITING)
    execution = start(cloud, arn, name="order-1", input='{"a":1}')["executionArn"]
    with pytest.raises(ClientError, match="ExecutionAlreadyExists"):
        start(cloud, arn, name="order-1", input='{"a":2}')
    cloud.client("stepfunctions").stop_execution(executionArn=execution)
    with pytest.raises(ClientError, match="ExecutionAlreadyExists"):
        start(cloud, arn, name="order-1", input='{"a":1}')


def test_catches_an_undefined_output_by_exactly_its_name(cloud: Cloud, name: str) -> None:
    cloud.function(name, "export const handler = async () => ({ refused: { reason: 'card' } });")
    done = run(cloud, name, jsonata(
        Authorise=task(name, Output="{% $states.result.Payload.authorised %}", Catch=[
            {"ErrorEquals": ["PaymentUnknown"], "Next": "Wrong"},
            {"ErrorEquals": ["States.QueryEvaluationError"], "Next": "Refused", "Output": {"caught": True}}]),
        Wrong={"Type": "Fail"}, Refused=CAUGHT))
    assert (done["status"], json.loads(done["output"])) == ("SUCCEEDED", {"caught": True})


def test_retries_and_then_catches_by_the_name_of_the_thrown_error(cloud: Cloud, name: str) -> None:
    cloud.function(name, """let calls = 0;
      export const handler = async () => {
        calls += 1;
        throw Object.assign(new Error(String(calls)), { name: 'PaymentUnknown' });
      };""")
    done = run(cloud, name, jsonata(
        Do=task(name, Retry=[{"ErrorEquals": ["PaymentUnknown"], "IntervalSeconds": 1, "BackoffRate": 9,
                              "MaxDelaySeconds": 1, "MaxAttempts": 2, "JitterStrategy": "FULL"}],
                Catch=[{"ErrorEquals": ["PaymentUnknown"], "Next": "Caught", "Output": "{% $states.errorOutput %}"}]),
        Caught=CAUGHT))
    output = json.loads(done["output"])
    assert output["Error"] == "PaymentUnknown"
    assert json.loads(output["Cause"])["errorMessage"] == "3", "one call and two retries, in one process"


@pytest.mark.parametrize(("retries", "expected"), [(0, 2), (1, 6), (2, 10), (9, 10)])
def test_caps_the_wait_before_a_retry(retries: int, expected: float) -> None:
    retrier = {"IntervalSeconds": 2, "BackoffRate": 3, "MaxDelaySeconds": 10}
    assert delay_of(retrier, retries) == expected
    waits = {delay_of({**retrier, "JitterStrategy": "FULL"}, retries) for _ in range(50)}
    assert len(waits) > 1 and all(0 <= wait <= expected for wait in waits)


def test_waits_no_longer_than_the_retriers_limit(cloud: Cloud, name: str) -> None:
    cloud.function(name, "export const handler = async () => { throw new RangeError('x'); };")
    done = run(cloud, name, jsonata(Do=task(name, Retry=[
        {"ErrorEquals": ["RangeError"], "IntervalSeconds": 59, "MaxDelaySeconds": 1, "MaxAttempts": 1}])))
    assert (done["status"], done["error"]) == ("FAILED", "RangeError")


def test_times_out_a_task_and_a_whole_execution(cloud: Cloud, name: str) -> None:
    cloud.function(name, "export const handler = () => new Promise((r) => setTimeout(r, 3000));")
    done = run(cloud, name, jsonata(
        Do=task(name, TimeoutSeconds=1, Catch=[{"ErrorEquals": ["States.Timeout"], "Next": "Late"}]), Late=CAUGHT))
    assert done["status"] == "SUCCEEDED"
    assert run(cloud, f"{name[:60]}-whole", {**WAITING, "TimeoutSeconds": 1})["status"] == "TIMED_OUT"


def test_keeps_an_execution_aborted_when_its_task_fails_later(cloud: Cloud, name: str) -> None:
    cloud.function(name, """export const handler = () => new Promise((_, reject) => {
      console.log('started'); setTimeout(() => reject(new Error('late')), 600); });""")
    execution = start(cloud, machine(cloud, name, jsonata(Do=task(name))))["executionArn"]
    states = cloud.client("stepfunctions")

    def events() -> list[str]:
        return [event["type"] for event in states.get_execution_history(executionArn=execution)["events"]]

    eventually(lambda: "TaskScheduled" in events())
    states.stop_execution(executionArn=execution)
    eventually(lambda: "TaskFailed" in events())
    assert states.describe_execution(executionArn=execution)["status"] == "ABORTED"


def test_leaves_no_execution_running_after_a_restart(private_cloud: Callable[..., Cloud], name: str) -> None:
    cloud = private_cloud()
    execution = start(cloud, machine(cloud, name, WAITING))["executionArn"]
    cloud.stop()
    cloud.start()
    assert cloud.client("stepfunctions").describe_execution(executionArn=execution)["status"] == "FAILED"
