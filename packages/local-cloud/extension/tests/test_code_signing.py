"""Functions of a template take the code signing configuration that it names."""

from __future__ import annotations

import json
from typing import Any

from cloud import Cloud

PROFILE = "arn:aws:signer:us-east-1:000000000000:/signing-profiles/release/abcdefghij"


def template(name: str, *, profiles: list[str], signed: bool) -> str:
    function: dict[str, Any] = {
        "FunctionName": name,
        "Runtime": "nodejs24.x",
        "Handler": "index.handler",
        "Role": "arn:aws:iam::000000000000:role/any",
        "Code": {"ZipFile": "exports.handler = async () => 1"},
    }
    if signed:
        function["CodeSigningConfigArn"] = {"Ref": "Signing"}
    return json.dumps({
        "Resources": {
            "Signing": {"Type": "AWS::Lambda::CodeSigningConfig", "Properties": {
                "AllowedPublishers": {"SigningProfileVersionArns": profiles},
                "CodeSigningPolicies": {"UntrustedArtifactOnDeployment": "Enforce"}}},
            "Function": {"Type": "AWS::Lambda::Function", "Properties": function}},
        "Outputs": {"Arn": {"Value": {"Fn::GetAtt": ["Signing", "CodeSigningConfigArn"]}},
                    "Id": {"Value": {"Fn::GetAtt": ["Signing", "CodeSigningConfigId"]}}}})


def test_attaches_and_detaches_a_configuration(cloud: Cloud, name: str) -> None:
    formation, functions = cloud.client("cloudformation"), cloud.client("lambda")

    formation.create_stack(StackName=name, TemplateBody=template(name, profiles=[PROFILE], signed=True))
    stack = cloud.settled_stack(name)

    assert stack["StackStatus"] == "CREATE_COMPLETE"
    outputs = {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}
    assert outputs["Arn"].endswith(f":code-signing-config:{outputs['Id']}")
    assert functions.get_function_code_signing_config(FunctionName=name)["CodeSigningConfigArn"] == outputs["Arn"]

    formation.update_stack(StackName=name, TemplateBody=template(name, profiles=[PROFILE], signed=False))

    assert cloud.settled_stack(name)["StackStatus"] == "UPDATE_COMPLETE"
    assert functions.get_function_code_signing_config(FunctionName=name)["CodeSigningConfigArn"] == ""


def test_refuses_a_configuration_without_a_profile(cloud: Cloud, name: str) -> None:
    cloud.client("cloudformation").create_stack(
        StackName=name, TemplateBody=template(name, profiles=[], signed=True))

    assert cloud.settled_stack(name)["StackStatus"] in ("ROLLBACK_COMPLETE", "ROLLBACK_FAILED")
