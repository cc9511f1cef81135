"""CloudFormation: the CodeDeploy types, and aliases that change their version by a deployment."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pytest
from botocore.exceptions import ClientError

from cloud import Cloud, eventually, zipped
from shifting import (
    ALL_AT_ONCE, AUTO_ROLLBACK, CANARY, MANAGED_ROLE, Shifting, create_alarm, create_role, set_alarm, set_pace,
)

TRUST = {"Version": "2012-10-17", "Statement": [{
    "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "codedeploy.amazonaws.com"}}]}


@pytest.fixture(autouse=True)
def pace(cloud: Cloud) -> Iterator[None]:
    """Minutes that do not pass unless a test wants them to."""
    set_pace(cloud, 3600)
    yield
    set_pace(cloud, 60)


def resource(kind: str, properties: dict[str, Any], **attributes: Any) -> dict[str, Any]:
    return {"Type": f"AWS::{kind}", "Properties": properties, **attributes}


@dataclass
class Canaries:
    """A stack with functions `<name>-a`, `<name>-b`, … behind aliases that shift."""

    cloud: Cloud
    name: str
    functions: tuple[str, ...] = ("a",)
    hooks: dict[str, str] = field(default_factory=dict)
    group: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def formation(self) -> Any:
        return self.cloud.client("cloudformation")

    @cached_property
    def api(self) -> Any:
        return self.cloud.client("codedeploy")

    def shifting(self, function: str = "a") -> Shifting:
        return Shifting(self.cloud, f"{self.name}-{function}")

    def template(self, code: str, **changes: Any) -> dict[str, Any]:
        resources = {
            "Role": resource("IAM::Role", {
                "AssumeRolePolicyDocument": TRUST, "ManagedPolicyArns": [MANAGED_ROLE]}),
            "App": resource("CodeDeploy::Application", {"ComputePlatform": "Lambda"}),
        }
        for function in self.functions:
            resources |= self._function(function, code, changes.get("description", ""))
        return {"Resources": {**resources, **self.extra}, "Outputs": {
            "App": {"Value": {"Ref": "App"}}, "Group": {"Value": {"Ref": f"Group{self.functions[0]}"}}}}

    def _function(self, function: str, code: str, description: str) -> dict[str, Any]:
        policy = {"ApplicationName": {"Ref": "App"}, "DeploymentGroupName": {"Ref": f"Group{function}"}, **self.hooks}
        return {
            f"Function{function}": resource("Lambda::Function", {
                "FunctionName": f"{self.name}-{function}", "Runtime": "nodejs24.x", "Handler": "index.handler",
                "Role": {"Fn::GetAtt": ["Role", "Arn"]},
                "Code": {"ZipFile": f"exports.handler = async () => '{code}';"}}),
            f"Version{function}{code}": resource("Lambda::Version", {"FunctionName": {"Ref": f"Function{function}"}}),
            f"Alias{function}": resource("Lambda::Alias", {
                "FunctionName": {"Ref": f"Function{function}"}, "Name": "live", "Description": description,
                "FunctionVersion": {"Fn::GetAtt": [f"Version{function}{code}", "Version"]},
            }, UpdatePolicy={"CodeDeployLambdaAliasUpdate": policy}),
            f"Group{function}": resource("CodeDeploy::DeploymentGroup", {
                "ApplicationName": {"Ref": "App"}, "ServiceRoleArn": {"Fn::GetAtt": ["Role", "Arn"]},
                "DeploymentConfigName": CANARY,
                "DeploymentStyle": {"DeploymentType": "BLUE_GREEN", "DeploymentOption": "WITH_TRAFFIC_CONTROL"},
                "AutoRollbackConfiguration": {"Enabled": True, "Events": AUTO_ROLLBACK["events"]}, **self.group}),
        }

    def create(self) -> Canaries:
        self.formation.create_stack(
            StackName=self.name, TemplateBody=json.dumps(self.template("one")), Capabilities=["CAPABILITY_IAM"])
        assert self.settled() == "CREATE_COMPLETE", self.reasons()
        return self

    def update(self, code: str = "two", **changes: Any) -> None:
        self.formation.update_stack(
            StackName=self.name, TemplateBody=json.dumps(self.template(code, **changes)),
            Capabilities=["CAPABILITY_IAM"])

    def status(self) -> str:
        (stack,) = self.formation.describe_stacks(StackName=self.name)["Stacks"]
        return str(stack["StackStatus"])

    def settled(self) -> str:
        return eventually(lambda: not (s := self.status()).endswith("IN_PROGRESS") and s)

    def output(self, key: str) -> str:
        (stack,) = self.formation.describe_stacks(StackName=self.name)["Stacks"]
        return next(str(o["OutputValue"]) for o in stack["Outputs"] if o["OutputKey"] == key)

    def reasons(self) -> list[tuple[str, str, str]]:
        events = self.formation.describe_stack_events(StackName=self.name)["StackEvents"]
        return [(e["LogicalResourceId"], e["ResourceStatus"], e.get("ResourceStatusReason", "")) for e in events]

    def give_all_at_once(self, function: str) -> None:
        """Let one function's group shift in one step."""
        resources = self.formation.describe_stack_resources(StackName=self.name)["StackResources"]
        group = next(r["PhysicalResourceId"] for r in resources if r["LogicalResourceId"] == f"Group{function}")
        self.api.update_deployment_group(
            applicationName=self.output("App"), currentDeploymentGroupName=group, deploymentConfigName=ALL_AT_ONCE)

    def deployments(self) -> list[Any]:
        """The youngest first."""
        ids = self.api.list_deployments(applicationName=self.output("App"))["deployments"]
        return [self.api.get_deployment(deploymentId=i)["deploymentInfo"] for i in ids]


def test_creates_the_alias_without_a_deployment_and_names_what_it_makes(cloud: Cloud, name: str) -> None:
    stack = Canaries(cloud, name).create()
    assert stack.shifting().traffic() == ("1", {}) and stack.deployments() == []
    assert stack.output("App").startswith(f"{name}-App-")
    group = stack.api.get_deployment_group(
        applicationName=stack.output("App"), deploymentGroupName=stack.output("Group"))["deploymentGroupInfo"]
    assert (group["deploymentConfigName"], group["autoRollbackConfiguration"]["events"]) == (
        CANARY, AUTO_ROLLBACK["events"])


def test_shifts_the_traffic_of_a_new_version_while_the_update_waits(cloud: Cloud, name: str) -> None:
    stack = Canaries(cloud, name).create()
    stack.update()
    stack.shifting().traffic_becomes("1", {"2": 0.1})
    assert stack.status() == "UPDATE_IN_PROGRESS"
    set_pace(cloud, 0.01)
    assert stack.settled() == "UPDATE_COMPLETE", stack.reasons()
    assert stack.shifting().traffic() == ("2", {})
    (deployment,) = stack.deployments()
    assert (deployment["status"], deployment["creator"]) == ("Succeeded", "CloudFormation")
    assert any(deployment["deploymentId"] in reason for _, _, reason in stack.reasons())


def test_shifts_the_traffic_of_a_change_set_as_well(cloud: Cloud, name: str) -> None:
    stack = Canaries(cloud, name).create()
    stack.formation.create_change_set(
        StackName=name, ChangeSetName="two", TemplateBody=json.dumps(stack.template("two")),
        Capabilities=["CAPABILITY_IAM"])
    change_set = {"StackName": name, "ChangeSetName": "two"}
    eventually(lambda: stack.formation.describe_change_set(**change_set)["Status"] == "CREATE_COMPLETE")
    stack.formation.execute_change_set(**change_set)
    stack.shifting().traffic_becomes("1", {"2": 0.1})
    (deployment,) = stack.deployments()
    stack.api.stop_deployment(deploymentId=deployment["deploymentId"], autoRollbackEnabled=True)
    assert stack.settled() == "UPDATE_ROLLBACK_COMPLETE"
    assert stack.shifting().traffic() == ("1", {})


def test_does_not_deploy_when_only_something_else_changes(cloud: Cloud, name: str) -> None:
    stack = Canaries(cloud, name).create()
    stack.update("one", description="told anew")
    assert stack.settled() == "UPDATE_COMPLETE" and stack.deployments() == []
    assert cloud.client("lambda").get_alias(FunctionName=f"{name}-a", Name="live")["Description"] == "told anew"


def test_rolls_the_stack_back_when_the_deployment_fails(cloud: Cloud, name: str) -> None:
    create_alarm(cloud, name)
    stack = Canaries(cloud, name, group={"AlarmConfiguration": {"Enabled": True, "Alarms": [{"Name": name}]}}).create()
    stack.update()
    stack.shifting().traffic_becomes("1", {"2": 0.1})
    set_alarm(cloud, name, "ALARM")
    assert stack.settled() == "UPDATE_ROLLBACK_COMPLETE"
    assert stack.shifting().traffic() == ("1", {})
    rollback, failed = stack.deployments()
    assert (failed["status"], rollback["creator"]) == ("Stopped", "codeDeployRollback"), "and no canary of the rollback"
    assert any(who == "Aliasa" and status == "UPDATE_FAILED" and "ALARM_ACTIVE" in reason
               for who, status, reason in stack.reasons())
    assert any("[Aliasa]" in reason for _, _, reason in stack.reasons())


def test_puts_the_alias_back_also_when_the_group_does_not_roll_back(cloud: Cloud, name: str) -> None:
    stack = Canaries(cloud, name, group={"AutoRollbackConfiguration": {"Enabled": False}}).create()
    stack.update()
    stack.shifting().traffic_becomes("1", {"2": 0.1})
    (deployment,) = stack.deployments()
    stack.api.stop_deployment(deploymentId=deployment["deploymentId"])
    assert stack.settled() == "UPDATE_ROLLBACK_COMPLETE"
    assert stack.shifting().traffic() == ("1", {}) and len(stack.deployments()) == 1


def test_resolves_the_hooks_of_the_policy_and_fails_by_them(cloud: Cloud, name: str) -> None:
    hook = f"CodeDeployHook_{name[:40]}"
    source = "exports.handler = async (event) => console.log('hook', JSON.stringify(event));"
    stack = Canaries(
        cloud, name,
        hooks={"BeforeAllowTrafficHook": {"Ref": "Hook"}, "AfterAllowTrafficHook": {"Ref": "AWS::NoValue"}},
        extra={"Hook": resource("Lambda::Function", {
            "FunctionName": hook, "Runtime": "nodejs24.x", "Handler": "index.handler",
            "Role": {"Fn::GetAtt": ["Role", "Arn"]}, "Code": {"ZipFile": source}})}).create()
    stack.update()
    stack.shifting().report(stack.shifting().hook_call(hook), "Failed")
    assert stack.settled() == "UPDATE_ROLLBACK_COMPLETE"
    assert any("HOOK_EXECUTION_FAILURE" in reason for _, _, reason in stack.reasons())
    stack.update("three")
    (deployment, *_) = stack.deployments()
    call = eventually(lambda: (c := stack.shifting().hook_call(hook))["DeploymentId"] != stack.deployments()[-1][
        "deploymentId"] and c)
    stack.shifting().report(call, "Succeeded")
    set_pace(cloud, 0.01)
    assert stack.settled() == "UPDATE_COMPLETE", (deployment, stack.reasons())


def test_shifts_all_functions_of_a_stack_at_the_same_time(cloud: Cloud, name: str) -> None:
    stack = Canaries(cloud, name, functions=("a", "b", "c")).create()
    stack.update()
    for function in stack.functions:
        stack.shifting(function).traffic_becomes("1", {"2": 0.1})
    assert stack.status() == "UPDATE_IN_PROGRESS"
    set_pace(cloud, 0.01)
    assert stack.settled() == "UPDATE_COMPLETE"
    assert {stack.shifting(function).traffic()[0] for function in stack.functions} == {"2"}


def test_ends_every_shift_of_the_stack_when_one_fails(cloud: Cloud, name: str) -> None:
    stack = Canaries(cloud, name, functions=("a", "b", "c")).create()
    stack.update()
    for function in stack.functions:
        stack.shifting(function).traffic_becomes("1", {"2": 0.1})
    second = next(d for d in stack.deployments() if f"{name}-b" in d["revision"]["appSpecContent"]["content"])
    stack.api.stop_deployment(deploymentId=second["deploymentId"])
    assert stack.settled() == "UPDATE_ROLLBACK_COMPLETE"
    assert {stack.shifting(function).traffic() == ("1", {}) for function in stack.functions} == {True}
    failures = {who: reason for who, status, reason in stack.reasons() if status == "UPDATE_FAILED"}
    assert second["deploymentId"] in failures.pop("Aliasb")
    assert failures == {"Aliasa": "Resource update cancelled", "Aliasc": "Resource update cancelled"}
    assert any("[Aliasa, Aliasb, Aliasc]" in reason for _, _, reason in stack.reasons())


def test_puts_back_a_finished_shift_when_another_one_fails_later(cloud: Cloud, name: str) -> None:
    stack = Canaries(cloud, name, functions=("a", "b")).create()
    stack.give_all_at_once("a")
    stack.update()
    stack.shifting("a").traffic_becomes("2", {})
    stack.shifting("b").traffic_becomes("1", {"2": 0.1})
    stack.api.stop_deployment(deploymentId=next(
        d["deploymentId"] for d in stack.deployments() if d["status"] == "InProgress"))
    assert stack.settled() == "UPDATE_ROLLBACK_COMPLETE"
    assert (stack.shifting("a").traffic(), stack.shifting("b").traffic()) == (("1", {}), ("1", {}))


def test_stops_the_deployments_of_an_update_that_is_cancelled(cloud: Cloud, name: str) -> None:
    stack = Canaries(cloud, name, functions=("a", "b")).create()
    stack.update()
    for function in stack.functions:
        stack.shifting(function).traffic_becomes("1", {"2": 0.1})
    stack.formation.cancel_update_stack(StackName=name)
    assert stack.settled() == "UPDATE_ROLLBACK_COMPLETE"
    assert {d["errorInformation"]["code"] for d in stack.deployments() if "errorInformation" in d} == {"MANUAL_STOP"}
    assert {stack.shifting(function).traffic() == ("1", {}) for function in stack.functions} == {True}
    assert (name, "UPDATE_ROLLBACK_IN_PROGRESS", "User Initiated") in stack.reasons()


def test_fails_the_update_when_another_deployment_of_the_group_runs(cloud: Cloud, name: str) -> None:
    stack = Canaries(cloud, name).create()
    function = f"{name}-a"
    stack.shifting().lambdas.update_function_code(FunctionName=function, ZipFile=zipped("// by hand"))
    stack.shifting().lambdas.publish_version(FunctionName=function)
    stack.api.create_deployment(
        applicationName=stack.output("App"), deploymentGroupName=stack.output("Group"), revision={
            "revisionType": "AppSpecContent", "appSpecContent": {"content": json.dumps(stack.shifting().spec())}})
    stack.shifting().traffic_becomes("1", {"2": 0.1})
    stack.update()
    assert stack.settled() == "UPDATE_ROLLBACK_COMPLETE"
    assert any("already has an active Deployment" in reason for _, _, reason in stack.reasons())


def test_waits_for_the_shift_before_what_depends_on_the_alias(cloud: Cloud, name: str) -> None:
    def parameter(value: str) -> dict[str, Any]:
        return {"Says": resource("SSM::Parameter", {
            "Name": f"/{name}/says", "Type": "String", "Value": {"Fn::Sub": f"${{Aliasa}} {value}"}})}

    stack = Canaries(cloud, name, extra=parameter("one")).create()
    stack.extra = parameter("two")
    stack.update()
    stack.shifting().traffic_becomes("1", {"2": 0.1})
    assert cloud.client("ssm").get_parameter(Name=f"/{name}/says")["Parameter"]["Value"].endswith("one")
    set_pace(cloud, 0.01)
    assert stack.settled() == "UPDATE_COMPLETE"
    assert cloud.client("ssm").get_parameter(Name=f"/{name}/says")["Parameter"]["Value"].endswith("two")


def test_cannot_be_deleted_while_its_traffic_shifts(cloud: Cloud, name: str) -> None:
    stack = Canaries(cloud, name).create()
    stack.update()
    stack.shifting().traffic_becomes("1", {"2": 0.1})
    with pytest.raises(ClientError, match="cannot be deleted while in status UPDATE_IN_PROGRESS"):
        stack.formation.delete_stack(StackName=name)
    set_pace(cloud, 0.01)
    assert stack.settled() == "UPDATE_COMPLETE"


def test_can_be_updated_again_after_a_stop_in_the_middle(private_cloud: Callable[..., Cloud], name: str) -> None:
    cloud = private_cloud(SHIPLINE_MINUTE_SECONDS="3600")
    stack = Canaries(
        cloud, name, functions=("a", "b"), group={"AutoRollbackConfiguration": {"Enabled": False}}).create()
    stack.give_all_at_once("b")
    stack.update()
    stack.shifting("a").traffic_becomes("1", {"2": 0.1})
    stack.shifting("b").traffic_becomes("2", {})
    cloud.stop()
    cloud.start()
    assert stack.settled() == "UPDATE_ROLLBACK_COMPLETE"
    assert [stack.shifting(function).traffic() for function in stack.functions] == [("1", {}), ("1", {})]
    set_pace(cloud, 0.01)
    stack.update()
    assert eventually(lambda: (s := stack.settled()) != "UPDATE_ROLLBACK_COMPLETE" and s) == "UPDATE_COMPLETE"
    assert {stack.shifting(function).traffic()[0] for function in stack.functions} == {"3"}


def test_shifts_the_traffic_of_a_nested_stack(cloud: Cloud, name: str) -> None:
    inner = Canaries(cloud, name)
    s3 = cloud.client("s3")
    s3.create_bucket(Bucket=name)
    # MiniStack forgets the attributes of what does not change in a nested stack, so this one has no role of its own.
    role = json.dumps(create_role(cloud, name))

    def outer(code: str) -> str:
        body = json.dumps(inner.template(code)).replace('{"Fn::GetAtt": ["Role", "Arn"]}', role)
        s3.put_object(Bucket=name, Key=code, Body=body.encode())
        url = f"http://127.0.0.1:{cloud.port}/{name}/{code}"
        return json.dumps({
            "Resources": {"Inner": resource("CloudFormation::Stack", {"TemplateURL": url})},
            "Outputs": {"App": {"Value": {"Fn::GetAtt": ["Inner", "Outputs.App"]}}}})

    inner.formation.create_stack(StackName=name, TemplateBody=outer("one"), Capabilities=["CAPABILITY_IAM"])
    assert inner.settled() == "CREATE_COMPLETE", inner.reasons()
    inner.formation.update_stack(StackName=name, TemplateBody=outer("two"), Capabilities=["CAPABILITY_IAM"])
    inner.shifting().traffic_becomes("1", {"2": 0.1})
    set_pace(cloud, 0.01)
    assert inner.settled() == "UPDATE_COMPLETE"
    assert inner.shifting().traffic() == ("2", {})
    assert [deployment["status"] for deployment in inner.deployments()] == ["Succeeded"]


def test_updates_replaces_and_deletes_the_resources_of_codedeploy(cloud: Cloud, name: str) -> None:
    def routing(percent: int) -> dict[str, Any]:
        return {"Type": "TimeBasedCanary", "TimeBasedCanary": {
            "CanaryPercentage": str(percent), "CanaryInterval": 5}}

    def config(percent: int) -> dict[str, Any]:
        return {"Config": resource("CodeDeploy::DeploymentConfig", {
            "ComputePlatform": "Lambda", "TrafficRoutingConfig": routing(percent)})}

    stack = Canaries(cloud, name, extra=config(20), group={"DeploymentConfigName": {"Ref": "Config"}}).create()
    app, group = stack.output("App"), stack.output("Group")

    def canary() -> Any:
        used = stack.api.get_deployment_group(applicationName=app, deploymentGroupName=group)["deploymentGroupInfo"]
        found = stack.api.get_deployment_config(deploymentConfigName=used["deploymentConfigName"])
        return found["deploymentConfigInfo"]["trafficRoutingConfig"]["timeBasedCanary"]

    assert canary() == {"canaryPercentage": 20, "canaryInterval": 5}
    stack.extra = config(30)
    stack.update("one")
    assert stack.settled() == "UPDATE_COMPLETE", stack.reasons()
    assert canary() == {"canaryPercentage": 30, "canaryInterval": 5}
    mine = [c for c in stack.api.list_deployment_configs()["deploymentConfigsList"] if c.startswith(name)]
    assert len(mine) == 1, "the replaced configuration is gone"
    stack.formation.delete_stack(StackName=name)
    eventually(lambda: app not in stack.api.list_applications()["applications"])
    eventually(lambda: not [c for c in stack.api.list_deployment_configs()["deploymentConfigsList"]
                            if c.startswith(name)])


def test_runs_the_canary_of_a_sam_template(cloud: Cloud, name: str) -> None:
    create_alarm(cloud, name)
    function = f"{name}-a"

    def body(code: str) -> str:
        return json.dumps({
            "Transform": "AWS::Serverless-2016-10-31",
            "Resources": {
                "Api": {"Type": "AWS::Serverless::Function", "Properties": {
                    "FunctionName": function, "Runtime": "nodejs24.x", "Handler": "index.handler",
                    "InlineCode": f"exports.handler = async () => '{code}';", "AutoPublishAlias": "live",
                    "AutoPublishAliasAllProperties": True,
                    "DeploymentPreference": {
                        "Type": "Canary10Percent10Minutes", "Alarms": [name], "Hooks": {"PreTraffic": {"Ref": "Pre"}},
                    }}},
                "Pre": {"Type": "AWS::Serverless::Function", "Properties": {
                    "FunctionName": f"CodeDeployHook_{name[:40]}", "Runtime": "nodejs24.x", "Handler": "index.handler",
                    "InlineCode": "exports.handler = async (event) => console.log('hook', JSON.stringify(event));"}},
            }})

    stack = Canaries(cloud, name)
    capabilities = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]
    stack.formation.create_stack(StackName=name, TemplateBody=body("one"), Capabilities=capabilities)
    assert stack.settled() == "CREATE_COMPLETE", stack.reasons()
    stack.formation.update_stack(StackName=name, TemplateBody=body("two"), Capabilities=capabilities)
    shifting = Shifting(cloud, function)
    shifting.report(shifting.hook_call(f"CodeDeployHook_{name[:40]}"), "Succeeded")
    shifting.traffic_becomes("1", {"2": 0.1})
    set_alarm(cloud, name, "ALARM")
    assert stack.settled() == "UPDATE_ROLLBACK_COMPLETE"
    assert shifting.traffic() == ("1", {})
