"""Stopping: what was done is saved first, and nothing that is under way holds the end up."""

from __future__ import annotations

import json
import os
import signal
import socket
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from botocore.exceptions import BotoCoreError, ClientError

from cloud import ACCOUNT, Cloud, api_host, eventually
from test_front_doors import open_door

SLEEPS = """import { writeFileSync } from 'node:fs';
export const handler = async () => {
  writeFileSync(`${process.env.HOME}/pid`, String(process.pid));
  await new Promise((resolve) => setTimeout(resolve, 600_000));
};"""


def arn_of_function(cloud: Cloud) -> str:
    return str(cloud.client("lambda").get_function(FunctionName="sleeps")["Configuration"]["FunctionArn"])


def invoke(cloud: Cloud) -> None:
    cloud.invoke("sleeps")


def call_through_a_door(cloud: Cloud) -> None:
    port = open_door(cloud, api_host(cloud.http_api(arn_of_function(cloud))))
    cloud.get("/anything", port=port)


def create_a_custom_resource(cloud: Cloud) -> None:
    resource = {"Type": "Custom::Waits", "Properties": {"ServiceToken": arn_of_function(cloud)}}
    template = json.dumps({"Resources": {"Waits": resource}})
    cloud.client("cloudformation").create_stack(StackName="waits", TemplateBody=template)


def start_an_execution(cloud: Cloud) -> None:
    task = {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "sleeps"},
            "End": True}
    definition = json.dumps({"StartAt": "Sleep", "States": {"Sleep": task}})
    machine = cloud.client("stepfunctions").create_state_machine(
        name="sleeps", definition=definition, roleArn=f"arn:aws:iam::{ACCOUNT}:role/test")["stateMachineArn"]
    cloud.client("stepfunctions").start_execution(stateMachineArn=machine)


def in_background(work: Callable[[Cloud], None], cloud: Cloud) -> None:
    def quietly() -> None:
        try:
            work(cloud)
        except (OSError, BotoCoreError, ClientError):
            pass  # the server that it talks to is stopped

    threading.Thread(target=quietly, daemon=True).start()


def queues(cloud: Cloud) -> list[str]:
    return list(cloud.client("sqs").list_queues().get("QueueUrls", []))


def pid_of_worker(cloud: Cloud) -> int:
    file: Path = cloud.home / "pid"
    return int(eventually(lambda: file.exists() and file.read_text()))


def is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.mark.parametrize("work", [invoke, call_through_a_door, create_a_custom_resource, start_an_execution])
def test_ends_while_a_function_runs(private_cloud: Callable[..., Cloud], work: Callable[[Cloud], None]) -> None:
    cloud = private_cloud()
    cloud.function("sleeps", SLEEPS, Timeout=900)
    in_background(work, cloud)
    worker = pid_of_worker(cloud)
    cloud.client("sqs").create_queue(QueueName="made-meanwhile")

    cloud.stop()

    assert eventually(lambda: is_gone(worker))
    assert len(queues(cloud.start())) == 1


def test_saves_before_it_waits_for_anything(private_cloud: Callable[..., Cloud]) -> None:
    cloud = private_cloud()
    cloud.function("sleeps", SLEEPS, Timeout=900)
    in_background(invoke, cloud)
    worker = pid_of_worker(cloud)
    cloud.client("sqs").create_queue(QueueName="made-meanwhile")
    assert cloud.process is not None

    cloud.process.send_signal(signal.SIGTERM)
    eventually((cloud.home / "state/sqs.json").exists)
    assert not is_gone(worker)
    cloud.stop(signal.SIGKILL)

    assert len(queues(cloud.start())) == 1


def test_ends_while_a_client_has_sent_half_a_request(private_cloud: Callable[..., Cloud]) -> None:
    cloud = private_cloud()
    with socket.create_connection(("127.0.0.1", cloud.port)) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nhalf")
        cloud.get("/_shipline/health")

        cloud.stop()
