"""In which order the resources of a stack change."""

from __future__ import annotations

from typing import Any

import pytest
from ministack.services.cloudformation import engine

from shipline_cloud import stack_waves, state_machine_types
from shipline_cloud.codedeploy import alias_shifts
from shipline_cloud.stack_waves import policy_of, waves, with_policy


@pytest.fixture(autouse=True)
def policies(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the server registers at its start."""
    monkeypatch.setattr(stack_waves, "_policies", {
        "AWS::Lambda::Alias": alias_shifts.policy_of,
        "AWS::StepFunctions::StateMachineAlias": state_machine_types.policy_of})


def resource(*needs: str, shifts: bool = False) -> dict[str, Any]:
    policy = {"CodeDeployLambdaAliasUpdate": {"ApplicationName": "app", "DeploymentGroupName": "group"}}
    return {"Type": "AWS::Lambda::Alias", "DependsOn": list(needs), **({"UpdatePolicy": policy} if shifts else {})}


def order(resources: dict[str, Any]) -> list[list[str]]:
    return waves(engine._topological_sort(resources, {}), resources)


def test_puts_aliases_that_can_shift_together_behind_everything_else_that_is_ready() -> None:
    assert order({
        "AliasA": resource("VersionA", shifts=True), "AliasB": resource("VersionB", shifts=True),
        "Permission": resource("AliasA"), "VersionA": resource(), "VersionB": resource(), "ZTable": resource(),
    }) == [["VersionA", "VersionB", "ZTable"], ["AliasA", "AliasB"], ["Permission"]]


def test_lets_an_alias_wait_for_the_alias_that_it_depends_on() -> None:
    assert order({
        "Caller": resource("Called", shifts=True), "Called": resource(shifts=True), "Alone": resource(shifts=True),
    }) == [["Alone", "Called"], ["Caller"]]


def test_lets_an_alias_wait_for_its_hook_and_what_that_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_extract_deps", with_policy(engine._extract_deps))
    alias = resource(shifts=True)
    alias["UpdatePolicy"]["CodeDeployLambdaAliasUpdate"]["BeforeAllowTrafficHook"] = {"Ref": "Hook"}
    assert order({"Alias": alias, "Hook": resource("Tested"), "Tested": resource(shifts=True)}) == [
        ["Tested"], ["Hook"], ["Alias"]]


def test_knows_the_policy_of_aliases_only() -> None:
    assert policy_of(resource()) is None
    assert policy_of({**resource(shifts=True), "Type": "AWS::Lambda::Function"}) is None
    assert policy_of(resource(shifts=True)) == {"ApplicationName": "app", "DeploymentGroupName": "group"}


def test_puts_aliases_of_functions_and_state_machines_into_one_wave() -> None:
    preference = {"StateMachineVersionArn": {"Ref": "Saga"}, "Type": "CANARY"}
    machine = {"Type": "AWS::StepFunctions::StateMachineAlias", "DependsOn": ["Saga"]}
    shifting = {**machine, "Properties": {"DeploymentPreference": preference}}
    assert policy_of(shifting) == preference and policy_of(machine) is None
    assert order({"Live": resource("Version", shifts=True), "LiveSaga": shifting, "Version": resource(),
                  "Saga": resource()}) == [["Saga", "Version"], ["LiveSaga", "Live"]]
