"""Alarms as they go off; one minute lasts a second here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from cloud import ACCOUNT, Cloud, eventually


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    server = Cloud(tmp_path_factory.mktemp("alarms"), settings={"SHIPLINE_MINUTE_SECONDS": "1"}).start()
    yield server
    server.stop()


def put(cloud: Cloud, namespace: str, metric: str, value: float, **dimensions: str) -> None:
    named = [{"Name": key, "Value": text} for key, text in dimensions.items()]
    cloud.client("cloudwatch").put_metric_data(
        Namespace=namespace, MetricData=[{"MetricName": metric, "Value": value, "Dimensions": named}])


def alarm(cloud: Cloud, name: str, **settings: Any) -> str:
    """Create an alarm on Sum of `Errors` > 0 in the namespace of its name; returns its ARN."""
    watched = {} if "Metrics" in settings else {
        "Namespace": name, "MetricName": "Errors", "Statistic": "Sum", "Period": 60, **settings}
    cloud.client("cloudwatch").put_metric_alarm(**{
        "AlarmName": name, "EvaluationPeriods": 1, "Threshold": 0, "ComparisonOperator": "GreaterThanThreshold",
        "TreatMissingData": "notBreaching", **watched, **settings})
    return f"arn:aws:cloudwatch:us-east-1:{ACCOUNT}:alarm:{name}"


def queue(cloud: Cloud, name: str) -> tuple[str, str]:
    """Create a queue; returns its URL and ARN."""
    url = cloud.client("sqs").create_queue(QueueName=name)["QueueUrl"]
    attributes = cloud.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]
    return url, attributes["QueueArn"]


def described(cloud: Cloud, name: str, kind: str = "MetricAlarm") -> dict[str, Any]:
    return cloud.client("cloudwatch").describe_alarms(AlarmNames=[name], AlarmTypes=[kind])[f"{kind}s"][0]


def wait_for(cloud: Cloud, name: str, state: str, kind: str = "MetricAlarm") -> dict[str, Any]:
    eventually(lambda: described(cloud, name, kind)["StateValue"] == state)
    return described(cloud, name, kind)


def test_goes_off_for_its_dimensions_only_and_recovers(cloud: Cloud, name: str) -> None:
    alarm(cloud, name, Dimensions=[{"Name": "A", "Value": "x"}])
    wait_for(cloud, name, "OK")
    put(cloud, name, "Errors", 5)
    put(cloud, name, "Errors", 5, A="y")
    put(cloud, name, "Errors", 5, A="x", B="z")
    put(cloud, name, "Other", 5, A="x")
    alarm(cloud, f"{name}-undimensioned", Namespace=name)
    wait_for(cloud, f"{name}-undimensioned", "ALARM")
    assert described(cloud, name)["StateValue"] == "OK"
    put(cloud, name, "Errors", 2, A="x")
    fired = wait_for(cloud, name, "ALARM")
    assert fired["StateReason"].startswith("Threshold Crossed: 1 out of the last 1 datapoints [2.0 (")
    assert fired["StateReason"].endswith(
        "was greater than the threshold (0.0) (minimum 1 datapoint for OK -> ALARM transition).")
    data = json.loads(fired["StateReasonData"])
    assert (data["recentDatapoints"], data["period"], data["statistic"]) == ([2.0], 60, "Sum")
    assert "no datapoints were received" in wait_for(cloud, name, "OK")["StateReason"]
    history = cloud.client("cloudwatch").describe_alarm_history(AlarmName=name, HistoryItemType="StateUpdate")
    assert [item["HistorySummary"] for item in history["AlarmHistoryItems"]][:2] == [
        "Alarm updated from ALARM to OK", "Alarm updated from OK to ALARM"]


def test_watches_lambda_errors_that_nobody_put(cloud: Cloud, name: str) -> None:
    cloud.published(name, "export const handler = async () => { console.log('x'); throw new Error('no'); };")
    dimensions = {"FunctionName": name, "Resource": f"{name}:live", "ExecutedVersion": "1"}
    alarm(cloud, name, Namespace="AWS/Lambda",
          Dimensions=[{"Name": key, "Value": value} for key, value in dimensions.items()])
    cloud.invoke(name, Qualifier="live")
    wait_for(cloud, name, "ALARM")


def test_needs_as_many_data_points_as_it_says(cloud: Cloud, name: str) -> None:
    alarm(cloud, name, EvaluationPeriods=3, DatapointsToAlarm=2)
    alarm(cloud, f"{name}-first", Namespace=name)  # evaluated after it, in the same turn of the clock
    put(cloud, name, "Errors", 1)
    wait_for(cloud, f"{name}-first", "ALARM")
    assert described(cloud, name)["StateValue"] == "OK"

    def fired() -> bool:
        put(cloud, name, "Errors", 1)
        return bool(described(cloud, name)["StateValue"] == "ALARM")

    eventually(fired)
    assert "(minimum 2 datapoints for OK -> ALARM transition)" in described(cloud, name)["StateReason"]
    wait_for(cloud, name, "OK")


def test_has_insufficient_data_when_nothing_arrives(cloud: Cloud, name: str) -> None:
    alarm(cloud, name, EvaluationPeriods=3, TreatMissingData="missing")
    put(cloud, name, "Errors", 0)
    wait_for(cloud, name, "OK")
    reason = wait_for(cloud, name, "INSUFFICIENT_DATA")["StateReason"]
    assert reason == "Insufficient Data: 3 datapoints were unknown."


def test_watches_metric_math(cloud: Cloud, name: str) -> None:
    def stat(key: str, metric: str) -> dict[str, Any]:
        return {"Id": key, "ReturnData": False, "MetricStat": {
            "Metric": {"Namespace": name, "MetricName": metric}, "Period": 60, "Stat": "Sum"}}

    rate = {"Id": "rate", "Expression": "IF(calls > 1, 100 * FILL(errors, 0) / calls, 0)", "ReturnData": True}
    alarm(cloud, name, Metrics=[stat("errors", "Errors"), stat("calls", "Calls"), rate], Threshold=10)
    assert described(cloud, name)["Metrics"][2]["Expression"] == rate["Expression"]
    assert "MetricName" not in described(cloud, name)
    put(cloud, name, "Errors", 1)
    put(cloud, name, "Calls", 1)
    wait_for(cloud, name, "OK")
    for _ in range(4):
        put(cloud, name, "Calls", 2)
        put(cloud, name, "Errors", 1)
    fired = wait_for(cloud, name, "ALARM")
    assert json.loads(fired["StateReasonData"])["recentDatapoints"][0] > 10


def test_watches_a_percentile_of_a_high_resolution_period(cloud: Cloud, name: str) -> None:
    cloud.client("cloudwatch").put_metric_alarm(
        AlarmName=name, Namespace=name, MetricName="Latency", ExtendedStatistic="p90", Period=10, EvaluationPeriods=1,
        Threshold=50, ComparisonOperator="GreaterThanOrEqualToThreshold", TreatMissingData="ignore",
        Unit="Milliseconds")
    cloud.client("cloudwatch").put_metric_data(Namespace=name, MetricData=[
        {"MetricName": "Latency", "Unit": "Milliseconds", "Values": [1, 100], "Counts": [5, 5]},
        {"MetricName": "Latency", "Unit": "Seconds", "Value": 1000}])
    assert json.loads(wait_for(cloud, name, "ALARM")["StateReasonData"])["recentDatapoints"] == [100]


def test_keeps_a_state_that_was_set_until_the_next_evaluation(cloud: Cloud, name: str) -> None:
    alarm(cloud, name)
    wait_for(cloud, name, "OK")
    cloud.client("cloudwatch").set_alarm_state(AlarmName=name, StateValue="ALARM", StateReason="a test")
    wait_for(cloud, name, "OK")
    history = cloud.client("cloudwatch").describe_alarm_history(AlarmName=name)["AlarmHistoryItems"]
    assert "a test" in history[1]["HistoryData"]


def test_tells_topics_functions_and_the_event_bus(cloud: Cloud, name: str) -> None:
    sqs, sns, events = cloud.client("sqs"), cloud.client("sns"), cloud.client("events")
    queues = {part: queue(cloud, f"{name}-{part}") for part in ("topic", "bus")}
    topic = sns.create_topic(Name=name)["TopicArn"]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queues["topic"][1])
    function = cloud.function(name, "export const handler = async (e) => console.log('told ' + JSON.stringify(e));")
    arn = alarm(cloud, name, AlarmActions=[topic, function])
    pattern = {"source": ["aws.cloudwatch"], "resources": [arn], "detail": {"state": {"value": ["ALARM"]}}}
    events.put_rule(Name=name, EventPattern=json.dumps(pattern))
    events.put_targets(Rule=name, Targets=[{"Id": "1", "Arn": queues["bus"][1]}])
    wait_for(cloud, name, "OK")
    put(cloud, name, "Errors", 1)

    def received(part: str) -> Any:
        messages = sqs.receive_message(QueueUrl=queues[part][0]).get("Messages")
        return messages and json.loads(messages[0]["Body"])

    assert json.loads(eventually(lambda: received("topic"))["Message"])["NewStateValue"] == "ALARM"
    event = eventually(lambda: received("bus"))
    assert event["detail-type"] == "CloudWatch Alarm State Change" and event["account"] == ACCOUNT
    assert event["detail"]["previousState"]["value"] == "OK"
    assert event["detail"]["configuration"]["metrics"][0]["metricStat"]["metric"]["name"] == "Errors"

    def told() -> list[str]:
        groups = [group["logGroupName"] for group in cloud.client("logs").describe_log_groups()["logGroups"]]
        if f"/aws/lambda/{name}" not in groups:
            return []
        lines = cloud.client("logs").filter_log_events(logGroupName=f"/aws/lambda/{name}")["events"]
        return [line["message"] for line in lines if line["message"].startswith("told ")]

    payload = json.loads(eventually(told)[0].removeprefix("told "))
    assert payload["alarmArn"] == arn and payload["alarmData"]["state"]["value"] == "ALARM"


def test_stays_silent_while_actions_are_disabled(cloud: Cloud, name: str) -> None:
    topic = cloud.client("sns").create_topic(Name=name)["TopicArn"]
    url, arn = queue(cloud, name)
    cloud.client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
    alarm(cloud, name, AlarmActions=[topic])
    cloud.client("cloudwatch").disable_alarm_actions(AlarmNames=[name])
    put(cloud, name, "Errors", 1)
    wait_for(cloud, name, "ALARM")
    # Whatever the alarm had said would arrive before what is said after it.
    cloud.client("sns").publish(TopicArn=topic, Message="after the alarm")
    (first,) = eventually(lambda: cloud.client("sqs").receive_message(QueueUrl=url).get("Messages"))
    assert json.loads(first["Body"])["Message"] == "after the alarm"
    cloud.client("sqs").delete_message(QueueUrl=url, ReceiptHandle=first["ReceiptHandle"])
    wait_for(cloud, name, "OK")
    cloud.client("cloudwatch").enable_alarm_actions(AlarmNames=[name])
    put(cloud, name, "Errors", 1)
    eventually(lambda: cloud.client("sqs").receive_message(QueueUrl=url).get("Messages"))


def test_combines_alarms_by_a_rule(cloud: Cloud, name: str) -> None:
    for part in ("a", "b"):
        alarm(cloud, f"{name}-{part}")
    rule = f'ALARM("{name}-a") AND NOT ALARM("{name}-b")'
    cloud.client("cloudwatch").put_composite_alarm(AlarmName=name, AlarmRule=rule)
    wait_for(cloud, name, "OK", "CompositeAlarm")
    put(cloud, f"{name}-a", "Errors", 1)
    wait_for(cloud, name, "ALARM", "CompositeAlarm")
    with pytest.raises(ClientError, match="ActionsSuppressor"):
        cloud.client("cloudwatch").put_composite_alarm(
            AlarmName=name, AlarmRule=rule, ActionsSuppressor=f"{name}-b", ActionsSuppressorWaitPeriod=1,
            ActionsSuppressorExtensionPeriod=1)


def test_makes_alarms_and_composite_alarms_from_a_template(cloud: Cloud, name: str) -> None:
    metric = {"Namespace": name, "MetricName": "Errors"}
    template = {"Resources": {
        "Errors": {"Type": "AWS::CloudWatch::Alarm", "Properties": {
            "AlarmName": f"{name}-errors", "ComparisonOperator": "GreaterThanThreshold", "Threshold": "0",
            "EvaluationPeriods": "1", "TreatMissingData": "notBreaching", "Metrics": [
                {"Id": "all", "Expression": "FILL(m, 0) * 2", "ReturnData": "true"},
                {"Id": "m", "ReturnData": "false",
                 "MetricStat": {"Metric": metric, "Period": "60", "Stat": "Sum"}}]}},
        "Any": {"Type": "AWS::CloudWatch::CompositeAlarm", "Properties": {
            "AlarmRule": {"Fn::Sub": "ALARM(\"${Errors}\") OR FALSE"}}},
    }, "Outputs": {"Any": {"Value": {"Ref": "Any"}}, "Arn": {"Value": {"Fn::GetAtt": ["Any", "Arn"]}}}}
    formation = cloud.client("cloudformation")
    formation.create_stack(StackName=name, TemplateBody=json.dumps(template))
    stack = cloud.settled_stack(name)
    assert stack["StackStatus"] == "CREATE_COMPLETE", stack
    outputs = {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}
    assert outputs["Arn"].endswith(f":alarm:{outputs['Any']}")
    wait_for(cloud, outputs["Any"], "OK", "CompositeAlarm")
    put(cloud, name, "Errors", 1)
    wait_for(cloud, outputs["Any"], "ALARM", "CompositeAlarm")
    template["Resources"]["Any"]["Properties"]["AlarmDescription"] = "new"  # type: ignore[index]
    formation.update_stack(StackName=name, TemplateBody=json.dumps(template))
    assert cloud.settled_stack(name)["StackStatus"] == "UPDATE_COMPLETE"
    assert described(cloud, outputs["Any"], "CompositeAlarm")["AlarmDescription"] == "new"
    formation.delete_stack(StackName=name)
    eventually(lambda: not cloud.client("cloudwatch").describe_alarms(
        AlarmNamePrefix=name, AlarmTypes=["MetricAlarm", "CompositeAlarm"])["CompositeAlarms"])
    eventually(lambda: not cloud.client("cloudwatch").describe_alarms(AlarmNamePrefix=name)["MetricAlarms"])


@pytest.mark.parametrize(("settings", "sentence"), [
    ({"ComparisonOperator": "GreaterThanUpperThreshold"}, "no anomaly detection"),
    ({"EvaluationPeriods": 1, "DatapointsToAlarm": 2}, "no greater than"),
    ({"Period": 45}, "neither 10, 20, 30"),
    ({"Metrics": [{"Id": "e", "Expression": "m / 2"}]}, "no query with this Id"),
    ({"Metrics": [{"Id": "e", "Expression": "SEARCH('{A} x', 'Sum', 60)"}]}, "not supported on Metric Alarms"),
])
def test_refuses_what_it_cannot_watch(cloud: Cloud, name: str, settings: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ClientError, match=sentence):
        alarm(cloud, name, **settings)


def test_goes_on_after_a_restart_and_forgets_everything_with_the_reset(private_cloud: Any) -> None:
    cloud = private_cloud(SHIPLINE_MINUTE_SECONDS="1")
    alarm(cloud, "kept", TreatMissingData="ignore")
    put(cloud, "kept", "Errors", 1)
    wait_for(cloud, "kept", "ALARM")
    cloud.stop()
    cloud.start()
    assert described(cloud, "kept")["StateValue"] == "ALARM"
    put(cloud, "kept", "Errors", 0)
    wait_for(cloud, "kept", "OK")
    cloud.request("POST", "/_ministack/reset")
    answer = cloud.client("cloudwatch")
    assert answer.describe_alarms()["MetricAlarms"] == []
    assert answer.describe_alarm_history()["AlarmHistoryItems"] == []
