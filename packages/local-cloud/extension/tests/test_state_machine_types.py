"""CloudFormation: versions and aliases of state machines, and aliases that shift their traffic gradually."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from cloud import ACCOUNT, Cloud, eventually
from shifting import MANAGED_ROLE, set_pace

ROLE = f"arn:aws:iam::{ACCOUNT}:role/test"
CANARY = {"Type": "CANARY", "Percentage": 10, "Interval": 5}


@pytest.fixture(autouse=True)
def pace(cloud: Cloud) -> Iterator[None]:
    """Minutes that do not pass unless a test wants them to."""
    set_pace(cloud, 3600)
    yield
    set_pace(cloud, 60)


class Release:
    """A stack with a state machine that says a word, its version, and the alias `live` of that version."""

    def __init__(self, cloud: Cloud, name: str, **alias: Any) -> None:
        self.cloud, self.name = cloud, name[:60]
        self.formation, self.states = cloud.client("cloudformation"), cloud.client("stepfunctions")
        self.alarm = f"{self.name}-alarm"
        self.alias = alias
        cloud.client("cloudwatch").put_metric_alarm(
            AlarmName=self.alarm, Namespace="Test", MetricName=self.name, Statistic="Sum", Period=60,
            EvaluationPeriods=1, Threshold=1, ComparisonOperator="GreaterThanThreshold", TreatMissingData="ignore")
        self.set_alarm("OK")
        self.formation.create_stack(StackName=self.name, TemplateBody=self.template("old"))
        assert self.settled() == "CREATE_COMPLETE", self.reasons()
        self.machine, self.live, self.old = (self.output(key) for key in ("Machine", "Live", "Version"))

    def others(self, word: str) -> dict[str, Any]:
        """More resources of the stack."""
        return {}

    def template(self, word: str, **extra: Any) -> str:
        definition = {"StartAt": "Say", "States": {"Say": {"Type": "Pass", "Result": word, "End": True}}}
        version = {"Ref": "Version"}
        routing = self.alias or {"RoutingConfiguration": [{"StateMachineVersionArn": version, "Weight": 100}]}
        if "DeploymentPreference" in routing:
            preference = {**routing["DeploymentPreference"], "StateMachineVersionArn": version}
            routing = {**routing, "DeploymentPreference": preference}
        outputs = {key: {"Value": {"Ref": key}} for key in ("Machine", "Version", "Live")}
        return json.dumps({"Outputs": outputs, "Resources": {
            "Machine": {"Type": "AWS::StepFunctions::StateMachine", "Properties": {
                "StateMachineName": self.name, "RoleArn": ROLE, "DefinitionString": json.dumps(definition)}},
            "Version": {"Type": "AWS::StepFunctions::StateMachineVersion", "UpdateReplacePolicy": "Retain",
                        "Properties": {"StateMachineArn": {"Ref": "Machine"}, "StateMachineRevisionId": {
                            "Fn::GetAtt": ["Machine", "StateMachineRevisionId"]}}},
            "Live": {"Type": "AWS::StepFunctions::StateMachineAlias", "Properties": {"Name": "live", **routing}},
            **self.others(word), **extra}})

    def set_alarm(self, state: str) -> None:
        self.cloud.client("cloudwatch").set_alarm_state(AlarmName=self.alarm, StateValue=state, StateReason="test")

    def update(self, word: str = "new", *, rolls_back: bool = True, **extra: Any) -> None:
        self.formation.update_stack(
            StackName=self.name, TemplateBody=self.template(word, **extra), DisableRollback=not rolls_back)

    def status(self) -> str:
        return str(self.formation.describe_stacks(StackName=self.name)["Stacks"][0]["StackStatus"])

    def settled(self) -> str:
        return eventually(lambda: None if (status := self.status()).endswith("IN_PROGRESS") else status)

    def reasons(self) -> list[str]:
        events = self.formation.describe_stack_events(StackName=self.name)["StackEvents"]
        return [reason for event in events if (reason := event.get("ResourceStatusReason"))]

    def output(self, key: str) -> str:
        outputs = self.formation.describe_stacks(StackName=self.name)["Stacks"][0]["Outputs"]
        return next(str(output["OutputValue"]) for output in outputs if output["OutputKey"] == key)

    def weights(self) -> dict[str, int]:
        """What each version gets of the alias, by its number."""
        alias = self.states.describe_state_machine_alias(stateMachineAliasArn=self.live)
        return {route["stateMachineVersionArn"].rsplit(":", 1)[1]: route["weight"]
                for route in alias["routingConfiguration"]}

    def says(self) -> str:
        execution = self.states.start_execution(stateMachineArn=self.live)["executionArn"]
        done = eventually(
            lambda: (e := self.states.describe_execution(executionArn=execution))["status"] != "RUNNING" and e)
        return str(json.loads(done["output"]))


class ReleaseWithFunction(Release):
    """A release that shifts a function's alias by CodeDeploy as well."""

    def others(self, word: str) -> dict[str, Any]:
        trust = {"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "codedeploy.amazonaws.com"}}]}
        return {
            "Role": resource("IAM::Role", {"AssumeRolePolicyDocument": trust, "ManagedPolicyArns": [MANAGED_ROLE]}),
            "App": resource("CodeDeploy::Application", {"ComputePlatform": "Lambda"}),
            "Group": resource("CodeDeploy::DeploymentGroup", {
                "ApplicationName": {"Ref": "App"}, "ServiceRoleArn": {"Fn::GetAtt": ["Role", "Arn"]},
                "DeploymentConfigName": "CodeDeployDefault.LambdaCanary10Percent5Minutes",
                "AutoRollbackConfiguration": {"Enabled": True, "Events": [
                    "DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_REQUEST"]}}),
            "Function": resource("Lambda::Function", {
                "FunctionName": self.name, "Runtime": "nodejs24.x", "Handler": "index.handler",
                "Role": {"Fn::GetAtt": ["Role", "Arn"]},
                "Code": {"ZipFile": f"exports.handler = async () => '{word}';"}}),
            f"Function{word}": resource("Lambda::Version", {"FunctionName": {"Ref": "Function"}}),
            "Alias": resource("Lambda::Alias", {
                "FunctionName": {"Ref": "Function"}, "Name": "live",
                "FunctionVersion": {"Fn::GetAtt": [f"Function{word}", "Version"]}},
                UpdatePolicy={"CodeDeployLambdaAliasUpdate": {
                    "ApplicationName": {"Ref": "App"}, "DeploymentGroupName": {"Ref": "Group"}}})}

    def function_weights(self) -> tuple[str, dict[str, float]]:
        alias = self.cloud.client("lambda").get_alias(FunctionName=self.name, Name="live")
        return alias["FunctionVersion"], alias.get("RoutingConfig", {}).get("AdditionalVersionWeights", {})


def resource(kind: str, properties: dict[str, Any], **attributes: Any) -> dict[str, Any]:
    return {"Type": f"AWS::{kind}", "Properties": properties, **attributes}


def watched(name: str, **preference: Any) -> dict[str, Any]:
    """The settings of an alias that shifts by this preference and watches its release's alarm."""
    return {"DeploymentPreference": {"Alarms": [f"{name[:60]}-alarm", "no-such-alarm"], **preference}}


def shifting(cloud: Cloud, name: str, **preference: Any) -> Release:
    return Release(cloud, name, **watched(name, **preference))


def test_moves_an_alias_with_a_routing_at_once_and_keeps_a_retained_version(cloud: Cloud, name: str) -> None:
    release = Release(cloud, name)
    assert release.says() == "old"
    release.update()
    assert release.settled() == "UPDATE_COMPLETE"
    assert (release.says(), release.weights()) == ("new", {"2": 100})
    versions = release.states.list_state_machine_versions(stateMachineArn=release.machine)["stateMachineVersions"]
    assert release.old in [version["stateMachineVersionArn"] for version in versions]


def test_deletes_alias_and_version_with_the_stack(cloud: Cloud, name: str) -> None:
    release = shifting(cloud, name, **CANARY)
    release.formation.delete_stack(StackName=release.name)
    eventually(lambda: not [s for s in release.formation.list_stacks(StackStatusFilter=["CREATE_COMPLETE"])[
        "StackSummaries"] if s["StackName"] == release.name])
    eventually(lambda: release.machine not in [
        m["stateMachineArn"] for m in release.states.list_state_machines()["stateMachines"]])


def test_gives_the_new_version_all_traffic_of_a_new_alias(cloud: Cloud, name: str) -> None:
    release = shifting(cloud, name, **CANARY)
    assert (release.weights(), release.says()) == ({"1": 100}, "old")


def test_shifts_a_canary_in_two_steps_while_others_are_served(cloud: Cloud, name: str) -> None:
    release = shifting(cloud, name, **CANARY)
    release.update()
    eventually(lambda: release.weights() == {"1": 90, "2": 10})
    assert release.status() == "UPDATE_IN_PROGRESS"
    assert any("Version 2 gets 10 %" in reason and "one minute" in reason for reason in release.reasons())
    set_pace(cloud, 0.01)
    assert release.settled() == "UPDATE_COMPLETE"
    assert (release.weights(), release.says()) == ({"2": 100}, "new")


def test_shifts_linearly_in_equal_steps(cloud: Cloud, name: str) -> None:
    release = shifting(cloud, name, Type="LINEAR", Percentage=30, Interval=1)
    set_pace(cloud, 0.01)
    release.update()
    assert release.settled() == "UPDATE_COMPLETE"
    said = [reason.split()[3] for reason in reversed(release.reasons()) if reason.startswith("Version 2 gets")]
    assert said == ["30", "60", "90", "100"]


def test_rolls_back_a_canary_when_its_alarm_turns_red(cloud: Cloud, name: str) -> None:
    release = shifting(cloud, name, **CANARY)
    release.update()
    eventually(lambda: release.weights() == {"1": 90, "2": 10})
    release.set_alarm("ALARM")
    assert release.settled() == "UPDATE_ROLLBACK_COMPLETE", release.reasons()
    assert (release.weights(), release.says()) == ({"1": 100}, "old")
    assert any(f"alarms in ALARM: {release.alarm}." in reason for reason in release.reasons())
    versions = release.states.list_state_machine_versions(stateMachineArn=release.machine)["stateMachineVersions"]
    assert [version["stateMachineVersionArn"] for version in versions] == [release.old]


def test_gives_the_traffic_back_before_the_stack_rolls_back(cloud: Cloud, name: str) -> None:
    release = shifting(cloud, name, **CANARY)
    release.update(rolls_back=False)
    eventually(lambda: release.weights() == {"1": 90, "2": 10})
    release.set_alarm("ALARM")
    assert release.settled() == "UPDATE_FAILED"
    assert release.weights() == {"1": 100}


def test_starts_no_shift_while_an_alarm_is_red(cloud: Cloud, name: str) -> None:
    release = shifting(cloud, name, **CANARY)
    release.set_alarm("ALARM")
    release.update()
    assert release.settled() == "UPDATE_ROLLBACK_COMPLETE"
    assert not any("Version 2 gets" in reason for reason in release.reasons())


def test_is_rolled_back_by_an_alarm_made_with_it_for_what_failed_just_before(cloud: Cloud, name: str) -> None:
    release = shifting(cloud, name, **CANARY)
    set_pace(cloud, 5)  # an alarm looks back over three of its periods
    cloud.client("cloudwatch").put_metric_data(Namespace="Test", MetricData=[{"MetricName": "Failed", "Value": 1}])
    release.alias = {"DeploymentPreference": {**CANARY, "Alarms": [{"Ref": "Failures"}]}}
    release.update(Failures=resource("CloudWatch::Alarm", {
        "AlarmName": f"{release.name}-2", "Namespace": "Test", "MetricName": "Failed", "Statistic": "Sum", "Period": 60,
        "EvaluationPeriods": 1, "Threshold": 1, "ComparisonOperator": "GreaterThanOrEqualToThreshold",
        "TreatMissingData": "notBreaching"}))
    assert release.settled() == "UPDATE_ROLLBACK_COMPLETE", release.reasons()
    assert any("Version 2 gets" in reason for reason in release.reasons()), "an alarm without a state stops no start"
    assert any(f"alarms in ALARM: {release.name}-2." in reason for reason in release.reasons())


def test_watches_a_version_that_gets_everything_at_once(cloud: Cloud, name: str) -> None:
    release = shifting(cloud, name, Type="ALL_AT_ONCE", Interval=5)
    release.update()
    eventually(lambda: release.weights() == {"2": 100})
    assert release.status() == "UPDATE_IN_PROGRESS"
    release.set_alarm("ALARM")
    assert release.settled() == "UPDATE_ROLLBACK_COMPLETE"
    assert release.weights() == {"1": 100}


def test_stops_a_shift_when_the_update_is_cancelled(cloud: Cloud, name: str) -> None:
    release = shifting(cloud, name, **CANARY)
    release.update()
    eventually(lambda: release.weights() == {"1": 90, "2": 10})
    release.formation.cancel_update_stack(StackName=release.name)
    assert release.settled() == "UPDATE_ROLLBACK_COMPLETE"
    assert release.weights() == {"1": 100}


def fail_after_the_shift(release: Release, *, rolls_back: bool) -> str:
    """Update with a resource after the alias that cannot be created; returns the status in which the stack settles."""
    set_pace(release.cloud, 0.01)
    release.update(rolls_back=rolls_back, Later={  # An alias of this name exists already.
        "Type": "AWS::StepFunctions::StateMachineAlias", "DependsOn": "Live", "Properties": {
            "Name": "live", "RoutingConfiguration": [{"StateMachineVersionArn": {"Ref": "Version"}, "Weight": 100}]}})
    return release.settled()


def test_moves_back_when_a_later_resource_fails(cloud: Cloud, name: str) -> None:
    release = shifting(cloud, name, **CANARY)
    assert fail_after_the_shift(release, rolls_back=True) == "UPDATE_ROLLBACK_COMPLETE", release.reasons()
    assert (release.weights(), release.says()) == ({"1": 100}, "old")


def test_moves_back_at_once_when_the_stack_is_rolled_back_later(cloud: Cloud, name: str) -> None:
    release = shifting(cloud, name, **CANARY)
    assert fail_after_the_shift(release, rolls_back=False) == "UPDATE_FAILED"
    assert release.weights() == {"2": 100}
    set_pace(cloud, 3600)
    release.formation.rollback_stack(StackName=release.name)
    assert release.settled() == "UPDATE_ROLLBACK_COMPLETE", release.reasons()
    assert (release.weights(), release.says()) == ({"1": 100}, "old")
    assert not any("Version 1 gets" in reason for reason in release.reasons()), "no second canary on the way back"


def both_shifting(cloud: Cloud, name: str) -> ReleaseWithFunction:
    release = ReleaseWithFunction(cloud, name, **watched(name, **CANARY))
    release.update()
    eventually(lambda: (release.weights(), release.function_weights()) == ({"1": 90, "2": 10}, ("1", {"2": 0.1})))
    return release


def test_shifts_functions_and_state_machines_of_a_stack_at_the_same_time(cloud: Cloud, name: str) -> None:
    release = both_shifting(cloud, name)
    set_pace(cloud, 0.01)
    assert release.settled() == "UPDATE_COMPLETE", release.reasons()
    assert (release.weights(), release.function_weights()) == ({"2": 100}, ("2", {}))


def test_puts_functions_and_state_machines_back_together(cloud: Cloud, name: str) -> None:
    release = both_shifting(cloud, name)
    release.set_alarm("ALARM")
    assert release.settled() == "UPDATE_ROLLBACK_COMPLETE", release.reasons()
    assert (release.weights(), release.function_weights()) == ({"1": 100}, ("1", {}))


@pytest.mark.parametrize("alias", [
    {"DeploymentPreference": {"Type": "CANARY"}},
    {"DeploymentPreference": {"Type": "ALL_AT_ONCE"}, "RoutingConfiguration": [
        {"StateMachineVersionArn": {"Ref": "Version"}, "Weight": 100}]},
    {"DeploymentPreference": {"Type": "SLOWLY", "Percentage": 10, "Interval": 1}},
    {"RoutingConfiguration": [{"StateMachineVersionArn": {"Ref": "Version"}, "Weight": 50}]},
])
def test_refuses_an_alias_that_leads_nowhere(cloud: Cloud, name: str, alias: dict[str, Any]) -> None:
    with pytest.raises(AssertionError, match="ROLLBACK_COMPLETE"):
        Release(cloud, f"{name[:40]}-{len(json.dumps(alias))}", **alias)


def test_is_back_at_its_old_version_after_a_stop_in_the_middle(private_cloud: Callable[..., Cloud], name: str) -> None:
    cloud = private_cloud(SHIPLINE_MINUTE_SECONDS="3600")
    release = shifting(cloud, name, **CANARY)
    release.update()
    eventually(lambda: release.weights() == {"1": 90, "2": 10})
    cloud.stop()
    cloud.start()
    assert release.settled() == "UPDATE_ROLLBACK_COMPLETE", release.reasons()
    assert (release.weights(), release.says()) == ({"1": 100}, "old")
