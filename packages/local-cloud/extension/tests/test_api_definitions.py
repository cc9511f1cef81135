"""A REST API from an OpenAPI document answers every method of a path that says so."""

from __future__ import annotations

import json

from cloud import Cloud, api_host, eventually

ECHO = "export const handler = async (event) => ({ statusCode: 200, body: event.httpMethod + ' ' + event.path });"


def template(function: str, title: str) -> str:
    uri = f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{function}/invocations"
    integration = {"type": "aws_proxy", "httpMethod": "POST", "uri": uri}
    definition = {
        "openapi": "3.0.1", "info": {"title": title, "version": "1"},
        "paths": {"/{proxy+}": {"x-amazon-apigateway-any-method": {"x-amazon-apigateway-integration": integration}}},
    }
    api = {"Ref": "Api"}
    return json.dumps({
        "Resources": {
            "Api": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Body": definition}},
            "Deployment": {"Type": "AWS::ApiGateway::Deployment", "Properties": {"RestApiId": api, "StageName": "v1"}},
        },
        "Outputs": {"Api": {"Value": api}},
    })


def test_answers_any_method_of_a_path(cloud: Cloud, name: str) -> None:
    stacks = cloud.client("cloudformation")
    stacks.create_stack(StackName=name, TemplateBody=template(cloud.function(name, ECHO), name))
    stack = eventually(
        lambda: (s := stacks.describe_stacks(StackName=name)["Stacks"][0])["StackStatus"] == "CREATE_COMPLETE" and s
    )
    api = stack["Outputs"][0]["OutputValue"]
    for method in ("GET", "POST", "DELETE"):
        answer = cloud.request(method, "/v1/things", host=api_host(api))
        assert (answer.status, answer.body) == (200, f"{method} /things".encode())
