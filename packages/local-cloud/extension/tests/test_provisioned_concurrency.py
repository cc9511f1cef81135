"""Provisioned concurrency of versions and aliases, by the API and in templates."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from cloud import ACCOUNT, Cloud, eventually, zipped

CODE = "export const handler = async () => 1;"
CONFIGURED = {"ProvisionedConcurrencyConfig": {"ProvisionedConcurrentExecutions": 3}}


def two_versions(cloud: Cloud, name: str) -> Any:
    """A function with the versions 1 and 2 and the alias `live` of 1; returns the Lambda client."""
    cloud.published(name, CODE)
    lambdas = cloud.client("lambda")
    lambdas.update_function_code(FunctionName=name, ZipFile=zipped(CODE + "\n"))
    lambdas.publish_version(FunctionName=name)
    return lambdas


def provision(lambdas: Any, name: str, qualifier: str, executions: int = 2) -> Any:
    return lambdas.put_provisioned_concurrency_config(
        FunctionName=name, Qualifier=qualifier, ProvisionedConcurrentExecutions=executions)


def weigh(lambdas: Any, name: str, weights: dict[str, float]) -> None:
    lambdas.update_alias(FunctionName=name, Name="live", RoutingConfig={"AdditionalVersionWeights": weights})


def requested(lambdas: Any, name: str, qualifier: str = "live") -> int | None:
    try:
        answer = lambdas.get_provisioned_concurrency_config(FunctionName=name, Qualifier=qualifier)
    except lambdas.exceptions.ProvisionedConcurrencyConfigNotFoundException:
        return None
    assert answer["Status"] == "READY"
    assert answer["AllocatedProvisionedConcurrentExecutions"] == answer["RequestedProvisionedConcurrentExecutions"]
    return int(answer["RequestedProvisionedConcurrentExecutions"])


def test_remembers_and_forgets_a_configuration(cloud: Cloud, name: str) -> None:
    lambdas = two_versions(cloud, name)
    provision(lambdas, name, "live", 2)
    provision(lambdas, name, "live", 5)
    assert (requested(lambdas, name), requested(lambdas, name, "2")) == (5, None)
    lambdas.delete_provisioned_concurrency_config(FunctionName=name, Qualifier="live")
    assert requested(lambdas, name) is None


def test_keeps_a_configuration_but_refuses_to_change_it_while_the_alias_has_weights(cloud: Cloud, name: str) -> None:
    lambdas = two_versions(cloud, name)
    provision(lambdas, name, "live", 2)
    weigh(lambdas, name, {"2": 0.1})
    for change in (lambda: provision(lambdas, name, "live", 3),
                   lambda: lambdas.delete_provisioned_concurrency_config(FunctionName=name, Qualifier="live")):
        with pytest.raises(ClientError, match="InvalidParameterValueException.*Alias with weights can not be used"):
            change()
    assert requested(lambdas, name) == 2
    weigh(lambdas, name, {})
    provision(lambdas, name, "live", 3)
    assert requested(lambdas, name) == 3


def test_refuses_what_is_not_published_and_what_is_provisioned_already(cloud: Cloud, name: str) -> None:
    lambdas = two_versions(cloud, name)
    lambdas.create_alias(FunctionName=name, Name="latest", FunctionVersion="$LATEST")
    for qualifier in ("latest", "$LATEST"):
        with pytest.raises(ClientError, match="InvalidParameterValueException.*unpublished function versions"):
            provision(lambdas, name, qualifier)
    provision(lambdas, name, "live")
    with pytest.raises(ClientError, match="Version is pointed by a Provisioned Concurrency alias"):
        provision(lambdas, name, "1")
    lambdas.delete_provisioned_concurrency_config(FunctionName=name, Qualifier="live")
    provision(lambdas, name, "1")
    with pytest.raises(ClientError, match="already Provisioned version"):
        provision(lambdas, name, "live")


def template(name: str, alias: dict[str, Any], version: dict[str, Any] | None = None) -> str:
    """What CDK emits for a function with `currentVersion` and an alias of it."""
    return json.dumps({"Resources": {
        "Function": {"Type": "AWS::Lambda::Function", "Properties": {
            "FunctionName": name, "Runtime": "nodejs24.x", "Handler": "index.handler",
            "Role": f"arn:aws:iam::{ACCOUNT}:role/test", "Code": {"ZipFile": "exports.handler = async () => 1;"}}},
        "Version": {"Type": "AWS::Lambda::Version", "Properties": {
            "FunctionName": {"Ref": "Function"}, "Description": "first", **(version or {})}},
        "Live": {"Type": "AWS::Lambda::Alias", "Properties": {
            "FunctionName": {"Ref": "Function"}, "Name": "live", "Description": "what users get",
            "FunctionVersion": {"Fn::GetAtt": ["Version", "Version"]}, **alias}}}})


def deployed(cloud: Cloud, name: str, body: str, verb: str = "create") -> str:
    """The status in which the stack settles."""
    formation = cloud.client("cloudformation")
    getattr(formation, f"{verb}_stack")(StackName=name, TemplateBody=body)

    def settled() -> str | None:
        status = str(formation.describe_stacks(StackName=name)["Stacks"][0]["StackStatus"])
        return None if status.endswith("IN_PROGRESS") else status

    return str(eventually(settled))


def test_reads_the_configuration_of_an_alias_from_a_template(cloud: Cloud, name: str) -> None:
    lambdas = cloud.client("lambda")
    assert deployed(cloud, name, template(name, CONFIGURED)) == "CREATE_COMPLETE"
    alias = lambdas.get_alias(FunctionName=name, Name="live")
    assert (alias["FunctionVersion"], alias["Description"]) == ("1", "what users get")
    assert requested(lambdas, name) == 3
    assert deployed(cloud, name, template(name, {}), "update") == "UPDATE_COMPLETE"
    assert requested(lambdas, name) is None


def test_reads_the_configuration_of_a_version_from_a_template(cloud: Cloud, name: str) -> None:
    assert deployed(cloud, name, template(name, {}, CONFIGURED)) == "CREATE_COMPLETE"
    assert requested(cloud.client("lambda"), name, "1") == 3


@pytest.mark.parametrize("alias", [
    {"RoutingConfig": {"AdditionalVersionWeights": [{"FunctionVersion": "1", "FunctionWeight": 0.1}]}},
    {"FunctionVersion": "7"},
])
def test_fails_a_stack_whose_alias_aws_would_refuse(cloud: Cloud, name: str, alias: dict[str, Any]) -> None:
    stack = f"{name[:40]}-{len(json.dumps(alias))}"
    assert deployed(cloud, stack, template(stack, alias)) == "ROLLBACK_COMPLETE"


def test_leaves_no_alias_behind_whose_configuration_is_refused(cloud: Cloud, name: str) -> None:
    lambdas = two_versions(cloud, name)
    both = {**CONFIGURED, "FunctionVersion": "1", "FunctionName": name, "Name": "both",
            "RoutingConfig": {"AdditionalVersionWeights": [{"FunctionVersion": "2", "FunctionWeight": 0.1}]}}
    body = json.dumps({"Resources": {"Both": {"Type": "AWS::Lambda::Alias", "Properties": both}}})
    assert deployed(cloud, name, body) == "ROLLBACK_COMPLETE"
    assert [alias["Name"] for alias in lambdas.list_aliases(FunctionName=name)["Aliases"]] == ["live"]
