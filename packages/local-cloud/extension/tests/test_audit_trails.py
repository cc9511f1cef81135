"""Stacks make, change and delete trails."""

from __future__ import annotations

import json
from typing import Any

from cloud import Cloud, eventually


def template(name: str, **properties: Any) -> str:
    return json.dumps({
        "Resources": {"Trail": {"Type": "AWS::CloudTrail::Trail", "Properties": {"TrailName": name, **properties}}},
        "Outputs": {"Name": {"Value": {"Ref": "Trail"}}, "Arn": {"Value": {"Fn::GetAtt": ["Trail", "Arn"]}}}})


def test_makes_changes_and_deletes_a_trail(cloud: Cloud, name: str) -> None:
    formation, trails = cloud.client("cloudformation"), cloud.client("cloudtrail")

    formation.create_stack(StackName=name, TemplateBody=template(
        name, S3BucketName="files", IsLogging=True, EnableLogFileValidation=True, IsMultiRegionTrail=True))
    stack = cloud.settled_stack(name)

    assert stack["StackStatus"] == "CREATE_COMPLETE"
    outputs = {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}
    made = trails.get_trail(Name=name)["Trail"]
    assert outputs == {"Name": name, "Arn": made["TrailARN"]}
    assert (made["LogFileValidationEnabled"], made["IsMultiRegionTrail"]) == (True, True)
    assert trails.get_trail_status(Name=name)["IsLogging"] is True

    formation.update_stack(StackName=name, TemplateBody=template(
        name, S3BucketName="other-files", IsLogging=False, EnableLogFileValidation=True))

    assert cloud.settled_stack(name)["StackStatus"] == "UPDATE_COMPLETE"
    assert trails.get_trail(Name=name)["Trail"]["S3BucketName"] == "other-files"
    assert trails.get_trail_status(Name=name)["IsLogging"] is False

    formation.delete_stack(StackName=name)

    eventually(lambda: not [trail for trail in trails.describe_trails()["trailList"] if trail["Name"] == name])


def test_refuses_a_trail_without_a_bucket(cloud: Cloud, name: str) -> None:
    cloud.client("cloudformation").create_stack(StackName=name, TemplateBody=template(name, IsLogging=True))

    assert cloud.settled_stack(name)["StackStatus"] in ("ROLLBACK_COMPLETE", "ROLLBACK_FAILED")
