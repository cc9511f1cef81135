"""CloudFormation makes, changes and deletes archives of events."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from cloud import Cloud


def template(archive: str, bus: str, **properties: Any) -> str:
    return json.dumps({
        "Resources": {
            "Bus": {"Type": "AWS::Events::EventBus", "Properties": {"Name": bus}},
            "Archive": {"Type": "AWS::Events::Archive", "Properties": {
                "ArchiveName": archive, "SourceArn": {"Fn::GetAtt": ["Bus", "Arn"]}, **properties}}},
        "Outputs": {"Name": {"Value": {"Ref": "Archive"}}, "Arn": {"Value": {"Fn::GetAtt": ["Archive", "Arn"]}}}})


def test_makes_changes_and_deletes_an_archive(cloud: Cloud, name: str) -> None:
    formation, events = cloud.client("cloudformation"), cloud.client("events")
    archive = name[:48]
    pattern = {"source": ["shop"]}

    formation.create_stack(StackName=name, TemplateBody=template(archive, name, RetentionDays=7, EventPattern=pattern))
    stack = cloud.settled_stack(name)

    assert stack["StackStatus"] == "CREATE_COMPLETE"
    made = events.describe_archive(ArchiveName=archive)
    assert {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]} == {
        "Name": archive, "Arn": made["ArchiveArn"]}
    assert (made["RetentionDays"], json.loads(made["EventPattern"])) == (7, pattern)

    formation.update_stack(StackName=name, TemplateBody=template(archive, name, RetentionDays=30, Description="All"))

    assert cloud.settled_stack(name)["StackStatus"] == "UPDATE_COMPLETE"
    changed = events.describe_archive(ArchiveName=archive)
    assert (changed["RetentionDays"], changed["Description"], changed["EventPattern"]) == (30, "All", "")

    formation.delete_stack(StackName=name)
    formation.get_waiter("stack_delete_complete").wait(StackName=name, WaiterConfig={"Delay": 1})
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        events.describe_archive(ArchiveName=archive)


def test_says_why_an_archive_is_refused(cloud: Cloud, name: str) -> None:
    cloud.client("cloudformation").create_stack(
        StackName=name, TemplateBody=template(name[:48], name, EventPattern={"source": "no list"}))

    assert cloud.settled_stack(name)["StackStatus"] in ("ROLLBACK_COMPLETE", "ROLLBACK_FAILED")
