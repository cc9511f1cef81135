"""Stack operations that a stop interrupted are brought to an end at the next start.

Stock MiniStack saves a stack in the middle of an operation as it is. Loaded again it is *_IN_PROGRESS for ever, nobody
works on it, and every further operation is refused. On AWS an operation always ends: one that fails is rolled back to
the last known stable state ("Choose how to handle failures when provisioning resources", CloudFormation User Guide).

So every operation notes in the stack's record, which is saved, what its rollback needs. At start a create or update is
rolled back by MiniStack's own engine, to ROLLBACK_COMPLETE or UPDATE_ROLLBACK_COMPLETE, and a delete goes on. A custom
resource that was waiting for its answer at the stop counts as one that was not touched.
"""

from __future__ import annotations

import asyncio
import copy
import json
from collections.abc import Awaitable, Callable
from contextvars import copy_context
from functools import wraps
from inspect import signature
from typing import Any

from .patching import require, swap

PATCH = "interrupted stack operations"
_NOTE = "_under_way"
_SNAPSHOT = ("_resources", "_template", "_resolved_params", "_conditions", "Parameters", "Tags", "Outputs")
Stack = dict[str, Any]
_tasks: set[asyncio.Task[None]] = set()
"""asyncio keeps no hold on tasks itself."""


def install() -> None:
    """Make every operation on a stack leave a note while it is under way."""
    from ministack.services.cloudformation import changesets, handlers, stacks

    require(stacks, "_failed_operation", patch=PATCH)
    for module in (handlers, changesets):
        swap(module, "_deploy_stack_async", _noting(_note_of_deployment), patch=PATCH, parameters=(
            "stack_name stack_id template param_values disable_rollback tags is_update previous_stack "
            "retain_except_on_create imports"))
    for module in (stacks, handlers):
        swap(module, "_roll_back_operation", _noting(lambda call, _: call["operation"]), patch=PATCH,
             parameters="stack_name stack_id stack operation reason_override")
        swap(module, "_delete_stack_async", _noting(_note_of_deletion), patch=PATCH,
             parameters="stack_name stack_id retain_resources force")


def _noting(note_of: Callable[[dict[str, Any], Stack], Any]) -> Callable[[Any], Any]:
    def build(original: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
        @wraps(original)
        async def operation(*args: Any, **options: Any) -> None:
            from ministack.services.cloudformation import _stacks

            call = signature(original).bind(*args, **options)
            call.apply_defaults()
            stack = _stacks.get(call.arguments["stack_name"], {})
            stack[_NOTE] = note_of(call.arguments, stack)
            await original(*args, **options)
            # Not in a finally: an operation that was cut off keeps its note.
            stack.pop(_NOTE, None)

        return operation

    return build


def _note_of_deployment(call: dict[str, Any], stack: Stack) -> dict[str, Any]:
    from ministack.services.cloudformation.stacks import _failed_operation

    previous = call["previous_stack"]
    return _failed_operation(
        call["is_update"], previous, [], None, None, [], False, call["template"], call["param_values"],
        call["retain_except_on_create"], stack.get("Tags"), (previous or {}).get("Tags"), call["imports"])


def _note_of_deletion(call: dict[str, Any], _: Stack) -> dict[str, Any]:
    return {"retain_resources": list(call["retain_resources"]), "force": call["force"]}


async def settle() -> None:
    """Begin to end what was interrupted; a custom resource can be answered once the server serves."""
    from ministack.core.responses import set_request_account_id, set_request_region
    from ministack.services.cloudformation import _stacks

    for (account, region, name), stack in list(_stacks.to_dict().items()):
        # A stack in review waits for somebody to execute its change set.
        if stack["StackStatus"].endswith("_IN_PROGRESS") and stack["StackStatus"] != "REVIEW_IN_PROGRESS":
            context = copy_context()
            context.run(set_request_account_id, account)
            context.run(set_request_region, region)
            context.run(_fail_change_sets, stack["StackId"])
            task = context.run(asyncio.ensure_future, _ending(name, stack))
            _tasks.add(task)
            task.add_done_callback(_tasks.discard)


def _fail_change_sets(stack_id: str) -> None:
    from ministack.services.cloudformation import _change_sets

    for change_set in _change_sets.values():
        if change_set.get("StackId") == stack_id and change_set.get("ExecutionStatus") == "EXECUTE_IN_PROGRESS":
            change_set["ExecutionStatus"] = "EXECUTE_FAILED"


def _ending(name: str, stack: Stack) -> Any:
    from ministack.services.cloudformation import handlers

    note = stack.get(_NOTE) or {}
    if stack["StackStatus"] == "DELETE_IN_PROGRESS":
        return handlers._delete_stack_async(name, stack["StackId"], frozenset(note.get("retain_resources", ())),
                                            force=note.get("force", False))
    operation = note or _guessed_operation(stack)
    operation = {**operation, "created": _done(stack, operation)}
    return handlers._roll_back_operation(name, stack["StackId"], stack, operation,
                                         reason_override="The local cloud was stopped during the operation.")


def _done(stack: Stack, operation: dict[str, Any]) -> list[str]:
    """The resources that the operation has created or changed: their records are no longer the previous ones."""
    before = (operation.get("previous_stack") or {}).get("_resources", {})
    return [name for name, record in stack["_resources"].items() if record != before.get(name)]


def _guessed_operation(stack: Stack) -> dict[str, Any]:
    """For a stack that was saved before there were notes: what an update has changed stays, and its template is not the
    stack's, so that the next deployment is not taken for unchanged."""
    is_update = stack["StackStatus"].startswith("UPDATE")
    before = {key: copy.deepcopy(stack[key]) for key in _SNAPSHOT} | {"_template_body": json.dumps(stack["_template"])}
    return {"is_update": is_update, "previous_stack": before if is_update else None, "template": stack["_template"],
            "param_values": stack["_resolved_params"]}
