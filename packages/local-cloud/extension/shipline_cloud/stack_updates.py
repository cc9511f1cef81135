"""MiniStack's stack engine, taught to shift traffic gradually (stack_shifts.py) in waves (stack_waves.py).

Stock MiniStack updates one resource after the other on its event loop, and a rollback knows only what that loop has
come to. Here a resource that shifts traffic is updated on a thread that may wait, and is sent back like a nested stack.
"""

from __future__ import annotations

from contextvars import ContextVar
from functools import wraps
from typing import Any

from ministack.core.concurrency import run_reentrant
from ministack.services.cloudformation import changesets, engine, handlers, stacks

from . import stack_waves
from .patching import require, swap
from .stack_shifts import Record, StackUpdate, put_back_interrupted, shifts
from .stack_waves import policy_of

PATCH = "traffic shifts of a stack"
_DEPLOY_PARAMETERS = ("stack_name stack_id template param_values disable_rollback tags is_update previous_stack "
                      "retain_except_on_create imports")

current: ContextVar[StackUpdate | None] = ContextVar("shipline_stack_update", default=None)
"""The update on whose behalf something runs."""


def install() -> None:
    """Know which update runs, and let its rollback know what was cancelled."""
    stack_waves.install()
    for owner in (handlers, changesets):
        swap(owner, "_deploy_stack_async", _remembering, patch=PATCH, parameters=_DEPLOY_PARAMETERS)
    require(stacks, "_add_event", patch=PATCH)
    require(engine, "_resolve_refs", patch=PATCH)
    swap(stacks, "_failed_operation", _naming_all_failures, patch=PATCH, parameters=(
        "is_update previous_stack created failed_update failed_logical_id replaced_ids cancelled template "
        "param_values retain_except_on_create stack_tags previous_tags imports"))
    for owner in (stacks, handlers):
        swap(owner, "_roll_back_operation", _settling_first, patch=PATCH,
             parameters="stack_name stack_id stack operation reason_override")
    for name in ("_runs_on_worker_thread", "_sends_back_failed_update"):
        swap(stacks, name, _or_what_shifts, patch=PATCH, parameters="resource_type")


def wait_for_shift(stack_name: str, logical_id: str, physical_id: str, old: Record) -> None:
    """Shift a resource's traffic as its template says; for its update handler. Raises ShiftFailed."""
    update = _update_of(stack_name, logical_id, physical_id, old)
    if policy_of(update.template.get("Resources", {}).get(logical_id)) is None:
        return
    if logical_id not in update.shifts:
        update.begin_wave_of(logical_id)
    if logical_id in update.shifts:
        update.collect(logical_id)


def is_rolling_back(stack_name: str) -> bool:
    """Is this stack on its way back?"""
    from ministack.services.cloudformation import _stacks

    return stack_name in _stacks and "ROLLBACK" in _stacks[stack_name]["StackStatus"]


def _update_of(stack_name: str, logical_id: str, physical_id: str, old: Record) -> StackUpdate:
    """The update that runs; that of a nested stack, which MiniStack deploys inline, knows one resource at a time."""
    from ministack.services.cloudformation import _stacks

    running = current.get()
    stack = _stacks[stack_name]
    if running is not None and running.stack is stack:
        return running
    previous = {"_resources": {logical_id: {"Properties": old, "PhysicalResourceId": physical_id}}}
    return StackUpdate(stack, stack["_template"], stack["_resolved_params"], previous)


def _or_what_shifts(original: Any) -> Any:
    return lambda resource_type: shifts(resource_type) or original(resource_type)


def _remembering(original: Any) -> Any:
    @wraps(original)
    async def deploy_stack(
        stack_name: str, stack_id: str, template: Record, param_values: Record, disable_rollback: bool, tags: Any,
        is_update: bool = False, previous_stack: Record | None = None, **more: Any,
    ) -> None:
        from ministack.services.cloudformation import _stacks

        if is_update and previous_stack:
            # The task that runs this has a context of its own, so nobody else sees it.
            current.set(StackUpdate(_stacks[stack_name], template, param_values, previous_stack))
        await original(stack_name, stack_id, template, param_values, disable_rollback, tags,
                       is_update=is_update, previous_stack=previous_stack, **more)

    return deploy_stack


def _naming_all_failures(original: Any) -> Any:
    @wraps(original)
    def failed_operation(
        is_update: bool, previous_stack: Any, created: Any, failed_update: Any, failed_logical_id: str | None,
        replaced_ids: Any, cancelled: bool, *more: Any,
    ) -> Any:
        update = current.get()
        if update is not None:
            cancelled = cancelled or update.cancelled
            failed_logical_id = update.failed_ids(failed_logical_id)
        return original(is_update, previous_stack, created, failed_update, failed_logical_id, replaced_ids,
                        cancelled, *more)

    return failed_operation


def _settling_first(original: Any) -> Any:
    @wraps(original)
    async def roll_back_operation(
        stack_name: str, stack_id: str, stack: Record, operation: Record, *more: Any, **options: Any
    ) -> None:
        update = current.get()
        if update is not None:
            await run_reentrant(update.settle)
        else:
            put_back_interrupted(stack, operation)
        await original(stack_name, stack_id, stack, operation, *more, **options)

    return roll_back_operation
