"""A stack is not deleted while it is being updated, which with a canary takes minutes.

Stock MiniStack deletes it, and the update goes on with what is left. On AWS DeleteStack answers that the stack "cannot
be deleted while in status UPDATE_IN_PROGRESS".
"""

from __future__ import annotations

from typing import Any

from ministack.services.cloudformation import handlers

from ..patching import require

PATCH = "no deletion during an update"
_UPDATING = ("UPDATE_IN_PROGRESS", "UPDATE_ROLLBACK_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS")


def install() -> None:
    """Refuse DeleteStack during an update."""
    for name in ("_p", "_resolve_stack", "_error"):
        require(handlers, name, patch=PATCH)
    actions = require(handlers, "_ACTION_HANDLERS", patch=PATCH)
    actions["DeleteStack"] = _refusing_during_updates(actions["DeleteStack"])


def _refusing_during_updates(original: Any) -> Any:
    def delete_stack(params: Any) -> Any:
        stack = handlers._resolve_stack(handlers._p(params, "StackName"))
        if stack and stack.get("StackStatus") in _UPDATING:
            return handlers._error(
                "ValidationError",
                f"Stack [{stack['StackId']}] cannot be deleted while in status {stack['StackStatus']}")
        return original(params)

    return delete_stack
