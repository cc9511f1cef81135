"""Versions and aliases of state machines: what an execution runs, and who is told."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from math import sqrt
from typing import Any

import pytest
from botocore.exceptions import ClientError

from cloud import ACCOUNT, Cloud, eventually
from shipline_cloud.state_machine_versions import drawn_version_arn
from test_alias_weights import STANDARD_ERRORS, summed

ROLE = f"arn:aws:iam::{ACCOUNT}:role/test"


def saying(word: str, **fields: Any) -> str:
    return json.dumps({"StartAt": "Say", "States": {"Say": {"Type": "Pass", "Result": word, "End": True}}, **fields})


def waiting(word: str, seconds: float = 60) -> str:
    return json.dumps({"StartAt": "Wait", "States": {
        "Wait": {"Type": "Wait", "Seconds": seconds, "Next": "Say"},
        "Say": {"Type": "Pass", "Result": word, "End": True}}})


def failing(word: str) -> str:
    return json.dumps({"StartAt": "Say", "States": {"Say": {"Type": "Fail", "Error": word}}})


class Machine:
    """A state machine whose versions 1 and 2 have these definitions, and its alias `live` of version 1."""

    def __init__(self, cloud: Cloud, name: str, first: str = saying("old"), second: str = saying("new"),
                 kind: str = "STANDARD") -> None:
        self.cloud, self.states = cloud, cloud.client("stepfunctions")
        self.arn = self.states.create_state_machine(
            name=name[:70], definition=first, roleArn=ROLE, type=kind)["stateMachineArn"]
        self.old = self.states.publish_state_machine_version(stateMachineArn=self.arn)["stateMachineVersionArn"]
        self.states.update_state_machine(stateMachineArn=self.arn, definition=second)
        self.new = self.states.publish_state_machine_version(stateMachineArn=self.arn)["stateMachineVersionArn"]
        self.live = self.states.create_state_machine_alias(
            name="live", routingConfiguration=self.routing(0))["stateMachineAliasArn"]

    def routing(self, weight: int) -> list[dict[str, Any]]:
        """The routing that gives the new version `weight` percent."""
        return [{"stateMachineVersionArn": arn, "weight": share}
                for arn, share in ((self.old, 100 - weight), (self.new, weight)) if share]

    def shift(self, weight: int) -> None:
        self.states.update_state_machine_alias(
            stateMachineAliasArn=self.live, routingConfiguration=self.routing(weight))

    def start(self, arn: str, **options: Any) -> str:
        return str(self.states.start_execution(stateMachineArn=arn, **options)["executionArn"])

    def ended(self, execution: str) -> Any:
        return eventually(
            lambda: (e := self.states.describe_execution(executionArn=execution))["status"] != "RUNNING" and e)

    def count(self, metric: str, **qualifier: str) -> int:
        return summed(self.cloud, metric, {"StateMachineArn": self.arn, **qualifier}, "AWS/States")


def test_runs_the_version_that_was_asked_for_and_tells_so(cloud: Cloud, name: str) -> None:
    machine = Machine(cloud, name)
    done = machine.ended(machine.start(machine.old))
    assert (json.loads(done["output"]), done["stateMachineVersionArn"]) == ("old", machine.old)
    assert "stateMachineAliasArn" not in done
    done = machine.ended(machine.start(machine.live))
    assert (json.loads(done["output"]), done["stateMachineVersionArn"]) == ("old", machine.old)
    assert (done["stateMachineAliasArn"], done["stateMachineArn"]) == (machine.live, machine.arn)
    done = machine.ended(machine.start(machine.arn))
    assert json.loads(done["output"]) == "new" and "stateMachineVersionArn" not in done


def test_keeps_versions_as_they_were_published(cloud: Cloud, name: str) -> None:
    machine = Machine(cloud, name)
    machine.states.update_state_machine(stateMachineArn=machine.arn, definition=saying("newest"))
    for version, word in ((machine.old, "old"), (machine.new, "new")):
        described = machine.states.describe_state_machine(stateMachineArn=version)
        assert (described["definition"], described["stateMachineArn"]) == (saying(word), version)
    listed = machine.states.list_state_machine_versions(stateMachineArn=machine.arn)["stateMachineVersions"]
    assert {entry["stateMachineVersionArn"] for entry in listed} == {machine.old, machine.new}


def test_splits_the_starts_of_an_alias_by_weight(cloud: Cloud, name: str) -> None:
    machine, count = Machine(cloud, name), 40
    machine.shift(50)
    for _ in range(count):
        machine.start(machine.live)
    eventually(lambda: machine.count("ExecutionsSucceeded", Alias="live") == count)
    per_version = {number: machine.count("ExecutionsStarted", Version=number) for number in ("1", "2")}
    assert sum(per_version.values()) == count
    assert abs(per_version["2"] / count - 0.5) < STANDARD_ERRORS * sqrt(0.25 / count)
    outputs = {(json.loads(machine.ended(e["executionArn"])["output"]), e["stateMachineVersionArn"])
               for e in machine.states.list_executions(stateMachineArn=machine.live)["executions"]}
    assert outputs == {("old", machine.old), ("new", machine.new)}


@pytest.mark.parametrize("weight", [0, 1, 10, 50, 100])
def test_draws_versions_by_their_percentage(weight: int) -> None:
    routing = [{"stateMachineVersionArn": "m:1", "weight": 100 - weight},
               {"stateMachineVersionArn": "m:2", "weight": weight}]
    draw = random.Random(20230622).random
    share = sum(drawn_version_arn(routing, draw) == "m:2" for _ in range(2000)) / 2000
    assert abs(share - weight / 100) <= 3 * sqrt(weight / 100 * (1 - weight / 100) / 2000)


def test_starts_an_execution_of_an_alias_only_once_whatever_version_is_drawn(cloud: Cloud, name: str) -> None:
    machine = Machine(cloud, name, waiting("old"), waiting("new"))
    machine.shift(50)
    started = {machine.start(machine.live, name="order-1", input='{"a":1}') for _ in range(30)}
    assert len(started) == 1
    assert len(machine.states.list_executions(stateMachineArn=machine.arn)["executions"]) == 1
    with pytest.raises(ClientError, match="ExecutionAlreadyExists"):
        machine.start(machine.live, name="order-1", input='{"a":2}')


def test_finishes_an_execution_with_the_definition_that_it_began_with(cloud: Cloud, name: str) -> None:
    machine = Machine(cloud, name, saying("old"), waiting("begun", 1))
    execution = machine.start(machine.arn)
    machine.states.update_state_machine(stateMachineArn=machine.arn, definition=saying("changed"))
    assert json.loads(machine.ended(execution)["output"]) == "begun"
    described = machine.states.describe_state_machine_for_execution(executionArn=execution)
    assert described["definition"] == waiting("begun", 1)


def test_times_out_by_the_definition_of_the_version(cloud: Cloud, name: str) -> None:
    limited = json.dumps({**json.loads(waiting("old")), "TimeoutSeconds": 1})
    machine = Machine(cloud, name, limited, saying("new"))
    assert machine.ended(machine.start(machine.live))["status"] == "TIMED_OUT"


def test_runs_an_express_workflow_by_alias(cloud: Cloud, name: str) -> None:
    machine = Machine(cloud, name, kind="EXPRESS")
    # Its host name begins with "sync-", which no resolver knows here.
    machine.states.meta.events.register("before-sign.stepfunctions.StartSyncExecution", to_gateway(cloud))
    answer = machine.states.start_sync_execution(stateMachineArn=machine.live)
    assert json.loads(answer["output"]) == "old"
    assert machine.count("ExecutionsStarted", Alias="live") == machine.count("ExecutionsSucceeded", Version="1") == 1


def to_gateway(cloud: Cloud) -> Callable[..., None]:
    def redirect(request: Any, **_: Any) -> None:
        request.url = request.url.replace("sync-127.0.0.1", "127.0.0.1")

    return redirect


def test_lists_executions_by_version_and_alias_page_by_page(cloud: Cloud, name: str) -> None:
    machine = Machine(cloud, name)
    by_alias = [machine.start(machine.live, name=f"alias-{number}") for number in range(3)]
    for execution in (*by_alias, machine.start(machine.new, name="version")):
        machine.ended(execution)  # The list's order changes as executions end.
    pages: list[list[str]] = []
    token: dict[str, str] = {}
    while not pages or token:
        page = machine.states.list_executions(stateMachineArn=machine.live, maxResults=2, **token)
        pages.append([entry["executionArn"] for entry in page["executions"]])
        token = {"nextToken": page["nextToken"]} if "nextToken" in page else {}
    assert [len(page) for page in pages] == [2, 1] and sorted(sum(pages, [])) == sorted(by_alias)
    (only,) = machine.states.list_executions(stateMachineArn=machine.new)["executions"]
    assert (only["name"], only["stateMachineVersionArn"]) == ("version", machine.new)


def test_names_version_and_alias_in_events_and_history(cloud: Cloud, name: str) -> None:
    machine = Machine(cloud, name)
    url = cloud.client("sqs").create_queue(QueueName=name)["QueueUrl"]
    arn = f"arn:aws:sqs:us-east-1:{ACCOUNT}:{name}"
    cloud.client("events").put_rule(Name=name, EventPattern=json.dumps(
        {"source": ["aws.states"], "detail": {"stateMachineArn": [machine.arn], "status": ["SUCCEEDED"]}}))
    cloud.client("events").put_targets(Rule=name, Targets=[{"Id": "queue", "Arn": arn}])
    execution = machine.start(machine.live)
    (message,) = eventually(lambda: cloud.client("sqs").receive_message(QueueUrl=url).get("Messages"))
    detail = json.loads(message["Body"])["detail"]
    assert (detail["stateMachineVersionArn"], detail["stateMachineAliasArn"]) == (machine.old, machine.live)
    first = machine.states.get_execution_history(executionArn=execution)["events"][0]
    assert first["executionStartedEventDetails"]["stateMachineAliasArn"] == machine.live


def test_counts_executions_by_machine_version_and_alias(cloud: Cloud, name: str) -> None:
    machine = Machine(cloud, name, saying("old"), failing("Refused"))
    machine.shift(100)
    for arn in (machine.live, machine.live, machine.old):
        machine.ended(machine.start(arn))
    eventually(lambda: machine.count("ExecutionsFailed") == 2)
    assert machine.count("ExecutionsStarted") == 3
    assert machine.count("ExecutionsFailed", Version="2") == machine.count("ExecutionsFailed", Alias="live") == 2
    assert machine.count("ExecutionsSucceeded", Version="1") == 1
    assert machine.count("ExecutionsSucceeded", Alias="live") == 0
    assert machine.count("ExecutionTime") > 0


def test_counts_aborted_and_timed_out_executions(cloud: Cloud, name: str) -> None:
    machine = Machine(cloud, name, waiting("x"), json.dumps({**json.loads(waiting("x")), "TimeoutSeconds": 1}))
    machine.states.stop_execution(executionArn=machine.start(machine.old))
    machine.ended(machine.start(machine.new))
    eventually(lambda: machine.count("ExecutionsTimedOut", Version="2") == 1)
    assert machine.count("ExecutionsAborted", Version="1") == 1


def test_publishes_a_revision_once_and_refuses_a_stale_one(cloud: Cloud, name: str) -> None:
    machine = Machine(cloud, name)
    again = machine.states.publish_state_machine_version(stateMachineArn=machine.arn, description="again")
    assert again["stateMachineVersionArn"] == machine.new
    with pytest.raises(ClientError, match="ConflictException"):
        machine.states.publish_state_machine_version(stateMachineArn=machine.arn, revisionId="stale")


def test_creates_an_alias_once_and_changes_it_whole_or_not_at_all(cloud: Cloud, name: str) -> None:
    machine = Machine(cloud, name)
    again = machine.states.create_state_machine_alias(name="live", routingConfiguration=machine.routing(0))
    assert again["stateMachineAliasArn"] == machine.live
    with pytest.raises(ClientError, match="ConflictException"):
        machine.states.create_state_machine_alias(name="live", routingConfiguration=machine.routing(5))
    with pytest.raises(ClientError, match="ValidationException"):
        machine.states.update_state_machine_alias(
            stateMachineAliasArn=machine.live, description="never", routingConfiguration=[
                {"stateMachineVersionArn": machine.new, "weight": 50}])
    described = machine.states.describe_state_machine_alias(stateMachineAliasArn=machine.live)
    assert (described.get("description", ""), described["routingConfiguration"]) == ("", machine.routing(0))


def test_keeps_a_version_that_an_alias_leads_to_and_deletes_all_with_the_machine(cloud: Cloud, name: str) -> None:
    machine = Machine(cloud, name)
    aliases_of = machine.states.list_state_machine_aliases
    assert [a["stateMachineAliasArn"] for a in aliases_of(stateMachineArn=machine.old)["stateMachineAliases"]] == [
        machine.live]
    assert aliases_of(stateMachineArn=machine.new)["stateMachineAliases"] == []
    with pytest.raises(ClientError, match="ConflictException"):
        machine.states.delete_state_machine_version(stateMachineVersionArn=machine.old)
    machine.states.delete_state_machine(stateMachineArn=machine.arn)
    for gone in (machine.live, machine.old):
        with pytest.raises(ClientError, match="StateMachineDoesNotExist"):
            machine.start(gone)


def test_draws_and_remembers_after_a_restart(private_cloud: Callable[..., Cloud], name: str) -> None:
    cloud = private_cloud()
    machine = Machine(cloud, name)
    machine.shift(100)
    execution = machine.start(machine.live)
    machine.ended(execution)
    cloud.stop()
    cloud.start()
    described = machine.states.describe_execution(executionArn=execution)
    assert (described["stateMachineVersionArn"], described["stateMachineAliasArn"]) == (machine.new, machine.live)
    assert json.loads(machine.ended(machine.start(machine.live))["output"]) == "new"
