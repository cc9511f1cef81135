"""The life of a deployment: shifts, hooks, alarms, stop, rollback, events."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from cloud import Cloud, eventually
from shifting import AUTO_ROLLBACK, CANARY, Shifting, create_alarm, set_alarm, set_pace


@pytest.fixture(autouse=True)
def pace(cloud: Cloud) -> Iterator[None]:
    """Minutes that do not pass unless a test wants them to."""
    set_pace(cloud, 3600)
    yield
    set_pace(cloud, 60)


@pytest.fixture
def function(cloud: Cloud, name: str) -> Shifting:
    return Shifting(cloud, name)


def test_moves_all_traffic_at_once(function: Shifting) -> None:
    deployment = function.set_up().deploy()
    info = function.ended(deployment)
    assert (info["status"], info["creator"], info["deploymentOverview"]["Succeeded"]) == ("Succeeded", "user", 1)
    assert info["createTime"] <= info["startTime"] <= info["completeTime"]
    assert function.traffic() == ("2", {})
    target = function.target(deployment)
    assert target["targetId"] == f"{function.name}:live" and target["status"] == "Succeeded"
    assert target["lambdaFunctionInfo"] == {
        "functionName": function.name, "functionAlias": "live", "currentVersion": "1", "targetVersion": "2",
        "targetVersionWeight": 100.0}
    assert function.events(deployment) == dict.fromkeys(
        ("BeforeAllowTraffic", "AllowTraffic", "AfterAllowTraffic"), "Succeeded")


def test_gives_a_canary_its_share_until_its_minutes_are_over(cloud: Cloud, function: Shifting) -> None:
    deployment = function.set_up(CANARY).deploy()
    function.traffic_becomes("1", {"2": 0.1})
    assert function.target(deployment)["lambdaFunctionInfo"]["targetVersionWeight"] == 10
    assert function.events(deployment) == {
        "BeforeAllowTraffic": "Succeeded", "AllowTraffic": "InProgress", "AfterAllowTraffic": "Pending"}
    assert function.info(deployment)["additionalDeploymentStatusInfo"] == (
        "Local clock: one minute of this deployment takes 3600 s.")
    set_pace(cloud, 0.5)
    eventually(lambda: len(function.info(deployment)["deploymentStatusMessages"]) == 2)
    set_pace(cloud, 0.01)
    assert function.ended(deployment)["status"] == "Succeeded"
    assert function.traffic() == ("2", {})


def test_climbs_a_custom_linear_configuration_step_by_step(cloud: Cloud, function: Shifting) -> None:
    function.api.create_deployment_config(
        deploymentConfigName=function.name, computePlatform="Lambda", trafficRoutingConfig={
            "type": "TimeBasedLinear", "timeBasedLinear": {"linearPercentage": 40, "linearInterval": 100}})
    set_pace(cloud, 0.03)
    deployment = function.set_up(function.name).deploy()
    seen: list[tuple[str, dict[str, float]]] = []

    def is_over() -> bool:
        if (traffic := function.traffic()) not in seen:
            seen.append(traffic)
        return traffic == ("2", {})

    eventually(is_over)
    assert seen == [*([("1", {})] if seen[0] == ("1", {}) else []), ("1", {"2": 0.4}), ("1", {"2": 0.8}), ("2", {})]
    assert function.ended(deployment)["status"] == "Succeeded"


def test_asks_both_hooks_and_goes_on_when_they_agree(function: Shifting) -> None:
    before, after = function.set_up().hook("before"), function.hook("after")
    deployment = function.deploy(function.spec(BeforeAllowTraffic=before, AfterAllowTraffic=after))
    call = function.hook_call(before)
    assert set(call) == {"DeploymentId", "LifecycleEventHookExecutionId"} and call["DeploymentId"] == deployment
    assert function.traffic() == ("1", {}) and function.events(deployment)["BeforeAllowTraffic"] == "InProgress"
    function.report(call, "Succeeded")
    later = function.hook_call(after)
    assert function.traffic() == ("2", {})
    function.report(later, "Succeeded")
    assert function.ended(deployment)["status"] == "Succeeded"
    with pytest.raises(ClientError, match="LifecycleEventAlreadyCompletedException"):
        function.report(call, "Succeeded")


REPORTING = """export const handler = async ({ DeploymentId, LifecycleEventHookExecutionId }) => {
  const { AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: key } = process.env;
  const report = (target, body) => fetch(url, { method: 'POST', body: JSON.stringify(body), headers: {
    'x-amz-target': `CodeDeploy_20141006.${target}`, 'content-type': 'application/x-amz-json-1.1',
    authorization: `AWS4-HMAC-SHA256 Credential=${key}/20260101/us-east-1/codedeploy/aws4_request` } });
  const { targetIds } = await (await report('ListDeploymentTargets', { deploymentId: DeploymentId })).json();
  const answer = await report('BatchGetDeploymentTargets', { deploymentId: DeploymentId, targetIds });
  const [{ lambdaTarget }] = (await answer.json()).deploymentTargets;
  await report('PutLifecycleEventHookExecutionStatus', {
    deploymentId: DeploymentId, lifecycleEventHookExecutionId: LifecycleEventHookExecutionId,
    status: lambdaTarget.lambdaFunctionInfo.targetVersion === '2' ? 'Succeeded' : 'Failed' });
};"""


def test_lets_a_hook_find_the_new_version_and_report_by_itself(cloud: Cloud, function: Shifting) -> None:
    function.set_up()
    hook = f"CodeDeployHook_{function.name[:40]}"
    cloud.function(hook, REPORTING)
    deployment = function.deploy(function.spec(BeforeAllowTraffic=hook))
    assert function.ended(deployment)["status"] == "Succeeded"


def test_refuses_an_answer_that_no_hook_can_give(function: Shifting) -> None:
    before = function.set_up().hook("before")
    deployment = function.deploy(function.spec(BeforeAllowTraffic=before))
    call = function.hook_call(before)
    with pytest.raises(ClientError, match="InvalidLifecycleEventHookExecutionStatusException"):
        function.report(call, "Skipped")
    with pytest.raises(ClientError, match="InvalidLifecycleEventHookExecutionIdException"):
        function.report({**call, "LifecycleEventHookExecutionId": "guessed"}, "Succeeded")
    function.report(call, "Succeeded")
    assert function.ended(deployment)["status"] == "Succeeded"


def test_fails_before_any_traffic_when_the_first_hook_disagrees(function: Shifting) -> None:
    before = function.set_up(CANARY).hook("before")
    deployment = function.deploy(function.spec(BeforeAllowTraffic=before))
    function.report(function.hook_call(before), "Failed")
    info = function.ended(deployment)
    assert (info["status"], info["errorInformation"]["code"]) == ("Failed", "HOOK_EXECUTION_FAILURE")
    assert function.events(deployment) == {
        "BeforeAllowTraffic": "Failed", "AllowTraffic": "Skipped", "AfterAllowTraffic": "Skipped"}
    diagnostics = function.target(deployment)["lifecycleEvents"][0]["diagnostics"]
    assert diagnostics["scriptName"] == before and before in diagnostics["message"]
    assert function.traffic() == ("1", {})


def test_takes_all_traffic_back_when_the_last_hook_disagrees(function: Shifting) -> None:
    after = function.set_up().hook("after")
    deployment = function.deploy(function.spec(AfterAllowTraffic=after))
    function.report(function.hook_call(after), "Failed")
    assert function.ended(deployment)["status"] == "Failed"
    assert function.traffic() == ("1", {})


def test_fails_when_a_hook_does_not_report_within_its_hour(cloud: Cloud, function: Shifting) -> None:
    before = function.set_up().hook("silent")
    deployment = function.deploy(function.spec(BeforeAllowTraffic=before))
    function.hook_call(before)
    set_pace(cloud, 0.01)
    info = function.ended(deployment)
    assert info["errorInformation"]["code"] == "HOOK_EXECUTION_FAILURE"
    assert "did not report within one hour" in info["errorInformation"]["message"]


def test_lets_the_managed_role_invoke_only_hooks_of_its_name(cloud: Cloud, function: Shifting) -> None:
    hook = function.set_up().hook("hook", policy_name="")
    info = function.ended(function.deploy(function.spec(BeforeAllowTraffic=hook)))
    assert info["errorInformation"]["code"] == "IAM_ROLE_PERMISSIONS"
    policy = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "lambda:InvokeFunction", "Resource": f"arn:aws:lambda:*:*:function:{hook}"}]}
    cloud.client("iam").put_role_policy(
        RoleName=function.name, PolicyName="hooks", PolicyDocument=json.dumps(policy))
    deployment = function.deploy(function.spec(BeforeAllowTraffic=hook))
    function.report(function.hook_call(hook), "Succeeded")
    assert function.ended(deployment)["status"] == "Succeeded"


def test_fails_when_the_service_role_is_gone(cloud: Cloud, function: Shifting) -> None:
    function.set_up()
    function.api.update_deployment_group(
        applicationName=function.name, currentDeploymentGroupName=function.name,
        serviceRoleArn="arn:aws:iam::100000000001:role/nobody")
    assert function.ended(function.deploy())["errorInformation"]["code"] == "IAM_ROLE_MISSING"


def watched(function: Shifting, *, state: str = "OK", **configuration: Any) -> Shifting:
    create_alarm(function.cloud, function.name, state)
    return function.set_up(CANARY, alarmConfiguration={
        "enabled": True, "alarms": [{"name": function.name}], **configuration})


def test_stops_and_rolls_back_when_an_alarm_goes_off(cloud: Cloud, function: Shifting) -> None:
    deployment = watched(function).deploy()
    function.traffic_becomes("1", {"2": 0.1})
    set_alarm(cloud, function.name, "ALARM")
    info = function.ended(deployment)
    assert (info["status"], info["errorInformation"]["code"]) == ("Stopped", "ALARM_ACTIVE")
    assert function.name in info["errorInformation"]["message"]
    assert function.traffic() == ("1", {})
    rollback = function.info(info["rollbackInfo"]["rollbackDeploymentId"])
    assert (rollback["status"], rollback["creator"]) == ("Succeeded", "codeDeployRollback")
    assert rollback["rollbackInfo"]["rollbackTriggeringDeploymentId"] == deployment
    assert function.target(rollback["deploymentId"])["lambdaFunctionInfo"]["targetVersion"] == "1"


def test_does_not_begin_while_an_alarm_is_red(function: Shifting) -> None:
    deployment = watched(function, state="ALARM").deploy()
    info = function.ended(deployment)
    assert (info["status"], info["errorInformation"]["code"]) == ("Stopped", "ALARM_ACTIVE")
    assert "rollbackDeploymentId" not in info["rollbackInfo"]
    assert set(function.events(deployment).values()) == {"Skipped"} and function.traffic() == ("1", {})


def test_deploys_past_a_red_alarm_that_is_overridden(cloud: Cloud, function: Shifting) -> None:
    deployment = watched(function, state="ALARM").deploy(overrideAlarmConfiguration={"enabled": False, "alarms": []})
    function.traffic_becomes("1", {"2": 0.1})
    set_pace(cloud, 0.01)
    assert function.ended(deployment)["status"] == "Succeeded"


def test_watches_composite_alarms(cloud: Cloud, function: Shifting) -> None:
    create_alarm(cloud, f"{function.name}-part")
    cloud.client("cloudwatch").put_composite_alarm(
        AlarmName=f"{function.name}-all", AlarmRule=f'ALARM("{function.name}-part")')
    deployment = function.set_up(CANARY, alarmConfiguration={
        "enabled": True, "alarms": [{"name": f"{function.name}-all"}]}).deploy()
    function.traffic_becomes("1", {"2": 0.1})
    set_alarm(cloud, f"{function.name}-part", "ALARM")
    assert function.ended(deployment)["errorInformation"]["code"] == "ALARM_ACTIVE"


@pytest.mark.parametrize(("ignore", "status"), [(False, "Stopped"), (True, "Succeeded")])
def test_stops_at_an_alarm_that_cannot_be_read_unless_told_to_ignore_it(
    function: Shifting, ignore: bool, status: str
) -> None:
    function.set_up(alarmConfiguration={
        "enabled": True, "ignorePollAlarmFailure": ignore, "alarms": [{"name": f"{function.name}-nowhere"}]})
    assert function.ended(function.deploy())["status"] == status


@pytest.mark.parametrize(("asked", "events", "traffic"), [
    (True, [], ("1", {})),
    (False, ["DEPLOYMENT_STOP_ON_REQUEST"], ("1", {"2": 0.1})),
    (None, ["DEPLOYMENT_STOP_ON_REQUEST"], ("1", {})),
    (None, ["DEPLOYMENT_FAILURE"], ("1", {"2": 0.1})),
])
def test_stops_on_request_and_rolls_back_if_asked(
    function: Shifting, asked: bool | None, events: list[str], traffic: Any
) -> None:
    configuration = {"enabled": bool(events), "events": events}
    deployment = function.set_up(CANARY, autoRollbackConfiguration=configuration).deploy()
    function.traffic_becomes("1", {"2": 0.1})
    answer = function.api.stop_deployment(
        deploymentId=deployment, **({} if asked is None else {"autoRollbackEnabled": asked}))
    assert answer["status"] == "Pending"
    info = eventually(lambda: (i := function.info(deployment))["status"] == "Stopped" and i)
    assert info["errorInformation"]["code"] == "MANUAL_STOP"
    function.traffic_becomes(*traffic)
    with pytest.raises(ClientError, match="DeploymentAlreadyCompletedException"):
        function.api.stop_deployment(deploymentId=deployment)


def test_leaves_the_weights_of_a_failure_when_no_rollback_is_configured(cloud: Cloud, function: Shifting) -> None:
    create_alarm(cloud, function.name)
    deployment = function.set_up(
        CANARY, autoRollbackConfiguration={"enabled": True, "events": ["DEPLOYMENT_FAILURE"]},
        alarmConfiguration={"enabled": True, "alarms": [{"name": function.name}]}).deploy()
    function.traffic_becomes("1", {"2": 0.1})
    set_alarm(cloud, function.name, "ALARM")
    eventually(lambda: function.info(deployment)["status"] == "Stopped")
    assert "rollbackInfo" not in function.info(deployment) and function.traffic() == ("1", {"2": 0.1})


def test_refuses_a_second_deployment_of_a_group(function: Shifting) -> None:
    deployment = function.set_up(CANARY).deploy()
    with pytest.raises(ClientError, match="DeploymentLimitExceededException") as refusal:
        function.deploy()
    assert deployment in str(refusal.value)
    function.api.stop_deployment(deploymentId=deployment)
    function.ended(deployment)
    assert function.deploy(deploymentConfigName="CodeDeployDefault.LambdaAllAtOnce") != deployment


@pytest.mark.parametrize("spec", [{"current": "2", "target": "1"}, {"target": "9"}])
def test_fails_when_the_alias_is_not_what_the_revision_says(function: Shifting, spec: dict[str, str]) -> None:
    info = function.ended(function.set_up().deploy(function.spec(**spec)))
    assert (info["status"], info["errorInformation"]["code"]) == ("Failed", "INVALID_LAMBDA_CONFIGURATION")
    assert function.traffic() == ("1", {})


def test_fails_when_somebody_else_moves_the_alias_meanwhile(cloud: Cloud, function: Shifting) -> None:
    deployment = function.set_up(CANARY, autoRollbackConfiguration={"enabled": False}).deploy()
    function.traffic_becomes("1", {"2": 0.1})
    cloud.client("lambda").update_alias(FunctionName=function.name, Name="live", FunctionVersion="2", RoutingConfig={})
    set_pace(cloud, 0.01)
    assert function.ended(deployment)["errorInformation"]["code"] == "INVALID_LAMBDA_CONFIGURATION"


def test_fails_for_a_function_that_does_not_exist(function: Shifting) -> None:
    spec = json.loads(json.dumps(function.set_up().spec()).replace(function.name, "nobody"))
    assert function.ended(function.deploy(spec))["errorInformation"]["code"] == "INVALID_LAMBDA_FUNCTION"


def queue_behind_everything(cloud: Cloud, name: str) -> tuple[str, Any]:
    """A queue's ARN and a function that reads all its messages."""
    sqs = cloud.client("sqs")
    url = sqs.create_queue(QueueName=name)["QueueUrl"]
    seen: list[Any] = []

    def messages() -> list[Any]:
        for message in sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", []):
            seen.append(json.loads(message["Body"]))
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return seen

    return sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"], messages


def test_tells_the_default_bus_of_every_state(cloud: Cloud, function: Shifting) -> None:
    arn, messages = queue_behind_everything(cloud, function.name[:60])
    events = cloud.client("events")
    events.put_rule(Name=function.name[:60], EventPattern=json.dumps({
        "source": ["aws.codedeploy"], "detail": {"application": [function.name]}}))
    events.put_targets(Rule=function.name[:60], Targets=[{"Id": "queue", "Arn": arn}])
    deployment = function.set_up(CANARY).deploy()
    function.traffic_becomes("1", {"2": 0.1})
    function.api.stop_deployment(deploymentId=deployment, autoRollbackEnabled=True)
    eventually(lambda: len(messages()) == 5)
    states = [(m["detail"]["deploymentId"] == deployment, m["detail"]["state"]) for m in messages()]
    assert sorted(states) == sorted(
        [(True, "QUEUED"), (True, "START"), (True, "STOP"), (False, "START"), (False, "SUCCESS")])
    (first, *_) = messages()
    assert first["detail-type"] == "CodeDeploy Deployment State-change Notification"
    assert first["resources"] == [
        f"arn:aws:codedeploy:us-east-1:100000000001:application:{function.name}",
        f"arn:aws:codedeploy:us-east-1:100000000001:deploymentgroup:{function.name}/{function.name}"]


def test_publishes_what_the_groups_triggers_ask_for(cloud: Cloud, function: Shifting) -> None:
    arn, messages = queue_behind_everything(cloud, function.name[:60])
    sns = cloud.client("sns")
    topic = sns.create_topic(Name=function.name[:60])["TopicArn"]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes={"RawMessageDelivery": "true"})
    deployment = function.set_up(triggerConfigurations=[
        {"triggerName": "ends", "triggerTargetArn": topic, "triggerEvents": ["DeploymentSuccess"]}]).deploy()
    eventually(messages)
    (message,) = messages()
    assert (message["deploymentId"], message["status"], message["eventTriggerName"]) == (
        deployment, "SUCCEEDED", "ends")


def test_remembers_the_last_deployments_of_a_group(function: Shifting) -> None:
    good = function.set_up().deploy()
    function.ended(good)
    bad = function.deploy(function.spec())
    function.ended(bad)
    group = function.api.get_deployment_group(
        applicationName=function.name, deploymentGroupName=function.name)["deploymentGroupInfo"]
    assert group["lastSuccessfulDeployment"]["deploymentId"] == good
    assert (group["lastAttemptedDeployment"]["deploymentId"], group["lastAttemptedDeployment"]["status"]) == (
        bad, "Failed")
    assert group["targetRevision"]["revisionType"] == "AppSpecContent"


def test_rolls_back_what_was_under_way_when_the_server_stopped(private_cloud: Callable[..., Cloud], name: str) -> None:
    cloud = private_cloud(SHIPLINE_MINUTE_SECONDS="3600")
    function = Shifting(cloud, name).set_up(CANARY, autoRollbackConfiguration=AUTO_ROLLBACK)
    deployment = function.deploy()
    function.traffic_becomes("1", {"2": 0.1})
    cloud.stop()
    cloud.start()
    info = function.ended(deployment)
    assert (info["status"], info["errorInformation"]["code"]) == ("Failed", "INTERNAL_ERROR")
    assert function.traffic() == ("1", {})
    set_pace(cloud, 0.01)
    again = function.deploy()
    assert function.ended(again)["status"] == "Succeeded"


def test_ends_what_is_under_way_when_everything_is_reset(private_cloud: Callable[..., Cloud], name: str) -> None:
    cloud = private_cloud(SHIPLINE_MINUTE_SECONDS="3600")
    function = Shifting(cloud, name).set_up(CANARY)
    deployment = function.deploy()
    function.traffic_becomes("1", {"2": 0.1})
    assert cloud.request("POST", "/_ministack/reset").status == 200
    with pytest.raises(ClientError, match="DeploymentDoesNotExistException"):
        function.info(deployment)
    function.set_up(CANARY)
    set_pace(cloud, 0.01)
    assert function.ended(function.deploy())["status"] == "Succeeded"
    assert "was forgotten by a reset" in (cloud.home / "log").read_text()


def test_keeps_accounts_apart(cloud: Cloud, function: Shifting) -> None:
    deployment = function.set_up().deploy()
    stranger = cloud.client("codedeploy", "100000000002")
    assert stranger.list_applications()["applications"] == []
    with pytest.raises(ClientError, match="DeploymentDoesNotExistException"):
        stranger.get_deployment(deploymentId=deployment)
