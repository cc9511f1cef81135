"""A function with two versions behind an alias, a deployment group, and what tests ask of them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cloud import Cloud, eventually, zipped

CODE = "export const handler = async () => process.env.AWS_LAMBDA_FUNCTION_VERSION;"
MANAGED_ROLE = "arn:aws:iam::aws:policy/service-role/AWSCodeDeployRoleForLambda"
ALL_AT_ONCE = "CodeDeployDefault.LambdaAllAtOnce"
CANARY = "CodeDeployDefault.LambdaCanary10Percent30Minutes"
AUTO_ROLLBACK = {"enabled": True, "events": [
    "DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"]}


def set_pace(cloud: Cloud, seconds: float) -> None:
    """Let a minute of every deployment take so many seconds."""
    assert cloud.request("PUT", "/_shipline/clock", body={"minuteSeconds": seconds}).status == 200


def create_role(cloud: Cloud, name: str) -> str:
    """A service role with the managed policy; returns its ARN."""
    iam = cloud.client("iam")
    trust = {"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "codedeploy.amazonaws.com"}}]}
    arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
    iam.attach_role_policy(RoleName=name, PolicyArn=MANAGED_ROLE)
    return str(arn)


def create_alarm(cloud: Cloud, name: str, state: str = "OK") -> None:
    """An alarm on a metric that nobody publishes, in a state that the test sets."""
    cloud.client("cloudwatch").put_metric_alarm(
        AlarmName=name, Namespace="test", MetricName=name, Statistic="Sum", Period=60, EvaluationPeriods=1,
        Threshold=1, ComparisonOperator="GreaterThanThreshold", TreatMissingData="ignore")
    set_alarm(cloud, name, state)


def set_alarm(cloud: Cloud, name: str, state: str) -> None:
    cloud.client("cloudwatch").set_alarm_state(AlarmName=name, StateValue=state, StateReason="the test says so")


@dataclass
class Shifting:
    """`name` is the function, the application and the group."""

    cloud: Cloud
    name: str

    @cached_property
    def api(self) -> Any:
        return self.cloud.client("codedeploy")

    @cached_property
    def lambdas(self) -> Any:
        return self.cloud.client("lambda")

    @cached_property
    def logs(self) -> Any:
        return self.cloud.client("logs")

    def set_up(self, configuration: str = ALL_AT_ONCE, **group: Any) -> Shifting:
        self.cloud.published(self.name, CODE)
        self.lambdas.update_function_code(FunctionName=self.name, ZipFile=zipped(f"{CODE} // 2"))
        assert self.lambdas.publish_version(FunctionName=self.name)["Version"] == "2"
        self.api.create_application(applicationName=self.name, computePlatform="Lambda")
        self.api.create_deployment_group(
            applicationName=self.name, deploymentGroupName=self.name, deploymentConfigName=configuration,
            serviceRoleArn=create_role(self.cloud, self.name),
            **{"autoRollbackConfiguration": AUTO_ROLLBACK, **group})
        return self

    def spec(self, current: str = "1", target: str = "2", **hooks: str) -> dict[str, Any]:
        return {
            "version": 0.0,
            "Resources": [{"F": {"Type": "AWS::Lambda::Function", "Properties": {
                "Name": self.name, "Alias": "live", "CurrentVersion": current, "TargetVersion": target}}}],
            "Hooks": [{event: function} for event, function in hooks.items()],
        }

    def deploy(self, spec: dict[str, Any] | None = None, **options: Any) -> str:
        content = json.dumps(spec or self.spec())
        revision = {"revisionType": "AppSpecContent", "appSpecContent": {
            "content": content, "sha256": hashlib.sha256(content.encode()).hexdigest()}}
        return str(self.api.create_deployment(
            applicationName=self.name, deploymentGroupName=self.name, revision=revision, **options)["deploymentId"])

    def info(self, deployment: str) -> Any:
        return self.api.get_deployment(deploymentId=deployment)["deploymentInfo"]

    def ended(self, deployment: str) -> Any:
        """What GetDeployment says once the deployment and its rollback are over."""
        info = eventually(lambda: (i := self.info(deployment))["status"] in ("Succeeded", "Failed", "Stopped") and i)
        if info["status"] == "Succeeded" or not info["autoRollbackConfiguration"]["enabled"]:
            return info
        info = eventually(lambda: (i := self.info(deployment)).get("rollbackInfo") and i)
        if rollback := info["rollbackInfo"].get("rollbackDeploymentId"):
            eventually(lambda: self.info(rollback)["status"] == "Succeeded")
        return info

    def target(self, deployment: str) -> Any:
        eventually(lambda: self.info(deployment)["status"] not in ("Created", "Queued"))
        (target_id,) = self.api.list_deployment_targets(deploymentId=deployment)["targetIds"]
        answer = self.api.batch_get_deployment_targets(deploymentId=deployment, targetIds=[target_id])
        return answer["deploymentTargets"][0]["lambdaTarget"]

    def events(self, deployment: str) -> dict[str, str]:
        return {event["lifecycleEventName"]: event["status"] for event in self.target(deployment)["lifecycleEvents"]}

    def traffic(self) -> tuple[str, dict[str, float]]:
        """(version of the alias, weights of others)."""
        alias = self.lambdas.get_alias(FunctionName=self.name, Name="live")
        return alias["FunctionVersion"], (alias.get("RoutingConfig") or {}).get("AdditionalVersionWeights", {})

    def traffic_becomes(self, version: str, weights: dict[str, float]) -> None:
        eventually(lambda: self.traffic() == (version, weights))

    def hook(self, suffix: str, *, policy_name: str = "CodeDeployHook_") -> str:
        """A hook that waits for the test: it only writes down what it was called with."""
        name = f"{policy_name}{self.name[:30]}-{suffix}"
        self.cloud.function(name, "export const handler = async (event) => console.log('hook', JSON.stringify(event));")
        return name

    def hook_call(self, hook: str) -> Any:
        """The event that the hook was called with."""
        def call() -> Any:
            try:
                events = self.logs.filter_log_events(logGroupName=f"/aws/lambda/{hook}")["events"]
            except self.logs.exceptions.ResourceNotFoundException:
                return None
            found = [e["message"].split("hook ", 1)[1] for e in events if "hook {" in e["message"]]
            return found and json.loads(found[-1])

        return eventually(call)

    def report(self, call: Any, status: str) -> None:
        self.api.put_lifecycle_event_hook_execution_status(
            deploymentId=call["DeploymentId"], lifecycleEventHookExecutionId=call["LifecycleEventHookExecutionId"],
            status=status)
