"""Functions of a template take the code signing configuration that it names."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from cloud import Cloud, zipped

PROFILE = "arn:aws:signer:us-east-1:000000000000:/signing-profiles/release/abcdefghij"


def template(name: str, *, profiles: list[str], signed: bool, code: dict[str, str] | None = None) -> str:
    function: dict[str, Any] = {
        "FunctionName": name,
        "Runtime": "nodejs24.x",
        "Handler": "index.handler",
        "Role": "arn:aws:iam::000000000000:role/any",
        "Code": code or {"ZipFile": "exports.handler = async () => 1"},
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


class Signing:
    """A profile, and a versioned bucket with a zip."""

    def __init__(self, cloud: Cloud, name: str) -> None:
        self.signer, self.s3 = cloud.client("signer"), cloud.client("s3")
        self.bucket, self.profile = name, name.replace("-", "_")
        made = self.signer.put_signing_profile(profileName=self.profile, platformId="AWSLambda-SHA384-ECDSA")
        self.version_arn = made["profileVersionArn"]
        self.s3.create_bucket(Bucket=self.bucket)
        self.s3.put_bucket_versioning(Bucket=self.bucket, VersioningConfiguration={"Status": "Enabled"})

    def put(self, key: str, package: bytes) -> dict[str, str]:
        version = self.s3.put_object(Bucket=self.bucket, Key=key, Body=package)["VersionId"]
        return {"bucketName": self.bucket, "key": key, "version": version}

    def job(self, source: dict[str, str]) -> Any:
        started = self.signer.start_signing_job(
            source={"s3": source}, destination={"s3": {"bucketName": self.bucket, "prefix": "signed_"}},
            profileName=self.profile)
        return self.signer.describe_signing_job(jobId=started["jobId"])

    def signed(self, source: dict[str, str]) -> dict[str, str]:
        """The zip's signed twin, as a template names it."""
        job = self.job(source)
        assert job["status"] == "Succeeded", job
        return {"S3Bucket": self.bucket, "S3Key": job["signedObject"]["s3"]["key"]}

    def read(self, key: str) -> bytes:
        return bytes(self.s3.get_object(Bucket=self.bucket, Key=key)["Body"].read())


@pytest.fixture
def signing(cloud: Cloud, name: str) -> Signing:
    return Signing(cloud, name)


SOURCE = "export const handler = async () => 'signed';"


def test_runs_a_function_from_a_zip_that_signer_has_signed(cloud: Cloud, name: str, signing: Signing) -> None:
    code = signing.signed(signing.put("code.zip", zipped(SOURCE)))
    cloud.client("cloudformation").create_stack(
        StackName=name, TemplateBody=template(name, profiles=[signing.version_arn], signed=True, code=code))

    assert cloud.settled_stack(name)["StackStatus"] == "CREATE_COMPLETE"
    assert cloud.invoke(name) == "signed"


def test_refuses_code_that_no_allowed_profile_has_signed(cloud: Cloud, name: str, signing: Signing) -> None:
    formation = cloud.client("cloudformation")
    source = signing.put("code.zip", zipped(SOURCE))
    signed = signing.signed(source)
    unsigned = {"S3Bucket": signing.bucket, "S3Key": "code.zip"}
    formation.create_stack(
        StackName=name, TemplateBody=template(name, profiles=[signing.version_arn], signed=True, code=signed))
    assert cloud.settled_stack(name)["StackStatus"] == "CREATE_COMPLETE"

    formation.update_stack(
        StackName=name, TemplateBody=template(name, profiles=[signing.version_arn], signed=True, code=unsigned))

    assert cloud.settled_stack(name)["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    events = formation.describe_stack_events(StackName=name)["StackEvents"]
    assert any("CodeVerificationFailedException" in event.get("ResourceStatusReason", "") for event in events)
    assert cloud.invoke(name) == "signed"


def test_refuses_a_signed_zip_that_was_changed(cloud: Cloud, name: str, signing: Signing) -> None:
    signed = signing.signed(signing.put("code.zip", zipped(SOURCE)))
    changed = io.BytesIO(signing.read(signed["S3Key"]))
    with zipfile.ZipFile(changed, "a") as archive:
        archive.writestr("more.mjs", "export {}")
    signing.put("changed.zip", changed.getvalue())
    cloud.client("cloudformation").create_stack(StackName=name, TemplateBody=template(
        name, profiles=[signing.version_arn], signed=True,
        code={"S3Bucket": signing.bucket, "S3Key": "changed.zip"}))

    assert cloud.settled_stack(name)["StackStatus"] in ("ROLLBACK_COMPLETE", "ROLLBACK_FAILED")


def test_signs_no_zip_twice_and_nothing_that_is_none(signing: Signing) -> None:
    signed = signing.signed(signing.put("code.zip", zipped(SOURCE)))

    assert signing.job(signing.put("twice.zip", signing.read(signed["S3Key"])))["status"] == "Failed"
    assert signing.job(signing.put("text.zip", b"no zip"))["status"] == "Failed"
