"""Stacks make access keys and providers of OpenID Connect, change and delete them."""

from __future__ import annotations

import json
from typing import Any

from cloud import Cloud


def template(*, serial: int, status: str = "Active") -> str:
    return json.dumps({
        "Resources": {
            "User": {"Type": "AWS::IAM::User", "Properties": {}},
            "Key": {"Type": "AWS::IAM::AccessKey", "Properties": {
                "UserName": {"Ref": "User"}, "Serial": serial, "Status": status}}},
        "Outputs": {
            "User": {"Value": {"Ref": "User"}}, "Key": {"Value": {"Ref": "Key"}},
            "Secret": {"Value": {"Fn::GetAtt": ["Key", "SecretAccessKey"]}}}})


def outputs(cloud: Cloud, name: str) -> dict[str, str]:
    stack = cloud.settled_stack(name)
    assert stack["StackStatus"] in ("CREATE_COMPLETE", "UPDATE_COMPLETE"), stack
    return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}


def keys_of(cloud: Cloud, user: str) -> list[tuple[str, str]]:
    listed: Any = cloud.client("iam").list_access_keys(UserName=user)["AccessKeyMetadata"]
    return [(key["AccessKeyId"], key["Status"]) for key in listed]


def test_makes_replaces_and_deletes_the_key_of_a_user(cloud: Cloud, name: str) -> None:
    formation, capabilities = cloud.client("cloudformation"), ["CAPABILITY_IAM"]
    formation.create_stack(StackName=name, TemplateBody=template(serial=1), Capabilities=capabilities)

    first = outputs(cloud, name)

    assert first["Secret"]
    assert keys_of(cloud, first["User"]) == [(first["Key"], "Active")]

    formation.update_stack(
        StackName=name, TemplateBody=template(serial=1, status="Inactive"), Capabilities=capabilities)

    assert outputs(cloud, name) == first
    assert keys_of(cloud, first["User"]) == [(first["Key"], "Inactive")]

    formation.update_stack(StackName=name, TemplateBody=template(serial=2), Capabilities=capabilities)
    second = outputs(cloud, name)

    assert second["Key"] != first["Key"] and second["Secret"] != first["Secret"]
    assert keys_of(cloud, first["User"]) == [(second["Key"], "Active")]

    formation.delete_stack(StackName=name)
    formation.get_waiter("stack_delete_complete").wait(StackName=name, WaiterConfig={"Delay": 1})

    assert all(user["UserName"] != first["User"] for user in cloud.client("iam").list_users()["Users"])


def provider(*, clients: list[str], url: str = "https://token.example.com") -> str:
    return json.dumps({
        "Resources": {"Provider": {"Type": "AWS::IAM::OIDCProvider", "Properties": {
            "Url": url, "ClientIdList": clients, "ThumbprintList": ["0" * 40]}}},
        "Outputs": {"Provider": {"Value": {"Ref": "Provider"}},
                    "Arn": {"Value": {"Fn::GetAtt": ["Provider", "Arn"]}}}})


def providers(cloud: Cloud) -> list[str]:
    listed: Any = cloud.client("iam").list_open_id_connect_providers()["OpenIDConnectProviderList"]
    return [provider["Arn"] for provider in listed]


def test_makes_changes_and_deletes_a_provider_of_openid_connect(cloud: Cloud, name: str) -> None:
    formation, iam = cloud.client("cloudformation"), cloud.client("iam")
    formation.create_stack(StackName=name, TemplateBody=provider(clients=["one"]))

    first = outputs(cloud, name)["Provider"]

    assert outputs(cloud, name)["Arn"] == first and first.endswith(":oidc-provider/token.example.com")
    found = iam.get_open_id_connect_provider(OpenIDConnectProviderArn=first)
    assert found["ClientIDList"] == ["one"] and found["ThumbprintList"] == ["0" * 40]

    formation.update_stack(StackName=name, TemplateBody=provider(clients=["one", "two"]))

    assert outputs(cloud, name)["Provider"] == first
    found = iam.get_open_id_connect_provider(OpenIDConnectProviderArn=first)
    assert found["ClientIDList"] == ["one", "two"]

    formation.update_stack(StackName=name, TemplateBody=provider(clients=["one"], url="https://other.example.com"))
    second = outputs(cloud, name)["Provider"]

    assert second.endswith(":oidc-provider/other.example.com")
    assert first not in providers(cloud) and second in providers(cloud)

    formation.delete_stack(StackName=name)
    formation.get_waiter("stack_delete_complete").wait(StackName=name, WaiterConfig={"Delay": 1})

    assert second not in providers(cloud)
