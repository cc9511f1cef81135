"""FilterLogEvents and subscription filters understand filter patterns.

Stock MiniStack takes every JSON pattern for a match of everything, ignores case, and reads subscription filters'
patterns as bags of words (see filter_patterns.py for AWS's syntax and its page).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..patching import swap
from . import actions
from .filter_patterns import compiled

PATCH = "filter patterns"


def install() -> None:
    """Replace both matchers; a pattern that cannot be understood is refused."""
    from ministack.services import cloudwatch_logs

    swap(cloudwatch_logs, "_compile_filter_pattern", lambda _: _matcher, patch=PATCH, parameters="raw")
    swap(cloudwatch_logs, "_subscription_pattern_matches", lambda _: _matches, patch=PATCH,
         parameters="pattern message")
    for name in ("_filter_log_events", "_put_subscription_filter"):
        swap(cloudwatch_logs, name, _refusing, patch=PATCH, parameters="data")


def _matcher(raw: str) -> Callable[[str], bool]:
    pattern = compiled(raw or "")
    return lambda message: pattern.match(message) is not None


def _matches(pattern: str | None, message: str | None) -> bool:
    return compiled(pattern or "").match(message or "") is not None


def _refusing(original: Any) -> Any:
    def operation(data: dict[str, Any]) -> Any:
        try:
            compiled(data.get("filterPattern") or "")
        except ValueError as error:
            return actions.refusal("InvalidParameterException", f"Invalid filter pattern. {error}")
        return original(data)

    return operation
