"""An alias with weights splits the calls of every kind of caller."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from math import sqrt
from typing import Any

import pytest
from botocore.exceptions import ClientError

from alias_callers import CALLERS, Calls
from cloud import ACCOUNT, Cloud, eventually, zipped
from shipline_cloud.alias_weights import drawn_version

TELLING = """export const handler = async (event, context) => {
  const told = [context.functionVersion, process.env.AWS_LAMBDA_FUNCTION_VERSION, context.logStreamName.split('[')[1]];
  if (!context.invokedFunctionArn.endsWith(':live') || !told[2].startsWith(`${told[0]}]`) || told[0] !== told[1]) {
    throw new Error(`${context.invokedFunctionArn} ${told}`);
  }
  if (event.triggerSource) { return event; }
  return { statusCode: 200, body: JSON.stringify({ version: told[0], greeting: GREETING }) };
};
const GREETING = '%s';
"""
# 13 kinds of callers, each with a chance of 7 in a million to miss this many standard errors by accident.
STANDARD_ERRORS = 4.5


def weighted(cloud: Cloud, name: str, weight: float, **settings: Any) -> str:
    """A function with two versions behind `live`; the second gets `weight` of the calls. Returns the alias's ARN."""
    alias = cloud.published(name, TELLING % "old", **settings)
    publish(cloud, name, TELLING % "new")
    shift(cloud, name, weight)
    return alias


def publish(cloud: Cloud, name: str, source: str) -> str:
    lambdas = cloud.client("lambda")
    lambdas.update_function_code(FunctionName=name, ZipFile=zipped(source))
    return str(lambdas.publish_version(FunctionName=name)["Version"])


def shift(cloud: Cloud, name: str, weight: float | None) -> Any:
    weights = {} if weight is None else {"2": weight}
    return cloud.client("lambda").update_alias(
        FunctionName=name, Name="live", RoutingConfig={"AdditionalVersionWeights": weights})


def counted(cloud: Cloud, name: str, metric: str = "Invocations") -> dict[str, int]:
    """How often each version ran behind the alias, from the function's metrics."""
    return {version: summed(cloud, metric, {
        "FunctionName": name, "Resource": f"{name}:live", "ExecutedVersion": version}) for version in ("1", "2")}


def summed(cloud: Cloud, metric: str, dimensions: dict[str, str], namespace: str = "AWS/Lambda") -> int:
    now = time.time()
    points = cloud.client("cloudwatch").get_metric_statistics(
        Namespace=namespace, MetricName=metric, StartTime=now - 3600, EndTime=now + 60, Period=3600,
        Statistics=["Sum"], Dimensions=[{"Name": key, "Value": value} for key, value in dimensions.items()])
    return int(sum(point["Sum"] for point in points["Datapoints"]))


def split(cloud: Cloud, name: str, kind: str, count: int, weight: float) -> float:
    """By how many standard errors the new version's share of so many calls differs from its weight."""
    def served() -> int:
        return sum(counted(cloud, name).values())

    CALLERS[kind](Calls(cloud, name.lower()[:60], weighted(cloud, name, weight), count, served))
    eventually(lambda: served() == count, within=300)
    assert counted(cloud, name, "Errors") == {"1": 0, "2": 0}
    return abs(counted(cloud, name)["2"] / count - weight) / sqrt(weight * (1 - weight) / count)


@pytest.mark.parametrize("kind", CALLERS)
def test_splits_the_calls_of(kind: str, cloud: Cloud, name: str) -> None:
    assert split(cloud, name, kind, 40, 0.5) < STANDARD_ERRORS


@pytest.mark.slow
@pytest.mark.parametrize("kind", CALLERS)
def test_splits_two_thousand_calls_of(
    kind: str, cloud: Cloud, name: str, record_property: Callable[[str, object], None]
) -> None:
    off = split(cloud, name, kind, 2000, 0.1)
    record_property("standard_errors", round(off, 2))
    print(f"{kind}: {counted(cloud, name)['2']} of 2000 calls at weight 0.1, {off:.2f} standard errors off")
    assert off < STANDARD_ERRORS


@pytest.mark.parametrize("weight", [0.0, 0.05, 0.1, 0.5, 0.9, 1.0])
def test_draws_versions_by_their_weights(weight: float) -> None:
    alias = {"FunctionVersion": "1", "RoutingConfig": {"AdditionalVersionWeights": {"2": weight}}}
    draw = random.Random(20181126).random
    share = sum(drawn_version(alias, draw) == "2" for _ in range(2000)) / 2000
    assert abs(share - weight) <= 3 * sqrt(weight * (1 - weight) / 2000)


def test_names_the_version_that_ran_in_the_answer_of_invoke(cloud: Cloud, name: str) -> None:
    weighted(cloud, name, 0.5)
    lambdas = cloud.client("lambda")
    seen = set()
    for _ in range(64):
        answer = lambdas.invoke(FunctionName=name, Qualifier="live")
        body = json.loads(json.loads(answer["Payload"].read())["body"])
        assert answer["ExecutedVersion"] == body["version"]
        seen.add((body["version"], body["greeting"]))
    assert seen == {("1", "old"), ("2", "new")}
    assert "ExecutedVersion" not in lambdas.invoke(FunctionName=name, Qualifier="live", InvocationType="Event")


def test_follows_the_alias_as_soon_as_its_weights_change(cloud: Cloud, name: str) -> None:
    weighted(cloud, name, 1.0)
    lambdas = cloud.client("lambda")

    def executed() -> set[str]:
        return {lambdas.invoke(FunctionName=name, Qualifier="live")["ExecutedVersion"] for _ in range(12)}

    assert executed() == {"2"}
    assert "RoutingConfig" not in shift(cloud, name, None)
    assert executed() == {"1"}
    before = lambdas.get_alias(FunctionName=name, Name="live")["RevisionId"]
    assert shift(cloud, name, 1.0)["RevisionId"] != before
    assert executed() == {"2"}


def test_draws_anew_for_the_retry_of_an_event(cloud: Cloud, name: str) -> None:
    alias = cloud.published(name, "export const handler = async () => { throw new Error('old'); };")
    publish(cloud, name, TELLING % "new")
    cloud.client("lambda").invoke(FunctionName=alias, InvocationType="Event")
    eventually(lambda: counted(cloud, name, "Errors")["1"] == 1)
    shift(cloud, name, 1.0)
    eventually(lambda: counted(cloud, name)["2"] == 1)
    assert counted(cloud, name) == {"1": 1, "2": 1}


def test_answers_for_the_alias_with_its_main_version(cloud: Cloud, name: str) -> None:
    weighted(cloud, name, 0.5)
    lambdas = cloud.client("lambda")
    versions = {lambdas.get_function_configuration(FunctionName=name, Qualifier="live")["Version"] for _ in range(12)}
    assert versions == {"1"}


def test_keeps_workers_of_both_versions_until_no_alias_leads_to_one(private_cloud: Callable[..., Cloud]) -> None:
    cloud = private_cloud(LAMBDA_WARM_TTL_SECONDS="600")
    weighted(cloud, "both", 0.5)
    lambdas = cloud.client("lambda")

    def idle() -> int:
        return int(cloud.get("/_shipline/health").json()["workers"]["idle"])

    def warm_both() -> bool:
        lambdas.invoke(FunctionName="both", Qualifier="live")
        return idle() == 2

    eventually(warm_both)
    shift(cloud, "both", None)
    eventually(lambda: idle() == 1)
    assert lambdas.invoke(FunctionName="both", Qualifier="live")["ExecutedVersion"] == "1"
    assert idle() == 1
    lambdas.create_alias(FunctionName="both", Name="next", FunctionVersion="2")
    lambdas.invoke(FunctionName="both", Qualifier="2")
    assert idle() == 2
    lambdas.delete_alias(FunctionName="both", Name="next")
    eventually(lambda: idle() == 1)


def test_splits_after_a_restart(private_cloud: Callable[..., Cloud], name: str) -> None:
    cloud = private_cloud()
    weighted(cloud, name, 1.0)
    cloud.stop()
    cloud.start()
    assert cloud.client("lambda").invoke(FunctionName=name, Qualifier="live")["ExecutedVersion"] == "2"


@pytest.mark.parametrize(("weights", "main", "said"), [
    ({"2": 1.5}, "1", "0.0 to 1.0"),
    ({"2": 0.1, "3": 0.1}, "1", "cannot be greater than 1"), ({"1": 0.1}, "1", "already included"),
    ({"2": 0.1}, "$LATEST", "LATEST is not supported"), ({"$LATEST": 0.1}, "1", "LATEST is not supported"),
    ({"4": 0.1}, "1", "same execution role"), ({"5": 0.1}, "1", "same dead-letter queue"),
])
def test_refuses_weights_that_aws_refuses(
    cloud: Cloud, rules: str, weights: dict[str, float], main: str, said: str
) -> None:
    lambdas = cloud.client("lambda")
    for call, alias in ((lambdas.create_alias, "other"), (lambdas.update_alias, "live")):
        with pytest.raises(ClientError, match=f"InvalidParameterValueException.*{said}"):
            call(FunctionName=rules, Name=alias, FunctionVersion=main,
                 RoutingConfig={"AdditionalVersionWeights": weights})
    assert [alias["Name"] for alias in lambdas.list_aliases(FunctionName=rules)["Aliases"]] == ["live"]


def test_refuses_versions_that_do_not_exist_and_a_stale_revision(cloud: Cloud, rules: str) -> None:
    lambdas = cloud.client("lambda")
    for version, weights in (("9", {}), ("1", {"9": 0.1})):
        with pytest.raises(ClientError, match="ResourceNotFoundException.*Function not found: .*:9"):
            lambdas.update_alias(FunctionName=rules, Name="live", FunctionVersion=version,
                                 RoutingConfig={"AdditionalVersionWeights": weights})
    with pytest.raises(ClientError, match="PreconditionFailedException"):
        lambdas.update_alias(FunctionName=rules, Name="live", FunctionVersion="2", RevisionId="stale")


@pytest.fixture(scope="module")
def rules(cloud: Cloud) -> str:
    """A function whose versions 1 to 3 are alike, 4 has another role and 5 a dead-letter queue."""
    cloud.published("rules", TELLING % 1)
    lambdas = cloud.client("lambda")
    for number in (2, 3):
        publish(cloud, "rules", TELLING % number)
    own_role = f"arn:aws:iam::{ACCOUNT}:role/own"
    lambdas.update_function_configuration(FunctionName="rules", Role=own_role)
    lambdas.publish_version(FunctionName="rules")
    dead_letters = cloud.client("sqs").create_queue(QueueName="rules")["QueueUrl"].rsplit("/")[-1]
    lambdas.update_function_configuration(
        FunctionName="rules", Role=f"arn:aws:iam::{ACCOUNT}:role/test",
        DeadLetterConfig={"TargetArn": f"arn:aws:sqs:us-east-1:{ACCOUNT}:{dead_letters}"})
    assert lambdas.publish_version(FunctionName="rules")["Version"] == "5"
    return "rules"
