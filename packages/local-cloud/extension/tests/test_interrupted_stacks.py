"""Stack operations in the middle of which the server is stopped: they end, and the next one is possible."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from cloud import Cloud, eventually

# Answers what CloudFormation asks of a custom resource unless it is told to keep silent.
PROVIDER = """import { writeFileSync } from 'node:fs';
export const handler = async ({ ResponseURL, ...asked }) => {
  if (process.env.SILENT === asked.RequestType) return writeFileSync(`${process.env.HOME}/silent`, '');
  const answer = { ...asked, Status: 'SUCCESS', PhysicalResourceId: 'thing' };
  await fetch(ResponseURL, { method: 'PUT', body: JSON.stringify(answer) });
};"""


def template(provider: str | None, value: str, *extra: str) -> str:
    """A parameter with this value, more of them, and after them all a custom resource of the provider."""
    names = ("/parameter", *extra)
    resources: dict[str, Any] = {
        f"P{number}": {"Type": "AWS::SSM::Parameter", "Properties": {"Name": name, "Type": "String", "Value": value}}
        for number, name in enumerate(names)
    }
    if provider:
        properties = {"ServiceToken": provider, "Value": value}
        resources["Thing"] = {"Type": "Custom::Thing", "Properties": properties, "DependsOn": list(resources)}
    return json.dumps({"Resources": resources})


def silence(cloud: Cloud, request: str) -> None:
    cloud.client("lambda").update_function_configuration(
        FunctionName="provider", Environment={"Variables": {"SILENT": request}})


def status(cloud: Cloud) -> str:
    # A deleted stack is found by its id only.
    stacks = cloud.client("cloudformation").list_stacks()["StackSummaries"]
    return str(next(stack["StackStatus"] for stack in stacks if stack["StackName"] == "shop"))


def reaches(cloud: Cloud, wanted: str) -> bool:
    return bool(eventually(lambda: status(cloud) == wanted))


def parameters(cloud: Cloud) -> dict[str, str]:
    found = cloud.client("ssm").get_parameters(Names=["/parameter", "/another"])["Parameters"]
    return {parameter["Name"]: parameter["Value"] for parameter in found}


@pytest.fixture
def shop(private_cloud: Callable[..., Cloud]) -> tuple[Cloud, str]:
    cloud = private_cloud()
    return cloud, cloud.function("provider", PROVIDER)


def restart(cloud: Cloud) -> None:
    cloud.stop()
    cloud.start()


def test_rolls_back_a_create_so_that_the_stack_can_be_replaced(shop: tuple[Cloud, str]) -> None:
    cloud, provider = shop
    silence(cloud, "Create")
    cloud.client("cloudformation").create_stack(StackName="shop", TemplateBody=template(provider, "new"))
    eventually(lambda: parameters(cloud) == {"/parameter": "new"})

    restart(cloud)

    assert reaches(cloud, "ROLLBACK_COMPLETE") and parameters(cloud) == {}
    silence(cloud, "")
    cloud.client("cloudformation").delete_stack(StackName="shop")
    assert reaches(cloud, "DELETE_COMPLETE")
    cloud.client("cloudformation").create_stack(StackName="shop", TemplateBody=template(provider, "newer"))
    eventually(lambda: parameters(cloud) == {"/parameter": "newer"})


def interrupt_update(cloud: Cloud, provider: str) -> str:
    """Stops in the middle of an update; returns the template of before."""
    before = template(provider, "old")
    cloud.client("cloudformation").create_stack(StackName="shop", TemplateBody=before)
    reaches(cloud, "CREATE_COMPLETE")
    silence(cloud, "Update")
    cloud.client("cloudformation").update_stack(
        StackName="shop", TemplateBody=template(provider, "new", "/another"))
    eventually(lambda: parameters(cloud) == {"/parameter": "new", "/another": "new"})
    assert status(cloud) == "UPDATE_IN_PROGRESS"
    cloud.stop()
    return before


def deployed(cloud: Cloud) -> Any:
    return cloud.client("cloudformation").get_template(StackName="shop", TemplateStage="Original")["TemplateBody"]


def test_rolls_back_an_update_so_that_the_stack_can_be_updated(shop: tuple[Cloud, str]) -> None:
    cloud, provider = shop
    before = interrupt_update(cloud, provider)

    cloud.start()

    assert reaches(cloud, "UPDATE_ROLLBACK_COMPLETE")
    assert parameters(cloud) == {"/parameter": "old"} and deployed(cloud) == json.loads(before)
    silence(cloud, "")
    cloud.client("cloudformation").update_stack(
        StackName="shop", TemplateBody=template(provider, "new", "/another"))
    assert reaches(cloud, "UPDATE_COMPLETE") and parameters(cloud) == {"/parameter": "new", "/another": "new"}


def test_makes_an_update_possible_that_left_no_note(shop: tuple[Cloud, str]) -> None:
    cloud, provider = shop
    before = interrupt_update(cloud, provider)
    saved = cloud.home / "state/cloudformation.json"
    saved.write_text(saved.read_text().replace('"_under_way"', '"_forgotten"'))

    cloud.start()

    assert reaches(cloud, "UPDATE_ROLLBACK_COMPLETE") and deployed(cloud) == json.loads(before)
    silence(cloud, "")
    cloud.client("cloudformation").update_stack(
        StackName="shop", TemplateBody=template(provider, "newest", "/another"))
    assert reaches(cloud, "UPDATE_COMPLETE") and parameters(cloud) == {"/parameter": "newest", "/another": "newest"}


def test_goes_on_with_a_delete(shop: tuple[Cloud, str]) -> None:
    cloud, provider = shop
    cloud.client("cloudformation").create_stack(StackName="shop", TemplateBody=template(provider, "old"))
    reaches(cloud, "CREATE_COMPLETE")
    silence(cloud, "Delete")
    cloud.client("cloudformation").delete_stack(StackName="shop")
    eventually((cloud.home / "silent").exists)
    silence(cloud, "")
    assert status(cloud) == "DELETE_IN_PROGRESS"

    restart(cloud)

    assert reaches(cloud, "DELETE_COMPLETE") and parameters(cloud) == {}


def test_fails_the_change_set_of_an_interrupted_update(shop: tuple[Cloud, str]) -> None:
    cloud, provider = shop
    silence(cloud, "Create")
    client = cloud.client("cloudformation")
    client.create_change_set(
        StackName="shop", ChangeSetName="first", ChangeSetType="CREATE", TemplateBody=template(provider, "new"))
    restart(cloud)
    assert status(cloud) == "REVIEW_IN_PROGRESS"
    client.execute_change_set(StackName="shop", ChangeSetName="first")
    eventually(lambda: parameters(cloud) == {"/parameter": "new"})

    restart(cloud)

    assert reaches(cloud, "ROLLBACK_COMPLETE")
    change_set = client.describe_change_set(StackName="shop", ChangeSetName="first")
    assert change_set["ExecutionStatus"] == "EXECUTE_FAILED"
