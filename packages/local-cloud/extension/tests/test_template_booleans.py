"""Parameters of a template may be defined by booleans."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError
from cloud import Cloud

TEMPLATE = """
Parameters:
  Wanted: { Type: String, Default: false, AllowedValues: [true, false] }
Conditions:
  IsWanted: !Equals [!Ref Wanted, "true"]
Resources:
  Wanted: { Type: AWS::SQS::Queue, Condition: IsWanted }
  Always: { Type: AWS::SQS::Queue }
Outputs:
  Wanted: { Value: !Ref Wanted }
"""


def told(cloud: Cloud, name: str) -> tuple[str, set[str]]:
    stack = cloud.settled_stack(name)
    assert stack["StackStatus"] == "CREATE_COMPLETE", stack
    resources = cloud.client("cloudformation").describe_stack_resources(StackName=name)["StackResources"]
    return stack["Parameters"][0]["ParameterValue"], {resource["LogicalResourceId"] for resource in resources}


def test_takes_a_default_as_it_is_written(cloud: Cloud, name: str) -> None:
    cloud.client("cloudformation").create_stack(StackName=name, TemplateBody=TEMPLATE)

    assert told(cloud, name) == ("false", {"Always"})


def test_takes_a_value_that_is_allowed(cloud: Cloud, name: str) -> None:
    formation = cloud.client("cloudformation")
    parameters = [{"ParameterKey": "Wanted", "ParameterValue": "true"}]
    change_set = formation.create_change_set(
        StackName=name, ChangeSetName="first", ChangeSetType="CREATE", TemplateBody=TEMPLATE, Parameters=parameters)
    formation.get_waiter("change_set_create_complete").wait(
        ChangeSetName=change_set["Id"], WaiterConfig={"Delay": 1})
    formation.execute_change_set(ChangeSetName=change_set["Id"])

    assert told(cloud, name) == ("true", {"Always", "Wanted"})


def test_refuses_a_value_that_is_not_allowed(cloud: Cloud, name: str) -> None:
    with pytest.raises(ClientError, match="AllowedValues"):
        cloud.client("cloudformation").create_stack(
            StackName=name, TemplateBody=TEMPLATE,
            Parameters=[{"ParameterKey": "Wanted", "ParameterValue": "True"}])
