"""What a function sees of itself, and what others see when it fails."""

from __future__ import annotations

import json
import re
import time

from cloud import ACCOUNT, Cloud, api_host, eventually

SELF = """export const handler = async (event, context) => ({
  arn: context.invokedFunctionArn, executionEnv: process.env.AWS_EXECUTION_ENV, stream: context.logStreamName,
  endpoint: process.env.AWS_ENDPOINT_URL, key: process.env.AWS_ACCESS_KEY_ID, version: context.functionVersion,
  leftovers: Object.keys(process.env).filter((name) => /^SHIPLINE_(WORKER|LOG_STREAM)$/.test(name)) });"""
API_SELF = """export const handler = async (event, context) => {
  if (event.rawPath === '/boom' || event.path === '/boom') { throw new RangeError('secret reason'); }
  return { statusCode: 200, body: JSON.stringify({ arn: context.invokedFunctionArn, headers: event.headers }) };
};"""


def test_knows_its_alias_account_and_gateway_when_called_directly(cloud: Cloud, name: str) -> None:
    alias = cloud.published(name, SELF)
    seen = cloud.invoke(name, Qualifier="live")
    assert seen["arn"] == alias == f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:{name}:live"
    assert seen["executionEnv"] == "AWS_Lambda_nodejs24.x"
    assert (seen["key"], seen["endpoint"]) == (ACCOUNT, f"http://127.0.0.1:{cloud.port}")
    assert seen["version"] == "1" and re.fullmatch(r"\d{4}/\d\d/\d\d/\[1\][0-9a-f]{32}", seen["stream"])
    assert seen["leftovers"] == []


def test_knows_its_alias_behind_an_http_api(cloud: Cloud, name: str) -> None:
    alias = cloud.published(name, API_SELF)
    assert cloud.get("/me", host=api_host(cloud.http_api(alias))).json()["arn"] == alias


def test_knows_its_alias_in_a_state_machine(cloud: Cloud, name: str) -> None:
    alias = cloud.published(name, SELF)
    assert run_task(cloud, name, alias)["arn"] == alias


def run_task(cloud: Cloud, name: str, function: str) -> dict[str, str]:
    definition = {"StartAt": "Do", "States": {"Do": {
        "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": True,
        "Parameters": {"FunctionName": function, "Payload.$": "$"}, "OutputPath": "$.Payload",
    }}}
    states = cloud.client("stepfunctions")
    machine = states.create_state_machine(
        name=name[:70], definition=json.dumps(definition), roleArn=f"arn:aws:iam::{ACCOUNT}:role/test"
    )["stateMachineArn"]
    execution = states.start_execution(stateMachineArn=machine)["executionArn"]
    done = eventually(lambda: (e := states.describe_execution(executionArn=execution))["status"] != "RUNNING" and e)
    return json.loads(done["output"])


def test_answers_500_without_the_reason_when_the_function_behind_an_http_api_throws(cloud: Cloud, name: str) -> None:
    answer = cloud.get("/boom", host=api_host(cloud.http_api(cloud.function(name, API_SELF))))
    assert (answer.status, answer.body) == (500, b'{"message":"Internal Server Error"}')


def test_answers_502_without_the_reason_when_the_function_behind_a_rest_api_throws(cloud: Cloud, name: str) -> None:
    answer = cloud.get("/v1/boom", host=api_host(cloud.rest_api(cloud.function(name, API_SELF))))
    assert (answer.status, answer.json()) == (502, {"message": "Internal server error"})


def test_reports_the_name_of_a_thrown_error_and_goes_on_in_the_same_process(cloud: Cloud, name: str) -> None:
    cloud.function(name, """export const handler = async (event) => {
      if (event.fail) { const e = new Error('no card'); e.name = 'CardDeclined'; throw e; }
      if (event.odd) { throw 'just text'; }
      return process.pid;
    };""")
    before = cloud.invoke(name)
    failed = cloud.client("lambda").invoke(FunctionName=name, Payload=b'{"fail":true}')
    body = json.loads(failed["Payload"].read())
    assert failed["FunctionError"] == "Unhandled"
    assert (body["errorType"], body["errorMessage"]) == ("CardDeclined", "no card")
    assert body["trace"][0].endswith(": no card")
    assert cloud.invoke(name, {"odd": True})["errorType"] == "string"
    assert cloud.invoke(name) == before


def test_reports_why_a_function_does_not_load_ends_or_takes_too_long(cloud: Cloud, name: str) -> None:
    cloud.function(f"{name}-load", "throw Object.assign(new Error('no TABLE'), { name: 'ConfigError' });")
    assert cloud.invoke(f"{name}-load")["errorType"] == "ConfigError"
    cloud.function(f"{name}-exit", "export const handler = async () => process.exit(3);")
    assert "exit status 3" in cloud.invoke(f"{name}-exit")["errorMessage"]
    endless = "export const handler = () => new Promise(() => setInterval(() => {}, 9));"
    cloud.function(f"{name}-slow", endless, Timeout=1)
    assert cloud.invoke(f"{name}-slow")["errorType"] == "Sandbox.Timedout"


def test_answers_a_silent_call_without_waiting_for_log_lines(cloud: Cloud, name: str) -> None:
    cloud.function(name, "export const handler = async () => 1;")

    def seconds() -> float:
        started = time.perf_counter()
        cloud.invoke(name)
        return time.perf_counter() - started

    # Stock MiniStack never answers sooner; on a busy machine it takes some calls until one is that quick.
    eventually(lambda: seconds() < 0.05)
