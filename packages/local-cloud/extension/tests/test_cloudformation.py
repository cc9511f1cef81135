"""The parts of CloudFormation that the shop's stacks rely on."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cloud import Cloud, api_host, eventually

CODE = """exports.handler = async (event, context) => {
  console.log('called by', event.Records?.[0].eventSource);
  if (event.triggerSource) {
    return { ...event, response: { ...event.response, autoConfirmUser: true, autoVerifyEmail: true } };
  }
  return { statusCode: 200, body: JSON.stringify({ arn: context.invokedFunctionArn, value: process.env.VALUE }) };
};"""
ROLE = "arn:aws:iam::100000000001:role/test"


def resource(kind: str, properties: dict[str, Any], **attributes: Any) -> dict[str, Any]:
    return {"Type": f"AWS::{kind}", "Properties": properties, **attributes}


def template(name: str) -> dict[str, Any]:
    """A service as the shop deploys it: function, version, alias, API, event sources, trigger, table, parameters."""
    return {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Parameters": {"Shared": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": f"/{name}/shared"}},
        "Resources": {
            "Table": resource("DynamoDB::Table", {
                "TableName": f"{name}-table", "BillingMode": "PAY_PER_REQUEST",
                "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
                "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
                "StreamSpecification": {"StreamViewType": "NEW_IMAGE"},
            }, UpdateReplacePolicy="Retain", DeletionPolicy="Retain"),
            "Queue": resource("SQS::Queue", {"QueueName": f"{name}-queue"}),
            "Failed": resource("SQS::Queue", {"QueueName": f"{name}-failed"}, UpdateReplacePolicy="Delete"),
            "Function": resource("Lambda::Function", {
                "FunctionName": name, "Runtime": "nodejs24.x", "Handler": "index.handler", "Role": ROLE,
                "Code": {"ZipFile": CODE}, "Environment": {"Variables": {"VALUE": {"Ref": "Shared"}}},
                "LoggingConfig": {"LogGroup": {"Ref": "Log"}},
            }),
            "Log": resource("Logs::LogGroup", {"LogGroupName": f"/shop/{name}", "RetentionInDays": 7}),
            "Version": resource("Lambda::Version", {"FunctionName": {"Ref": "Function"}}),
            "Live": resource("Lambda::Alias", {
                "FunctionName": {"Ref": "Function"}, "Name": "live",
                "FunctionVersion": {"Fn::GetAtt": ["Version", "Version"]},
            }),
            "FromQueue": resource("Lambda::EventSourceMapping", {
                "FunctionName": {"Ref": "Live"}, "EventSourceArn": {"Fn::GetAtt": ["Queue", "Arn"]},
                "FunctionResponseTypes": ["ReportBatchItemFailures"],
            }),
            "FromTable": resource("Lambda::EventSourceMapping", {
                "FunctionName": {"Ref": "Live"}, "EventSourceArn": {"Fn::GetAtt": ["Table", "StreamArn"]},
                "StartingPosition": "TRIM_HORIZON", "FunctionResponseTypes": ["ReportBatchItemFailures"],
                "MaximumRetryAttempts": 3, "MaximumRecordAgeInSeconds": 3600, "BisectBatchOnFunctionError": True,
                "DestinationConfig": {"OnFailure": {"Destination": {"Fn::GetAtt": ["Failed", "Arn"]}}},
                "FilterCriteria": {"Filters": [{"Pattern": '{"eventName":["INSERT"]}'}]},
            }),
            "Api": resource("ApiGatewayV2::Api", {"Name": name, "ProtocolType": "HTTP"}),
            "Stage": resource("ApiGatewayV2::Stage", {
                "ApiId": {"Ref": "Api"}, "StageName": "$default", "AutoDeploy": True}),
            "Integration": resource("ApiGatewayV2::Integration", {
                "ApiId": {"Ref": "Api"}, "IntegrationType": "AWS_PROXY", "PayloadFormatVersion": "2.0",
                "IntegrationUri": {"Ref": "Live"}}),
            "Route": resource("ApiGatewayV2::Route", {
                "ApiId": {"Ref": "Api"}, "RouteKey": "GET /things",
                "Target": {"Fn::Join": ["/", ["integrations", {"Ref": "Integration"}]]}}),
            "MayCall": resource("Lambda::Permission", {
                "Action": "lambda:InvokeFunction", "FunctionName": {"Ref": "Live"},
                "Principal": "cognito-idp.amazonaws.com"}),
            "Pool": resource("Cognito::UserPool", {
                "UserPoolName": name, "LambdaConfig": {"PreSignUp": {"Ref": "Live"}},
                "UsernameAttributes": ["email"], "AutoVerifiedAttributes": ["email"]}),
            "Client": resource("Cognito::UserPoolClient", {
                "UserPoolId": {"Ref": "Pool"}, "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"]}),
            "ApiHost": resource("SSM::Parameter", {
                "Name": f"/{name}/api-host", "Type": "String",
                "Value": {"Fn::Sub": "${Api}.execute-api.${AWS::Region}.amazonaws.com"}}),
        },
        "Outputs": {
            "Host": {"Value": {"Fn::GetAtt": ["ApiHost", "Value"]}}, "Alias": {"Value": {"Ref": "Live"}},
            "Client": {"Value": {"Ref": "Client"}}, "Queue": {"Value": {"Ref": "Queue"}},
        },
    }


class Stack:
    def __init__(self, cloud: Cloud, name: str) -> None:
        self.cloud, self.name = cloud, name
        self.formation = cloud.client("cloudformation")
        self.body = json.dumps(template(name), indent=3)
        cloud.client("ssm").put_parameter(Name=f"/{name}/shared", Value="from the store", Type="String")
        self.formation.create_stack(StackName=name, TemplateBody=self.body, Capabilities=["CAPABILITY_IAM"])
        assert self.settled()["StackStatus"] == "CREATE_COMPLETE", self.reasons()

    def settled(self) -> Any:
        return self.cloud.settled_stack(self.name)

    def reasons(self) -> list[str]:
        events = self.formation.describe_stack_events(StackName=self.name)["StackEvents"]
        return [f"{e['LogicalResourceId']}: {reason}" for e in events if (reason := e.get("ResourceStatusReason"))]

    def output(self, key: str) -> str:
        return next(str(o["OutputValue"]) for o in self.settled()["Outputs"] if o["OutputKey"] == key)


@pytest.fixture(scope="module")
def stack(cloud: Cloud) -> Stack:
    return Stack(cloud, "shop-stack")


def test_serves_an_alias_behind_an_api_with_a_value_of_the_parameter_store(cloud: Cloud, stack: Stack) -> None:
    answer = cloud.get("/things", host=stack.output("Host"))
    assert answer.json() == {"arn": stack.output("Alias"), "value": "from the store"}
    assert stack.output("Alias").endswith(":function:shop-stack:live")
    assert api_host(stack.output("Host").split(".")[0]) == stack.output("Host")


def test_tells_the_name_and_the_value_of_a_parameter_that_it_resolves(stack: Stack) -> None:
    assert stack.settled()["Parameters"] == [
        {"ParameterKey": "Shared", "ParameterValue": "/shop-stack/shared", "ResolvedValue": "from the store"}]


def test_returns_the_template_as_it_was_submitted(stack: Stack) -> None:
    answer = stack.formation.get_template(StackName=stack.name, TemplateStage="Original")
    body = answer["TemplateBody"]
    assert (json.dumps(body, indent=3) if isinstance(body, dict) else body) == stack.body


def test_confirms_a_sign_up_by_the_trigger(cloud: Cloud, stack: Stack) -> None:
    headers = {"Content-Type": "application/x-amz-json-1.1"}
    target = "AWSCognitoIdentityProviderService."
    credentials = {"ClientId": stack.output("Client"), "Username": "bob@example.com", "Password": "Correct-horse-1"}
    signed_up = cloud.request("POST", "/", body=credentials, headers={**headers, "X-Amz-Target": f"{target}SignUp"})
    assert signed_up.json()["UserConfirmed"] is True
    answer = cloud.request("POST", "/", headers={**headers, "X-Amz-Target": f"{target}InitiateAuth"}, body={
        "ClientId": credentials["ClientId"], "AuthFlow": "USER_PASSWORD_AUTH",
        "AuthParameters": {"USERNAME": credentials["Username"], "PASSWORD": credentials["Password"]}})
    assert answer.json()["AuthenticationResult"]["AccessToken"]


def test_maps_a_queue_and_a_table_to_the_alias_with_all_settings(cloud: Cloud, stack: Stack) -> None:
    mappings = cloud.client("lambda").list_event_source_mappings(FunctionName=stack.output("Alias"))
    by_source = {m["EventSourceArn"].split(":")[2]: m for m in mappings["EventSourceMappings"]}
    assert set(by_source) == {"sqs", "dynamodb"}
    stream = by_source["dynamodb"]
    assert stream["FunctionArn"] == stack.output("Alias")
    assert (stream["MaximumRetryAttempts"], stream["MaximumRecordAgeInSeconds"]) == (3, 3600)
    assert stream["BisectBatchOnFunctionError"] is True
    assert stream["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert stream["DestinationConfig"]["OnFailure"]["Destination"].endswith(":shop-stack-failed")
    cloud.client("sqs").send_message(QueueUrl=stack.output("Queue"), MessageBody="{}")
    cloud.client("dynamodb").put_item(TableName="shop-stack-table", Item={"id": {"S": "1"}})

    def lines() -> list[str]:
        events = cloud.client("logs").filter_log_events(logGroupName="/shop/shop-stack")["events"]
        return [event["message"].strip() for event in events]

    eventually(lambda: {"called by aws:sqs", "called by aws:dynamodb"} <= set(lines()))


def test_serves_new_code_after_an_update_of_the_stack(cloud: Cloud) -> None:
    stack = Stack(cloud, "updated-stack")
    assert cloud.get("/things", host=stack.output("Host")).json()["value"] == "from the store"
    changed = json.loads(stack.body.replace("process.env.VALUE", "'new code'").replace('"Version"', '"Version2"'))
    changed["Resources"]["Live"]["Properties"]["FunctionVersion"] = {"Fn::GetAtt": ["Version2", "Version"]}
    stack.formation.update_stack(StackName=stack.name, TemplateBody=json.dumps(changed))
    eventually(lambda: stack.settled()["StackStatus"] == "UPDATE_COMPLETE")
    assert cloud.get("/things", host=stack.output("Host")).json()["value"] == "new code"
    alias = cloud.client("lambda").get_alias(FunctionName=stack.name, Name="live")
    assert alias["FunctionVersion"] == "2"


def test_moves_the_alias_to_a_new_version_when_a_parameter_in_its_description_has_changed(cloud: Cloud) -> None:
    stack = Stack(cloud, "rewired-stack")
    described = json.loads(stack.body)
    described["Resources"]["Version"]["Properties"]["Description"] = {"Ref": "Shared"}
    cloud.client("ssm").put_parameter(Name="/rewired-stack/shared", Value="another", Type="String", Overwrite=True)
    stack.formation.update_stack(StackName=stack.name, TemplateBody=json.dumps(described))
    eventually(lambda: stack.settled()["StackStatus"] == "UPDATE_COMPLETE")
    assert cloud.get("/things", host=stack.output("Host")).json()["value"] == "another"
    cloud.client("ssm").put_parameter(Name="/rewired-stack/shared", Value="a third", Type="String", Overwrite=True)
    stack.formation.update_stack(
        StackName=stack.name, UsePreviousTemplate=True,
        Parameters=[{"ParameterKey": "Shared", "UsePreviousValue": True}])
    eventually(lambda: stack.settled()["Parameters"][0]["ResolvedValue"] == "a third")
    assert cloud.get("/things", host=stack.output("Host")).json()["value"] == "a third"


def test_refers_to_a_secret_by_its_arn_as_long_as_the_stack_lives(cloud: Cloud, name: str) -> None:
    formation, secrets = cloud.client("cloudformation"), cloud.client("secretsmanager")

    def deploy(change: Any, description: str, secret_name: str) -> str:
        change(StackName=name, TemplateBody=json.dumps({
            "Resources": {"Secret": resource("SecretsManager::Secret", {
                "Name": secret_name, "Description": description, "SecretString": "{}"})},
            "Outputs": {"Secret": {"Value": {"Ref": "Secret"}}}}))
        eventually(lambda: formation.describe_stacks(StackName=name)["Stacks"][0]["StackStatus"].endswith("E_COMPLETE"))
        return str(formation.describe_stacks(StackName=name)["Stacks"][0]["Outputs"][0]["OutputValue"])

    created = deploy(formation.create_stack, "first", f"{name}-a")
    assert created == secrets.describe_secret(SecretId=f"{name}-a")["ARN"]
    assert deploy(formation.update_stack, "second", f"{name}-a") == created
    assert secrets.describe_secret(SecretId=created)["Description"] == "second"
    renamed = deploy(formation.update_stack, "second", f"{name}-b")
    assert renamed == secrets.describe_secret(SecretId=f"{name}-b")["ARN"]
    formation.delete_stack(StackName=name)
    eventually(lambda: f"{name}-" not in str(secrets.list_secrets()["SecretList"]))


def test_keeps_a_retained_table_when_its_stack_is_deleted(cloud: Cloud) -> None:
    stack = Stack(cloud, "short-lived")
    stack.formation.delete_stack(StackName=stack.name)

    def is_gone() -> bool:
        stacks = stack.formation.list_stacks(StackStatusFilter=["DELETE_COMPLETE", "DELETE_FAILED"])["StackSummaries"]
        return any(s["StackName"] == stack.name and s["StackStatus"] == "DELETE_COMPLETE" for s in stacks)

    eventually(is_gone)
    tables = cloud.client("dynamodb").list_tables()["TableNames"]
    assert "short-lived-table" in tables
    assert "short-lived" not in [f["FunctionName"] for f in cloud.client("lambda").list_functions()["Functions"]]
