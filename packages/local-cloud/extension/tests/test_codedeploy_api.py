"""CodeDeploy's API: applications, groups, configurations, tags, lists, and what it refuses by which name."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from cloud import ACCOUNT, Cloud
from shifting import ALL_AT_ONCE, AUTO_ROLLBACK, CANARY, Shifting
from shipline_cloud.codedeploy.configurations import PREDEFINED, Step, steps_of

ROLE = f"arn:aws:iam::{ACCOUNT}:role/test"


@pytest.fixture
def api(cloud: Cloud) -> Any:
    return cloud.client("codedeploy")


def refused(error: str, call: Any, **request: Any) -> str:
    """The message of a refusal by that documented name."""
    with pytest.raises(ClientError) as refusal:
        call(**request)
    assert refusal.value.response["Error"]["Code"] == f"{error}Exception", refusal.value
    return str(refusal.value)


def application(api: Any, name: str) -> str:
    api.create_application(applicationName=name, computePlatform="Lambda")
    return name


def group(api: Any, name: str, **settings: Any) -> Any:
    """A group of the application's name."""
    return api.create_deployment_group(
        **{"applicationName": name, "deploymentGroupName": name, "serviceRoleArn": ROLE, **settings})


def described(api: Any, name: str, group_name: str | None = None) -> Any:
    return api.get_deployment_group(
        applicationName=name, deploymentGroupName=group_name or name)["deploymentGroupInfo"]


def test_keeps_applications(api: Any, name: str) -> None:
    created = api.create_application(applicationName=name, computePlatform="Lambda")
    info = api.get_application(applicationName=name)["application"]
    assert (info["applicationId"], info["computePlatform"]) == (created["applicationId"], "Lambda")
    assert name in api.list_applications()["applications"]
    refused("ApplicationAlreadyExists", api.create_application, applicationName=name, computePlatform="Lambda")
    group(api, name)
    api.update_application(applicationName=name, newApplicationName=f"{name}-2")
    refused("ApplicationDoesNotExist", api.get_application, applicationName=name)
    assert described(api, f"{name}-2", name)["applicationName"] == f"{name}-2"
    (found,) = api.batch_get_applications(applicationNames=[f"{name}-2"])["applicationsInfo"]
    assert found["applicationId"] == created["applicationId"]
    api.delete_application(applicationName=f"{name}-2")
    api.delete_application(applicationName=f"{name}-2")
    assert f"{name}-2" not in api.list_applications()["applications"]


def test_has_only_lambda_applications(api: Any, name: str) -> None:
    refused("InvalidComputePlatform", api.create_application, applicationName=name)
    refused("InvalidComputePlatform", api.create_application, applicationName=name, computePlatform="ECS")
    refused("InvalidApplicationName", api.create_application, applicationName="no spaces", computePlatform="Lambda")


def test_keeps_groups_with_their_defaults(api: Any, name: str) -> None:
    application(api, name)
    group(api, name)
    info = described(api, name)
    assert (info["deploymentConfigName"], info["computePlatform"], info["serviceRoleArn"]) == (
        ALL_AT_ONCE, "Lambda", ROLE)
    assert info["deploymentStyle"] == {"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"}
    assert info["alarmConfiguration"] == {"enabled": False, "ignorePollAlarmFailure": False, "alarms": []}
    refused("DeploymentGroupAlreadyExists", group, api=api, name=name)
    answer = api.batch_get_deployment_groups(applicationName=name, deploymentGroupNames=[name, "nobody"])
    assert [g["deploymentGroupName"] for g in answer["deploymentGroupsInfo"]] == [name]
    assert "nobody" in answer["errorMessage"]


def test_changes_of_a_group_only_what_is_given(api: Any, name: str) -> None:
    application(api, name)
    group(api, name, deploymentConfigName=CANARY, autoRollbackConfiguration=AUTO_ROLLBACK)
    api.update_deployment_group(
        applicationName=name, currentDeploymentGroupName=name, newDeploymentGroupName=f"{name}-2",
        alarmConfiguration={"enabled": True, "alarms": [{"name": "red"}]})
    info = described(api, name, f"{name}-2")
    assert (info["deploymentConfigName"], info["autoRollbackConfiguration"]) == (CANARY, AUTO_ROLLBACK)
    assert info["alarmConfiguration"]["alarms"] == [{"name": "red"}]
    assert api.list_deployment_groups(applicationName=name)["deploymentGroups"] == [f"{name}-2"]
    api.delete_deployment_group(applicationName=name, deploymentGroupName=f"{name}-2")
    refused("DeploymentGroupDoesNotExist", described, api=api, name=name, group_name=f"{name}-2")


def alarms(*names: str, enabled: bool = True) -> dict[str, Any]:
    return {"alarmConfiguration": {"enabled": enabled, "alarms": [{"name": name} for name in names]}}


@pytest.mark.parametrize(("error", "settings"), [
    ("InvalidAlarmConfig", alarms()),
    ("InvalidAlarmConfig", alarms("a", "a")),
    ("InvalidAlarmConfig", alarms("x" * 256)),
    ("AlarmsLimitExceeded", alarms(*map(str, range(11)))),
    ("InvalidAutoRollbackConfig", {"autoRollbackConfiguration": {"enabled": True}}),
    ("InvalidAutoRollbackConfig", {"autoRollbackConfiguration": {"enabled": True, "events": ["SOMETIMES"]}}),
    ("InvalidDeploymentStyle", {"deploymentStyle": {
        "deploymentType": "IN_PLACE", "deploymentOption": "WITHOUT_TRAFFIC_CONTROL"}}),
    ("InvalidTriggerConfig", {"triggerConfigurations": [
        {"triggerName": "t", "triggerTargetArn": "arn:aws:sqs:us-east-1:1:q", "triggerEvents": ["DeploymentStop"]}]}),
    ("DeploymentConfigDoesNotExist", {"deploymentConfigName": "nowhere"}),
    ("InvalidRole", {"serviceRoleArn": "admin"}),
    ("InvalidInput", {"autoScalingGroups": ["servers"]}),
    ("ApplicationDoesNotExist", {"applicationName": "nobody"}),
    ("InvalidDeploymentGroupName", {"deploymentGroupName": "a/b"}),
])
def test_refuses_a_group_that_cannot_be(api: Any, name: str, error: str, settings: dict[str, Any]) -> None:
    application(api, name)
    refused(error, group, api=api, name=name, **settings)
    assert api.list_deployment_groups(applicationName=name)["deploymentGroups"] == []


def test_has_the_predefined_configurations_and_protects_them(api: Any) -> None:
    listed = api.list_deployment_configs()["deploymentConfigsList"]
    assert {n.removeprefix("CodeDeployDefault.Lambda") for n in listed if n.startswith("CodeDeployDefault.")} == {
        "AllAtOnce", *(f"Canary10Percent{m}Minutes" for m in (5, 10, 15, 30)),
        "Linear10PercentEvery1Minute", *(f"Linear10PercentEvery{m}Minutes" for m in (2, 3, 10))}
    refused("InvalidOperation", api.delete_deployment_config, deploymentConfigName=CANARY)
    refused("InvalidDeploymentConfigName", api.create_deployment_config,
            deploymentConfigName="CodeDeployDefault.Mine", computePlatform="Lambda")


@pytest.mark.parametrize(("configuration", "steps"), [
    ("AllAtOnce", [Step(100, 0)]),
    ("Canary10Percent5Minutes", [Step(10, 5), Step(100, 0)]),
    ("Linear10PercentEvery2Minutes", [*(Step(percent, 2) for percent in range(10, 100, 10)), Step(100, 0)]),
])
def test_knows_the_steps_of_a_configuration(configuration: str, steps: list[Step]) -> None:
    assert steps_of(PREDEFINED[f"CodeDeployDefault.Lambda{configuration}"]) == steps


def canary(percent: Any, minutes: Any) -> dict[str, Any]:
    return {"type": "TimeBasedCanary", "timeBasedCanary": {"canaryPercentage": percent, "canaryInterval": minutes}}


def test_keeps_custom_configurations_while_a_group_uses_them(api: Any, name: str) -> None:
    api.create_deployment_config(
        deploymentConfigName=name, computePlatform="Lambda", trafficRoutingConfig=canary(25, 7))
    info = api.get_deployment_config(deploymentConfigName=name)["deploymentConfigInfo"]
    assert (info["trafficRoutingConfig"], info["computePlatform"]) == (canary(25, 7), "Lambda")
    refused("DeploymentConfigAlreadyExists", api.create_deployment_config, deploymentConfigName=name)
    group(api, application(api, name), deploymentConfigName=name)
    refused("DeploymentConfigInUse", api.delete_deployment_config, deploymentConfigName=name)
    api.delete_deployment_group(applicationName=name, deploymentGroupName=name)
    api.delete_deployment_config(deploymentConfigName=name)
    refused("DeploymentConfigDoesNotExist", api.get_deployment_config, deploymentConfigName=name)


@pytest.mark.parametrize("routing", [canary(0, 5), canary(100, 5), canary(10, 0), canary(10, 2881), {"type": "AllAt"}])
def test_refuses_a_configuration_that_cannot_be(api: Any, name: str, routing: dict[str, Any]) -> None:
    refused("InvalidTrafficRoutingConfiguration", api.create_deployment_config,
            deploymentConfigName=name, computePlatform="Lambda", trafficRoutingConfig=routing)


def test_tags_applications_and_groups(api: Any, name: str) -> None:
    api.create_application(applicationName=name, computePlatform="Lambda", tags=[{"Key": "a", "Value": "1"}])
    arn = f"arn:aws:codedeploy:us-east-1:{ACCOUNT}:application:{name}"
    api.tag_resource(ResourceArn=arn, Tags=[{"Key": "b", "Value": "2"}])
    api.untag_resource(ResourceArn=arn, TagKeys=["a"])
    assert api.list_tags_for_resource(ResourceArn=arn)["Tags"] == [{"Key": "b", "Value": "2"}]
    refused("InvalidArn", api.list_tags_for_resource, ResourceArn="arn:aws:s3:::bucket")
    refused("ApplicationDoesNotExist", api.list_tags_for_resource, ResourceArn=f"{arn}-2")
    refused("ArnNotSupported", api.list_tags_for_resource, ResourceArn=arn.replace("application", "instance"))


def revision(content: Any, **more: str) -> dict[str, Any]:
    text = content if isinstance(content, str) else json.dumps(content)
    return {"revisionType": "AppSpecContent", "appSpecContent": {"content": text, **more}}


def spec(**changes: Any) -> dict[str, Any]:
    properties = {"Name": "f", "Alias": "live", "CurrentVersion": "1", "TargetVersion": "2"}
    resource = {"F": {"Type": "AWS::Lambda::Function", "Properties": properties}}
    return {"version": 0.0, "Resources": [resource], **changes}


@pytest.mark.parametrize("given", [
    revision("{"),
    revision(spec(version=1.0)),
    revision(spec(Resources=[])),
    revision(spec(Resources=[{"F": {"Type": "AWS::ECS::Service"}}])),
    revision(spec(Resources=[{"F": {"Type": "AWS::Lambda::Function", "Properties": {"Name": "f"}}}])),
    revision(spec(Hooks=[{"BeforeInstall": "CodeDeployHook_x"}])),
    revision(spec(), sha256="0" * 64),
    {"revisionType": "AppSpecContent"},
    {"revisionType": "S3", "s3Location": {"bucket": "b", "key": "appspec.yaml"}},
])
def test_refuses_a_revision_that_cannot_be_deployed(api: Any, name: str, given: dict[str, Any]) -> None:
    group(api, application(api, name))
    refused("InvalidRevision", api.create_deployment, applicationName=name, deploymentGroupName=name, revision=given)
    assert api.list_deployments(applicationName=name)["deployments"] == []


@pytest.mark.parametrize(("error", "options"), [
    ("RevisionRequired", {"revision": {}}),
    ("DeploymentGroupDoesNotExist", {"deploymentGroupName": "nobody"}),
    ("DeploymentConfigDoesNotExist", {"deploymentConfigName": "nowhere"}),
    ("DescriptionTooLong", {"description": "x" * 257}),
    ("InvalidIgnoreApplicationStopFailuresValue", {"ignoreApplicationStopFailures": True}),
    ("InvalidUpdateOutdatedInstancesOnlyValue", {"updateOutdatedInstancesOnly": True}),
    ("InvalidTargetInstances", {"targetInstances": {"autoScalingGroups": ["servers"]}}),
    ("AlarmsLimitExceeded", {"overrideAlarmConfiguration": alarms(*map(str, range(11)))["alarmConfiguration"]}),
])
def test_refuses_a_deployment_that_cannot_be(api: Any, name: str, error: str, options: dict[str, Any]) -> None:
    group(api, application(api, name))
    refused(error, api.create_deployment, **{
        "applicationName": name, "deploymentGroupName": name, "revision": revision(spec()), **options})


YAML = """
version: 0.0
Resources:
  - myFunction:
      Type: AWS::Lambda::Function
      Properties: { Name: NAME, Alias: live, CurrentVersion: 1, TargetVersion: 2 }
"""


@pytest.mark.parametrize(("kind", "member"), [("AppSpecContent", "appSpecContent"), ("String", "string")])
def test_deploys_a_revision_in_yaml(cloud: Cloud, name: str, kind: str, member: str) -> None:
    function = Shifting(cloud, name).set_up()
    deployment = function.api.create_deployment(
        applicationName=name, deploymentGroupName=name, description="by hand",
        revision={"revisionType": kind, member: {"content": YAML.replace("NAME", name)}})["deploymentId"]
    info = function.ended(deployment)
    assert (info["status"], info["description"]) == ("Succeeded", "by hand")
    assert info["revision"][member]["content"] == YAML.replace("NAME", name)


def test_lists_deployments_by_what_is_asked_for(cloud: Cloud, name: str) -> None:
    function = Shifting(cloud, name).set_up()
    good = function.deploy()
    created = function.ended(good)["createTime"]
    bad = function.deploy()
    function.ended(bad)

    def listed(**filters: Any) -> Any:
        return function.api.list_deployments(**{
            "applicationName": name, "deploymentGroupName": name, **filters})["deployments"]

    assert listed() == [bad, good]
    assert listed(includeOnlyStatuses=["Succeeded"]) == [good]
    assert listed(createTimeRange={"end": created}) == [good] and listed(createTimeRange={"start": created})[-1] == good
    found = function.api.batch_get_deployments(deploymentIds=[good, bad])["deploymentsInfo"]
    assert [info["status"] for info in found] == ["Succeeded", "Failed"]
    refused("InvalidDeploymentStatus", listed, includeOnlyStatuses=["Sleeping"])
    refused("ApplicationNameRequired", function.api.list_deployments, deploymentGroupName=name)


def test_has_one_target_per_deployment(cloud: Cloud, name: str) -> None:
    function = Shifting(cloud, name).set_up()
    deployment = function.deploy()
    function.ended(deployment)
    api = function.api
    by_id = api.get_deployment_target(deploymentId=deployment, targetId=f"{name}:live")["deploymentTarget"]
    by_function = api.get_deployment_target(deploymentId=deployment, targetId=name)["deploymentTarget"]
    assert by_id == by_function and by_id["deploymentTargetType"] == "LambdaTarget"
    failed = {"TargetStatus": ["Failed"]}
    assert api.list_deployment_targets(deploymentId=deployment, targetFilters=failed)["targetIds"] == []
    refused("DeploymentTargetDoesNotExist", api.get_deployment_target, deploymentId=deployment, targetId="other")
    refused("DeploymentTargetListSizeExceeded", api.batch_get_deployment_targets,
            deploymentId=deployment, targetIds=["a", "b"])


def test_refuses_what_lambda_deployments_cannot_do(cloud: Cloud, name: str) -> None:
    function = Shifting(cloud, name).set_up()
    deployment = function.deploy()
    refused("UnsupportedActionForDeploymentType", function.api.continue_deployment, deploymentId=deployment)
    refused("DeploymentDoesNotExist", function.api.get_deployment, deploymentId="d-NOWHERE00")
    refused("InvalidDeploymentId", function.api.get_deployment, deploymentId="7")
    refused("UnknownOperation", function.api.list_on_premises_instances)
    function.ended(deployment)


def test_refuses_requests_without_what_they_need(cloud: Cloud) -> None:
    def call(operation: str, body: Any) -> tuple[int, str]:
        answer = cloud.request("POST", "/", body=body, headers={
            "Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": f"CodeDeploy_20141006.{operation}",
            "Authorization": f"AWS4-HMAC-SHA256 Credential={ACCOUNT}/20260101/us-east-1/codedeploy/aws4_request"})
        return answer.status, answer.json()["__type"]

    assert call("CreateApplication", {}) == (400, "ApplicationNameRequiredException")
    assert call("GetDeployment", {}) == (400, "DeploymentIdRequiredException")
    assert call("CreateDeploymentGroup", b"{") == (400, "SerializationException")


def test_gives_long_lists_in_pages(cloud: Cloud) -> None:
    api = cloud.client("codedeploy", "100000000003")
    names = [f"app-{number:03}" for number in range(101)]
    for name in names:
        application(api, name)
    first = api.list_applications()
    assert first["applications"] == names[:100]
    assert api.list_applications(nextToken=first["nextToken"])["applications"] == names[100:]
    refused("InvalidNextToken", api.list_applications, nextToken="elsewhere")
