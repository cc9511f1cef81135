"""Stack policies hold.

Stock MiniStack keeps a stack's policy and never asks it. On AWS it is asked for every resource that an update changes:
what no statement allows, or one denies, fails the update, which is rolled back ("Prevent updates to stack resources",
CloudFormation User Guide). Actions are Update:Modify, Update:Replace and Update:Delete; a statement names resources by
logical id or by the condition ResourceType. A policy for the time of one update (StackPolicyDuringUpdate) is not known.
"""

from __future__ import annotations

import json
from contextvars import ContextVar
from fnmatch import fnmatchcase
from functools import wraps
from typing import Any

from ministack.services.cloudformation import changesets, handlers, stacks

from .patching import require, swap

PATCH = "stack policies"
Record = dict[str, Any]
_DEPLOY_PARAMETERS = ("stack_name stack_id template param_values disable_rollback tags is_update previous_stack "
                      "retain_except_on_create imports")
_STACK = "AWS::CloudFormation::Stack"

_policy: ContextVar[list[Record]] = ContextVar("shipline_stack_policy", default=[])
"""Statements that bind the update which runs; none in a creation or in a rollback."""


class DeniedByPolicy(Exception):
    """The stack's policy does not let this happen to this resource."""


def install() -> None:
    """Ask the policy before anything is removed, and before each resource is changed."""
    for name in ("_replacing_change", "_add_event"):
        require(stacks, name, patch=PATCH)
    for owner in (handlers, changesets):
        swap(owner, "_deploy_stack_async", _bound, patch=PATCH, parameters=_DEPLOY_PARAMETERS)
    swap(stacks, "_update_keeping_seed", _asking, patch=PATCH, parameters="args")


def refusal(statements: list[Record], action: str, logical_id: str, resource_type: str) -> str | None:
    """Why a policy with these statements refuses an action on a resource; None when it allows it."""
    matching = [(number, statement) for number, statement in enumerate(statements, 1)
                if _speaks_of(statement, action, logical_id, resource_type)]
    what = f"[{action}] for resource [LogicalResourceId/{logical_id}]"
    for number, statement in matching:
        if statement.get("Effect") == "Deny":
            return f"Action denied by stack policy: Statement [#{number}] does not allow {what}"
    return None if matching else f"Action not allowed by stack policy: no statement allows {what}"


def _speaks_of(statement: Record, action: str, logical_id: str, resource_type: str) -> bool:
    return (
        _named(statement, "Action", action)
        and _named(statement, "Resource", f"LogicalResourceId/{logical_id}")
        and all(_fits(patterns, resource_type) for test in statement.get("Condition", {}).values()
                for key, patterns in test.items() if key == "ResourceType")
    )


def _named(statement: Record, element: str, value: str) -> bool:
    """Whether `Action` names the value, or `NotAction` does not."""
    if element in statement:
        return _fits(statement[element], value)
    return not _fits(statement.get(f"Not{element}", "*"), value)


def _fits(patterns: str | list[str], value: str) -> bool:
    return any(fnmatchcase(value, pattern) for pattern in ([patterns] if isinstance(patterns, str) else patterns))


def _bound(original: Any) -> Any:
    @wraps(original)
    async def deploy_stack(
        stack_name: str, stack_id: str, template: Record, param_values: Record, disable_rollback: bool, tags: Any,
        is_update: bool = False, previous_stack: Record | None = None, **more: Any,
    ) -> None:
        from ministack.services.cloudformation import _stacks

        stack = _stacks[stack_name]
        text = stack.get("_stack_policy")
        statements = json.loads(text).get("Statement", []) if is_update and text else []
        # The task that runs this has a context of its own, so nobody else sees it.
        _policy.set([statements] if isinstance(statements, dict) else statements)
        reasons = _refused_removals(template, previous_stack or {})
        if reasons:
            _put_back(stack, stack_id, stack_name, previous_stack or {}, "; ".join(reasons))
            return
        await original(stack_name, stack_id, template, param_values, disable_rollback, tags,
                       is_update=is_update, previous_stack=previous_stack, **more)

    return deploy_stack


def _refused_removals(template: Record, previous_stack: Record) -> list[str]:
    wanted = template.get("Resources", {})
    gone = {name: record for name, record in previous_stack.get("_resources", {}).items() if name not in wanted}
    reasons = [_reason("Update:Delete", name, record.get("ResourceType", "")) for name, record in gone.items()]
    return [reason for reason in reasons if reason]


def _asking(original: Any) -> Any:
    def update_keeping_seed(*args: Any) -> Any:
        resource_type, _, old, new, stack_name, logical_id, *_ = args
        if old != new and not _is_rolling_back(stack_name):
            action = "Update:Replace" if stacks._replacing_change(resource_type, old, new) else "Update:Modify"
            if reason := _reason(action, logical_id, resource_type):
                raise DeniedByPolicy(reason)
        return original(*args)

    return update_keeping_seed


def _reason(action: str, logical_id: str, resource_type: str) -> str | None:
    statements = _policy.get()
    return refusal(statements, action, logical_id, resource_type) if statements else None


def _is_rolling_back(stack_name: str) -> bool:
    from ministack.services.cloudformation import _stacks

    return "ROLLBACK" in _stacks.get(stack_name, {}).get("StackStatus", "")


def _put_back(stack: Record, stack_id: str, stack_name: str, previous: Record, reason: str) -> None:
    """End an update that has touched nothing yet as a rollback ends."""
    for key in ("_template", "_resolved_params", "_template_body", "Parameters", "Tags", "Outputs", "_conditions"):
        if key in previous:
            stack[key] = previous[key]
    for status, why in (("UPDATE_FAILED", reason), ("UPDATE_ROLLBACK_IN_PROGRESS", reason),
                        ("UPDATE_ROLLBACK_COMPLETE", "")):
        stacks._add_event(stack_id, stack_name, stack_name, _STACK, status, why, stack_id)
    stack["StackStatus"] = "UPDATE_ROLLBACK_COMPLETE"
    stack["StackStatusReason"] = reason
