"""Stacks make, change and delete identity providers."""

from __future__ import annotations

import json

from cloud import Cloud


def template(url: str, *clients: str) -> str:
    return json.dumps({
        "Resources": {"Issuer": {"Type": "AWS::IAM::OIDCProvider",
                                 "Properties": {"Url": url, "ClientIdList": list(clients)}}},
        "Outputs": {"Ref": {"Value": {"Ref": "Issuer"}}, "Arn": {"Value": {"Fn::GetAtt": ["Issuer", "Arn"]}}}})


def test_makes_changes_and_deletes_a_provider(cloud: Cloud, name: str) -> None:
    formation, iam = cloud.client("cloudformation"), cloud.client("iam")
    url = f"https://{name}.example"

    formation.create_stack(StackName=name, TemplateBody=template(url, "sts.amazonaws.com"))
    stack = cloud.settled_stack(name)

    assert stack["StackStatus"] == "CREATE_COMPLETE"
    outputs = {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}
    assert outputs["Ref"] == outputs["Arn"]
    assert outputs["Arn"].endswith(f":oidc-provider/{name}.example")
    made = iam.get_open_id_connect_provider(OpenIDConnectProviderArn=outputs["Arn"])
    assert made["ClientIDList"] == ["sts.amazonaws.com"]

    formation.update_stack(StackName=name, TemplateBody=template(url, "other.example"))

    assert cloud.settled_stack(name)["StackStatus"] == "UPDATE_COMPLETE"
    made = iam.get_open_id_connect_provider(OpenIDConnectProviderArn=outputs["Arn"])
    assert made["ClientIDList"] == ["other.example"]


def test_refuses_a_second_provider_of_one_address(cloud: Cloud, name: str) -> None:
    url = f"https://{name}.example"
    formation = cloud.client("cloudformation")
    formation.create_stack(StackName=f"{name}-a", TemplateBody=template(url, "a"))
    cloud.settled_stack(f"{name}-a")

    formation.create_stack(StackName=f"{name}-b", TemplateBody=template(url, "b"))

    assert cloud.settled_stack(f"{name}-b")["StackStatus"] in ("ROLLBACK_COMPLETE", "ROLLBACK_FAILED")
