"""What Step Functions reports of an execution whose state machine has tracing enabled.

Stock MiniStack accepts the setting without effect. On AWS the execution is a segment of the state machine
(`AWS::StepFunctions::StateMachine`) in the trace of whoever started it, by the header of the request or by
StartExecution's `traceHeader`; its states are subsegments, and each try of a task is a call that the function's own
segment answers ("Trace Step Functions request data in AWS X-Ray", Step Functions Developer Guide; "StartExecution",
Step Functions API Reference). The sampling decision is the caller's, else made here.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from ..patching import require, swap
from . import trace_header
from .documents import Document
from .sampling import Sampler
from .store import Place, TraceStore
from .trace_header import TraceHeader, incoming, new_segment_id

PATCH = "traces of state machines"
_STATES = {"_execute_pass": "state_def raw_input ctx", "_execute_choice": "state_def raw_input ctx",
           "_execute_wait": "state_def raw_input ctx", "_execute_task": "state_def raw_input execution ctx",
           "_execute_parallel": "state_def raw_input execution ctx",
           "_execute_map": "state_def raw_input execution ctx"}


@dataclass
class _Part:
    """A state, or one try of its task, while it runs."""

    trace: TraceHeader
    id: str = field(default_factory=new_segment_id)
    started: float = field(default_factory=time.time)
    parts: list[Document] = field(default_factory=list)

    def ended(self, name: str, fault: bool, **more: Any) -> Document:
        inside = {"subsegments": self.parts} if self.parts else {}
        outcome = {"fault": True} if fault else {}
        return {"id": self.id, "name": name, "start_time": self.started, "end_time": time.time(),
                **outcome, **inside, **more}


_running: ContextVar[_Part | None] = ContextVar("shipline_traced_part", default=None)
"""The execution or state that is being traced now; a state of a parallel branch sees its Parallel state."""


def install(store: TraceStore, sampler: Sampler) -> None:
    """Report executions, their states and the tries of their tasks."""
    from ministack.services import stepfunctions as sfn

    for name in ("_executions", "_state_machines", "get_account_id", "get_region"):
        require(sfn, name, patch=PATCH)
    swap(sfn, "_start_execution", _with_payload_header, patch=PATCH, parameters="data")
    swap(sfn, "_start_sync_execution", _with_payload_header, patch=PATCH, parameters="data")
    swap(sfn, "_run_execution", lambda original: _traced(original, store, sampler), patch=PATCH,
         parameters="exec_arn")
    for name, parameters in _STATES.items():
        swap(sfn, name, _state, patch=PATCH, parameters=parameters)
    swap(sfn, "_invoke_resource", _task, patch=PATCH, parameters="resource input_data")


def _with_payload_header(original: Any) -> Any:
    def start(data: dict[str, Any]) -> Any:
        if incoming.get() is None:
            incoming.set(trace_header.parse(data.get("traceHeader")))
        return original(data)

    return start


def _traced(original: Any, store: TraceStore, sampler: Sampler) -> Any:
    from ministack.services import stepfunctions as sfn

    def run_execution(exec_arn: str) -> None:
        machine = sfn._state_machines.get((sfn._executions.get(exec_arn) or {}).get("stateMachineArn", "")) or {}
        place = (sfn.get_account_id(), sfn.get_region())
        trace = _decide(machine, place, sampler)
        if trace is None or not trace.sampled:
            # Tasks get the caller's header, or the decision that nothing is traced.
            incoming.set(trace or incoming.get())
            original(exec_arn)
            return
        whole = _Part(trace)
        base = {"trace_id": trace.root, "origin": "AWS::StepFunctions::StateMachine", "aws": {"execution_arn": exec_arn},
                "resource_arn": machine["stateMachineArn"], **({"parent_id": trace.parent} if trace.parent else {})}
        unfinished = {key: value for key, value in whole.ended(machine["name"], False).items() if key != "end_time"}
        store.put(place, {**base, **unfinished, "in_progress": True})
        _running.set(whole)
        try:
            original(exec_arn)
        finally:
            execution = sfn._executions.get(exec_arn) or {}
            failed = execution.get("status") != "SUCCEEDED"
            store.put(place, {**base, **whole.ended(machine["name"], failed)})

    return run_execution


def _decide(machine: dict[str, Any], place: Place, sampler: Sampler) -> TraceHeader | None:
    given = incoming.get()
    if not (machine.get("tracingConfiguration") or {}).get("enabled"):
        return None
    if given is not None and given.sampled is not None:
        return given
    sampled = sampler.decide(place)
    return TraceHeader(given.root, given.parent, sampled) if given else TraceHeader(
        trace_header.new_trace_id(), None, sampled)


def _state(original: Any) -> Any:
    def execute(state_def: Any, raw_input: Any, *rest: Any) -> Any:
        name = str(rest[-1]["State"]["Name"]) if rest and rest[-1] else "State"
        return _within(lambda: original(state_def, raw_input, *rest), lambda part, failed: part.ended(name, failed))

    # Whoever replaces the function next checks its parameters.
    execute.__wrapped__ = original  # type: ignore[attr-defined]
    return execute


def _task(original: Any) -> Any:
    def invoke_resource(resource: str, input_data: Any) -> Any:
        name = "Lambda" if ":lambda:" in resource else resource.rsplit(":::", 1)[-1].split(":", 1)[0]
        return _within(lambda: original(resource, input_data),
                       lambda part, failed: part.ended(name, failed, namespace="aws"))

    return invoke_resource


def _within(run: Callable[[], Any], document: Callable[[_Part, bool], Document]) -> Any:
    """Run as a part of what is being traced now; requests that it makes name it as their parent."""
    outer = _running.get()
    if outer is None:
        return run()
    part = _Part(outer.trace)
    tokens = _running.set(part), incoming.set(TraceHeader(part.trace.root, part.id, True))
    failed = True
    try:
        result = run()
        failed = False
        return result
    finally:
        _running.reset(tokens[0])
        incoming.reset(tokens[1])
        outer.parts.append(document(part, failed))
