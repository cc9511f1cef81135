"""What a stack's policy denies, no update does."""

from __future__ import annotations

import json
from itertools import count
from typing import Any

import pytest

from cloud import Cloud
from shipline_cloud.stack_policies import refusal

_numbers = count(1)
KEEP = [
    {"Effect": "Allow", "Action": "Update:*", "Principal": "*", "Resource": "*"},
    {"Effect": "Deny", "Action": ["Update:Replace", "Update:Delete"], "Principal": "*", "Resource": "*",
     "Condition": {"StringEquals": {"ResourceType": ["AWS::DynamoDB::Table"]}}},
]


def template(table: str | None, value: str = "one") -> str:
    """A note whose value says which update it was, and a table of this name."""
    resources: dict[str, Any] = {"Note": {"Type": "AWS::SSM::Parameter", "Properties": {
        "Type": "String", "Value": value}}}
    if table:
        resources["Table"] = {"Type": "AWS::DynamoDB::Table", "Properties": {
            "TableName": table, "BillingMode": "PAY_PER_REQUEST",
            "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
            "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}]}}
    return json.dumps({"Resources": resources})


@pytest.fixture
def kept(cloud: Cloud, name: str) -> str:
    """A stack with a table of its name, which its policy keeps."""
    formation = cloud.client("cloudformation")
    formation.create_stack(StackName=name, TemplateBody=template(name))
    cloud.settled_stack(name)
    formation.set_stack_policy(StackName=name, StackPolicyBody=json.dumps({"Statement": KEEP}))
    return name


def update(cloud: Cloud, name: str, body: str) -> str:
    """Update by a change set, as SAM does; returns the status in which the stack rests."""
    formation = cloud.client("cloudformation")
    made = formation.create_change_set(StackName=name, ChangeSetName=f"c{next(_numbers)}", TemplateBody=body)["Id"]
    formation.get_waiter("change_set_create_complete").wait(ChangeSetName=made, WaiterConfig={"Delay": 0})
    formation.execute_change_set(ChangeSetName=made)
    return str(cloud.settled_stack(name)["StackStatus"])


def reasons(cloud: Cloud, name: str) -> str:
    events = cloud.client("cloudformation").describe_stack_events(StackName=name)["StackEvents"]
    return " ".join(event.get("ResourceStatusReason", "") for event in events)


def test_refuses_to_replace_what_the_policy_keeps(cloud: Cloud, kept: str) -> None:
    assert update(cloud, kept, template(f"{kept}-2", "two")) == "UPDATE_ROLLBACK_COMPLETE"
    assert ("Action denied by stack policy: Statement [#2] does not allow [Update:Replace] for resource "
            "[LogicalResourceId/Table]") in reasons(cloud, kept)
    tables = cloud.client("dynamodb").list_tables()["TableNames"]
    assert kept in tables and f"{kept}-2" not in tables


def test_refuses_to_delete_what_the_policy_keeps(cloud: Cloud, kept: str) -> None:
    assert update(cloud, kept, template(None, "two")) == "UPDATE_ROLLBACK_COMPLETE"
    assert "does not allow [Update:Delete] for resource [LogicalResourceId/Table]" in reasons(cloud, kept)
    assert kept in cloud.client("dynamodb").list_tables()["TableNames"]
    # The stack is what it was, and takes the next update.
    assert update(cloud, kept, template(kept, "three")) == "UPDATE_COMPLETE"


def test_lets_everything_else_change(cloud: Cloud, kept: str) -> None:
    assert update(cloud, kept, template(kept, "two")) == "UPDATE_COMPLETE"
    (note,) = [resource["PhysicalResourceId"] for resource in cloud.client("cloudformation").list_stack_resources(
        StackName=kept)["StackResourceSummaries"] if resource["LogicalResourceId"] == "Note"]
    assert cloud.client("ssm").get_parameter(Name=note)["Parameter"]["Value"] == "two"


def test_lets_a_stack_without_a_policy_replace_and_delete(cloud: Cloud, name: str) -> None:
    cloud.client("cloudformation").create_stack(StackName=name, TemplateBody=template(name))
    cloud.settled_stack(name)
    assert update(cloud, name, template(f"{name}-2")) == "UPDATE_COMPLETE"
    assert update(cloud, name, template(None)) == "UPDATE_COMPLETE"


@pytest.mark.parametrize(("statement", "refused"), [
    ({"Action": "Update:*", "Resource": "*"}, False),
    ({"Action": "Update:Modify", "Resource": "*"}, True),
    ({"Action": ["Update:Modify", "Update:Replace"], "Resource": "LogicalResourceId/Tab*"}, False),
    ({"Action": "Update:*", "Resource": "LogicalResourceId/Other"}, True),
    ({"NotAction": "Update:Delete", "Resource": "*"}, False),
    ({"NotAction": "Update:Replace", "Resource": "*"}, True),
    ({"Action": "Update:*", "NotResource": "LogicalResourceId/Table"}, True),
    ({"Action": "Update:*", "Resource": "*", "Condition": {"StringLike": {"ResourceType": ["AWS::DynamoDB::*"]}}},
     False),
    ({"Action": "Update:*", "Resource": "*", "Condition": {"StringEquals": {"ResourceType": ["AWS::S3::Bucket"]}}},
     True),
])
def test_allows_only_what_a_statement_allows(statement: dict[str, Any], refused: bool) -> None:
    found = refusal([{"Effect": "Allow", **statement}], "Update:Replace", "Table", "AWS::DynamoDB::Table")
    assert (found is not None) is refused
