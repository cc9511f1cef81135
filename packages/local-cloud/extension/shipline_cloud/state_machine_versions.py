"""An execution runs the version that its start has drawn, to its end.

Stock MiniStack resolves the ARN of a version or an alias (always its heaviest version) to the state machine and runs
the machine's newest definition, read a moment after the start; StartSyncExecution refuses such ARNs, and no answer says
which version or alias an execution was started with. On AWS a version is immutable; an alias routes each start by the
weights of its routing configuration; executions keep the definition that they began with; and DescribeExecution,
ListExecutions and the history tell "the version or alias ARN" of the start ("State machine versions in Step Functions
workflows" and "How Step Functions associates executions with a version or alias", Step Functions Developer Guide).
"""

from __future__ import annotations

import inspect
import random
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from ministack.core.responses import AccountRegionScopedDict, new_uuid

from .patching import require, require_text, swap

PATCH = "state machine versions"
_DEFINITION_LOOK_UP = 'sm = _state_machines.get(execution["stateMachineArn"])'
STARTED_WITH = ("stateMachineVersionArn", "stateMachineAliasArn")


@dataclass(frozen=True)
class Start:
    """What one StartExecution has resolved its ARN to."""

    execution_arn: str
    machine: dict[str, Any]
    version: dict[str, Any] | None
    alias_arn: str | None

    def note_on(self, execution: dict[str, Any]) -> None:
        """Write into the execution what it runs and what it was started with."""
        if execution["executionArn"] != self.execution_arn or "definition" in execution:
            return
        source = self.version or self.machine
        execution.update(definition=source["definition"], roleArn=source["roleArn"], revisionId=source.get(
            "stateMachineRevisionId", self.machine.get("revisionId")))
        started_with = {
            "stateMachineVersionArn": self.version and self.version["stateMachineVersionArn"],
            "stateMachineAliasArn": self.alias_arn}
        execution.update({name: arn for name, arn in started_with.items() if arn})
        details = execution["events"][0]["executionStartedEventDetails"]
        details.update(roleArn=source["roleArn"], **{name: arn for name, arn in started_with.items() if arn})


_starting: ContextVar[Start | None] = ContextVar("shipline_starting_execution", default=None)
_running: ContextVar[list[dict[str, Any]] | None] = ContextVar("shipline_running_machine", default=None)
"""The machine as the execution that begins to run has found it at its start; taken by the first look-up."""


class Machines(AccountRegionScopedDict):
    """State machines; an execution that begins to run finds its own as it was when the execution was started."""

    __slots__ = ()

    def get(self, key: str, default: Any = None) -> Any:
        begun = _running.get()
        return begun.pop() if begun and begun[0]["stateMachineArn"] == key else super().get(key, default)


def install() -> None:
    """Draw versions at the start of executions, and run what was drawn."""
    from ministack.services import stepfunctions as sfn

    for name in ("_executions", "_state_machine_versions", "_state_machine_aliases", "get_region", "get_account_id"):
        require(sfn, name, patch=PATCH)
    require_text(inspect.getsource(require(sfn, "_run_execution", patch=PATCH)), _DEFINITION_LOOK_UP, patch=PATCH)
    swap(sfn, "_state_machines", _with_running, patch=PATCH)
    # Before state_machines.py wraps these: idempotence comes first, and a time-out is read from what runs.
    swap(sfn, "_start_execution", lambda original: _starting_drawn(original, by_version=True), patch=PATCH,
         parameters="data")
    swap(sfn, "_start_sync_execution", lambda original: _starting_drawn(original, by_version=False), patch=PATCH,
         parameters="data")
    swap(sfn, "_run_execution", _running_what_was_started, patch=PATCH, parameters="exec_arn")
    swap(sfn, "_emit_execution_status_event", _noting_first, patch=PATCH, parameters="execution")


def drawn_version_arn(routing: list[dict[str, Any]], draw: Callable[[], float] = random.random) -> str:
    """The version that one start runs. Weights are percentages that add up to 100; `draw` gives 0 up to below 1."""
    point = draw() * 100
    for route in routing:
        if point < route["weight"]:
            return str(route["stateMachineVersionArn"])
        point -= route["weight"]
    return str(routing[-1]["stateMachineVersionArn"])


def definition_of(execution: dict[str, Any]) -> str:
    """The definition that an execution runs."""
    from ministack.services import stepfunctions as sfn

    machine = sfn._state_machines.get(execution["stateMachineArn"]) or {}
    return str(execution.get("definition") or machine.get("definition", "{}"))


def _with_running(stock: AccountRegionScopedDict) -> Machines:
    machines = Machines()
    machines._data = stock._data
    return machines


def _starting_drawn(original: Any, *, by_version: bool) -> Any:
    def start(data: dict[str, Any]) -> Any:
        arn, _, test_case = str(data.get("stateMachineArn", "")).partition("#")
        name = data.get("name") or new_uuid()
        started = _resolved(arn, name)
        if started is None:
            return original(data)
        target = started.version if by_version else None
        resolved = target["stateMachineVersionArn"] if target else started.machine["stateMachineArn"]
        if test_case:
            resolved = f"{resolved}#{test_case}"
        token = _starting.set(started)
        try:
            return original({**data, "name": name, "stateMachineArn": resolved})
        finally:
            _starting.reset(token)

    return start


def _resolved(arn: str, name: str) -> Start | None:
    from ministack.services import stepfunctions as sfn

    alias = sfn._state_machine_aliases.get(arn)
    version_arn = drawn_version_arn(alias["routingConfiguration"]) if alias else arn
    version = sfn._state_machine_versions.get(version_arn)
    machine = sfn._state_machines.get(version["stateMachineArn"] if version else arn)
    if machine is None:
        return None
    execution_arn = f"arn:aws:states:{sfn.get_region()}:{sfn.get_account_id()}:execution:{machine['name']}:{name}"
    return Start(execution_arn, machine, version, arn if alias else None)


def _running_what_was_started(original: Any) -> Any:
    from ministack.services import stepfunctions as sfn

    def run_execution(exec_arn: str) -> None:
        execution = sfn._executions.get(exec_arn)
        machine = sfn._state_machines.get((execution or {}).get("stateMachineArn", ""))
        if execution is None or machine is None:
            original(exec_arn)
            return
        _note(execution)
        token = _running.set([{**machine, "definition": definition_of(execution)}])
        try:
            original(exec_arn)
        finally:
            _running.reset(token)

    return run_execution


def _noting_first(original: Any) -> Any:
    def emit_execution_status_event(execution: dict[str, Any]) -> None:
        _note(execution)
        original(execution)

    return emit_execution_status_event


def _note(execution: dict[str, Any]) -> None:
    started = _starting.get()
    if started is not None:
        started.note_on(execution)
